"""Shifts: the parts of a day by which care is planned and handed over. A night is one shift, over two dates.

A shift belongs to the date on which it begins. Its edges are wall-clock times of the site's zone, so the night on
which the clocks change is an hour shorter or longer than others, and no visit of it is lost.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final, Literal, TypeAlias
from zoneinfo import ZoneInfo

Name: TypeAlias = Literal["day", "evening", "night"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """When each shift begins, in order from the morning on; each ends when the next one begins."""

    day: time = time(7)
    evening: time = time(15)
    night: time = time(23)


@dataclass(frozen=True, slots=True)
class Shift:
    """One shift: from `begins` until before `ends`, both with the site's zone. `date` is that of its beginning."""

    name: Name
    date: date
    begins: datetime
    ends: datetime

    def holds(self, moment: datetime) -> bool:
        """Does a moment, with any zone, fall in it?"""
        return self.begins.timestamp() <= moment.timestamp() < self.ends.timestamp()


USUAL: Final = Hours()


def shifts_of(day: date, zone: ZoneInfo, hours: Hours = USUAL) -> tuple[Shift, Shift, Shift]:
    """The three shifts that begin on a date, in order."""
    morning, afternoon, late = (datetime.combine(day, clock, zone) for clock in (hours.day, hours.evening, hours.night))
    next_morning = datetime.combine(day + timedelta(days=1), hours.day, zone)
    return (
        Shift("day", day, morning, afternoon),
        Shift("evening", day, afternoon, late),
        Shift("night", day, late, next_morning),
    )


def shift_at(now: datetime, hours: Hours = USUAL) -> Shift:
    """The shift that `now`, which carries the site's `ZoneInfo`, falls in: before the morning, the night before."""
    zone = now.tzinfo
    if not isinstance(zone, ZoneInfo):
        raise TypeError("now must carry the site's ZoneInfo")
    days = (now.date(), now.date() - timedelta(days=1))
    return next(shift for day in days for shift in reversed(shifts_of(day, zone, hours)) if shift.holds(now))
