"""How a note is told."""

from __future__ import annotations

from typing import Final

from backupreader.domain.journal import Journal, Section
from backupreader.domain.records import Note
from backupreader.language import N_
from ui import words
from ui.chapter import Topic, View
from ui.clock import written
from ui.look import State
from ui.rows import Mark, Row


def note_row(note: Note, view: View, *, longest: int | None = None) -> Row:
    """One note; `longest` cuts its text for an overview, and says so with an ellipsis."""
    text = note.text if longest is None or len(note.text) <= longest else note.text[:longest].rstrip() + " …"
    author = " ".join(part for part in (note.author, f"({note.author_role})" if note.author_role else "") if part)
    head = " · ".join(part for part in (note.title or note.kind, author) if part)
    marks: list[Mark] = []
    if note.important:
        marks.append(Mark(view.language.text("IMPORTANT"), State.STOP))
    if note.status != "final":
        marks.append(words.status_mark(note.status, note.status_source, view.language))
    return Row(
        title=head or view.language.text("Note"),
        details=(text,) if text else (),
        aside=written(note.written_at, view.now, view.language) or view.language.text("time not said"),
        marks=tuple(marks),
        struck=note.status in {"entered-in-error", "superseded"},
    )


def _section(journal: Journal) -> Section[Note]:
    return journal.notes


TOPIC: Final = Topic(
    name="notes",
    title=N_("Journal"),
    section=_section,
    nothing=N_("No notes are recorded."),
    missing=N_("Journal notes were not delivered by any source. Nothing is known about them here."),
)
