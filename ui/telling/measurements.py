"""How measurements are told: each as written, and those of one name and unit in a chart where they are numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final

from backupreader.domain import moments
from backupreader.domain.journal import Journal, Section
from backupreader.domain.records import Measurement
from backupreader.language import N_
from ui import words
from ui.chapter import Topic, View
from ui.clock import passed, written
from ui.figures import Chart, Column
from ui.rows import Kind, Row, recorded

_NUMBER: Final = re.compile(r"[+-]?[0-9]{1,12}(?:[.,][0-9]{1,12})?")
_GAP: Final = timedelta(days=8)  # no line leads over more than a week in which nothing was measured
_LEAST: Final = 2


def measurement_row(item: Measurement, view: View) -> Row:
    """One measurement: its name, its value and its unit as written."""
    value = " ".join(part for part in (item.value, item.unit) if part)
    marks = () if item.status == "final" else (words.status_mark(item.status, item.status_source, view.language),)
    return Row(
        title=f"{item.name}: {value}",
        details=tuple(part for part in (item.note, item.taken_by) if part),
        aside=written(item.taken_at, view.now, view.language) or view.language.text("time not said"),
        marks=marks,
        struck=item.status == "entered-in-error",
        origin=recorded(item),
    )


def by_name(items: Iterable[Measurement], view: View) -> list[tuple[Measurement, ...]]:
    """Those of one name and one unit together, newest first; the group with the newest one first."""
    newest = sorted(items, key=lambda item: moments.order(item.taken_at, view.zone), reverse=True)
    groups: dict[tuple[str, str], list[Measurement]] = {}
    for item in newest:
        groups.setdefault((item.name, item.unit or ""), []).append(item)
    return [tuple(group) for group in groups.values()]


def chart_rows(group: tuple[Measurement, ...], view: View) -> tuple[Row, ...]:
    """The chart of a group; no row where fewer than two of its values are numbers with a day."""
    points = [point for item in reversed(group) if (point := _point(item, view)) is not None]
    if len(points) < _LEAST:
        return ()
    numbers = [number for _, _, number in points]
    lowest, highest = min(numbers), max(numbers)
    columns: list[Column] = []
    before: datetime | None = None
    for item, at, number in points:
        away = None if before is None else passed(before, at)
        far = away is not None and away > _GAP
        part = 0.5 if highest == lowest else float((number - lowest) / (highest - lowest))
        columns.append(
            Column(
                value=item.value,
                day=_day(item, at, view),
                height=part,
                joined=away is not None and not far,
                gap=view.language.count("{n} day", "{n} days", away.days) if far and away is not None else "",
                firm=item.status == "final",
            )
        )
        before = at
    written_of = {number: item.value for item, _, number in points}
    chart = Chart(
        columns=tuple(columns), highest=written_of[highest], lowest=written_of[lowest], unit=group[0].unit or ""
    )
    return (Row(kind=Kind.FIGURE, title=_sentence(group[0], chart, view), figure=chart),)


def _point(item: Measurement, view: View) -> tuple[Measurement, datetime, Decimal] | None:
    """A value that is a number and has a day, and was not entered in error."""
    if item.status == "entered-in-error" or not _NUMBER.fullmatch(item.value):
        return None
    day = moments.day(item.taken_at, view.zone)
    if day is None:
        return None
    at = moments.instant(item.taken_at, view.zone) or datetime(day.year, day.month, day.day, tzinfo=view.zone)
    return item, at, Decimal(item.value.replace(",", "."))


def _day(item: Measurement, at: datetime, view: View) -> str:
    """The day, and the clock time under it where that was delivered."""
    day = view.language.day(at.date(), year=at.year != view.now.year)
    return f"{day}\n{view.language.clock(at)}" if moments.instant(item.taken_at, view.zone) is not None else day


def _sentence(item: Measurement, chart: Chart, view: View) -> str:
    """What the chart shows, in words."""
    said = view.language.text("{name}: {values}, from {first} to {last}, lowest {lowest}, highest {highest} {unit}")
    values = view.language.count("{n} value", "{n} values", len(chart.columns))
    first, last = (" ".join(column.day.split("\n")) for column in (chart.columns[0], chart.columns[-1]))
    lowest, highest = chart.lowest, chart.highest
    return said.format(
        name=item.name, values=values, first=first, last=last, lowest=lowest, highest=highest, unit=chart.unit
    ).strip()


def _section(journal: Journal) -> Section[Measurement]:
    return journal.measurements


TOPIC: Final = Topic(
    name="measurements",
    title=N_("Measurements"),
    section=_section,
    nothing=N_("No measurements are recorded."),
    missing=N_("Measurements were not delivered by any source. Nothing is known about them here."),
)
