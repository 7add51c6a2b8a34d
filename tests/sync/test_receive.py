"""What a person's word changes when packages are taken, and what it does not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from backupreader.domain.errors import NO_SPACE, OLDER_PACKAGE, OTHER_PC, PACKAGE_DAMAGED, UNKNOWN_SIGNER
from backupreader.domain.trouble import ReaderError
from backupreader.store.files import Files
from backupreader.store.manifest import Position
from sync.inbox import Inbox
from sync.receive import Outcome, Word, receive
from tests.faults.world import EPOCH, OTHER_SIGNER, World


@pytest.fixture
def world(tmp_path: Path) -> World:
    """A PC that holds generation 5."""
    made = World.made(tmp_path)
    assert made.word(made.packed(5)) is Word.RECEIVED
    return made


def said(outcomes: tuple[Outcome, ...]) -> list[Word | str]:
    return [outcome.trouble.kind.code if outcome.trouble else outcome.word for outcome in outcomes]


def test_one_word_takes_one_leap_and_the_next_package_follows(world: World):
    leaps: list[Position] = []
    world.delivered(world.packed(2006))
    world.delivered(world.packed(9999))
    assert said(world.receive()) == [PACKAGE_DAMAGED.code] * 2
    assert said(receive(world.settings, accept_leap=leaps.append)) == [Word.RECEIVED, PACKAGE_DAMAGED.code]
    assert leaps == [Position(EPOCH, 2006)]
    world.delivered(world.packed(2007))
    assert said(world.receive()) == [Word.RECEIVED, PACKAGE_DAMAGED.code]
    assert world.whole() == [2007, 2006, 5]


def test_a_word_for_a_leap_is_not_used_up_by_what_needs_none(world: World):
    leaps: list[Position] = []
    world.delivered(world.packed(6))
    world.delivered(world.packed(1, epoch=EPOCH + 1001))
    assert said(receive(world.settings, accept_leap=leaps.append)) == [Word.RECEIVED] * 2
    assert leaps == [Position(EPOCH + 1001, 1)]


def test_a_leap_is_checked_like_everything_else(world: World):
    for refused, path in (
        (OLDER_PACKAGE, world.packed(4)),
        (UNKNOWN_SIGNER, world.packed(5000, signer=OTHER_SIGNER)),
        (OTHER_PC, world.packed(5000, site="sydby")),
        (PACKAGE_DAMAGED, world.packed(5001)),
    ):
        laid = world.delivered(path)
        if refused is PACKAGE_DAMAGED:
            laid.write_bytes(laid.read_bytes()[:-1] + b"x")
        assert said(receive(world.settings, accept_leap=lambda _position: pytest.fail("a leap"))) == [refused.code]
        laid.unlink()
    assert world.whole() == [5]


def test_a_leap_that_cannot_be_written_down_is_not_taken(world: World):
    def refuse(_position: Position) -> None:
        raise ReaderError(NO_SPACE, path=world.folder)

    world.delivered(world.packed(5000))
    assert said(receive(world.settings, accept_leap=refuse)) == [NO_SPACE.code]
    assert (world.whole(), world.staged()) == ([5], [])


def test_what_is_skipped_is_not_even_opened(world: World):
    class Counting(Files):
        opened = 0

        def open_old(self, path: Path, *, follow: bool) -> int:
            self.opened += path.suffix == ".package"
            return super().open_old(path, follow=follow)

    settings, disk = replace(world.settings, inbox=world.inbox), Counting()
    for seq in range(6, 9):
        world.delivered(world.packed(seq, plan=b"ring 112" * 1000))
    assert said(receive(settings)) == [Word.RECEIVED] * 3
    settled = Inbox(settings, disk).stamps()
    world.delivered(world.packed(9))
    assert said(receive(settings, disk, skip=set(settled))) == [Word.RECEIVED]
    assert disk.opened == 2  # to learn its position, and to take it
