"""The journal: the notes, newest first, each of them whole: a very long one behind a row that opens it in its place."""

from __future__ import annotations

from typing import Final

from backupreader.domain.journal import Journal
from ui.chapter import Chapter, Show, View, empty
from ui.rows import Kind, Row
from ui.telling.notes import TOPIC, note_rows


def _rows(journal: Journal, view: View) -> tuple[Row, ...]:
    rows = list(empty(TOPIC, journal, view))
    for note in journal.notes.items:
        rows += note_rows(note, view)
    behind = journal.notes.total - len(journal.notes.items)
    if behind > 0:
        title = view.language.count("Show one older note", "Show {n} older notes", behind)
        rows.append(Row(kind=Kind.ACTION, title=title, target=Show.OLDER))
    return tuple(rows)


CHAPTER: Final = Chapter(topic=TOPIC, rows=_rows, document="journal")
