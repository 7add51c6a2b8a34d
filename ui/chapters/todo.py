"""What to do: the interventions, each with how it is to be done."""

from __future__ import annotations

from typing import Final

from backupreader.domain.journal import Journal
from ui.chapter import Chapter, Show, View, empty, show_ended
from ui.rows import Kind, Row
from ui.telling.todo import TOPIC, current, intervention_rows


def _rows(journal: Journal, view: View) -> tuple[Row, ...]:
    now = current(journal)
    ended = [item for item in journal.interventions.items if item not in now]
    rows = [*empty(TOPIC, journal, view), *(row for item in now for row in intervention_rows(item, view))]
    if ended:
        rows.append(Row(kind=Kind.HEADING, title=view.language.text("Ended or in error")))
        if Show.ENDED in view.shown:
            rows += [row for item in ended for row in intervention_rows(item, view)]
        else:
            rows.append(show_ended(len(ended), view.language))
    return tuple(rows)


CHAPTER: Final = Chapter(topic=TOPIC, rows=_rows)
