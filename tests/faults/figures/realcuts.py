"""F6: a real power cut: the shutdown call of a real ext4 and a real XFS in the middle of a receive, then the journal's own recovery."""

from __future__ import annotations

import os
import shutil
import struct
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from backupreader.domain.trouble import ReaderError
from sync.receive import Word
from tests.faults.figure import Amount, Tried, Untried
from tests.faults.world import Counting, Killed, World

if sys.platform != "win32":
    import fcntl

FIGURES: Final = ("F6",)
WHAT: Final = (
    "a real power cut of {name}: the file system is shut down before the n-th change of a receive, and mounted again"
)
GOAL: Final = {Amount.BOUNDED: 6, Amount.LONG: 60}
SHUTDOWN: Final = 0x8004587D
"""_IOR('X', 125, __u32): EXT4_IOC_SHUTDOWN and XFS_IOC_GOINGDOWN are one number."""
LOG_WRITTEN, LOG_LOST = 1, 2
"""Its two ways: what the journal holds in memory is written out first, or is lost as when the power goes."""
CHANGES: Final = 18
"""A receive of two mebibytes makes one change less; a cut after the last is one after success was told."""


@dataclass(frozen=True, slots=True)
class _System:
    """A file system, how it is made, and the least that it can be."""

    name: str
    make: tuple[str, ...]
    megabytes: int


SYSTEMS: Final = (_System("ext4", ("mkfs.ext4", "-q", "-F"), 320), _System("XFS", ("mkfs.xfs", "-q", "-f"), 320))


def tried(amount: Amount, folder: Path) -> Iterator[Tried | Untried]:
    """Both file systems, each with one PC that meets one cut after the other."""
    for system in SYSTEMS:
        what = WHAT.format(name=system.name)
        if why := _why_not(system):
            yield Untried(id="F6", what=what, why=why)
            continue
        try:
            wrong = list(_cuts(system, folder / system.name, GOAL[amount]))
        except subprocess.CalledProcessError as trouble:
            yield Untried(
                id="F6", what=what, why=f"{trouble.cmd[0]}: {trouble.stderr.decode(errors='replace').strip()}"
            )
            continue
        yield Tried(id="F6", what=what, cases=GOAL[amount], goal=GOAL[amount], violations=tuple(wrong))


def _why_not(system: _System) -> str | None:
    if sys.platform != "linux" or os.geteuid() != 0:
        return "needs root on Linux, to mount a file system of its own"
    program = system.make[0]
    if shutil.which(program, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin") is None:
        return f"needs {program}"
    return None


def _cuts(system: _System, folder: Path, most: int) -> Iterator[str]:
    folder.mkdir()
    image, place = folder / "image", folder / "mounted"
    place.mkdir()
    with image.open("wb") as file:
        file.truncate(system.megabytes << 20)
    _run(*system.make, str(image))
    number = 1
    with _mounted(image, place):
        world = World.made(place / "world")
        world.word(world.packed(number))
    for case in range(most):
        number += 1
        at = 1 + case * CHANGES // most if most > 1 else 1
        how = LOG_LOST if case % 2 else LOG_WRITTEN
        yield from (
            f"{system.name}, before change {at}, {'with' if how == LOG_WRITTEN else 'without'} the log: {said}"
            for said in _cut(image, place, number, at, how)
        )


def _cut(image: Path, place: Path, number: int, at: int, how: int) -> Iterator[str]:
    """Deliver one package, cut the power while it is received, look at what is there, and receive it at last."""
    received = False
    with _mounted(image, place):
        world = World(place / "world")
        package = world.packed(number, size=2 << 20).name
        world.delivered(world.folder / "sent" / package)
        os.sync()
        disk = _Losing(place, at, how)
        with suppress(Killed, ReaderError):
            received = [one.word for one in world.receive(disk)] == [Word.RECEIVED]
        disk.lose()
    with _mounted(image, place):
        world = World(place / "world")
        whole = world.whole()
        if whole[:1] not in ([number - 1], [number]) or (received and whole[0] != number):
            yield f"the newest are {whole[:2]}, success was {'' if received else 'not '}told"  # I1, I2
        if number - 1 not in whole:
            yield "the old one is gone"  # I6
        if not (world.inbox / package).exists():
            if whole[:1] != [number]:
                yield "the package is lost"  # I3
            world.delivered(world.folder / "sent" / package)
        words = [one.trouble.kind.code if one.trouble else one.word for one in world.receive()]
        if not set(words) <= {Word.RECEIVED, Word.ALREADY_HERE} or world.newest() != number:
            yield f"again: {words}"  # I3
        if world.staged():
            yield "something stays in staging"  # I4
        for sent in sorted((world.folder / "sent").iterdir())[:-1]:
            sent.unlink()


class _Losing(Counting):
    """A disk whose file system is shut down before the n-th change; the process is gone with it."""

    def __init__(self, place: Path, at: int, how: int) -> None:
        super().__init__(self._maybe)
        self._at = at
        self._how = how
        self._place = place
        self._lost = False

    def _maybe(self, number: int, what: str) -> None:
        if number >= self._at:
            self.lose()
            raise Killed(what)

    def lose(self) -> None:
        """The power goes, if it has not gone yet."""
        if not self._lost:
            self._lost = True
            descriptor = os.open(self._place, os.O_RDONLY)
            try:
                fcntl.ioctl(descriptor, SHUTDOWN, struct.pack("I", self._how))
            finally:
                os.close(descriptor)


@contextmanager
def _mounted(image: Path, place: Path) -> Iterator[None]:
    _run("mount", "-o", "loop", str(image), str(place))
    try:
        yield
    finally:
        _run("umount", str(place))


def _run(*words: str) -> None:
    surroundings = {**os.environ, "PATH": f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin"}
    subprocess.run(words, check=True, capture_output=True, env=surroundings)
