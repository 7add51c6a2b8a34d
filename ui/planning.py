"""What a day has for those who drive, as the driving screen asks for it: routes, prints of them, or neither and why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from backupreader.domain.records import Delivery, Document
from backupreader.domain.rounds import DrivingList, RouteDay
from backupreader.language import Language
from ui.chapter import LEFT_OUT
from ui.rows import Kind, Row
from ui.telling import rounds

if TYPE_CHECKING:
    from backupreader.store.reader import Reader


@dataclass(frozen=True, slots=True)
class Planned:
    """On which days there are routes or prints of them, and those of one; `others` where they were asked for.

    `delivered` is False when no source sends visits; `left_out`: they are kept out of this copy on purpose.
    """

    day: date
    days: frozenset[date]
    printed: frozenset[date]
    routes: tuple[RouteDay, ...]
    documents: tuple[Document, ...]
    others: tuple[Document, ...] | None
    deliveries: tuple[Delivery, ...]
    delivered: bool
    left_out: bool


def nothing_row(planned: Planned, language: Language) -> Row:
    """What is said of a day that has nothing."""
    if planned.left_out:
        return Row(kind=Kind.MISSING, title=language.text(LEFT_OUT))
    if planned.printed and not planned.delivered:
        return Row(kind=Kind.NOTHING, title=language.text("No driving list was delivered for this day."))
    if not planned.delivered:
        sentence = language.text("Visits were not delivered by any source. Nothing is known about them here.")
        return Row(kind=Kind.MISSING, title=sentence)
    return Row(kind=Kind.NOTHING, title=language.text("No visit was delivered for this day."))


def planning(day: date, offered: frozenset[date] | None) -> Callable[[Reader], Planned]:
    """Asks for a day; with the days that are `offered`, also for the documents that stand on none of them."""

    def work(reader: Reader) -> Planned:
        printed = frozenset(reader.document_days())
        return Planned(
            day=day,
            days=frozenset(reader.days()) | printed,
            printed=printed,
            routes=reader.routes(day),
            documents=reader.documents(day),
            others=None if offered is None else rounds.others(reader.documents(), offered),
            deliveries=reader.deliveries(),
            delivered=any(delivery.table == "visit" for delivery in reader.deliveries()),
            left_out="visit" in reader.left_out(),
        )

    return work


def driving(route: str, day: date) -> Callable[[Reader], DrivingList]:
    """Asks for the visits of a route's day. Raises NEEDS_REASON where it is another unit's."""

    def work(reader: Reader) -> DrivingList:
        return reader.driving_list(route, day)

    return work
