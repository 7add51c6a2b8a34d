"""F21: out of memory: ever more address space for receive, export, and unlock with search, until they have enough."""

from __future__ import annotations

import shutil
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tests.faults.figure import Amount, Tried, Untried
from tests.faults.scene import KILLED, Scene, Tally, copied, outcome
from tests.faults.scenes.export import Export
from tests.faults.scenes.receive import Receive, repair, second
from tests.faults.scenes.vault import Accounts, Search
from tests.faults.shim import NOT_HERE, Asked, Done, Warm

FIGURES: Final = ("F21",)
WHAT: Final = "receive, export, search and a vault's change with ever more address space: an error word, no half state"
GOAL: Final = {Amount.BOUNDED: 40, Amount.LONG: 300}
MEBIBYTE: Final = 1 << 20
STEPS: Final = {Amount.BOUNDED: 9, Amount.LONG: 80}
LEAST: Final = MEBIBYTE
"""With less than this Python itself cannot even raise an error."""
ABORTED: Final = {-signal.SIGABRT, -signal.SIGSEGV}
"""A library in C or Rust that is refused memory may give up: nobody can say a word then, but nothing may be half done either."""
MOST: Final = {"receive": 24, "vault": 48, "search": 48, "export": 96}
"""Mebibytes beside what the warm process has, with which each verb surely comes to its end."""


def tried(amount: Amount, folder: Path) -> Iterator[Tried | Untried]:
    """From nothing more than the process has to more than it needs."""
    if NOT_HERE:
        yield Untried(id="F21", what=WHAT, why=NOT_HERE)
        return
    tally, aborted = Tally(), 0
    with Warm(folder) as warm:
        for scene in _scenes(folder):
            most = MOST[scene.name.split()[0]] * MEBIBYTE
            for step in range(STEPS[amount] + 1):
                room = LEAST + most * step**2 // STEPS[amount] ** 2  # most of what can happen happens early
                ended, wrong = _case(warm, scene, folder, room, enough=step == STEPS[amount])
                tally.add(1, wrong)
                aborted += ended in ABORTED
    what = f"{WHAT} ({aborted} ended by a library's own abort, as by a kill)" if aborted else WHAT
    yield Tried(id="F21", what=what, cases=tally.cases, goal=GOAL[amount], violations=tuple(tally.violations))


def _scenes(folder: Path) -> Iterator[Scene]:
    yield Receive("second", folder / "second", second)
    yield Receive("repair", folder / "repair", repair)
    yield Accounts(folder / "add", "add-account")
    yield _Search(folder / "search")
    yield Export(folder / "export")


class _Search(Search):
    """A search that lacks memory finds nothing; what it leaves behind is as it was."""

    def wrong(self, folder: Path, done: Done, warm: Warm) -> Iterator[str]:
        if done["status"] == 0:
            yield from super().wrong(folder, done, warm)
        else:
            yield from outcome(done)
            yield from self.found(folder)


def _case(warm: Warm, scene: Scene, folder: Path, room: int, *, enough: bool) -> tuple[int, list[str]]:
    """How it ended, and what it broke."""
    place = copied(scene.template, folder / "case")
    try:
        done = warm.run(Asked(words=scene.words(place), below=scene.below(place), memory=room))
        ended = done["status"]
        if ended in ABORTED:
            done["status"] = KILLED
        wrong = list(scene.wrong(place, done, warm))
        if enough and ended:
            wrong.append(f"that should be enough: {done['err']}")
        return ended, [f"{scene.name} with {room / MEBIBYTE:.2f} MiB more: {said}" for said in wrong]
    finally:
        shutil.rmtree(place)
