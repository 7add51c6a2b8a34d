"""Medicine: what is current by time, when needed, paused; and, apart, what has ended or is in doubt."""

from __future__ import annotations

from typing import Final

from backupreader.domain.due import due_next
from backupreader.domain.journal import Journal
from backupreader.language import N_, Language
from ui.chapter import Chapter, Show, View, empty, show_ended
from ui.rows import Kind, Row
from ui.telling.medicine import TOPIC, due_rows, given_row, group_of, order_row

_GIVEN_SHOWN: Final = 8


def _rows(journal: Journal, view: View) -> tuple[Row, ...]:
    language = view.language
    groups: dict[str, list[Row]] = {"fixed": [], "prn": [], "paused": [], "unsure": [], "ended": []}
    due = due_next(journal, view.now)
    for order in journal.orders.items:
        groups[group_of(order, view)].append(order_row(order, view))
    rows = list(empty(TOPIC, journal, view))
    if due.entries:
        rows.append(
            Row(kind=Kind.HEADING, title=language.text("Due"), aside=language.text("from 12 h ago to 24 h ahead"))
        )
        rows += due_rows(due.entries, view)
    titles = {
        "fixed": N_("Fixed medicine"),
        "prn": N_("When needed (PN)"),
        "paused": N_("Paused"),
        "unsure": N_("Status not known: ask before giving"),
    }
    for name, title in titles.items():
        if groups[name]:
            rows.append(Row(kind=Kind.HEADING, title=language.text(title), aside=_number(len(groups[name]), language)))
            rows += groups[name]
    if due.given:
        rows.append(Row(kind=Kind.HEADING, title=language.text("Given in the last day")))
        rows += [given_row(item, journal, view) for item in due.given[:_GIVEN_SHOWN]]
    if groups["ended"]:
        rows.append(
            Row(
                kind=Kind.HEADING,
                title=language.text("Stopped, ended or in error"),
                aside=_number(len(groups["ended"]), language),
            )
        )
        rows += groups["ended"] if Show.ENDED in view.shown else [show_ended(len(groups["ended"]), language)]
    return tuple(rows)


def _number(number: int, language: Language) -> str:
    return language.count("{n} order", "{n} orders", number)


CHAPTER: Final = Chapter(topic=TOPIC, rows=_rows, document="medicine-sheet", lead=True)
