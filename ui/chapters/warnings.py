"""Warnings: CAVE and all else that must be known first, with what the source says about each."""

from __future__ import annotations

from typing import Final

from backupreader.domain.journal import Journal
from backupreader.domain.presence import is_current
from ui.chapter import Chapter, View, empty
from ui.rows import Row
from ui.telling.warnings import TOPIC, alert_row


def _rows(journal: Journal, view: View) -> tuple[Row, ...]:
    items = sorted(journal.alerts.items, key=lambda item: not is_current(item.status))
    return (*empty(TOPIC, journal, view), *(alert_row(item, view) for item in items))


CHAPTER: Final = Chapter(topic=TOPIC, rows=_rows)
