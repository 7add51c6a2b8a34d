"""The overview: what a carer on the way in needs, in the order in which she needs it."""

from __future__ import annotations

from typing import Final

from backupreader.domain.due import Knowledge, due_next
from backupreader.domain.journal import Journal
from backupreader.domain.moments import instant
from backupreader.language import N_
from ui.chapter import Chapter, ToChapter, Topic, View, empty, heading
from ui.clock import at, passed
from ui.rows import Kind, Row
from ui.telling import entry, lists, medicine, notes, relatives, sources, todo, visits

_AHEAD, _UNTIMED, _NEEDED, _VISITS, _TODO, _NOTES, _CONTACTS = 5, 5, 3, 3, 5, 3, 3
_NOTE_LENGTH: Final = 400


def _rows(journal: Journal, view: View) -> tuple[Row, ...]:
    return (
        *_blind(journal, view),
        *entry.protected_rows(journal.citizen, view),
        *_medicine(journal, view),
        *_group(visits.TOPIC, journal, view, _visit_rows(journal, view)),
        *_group(todo.TOPIC, journal, view, _todo_rows(journal, view)),
        *_group(notes.TOPIC, journal, view, _note_rows(journal, view)),
        *_group(relatives.TOPIC, journal, view, _contact_rows(journal, view)),
        *sources.other_rows(journal, view),
    )


def _blind(journal: Journal, view: View) -> tuple[Row, ...]:
    """From when on nothing is known: the first thing to know about everything below."""
    moments = [
        moment
        for section in (journal.orders, journal.visits, journal.notes)
        if (moment := instant(section.taken_at, view.zone)) is not None
    ]
    if not moments or min(moments) >= view.now:
        return ()
    since = min(moments)
    sentence = view.language.text(
        "From {moment} until now, {age}, nothing is known here of what has been done or changed."
    )
    text = sentence.format(moment=at(since, view.now, view.language), age=view.language.age(passed(since, view.now)))
    return (Row(kind=Kind.BLIND, title=text),)


def _medicine(journal: Journal, view: View) -> tuple[Row, ...]:
    """What is due, by the clock, until the next few doses; then what has no clock time; then what is for need."""
    topic, count = medicine.TOPIC, view.language.count
    rows = [heading(topic, journal, view, N_("Medicine due next")), *empty(topic, journal, view)]
    rows += medicine.kept_rows(journal, view)
    open_ = [entry for entry in due_next(journal, view.now).entries if entry.knowledge is not Knowledge.RECORDED]
    ahead = [entry.at for entry in open_ if entry.at is not None and entry.at > view.now]
    until = ahead[min(_AHEAD, len(ahead)) - 1] if ahead else view.now
    timed = [entry for entry in open_ if entry.at is not None and entry.at <= until]
    untimed = [entry for entry in open_ if entry.at is None][:_UNTIMED]
    plan = lists.lists_now(journal, view)
    rows += lists.confirmation_rows(journal, plan, view)
    rows += medicine.due_rows((*timed, *untimed), view, lists.differing(plan, view))
    left = len(open_) - len(timed) - len(untimed)
    if left:
        more = count("One more that may be due", "{n} more that may be due", left)
        rows.append(Row(kind=Kind.ACTION, title=more, target=ToChapter(topic.name)))
    if journal.orders.items and not open_:
        nothing = view.language.text("No medicine is due in the next 24 hours as far as is known.")
        if journal.withheld:
            nothing = view.language.text("Of the medicine that is shown, none is due in the next 24 hours.")
        rows.append(Row(kind=Kind.NOTHING, title=nothing))
    orders = (*plan.orders, *(item.order for item in plan.ask))
    needed = [order for order in orders if medicine.may_be_needed(order, view)]
    rows += [lists.asked_or_given(medicine.order_row(order, view), order, plan, view) for order in needed[:_NEEDED]]
    if len(needed) > _NEEDED:
        more = count("One more when needed (PN)", "{n} more when needed (PN)", len(needed) - _NEEDED)
        rows.append(Row(kind=Kind.ACTION, title=more, target=ToChapter(topic.name)))
    if journal.orders.items:
        sentence = count("All medicine: one order", "All medicine: {n} orders", journal.orders.total)
        rows.append(Row(kind=Kind.ACTION, title=sentence, target=ToChapter(topic.name)))
    return tuple(rows)


def _group(topic: Topic, journal: Journal, view: View, rows: list[Row]) -> tuple[Row, ...]:
    return (heading(topic, journal, view), *empty(topic, journal, view), *rows)


def _visit_rows(journal: Journal, view: View) -> list[Row]:
    ahead = visits.coming(journal, view)
    if journal.visits.items and not ahead:
        return [
            Row(kind=Kind.NOTHING, title=view.language.text("No visit is planned from now on in what was delivered."))
        ]
    return [visits.visit_row(visit, view, brief=True) for visit in ahead[:_VISITS]] + _more(
        visits.TOPIC, len(ahead) - _VISITS, view
    )


def _todo_rows(journal: Journal, view: View) -> list[Row]:
    items = todo.current(journal)
    return [todo.intervention_row(item, view, brief=True) for item in items[:_TODO]] + _more(
        todo.TOPIC, len(items) - _TODO, view
    )


def _note_rows(journal: Journal, view: View) -> list[Row]:
    items = [note for note in journal.notes.items if note.status not in {"entered-in-error", "superseded"}]
    rows = [notes.note_row(note, view, longest=_NOTE_LENGTH) for note in items[:_NOTES]]
    return rows + _more(notes.TOPIC, journal.notes.total - _NOTES, view)


def _contact_rows(journal: Journal, view: View) -> list[Row]:
    items = relatives.in_order(journal)
    return [relatives.contact_row(item, view) for item in items[:_CONTACTS]] + _more(
        relatives.TOPIC, len(items) - _CONTACTS, view
    )


def _more(topic: Topic, number: int, view: View) -> list[Row]:
    if number <= 0:
        return []
    title = view.language.count("One more under “{{chapter}}”", "{n} more under “{{chapter}}”", number)
    title = title.format(chapter=view.language.text(topic.title))
    return [Row(kind=Kind.ACTION, title=title, target=ToChapter(topic.name))]


CHAPTER: Final = Chapter(name="overview", title=N_("Overview"), rows=_rows, lead=True)
