"""Measurements as written: those of one name together, drawn where they are numbers, and listed, newest first.

A chart has a column a value in the order of time: it says which came after which, and each column says when it was.
"""

from __future__ import annotations

from typing import Final

from backupreader.domain.journal import Journal
from ui.chapter import Chapter, View, empty
from ui.rows import Kind, Row
from ui.telling.measurements import TOPIC, by_name, chart_rows, measurement_row


def _rows(journal: Journal, view: View) -> tuple[Row, ...]:
    rows = list(empty(TOPIC, journal, view))
    for group in by_name(journal.measurements.items, view):
        title = " · ".join(part for part in (group[0].name, group[0].unit) if part)
        number = view.language.count("{n} value", "{n} values", len(group))
        drawn = chart_rows(group, view)
        hint = view.language.text("a column a value, the newest at the right; each stands in the list too")
        aside = " · ".join(part for part in (number, hint if drawn else "") if part)
        rows.append(Row(kind=Kind.HEADING, title=title, aside=aside))
        rows += [*drawn, *(measurement_row(item, view) for item in group)]
    return tuple(rows)


CHAPTER: Final = Chapter(topic=TOPIC, rows=_rows)
