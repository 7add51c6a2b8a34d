from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backupreader.store.gaps import NEWEST, Gap, gaps
from backupreader.store.manifest import Manifest, Position
from sync.receive import Word
from tests.faults.world import EPOCH, World
from tests.store.test_manifest import MANIFEST


def made(seq: int, epoch: int = 1, prev: tuple[int, int] | None = None) -> Manifest:
    """The one at this position; `prev` is the position that it names as its predecessor."""
    return replace(
        MANIFEST, epoch=epoch, seq=seq, prev=digest(*prev) if prev else None, database_sha256=digest(epoch, seq)
    )


def digest(epoch: int, seq: int) -> str:
    return f"{epoch:032x}{seq:032x}"


def line(*numbers: int) -> list[Manifest]:
    """What arrived of a line in which each names the one before it, newest first."""
    return [made(seq, prev=(1, seq - 1)) for seq in sorted(numbers, reverse=True)]


def missing(*numbers: int, damaged: tuple[int, ...] = ()) -> list[tuple[int, int | None]]:
    found = gaps(line(*numbers), [Position(1, seq) for seq in damaged])
    return [(gap.position.seq, gap.missing) for gap in found]


def test_what_is_missing_in_the_middle_is_counted():
    assert missing(1, 2, 3) == []
    assert missing(1, 4) == [(4, 2)]
    assert missing(1, 4, 5, 7) == [(7, 1), (4, 2)]


def test_what_came_before_the_first_is_no_gap():
    assert missing(7) == []
    assert missing() == []


def test_a_damaged_generation_did_come():
    assert missing(1, 3, damaged=(2,)) == []
    assert missing(1, 4, damaged=(2,)) == [(4, 1)]
    assert missing(1, 4, damaged=(2, 3)) == []
    assert missing(3, 4, damaged=(1,)) == []


def test_a_number_that_was_never_sent_is_no_gap():
    """An export that failed after it got its number: the next one names the package that was really before it."""
    assert gaps([made(4, prev=(1, 2)), made(2)]) == ()


def test_an_exporter_that_forgot_what_it_sent_says_nothing():
    assert gaps([made(9), made(2)]) == ()


def test_over_an_epoch_the_chain_goes_on_and_a_break_has_no_number():
    assert gaps([made(1, epoch=2, prev=(1, 9)), made(9)]) == ()
    (gap,) = gaps([made(1, epoch=2, prev=(1, 9)), made(7)])
    assert gap == Gap(Position(2, 1), MANIFEST.created, None)


def test_a_neighbour_that_names_another_is_a_gap_without_a_number():
    (gap,) = gaps([made(2, prev=(7, 7)), made(1)])
    assert gap.missing is None


def test_what_may_have_been_pruned_is_not_called_missing():
    assert missing(1, *range(100, 100 + NEWEST)) == []
    assert missing(1, *range(100, 100 + NEWEST - 1)) == [(100, 98)]


@given(st.sets(st.integers(1, 60), max_size=40))
def test_among_the_newest_exactly_what_did_not_come_is_missing(numbers: set[int]):
    newest = sorted(numbers)[-NEWEST:]
    absent = sum(later - earlier - 1 for earlier, later in pairwise(newest))
    assert sum(count or 0 for _, count in missing(*numbers)) == absent


@pytest.mark.parametrize("lost", [{3}, {3, 4}, {2, 5, 6}, set()])
def test_pruning_makes_no_gap_and_hides_none(tmp_path: Path, lost: set[int]):
    """A carrier that loses some of twenty packages, on a PC that prunes after each."""
    world = World.made(tmp_path)
    before = None
    for seq in range(1, 21):
        package = world.packed(seq, size=300, prev=before, created="2026-11-22T05:30:00Z")
        before = world.manifest(seq, _bytes(tmp_path, seq)).database_sha256
        if seq in lost or seq in {number + 12 for number in lost}:
            continue
        assert world.word(package) is Word.RECEIVED
        here = [generation.manifest for generation in world.store.list()]
        told = {
            number for gap in gaps(here) for number in range(gap.position.seq - (gap.missing or 0), gap.position.seq)
        }
        absent = {number for number in lost | {number + 12 for number in lost} if number < seq}
        assert told == {number for number in absent if number > min(one.seq for one in here[:NEWEST])}
    assert {generation.position.epoch for generation in world.store.list()} == {EPOCH}


def _bytes(folder: Path, seq: int) -> Path:
    from tests.faults.world import database

    path = folder / "made.db"
    path.write_bytes(database(seq, 300))
    return path
