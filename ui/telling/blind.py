"""How the blind window is told: from when on nothing is known, and what was planned already to change in it."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from backupreader.domain.blind import Event, Planned, Turn, of_order, planned, today
from backupreader.domain.journal import Journal, Order, Section
from backupreader.domain.moments import instant
from backupreader.domain.records import Alert, Citizen, Intervention, Medication, Visit
from backupreader.language import N_
from printing import wording
from ui import words
from ui.chapter import ToChapter, View
from ui.clock import at, passed, written
from ui.look import State
from ui.rows import Kind, Mark, Row, recorded

_VISITS: Final = 4
_WORDS: Final = {
    Turn.STOPS: N_("STOPS: last day {moment}"),
    Turn.BEGINS: N_("BEGINS {moment}"),
    Turn.PAUSES: N_("PAUSED from {moment}"),
    Turn.RESUMES: N_("PAUSED, last day of the pause {moment}"),
    Turn.DOSE_ENDS: N_("THIS DOSE ENDS {moment}"),
    Turn.DOSE_BEGINS: N_("THIS DOSE BEGINS {moment}"),
    Turn.WHEREABOUTS: N_("FROM {moment}"),
    Turn.WARNING_ENDS: N_("ENDS {moment}"),
    Turn.TASK_ENDS: N_("ENDS {moment}"),
    Turn.TASK_BEGINS: N_("BEGINS {moment}"),
    Turn.VISIT: N_("PLANNED: not known whether it was done"),
}
_CHAPTERS: Final[dict[type[Planned], str]] = {
    Medication: "medicine",
    Visit: "visits",
    Intervention: "todo",
    Alert: "warnings",
}
_SECTIONS: Final = (
    (N_("Medicine"), "orders"),
    (N_("Visits"), "visits"),
    (N_("Journal"), "notes"),
)


def blind_rows(journal: Journal, view: View) -> tuple[Row, ...]:
    """From when on nothing is known, by section where they differ; then what was planned to change since then."""
    since = {title: taken for title, section in _sections(journal) if (taken := _taken(section, view)) is not None}
    if not since or min(since.values()) >= view.now:
        return ()
    language, oldest = view.language, min(since.values())
    sentence = language.text("From {moment} until now, {age}, nothing is known here of what has been done or changed.")
    text = sentence.format(moment=at(oldest, view.now, language), age=language.age(passed(oldest, view.now)))
    if len(set(since.values())) > 1:
        each = language.text("{what} taken {moment}")
        parts = (
            each.format(what=language.text(title), moment=at(taken, view.now, language))
            for title, taken in since.items()
        )
        text = "\n".join((text, " · ".join(parts)))
    events = planned(journal, view.now)
    if events:
        text = "\n".join((text, language.text("Planned already to change in it, and not confirmed:")))
    return (Row(kind=Kind.BLIND, title=text), *_planned_rows(events, view))


def order_marks(order: Order, view: View) -> tuple[Mark, ...]:
    """What is planned to change for an order today, whatever the age of its source."""
    events = sorted(of_order(order, today(view.now)), key=lambda event: event.at)
    return tuple(dict.fromkeys(_mark(event, view) for event in events))


def _sections(journal: Journal) -> tuple[tuple[str, Section[Any]], ...]:
    return tuple((title, getattr(journal, name)) for title, name in _SECTIONS)


def _taken(section: Section[Any], view: View) -> datetime | None:
    return instant(section.taken_at, view.zone)


def _planned_rows(events: tuple[Event, ...], view: View) -> list[Row]:
    language = view.language
    visits = [event for event in events if event.turn is Turn.VISIT]
    shown = [event for event in events if event.turn is not Turn.VISIT or event in visits[:_VISITS]]
    rows = [_event_row(event, view) for event in shown]
    if (more := len(visits) - _VISITS) > 0:
        sentence = language.count("One more visit was planned", "{n} more visits were planned", more)
        rows.append(Row(kind=Kind.ACTION, title=sentence, target=ToChapter("visits")))
    return rows


def _event_row(event: Event, view: View) -> Row:
    """One planned change: when, of what, and that it was planned."""
    language, record = view.language, event.record
    details: tuple[str | None, ...] = ()
    if isinstance(record, Medication):
        title = wording.drug(record) or language.text("Private-marked medicine, not shown")
        if event.dose is not None:
            amount = wording.amount(event.dose, language)
            details = (
                wording.joined((event.dose.time, amount, wording.on_days(event.dose, language), event.dose.text), " "),
            )
        elif event.turn is Turn.BEGINS:
            details = (record.dosage_text,)
    elif isinstance(record, Citizen):
        title = words.whereabouts(record, language).word
    elif isinstance(record, Alert):
        title = words.alert(record, language)
    elif isinstance(record, Intervention):
        title = record.text
    else:
        title, details = record.title or language.text("Visit"), (record.tasks,)
    moment = instant(event.text, view.zone)
    clock = "" if moment is None else language.clock(moment)
    return Row(
        lead=clock,
        lead_under=_day(event, view),
        title=title,
        details=tuple(part for part in details if part),
        marks=(_mark(event, view),),
        target=_chapter(event),
        origin=recorded(record),
    )


def _chapter(event: Event) -> ToChapter | None:
    """Where the whole of it stands."""
    if event.turn is Turn.WHEREABOUTS:
        return None
    return ToChapter(_CHAPTERS[type(event.record)])


def _mark(event: Event, view: View) -> Mark:
    moment = instant(event.text, view.zone)
    said = _day(event, view) if moment is None else written(event.text, view.now, view.language)
    return Mark(view.language.text(_WORDS[event.turn]).format(moment=said), State.LATE)


def _day(event: Event, view: View) -> str:
    """``today``, ``yesterday``, or the day."""
    days = (view.now.date() - event.at.date()).days
    near = {0: view.language.text("today"), 1: view.language.text("yesterday")}
    return near.get(days) or view.language.day(event.at.date())
