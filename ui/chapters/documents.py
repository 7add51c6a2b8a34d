"""Documents kept whole: letters, plans, scans. Enter opens one."""

from __future__ import annotations

from typing import Final

from backupreader.domain.journal import Journal, Section
from backupreader.domain.records import Document
from backupreader.language import N_
from ui.chapter import Chapter, Topic, View, empty
from ui.rows import Row
from ui.telling.documents import document_row


def _rows(journal: Journal, view: View) -> tuple[Row, ...]:
    deliveries = journal.documents.deliveries
    rows = [document_row(item, deliveries, view) for item in journal.documents.items]
    return (*empty(TOPIC, journal, view), *rows)


def _section(journal: Journal) -> Section[Document]:
    return journal.documents


TOPIC: Final = Topic(
    name="documents",
    title=N_("Documents"),
    section=_section,
    nothing=N_("No documents are recorded."),
    missing=N_("Documents were not delivered by any source. Nothing is known about them here."),
)
CHAPTER: Final = Chapter(topic=TOPIC, rows=_rows)
