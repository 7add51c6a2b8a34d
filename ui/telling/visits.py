"""How a visit is told."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from backupreader.domain import moments
from backupreader.domain.journal import Journal, Section
from backupreader.domain.records import Visit
from backupreader.language import N_
from ui import words
from ui.chapter import Topic, View
from ui.clock import distance
from ui.look import State
from ui.rows import Mark, Row, recorded
from ui.telling.changed import mark_of


def begins(visit: Visit, view: View) -> datetime | None:
    """When a visit begins; None when its start cannot be read to the minute."""
    return moments.instant(visit.start, view.zone)


def coming(journal: Journal, view: View) -> list[Visit]:
    """Visits that have not ended, in time order."""
    timed = [(moments.instant(visit.end or visit.start, view.zone), visit) for visit in journal.visits.items]
    ahead = [visit for end, visit in timed if visit.status != "entered-in-error" and (end is None or end >= view.now)]
    return sorted(ahead, key=start_of)


def visit_row(visit: Visit, view: View, *, brief: bool = False) -> Row:
    """One visit: when, what, who, and what is to be done."""
    language = view.language
    start, end = begins(visit, view), moments.instant(visit.end, view.zone)
    under = visit.start if start is None else distance(start, view.now, language)
    if start is not None and start.date() != view.now.date():
        under = language.day(start.date(), weekday=True, year=False)
    until = "" if end is None else language.text("to {clock}").format(clock=language.clock(end))
    staff = " + ".join(part for part in (visit.staff, visit.second_staff) if part)
    facts = (visit.route, staff or language.text("no carer planned"), visit.law)
    details = (visit.tasks, " · ".join(part for part in facts if part), visit.remark)
    return Row(
        lead="" if start is None else language.clock(start),
        lead_under="\n".join(part for part in (until, under) if part),
        title=visit.title or language.text("Visit"),
        details=tuple(part for part in (details[:2] if brief else details) if part),
        marks=(*visit_marks(visit, view), *mark_of(visit, view)),
        aside=language.text("{n} min").format(n=visit.minutes) if visit.minutes is not None else "",
        struck=visit.status in {"cancelled", "entered-in-error"},
        origin=recorded(visit),
    )


def visit_marks(visit: Visit, view: View) -> list[Mark]:
    """What is out of the ordinary about a visit."""
    _ = view.language.text
    marks: list[Mark] = []
    if visit.time_critical:
        marks.append(Mark(_("TIME-CRITICAL"), State.STOP))
    if visit.second_staff or (visit.staff_needed or 0) > 1:
        marks.append(Mark(_("TWO CARERS"), State.INFO))
    if not visit.staff and visit.status == "planned":
        marks.append(Mark(_("NO CARER"), State.LATE))
    if visit.status == "cancelled":
        marks.append(Mark(" ".join(part for part in (_("CANCELLED"), visit.cancel_reason) if part), State.LATE))
    elif visit.status != "planned":
        marks.append(words.status_mark(visit.status, visit.status_source, view.language))
    return marks


def start_of(visit: Visit) -> str:
    """Its start as delivered: what visits are sorted by."""
    return visit.start


def _section(journal: Journal) -> Section[Visit]:
    return journal.visits


TOPIC: Final = Topic(
    name="visits",
    title=N_("Visits"),
    section=_section,
    nothing=N_("No visits are recorded."),
    missing=N_("Visits were not delivered by any source. Nothing is known about them here."),
)
