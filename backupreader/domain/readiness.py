"""Whether every route's lists are held until the offices open again: "do we have all lists until Monday noon?"

A pure rule over which routes ran, or will run, on which days (`Run`), by the visits and by the municipality's own
prints. Each route is looked at for each shift from the one that is now to the one in which `until` lies:

* it has visits, or a print for that day: `HELD` or `PRINTED`;
* it has none, and ran in that shift on the same weekday in the last four weeks: `MISSING`;
* it has none, and the data does not reach a week back from that day, though the route ran in that shift lately on a
  day of the same kind (a working day, or a day off): `UNSURE`, since nothing here tells whether it should run;
* else it does not run then: `QUIET`.

A print says a day and no shift, so it counts for each shift of its day; where a route is known by prints alone, what is
missing is told by the day (`Gap.shift` is None). Where no source delivers visits and there is no print of any route,
nothing is known, and no route is called missing.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from typing import Final
from zoneinfo import ZoneInfo

from backupreader.domain.daysoff import is_day_off, noon_after_days_off
from backupreader.domain.fold import fold
from backupreader.domain.shifts import Hours, Name, Shift, shift_at, shifts_of

WEEKS: Final = 4
"""How far back a route's weekdays are looked at."""
_LATELY: Final = timedelta(days=14)
_NONE: Final[AbstractSet[Name | None]] = frozenset()


@dataclass(frozen=True, slots=True)
class Run:
    """A route that has visits in one shift, or a print for one day (then `shift` is None)."""

    route: str
    day: date
    shift: Name | None


class State(Enum):
    """How a route stands, the worst first."""

    MISSING = "missing"
    UNSURE = "unsure"
    PRINTED = "printed"
    HELD = "held"
    QUIET = "quiet"


@dataclass(frozen=True, slots=True)
class Gap:
    """A list that is not held: of which day and shift, whether that is surely so, and when the route `ran` before."""

    day: date
    shift: Name | None
    sure: bool
    ran: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteReadiness:
    """One route: how many lists of it are held, how many of them as prints only, and which are not."""

    route: str
    held: int
    printed: int
    gaps: tuple[Gap, ...]

    @property
    def state(self) -> State:
        """The worst that is so of it."""
        if self.gaps:
            return State.MISSING if any(gap.sure for gap in self.gaps) else State.UNSURE
        if self.printed:
            return State.PRINTED
        return State.HELD if self.held else State.QUIET


@dataclass(frozen=True, slots=True, kw_only=True)
class Readiness:
    """All routes until `until`, those that lack something first. Nothing is known where not `delivered`.

    `unplaced` are the days in between for which there is a print of no route: nobody but a reader knows of which.
    """

    until: datetime
    delivered: bool
    routes: tuple[RouteReadiness, ...]
    unplaced: tuple[date, ...] = ()

    def number(self, *states: State) -> int:
        """How many routes stand so."""
        return sum(route.state in states for route in self.routes)


def first_day(now: datetime) -> date:
    """The earliest day of which the runs must be known."""
    return now.date() - timedelta(weeks=WEEKS, days=1)


def shifts_until(now: datetime, until: datetime, hours: Hours) -> tuple[Shift, ...]:
    """The shifts from the one that is now to the one in which `until` lies; both carry the site's zone."""
    zone = now.tzinfo
    assert isinstance(zone, ZoneInfo)
    first = shift_at(now, hours)
    days = (first.date + timedelta(days=number) for number in range((until.date() - first.date).days + 1))
    every = (shift for day in days for shift in shifts_of(day, zone, hours))
    return tuple(
        shift for shift in every if shift.begins >= first.begins and shift.begins.timestamp() < until.timestamp()
    )


def readiness(  # noqa: PLR0913 (what it depends on, each by its name)
    now: datetime,
    *,
    country: str,
    hours: Hours,
    runs: Iterable[Run],
    unplaced: Iterable[date] = (),
    delivered: bool,
) -> Readiness:
    """How each route stands, by name within each state; `now` carries the site's zone."""
    until = noon_after_days_off(now, country)
    shifts = shifts_until(now, until, hours)
    known = _Known(runs, country)
    routes = [known.route(key, shifts) for key in known.names]
    routes = [route for route in routes if route.state is not State.QUIET or known.ran_lately(route.route, now.date())]
    order = list(State)
    routes.sort(key=lambda route: (order.index(route.state), fold(route.route), route.route))
    days = {shift.date for shift in shifts}
    return Readiness(
        until=until,
        delivered=delivered or bool(known.names),
        routes=tuple(routes),
        unplaced=tuple(sorted(days.intersection(unplaced))),
    )


class _Known:
    """The runs, by route, day and shift. A route is the same however its name's letters are written."""

    def __init__(self, runs: Iterable[Run], country: str) -> None:
        self._country = country
        self.names: dict[str, str] = {}
        self._shifts: dict[tuple[str, date], set[Name | None]] = {}
        folded: dict[str, str] = {}
        for run in runs:
            key = folded[run.route] if run.route in folded else folded.setdefault(run.route, fold(run.route))
            self.names.setdefault(key, run.route)
            self._shifts.setdefault((key, run.day), set()).add(run.shift)

        self._first = min((day for _, day in self._shifts), default=date.max)

    def ran_lately(self, route: str, today: date) -> bool:
        """Did it run in the two weeks before?"""
        key = fold(route)
        return any((key, today - timedelta(days=number)) in self._shifts for number in range(1, _LATELY.days + 1))

    def route(self, key: str, shifts: Iterable[Shift]) -> RouteReadiness:
        """How one route stands over these shifts."""
        held = printed = 0
        gaps: list[Gap] = []
        for shift in shifts:
            has = self._shifts.get((key, shift.date), _NONE)
            if shift.name in has:
                held += 1
            elif None in has:
                printed += 1
            elif (gap := self._gap(key, shift)) is not None and gap not in gaps:
                gaps.append(gap)
        return RouteReadiness(route=self.names[key], held=held, printed=printed, gaps=tuple(gaps))

    def _gap(self, key: str, shift: Shift) -> Gap | None:
        """What the route lacks in a shift for which it has nothing."""
        weeks = [shift.date - timedelta(weeks=number) for number in range(1, WEEKS + 1)]
        for day in weeks:
            if (by := self._evidence(key, day, shift.name)) is not None:
                return Gap(shift.date, by[0], sure=True, ran=day)
        if self._first <= weeks[0]:
            return None
        free = is_day_off(shift.date, self._country)
        for number in range(1, _LATELY.days + 1):
            day = shift.date - timedelta(days=number)
            if is_day_off(day, self._country) is free and (by := self._evidence(key, day, shift.name)) is not None:
                return Gap(shift.date, by[0], sure=False, ran=day)
        return None

    def _evidence(self, key: str, day: date, name: Name) -> tuple[Name | None] | None:
        """That it ran in this shift of a day, or, where only a print says so, on that day."""
        ran = self._shifts.get((key, day), _NONE)
        if name in ran:
            return (name,)
        return (None,) if ran == {None} else None
