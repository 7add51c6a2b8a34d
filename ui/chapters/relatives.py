"""Relatives and others to ring: the first to ring first, and whether at night."""

from __future__ import annotations

from typing import Final

from backupreader.domain.journal import Journal
from ui.chapter import Chapter, View, empty
from ui.rows import Row
from ui.telling.relatives import TOPIC, contact_row, in_order


def _rows(journal: Journal, view: View) -> tuple[Row, ...]:
    return (*empty(TOPIC, journal, view), *(contact_row(contact, view) for contact in in_order(journal)))


CHAPTER: Final = Chapter(topic=TOPIC, rows=_rows)
