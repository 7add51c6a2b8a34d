"""Pages that are sealed for one PC: it opens them whole, and nobody opens them otherwise."""

from __future__ import annotations

from pathlib import Path

import pytest

from backupreader.domain.errors import NOT_FOUND, OTHER_KIND, SEALED_PAGES
from backupreader.domain.trouble import ReaderError, Reason
from backupreader.store.carried import VaultIdentity
from backupreader.store.files import Files
from backupreader.store.otherpcs import OtherPcs
from backupreader.store.seal import public_of
from backupreader.store.sealedpages import (
    CHANGED,
    CUT,
    MAGIC,
    NO_PAGES,
    NOT_FOR_HERE,
    SealedPages,
    open_pages,
    seal_pages,
)

SEED, OTHER_SEED = bytes(range(32)), bytes(32)
HERE = VaultIdentity("room14", "nordby", public_of(SEED))
OTHER = VaultIdentity("room15", "nordby", public_of(OTHER_SEED))
PAGES = SealedPages(
    pdf=b"%PDF-1.4 Kirsten Madsen " * 50,
    document="summary",
    citizens=("journal:Patient/1",),
    pc="room12",
    by="Åse Ødegård",
)
PATH = Path("pages.brp")
RAW = seal_pages(PAGES, HERE)


def reason(raw: bytes, seed: bytes = SEED, vault: VaultIdentity = HERE) -> Reason:
    with pytest.raises(ReaderError) as trouble:
        open_pages(raw, {vault.id: seed}, PATH)
    assert trouble.value.kind is SEALED_PAGES
    found = trouble.value.facts["reason"]
    assert isinstance(found, Reason)
    return found


def test_the_pc_it_was_made_for_reads_it_whole():
    assert open_pages(RAW, {OTHER.id: OTHER_SEED, HERE.id: SEED}, PATH) == PAGES


def test_nothing_of_anybody_is_in_the_file_and_no_two_are_alike():
    assert all(word not in RAW for word in (b"Kirsten", b"%PDF", b"Patient", b"summary", b"room12", "Åse".encode()))
    assert seal_pages(PAGES, HERE) != RAW
    assert "Kirsten" not in repr(PAGES)


def test_another_pc_is_refused():
    assert reason(RAW, OTHER_SEED, OTHER) is NOT_FOR_HERE
    assert reason(RAW, OTHER_SEED, HERE) is CHANGED
    renamed = RAW.replace(HERE.id.encode(), OTHER.id.encode())
    assert reason(renamed, OTHER_SEED, OTHER) is CHANGED
    assert reason(renamed, SEED, OTHER) is CHANGED


def test_any_changed_byte_is_refused():
    for at in range(0, len(RAW), 7):
        reason(RAW[:at] + bytes([RAW[at] ^ 1]) + RAW[at + 1 :])


def test_a_file_that_was_cut_or_lengthened_is_refused_wherever_it_was_cut():
    for length in (*range(len(MAGIC), 140), *range(140, len(RAW), 97), len(RAW) - 1):
        assert reason(RAW[:length]) in (CUT, CHANGED, NO_PAGES)
    assert reason(RAW + b"\0") is CUT
    assert reason(b"") is NO_PAGES
    assert reason(b"%PDF-1.4") is NO_PAGES


def test_what_is_inside_and_is_no_pdf_is_refused_though_it_was_sealed_to_this_pc():
    forged = SealedPages(pdf=b"#!/bin/sh", document="x", citizens=(), pc="x", by="x")
    assert reason(seal_pages(forged, HERE)) is NO_PAGES


# --- which PCs ---


def test_pcs_are_added_found_by_name_and_removed(tmp_path: Path):
    pcs = OtherPcs(tmp_path, Files())
    assert pcs.known() == ()
    assert pcs.add(HERE) == ()
    pcs.add(OTHER)
    assert [one.name for one in pcs.known()] == ["room14", "room15"]
    assert pcs.called("room14") == HERE
    assert pcs.called(OTHER.fingerprint[:5]) == OTHER
    assert pcs.remove("room14") == HERE
    with pytest.raises(ReaderError) as trouble:
        pcs.called("room14")
    assert trouble.value.kind is NOT_FOUND
    assert "room15" in str(trouble.value.facts["known"])


def test_a_pcs_new_key_takes_the_place_of_its_former_one(tmp_path: Path):
    pcs = OtherPcs(tmp_path, Files())
    pcs.add(HERE)
    new = VaultIdentity("room14", "nordby", public_of(OTHER_SEED))
    assert pcs.add(new) == (HERE,)
    assert pcs.known() == (new,)


def test_of_two_sites_pcs_with_one_name_the_fingerprint_tells(tmp_path: Path):
    pcs = OtherPcs(tmp_path, Files())
    twin = VaultIdentity("room14", "sydby", public_of(OTHER_SEED))
    pcs.add(HERE)
    pcs.add(twin)
    with pytest.raises(ReaderError):
        pcs.called("room14")
    assert pcs.called(twin.fingerprint[:5]) == twin
    with pytest.raises(ReaderError):
        pcs.called("")


def test_a_damaged_one_is_told_and_not_passed_over(tmp_path: Path):
    pcs = OtherPcs(tmp_path, Files())
    pcs.add(HERE)
    (file,) = (tmp_path / "trust" / "pcs").iterdir()
    file.write_bytes(b"{}")
    with pytest.raises(ReaderError) as trouble:
        pcs.called("room14")
    assert trouble.value.kind is OTHER_KIND
