"""Driving lists out of the rows of a generation. A visit belongs to the day on which it begins, in local time."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Final, TypeVar

from backupreader.domain import moments
from backupreader.domain.presence import covering, is_current
from backupreader.domain.records import Access, Alert, Delivery, Visit
from backupreader.domain.rounds import DrivingList, RouteDay
from backupreader.store.persons import PERSON, first_of, ids_of, known, places
from backupreader.store.rows import Shelf

if TYPE_CHECKING:
    from sqlite3 import Connection

R = TypeVar("R", Alert, Access)

NO_ROUTE: Final = ""
"""The route of visits that stand on none."""
_DAY: Final = "substr(start, 1, 10)"  # as in indexes.sql, or the index is not used
_ROUTE: Final = "ifnull(route, '')"
_WHO: Final = PERSON.format(column="visit.citizen")
_GOES: Final = "status NOT IN ('cancelled', 'entered-in-error')"
_MINUTES: Final = 'ifnull(minutes, (unixepoch("end") - unixepoch(start)) / 60)'


def count(connection: Connection) -> None:
    """Fill `route_day`, once, at the build. Only visits that go are work; one without a length counts by its times."""
    connection.execute(
        f"INSERT INTO route_day SELECT {_DAY}, {_ROUTE}, min(unit), sum({_GOES}), "  # noqa: S608 (our own names)
        f"count(DISTINCT iif({_GOES}, {_WHO}, NULL)), ifnull(sum(iif({_GOES}, {_MINUTES}, 0)), 0), "
        f"sum({_GOES} AND staff IS NULL), sum(status = 'cancelled'), json_group_array(DISTINCT staff) "
        "FROM visit GROUP BY 1, 2"
    )


def days(shelf: Shelf) -> tuple[date, ...]:
    """The days on which visits begin, in order."""
    found = shelf.connection.execute("SELECT DISTINCT day FROM route_day ORDER BY day")
    return tuple(day for (text,) in found if (day := moments.day(text)) is not None)


def routes(shelf: Shelf, day: date) -> tuple[RouteDay, ...]:
    """The routes of one day, by name, visits on no route under `NO_ROUTE`."""
    return _counted(shelf, day, "ORDER BY route", ())


def route_day(shelf: Shelf, day: date, route: str) -> RouteDay:
    """One route that there is on a day."""
    (found,) = _counted(shelf, day, "AND route = ?", (route,))
    return found


def _counted(shelf: Shelf, day: date, rest: str, values: tuple[str, ...]) -> tuple[RouteDay, ...]:
    found = shelf.connection.execute(
        "SELECT route, unit, visits, citizens, minutes, open, cancelled, staff FROM route_day "  # noqa: S608 (our own words)
        f"WHERE day = ? {rest}",
        (day.isoformat(), *values),
    )
    return tuple(
        RouteDay(
            route=route,
            day=day,
            unit=unit,
            visits=visits,
            citizens=citizens,
            minutes=minutes,
            open=without,
            cancelled=cancelled,
            staff=tuple(sorted(name for name in json.loads(staff) if name)),
        )
        for route, unit, visits, citizens, minutes, without, cancelled, staff in found
    )


def names(shelf: Shelf) -> tuple[str, ...]:
    """Every route's name, in order."""
    found = shelf.connection.execute("SELECT DISTINCT route FROM route_day WHERE route != '' ORDER BY route")
    return tuple(name for (name,) in found)


def drivers(connection: Connection) -> Iterator[tuple[str, str, str]]:
    """Each day and route with each name that stands on it as a carer, the second one's too; names as written."""
    for column in ("staff", "second_staff"):
        yield from connection.execute(
            f"SELECT DISTINCT {_DAY}, {_ROUTE}, {column} FROM visit WHERE {column} NOT NULL"  # noqa: S608
        )


def route_days(connection: Connection) -> list[tuple[str, str]]:
    """Each day (ISO 8601) with each of its routes, in order."""
    return list(connection.execute("SELECT day, route FROM route_day ORDER BY day, route"))


def stops(connection: Connection, route: str) -> Iterator[tuple[str | None, ...]]:
    """The units of each kind of stop on the route, on whatever day: the visit's own, and the citizen's."""
    found = connection.execute(
        f"SELECT DISTINCT unit, (SELECT unit FROM citizen WHERE id = visit.citizen) FROM visit WHERE {_ROUTE} = ?",  # noqa: S608
        (route,),
    )
    return iter(found.fetchall())


def visited_by(connection: Connection, units: Collection[str], since: str) -> frozenset[str]:
    """The ids of those whom these units visit from a day on (ISO 8601), by visits that go."""
    marks = ", ".join("?" * len(units))
    found = connection.execute(
        f"SELECT DISTINCT citizen FROM visit WHERE unit IN ({marks}) AND {_GOES} AND {_DAY} >= ? AND citizen NOT NULL",  # noqa: S608
        (*units, since),
    )
    return frozenset(citizen for (citizen,) in found)


def driving_list(shelf: Shelf, deliveries: Sequence[Delivery], route: str, day: date) -> DrivingList:
    """The route's visits that begin on `day`, in time order, with what must be known of the citizens they are to."""
    found = shelf.records(Visit, f"WHERE {_DAY} = ? AND {_ROUTE} = ? ORDER BY start, rowid", (day.isoformat(), route))
    return listed(shelf, deliveries, found, route, day)


def listed(shelf: Shelf, deliveries: Sequence[Delivery], found: Sequence[Visit], name: str, day: date) -> DrivingList:
    """These visits as a list of this name, with what must be known of the citizens they are to."""
    visits = tuple(visit if visit.citizen is None else _to_person(shelf, visit, visit.citizen) for visit in found)
    persons = {who: ids_of(shelf, who) for who in dict.fromkeys(visit.citizen for visit in visits) if who is not None}
    came = {who: one for who in persons if (one := known(shelf, who)) is not None}
    delivered = {delivery.table for delivery in deliveries}
    return DrivingList(
        route=name,
        day=day,
        visits=visits,
        citizens={who: one.citizen for who, one in came.items()},
        also={who: one.also for who, one in came.items() if one.also},
        alerts={who: _current(rows) for who, rows in _spoken_of(shelf, deliveries, Alert, persons)},
        alerts_delivered="alert" in delivered,
        access=dict(_spoken_of(shelf, deliveries, Access, persons)),
        access_delivered="access" in delivered,
        access_left_out="access" in shelf.left_out,
        deliveries=tuple(delivery for delivery in deliveries if delivery.table == "visit"),
    )


def _to_person(shelf: Shelf, visit: Visit, citizen: str) -> Visit:
    """The visit, to the one who stands for its citizen: two sources that know her do not make two of her."""
    who = first_of(shelf, citizen)
    return visit if who == citizen else replace(visit, citizen=who)


def _spoken_of(
    shelf: Shelf, deliveries: Sequence[Delivery], kind: type[R], persons: Mapping[str, tuple[str, ...]]
) -> Iterator[tuple[str, tuple[R, ...]]]:
    """The rows of each person that some source speaks of: one that delivers this table for her, or did send a row."""
    for who, ids in persons.items():
        rows = shelf.records(kind, f"WHERE citizen IN {places(ids)} ORDER BY rowid", ids)
        if rows or covering(deliveries, kind.__name__.lower(), *ids):
            yield who, rows


def _current(alerts: Sequence[Alert]) -> tuple[Alert, ...]:
    return tuple(alert for alert in alerts if is_current(alert.status))
