"""F22: a soak: two packages a day, with faults of every other figure among them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tests.faults.figure import Amount, Tried, Untried
from tests.faults.life import Life

FIGURES: Final = ("F22",)
WHAT: Final = "soak: two packages a day, {rate:.0%} with a fault of disk, power, carrier, store or another machine"
GOAL: Final = {Amount.BOUNDED: 150, Amount.LONG: 10_000}
RATE: Final = {Amount.BOUNDED: 0.25, Amount.LONG: 0.01}
"""So many of the packages meet a fault: 1 % of 150 would be none."""
SEED: Final = 22


def tried(amount: Amount, folder: Path) -> Iterator[Tried | Untried]:
    """Always the same life."""
    life = Life(folder / "pc", SEED)
    violations = [said for wrong in life.lived(GOAL[amount], RATE[amount]) for said in wrong]
    yield Tried(
        id="F22",
        what=WHAT.format(rate=RATE[amount]),
        cases=life.number,
        goal=GOAL[amount],
        violations=tuple(violations),
    )
