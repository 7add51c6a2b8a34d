from __future__ import annotations

import os
import shutil
import stat
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from backupreader.domain.errors import FILE_TROUBLE, NO_RECIPIENT, NOT_FOUND, OTHER_KIND
from backupreader.domain.trouble import Kind, ReaderError
from backupreader.store.carried import VaultIdentity
from backupreader.store.files import Files
from backupreader.store.manifest import Position
from backupreader.store.seal import public_of
from sync.origin import Origin
from sync.rotation import announced
from sync.trust import LARGEST_STEP, Verdict, succession
from tests.store.test_manifest import MANIFEST

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
DAYS = (NOW.date() - datetime(2020, 1, 1, tzinfo=UTC).date()).days


@pytest.fixture
def origin(tmp_path: Path) -> Origin:
    return Origin(tmp_path, Files())


def refused(error: pytest.ExceptionInfo[ReaderError]) -> Kind:
    return error.value.kind


def test_the_signing_key_is_made_once_for_one_site_and_only_its_owner_may_read_it(origin: Origin, tmp_path: Path):
    own = origin.signer("nordby", NOW)
    assert origin.signer("nordby", NOW + timedelta(days=400)) == own
    assert own.epoch == DAYS
    assert own.trusted().site == "nordby"
    if os.name != "nt":
        assert stat.S_IMODE((tmp_path / "signer" / "signer.json").stat().st_mode) == 0o600
    with pytest.raises(ReaderError) as error:
        origin.signer("sydby", NOW)
    assert refused(error) is FILE_TROUBLE


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{}",
        b'{"epoch":"x","kind":"backupreader signing key 1","secret":"AAAA","site":"nordby"}',
        b'{"epoch":"%s","kind":"backupreader signing key 1","secret":"%s=","site":"nordby"}' % (b"9" * 5000, b"A" * 43),
    ],
    ids=["nothing", "no key", "no epoch", "an epoch without end"],
)
def test_a_signing_key_that_is_none_is_told(origin: Origin, tmp_path: Path, content: bytes):
    origin.signer("nordby", NOW)
    (tmp_path / "signer" / "signer.json").write_bytes(content)
    with pytest.raises(ReaderError) as error:
        origin.signer("nordby", NOW)
    assert refused(error) is OTHER_KIND


def test_positions_count_up_from_the_key_s_day(origin: Origin):
    own = origin.signer("nordby", NOW)
    assert [origin.next_position(own, NOW) for _ in range(3)] == [Position(DAYS, seq) for seq in (1, 2, 3)]
    assert origin.next_position(own, NOW + timedelta(days=900)) == Position(DAYS, 4)
    assert origin.next_position(own, NOW + timedelta(days=900), "sydby") == Position(DAYS, 1)


@pytest.mark.parametrize("days", [0, 1, 150, 5000, -9000])
def test_a_machine_set_up_anew_from_its_key_stands_above_its_former_self_and_no_further_than_a_step(
    origin: Origin, tmp_path: Path, days: int
):
    own = origin.signer("nordby", NOW)
    last = [origin.next_position(own, NOW) for _ in range(300)][-1]
    shutil.copytree(tmp_path / "signer", tmp_path / "anew" / "signer")
    anew = Origin(tmp_path / "anew", Files())
    later = NOW + timedelta(days=days)
    first = anew.next_position(anew.signer("nordby", later), later)
    assert succession(first, last) is Verdict.NEW
    assert own.epoch < first.epoch < own.epoch + LARGEST_STEP


def test_a_lost_position_never_leaps_a_step_however_late_it_is(origin: Origin, tmp_path: Path):
    own = origin.signer("nordby", NOW)
    last = origin.next_position(own, NOW)
    for path in (tmp_path / "state").glob("position-*.json"):
        path.write_bytes(b"")
    assert succession(origin.next_position(own, NOW + timedelta(days=4000)), last) is Verdict.NEW


def test_a_key_far_above_the_former_position_is_reached_in_steps_that_every_pc_takes(origin: Origin):
    own = origin.signer("nordby", NOW)
    last = origin.next_position(own, NOW)
    far = replace(own, epoch=own.epoch + 2500)
    said = announced(far, last, site="nordby", by="0" * 64)
    assert said is not None
    assert said.epoch == last.epoch + LARGEST_STEP - 1
    for _ in range(4):
        following = origin.next_position(far, NOW)
        assert succession(following, last) is Verdict.NEW
        assert following.epoch >= said.epoch
        last = following
    assert last == Position(far.epoch, 2)


def test_a_lost_position_begins_a_new_epoch_above_all_before(origin: Origin, tmp_path: Path):
    own = origin.signer("nordby", NOW)
    given = [origin.next_position(own, NOW) for _ in range(5)]
    for path in (tmp_path / "state").glob("position-*.json"):
        path.write_bytes(b"damaged")
    later = origin.next_position(own, NOW)
    assert later > max(given)
    assert origin.next_position(own, NOW) == Position(later.epoch, later.seq + 1)


def test_lost_positions_of_a_machine_that_has_sent_begin_a_new_epoch_too(origin: Origin, tmp_path: Path):
    own = origin.signer("nordby", NOW)
    first = origin.next_position(own, NOW)
    origin.note_sent(MANIFEST)
    for path in (tmp_path / "state").glob("position-*.json"):
        path.unlink()
    assert origin.next_position(own, NOW) > first
    assert origin.next_position(own, NOW + timedelta(days=-9000)) > first


def test_no_number_is_given_twice_though_the_latest_copy_of_the_position_is_not_given_back(
    origin: Origin, tmp_path: Path
):
    own = origin.signer("nordby", NOW)
    given = [origin.next_position(own, NOW) for _ in range(2)]
    origin.note_sent(replace(MANIFEST, epoch=given[-1].epoch, seq=given[-1].seq))
    latest = max(tmp_path.rglob("position-*.json"), key=lambda path: path.stat().st_mtime_ns)
    latest.write_bytes(b"damaged")
    assert origin.next_position(own, NOW) == Position(given[-1].epoch, given[-1].seq + 1)


def test_vaults_are_enrolled_and_dismissed_by_name(origin: Origin):
    one, other = (
        VaultIdentity(name, site, public_of(bytes([number] * 32)))
        for number, (name, site) in enumerate((("room1", "nordby"), ("room2", "sydby")))
    )
    with pytest.raises(ReaderError) as error:
        origin.recipients("nordby")
    assert refused(error) is NO_RECIPIENT
    origin.enrol(one)
    origin.enrol(one)
    origin.enrol(other)
    assert set(origin.enrolled()) == {one, other}
    assert origin.recipients("nordby") == (one,)
    assert origin.dismiss("room1") == (one,)
    assert origin.enrolled() == (other,)
    with pytest.raises(ReaderError) as error:
        origin.dismiss("room1")
    assert refused(error) is NOT_FOUND


def test_what_was_sent_is_remembered_and_nonsense_is_not(origin: Origin, tmp_path: Path):
    assert origin.last_sent() is None
    origin.note_sent(MANIFEST)
    assert origin.last_sent() == MANIFEST
    from backupreader.store.copies import Copies

    for nonsense in ("", "{}", "å", 7):
        Copies(tmp_path / "state", "sent", Files()).write(nonsense)  # type: ignore[arg-type]
        assert origin.last_sent() is None


def test_a_new_key_of_a_known_pc_replaces_its_former_one(origin: Origin):
    first, second, elsewhere = (
        VaultIdentity("room12", site, public_of(bytes([number]) * 32))
        for number, site in enumerate(("nordby", "nordby", "sydby"))
    )
    assert origin.enrol(first) == origin.enrol(first) == ()
    assert origin.enrol(elsewhere) == ()
    assert origin.enrol(second) == (first,)
    assert set(origin.enrolled()) == {second, elsewhere}


def test_a_pc_is_dismissed_at_the_site_that_is_said(origin: Origin):
    north, south = (
        VaultIdentity("room12", site, public_of(bytes([number]) * 32)) for number, site in enumerate(("nord", "syd"))
    )
    origin.enrol(north)
    origin.enrol(south)
    with pytest.raises(ReaderError):
        origin.dismiss("room12", "vest")
    assert origin.dismiss("room12", "syd") == (south,)
    origin.enrol(south)
    assert set(origin.dismiss("room12")) == {north, south}
    assert origin.enrolled() == ()
