"""What a reader answers: frozen values, read by the window, the pages and the command line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from backupreader.domain.records import Citizen, Note, Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class GenerationInfo:
    """What is known of the opened generation as a whole.

    Moments are ISO 8601 text; `taken_at` is by source, then table.
    `fallback` says why this is not the newest generation (a sentence marked for translation), None where it is.
    """

    site: str
    epoch: int
    seq: int
    created: str
    taken_at: Mapping[str, Mapping[str, str]]
    next_expected: str | None
    fallback: str | None


@dataclass(frozen=True, slots=True)
class CitizenHit:
    """One citizen found. `why` is the field that answered: one of `finder.FIELDS`, marked for translation.

    `also` is what other sources than the first state of her; `hers` whether she is of the asking person's own units.
    """

    citizen: Citizen
    unit_name: str | None
    why: str
    also: tuple[Citizen, ...] = ()
    hers: bool = True


@dataclass(frozen=True, slots=True)
class NoteHit:
    """One note found, and whose it is; of a citizen who was never delivered, her id is all that is known.

    `withheld`: she is another unit's, and no reason was stated: the note has neither text, title nor author here.
    """

    note: Note
    citizen: Citizen
    withheld: bool = False


@dataclass(frozen=True, slots=True)
class UnitCount:
    """One unit, and how many citizens it has."""

    unit: Unit
    citizens: int
