"""F2 to F4: each changing call fails once, or for ever, or writes only half; a disk or quota that is full, a real small disk among them."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from backupreader.domain.errors import NO_SPACE
from backupreader.domain.trouble import ReaderError
from backupreader.store.files import Files
from tests.faults.figure import Amount, Tried, Untried
from tests.faults.scene import Scene, Tally, case, counted, spread
from tests.faults.scenes.export import MEBIBYTE, Export, Send
from tests.faults.scenes.outage import Entry
from tests.faults.scenes.receive import Receive, receives, sized
from tests.faults.scenes.vault import Accounts, FirstVault, Position, Search
from tests.faults.shim import NOT_HERE, Asked, Does, Warm

FIGURES: Final = ("F2", "F3", "F4")


@dataclass(frozen=True, slots=True)
class _Fault:
    """What happens at each changing call in turn."""

    figure: str
    does: Does
    code: int = 0


FAULTS: Final = (
    _Fault("F2", Does.FAILS, errno.EIO),
    _Fault("F2", Does.FAILS_FOR_EVER, errno.EIO),
    _Fault("F3", Does.FAILS, errno.ENOSPC),
    _Fault("F3", Does.FAILS_FOR_EVER, errno.ENOSPC),
    _Fault("F3", Does.FILLS, errno.ENOSPC),
    _Fault("F4", Does.FAILS, errno.EDQUOT),
    _Fault("F4", Does.SHORTENS),
)
WHAT: Final = {
    "F2": "EIO once and for ever at each changing call of receive, export, vault and search",
    "F3": "ENOSPC once, for ever, and after each n-th byte, likewise; a real disk that fills up; /dev/full",
    "F4": "EDQUOT at each changing call, and half of each write, likewise",
}
GOAL: Final = {
    Amount.BOUNDED: {"F2": 60, "F3": 60, "F4": 30},
    Amount.LONG: {"F2": 800, "F3": 800, "F4": 500},
}
SMALL_DISK: Final = 96 * MEBIBYTE


def tried(amount: Amount, folder: Path) -> Iterator[Tried | Untried]:
    """Each fault at each point of each scene; in the bounded run, at some."""
    tallies = {figure: Tally() for figure in FIGURES}
    tallies["F3"].add(1, _full_device())
    if NOT_HERE:
        yield from (Untried(id=figure, what=WHAT[figure], why=NOT_HERE) for figure in FIGURES)
        return
    with Warm(folder) as warm:
        for scene, most in _scenes(amount, folder):
            calls, wrong = counted(warm, scene, folder)
            tallies["F2"].add(0, wrong)
            for turn, fault in enumerate(FAULTS):
                for at in _points(fault, calls, most, turn):
                    tallies[fault.figure].add(1, case(warm, scene, folder, fault.does, at, fault.code))
        if os.geteuid() == 0:
            _real_disk(warm, amount, folder, tallies["F3"])
    for figure, tally in tallies.items():
        goal = GOAL[amount][figure]
        yield Tried(id=figure, what=WHAT[figure], cases=tally.cases, goal=goal, violations=tuple(tally.violations))


def _scenes(amount: Amount, folder: Path) -> Iterator[tuple[Scene, int | None]]:
    """Each scene, and how many points of it for each fault; None: all."""
    every = amount is Amount.LONG
    for scene in receives(folder):
        yield scene, None if every else 4
    yield Position(folder / "position", former=2), None if every else 2
    yield Accounts(folder / "add", "add-account"), None if every else 1
    yield Accounts(folder / "remove", "remove-account"), None if every else 1
    yield Entry(folder / "outage"), None if every else 6
    yield FirstVault(folder / "first-vault"), None if every else 1
    yield Search(folder / "search"), None if every else 2
    yield Export(folder / "export"), None if every else 2
    if every:
        yield Receive("50 MiB", folder / "large", sized(50)), 30
        yield Send(folder / "send", 50 * MEBIBYTE), 30


def _points(fault: _Fault, calls: str, most: int | None, turn: int) -> list[int]:
    """Where one fault is tried. Only a write can be half done; a disk is full after so many bytes."""
    if fault.does is Does.SHORTENS:
        writes = [number for number, kind in enumerate(calls, start=1) if kind == "w"]
        return [writes[at - 1] for at in spread(len(writes), most)]
    points = spread(len(calls), most)
    if fault.does is Does.FILLS:
        return sorted({(at - 1) * 8192 + at % 3 for at in points})
    if most is not None and most < len(calls):  # another fault, other points
        points = sorted({1 + (at + turn) % len(calls) for at in points})
    return points


def _real_disk(warm: Warm, amount: Amount, folder: Path, tally: Tally) -> None:
    """A small disk in memory, with ever less room on it; the export machine's whole folder lies there."""
    scene = Export(folder / "small-disk")
    disk = folder / "disk"
    for taken in spread(1200, 4 if amount is Amount.BOUNDED else 40):
        with _mounted(disk) as here:
            if not here:
                return
            place = disk / "case"
            shutil.copytree(scene.template, place)
            words = scene.words(place)  # writes the settings, while there is room
            with (disk / "ballast").open("wb") as ballast:
                room = shutil.disk_usage(disk).free
                os.posix_fallocate(ballast.fileno(), 0, max(1, room - taken * 1024))
            done = warm.run(Asked(words=words))
            (disk / "ballast").unlink()
            tally.add(1, [f"{scene.name}, {taken} KiB free: {said}" for said in scene.wrong(place, done, warm)])


@contextmanager
def _mounted(place: Path) -> Iterator[bool]:
    place.mkdir(exist_ok=True)
    mount = ["mount", "-t", "tmpfs", "-o", f"size={SMALL_DISK}", "tmpfs", str(place)]
    here = subprocess.run(mount, check=False, capture_output=True).returncode == 0
    try:
        yield here
    finally:
        if here:
            subprocess.run(["umount", str(place)], check=True)


class _Full(Files):
    """Opens a device that is there already, and takes no name away."""

    def open_new(self, path: Path, mode: int) -> int:
        return os.open(path, os.O_WRONLY)

    def unlink(self, path: Path) -> None:
        """Leave the device where it is."""


def _full_device() -> Iterator[str]:
    device = Path("/dev/full")
    if not device.exists():
        return
    try:
        _Full().write_new(device, b"data")
        yield "/dev/full took everything"
    except ReaderError as trouble:
        if trouble.kind is not NO_SPACE:
            yield f"/dev/full: {trouble}"
