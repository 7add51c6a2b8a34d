"""Planned downtime that comes back: on which days, and from when until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from backupreader.domain.plan.duties import Window
from backupreader.domain.plan.plan import Plan
from backupreader.domain.plan.wallclock import begins_at, ends_at, zone_of

_WEEK: Final = 7


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A window on one day: from `begins` until before `ends`, both with the site's zone."""

    window: Window
    begins: datetime
    ends: datetime

    def holds(self, moment: datetime) -> bool:
        """Does a moment, with any zone, fall in it?"""
        return self.begins.timestamp() <= moment.timestamp() < self.ends.timestamp()


def occurrences(plan: Plan, begins: datetime, ends: datetime) -> tuple[Occurrence, ...]:
    """Every occurrence of which a part lies from `begins` until before `ends`, in order; both carry the site's zone.

    Raises TypeError where `begins` does not carry a `ZoneInfo`.
    """
    zone = zone_of(begins)
    day, last = begins.date(), ends.astimezone(zone).date()
    found: list[Occurrence] = []
    while day <= last:
        for window in plan.windows:
            if is_on(window, day):
                first, end = begins_at(day, window.begins, zone), ends_at(day, window.ends, zone)
                if first < ends.timestamp() and begins.timestamp() < end:
                    edges = (datetime.fromtimestamp(second, zone) for second in (first, end))
                    found.append(Occurrence(window, *edges))
        day += timedelta(days=1)
    return tuple(sorted(found, key=lambda one: one.begins.timestamp()))


def is_on(window: Window, day: date) -> bool:
    """Is this the window's day: in one of its months, the weekday it names, the how-manieth of the month?"""
    if day.isoweekday() != window.day or (window.months and day.month not in window.months):
        return False
    if window.week < 0:
        return (day + timedelta(days=_WEEK)).month != day.month
    return (day.day - 1) // _WEEK + 1 == window.week


def going(plan: Plan, at: datetime) -> tuple[Occurrence, ...]:
    """What is down as planned at a moment, which carries the site's `ZoneInfo`."""
    return tuple(one for one in occurrences(plan, at, at + timedelta(seconds=1)) if one.holds(at))


def coming(plan: Plan, at: datetime, days: int) -> tuple[Occurrence, ...]:
    """What is planned later today and in the `days` days after it: 1 is until the end of tomorrow."""
    end = begins_at(at.date(), (days + 1) * 24 * 60, zone_of(at))
    ahead = occurrences(plan, at, datetime.fromtimestamp(end, at.tzinfo))
    return tuple(one for one in ahead if one.begins.timestamp() > at.timestamp())
