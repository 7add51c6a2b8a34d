"""How a day's driving is told: its routes, the prints of them that the municipality made, and each visit."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from backupreader.domain import moments
from backupreader.domain.barriers import Barrier
from backupreader.domain.fold import fold
from backupreader.domain.persons import elsewhere
from backupreader.domain.presence import is_current
from backupreader.domain.records import Citizen, Delivery, Document, Visit
from backupreader.domain.rounds import DrivingList, RouteDay
from backupreader.language import Language
from backupreader.store.documents import is_driving_list
from ui import words
from ui.chapter import View, Whose
from ui.look import State
from ui.rows import Kind, Mark, Row
from ui.telling import sources
from ui.telling.documents import document_row
from ui.telling.visits import visit_row

_MOST: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What can be chosen of a day: a route with its visits, its prints or both, a print of no route, or the `others`.

    `key` tells it from the day's other ones, and is the same on another day.
    """

    key: str
    name: str
    route: RouteDay | None = None
    documents: tuple[Document, ...] = ()
    others: bool = False


def route_key(route: str) -> str:
    """The key of a route's entry, on whatever day."""
    return f"route {fold(route)}"


def entries(routes: Sequence[RouteDay], documents: Iterable[Document]) -> tuple[Entry, ...]:
    """A day's routes by name, each with its prints, whether it has visits or not; then the lists of no route."""
    of_route: dict[str, list[Document]] = {}
    of_none: list[Document] = []
    for document in documents:
        if document.route:
            of_route.setdefault(fold(document.route), []).append(document)
        elif is_driving_list(document.route, document.kind):
            of_none.append(document)
    visited = {fold(route.route) for route in routes}
    found = [
        Entry(
            key=route_key(route.route),
            name=route.route,
            route=route,
            documents=tuple(of_route.get(fold(route.route), ())) if route.route else (),
        )
        for route in routes
    ]
    found += [
        Entry(key=f"route {name}", name=prints[0].route or "", documents=tuple(prints))
        for name, prints in of_route.items()
        if name not in visited
    ]
    found.sort(key=lambda entry: fold(entry.name))
    found += [Entry(key=f"document {one.id}", name=one.title, documents=(one,)) for one in of_none]
    return tuple(found)


def others(documents: Iterable[Document], offered: Collection[date]) -> tuple[Document, ...]:
    """Of the documents of no citizen, those that stand on none of the `offered` days."""
    return tuple(
        one for one in documents if not is_driving_list(one.route, one.kind) or moments.day(one.date) not in offered
    )


def entry_row(entry: Entry, language: Language) -> Row:
    """One choice of the day."""
    prints = len(entry.documents)
    count = language.count("{n} document", "{n} documents", prints) if prints else ""
    if entry.route is None:
        return Row(title=entry.name, details=(count,) if count else ())
    route = entry.route
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
    details = (" · ".join(part for part in counts if part), ", ".join(route.staff), count)
    return Row(title=route.route, details=tuple(part for part in details if part), marks=tuple(marks))


def print_rows(prints: Iterable[Document], deliveries: Sequence[Delivery], view: View) -> tuple[Row, ...]:
    """The municipality's own prints of a route, where the visits' times stand."""
    return tuple(document_row(one, deliveries, view, lead=_form(one)) for one in prints)


def only_printed(language: Language, *, sent: bool) -> Row:
    """That a route has a print and no visits, and why: `sent` is False where no source sends visits to this copy."""
    if sent:
        nothing = language.text("No visit of this route was delivered for this day, only the municipality's own print.")
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


def round_row(visit: Visit, listed: DrivingList, view: View) -> Row:
    """A visit as its route sees it: the citizen first."""
    language = view.language
    row = visit_row(visit, view)
    citizen = listed.citizens.get(visit.citizen or "")
    if citizen is None:
        name = language.text("Citizen not delivered") if visit.citizen else visit.title or language.text("No citizen")
        return replace(row, title=name)
    alerts = [item for item in listed.alerts.get(citizen.id, ()) if is_current(item.status)]
    cave = [words.allergy_mark(item, language) for item in alerts if item.kind == "allergy"]
    if not cave and citizen.id not in listed.alerts:
        cave = [words.not_delivered(language)]
    ways = listed.access.get(citizen.id, ())
    access = " · ".join(
        " ".join(part for part in (words.access_kind(way.kind, language), way.system, way.key_number) if part)
        for way in ways
    )
    also = listed.also.get(citizen.id, ())
    where = sources.whereabouts(citizen, also, language) if elsewhere(citizen, also) else ()
    what = " – ".join(part for part in (visit.title, visit.tasks) if part)
    staff = " + ".join(part for part in (visit.staff, visit.second_staff) if part)
    details = (
        what,
        " · ".join(part for part in (_home(citizen, view), citizen.phone) if part),
        access,
        staff,
        visit.remark,
    )
    return replace(
        row,
        title=citizen.name,
        details=tuple(part for part in details if part),
        marks=(*row.marks, *where, *cave),
        target=Whose(citizen.id, citizen.name),
    )


def _home(citizen: Citizen, view: View) -> str:
    return words.home(citizen, view.language, stated=Barrier.PROTECTED in view.stated)
