"""What of a timeline is let through: how many days, whose role, which kind, and a word."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

SPANS: Final = (14, 30)
"""The numbers of days that can be chosen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sieve:
    """Empty lets everything through; the days are no filter, they say how far back it goes."""

    days: int = SPANS[0]
    role: str = ""
    kind: str = ""
    word: str = ""

    @property
    def filters(self) -> bool:
        """Is anything kept out that lies within the days?"""
        return bool(self.role or self.kind or self.word.strip())


OPEN: Final = Sieve()
