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

SHRUNK: Final = N_("The newest data holds less than it should. This is the generation before it.")


@dataclass(frozen=True, slots=True)
class Choice:
    """Which generations to try, the first that opens being it; why the first is not the newest.

    `doubts` are what the newest holds less than the one before it.
    """

    order: tuple[Generation, ...]
    reason: str | None
    doubts: tuple[Doubt, ...] = ()


def choose(newest_first: Sequence[Generation], zone: ZoneInfo) -> Choice:
    """The order in which to try them: the second before the first when the first is not plausible beside it."""
    if len(newest_first) >= 2:  # noqa: PLR2004 (the newest and the one before)
        new, old = newest_first[0].manifest, newest_first[1].manifest
        found = () if new.shrink_accepted else doubts(facts(new, zone), facts(old, zone))
        if found:
            return Choice((*newest_first[1:], newest_first[0]), SHRUNK, found)
    return Choice(tuple(newest_first), None)


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
