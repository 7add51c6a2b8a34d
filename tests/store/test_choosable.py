from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from backupreader.store.choice import choose
from backupreader.store.choosable import OTHER_FORM, RETIRED, SPOILT, Choosable, choosable
from backupreader.store.files import Files
from backupreader.store.form import SCHEMA
from backupreader.store.manifest import Count
from backupreader.store.spoken import four_words
from backupreader.store.trust import Trust
from sync.receive import Word
from tests.faults.world import World


def shown(world: World) -> tuple[Choosable, ...]:
    return choosable(world.settings, Files())


@pytest.fixture
def world(tmp_path: Path) -> World:
    made = World.made(tmp_path)
    assert made.word(made.packed(1)) is Word.RECEIVED
    return made


def test_an_empty_store_has_nothing_to_choose_from(tmp_path: Path):
    assert shown(World.made(tmp_path)) == ()


def test_the_newest_is_the_one_that_is_opened_and_each_has_its_own_words(world: World):
    taken = {"a": {"note": "2026-11-22T04:45:00Z"}, "b": {"note": "2026-11-22T05:30:00+01:00"}}
    assert world.word(world.packed(2, taken_at=taken)) is Word.RECEIVED
    newest, older = shown(world)
    assert (newest.default, older.default) == (True, False)
    assert (newest.why, newest.citizens, newest.taken_at) == ((), 300, "2026-11-22T05:30:00+01:00")
    assert newest.name == world.store.list()[0].path.name
    head = (world.store.list()[0].path / "head").read_bytes()
    assert newest.words("sv") == four_words(hashlib.sha256(head).digest(), "sv")
    assert newest.words("da") != older.words("da")


def test_the_plan_behind_a_head_is_no_part_of_its_words(world: World):
    assert world.word(world.packed(2, plan=b"ring 112")) is Word.RECEIVED
    head = (world.store.list()[0].path / "head").read_bytes().removesuffix(b"ring 112")
    assert shown(world)[0].digest == hashlib.sha256(head).digest()


def test_one_that_holds_less_is_shown_with_what_is_less_and_is_not_opened_by_itself(world: World):
    assert world.word(world.packed(2, counts={"citizen": Count(60, 60)})) is Word.RECEIVED
    newest, older = shown(world)
    assert (newest.default, older.default) == (False, True)
    assert "60 citizens instead of 300" in [str(reason) for reason in newest.why]
    assert newest.why == choose(world.store.list(), world.settings.timezone()).doubts
    assert older.why == ()


def test_one_of_a_retired_signer_says_so_and_stands_below(world: World):
    trust = Trust(world.settings.data, Files())
    trust.remove(trust.known()[0].id)
    (only,) = shown(world)
    assert (only.retired, only.default, only.why) == (True, True, (RETIRED,))


def test_one_of_another_version_says_so_and_is_not_readable(world: World):
    assert world.word(world.packed(2, schema=SCHEMA + 1)) is Word.RECEIVED
    newest, older = shown(world)
    assert (newest.readable, newest.damaged, newest.why) == (False, False, (OTHER_FORM,))
    assert (older.readable, older.why) == (True, ())


def test_a_damaged_one_is_shown_and_cannot_be_opened(world: World):
    assert world.word(world.packed(2)) is Word.RECEIVED
    (world.store.list()[0].path / "head").write_bytes(b"gone")
    whole, damaged = shown(world)
    assert (whole.damaged, whole.default) == (False, True)
    assert (damaged.damaged, damaged.default, damaged.why, damaged.words("en")) == (True, False, (SPOILT,), "")
    assert damaged.citizens is None


def test_where_every_one_is_damaged_they_are_still_listed(world: World):
    (world.store.list()[0].path / "head").write_bytes(b"gone")
    assert [(one.damaged, one.default) for one in shown(world)] == [(True, False)]


@pytest.mark.parametrize(
    "created",
    ["9999-12-31T23:59:59Z", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00Z"],
)
def test_a_moment_at_the_calendar_s_ends_keeps_nobody_from_choosing(world: World, created: str):
    assert world.word(world.packed(2, created=created)) is Word.RECEIVED
    assert shown(world)[0].created == created
    assert len(choose(world.store.list(), world.settings.timezone()).order) == 2
