"""Visits: the next ones first, then those that have been."""

from __future__ import annotations

from typing import Final

from backupreader.domain.journal import Journal
from ui.chapter import Chapter, View, empty
from ui.rows import Kind, Row
from ui.telling.visits import TOPIC, coming, start_of, visit_row


def _rows(journal: Journal, view: View) -> tuple[Row, ...]:
    ahead = coming(journal, view)
    past = sorted((visit for visit in journal.visits.items if visit not in ahead), key=start_of, reverse=True)
    rows = list(empty(TOPIC, journal, view))
    if journal.visits.items:
        rows.append(Row(kind=Kind.HEADING, title=view.language.text("Next")))
        rows += [visit_row(visit, view) for visit in ahead] or [
            Row(kind=Kind.NOTHING, title=view.language.text("No visit is planned from now on in what was delivered."))
        ]
    if past:
        rows.append(Row(kind=Kind.HEADING, title=view.language.text("Before")))
        rows += [visit_row(visit, view) for visit in past]
    return tuple(rows)


CHAPTER: Final = Chapter(topic=TOPIC, rows=_rows, lead=True)
