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
from ui.rows import Mark, Row, recorded
from ui.telling.long import long_rows

BRIEF: Final = 400
"""As many characters of a note stand in a line that is not the note's own."""


def note_rows(note: Note, view: View) -> tuple[Row, ...]:
    """One note, whole; a very long one as it was asked for."""
    return long_rows(note_row(note, view, longest=0), note.text, view)


def note_row(note: Note, view: View, *, longest: int = BRIEF) -> Row:
    """The head of a note with the first words of its text, an ellipsis where it goes on; with no text at 0."""
    text = note.text if len(note.text) <= longest else note.text[:longest].rstrip() + " …" if longest else ""
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
        origin=recorded(note),
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
