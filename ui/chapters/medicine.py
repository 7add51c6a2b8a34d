"""Medicine: what is current by time, when needed, paused; and, apart, what has ended or is in doubt.

Where several lists came, first in what they differ; what is due by one of them; then each by itself, with its own age.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from backupreader.domain.due import due_next
from backupreader.domain.journal import Journal
from backupreader.domain.medicinelists import MedicineList
from backupreader.domain.signing import Signing
from backupreader.language import N_, Language
from ui.chapter import Chapter, Show, View, empty, show_ended
from ui.rows import Kind, Row
from ui.telling import lists
from ui.telling.dayline import day_line
from ui.telling.lastgiven import last_given
from ui.telling.medicine import (
    TOPIC,
    due_rows,
    given_row,
    group_of,
    is_kept,
    kept_rows,
    may_be_needed,
    order_row,
)

_TITLES: Final = {
    "fixed": N_("Fixed medicine"),
    "prn": N_("When needed (PN)"),
    "paused": N_("Paused"),
    "unsure": N_("Status not known: ask before giving"),
}


def _rows(journal: Journal, view: View) -> tuple[Row, ...]:
    plan = lists.lists_now(journal, view)
    rows = [*empty(TOPIC, journal, view), *kept_rows(journal, view), *lists.confirmation_rows(journal, plan, view)]
    rows += lists.difference_rows(plan, view)
    differing = lists.differing(plan, view)
    due = due_next(journal, view.now)
    if due.entries:
        span = view.language.text("from 12 h ago to 24 h ahead")
        aside = " · ".join(part for part in (lists.made_from(plan, view), span) if part)
        rows.append(Row(kind=Kind.HEADING, title=view.language.text("Due"), aside=aside))
        rows += day_line(due, view)
        rows += due_rows(due.entries, view, differing)
    ended: list[Row] = []
    for one in plan.lists if journal.orders.items else ():
        if len(plan.lists) > 1:
            rows.append(lists.list_heading(one, view))
        groups = _groups(one, differing, plan, journal, view)
        rows += _in_force(groups, view)
        ended += groups["ended"]
    if due.given:
        rows.append(Row(kind=Kind.HEADING, title=view.language.text("Given in the last day")))
        rows += [given_row(item, journal, view) for item in due.given]
    if ended:
        title = view.language.text("Stopped, ended or in error")
        rows.append(Row(kind=Kind.HEADING, title=title, aside=_number(len(ended), view.language)))
        rows += ended if Show.ENDED in view.shown else [show_ended(len(ended), view.language)]
    return tuple(rows)


def _groups(
    one: MedicineList, differing: Mapping[str, tuple[str, ...]], plan: Signing, journal: Journal, view: View
) -> dict[str, list[Row]]:
    """One list's orders as rows, by where they stand."""
    groups: dict[str, list[Row]] = {name: [] for name in (*_TITLES, "ended")}
    for order in (*one.orders, *one.withheld):
        needed = may_be_needed(order, view) and not is_kept(order.medication)
        row = order_row(order, view, given=last_given(order, plan, journal, view) if needed else "")
        groups[group_of(order, view)].append(lists.marked(row, view) if order.medication.id in differing else row)
    return groups


def _in_force(groups: dict[str, list[Row]], view: View) -> list[Row]:
    rows: list[Row] = []
    for name, title in _TITLES.items():
        if groups[name]:
            number = _number(len(groups[name]), view.language)
            rows += [Row(kind=Kind.HEADING, title=view.language.text(title), aside=number), *groups[name]]
    return rows


def _number(number: int, language: Language) -> str:
    return language.count("{n} order", "{n} orders", number)


CHAPTER: Final = Chapter(topic=TOPIC, rows=_rows, document="medicine-sheet", lead=True)
