"""F1: `kill -9` before each call that changes the disk, and in the middle of each write, of every verb that changes anything."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tests.faults.figure import Amount, Tried, Untried
from tests.faults.scene import Scene, Tally, case, counted, spread
from tests.faults.scenes.export import MEBIBYTE, Export, Send
from tests.faults.scenes.outage import Entry
from tests.faults.scenes.receive import Receive, receives, sized
from tests.faults.scenes.vault import Accounts, FirstVault, Position, Search
from tests.faults.shim import NOT_HERE, Does, Warm

FIGURES: Final = ("F1",)
WHAT: Final = "kill -9 before each changing call and inside each write: receive, export, vault, search (50 MiB packages in the long run)"
GOAL: Final = {Amount.BOUNDED: 200, Amount.LONG: 2000}


def tried(amount: Amount, folder: Path) -> Iterator[Tried | Untried]:
    """Every point of each scene; in the bounded run, some points of the costly ones."""
    if NOT_HERE:
        yield Untried(id="F1", what=WHAT, why=NOT_HERE)
        return
    tally = Tally()
    with Warm(folder) as warm:
        for scene, most in _scenes(amount, folder):
            calls, wrong = counted(warm, scene, folder)
            tally.add(0, wrong)
            points = spread(len(calls), most)
            for at in points:
                tally.add(1, case(warm, scene, folder, Does.KILLS, at))
            for at in points:
                if calls[at - 1] == "w":
                    tally.add(1, case(warm, scene, folder, Does.TEARS, at))
    yield Tried(id="F1", what=WHAT, cases=tally.cases, goal=GOAL[amount], violations=tuple(tally.violations))


def _scenes(amount: Amount, folder: Path) -> Iterator[tuple[Scene, int | None]]:
    """Each scene, and how many points of it; None: all."""
    every = amount is Amount.LONG
    for scene in receives(folder):
        yield scene, None if every or scene.name != "receive many leaving" else 32
    yield Position(folder / "position", former=2), None
    yield Accounts(folder / "add", "add-account"), None
    yield Accounts(folder / "remove", "remove-account"), None
    yield FirstVault(folder / "first-vault"), None
    yield Search(folder / "search"), None
    yield Entry(folder / "outage"), None if every else 24
    yield Export(folder / "export"), None if every else 5
    if every:
        yield Receive("50 MiB", folder / "large", sized(50)), None
        yield Send(folder / "send", 50 * MEBIBYTE), None
        yield Export(folder / "without-notes", 60, leave_out=("note",)), None
        yield Export(folder / "town", 200), None
        for size in range(3, 25):
            yield Receive(f"{size} MiB", folder / f"receive-{size}", sized(size)), None
