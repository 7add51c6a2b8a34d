"""What stands beside everything in a plan: where it is written, and what its document says of itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Final, Literal, get_args

Reach = Literal["local", "global", "national", "none"]
"""How far a fault goes: one's own unit, the municipality, the country; or that it is no outage at all."""
REACHES: Final[tuple[Reach, ...]] = get_args(Reach)


@dataclass(frozen=True, slots=True)
class Spot:
    """Where in which file something stands; lines from 1, 0 where it stands nowhere."""

    file: str = ""
    line: int = 0


NOWHERE: Final = Spot()


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a governed document says of itself."""

    title: str
    owner: str
    version: str = ""
    editor: str = ""
    approved: date | None = None
    updated: date | None = None
    revise_by: date | None = None
    example: bool = False
    spot: Spot = field(default=NOWHERE, compare=False, repr=False)

    def is_overdue(self, today: date) -> bool:
        """Should it have been revised before today?"""
        return self.revise_by is not None and self.revise_by < today
