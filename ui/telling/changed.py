"""How it is marked, on a record's own row, that it is otherwise than in the former data: one word, and since when."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from backupreader.domain.changes import Changes, How, Subject, table_of
from backupreader.domain.moments import instant
from backupreader.domain.presence import source_of
from backupreader.domain.records import Medication
from printing.changewords import MARKS
from ui.chapter import View
from ui.clock import at, written
from ui.look import State
from ui.rows import Mark, Row

if TYPE_CHECKING:
    from backupreader.store.answers import CitizenHit

_LOOKS: Final = {
    How.NEW: State.INFO,
    How.CHANGED: State.INFO,
    How.STOPPED: State.STOP,
    How.PAUSED: State.LATE,
    How.RESUMED: State.INFO,
    How.WITHDRAWN: State.LATE,
    How.WHEREABOUTS: State.LATE,
    How.ENDED: State.LATE,
    How.MOVED: State.LATE,
    How.CANCELLED: State.LATE,
    How.GONE: State.LATE,
    How.MAYBE_NEW: State.INFO,
    How.MISSED: State.LATE,
}


def mark_of(record: Subject, view: View) -> tuple[Mark, ...]:
    """The mark of a record that is otherwise than in the former data; none of another, or while nobody knows.

    None of an order that is kept back: it stands there without its name.
    """
    if isinstance(record, Medication) and record.private and not record.drug:
        return ()
    how = None if view.changes is None else view.changes.marks.get((table_of(record), record.id))
    return () if how is None else (mark(how, table_of(record), source_of(record.id), view),)


def changed(row: Row, hit: CitizenHit, view: View) -> Row:
    """The row of a citizen who was found, with the marks of what any source says otherwise of her."""
    marks = [mark for one in (hit.citizen, *hit.also) for mark in mark_of(one, view)]
    return replace(row, marks=(*row.marks, *dict.fromkeys(marks))) if marks else row


def mark(how: How, table: str, source: str, view: View) -> Mark:
    """How it changed, in a word, and since when: the moment at which the former data was taken from its source."""
    word, state = MARKS[how], _LOOKS[how]
    assert view.changes is not None
    return Mark(view.language.text(word).format(moment=since(view.changes, table, source, view)), state)


def since(changes: Changes, table: str, source: str, view: View) -> str:
    """When the former data was taken: of this table and source, where that is known, else of the whole."""
    text = changes.since.get((table, source)) or changes.taken_at
    moment = instant(text, view.zone)
    return written(text, view.now, view.language) if moment is None else at(moment, view.now, view.language)
