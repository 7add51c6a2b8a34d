"""What can be chosen of those who drive: routes, and the prints of them that the municipality made."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from backupreader.domain import moments
from backupreader.domain.fold import fold
from backupreader.domain.records import Delivery, Document
from backupreader.domain.rounds import RouteDay
from backupreader.domain.shiftlists import Kind as ListKind
from backupreader.domain.shiftlists import Pick
from backupreader.language import Language
from backupreader.store.documents import is_driving_list
from ui.chapter import ToDocument, View
from ui.look import State
from ui.rows import Kind, Mark, Row
from ui.telling.documents import document_row

OTHERS: Final = "others"
"""The key of the documents that stand on no day."""
_MOST: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What can be chosen of a shift: a list of visits (`pick`), prints of a route, both, a print of none, or `others`.

    `key` tells it from the other ones, and is the same on another day.
    """

    key: str
    name: str
    pick: Pick | None = None
    documents: tuple[Document, ...] = ()
    others: bool = False

    @property
    def only_print(self) -> ToDocument | None:
        """The one document that is all there is of it."""
        if self.pick is not None or self.others or len(self.documents) != 1:
            return None
        return ToDocument(self.documents[0].id, self.documents[0].title)


def key_of(route: str) -> str:
    """The key of a route's entry, however its name is written."""
    return f"route {fold(route)}"


def entries(routes: Iterable[str], documents: Iterable[Document]) -> tuple[Entry, ...]:
    """These routes by name, each with its prints, and those that have only prints; then the lists of no route."""
    of_route: dict[str, list[Document]] = {}
    of_none: list[Document] = []
    for document in documents:
        if document.route:
            of_route.setdefault(fold(document.route), []).append(document)
        elif is_driving_list(document.route, document.kind):
            of_none.append(document)
    routes = tuple(routes)
    visited = {fold(route) for route in routes}
    found = [
        Entry(
            key=key_of(route),
            name=route,
            pick=Pick(ListKind.ROUTE, route),
            documents=tuple(of_route.get(fold(route), ())) if route else (),
        )
        for route in routes
    ]
    found += [
        Entry(key=f"route {name}", name=prints[0].route or "", documents=tuple(prints))
        for name, prints in of_route.items()
        if name not in visited
    ]
    found.sort(key=lambda entry: (not entry.name, fold(entry.name)))
    found += [Entry(key=f"document {one.id}", name=one.title, documents=(one,)) for one in of_none]
    return tuple(found)


def route_row(route: RouteDay, language: Language) -> Row:
    """A route's day, counted."""
    counts = (
        language.count("{n} visit", "{n} visits", route.visits),
        language.count("{n} citizen", "{n} citizens", route.citizens),
        f"{route.minutes // 60}:{route.minutes % 60:02} {language.text('h')}" if route.minutes else "",
    )
    marks: list[Mark] = []
    if route.open:
        marks.append(Mark(language.count("{n} without a carer", "{n} without a carer", route.open), State.LATE))
    if route.cancelled:
        marks.append(Mark(language.count("{n} cancelled", "{n} cancelled", route.cancelled), State.QUIET))
    details = (" · ".join(part for part in counts if part), ", ".join(route.staff))
    return Row(title=route.route, details=tuple(part for part in details if part), marks=tuple(marks))


def others(documents: Iterable[Document], offered: Collection[date]) -> tuple[Document, ...]:
    """Of the documents of no citizen, those that stand on none of the `offered` days."""
    return tuple(
        one for one in documents if not is_driving_list(one.route, one.kind) or moments.day(one.date) not in offered
    )


def print_rows(prints: Iterable[Document], deliveries: Sequence[Delivery], view: View) -> tuple[Row, ...]:
    """The municipality's own prints of a route, where the visits' times stand."""
    return tuple(document_row(one, deliveries, view, lead=_form(one)) for one in prints)


def only_printed(language: Language, *, sent: bool) -> Row:
    """That a route has a print and no visits, and why: `sent` is False where no source sends visits to this copy."""
    if sent:
        nothing = language.text(
            "No visit of this route was delivered for this shift, only the municipality's own print."
        )
        return Row(kind=Kind.NOTHING, title=nothing)
    missing = language.text("The visits themselves are not in this copy, only the municipality's own print.")
    return Row(kind=Kind.MISSING, title=missing)


def other_rows(documents: Iterable[Document], deliveries: Sequence[Delivery], view: View) -> tuple[Row, ...]:
    """Documents that stand nowhere else, in groups; of a long group the newest, and how many more there are."""
    language = view.language
    groups: dict[str, list[Document]] = {
        language.text("For everyone"): [],
        language.text("Of citizens who were not delivered"): [],
        language.text("Driving lists of other days"): [],
    }
    everyone, strangers, driving = groups.values()
    for one in documents:
        driven = is_driving_list(one.route, one.kind)
        (strangers if one.citizen else driving if driven else everyone).append(one)
    rows: list[Row] = []
    for title, group in groups.items():
        if group:
            rows.append(Row(kind=Kind.HEADING, title=title))
            rows += print_rows(group[:_MOST], deliveries, view)
        if more := len(group[_MOST:]):
            sentence = language.count(
                "{n} more is not shown here: search for its words.",
                "{n} more are not shown here: search for their words.",
                more,
            )
            rows.append(Row(kind=Kind.TEXT, title=sentence))
    return tuple(rows)


def _form(document: Document) -> str:
    return "PDF" if document.media_type == "application/pdf" else ""
