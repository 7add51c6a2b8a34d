"""F2 to F5: a disk that is full, or fails, at every single call: the outcome has a name, nothing old is harmed, nothing is left behind."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from backupreader.domain.errors import FILE_TROUBLE, NO_SPACE, ReaderError
from backupreader.store.files import Files
from sync.receive import Word
from tests.faults.world import Dying, Failing, World

NAMED = {FILE_TROUBLE.code, NO_SPACE.code}


def calls(world: World, scratch: Path) -> int:
    """How many changes one receive makes."""
    shutil.copytree(world.folder, scratch)
    counting = Dying(1 << 30)
    World(scratch).receive(counting)
    return counting.calls


def outcome(world: World, disk: Files) -> str:
    """What one receive on this disk says: its word, or a code."""
    try:
        (said,) = world.receive(disk)
    except ReaderError as trouble:
        return trouble.kind.code
    return said.trouble.kind.code if said.trouble is not None else said.word.value


@pytest.mark.parametrize("for_ever", [False, True], ids=["once", "for-ever"])
@pytest.mark.parametrize(
    "code", [errno.EIO, errno.ENOSPC, errno.EDQUOT, errno.EROFS], ids=lambda code: errno.errorcode[code]
)
def test_a_disk_that_fails_at_any_call_leaves_the_old_or_the_new_generation(
    tmp_path: Path, code: int, *, for_ever: bool
):
    original = World.made(tmp_path / "original")
    assert original.word(original.packed(1)) is Word.RECEIVED
    package = original.packed(2, size=(1 << 20) + 1)
    original.delivered(package)
    for point in range(1, calls(original, tmp_path / "whole") + 1):
        shutil.copytree(original.folder, tmp_path / "world")
        world = World(tmp_path / "world")
        said = outcome(world, Failing(point, code, for_ever=for_ever))
        assert said in {*NAMED, "received", "already-here"}, point
        if said == "received":
            assert world.newest() == 2
        else:
            assert said == (NO_SPACE.code if code in {errno.ENOSPC, errno.EDQUOT} else FILE_TROUBLE.code), point
        assert world.newest() in (1, 2)
        assert 1 in world.whole()
        if (world.inbox / package.name).exists():
            assert outcome(world, Files()) in {"received", "already-here"}, point
        assert world.newest() == 2
        assert world.staged() == []
        shutil.rmtree(world.folder)


class Unreadable(Files):
    """A disk that fails at its n-th read."""

    def __init__(self, failing: int) -> None:
        self.reads = 0
        self._failing = failing

    def read(self, descriptor: int, count: int) -> bytes:
        self.reads += 1
        if self.reads == self._failing:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return super().read(descriptor, count)


def test_a_stick_that_is_pulled_at_any_read_leaves_the_old_generation_and_is_taken_the_next_time(tmp_path: Path):
    original = World.made(tmp_path / "original")
    assert original.word(original.packed(1)) is Word.RECEIVED
    package = original.packed(2, size=(3 << 20) + 1, plan=b"ring 112")
    original.delivered(package)
    shutil.copytree(original.folder, tmp_path / "whole")
    counting = Unreadable(1 << 30)
    World(tmp_path / "whole").receive(counting)
    assert counting.reads > 8
    for point in range(1, counting.reads + 1):
        shutil.copytree(original.folder, tmp_path / "world")
        world = World(tmp_path / "world")
        said = outcome(world, Unreadable(point))
        # A head that cannot be read while packages are put in order is read again when its turn comes.
        assert said in {FILE_TROUBLE.code, "received"}, point
        assert world.newest() == (2 if said == "received" else 1)
        assert outcome(world, Files()) == "received" if said != "received" else True
        assert world.whole() == [2, 1]
        assert world.staged() == []
        shutil.rmtree(world.folder)


class TwoFaced(Files):
    """A carrier's file system that gives other bytes at every later opening."""

    def __init__(self, change: Callable[[int, bytes], bytes]) -> None:
        self._change = change
        self._openings = 0

    def open_old(self, path: Path, *, follow: bool) -> int:
        if path.suffix == ".package":
            self._openings += 1
            path.write_bytes(self._change(self._openings, path.read_bytes()))
        return super().open_old(path, follow=follow)


def test_a_file_that_answers_differently_the_second_time_is_judged_by_what_is_copied(tmp_path: Path):
    world = World.made(tmp_path)
    assert world.word(world.packed(1)) is Word.RECEIVED
    other = world.packed(9).read_bytes()
    world.delivered(world.packed(2), "a.package")

    def swapped(opening: int, data: bytes) -> bytes:
        return other if opening == 2 else data

    (said,) = world.receive(TwoFaced(swapped))
    assert said.word is Word.RECEIVED
    assert world.whole() == [9, 1]

    def spoilt(opening: int, data: bytes) -> bytes:
        return data[:-1] + bytes([data[-1] ^ 1]) if opening == 2 else data

    world.delivered(world.packed(10), "b.package")
    (said,) = world.receive(TwoFaced(spoilt))
    assert said.word is Word.REFUSED
    assert world.whole() == [9, 1]


def test_a_disk_with_too_little_room_is_told_before_anything_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    world = World.made(tmp_path)
    world.delivered(world.packed(1))
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=1000))
    assert world.word() == NO_SPACE.code
    assert world.staged() == []
    monkeypatch.undo()
    assert world.word() is Word.RECEIVED


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_real_full_device_is_told_as_no_space():
    with pytest.raises(ReaderError) as refused:
        _Full().write_new(Path("/dev/full"), b"data")
    assert refused.value.kind is NO_SPACE


class _Full(Files):
    """Opens a device that is there already, and takes no name away."""

    def open_new(self, path: Path, mode: int) -> int:
        return os.open(path, os.O_WRONLY)

    def unlink(self, path: Path) -> None:
        assert path == Path("/dev/full")
