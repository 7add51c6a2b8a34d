"""What a shift has for those who drive, as the screens ask for it: lists, prints of them, or neither and why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from backupreader.domain import readiness
from backupreader.domain.daysoff import noon_after_days_off
from backupreader.domain.overview import Page
from backupreader.domain.readiness import Readiness
from backupreader.domain.records import Delivery, Document
from backupreader.domain.rounds import DrivingList
from backupreader.domain.shiftlists import Pick, ShiftLists
from backupreader.domain.shifts import Hours, Shift, shift_at, shift_of, shifts_of
from backupreader.language import Language
from backupreader.settings import Settings
from ui.chapter import LEFT_OUT
from ui.rows import Kind, Row
from ui.telling import rounds

if TYPE_CHECKING:
    from backupreader.store.reader import Reader


@dataclass(frozen=True, slots=True)
class Planned:
    """On which days there are routes or prints of them, and a shift's lists; `others` where they were asked for.

    `delivered` is False when no source sends visits; `left_out`: they are kept out of this copy on purpose.
    """

    days: frozenset[date]
    printed: frozenset[date]
    lists: ShiftLists
    documents: tuple[Document, ...]
    others: tuple[Document, ...] | None
    deliveries: tuple[Delivery, ...]
    delivered: bool
    left_out: bool

    @property
    def shift(self) -> Shift:
        """The shift that was asked for, or in which the route runs that was."""
        return self.lists.shift


def nothing_row(planned: Planned, language: Language) -> Row:
    """What is said of a shift that has nothing."""
    if planned.left_out:
        return Row(kind=Kind.MISSING, title=language.text(LEFT_OUT))
    if planned.printed and not planned.delivered:
        return Row(kind=Kind.NOTHING, title=language.text("No driving list was delivered for this day."))
    if not planned.delivered:
        sentence = language.text("Visits were not delivered by any source. Nothing is known about them here.")
        return Row(kind=Kind.MISSING, title=sentence)
    return Row(kind=Kind.NOTHING, title=language.text("No visit was delivered for this shift."))


def shifts_of_route(day: date, now: datetime, settings: Settings) -> tuple[Shift, ...]:
    """Where to look for a route of a day: in the shift that is now, the day's own, and the night that ends on it."""
    hours, zone = settings.shifts, settings.timezone()
    current = shift_at(now, hours)
    own = (current,) if day in {current.date, now.date()} else ()
    return (*own, *shifts_of(day, zone, hours), shift_of(day - timedelta(days=1), "night", zone, hours))


def planning(
    shifts: tuple[Shift, ...], offered: frozenset[date] | None, route: str = ""
) -> Callable[[Reader], Planned]:
    """Asks for the first of these shifts, or for the first in which `route` runs.

    With the days that are `offered`, also for the documents that stand on none of them.
    """

    def work(reader: Reader) -> Planned:
        printed = frozenset(reader.document_days())
        lists = _lists(reader, shifts, route)
        return Planned(
            days=frozenset(reader.days()) | printed,
            printed=printed,
            lists=lists,
            documents=reader.documents(lists.shift.date),
            others=None if offered is None else rounds.others(reader.documents(), offered),
            deliveries=reader.deliveries(),
            delivered=any(delivery.table == "visit" for delivery in reader.deliveries()),
            left_out="visit" in reader.left_out(),
        )

    return work


def _lists(reader: Reader, shifts: tuple[Shift, ...], route: str) -> ShiftLists:
    found = reader.shift_lists(shifts[0])
    for shift in shifts[1:] if route else ():
        if any(one.pick.name == route for one in found.routes):
            return found
        found = reader.shift_lists(shift)
    if route and not any(one.pick.name == route for one in found.routes):
        return reader.shift_lists(shifts[0])
    return found


def driving(shift: Shift, pick: Pick, hours: Hours) -> Callable[[Reader], DrivingList]:
    """Asks for the visits of one list. Raises NEEDS_REASON where it is a route, and another unit's."""

    def work(reader: Reader) -> DrivingList:
        return reader.shift_list(shift, pick, hours)

    return work


def overseeing(shift: Shift, number: int) -> Callable[[Reader], Page]:
    """Asks for a page of the shift at a glance."""

    def work(reader: Reader) -> Page:
        return reader.overview(shift, number)

    return work


def readying(settings: Settings, now: datetime) -> Callable[[Reader], Readiness]:
    """Asks whether all lists are held until the offices open again."""

    def work(reader: Reader) -> Readiness:
        until = noon_after_days_off(now, settings.country)
        runs, unplaced = reader.runs(readiness.first_day(now), until.date(), settings.shifts)
        return readiness.readiness(
            now,
            country=settings.country,
            hours=settings.shifts,
            runs=runs,
            unplaced=unplaced,
            delivered=any(delivery.table == "visit" for delivery in reader.deliveries()),
        )

    return work
