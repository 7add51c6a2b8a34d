"""F8: the harness itself: planted bugs, each of which a small amount of the other figures must find."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Final

from tests.faults import cuts
from tests.faults.figure import Amount, Tried, Untried
from tests.faults.life import Life
from tests.faults.planted import BUGS
from tests.faults.scenes.export import Send
from tests.faults.scenes.receive import Receive, small

FIGURES: Final = ("F8",)
WHAT: Final = "planted bugs (an fsync left out, a rename too early, a digest or a sequence not compared, …): all found"
GOAL: Final = 10
WITHOUT: Final = 15
"""So many cases of each hunt find nothing where no bug is: the other figures say so at length."""
PACKAGES: Final = 60
"""At most so many packages of a life until a bug must have shown."""


def tried(amount: Amount, folder: Path) -> Iterator[Tried | Untried]:
    """Each hunt first without any bug, where it must find nothing, then with each bug that it must find."""
    violations: list[str] = []
    hunts = _hunts(folder / "hunts")
    for turn, hunt in enumerate(hunts.values()):
        violations += [f"no bug planted: {said}" for said in _first(islice(hunt(folder / f"none-{turn}"), WITHOUT))]
    for turn, bug in enumerate(BUGS):
        place = folder / f"bug-{turn}"
        with bug.planted():
            found = _first(hunts[bug.hunt](place))
        if not found:
            violations.append(f"{bug.what}: not found")
    yield Tried(id="F8", what=WHAT, cases=len(BUGS), goal=GOAL, violations=tuple(violations))


def _first(found: Iterator[list[str]]) -> list[str]:
    """The first thing that is wrong, if anything is. A bug may also break the bench's own steps: that is found too."""
    try:
        return next((wrong for wrong in found if wrong), [])
    except Exception as trouble:  # noqa: BLE001 (whatever it is, it is seen)
        return [f"{type(trouble).__name__}: {trouble}"]


def _hunts(folder: Path) -> dict[str, Callable[[Path], Iterator[list[str]]]]:
    """By name: what is done in a folder of its own, and found wrong. What they work on is made before any bug is planted."""
    folder.mkdir()
    receive = cuts.of_receive(Receive("small", folder / "small", small))
    facts = cuts.of_copies(folder / "facts")
    notes = cuts.of_opened(folder / "notes")
    carrier = cuts.of_send(Send(folder / "carrier", 9000))

    def power(cut: cuts.Cut) -> Callable[[Path], Iterator[list[str]]]:
        def hunt(place: Path) -> Iterator[list[str]]:
            place.mkdir()
            return cuts.states(cut, place, 6, set())

        return hunt

    def life(*faults: str, rate: float = 1.0) -> Callable[[Path], Iterator[list[str]]]:
        return lambda place: Life(place, 8).lived(PACKAGES, rate, faults)

    return {
        "power": power(receive),
        "notes": power(notes),
        "facts": power(facts),
        "carrier": power(carrier),
        "carrier damage": life("carrier"),
        "replay": life("replay"),
        "too far": life("too far"),
        "stranger": life("stranger"),
        "kill": life("killed"),
        "damaged store": life("damaged store"),
        "opened": life("replay", rate=0.0),
    }
