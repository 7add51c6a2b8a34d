"""What was practised and checked on a PC, as evidence for the continuity plan. It names staff and no citizen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from backupreader.domain.plan.about import About
from backupreader.domain.scenarios.score import Held
from backupreader.domain.shiftcheck import ShiftCheck


@dataclass(frozen=True, slots=True, kw_only=True)
class DrillHeld:
    """One drill: by whom (empty where nobody opened the vault), and the steps that failed, in English."""

    at: datetime
    by: str
    passed: bool
    failed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """All of so many days until today, the newest first; `plan` and its `digest` are those in use today."""

    pc: str
    site: str
    days: int
    plan: About | None
    digest: str
    drills: tuple[DrillHeld, ...] = ()
    scenarios: tuple[Held, ...] = ()
    checks: tuple[ShiftCheck, ...] = ()

    @property
    def people(self) -> int:
        """How many people took part in drills and scenarios, as they wrote their names."""
        return len({" ".join(name.split()).casefold() for name in self._names() if name.strip()})

    def _names(self) -> Iterator[str]:
        yield from (one.by for one in self.drills)
        yield from (one.by for one in self.scenarios)
