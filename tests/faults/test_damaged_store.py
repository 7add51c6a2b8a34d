"""Damage to the store around the databases: heads, folders, missing parts. Damage to pages is F15 (``figures/pages.py``)."""

from __future__ import annotations

from pathlib import Path

import pytest

from backupreader.domain.errors import FILE_TROUBLE, STORE_DAMAGED
from backupreader.domain.trouble import ReaderError
from backupreader.store.generations import DATABASE, HEAD
from sync.receive import Word
from tests.faults.world import World


@pytest.fixture
def world(tmp_path: Path) -> World:
    """A PC that holds generations 1 and 2."""
    made = World.made(tmp_path)
    assert made.word(made.packed(1)) is Word.RECEIVED
    assert made.word(made.packed(2)) is Word.RECEIVED
    return made


@pytest.mark.parametrize("part", [HEAD, DATABASE])
def test_a_missing_part_is_found(world: World, part: str):
    newest = world.store.list()[0]
    (newest.path / part).unlink()
    with pytest.raises(ReaderError) as found:
        world.store.verify(newest)
    assert found.value.kind in {STORE_DAMAGED, FILE_TROUBLE}
    assert world.whole() == [1]


def test_every_changed_byte_of_a_stored_head_is_found(world: World):
    newest = world.store.list()[0]
    head = newest.path / HEAD
    good = head.read_bytes()
    for place in range(0, len(good), 7):
        head.write_bytes(good[:place] + bytes([good[place] ^ 0x40]) + good[place + 1 :])
        assert [generation.position.seq for generation in world.store.list()] == [1], place
        assert world.store.damaged() == (newest.path,)


def test_generations_that_changed_places_are_not_believed(world: World):
    new, old = (generation.path for generation in world.store.list())
    aside = world.folder / "aside"
    new.rename(aside)
    old.rename(new)
    aside.rename(old)
    assert world.whole() == []
    assert len(world.store.damaged()) == 2


def test_a_damaged_generation_goes_only_when_enough_whole_ones_are_newer(world: World):
    spoilt = world.store.list()[-1].path
    (spoilt / HEAD).write_bytes(b"gone")
    for seq in range(3, 9):
        assert world.word(world.packed(seq)) is Word.RECEIVED
    assert spoilt.exists()
    assert world.word(world.packed(9)) is Word.RECEIVED
    assert not spoilt.exists()


def test_a_generation_that_the_disk_does_not_give_back_just_now_is_not_taken_away(world: World):
    hidden = world.store.list()[-1].path
    (hidden / HEAD).rename(hidden / "elsewhere")
    for seq in range(3, 20):
        assert world.word(world.packed(seq)) is Word.RECEIVED
    (hidden / "elsewhere").rename(hidden / HEAD)
    assert 1 in world.whole()


def test_strange_names_among_the_generations_are_left_alone(world: World):
    for name in ("lost+found", "0000000000002500-0000000000000003.old", "notes.txt"):
        (world.store.folder / name).mkdir()
    assert world.whole() == [2, 1]
    assert world.word(world.packed(3)) is Word.RECEIVED
    assert (world.store.folder / "notes.txt").exists()
