"""A shift: who drives to whom by route, by carer, and by what is out of the ordinary; the area at a glance; readiness.

A route with a stop of another unit is kept back as a whole until a reason is stated, as by the day. Every other list
goes over the routes: it holds one's own visits alone, those of a route for which a reason was stated among them, and
says how many of other units' it leaves out.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import cached_property

from backupreader.domain import moments, overview
from backupreader.domain.readiness import Run
from backupreader.domain.records import Citizen
from backupreader.domain.rounds import DrivingList
from backupreader.domain.shiftlists import Kind, Pick, ShiftLists, Stop, by_name, carers_of, counted, is_on
from backupreader.domain.shifts import Hours, Shift, shift_before
from backupreader.store import documents, rounds, shiftlists
from backupreader.store.question import Question, asking


class Shifts(Question):
    """See the module. A shift's stops are read once, for as long as only that shift is asked about."""

    _read: tuple[Shift, tuple[Stop, ...]] | None = None

    @asking
    def shift_lists(self, shift: Shift) -> ShiftLists:
        """Every list of the shift, counted. Nothing is told of any citizen."""
        return counted(shift, self._stops(shift), self._is_hers)

    @asking
    def shift_list(self, shift: Shift, pick: Pick, hours: Hours) -> DrivingList:
        """One list of the shift, its visits in time order; empty where there are none.

        Raises NEEDS_REASON where it is a route, and another unit's.
        """
        found = [stop for stop in self._stops(shift) if is_on(stop, pick)]
        former: list[Stop] = []
        if pick.kind in {Kind.ROUTE, Kind.CARER}:
            before = shift_before(shift, hours)
            lasting = shiftlists.running(self._connection, before, shift, self._where, self._zone, pick)
            former = [stop for stop in lasting if is_on(stop, pick) and stop.goes]
        every = len(found)
        if pick.kind is Kind.ROUTE:
            self._guard.enter_route(pick.name, [stop.units for stop in (*found, *former)])
        else:
            found, former = [[stop for stop in some if self._is_hers(stop)] for some in (found, former)]
        whole = shiftlists.visits(self._shelf, (*former, *found))
        listed = rounds.listed(self._shelf, self._deliveries, whole, str(pick), shift.date)
        running, visits = listed.visits[: len(former)], listed.visits[len(former) :]
        self._guard.saw("list", what=f"{pick} {shift.date} {shift.name}", citizens=tuple(listed.citizens))
        answer = replace(listed, visits=visits, running=running, shift=shift, pick=pick, others=every - len(found))
        return self._guard.shown_list(answer)

    @asking
    def overview(self, shift: Shift, number: int) -> overview.Page:
        """One page (from 0) of the shift at a glance; the last one, where there are not so many."""
        every = self._stops(shift)
        hers = [stop for stop in every if self._is_hers(stop)]
        stops = [stop for stop in hers if stop.status != "entered-in-error"]
        carers = by_name({name for stop in stops for name in carers_of(stop)})
        pages = max(1, -(-len(carers) // overview.CARERS))
        number = min(max(0, number), pages - 1)
        names = carers[number * overview.CARERS : (number + 1) * overview.CARERS]
        taken = shiftlists.by_carers(stops, names)
        wanted = {stop.row: stop for some in taken.values() for stop in some}
        whole = dict(zip(wanted, shiftlists.visits(self._shelf, wanted.values()), strict=True))
        people = self._people(stop.citizen for stop in wanted.values())
        self._guard.saw("list", what=f"overview {shift.date} {shift.name} {number + 1}/{pages}", citizens=tuple(people))
        return overview.Page(
            shift=shift,
            number=number,
            pages=pages,
            carers=len(carers),
            columns=tuple(
                overview.Column(
                    name,
                    tuple(overview.Placed(stop, whole[stop.row], people.get(stop.citizen or "")) for stop in some),
                )
                for name, some in taken.items()
            ),
            others=len(every) - len(hers),
            deliveries=tuple(delivery for delivery in self._deliveries if delivery.table == "visit"),
            left_out="visit" in self._shelf.left_out,
        )

    @asking
    def runs(self, first: date, last: date, hours: Hours) -> tuple[tuple[Run, ...], tuple[date, ...]]:
        """Which routes have visits or prints on which days from `first` on, and the days that have prints of no route.

        Of visits no later day than `last` is looked at.
        """
        visited = shiftlists.runs(self._connection, first, last, hours)
        prints = documents.listed(self._shelf)
        dated = [(route, day) for route, text in prints if (day := moments.day(text)) is not None and day >= first]
        printed = tuple(Run(route, day, None) for route, day in dated if route)
        return (*visited, *printed), tuple(sorted({day for route, day in dated if not route}))

    @cached_property
    def _where(self) -> dict[str, shiftlists.Placing]:
        return shiftlists.placings(self._connection)

    def _stops(self, shift: Shift) -> tuple[Stop, ...]:
        if self._read is None or self._read[0] != shift:
            self._read = (shift, shiftlists.stops(self._connection, shift, self._where, self._zone))
        return self._read[1]

    def _is_hers(self, stop: Stop) -> bool:
        return self._guard.may_route(stop.route, (stop.units,))

    def _people(self, ids: Iterable[str | None]) -> dict[str, Citizen]:
        """Those of them whom a source delivered, as whoever finds them sees them: where they live is not told."""
        every = dict.fromkeys(who for who in ids if who is not None)
        came = {who: known for who in every if (known := self._known(who)) is not None}
        return {who: self._guard.found(known)[0] for who, known in came.items()}
