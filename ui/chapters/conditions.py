"""Conditions: diagnoses and states of health and function, the current ones first."""

from __future__ import annotations

from typing import Final

from backupreader.domain.journal import Journal
from ui.chapter import Chapter, View, empty
from ui.rows import Row
from ui.telling.conditions import CURRENT, TOPIC, condition_row


def _rows(journal: Journal, view: View) -> tuple[Row, ...]:
    items = sorted(journal.conditions.items, key=lambda item: item.status not in CURRENT)
    return (*empty(TOPIC, journal, view), *(condition_row(item, view) for item in items))


CHAPTER: Final = Chapter(topic=TOPIC, rows=_rows)
