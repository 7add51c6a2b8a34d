"""Does a new generation hold less than it should, seen beside the one before?

Pure rules, used by the exporter and again on the PC.

A first generation has nothing to be compared with and is always plausible: real deliveries differ too much for
absolute limits.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from backupreader.domain.errors import Reason
from backupreader.language import N_

LEAST_SHARE_OF_CITIZENS: Final = 0.8
SMALLEST_UNIT: Final = 3
"""A unit with fewer citizens than this may empty itself overnight."""
QUIET: Final = timedelta(hours=72)
"""No care goes on this long without a note."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is compared.

    `units` are citizens by unit name; `newest_note` is None where no note has a date; both moments carry a zone.
    """

    created: datetime
    citizens: int
    medications: int
    units: Mapping[str, int]
    newest_note: datetime | None
    notes: int = 0

    def quiet(self) -> bool:
        """Whether the newest note was already old when this was made."""
        return self.newest_note is not None and self.created - self.newest_note > QUIET


def doubts(new: Facts, old: Facts | None) -> tuple[Reason, ...]:
    """Why `new` may hold less than it should; nothing where it is plausible."""
    if old is None:
        return ()
    found: list[Reason] = []
    for unit, citizens in sorted(old.units.items()):
        if citizens >= SMALLEST_UNIT and not new.units.get(unit):
            found.append(Reason(N_("the unit {unit} had {n} citizens and is missing"), {"unit": unit, "n": citizens}))
    if new.citizens < old.citizens * LEAST_SHARE_OF_CITIZENS:
        found.append(Reason(N_("{new} citizens instead of {old}"), {"new": new.citizens, "old": old.citizens}))
    if old.medications and not new.medications:
        found.append(Reason(N_("no medicine at all")))
    if old.newest_note is not None:
        found += _silence(new, old, old.newest_note)
    return tuple(found)


def _silence(new: Facts, old: Facts, newest_before: datetime) -> list[Reason]:
    """Notes that are missing; where none has a date there is nothing to compare."""
    if new.newest_note is None:
        return [] if new.notes else [Reason(N_("no notes at all"))]
    if new.newest_note < newest_before:
        return [Reason(N_("the newest note is older than the newest one before"))]
    if new.quiet() and not old.quiet():
        return [Reason(N_("no note has been written for {n} hours"), {"n": _hours(new.created - new.newest_note)})]
    return []


def _hours(age: timedelta) -> int:
    return int(age.total_seconds() // 3600)
