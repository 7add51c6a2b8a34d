"""What the one search box finds: groups in a fixed order, each with the hits that are shown, and how many there are."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Any, Final, Generic, TypeVar

from backupreader.domain.records import Alert, Citizen, Medication
from backupreader.domain.rounds import RouteDay
from backupreader.store.answers import CitizenHit, NoteHit
from backupreader.store.documentsearch import DocumentHit

T = TypeVar("T")


class About(Enum):
    """The groups, in the order in which they are always shown."""

    CITIZENS = "citizens"
    ROUTES = "routes"
    MEDICINE = "medicine"
    WARNINGS = "warnings"
    NOTES = "notes"
    DOCUMENTS = "documents"


@dataclass(frozen=True, slots=True)
class Group(Generic[T]):
    """The hits that are shown, and how many there are: `count`, or at least so many where there are `more`.

    `others`: so many citizens of other units answer, too, of whom nothing is told.
    """

    hits: tuple[T, ...] = ()
    count: int = 0
    more: bool = False
    others: int = 0


_NONE: Final[Group[Any]] = Group()


@dataclass(frozen=True, slots=True)
class MeantHit:
    """A citizen who answers other words than were typed: `meant`, as she and her street are called."""

    hit: CitizenHit
    meant: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RouteHit:
    """A route on one day, and those of its carers who answer."""

    route: RouteDay
    carers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MedicineHit:
    """A citizen, and her orders of what was asked for, as they stand."""

    citizen: Citizen
    orders: tuple[Medication, ...]


@dataclass(frozen=True, slots=True)
class WarningHit:
    """A citizen, and her warnings that answer."""

    citizen: Citizen
    alerts: tuple[Alert, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """All that answers `words`, which are what was looked for: `cut` where that is not all that was typed.

    Citizens who may be meant (`meant`) are looked for only where few answer what was typed.
    """

    words: str
    cut: bool = False
    citizens: Group[CitizenHit] = _NONE
    meant: tuple[MeantHit, ...] = ()
    routes: Group[RouteHit] = _NONE
    medicine: Group[MedicineHit] = _NONE
    warnings: Group[WarningHit] = _NONE
    notes: Group[NoteHit] = _NONE
    documents: Group[DocumentHit] = _NONE

    @property
    def nothing(self) -> bool:
        """Is there nothing at all, not even something that may be meant?"""
        groups = (self.citizens, self.routes, self.medicine, self.warnings, self.notes, self.documents)
        return not self.meant and not any(group.count or group.others for group in groups)
