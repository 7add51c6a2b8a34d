"""Which generation is opened first: the newest, unless it holds less than it should.

Decided from the manifests alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from backupreader.domain import moments
from backupreader.domain.plausibility import Doubt, Facts, doubts
from backupreader.language import N_
from backupreader.store.generations import Generation
from backupreader.store.manifest import Manifest

SHRUNK: Final = N_("The newest data holds less than it should. This is older data, which has what is missing.")
WATCHED: Final = 4
"""Two days of packages. After that what arrives is taken for what there is; nobody is left with old data for ever."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Which generations to try, the first that opens being it; why the first is not the newest.

    `doubts` are what the newest holds less than one of those before it.
    """

    order: tuple[Generation, ...]
    reason: str | None
    doubts: tuple[Doubt, ...] = ()


def choose(newest_first: Sequence[Generation], zone: ZoneInfo) -> Choice:
    """The order in which to try them: first the newest that is plausible beside the `WATCHED` before it.

    One before is not enough: two packages that hold too little would make each other plausible.
    """
    first = next((place for place in range(len(newest_first)) if not _doubts(newest_first[place:], zone)), 0)
    if not first:
        return Choice(tuple(newest_first), None)
    order = (newest_first[first], *newest_first[:first], *newest_first[first + 1 :])
    return Choice(order, SHRUNK, _doubts(newest_first, zone))


def _doubts(newest_first: Sequence[Generation], zone: ZoneInfo) -> tuple[Doubt, ...]:
    """What the first holds less than one of those before it, back to where a person said that less is right."""
    new, *before = (generation.manifest for generation in newest_first[: WATCHED + 1])
    if new.shrink_accepted:
        return ()
    for old in before:
        if found := doubts(facts(new, zone), facts(old, zone)):
            return found
        if old.shrink_accepted:
            break
    return ()


def facts(manifest: Manifest, zone: ZoneInfo) -> Facts:
    """What a manifest says of its generation's size."""
    note, citizen, medication = (manifest.counts.get(table) for table in ("note", "citizen", "medication"))
    units: dict[str, int] = {}
    for unit in manifest.units.values():
        units[unit.name] = units.get(unit.name, 0) + unit.citizens
    return Facts(
        # a moment with a zone: its form was checked when it was read. At the calendar's ends it has no wall time here.
        created=datetime.fromisoformat(manifest.created),
        citizens=citizen.rows if citizen else 0,
        medications=medication.rows if medication else 0,
        units=units,
        notes=note.rows if note else 0,
        left_out=frozenset(manifest.left_out),
        newest_note=moments.instant(note.newest, zone) if note and note.newest else None,
    )
