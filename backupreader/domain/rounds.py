"""Driving lists: one route's visits on one day, in time order, with the citizens they are to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from backupreader.domain.records import Access, Alert, Citizen, Delivery, Visit
from backupreader.domain.shiftlists import Pick
from backupreader.domain.shifts import Shift


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteDay:
    """One route on one day, counted. `open` visits have no carer."""

    route: str
    day: date
    unit: str | None
    visits: int
    citizens: int
    minutes: int
    open: int
    cancelled: int
    staff: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DrivingList:
    """All visits that begin on `day` on `route`, in time order; the maps are by citizen id.

    Whoever several sources know goes by one id, also in the visits; `also` is what other sources than the first say of
    her.

    A citizen of whose warnings or ways in no source speaks is not in that map: nothing is known. `alerts_delivered` and
    `access_delivered` say whether any source speaks of them at all; `access_left_out` that ways in are kept out of this
    copy by the municipality's decision; `address_withheld` that protected addresses are kept back until a reason is
    stated.

    A list of one shift has its `shift` and its `pick`: then its visits begin in the shift, and `route` is what the list
    is of. `running` are visits on it that began in the shift before and last into this one, in time order; `others` is
    how many visits of other units are left out of it.
    """

    route: str
    day: date
    visits: tuple[Visit, ...]
    citizens: Mapping[str, Citizen]
    alerts: Mapping[str, tuple[Alert, ...]]
    alerts_delivered: bool
    access: Mapping[str, tuple[Access, ...]]
    access_delivered: bool
    deliveries: tuple[Delivery, ...]
    also: Mapping[str, tuple[Citizen, ...]] = field(default_factory=dict[str, tuple[Citizen, ...]])
    access_left_out: bool = False
    address_withheld: bool = False
    shift: Shift | None = None
    pick: Pick | None = None
    running: tuple[Visit, ...] = ()
    others: int = 0

    def units_of(self, visit: Visit) -> tuple[str | None, ...]:
        """The units of the citizen whom the visit is to, by what each source states."""
        citizen = self.citizens.get(visit.citizen or "")
        return () if citizen is None else (citizen.unit, *(one.unit for one in self.also.get(citizen.id, ())))


def in_visit_order(lists: Iterable[DrivingList]) -> tuple[str, ...]:
    """The citizens by their first visit that is to be made, then those whose visits are all cancelled; each once.

    A visit that was entered in error brings nobody.
    """
    going: dict[str, None] = {}
    others: dict[str, None] = {}
    for rounds in lists:
        for visit in (*rounds.running, *rounds.visits):
            if visit.citizen is not None and visit.status != "entered-in-error":
                (others if visit.status == "cancelled" else going)[visit.citizen] = None
    return tuple(dict.fromkeys((*going, *others)))
