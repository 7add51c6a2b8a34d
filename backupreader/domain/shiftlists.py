"""What stands on a shift's lists: its visits counted by route, by carer, and by what is out of the ordinary.

A visit belongs to the shift in which it begins. One that the source gave a day, and no clock time that can be read,
belongs to the day shift of that day, so that it stands somewhere. No visit's length is guessed: one without minutes and
without an end after its start is counted as such (`Counts.unmeasured`), never as 0 minutes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from backupreader.domain import moments
from backupreader.domain.fold import fold
from backupreader.domain.records import Visit
from backupreader.domain.shifts import Shift

AWAY: Final = frozenset({"hospital", "leave", "respite", "moved", "ended", "deceased"})
"""Where a citizen is when a planned visit may be in vain."""
_DAY: Final = len("2026-11-22")
_GOES_NOT: Final = frozenset({"cancelled", "entered-in-error"})


class Kind(Enum):
    """By what visits are taken together, by the word that the audit keeps."""

    ROUTE = "route"
    CARER = "carer"
    WITHOUT_CARER = "without-carer"
    ABSENT = "cancelled-absent"
    DOUBLE = "double-staffed"
    CRITICAL = "time-critical"


EXTRA: Final = (Kind.WITHOUT_CARER, Kind.ABSENT, Kind.DOUBLE, Kind.CRITICAL)
"""The lists over the whole of what is one's own."""


@dataclass(frozen=True, slots=True)
class Pick:
    """Which list of a shift: of a route or a carer by the name, of the others without."""

    kind: Kind
    name: str = ""

    def __str__(self) -> str:
        """As the audit keeps it."""
        return self.name if self.kind in {Kind.ROUTE, Kind.CARER} else self.kind.value


class Stop(NamedTuple):
    """A visit as its lists are made: where it lies (`row`), when, to whom, by whom. `units` are hers and its own.

    `citizen` is the id that stands for her; `away` that some source places her elsewhere than at home. A tuple, since
    thousands are made for each shift.
    """

    row: int
    begins: datetime | None
    ends: datetime | None
    citizen: str | None
    units: tuple[str | None, ...]
    route: str
    staff: str | None
    second_staff: str | None
    staff_needed: int | None
    status: str
    time_critical: bool
    minutes: int | None
    away: bool

    @property
    def goes(self) -> bool:
        """Is it work to be done?"""
        return self.status not in _GOES_NOT

    @property
    def length(self) -> int | None:
        """Its minutes as planned, else by its times; None where neither tells: a course of care has no minutes."""
        if self.minutes:
            return self.minutes
        if self.begins is None or self.ends is None:
            return None
        return (int(self.ends.timestamp() - self.begins.timestamp()) // 60) or None

    @property
    def order(self) -> tuple[float, int]:
        """By time, those without a clock time first, and those of the same minute as they were delivered."""
        return (self.begins.timestamp() if self.begins else 0.0, self.row)


def belongs(start: str, begins: datetime | None, shift: Shift) -> bool:
    """Does a visit with this start, as delivered and as it was read, belong to the shift?"""
    if begins is not None:
        return shift.holds(begins)
    return shift.name == "day" and moments.day(start[:_DAY]) == shift.date


def is_on(stop: Stop, pick: Pick) -> bool:
    """Does a visit stand on this list? One entered in error stands on its route's and its carer's, struck."""
    match pick.kind:
        case Kind.ROUTE:
            return stop.route == pick.name
        case Kind.CARER:
            return pick.name in carers_of(stop)
        case Kind.WITHOUT_CARER:
            return stop.goes and not stop.staff
        case Kind.ABSENT:
            return stop.status == "cancelled" or (stop.goes and stop.away)
        case Kind.DOUBLE:
            return stop.goes and (bool(stop.second_staff) or (stop.staff_needed or 0) > 1)
        case Kind.CRITICAL:
            return stop.goes and stop.time_critical


def carers_of(stop: Stop) -> tuple[str, ...]:
    """Who makes the visit, the first carer first."""
    first, second = stop.staff, stop.second_staff
    if not first or first == second:
        return (second,) if second else ()
    return (first, second) if second else (first,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """One list of a shift, counted over the visits that go; `cancelled` and `open` (without a carer) apart.

    `shown` of its visits are one's own and stand on it, whether they go or not; `others` are other units'. A route that
    has any of those stays behind a reason as a whole; from every other list they are left out.
    """

    pick: Pick
    visits: int
    citizens: int
    minutes: int
    unmeasured: int
    open: int
    cancelled: int
    carers: tuple[str, ...]
    shown: int
    others: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftLists:
    """Every list of a shift, counted: the routes and the carers by name, then the extra lists in their order."""

    shift: Shift
    routes: tuple[Counts, ...]
    carers: tuple[Counts, ...]
    extra: tuple[Counts, ...]


def counted(shift: Shift, stops: Iterable[Stop], is_hers: Callable[[Stop], bool]) -> ShiftLists:
    """All lists of the shift. A carer's list and an extra one count one's own visits alone."""
    stops = tuple(stops)
    hers = frozenset(stop.row for stop in stops if is_hers(stop))
    routes: dict[str, list[Stop]] = {}
    drivers: dict[str, list[Stop]] = {}
    extra: dict[Pick, list[Stop]] = {Pick(kind): [] for kind in EXTRA}
    for stop in stops:
        routes.setdefault(stop.route, []).append(stop)
        for name in carers_of(stop):
            drivers.setdefault(name, []).append(stop)
        for pick, found in extra.items():
            if is_on(stop, pick):
                found.append(stop)
    return ShiftLists(
        shift=shift,
        routes=tuple(_counts(Pick(Kind.ROUTE, name), routes[name], hers) for name in by_name(routes)),
        carers=tuple(_counts(Pick(Kind.CARER, name), drivers[name], hers) for name in by_name(drivers)),
        extra=tuple(_counts(pick, found, hers) for pick, found in extra.items()),
    )


def by_name(names: Iterable[str]) -> list[str]:
    """Names of routes or carers in the order in which they are listed."""
    return sorted(names, key=lambda name: (fold(name), name))


def _counts(pick: Pick, stops: list[Stop], rows: AbstractSet[int]) -> Counts:
    hers = [stop for stop in stops if stop.row in rows]
    work = [stop for stop in (stops if pick.kind is Kind.ROUTE else hers) if stop.goes]
    lengths = [stop.length for stop in work]
    return Counts(
        pick=pick,
        visits=len(work),
        citizens=len({stop.citizen for stop in work if stop.citizen}),
        minutes=sum(max(length, 0) for length in lengths if length is not None),
        unmeasured=sum(length is None or length < 0 for length in lengths),
        open=sum(not stop.staff for stop in work),
        cancelled=sum(stop.status == "cancelled" for stop in (stops if pick.kind is Kind.ROUTE else hers)),
        carers=tuple(sorted({name for stop in work for name in carers_of(stop)})),
        shown=len(hers),
        others=len(stops) - len(hers),
    )


class Edge(Enum):
    """How a visit reaches over the edges of the shift on whose list it stands."""

    BEGAN_BEFORE = "began-before"
    LASTS_INTO = "lasts-into"


def edges(visit: Visit, shift: Shift, zone: ZoneInfo) -> tuple[Edge, ...]:
    """Which of the shift's edges the visit reaches over, by the moments that its source gave."""
    begins, ends = moments.instant(visit.start, zone), moments.instant(visit.end, zone)
    found: list[Edge] = []
    if begins is not None and begins.timestamp() < shift.begins.timestamp():
        found.append(Edge.BEGAN_BEFORE)
    if ends is not None and ends.timestamp() > shift.ends.timestamp():
        found.append(Edge.LASTS_INTO)
    return tuple(found)


def is_course(visit: Visit) -> bool:
    """Is it a part of a course of care that is granted without minutes (*forløb*, ældreloven)?"""
    told = " ".join(part for part in (visit.law, visit.title) if part).casefold()
    return not visit.minutes and ("ældrelov" in told or "forløb" in told or told.startswith(("æl ", "æl§", "ael ")))


def ends_too_early(visit: Visit, zone: ZoneInfo) -> bool:
    """Does the visit, as it was delivered, end before it begins?"""
    begins, ends = moments.instant(visit.start, zone), moments.instant(visit.end, zone)
    return begins is not None and ends is not None and ends.timestamp() < begins.timestamp()


def lasts(visit: Visit, zone: ZoneInfo) -> timedelta | None:
    """How long a visit is planned, really: its minutes, else from its start to its end; None where neither tells."""
    if visit.minutes:
        return timedelta(minutes=visit.minutes)
    begins, ends = moments.instant(visit.start, zone), moments.instant(visit.end, zone)
    if begins is None or ends is None or ends.timestamp() <= begins.timestamp():
        return None
    return timedelta(seconds=ends.timestamp() - begins.timestamp())
