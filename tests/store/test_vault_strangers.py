"""Whoever can write the vault's folder but knows no words, and whoever knew words once: neither gets in, nor stays."""

from __future__ import annotations

import copy
import hashlib
import os
import shutil
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from backupreader.domain.errors import CODE_USED, FILE_TROUBLE, VAULT_DAMAGED, WRONG_PASSPHRASE
from backupreader.domain.papers import CodeSheet
from backupreader.domain.trouble import Kind, ReaderError
from backupreader.store import codesheets, keyring, spending, vault
from backupreader.store.copies import Copies
from backupreader.store.files import Files
from backupreader.store.identities import former_name, load_identity
from backupreader.store.seal import SEALED_BYTES, SeedBinding, public_of, seal_key
from backupreader.store.slotfile import Former, Held, SlotFile
from backupreader.store.slots import Cost
from backupreader.store.vault import Unlocked, Vault

COST = Cost(8 * 1024, 1, 1)
SECRET = bytes(range(32))
ANNA, BO, EVA = "regn lampe sti bro kaffe", "sol vind hav skog is", "ko hest gris and gaas"
NOW = datetime(2026, 11, 30, 2, 15, tzinfo=UTC)


class Pc:
    """A vault of two people, and what a stranger does to its folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        made, self.anna = vault.init(
            folder, "room12", "nordby", ANNA, Files(), COST, account="Anna Holm", machine_secret=SECRET
        )
        made.with_account(self.anna, "Bo Ek", BO, SECRET, COST)

    @property
    def vault(self) -> Vault:
        return vault.load(self.folder, Files())

    @property
    def held(self) -> Held:
        return SlotFile(self.folder, Files()).read()

    def unlock(self, typed: str) -> Unlocked:
        return self.vault.unlock(typed, SECRET)

    def sheet(self, holder: str, by: Unlocked | None = None) -> CodeSheet:
        return codesheets.issue(
            self.vault,
            by or self.anna,
            3,
            SECRET,
            language="da",
            holder=holder,
            issued_by=(by or self.anna).account,
            now=NOW,
            tick=lambda _done, _total: None,
        )[1]

    def rewrite(self, change: Callable[[Any], object]) -> None:
        """What needs no words: the digest in the file has no key."""
        copies = Copies(self.folder, "slots", Files())
        held: Any = copies.read()
        change(held)
        copies.write_both(held)

    def plant(self, held: Held, seed: bytes) -> None:
        """Everything in the folder moved to a key of a stranger's own, as its public keys let him."""
        identity = replace(held.identity, public=public_of(seed))
        slots = tuple(keyring.closed(slot, seed, identity) for slot in held.slots)
        Copies(self.folder, "slots", Files()).write_both(replace(held, identity=identity, slots=slots).value())
        Files().replace(self.folder / former_name(held.identity), held.identity.encode())
        Files().replace(self.folder / "identity.vault", identity.encode())


@pytest.fixture
def pc(tmp_path: Path) -> Pc:
    return Pc(tmp_path / "vault")


def refusal(call: Callable[[], object]) -> Kind:
    with pytest.raises(ReaderError) as refused:
        call()
    return refused.value.kind


@pytest.mark.parametrize("renamed", [False, True], ids=["the birth as it was", "the birth under the new key"])
@pytest.mark.parametrize("former", [False, True], ids=["no former key", "the true key among the former"])
def test_whoever_knows_no_words_cannot_move_the_vault_to_a_key_of_his_own(pc: Pc, *, former: bool, renamed: bool):
    _, (code,) = pc.vault.with_recovery(pc.anna, COST)
    theirs, held = os.urandom(32), pc.held
    if former:  # he has not its seed, so he seals another
        held = replace(held, former=(Former(held.identity, os.urandom(SEALED_BYTES)),))
    if renamed:
        new = replace(held.identity, public=public_of(theirs)).id
        held = replace(held, slots=tuple(replace(slot, born=new) for slot in held.slots))
    pc.plant(held, theirs)
    for typed in (ANNA, BO, code):
        with pytest.raises(ReaderError) as refused:
            pc.unlock(typed)
        assert refused.value.kind is VAULT_DAMAGED
        assert "does not come from the one under which these words were given" in str(refused.value)


def test_a_key_from_before_several_removals_is_traced_to_the_one_in_use(pc: Pc):
    for name in ("Eva", "Ida", "Per"):
        opened = pc.unlock(ANNA)
        pc.vault.with_account(opened, name, EVA, SECRET, COST)
        pc.vault.without_account(opened, name)
    first, now = pc.unlock(BO), pc.unlock(ANNA)
    assert first.seeds == now.seeds
    assert len(now.seeds) == 4


def test_new_words_hold_to_the_key_of_their_own_day(pc: Pc):
    stale = pc.vault
    pc.vault.with_account(pc.anna, "Eva", EVA, SECRET, COST)
    pc.vault.without_account(pc.anna, "Eva")
    opened = pc.unlock(ANNA)
    assert refusal(lambda: stale.with_words(opened, "Bo Ek", EVA, SECRET, COST)) is FILE_TROUBLE
    pc.vault.with_words(opened, "Bo Ek", EVA, SECRET, COST)
    assert {slot.born for slot in pc.held.slots} == {pc.anna.identity.id, opened.identity.id}


def test_one_who_was_taken_away_cannot_go_on_from_the_key_that_she_knew(pc: Pc):
    bo = pc.unlock(BO)
    _, (code,) = pc.vault.with_recovery(pc.anna, COST)
    pc.vault.with_account(pc.anna, "Eva", EVA, SECRET, COST)
    pc.vault.without_account(pc.anna, "Bo Ek")
    for typed in (ANNA, code):
        assert pc.unlock(typed).spend() is None
    held, theirs = pc.held, os.urandom(32)
    younger = replace(held.identity, public=public_of(theirs))
    binding = SeedBinding(
        vault=bo.identity.id,
        opener="vault",
        opener_id=younger.id,
        digest=hashlib.sha256(younger.public).hexdigest(),
    )
    forged = replace(
        held,
        identity=younger,
        former=(Former(bo.identity, seal_key(bo.seed, younger.public, binding)),),
        slots=tuple(keyring.closed(slot, theirs, younger) for slot in held.slots),
    )
    Copies(pc.folder, "slots", Files()).write_both(forged.value())
    for path in pc.folder.glob("*.vault"):
        path.unlink()
    for typed in (ANNA, code):
        assert refusal(lambda typed=typed: pc.unlock(typed)) is VAULT_DAMAGED
    assert pc.unlock(EVA).account == "Eva"  # she has not been here since: nothing tells her words from then


def test_words_are_held_to_the_key_in_use_once_and_not_where_the_disk_takes_nothing(pc: Pc):
    pc.vault.with_account(pc.anna, "Eva", EVA, SECRET, COST)
    new = pc.vault.without_account(pc.anna, "Eva").identity
    before = pc.held
    with Files().lock(pc.folder / "lock"):
        assert pc.unlock(ANNA).spend() is None
    assert pc.held == before
    assert pc.unlock(ANNA).spend() is None
    assert {slot.name: slot.born == new.id for slot in pc.held.slots} == {"Anna Holm": True, "Bo Ek": False}
    counters = [copy.read_bytes() for copy in pc.folder.glob("slots-*.json")]
    pc.unlock(ANNA).spend()
    assert [copy.read_bytes() for copy in pc.folder.glob("slots-*.json")] == counters
    late = pc.unlock(BO)
    pc.vault.with_words(pc.unlock(ANNA), "Bo Ek", EVA, SECRET, COST)
    assert late.spend() is None  # the slot that it opened is gone
    assert refusal(lambda: pc.unlock(BO)) is WRONG_PASSPHRASE
    assert pc.unlock(EVA).account == "Bo Ek"


def twice(held: Any, **other: Any) -> None:
    held["slots"].append({**copy.deepcopy(held["slots"][-1]), **other})


TWICE: tuple[tuple[str, Callable[[Any], object]], ...] = (
    ("a whole slot", twice),
    ("a name in other capitals", lambda held: twice(held, name="BO  EK", id="00" * 16, public=held["public"])),
    ("an id", lambda held: twice(held, name="X", public=held["public"])),
    ("a public key", lambda held: twice(held, name="X", id="00" * 16)),
    ("two recovery codes", lambda held: [recovery(held, place) for place in (0, 1)]),
    ("a code's place", lambda held: [code(held, place) for place in (0, 1)]),
    ("a sheet", lambda held: held["sheets"].extend([SHEET, SHEET])),
    ("a key", lambda held: held.update(former=[{"public": held["public"], "sealed": held["slots"][0]["sealed"]}])),
)
SHEET = {"cancelled": "", "count": 1, "holder": "", "issued": "", "issued_by": "", "number": 1, "spent": {}}


def recovery(held: Any, place: int) -> None:
    held["slots"][place].update(kind="recovery", name="")


def code(held: Any, place: int) -> None:
    held["slots"][place].update(kind="event-code", name="", sheet=1, number=1)


@pytest.mark.parametrize(("what", "change"), TWICE, ids=[what for what, _ in TWICE])
def test_what_stands_twice_in_the_file_is_refused(pc: Pc, what: str, change: Callable[[Any], object]):
    pc.rewrite(change)
    with pytest.raises(ReaderError) as refused:
        _ = pc.vault
    assert refused.value.kind is VAULT_DAMAGED
    assert "twice" in str(refused.value)


@pytest.mark.parametrize("key", ["9" * 5000, "0", "-1", "١", "100", "01"])
def test_a_spent_code_whose_number_is_none_is_refused(pc: Pc, key: str):
    pc.rewrite(lambda held: held["sheets"].append({**SHEET, "spent": {key: ""}}))
    assert refusal(lambda: pc.vault) is VAULT_DAMAGED


def test_slots_from_before_a_removal_are_refused_where_the_key_in_use_has_no_file(pc: Pc, tmp_path: Path):
    shutil.copytree(pc.folder, tmp_path / "kept")
    new = pc.vault.without_account(pc.anna, "Bo Ek").identity
    for name in ("slots-a.json", "slots-b.json"):
        shutil.copy(tmp_path / "kept" / name, pc.folder / name)
    assert refusal(lambda: pc.unlock(BO)) is VAULT_DAMAGED
    identity = pc.folder / "identity.vault"
    for content in (None, b"damaged", pc.anna.identity.encode()):
        identity.unlink(missing_ok=True)
        if content is not None:
            identity.write_bytes(content)
        assert refusal(lambda: pc.unlock(BO)) is VAULT_DAMAGED
    identity.write_bytes(new.encode())
    assert load_identity(pc.folder, Files()) == new


def test_the_files_beside_the_slots_agree_or_it_is_seen_without_words(pc: Pc):
    file = SlotFile(pc.folder, Files())
    assert file.agrees(file.read())
    left = pc.vault.without_account(pc.anna, "Bo Ek")
    assert file.agrees(left.held)
    stranger = replace(left.identity, public=public_of(bytes(32)))
    Files().replace(pc.folder / former_name(stranger), stranger.encode())
    assert not file.agrees(left.held)


@pytest.mark.parametrize("edited", ["Bo  Ek", "Vagt"])
def test_the_sheets_of_one_who_leaves_go_whatever_their_record_says(pc: Pc, edited: str):
    sheet = pc.sheet("Bo Ek")
    pc.rewrite(lambda held: held["sheets"][0].update(holder=edited))
    pc.vault.without_account(pc.anna, "Bo Ek")
    assert refusal(lambda: pc.unlock(sheet.codes[0][1])) is WRONG_PASSPHRASE


def test_the_sheets_that_she_issued_go_too_and_what_she_gave_others_is_known(pc: Pc):
    bo = pc.unlock(BO)
    sheet, other = pc.sheet("Vagt", bo), pc.sheet("Vagt")
    pc.vault.with_account(bo, "Eva", EVA, SECRET, COST)
    pc.vault.with_recovery(bo, COST)
    left = pc.vault.without_account(pc.anna, "Bo Ek")
    assert refusal(lambda: pc.unlock(sheet.codes[0][1])) is WRONG_PASSPHRASE
    assert pc.unlock(other.codes[0][1]).sheet == other.number
    assert [(slot.kind, slot.name) for slot in left.made_by("bo ek")] == [("account", "Eva"), ("recovery", "")]
    assert left.made_by("Anna Holm") == tuple(slot for slot in left.slots if slot.sheet == other.number)


def test_who_made_a_slot_and_who_holds_it_cannot_be_rewritten(pc: Pc):
    sheet = pc.sheet("Bo Ek")
    for field in ("holder", "by", "born"):
        before = copy.deepcopy(Copies(pc.folder, "slots", Files()).read())
        pc.rewrite(lambda held, field=field: [slot.update({field: "X"}) for slot in held["slots"]])
        assert refusal(lambda: pc.unlock(sheet.codes[0][1])) is WRONG_PASSPHRASE
        assert refusal(lambda: pc.vault.without_account(pc.anna, "Bo Ek")) is VAULT_DAMAGED
        assert before is not None
        Copies(pc.folder, "slots", Files()).write_both(before)


def test_of_many_who_spend_one_code_at_once_one_does(pc: Pc):
    sheet = pc.sheet("Vagt")
    for _, words in sheet.codes:
        together, outcomes = threading.Barrier(4), list[str]()
        opened = [pc.unlock(words) for _ in range(4)]

        def spend(one: Unlocked, together: threading.Barrier = together, outcomes: list[str] = outcomes) -> None:
            together.wait()
            try:
                outcomes.append("opened" if one.spend() is None else "opened unspent")
            except ReaderError as trouble:
                outcomes.append(trouble.kind.code)

        threads = [threading.Thread(target=spend, args=(one,)) for one in opened]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(outcomes) == [CODE_USED.code] * 3 + ["opened"]


def test_whoever_holds_the_lock_makes_no_code_open_twice(pc: Pc, monkeypatch: pytest.MonkeyPatch):
    sheet = pc.sheet("Vagt")
    monkeypatch.setattr(spending, "PATIENCE", 0.05)
    first, second = (pc.unlock(sheet.codes[0][1]) for _ in range(2))
    with Files().lock(pc.folder / "lock"):
        for _ in range(3):
            assert refusal(first.spend) is FILE_TROUBLE
    assert first.spend() is None
    with Files().lock(pc.folder / "lock"):
        assert refusal(second.spend) is CODE_USED


def test_a_disk_that_takes_nothing_does_not_revive_a_code(pc: Pc):
    class Full(Files):
        def open_lock(self, path: Path) -> int:
            raise OSError(30, "Read-only file system")

    sheet = pc.sheet("Vagt")
    late = vault.load(pc.folder, Full()).unlock(sheet.codes[0][1], SECRET)
    trouble = late.spend()
    assert trouble is not None
    pc.unlock(sheet.codes[0][1]).spend()
    assert refusal(late.spend) is CODE_USED
