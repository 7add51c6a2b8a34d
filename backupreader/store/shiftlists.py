"""A shift's visits out of the rows of a generation: read once, light, and by the index of days.

`visit.start` is local wall time, so the rows of a shift lie between its edges as the clock shows them, with some
`_SLACK` for a source that stated its own offset and for the hours that the clock skips or shows twice; which of them
really begin in the shift is decided by the moment.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from backupreader.domain import moments
from backupreader.domain.readiness import Run
from backupreader.domain.records import Visit
from backupreader.domain.shiftlists import AWAY, Kind, Pick, Stop, belongs
from backupreader.domain.shifts import Hours, Name, Shift
from backupreader.store.persons import PERSON

if TYPE_CHECKING:
    from sqlite3 import Connection

    from backupreader.store.rows import Shelf

_SLACK: Final = timedelta(hours=3)
_DAY: Final = "substr(start, 1, 10)"  # as in indexes.sql, or the index is not used
_WHO: Final = PERSON.format(column="visit.citizen")
_PERSON: Final = PERSON.format(column="citizen.id")
_STOP: Final = (
    f"SELECT rowid, start, \"end\", {_WHO}, unit, ifnull(route, ''), staff, second_staff, staff_needed, status, "  # noqa: S608
    "time_critical, minutes FROM visit WHERE "
)
_ON: Final = {Kind.ROUTE: "ifnull(route, '') = ?", Kind.CARER: "? IN (staff, second_staff)"}
_TIMELESS: Final = "start NOT GLOB '????-??-??T[0-2][0-9]:[0-5][0-9]*' OR substr(start, 12, 2) > '23'"
_MOST_PLACES: Final = 900
_BEFORE_DAY, _DAYTIME, _EVENING = range(3)


@dataclass(frozen=True, slots=True)
class Placing:
    """Where sources place a person: in which units, and whether any says that she is away from home."""

    units: tuple[str | None, ...] = ()
    away: bool = False


_NOWHERE: Final = Placing()


def placings(connection: Connection) -> dict[str, Placing]:
    """Where each person is, by the id that stands for her."""
    found: dict[str, Placing] = {}
    rows = connection.execute(f"SELECT {_PERSON}, unit, status FROM citizen ORDER BY rowid")  # noqa: S608
    for who, unit, status in rows:
        before = found.get(who, _NOWHERE)
        found[who] = Placing((*before.units, unit), before.away or status in AWAY)
    return found


def stops(connection: Connection, shift: Shift, where: Mapping[str, Placing], zone: ZoneInfo) -> tuple[Stop, ...]:
    """The visits that begin in the shift, in time order."""
    rows = connection.execute(*_question(shift))
    clocks = _Clocks(zone)
    hers = (row for row in rows if belongs(row[1], clocks[row[1]], shift))
    return tuple(sorted((_stop(row, where, clocks) for row in hers), key=_order))


def running(  # noqa: PLR0913, PLR0917 (two shifts, and what a stop is made of)
    connection: Connection, former: Shift, shift: Shift, where: Mapping[str, Placing], zone: ZoneInfo, pick: Pick
) -> tuple[Stop, ...]:
    """The visits of the `former` shift on a route's or a carer's list that last into this one, in time order."""
    question, values = _question(former)
    question += ' AND "end" > ? AND ' + _ON[pick.kind]
    values += (_text(shift.begins - _SLACK), *(pick.name,) * _ON[pick.kind].count("?"))
    clocks = _Clocks(zone)
    rows = connection.execute(question, values)
    read = (_stop(row, where, clocks) for row in rows if belongs(row[1], clocks[row[1]], former))
    edge = shift.begins.timestamp()
    lasting = (stop for stop in read if stop.ends is not None and stop.ends.timestamp() > edge)
    return tuple(sorted(lasting, key=_order))


def visits(shelf: Shelf, wanted: Iterable[Stop]) -> tuple[Visit, ...]:
    """The visits of these stops, whole, in their order."""
    rows = [stop.row for stop in wanted]
    found: dict[int, Visit] = {}
    for first in range(0, len(rows), _MOST_PLACES):
        some = sorted(rows[first : first + _MOST_PLACES])
        marks = ", ".join("?" * len(some))
        records = shelf.records(Visit, f"WHERE rowid IN ({marks}) ORDER BY rowid", tuple(some))
        found.update(zip(some, records, strict=True))
    return tuple(found[row] for row in rows)


def runs(connection: Connection, first: date, last: date, hours: Hours) -> tuple[Run, ...]:
    """Which routes have visits that go in which shifts, of the days from `first` to `last`; those of no route apart."""
    edges = tuple(f"{clock:%H:%M}" for clock in (hours.day, hours.evening, hours.night))
    clock = "ifnull(nullif(substr(start, 12, 5), ''), ?)"
    found = connection.execute(
        f"SELECT DISTINCT {_DAY}, route, ({clock} >= ?) + ({clock} >= ?) + ({clock} >= ?) FROM visit "  # noqa: S608
        f"WHERE {_DAY} BETWEEN ? AND ? AND route NOT NULL AND route != '' "
        "AND status NOT IN ('cancelled', 'entered-in-error')",
        (
            *(part for edge in edges for part in (edges[0], edge)),
            first.isoformat(),
            (last + timedelta(days=1)).isoformat(),
        ),
    )
    read = ((moments.day(text), route, part) for text, route, part in found)
    return tuple(_run(day, route, part) for day, route, part in read if day is not None)


def _run(day: date, route: str, part: int) -> Run:
    """Before the morning it is still the night before."""
    names: dict[int, Name] = {_DAYTIME: "day", _EVENING: "evening"}
    return Run(route, day - timedelta(days=part == _BEFORE_DAY), names.get(part, "night"))


def _question(shift: Shift) -> tuple[str, tuple[str, ...]]:
    """For the rows that may begin in the shift; the day's has those, too, whose clock time cannot be read."""
    low, high = shift.begins.replace(tzinfo=None) - _SLACK, shift.ends.replace(tzinfo=None) + _SLACK
    days = [low.date() + timedelta(days=number) for number in range((high.date() - low.date()).days + 1)]
    marks = ", ".join("?" * len(days))
    timeless = f" OR {_TIMELESS}" if shift.name == "day" else ""
    values = (*(day.isoformat() for day in days), _text(low), _text(high))
    return f"{_STOP} {_DAY} IN ({marks}) AND ((start >= ? AND start < ?){timeless})", values


def _text(moment: datetime) -> str:
    return moment.replace(tzinfo=None).isoformat(timespec="minutes")


class _Clocks(dict[str, datetime | None]):
    """Moments by the text they were delivered as: thousands of visits begin at a few hundred."""

    def __init__(self, zone: ZoneInfo) -> None:
        super().__init__()
        self._zone = zone

    def __missing__(self, text: str) -> datetime | None:
        moment = self[text] = moments.instant(text, self._zone)
        return moment


def _stop(row: tuple[object, ...], where: Mapping[str, Placing], clocks: _Clocks) -> Stop:
    at, start, end, who, unit, route, staff, second, needed, status, critical, minutes = row
    known = where.get(str(who), _NOWHERE) if who is not None else _NOWHERE
    return Stop(
        row=_number(at) or 0,
        begins=clocks[str(start)],
        ends=clocks[end] if isinstance(end, str) else None,
        citizen=_words(who),
        units=(_words(unit), *known.units),
        route=str(route),
        staff=_words(staff),
        second_staff=_words(second),
        staff_needed=_number(needed),
        status=str(status),
        time_critical=bool(critical),
        minutes=_number(minutes),
        away=known.away,
    )


def _words(value: object) -> str | None:
    return value if isinstance(value, str) and value.strip() else None


def _number(value: object) -> int | None:
    return value if isinstance(value, int) else None


def _order(stop: Stop) -> tuple[float, int]:
    return stop.order


def by_carers(found: Iterable[Stop], names: Collection[str]) -> dict[str, list[Stop]]:
    """The stops of each of these carers; those of nobody, which go, under an empty name."""
    taken: dict[str, list[Stop]] = {"": [], **{name: [] for name in names}}
    for stop in found:
        if not stop.staff and stop.goes:
            taken[""].append(stop)
        for name in {stop.staff, stop.second_staff}.intersection(names):
            taken[str(name)].append(stop)
    return taken
