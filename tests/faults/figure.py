"""What a figure of the fault bench is: one kind of fault (F1 to F22), tried so many times, and what it broke.

A member of ``figures/`` is a module with ``FIGURES``, the ids that it tries, and ``tried(amount, folder)``: an iterator of `Tried` and
`Untried`. It runs the real receive, export, vault, reader or command line under the fault, looks afterwards at what is on the disk, and
counts as a violation whatever breaks one of the invariants:

    I1  the newest readable generation is the old or the new one, whole: digest and counts hold
    I2  success was never reported for what is not there afterwards
    I3  the same package again, and then the next, end with the next one readable
    I4  staging is empty; no plaintext and no key bytes are on the disk
    I5  the outcome is one of the documented words or codes
    I6  older generations are untouched

``bench.FIGURES`` is the table. The ordinary tests run every member with `Amount.BOUNDED`, within half a minute each; ``run.py faults --long``
runs `Amount.LONG`, which is the figure itself. Nothing is asserted inside a member: it counts, and says what it saw.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Final

MOST_NAMED: Final = 5


class Amount(Enum):
    """How much of a figure is tried."""

    BOUNDED = "bounded"
    LONG = "long"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """One figure, or one part of it: what was done to what, in how many cases, and what was broken.

    `goal` is how many cases (or points, rounds, images) this amount of the figure asks for; `violations` says each one
    in a sentence.
    """

    id: str
    what: str
    cases: int
    goal: int
    violations: tuple[str, ...] = ()

    @property
    def met(self) -> bool:
        """Enough cases, and none that broke anything."""
        return self.cases >= self.goal and not self.violations


@dataclass(frozen=True, slots=True, kw_only=True)
class Untried:
    """A figure that cannot be tried on this machine, and why."""

    id: str
    what: str
    why: str
