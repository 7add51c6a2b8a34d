"""Measurements, newest first, as written."""

from __future__ import annotations

from typing import Final

from backupreader.domain import moments
from backupreader.domain.journal import Journal, Section
from backupreader.domain.records import Measurement
from backupreader.language import N_
from ui import words
from ui.chapter import Chapter, Topic, View, empty
from ui.clock import written
from ui.rows import Row


def _measurement_row(item: Measurement, view: View) -> Row:
    value = " ".join(part for part in (item.value, item.unit) if part)
    marks = () if item.status == "final" else (words.status_mark(item.status, item.status_source, view.language),)
    return Row(
        title=f"{item.name}: {value}",
        details=tuple(part for part in (item.note, item.taken_by) if part),
        aside=written(item.taken_at, view.now, view.language) or view.language.text("time not said"),
        marks=marks,
        struck=item.status == "entered-in-error",
    )


def _rows(journal: Journal, view: View) -> tuple[Row, ...]:
    newest = sorted(journal.measurements.items, key=lambda item: moments.order(item.taken_at, view.zone), reverse=True)
    return (*empty(TOPIC, journal, view), *(_measurement_row(item, view) for item in newest))


def _section(journal: Journal) -> Section[Measurement]:
    return journal.measurements


TOPIC: Final = Topic(
    name="measurements",
    title=N_("Measurements"),
    section=_section,
    nothing=N_("No measurements are recorded."),
    missing=N_("Measurements were not delivered by any source. Nothing is known about them here."),
)
CHAPTER: Final = Chapter(topic=TOPIC, rows=_rows)
