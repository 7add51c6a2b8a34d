"""Documents that stand on no citizen's page: driving lists of a day, instructions, prints that nobody could place.

Those of a citizen whom no source delivered are among them, since there is no page of hers where they could stand.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from backupreader.domain import moments
from backupreader.domain.fold import fold
from backupreader.domain.records import Document
from backupreader.store.persons import PERSON

if TYPE_CHECKING:
    from backupreader.store.rows import Shelf

DRIVING_LIST: Final = "driving-list"
"""What a source's profile calls a driving list: a document's `kind`."""

_WHO: Final = PERSON.format(column="document.citizen")
_NOBODYS: Final = f"WHERE (citizen IS NULL OR {_WHO} NOT IN (SELECT id FROM citizen))"  # noqa: S608 (our own names)


def documents(shelf: Shelf, day: date | None, route: str | None) -> tuple[Document, ...]:
    """The documents of no citizen, newest day first and then by route and title, undated ones last; no content.

    `day` and `route` keep those that are for that day, and of that route however its letters are written.
    """
    of_day = "" if day is None else " AND substr(date, 1, 10) = ?"
    found = shelf.records(
        Document,
        f"{_NOBODYS}{of_day} ORDER BY date DESC, route, title, rowid",
        () if day is None else (day.isoformat(),),
        without="content",
    )
    return tuple(document for document in found if route is None or fold(document.route or "") == fold(route))


def days(shelf: Shelf) -> tuple[date, ...]:
    """The days for which there are driving lists, in order."""
    found = {moments.day(text) for _, text in listed(shelf)}
    return tuple(sorted(day for day in found if day is not None))


def listed(shelf: Shelf) -> tuple[tuple[str | None, str], ...]:
    """The route, if any, and the day as written of every driving list that has one."""
    found = shelf.connection.execute(
        f"SELECT DISTINCT route, date, kind FROM document {_NOBODYS} AND date IS NOT NULL"  # noqa: S608 (our own names)
    )
    return tuple((route, text) for route, text, kind in found if is_driving_list(route, kind))


def is_driving_list(route: str | None, kind: str | None) -> bool:
    """Is a document with this route and kind for those who drive? Whatever names a route is."""
    return route is not None or kind == DRIVING_LIST
