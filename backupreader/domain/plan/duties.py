"""What a plan says is due: duties with their clocks, the acts that start some of them, and planned downtime."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, Literal, get_args

from backupreader.domain.plan.about import NOWHERE, Reach, Spot

When = Literal["start", "after", "every", "since", "shift", "end"]
"""What a duty's clock counts from: see `Duty`."""
WHENS: Final[tuple[When, ...]] = get_args(When)


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """Something that happens in an outage and that is written down with its time: keys fetched, an SMS received."""

    id: str
    label: str
    spot: Spot = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """Something that a role must do, with a clock.

    `when` and `minutes`: ``start`` at once; ``after`` so long after the outage began; ``every`` so long after it began
    or was last done, again and again; ``since`` so long after the act `act` was last written down (that clock counts
    down something that then ends: keys on phones); ``shift`` at every change of shift; ``end`` when the systems are up
    again. `warn` is how many minutes before it is due it is announced. `follows` names a duty without which this one is
    not due (nobody is told "up again" who was never told "down"). With `systems` or `reaches` it is a duty in such
    outages only. `contact` is whom to call for it.
    """

    id: str
    label: str
    when: When
    role: str = ""
    minutes: int = 0
    warn: int = 0
    act: str = ""
    follows: str = ""
    contact: str = ""
    say: str = ""
    systems: tuple[str, ...] = ()
    reaches: tuple[Reach, ...] = ()
    spot: Spot = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """A planned downtime that comes back: the `week`-th such weekday of a month (-1: the last), from–until that day."""

    id: str
    label: str
    week: int
    day: int
    begins: int
    ends: int
    systems: tuple[str, ...] = ()
    months: tuple[int, ...] = ()
    say: str = ""
    spot: Spot = field(default=NOWHERE, compare=False, repr=False)
