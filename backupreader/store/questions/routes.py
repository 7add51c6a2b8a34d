"""Units and routes: who is where, and who drives to whom."""

from __future__ import annotations

from datetime import date

from backupreader.domain.fold import fold
from backupreader.domain.records import Citizen, Unit
from backupreader.domain.rounds import DrivingList, RouteDay
from backupreader.store import rounds
from backupreader.store.answers import UnitCount
from backupreader.store.named import one_named
from backupreader.store.persons import PERSON
from backupreader.store.question import Question, asking


class Routes(Question):
    """See the module."""

    @asking
    def units(self) -> tuple[UnitCount, ...]:
        """Every unit, by name, with the number of its citizens: all whom any source places there."""
        who = PERSON.format(column="citizen.id")
        counts = dict(self._connection.execute(f"SELECT unit, count(DISTINCT {who}) FROM citizen GROUP BY unit"))  # noqa: S608
        units = sorted(self._units.values(), key=lambda unit: (fold(unit.name), unit.id))
        return tuple(UnitCount(unit, counts.get(unit.id, 0)) for unit in units)

    @asking
    def citizens_of(self, unit_id: str) -> tuple[Citizen, ...]:
        """The unit's citizens, by name: all whom any source places there."""
        hits = self._find("", self._counts.get("citizen", 0), unit_id)
        unit = self._units.get(unit_id)
        self._guard.saw("list", what=unit.name if unit else unit_id, citizens=tuple(hit.citizen.id for hit in hits))
        return tuple(hit.citizen for hit in hits)

    @asking
    def unit_by(self, text: str) -> Unit:
        """The one unit with this id or name, or whose name begins so. Raises `ReaderError` (NOT_FOUND)."""
        if (unit := self._units.get(text.strip())) is not None:
            return unit
        return one_named(text, {unit.id: unit.name for unit in self._units.values()}, self._units)

    @asking
    def days(self) -> tuple[date, ...]:
        """The days on which visits begin, in order."""
        return rounds.days(self._shelf)

    @asking
    def routes(self, day: date) -> tuple[RouteDay, ...]:
        """The routes of one day, by name; visits on no route stand under an empty name."""
        return rounds.routes(self._shelf, day)

    @asking
    def driving_list(self, route: str, day: date) -> DrivingList:
        """The route's visits that begin on `day`, in time order; empty where there are none.

        Raises NEEDS_REASON where the route is another unit's.
        """
        found = rounds.driving_list(self._shelf, self._deliveries, route, day)
        self._guard.enter_route(route, [(visit.unit, *found.units_of(visit)) for visit in found.visits])
        self._guard.saw("list", what=f"{route} {day}", citizens=tuple(found.citizens))
        return self._guard.shown_list(found)

    @asking
    def route_by(self, text: str) -> str:
        """The one route with this name, or whose name begins so. Raises `ReaderError` (NOT_FOUND)."""
        names = {name: name for name in rounds.names(self._shelf)}
        return text if text in names else one_named(text, names, names)
