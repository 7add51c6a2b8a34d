"""What happened to a citizen, out of every section of her journal: lines that know when, of what kind and by whom."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from backupreader.domain import moments
from backupreader.domain.journal import Journal
from backupreader.domain.records import Administration
from backupreader.language import N_
from ui import words
from ui.chapter import ToChapter, View
from ui.clock import written
from ui.look import State
from ui.rows import Mark, Row, recorded
from ui.telling import documents, medicine, notes, visits, warnings
from ui.telling.measurements import measurement_row

KINDS: Final = {
    "note": N_("Notes"),
    "given": N_("Medicine given"),
    "medicine": N_("Changes of medicine"),
    "measurement": N_("Measurements"),
    "visit": N_("Visits"),
    "alert": N_("Warnings"),
    "document": N_("Documents"),
}
_HAPPENED: Final = frozenset({"done", "cancelled", "entered-in-error", "unknown"})


_DASH: Final = "–"  # where no clock time was delivered


@dataclass(frozen=True, slots=True)
class Event:
    """One line: its kind, the moment as delivered, the role of who wrote it if that is said, its row, all its text."""

    kind: str
    moment: str | None
    role: str
    row: Row
    text: str


def events(journal: Journal, view: View) -> tuple[Event, ...]:
    """Everything that happened, in no order."""
    return (
        *_notes(journal, view),
        *_given(journal, view),
        *_changes(journal, view),
        *_measured(journal, view),
        *_visited(journal, view),
        *_warned(journal, view),
        *_filed(journal, view),
    )


def day_of(event: Event, view: View) -> date | None:
    """On which day; None where none can be read."""
    return moments.day(event.moment, view.zone)


def _notes(journal: Journal, view: View) -> Iterator[Event]:
    for note in journal.notes.items:
        row = replace(notes.note_row(note, view), aside="", target=ToChapter(notes.TOPIC.name))
        event = _event("note", note.written_at, row, view)
        yield replace(event, role=note.author_role or "", text=f"{row.title}\n{note.text}")


def _given(journal: Journal, view: View) -> Iterator[Event]:
    for item in journal.administrations.items:
        if item.status == "planned":
            continue
        row = medicine.given_row(item, journal, view)
        yield _event("given", item.given_at or item.planned_at, _with_status(row, item, view), view)


def _with_status(row: Row, item: Administration, view: View) -> Row:
    mark = words.status_mark(item.status, item.status_source, view.language)
    given = item.status == "given"
    wrong = item.status == "entered-in-error"
    return replace(row, marks=(Mark(mark.word, State.GOOD) if given else mark, *row.marks), struck=wrong)


def _changes(journal: Journal, view: View) -> Iterator[Event]:
    """Medicine that began, was paused or taken up again, or stopped, by now; of each order what it says of itself."""
    _ = view.language.text
    for order in journal.orders.items:
        drug = order.medication
        told = (
            (drug.start, Mark(_("BEGUN"), State.INFO)),
            (drug.paused_from, Mark(_("PAUSED"), State.LATE)),
            (drug.paused_to, Mark(_("PAUSE ENDS"), State.INFO)),
            (drug.end, Mark(_("STOPPED"), State.LATE)),
        )
        for moment, mark in told:
            day = moments.day(moment, view.zone)
            if moment is None or (day is not None and day > view.now.date()):
                continue
            said = (medicine.dosing(order, view), drug.stop_reason if mark.word == _("STOPPED") else "")
            details = tuple(part for part in said if part)
            title = medicine.named(drug, view.language)
            wrong = drug.status == "entered-in-error"
            more = (words.status_mark(drug.status, drug.status_source, view.language),) if wrong else ()
            row = Row(title=title, details=details, marks=(mark, *more), struck=wrong, origin=recorded(drug))
            yield _event("medicine", moment, row, view)


def _measured(journal: Journal, view: View) -> Iterator[Event]:
    for item in journal.measurements.items:
        yield _event("measurement", item.taken_at, replace(measurement_row(item, view), aside=""), view)


def _visited(journal: Journal, view: View) -> Iterator[Event]:
    for visit in journal.visits.items:
        if visit.status in _HAPPENED:
            row = visits.visit_row(visit, view)
            yield _event("visit", visit.start, replace(row, lead="", lead_under="", aside=""), view)


def _warned(journal: Journal, view: View) -> Iterator[Event]:
    for item in journal.alerts.items:
        row = warnings.alert_row(item, view)
        mark = Mark(view.language.text("WARNING RECORDED"), State.STOP)
        plain = Row(
            title=row.title, details=row.details, marks=(mark, *row.marks), struck=row.struck, origin=row.origin
        )
        yield _event("alert", item.recorded_at or item.start, plain, view)


def _filed(journal: Journal, view: View) -> Iterator[Event]:
    for document in journal.documents.items:
        row = documents.document_row(document, (), view)
        kind = documents.kind(document, view.language)
        details = tuple(part for part in (kind, document.author) if part)
        mark = Mark(view.language.text("DOCUMENT"), State.INFO)
        yield _event("document", document.date, replace(row, aside="", details=details, marks=(mark, *row.marks)), view)


def _event(kind: str, moment: str | None, row: Row, view: View) -> Event:
    """With the clock time first, where one was delivered."""
    at = moments.instant(moment, view.zone)
    clock = view.language.clock(at) if at is not None else ""
    unread = written(moment, view.now, view.language) if moments.day(moment, view.zone) is None else ""
    line = replace(row, brief=True, lead=clock or unread or _DASH, lead_under="")
    return Event(kind, moment, "", line, row.spoken)
