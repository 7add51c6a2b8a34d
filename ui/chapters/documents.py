"""Documents kept whole: letters, plans, scans. Enter opens one."""

from __future__ import annotations

from typing import Final

from backupreader.domain.journal import Journal
from ui.chapter import Chapter, View, empty
from ui.rows import Row
from ui.telling.documents import TOPIC, document_row


def _rows(journal: Journal, view: View) -> tuple[Row, ...]:
    deliveries = journal.documents.deliveries
    rows = [document_row(item, deliveries, view) for item in journal.documents.items]
    return (*empty(TOPIC, journal, view), *rows)


CHAPTER: Final = Chapter(topic=TOPIC, rows=_rows)
