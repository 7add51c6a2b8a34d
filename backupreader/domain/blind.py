"""What was planned to change in the blind window: between the moment a source was asked, and now.

Nobody knows what was done since then. But what was written down already to happen in it is known, and is told as that:
planned, not confirmed. Each source has its own window. A last day is told on that day, although it ends at midnight; a
first day from its beginning on. What was so already when the source was asked is no change, and neither is what has no
day of its own (a month, a year).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import Enum
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

from backupreader.domain.journal import Journal, Order, Section
from backupreader.domain.moments import instant, order
from backupreader.domain.period import span
from backupreader.domain.presence import is_current, source_of
from backupreader.domain.records import Alert, Citizen, Dose, Intervention, Medication, Visit

Planned: TypeAlias = Medication | Citizen | Intervention | Alert | Visit


class Turn(Enum):
    """What was planned to happen, in the order in which it matters where it happens at one moment."""

    STOPS = "stops"  # an order's last day or moment
    PAUSES = "pauses"
    RESUMES = "resumes"
    BEGINS = "begins"
    DOSE_ENDS = "dose-ends"
    DOSE_BEGINS = "dose-begins"
    WHEREABOUTS = "whereabouts"  # she was to be where her status says from then on
    WARNING_ENDS = "warning-ends"
    TASK_ENDS = "task-ends"
    TASK_BEGINS = "task-begins"
    VISIT = "visit"  # it should have been


@dataclass(frozen=True, slots=True)
class Event:
    """One planned change. `at` is when, in wall time: the beginning of a first day, the end of a last one.

    `text` is that moment as written.
    """

    turn: Turn
    at: datetime
    text: str
    record: Planned
    dose: Dose | None = None


@dataclass(frozen=True, slots=True)
class Window:
    """From when a source's statements on something are not known to hold any more; until `now`."""

    since: datetime
    now: datetime
    zone: ZoneInfo

    def begins(self, text: str | None) -> datetime | None:
        """The moment at which what has this first day or moment begins, where that lies in the window."""
        found = span(text, self.zone)
        if text is None or found is None or found[0].date() != found[1].date():
            return None
        return found[0] if self._since < found[0] <= self._now else None

    def ends(self, text: str | None) -> datetime | None:
        """The moment at which what has this last day or moment ends, where that day or moment lies in the window."""
        found = span(text, self.zone)
        if text is None or found is None or found[0].date() != found[1].date():
            return None
        whole_day = found[0] != found[1]
        until = datetime.combine(self._now.date(), time.max) if whole_day else self._now
        return found[1] if self._since < found[1] <= until else None

    @property
    def _since(self) -> datetime:
        return self.since.astimezone(self.zone).replace(tzinfo=None)

    @property
    def _now(self) -> datetime:
        return self.now.astimezone(self.zone).replace(tzinfo=None)


def windows(section: Section[Any], now: datetime) -> dict[str, Window]:
    """The window of each source of a section; none of one whose moment cannot be read, or lies ahead of this clock.

    `now` carries the site's `ZoneInfo`.
    """
    zone = now.tzinfo
    if not isinstance(zone, ZoneInfo):
        raise TypeError("now must carry the site's ZoneInfo")
    found: dict[str, Window] = {}
    for delivery in sorted(section.deliveries, key=lambda one: order(one.taken_at, zone), reverse=True):
        taken = instant(delivery.taken_at, zone)
        if taken is not None and taken < now:
            found[delivery.source] = Window(taken, now, zone)
    return found


def planned(journal: Journal, now: datetime) -> tuple[Event, ...]:
    """What was planned to change for a citizen since each source was asked, in time order."""
    events = [
        *_orders(journal.orders, now),
        *_citizen(journal, now),
        *_warnings(journal.alerts, now),
        *_tasks(journal.interventions, now),
        *_visits(journal.visits, now),
    ]
    turns = list(Turn)
    return tuple(sorted(events, key=lambda event: (event.at, turns.index(event.turn), event.record.id)))


def of_order(one: Order, window: Window) -> Iterator[Event]:
    """What was planned for one order that is in force, or may be."""
    drug = one.medication
    if not is_current(drug.status) or drug.status == "draft":
        return
    ended, begun = window.ends(drug.end), window.begins(drug.start)
    if ended is not None:
        yield Event(Turn.STOPS, ended, drug.end or "", drug)
    if begun is not None:
        yield Event(Turn.BEGINS, begun, drug.start or "", drug)
    paused, resumed = window.begins(drug.paused_from), window.ends(drug.paused_to)
    if paused is not None:
        yield Event(Turn.PAUSES, paused, drug.paused_from or "", drug)
    if resumed is not None:
        yield Event(Turn.RESUMES, resumed, drug.paused_to or "", drug)
    for dose in one.doses:
        if ended is None and (last := window.ends(dose.end)) is not None:
            yield Event(Turn.DOSE_ENDS, last, dose.end or "", drug, dose)
        if begun is None and (first := window.begins(dose.start)) is not None:
            yield Event(Turn.DOSE_BEGINS, first, dose.start or "", drug, dose)


def today(now: datetime) -> Window:
    """The window of a whole day, for what is told of a record whatever the age of its source."""
    zone = now.tzinfo
    if not isinstance(zone, ZoneInfo):
        raise TypeError("now must carry the site's ZoneInfo")
    midnight = datetime.combine(now.date(), time.min, zone)
    end = datetime.combine(now.date(), time(23, 59), zone)
    return Window(midnight - timedelta(minutes=1), end, zone)


def _orders(section: Section[Order], now: datetime) -> Iterator[Event]:
    known = windows(section, now)
    for one in section.items:
        window = _of(known, one.medication.id)
        if window is not None:
            yield from of_order(one, window)


def _citizen(journal: Journal, now: datetime) -> Iterator[Event]:
    known = {one.source: one for one in journal.told}
    zone = now.tzinfo
    assert isinstance(zone, ZoneInfo)
    for one in (journal.citizen, *journal.also):
        told = known.get(source_of(one.id))
        taken = instant(told.taken_at, zone) if told is not None else None
        if taken is None or taken >= now:
            continue
        if (at := Window(taken, now, zone).begins(one.status_since)) is not None:
            yield Event(Turn.WHEREABOUTS, at, one.status_since or "", one)


def _warnings(section: Section[Alert], now: datetime) -> Iterator[Event]:
    known = windows(section, now)
    for alert in section.items:
        window = _of(known, alert.id)
        if window is not None and is_current(alert.status) and (at := window.ends(alert.end)) is not None:
            yield Event(Turn.WARNING_ENDS, at, alert.end or "", alert)


def _tasks(section: Section[Intervention], now: datetime) -> Iterator[Event]:
    known = windows(section, now)
    for task in section.items:
        window = _of(known, task.id)
        if window is None or not is_current(task.status):
            continue
        if (at := window.ends(task.end)) is not None:
            yield Event(Turn.TASK_ENDS, at, task.end or "", task)
        if (at := window.begins(task.start)) is not None:
            yield Event(Turn.TASK_BEGINS, at, task.start or "", task)


def _visits(section: Section[Visit], now: datetime) -> Iterator[Event]:
    """Visits that were planned to be under way or over by now, and of which nothing is known."""
    known = windows(section, now)
    for visit in section.items:
        window = _of(known, visit.id)
        if window is not None and visit.status == "planned" and (at := window.begins(visit.start)) is not None:
            yield Event(Turn.VISIT, at, visit.start, visit)


def _of(known: dict[str, Window], record_id: str) -> Window | None:
    """The window of a record's source; of one whose source says nothing of itself, the longest."""
    own = known.get(source_of(record_id))
    return own or min(known.values(), key=lambda window: window.since, default=None)
