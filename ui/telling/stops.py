"""How a visit is told on a list of those who drive: the citizen, then what to do, where, how to get in, by whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from backupreader.domain import moments
from backupreader.domain.barriers import Barrier
from backupreader.domain.fold import fold
from backupreader.domain.persons import elsewhere
from backupreader.domain.presence import is_current
from backupreader.domain.records import Citizen, Visit
from backupreader.domain.rounds import DrivingList
from backupreader.domain.shiftlists import AWAY, Edge, Kind, edges, ends_too_early, is_course, lasts
from backupreader.domain.shifts import Shift, comes_twice
from backupreader.language import Language
from ui import words
from ui.chapter import LEFT_OUT, View, Whose
from ui.look import State
from ui.rows import Kind as RowKind
from ui.rows import Mark, Row
from ui.telling import sources
from ui.telling.entry import protected_on_route
from ui.telling.visits import visit_row

_STATED: Final = len("2026-10-25T02:30")  # what is longer than that may state an offset


def list_rows(listed: DrivingList, view: View, *, whole: bool) -> tuple[Row, ...]:
    """All of a list: first what is not known or not shown of it, then what still runs, then its visits by time."""
    language = view.language
    kept = sum(citizen.protected_address for citizen in listed.citizens.values())
    rows = [*_clocks_change(listed.shift, language), *_lacking(listed, language), *protected_on_route(kept, view)]
    if listed.running:
        rows.append(Row(kind=RowKind.HEADING, title=language.text("Begun in the shift before")))
        rows += [round_row(visit, listed, view, whole=whole) for visit in listed.running]
        rows.append(Row(kind=RowKind.HEADING, title=language.text("Of this shift")))
    rows += [round_row(visit, listed, view, whole=whole) for visit in listed.visits]
    if not listed.visits and not listed.running:
        rows.append(Row(kind=RowKind.NOTHING, title=language.text("No visit stands on this list in this shift.")))
    if listed.others:
        left = language.count(
            "{n} visit of another unit is not shown here.",
            "{n} visits of other units are not shown here.",
            listed.others,
        )
        hint = language.text("It stands on its route's list, behind a reason.")
        rows.append(Row(kind=RowKind.TEXT, title=f"{left} {hint}"))
    return tuple(rows)


def _clocks_change(shift: Shift | None, language: Language) -> tuple[Row, ...]:
    """Of a shift in which the clocks change: how long it really is."""
    if shift is None or shift.begins.utcoffset() == shift.ends.utcoffset():
        return ()
    told = language.text("The clocks change in this shift: it lasts {time}.").format(time=language.age(shift.lasts))
    return (Row(kind=RowKind.BLIND, title=told),)


def _lacking(listed: DrivingList, language: Language) -> tuple[Row, ...]:
    """What of a list did not come at all."""
    rows: list[Row] = []
    if any(delivery.complete is False for delivery in listed.deliveries):
        lost = language.text("This list is not complete: the source says that rows are missing.")
        rows.append(Row(kind=RowKind.MISSING, title=lost))
    if listed.citizens and not listed.access_delivered:
        way = language.text("Keys and getting in")
        lost = language.text(LEFT_OUT) if listed.access_left_out else language.text("Not delivered: nothing is known.")
        rows.append(Row(kind=RowKind.MISSING, title=f"{way}: {lost}"))
    return tuple(rows)


def round_row(visit: Visit, listed: DrivingList, view: View, *, whole: bool = True) -> Row:
    """A visit as its list sees it; what to do is cut to two lines unless the `whole` of it is wanted."""
    language = view.language
    row = visit_row(visit, view)
    row = replace(
        row,
        lead_under="\n".join(part for part in (_which(visit, view), row.lead_under) if part),
        aside=_length(visit, view),
        marks=(*row.marks, *_edge_marks(visit, listed.shift, view)),
    )
    citizen = listed.citizens.get(visit.citizen or "")
    what = " – ".join(part for part in (visit.title, visit.tasks) if part)
    by = (_carers(visit, language), visit.law, _of_route(visit, listed, language))
    if citizen is None:
        name = language.text("Citizen not delivered") if visit.citizen else visit.title or language.text("No citizen")
        details = (what if visit.citizen else visit.tasks, *by, visit.remark)
        return replace(row, title=name, details=tuple(part for part in details if part))
    ways = listed.access.get(citizen.id, ())
    access = " · ".join(
        " ".join(part for part in (words.access_kind(way.kind, language), way.system, way.key_number) if part)
        for way in ways
    )
    born = words.born(citizen, view.now.date(), language) if _namesakes(citizen, listed) else ""
    details = (
        "" if not whole else what,
        " · ".join(part for part in (_home(citizen, view), citizen.phone, born) if part),
        access,
        " · ".join(part for part in by if part),
        visit.remark,
    )
    return replace(
        row,
        title=citizen.name,
        clipped="" if whole else what,
        details=tuple(part for part in details if part),
        marks=(*row.marks, *_where(citizen, listed, view), *_warnings(citizen, listed, view)),
        target=Whose(citizen.id, citizen.name),
    )


def _which(visit: Visit, view: View) -> str:
    """Of a clock time that comes twice: which of the two is meant."""
    begins = moments.instant(visit.start, view.zone)
    if begins is None or not comes_twice(begins):
        return ""
    if len(visit.start) <= _STATED:
        return view.language.text("the clock shows this twice: which is meant was not delivered")
    return view.language.text("the second time") if begins.fold else view.language.text("the first time")


def _length(visit: Visit, view: View) -> str:
    """How long: never 0 minutes where nobody planned minutes."""
    length = lasts(visit, view.zone)
    if length is not None:
        return view.language.text("{n} min").format(n=int(length.total_seconds() // 60))
    if is_course(visit):
        return view.language.text("course of care, no minutes")
    return view.language.text("no minutes stated")


def _edge_marks(visit: Visit, shift: Shift | None, view: View) -> tuple[Mark, ...]:
    _ = view.language.text
    marks: list[Mark] = []
    if ends_too_early(visit, view.zone):
        marks.append(Mark(_("ENDS BEFORE IT BEGINS, as delivered"), State.LATE))
    reaching = edges(visit, shift, view.zone) if shift is not None else ()
    if Edge.BEGAN_BEFORE in reaching:
        marks.append(Mark(_("BEGAN BEFORE THE SHIFT"), State.INFO))
    if Edge.LASTS_INTO in reaching:
        marks.append(Mark(_("LASTS INTO THE NEXT SHIFT"), State.INFO))
    if moments.instant(visit.start, view.zone) is None:
        marks.append(Mark(_("NO CLOCK TIME"), State.LATE))
    return tuple(marks)


def _carers(visit: Visit, language: Language) -> str:
    """Both carers; of one who is needed and not named, that."""
    names = [name for name in (visit.staff, visit.second_staff) if name]
    if (visit.staff_needed or 0) > max(1, len(names)) and names:
        names.append(language.text("one more carer, not named"))
    return " + ".join(names)


def _of_route(visit: Visit, listed: DrivingList, language: Language) -> str:
    """The route, on a list that goes over several."""
    if listed.pick is None or listed.pick.kind is Kind.ROUTE:
        return ""
    return visit.route or language.text("on no route")


def _where(citizen: Citizen, listed: DrivingList, view: View) -> Iterable[Mark]:
    """That she is away, or that sources place her differently."""
    also = listed.also.get(citizen.id, ())
    away = citizen.status in AWAY or (citizen.status == "unknown" and citizen.status_source)
    return sources.whereabouts(citizen, also, view.language) if away or elsewhere(citizen, also) else ()


def _warnings(citizen: Citizen, listed: DrivingList, view: View) -> Iterable[Mark]:
    language = view.language
    alerts = [item for item in listed.alerts.get(citizen.id, ()) if is_current(item.status)]
    cave = [words.allergy_mark(item, language) for item in alerts if item.kind == "allergy"]
    if not cave and citizen.id not in listed.alerts:
        cave = [words.not_delivered(language)]
    if _namesakes(citizen, listed):
        cave.insert(0, Mark(language.text("NAMESAKE ON THIS LIST: check the birthday"), State.LATE))
    return cave


def _namesakes(citizen: Citizen, listed: DrivingList) -> bool:
    return Counter(fold(one.name) for one in listed.citizens.values())[fold(citizen.name)] > 1


def _home(citizen: Citizen, view: View) -> str:
    return words.home(citizen, view.language, stated=Barrier.PROTECTED in view.stated)
