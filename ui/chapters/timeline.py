"""The timeline: what happened in the last weeks, out of all sections and sources, one line each, newest first, by day.

What has no day that can be read stands apart, under its own heading: it is not dropped, and no day is guessed for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import Final

from backupreader.domain import moments
from backupreader.domain.fold import fold
from backupreader.domain.journal import Journal, Presence
from backupreader.language import N_
from ui.chapter import Chapter, Show, Topic, View, completeness
from ui.rows import Kind, Row
from ui.telling import documents, measurements, medicine, notes, sources, visits, warnings
from ui.telling.timeline import KINDS, Event, day_of, events

_TOPICS: Final[tuple[Topic, ...]] = (
    notes.TOPIC,
    medicine.TOPIC,
    measurements.TOPIC,
    visits.TOPIC,
    warnings.TOPIC,
    documents.TOPIC,
)


def _rows(journal: Journal, view: View) -> tuple[Row, ...]:
    within = _within(events(journal, view), view)
    passed = [event for event in within if _passes(event, view)]
    rows = [_heading(len(passed), len(within), journal, view), *_missing(journal, view)]
    dated = [(day, event) for event in passed if (day := day_of(event, view)) is not None]
    dated.sort(key=lambda one: (one[0], moments.order(one[1].moment, view.zone)), reverse=True)
    for day, of_day in groupby(dated, key=lambda one: one[0]):
        rows.append(Row(kind=Kind.HEADING, title=_day(day, view)))
        rows += [event.row for _, event in of_day]
    undated = [event for event in passed if day_of(event, view) is None]
    if undated:
        aside = view.language.text("it cannot be told whether this lies within the days")
        rows.append(Row(kind=Kind.HEADING, title=view.language.text("Day not said, or not readable"), aside=aside))
        rows += [event.row for event in undated]
    if not passed:
        nothing = view.language.text("Nothing is recorded in these days.")
        if view.sieve.filters:
            nothing = view.language.text("Nothing in these days is of this role, this kind and this word.")
        rows.append(Row(kind=Kind.NOTHING, title=nothing))
    return (*rows, *_behind(journal, view), *sources.how_old(_TOPICS, journal, view))


def _first(view: View) -> date:
    return view.now.date() - timedelta(days=view.sieve.days)


def _within(found: Sequence[Event], view: View) -> list[Event]:
    """Those of the days, and those of which nobody can tell."""
    return [event for event in found if (day := day_of(event, view)) is None or day >= _first(view)]


def _passes(event: Event, view: View) -> bool:
    sieve = view.sieve
    if (sieve.role and event.role != sieve.role) or (sieve.kind and event.kind != sieve.kind):
        return False
    return fold(sieve.word) in fold(event.text) if sieve.word.strip() else True


def _heading(passed: int, within: int, journal: Journal, view: View) -> Row:
    """From when on, and how much of it is seen."""
    language = view.language
    title = language.text("Since {day}").format(day=language.day(_first(view), weekday=True))
    aside = language.count("{n} line", "{n} lines", within)
    if view.sieve.filters:
        shown = language.text("{passed} of {lines} are shown: the rest is kept out by what was chosen above")
        aside = shown.format(passed=passed, lines=aside)
    marks = (completeness(topic.section(journal), language) for topic in _TOPICS)
    return Row(kind=Kind.HEADING, title=title, aside=aside, marks=next((mark for mark in marks if mark), ()))


def _missing(journal: Journal, view: View) -> list[Row]:
    """Of what nothing can stand here, because nobody delivered it, or because it is kept out of this copy."""
    unknown = {Presence.NOT_DELIVERED, Presence.LEFT_OUT}
    titles = [view.language.text(topic.title) for topic in _TOPICS if topic.section(journal).presence in unknown]
    titles += [view.language.text(KINDS["given"])] if journal.administrations.presence in unknown else []
    if not titles:
        return []
    sentence = view.language.text("Not in this timeline, because it did not come: {chapters}")
    return [Row(kind=Kind.MISSING, title=sentence.format(chapters=", ".join(titles)))]


def _behind(journal: Journal, view: View) -> list[Row]:
    behind = journal.notes.total - len(journal.notes.items)
    if behind <= 0:
        return []
    title = view.language.count("Read in one older note", "Read in {n} older notes", behind)
    return [Row(kind=Kind.ACTION, title=title, target=Show.OLDER)]


def _day(day: date, view: View) -> str:
    word = {0: view.language.text("today"), -1: view.language.text("yesterday")}.get((day - view.now.date()).days)
    written = view.language.day(day, weekday=True, year=day.year != view.now.year)
    return f"{word} · {written}" if word else written


def _offers(journal: Journal, view: View) -> tuple[Sequence[str], Sequence[tuple[str, str]]]:
    """The roles that wrote in these days, by name, and every kind."""
    within = _within(events(journal, view), view)
    roles = sorted({event.role for event in within if event.role} | ({view.sieve.role} - {""}))
    return roles, [(kind, view.language.text(title)) for kind, title in KINDS.items()]


CHAPTER: Final = Chapter(
    name="timeline",
    title=N_("Timeline"),
    rows=_rows,
    offers=_offers,
    document="journal",
    lead=True,
)
