"""Shifts: the parts of a day by which care is planned and handed over. A night is one shift, over two dates.

A shift belongs to the date on which it begins. Its edges are wall-clock times of the site's zone, so the night on
which the clocks change is an hour shorter or longer than others, and no visit of it is lost.

A visit belongs to the shift in which it begins, whenever it ends.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final, Literal, TypeAlias, get_args
from zoneinfo import ZoneInfo

Name: TypeAlias = Literal["day", "evening", "night"]
NAMES: Final[tuple[Name, ...]] = get_args(Name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """When each shift begins, in order from the morning on; each ends when the next one begins."""

    day: time = time(7)
    evening: time = time(15)
    night: time = time(23)

    @property
    def are_in_order(self) -> bool:
        """Does each shift begin after the one before, on the same date? Nothing else is a day of three shifts."""
        return self.day < self.evening < self.night


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

    @property
    def lasts(self) -> timedelta:
        """How long it really is: the night on which the clocks go back is an hour longer than the clock says."""
        return timedelta(seconds=self.ends.timestamp() - self.begins.timestamp())


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


def shift_of(day: date, name: Name, zone: ZoneInfo, hours: Hours = USUAL) -> Shift:
    """The shift of this name that begins on a date."""
    return shifts_of(day, zone, hours)[NAMES.index(name)]


def shift_before(shift: Shift, hours: Hours = USUAL) -> Shift:
    """The shift that ends when this one begins."""
    zone = shift.begins.tzinfo
    assert isinstance(zone, ZoneInfo)
    at = NAMES.index(shift.name)
    return shift_of(shift.date - timedelta(days=not at), NAMES[at - 1], zone, hours)


def turned(shift: Shift, hours: Hours = USUAL) -> Shift:
    """The next shift of the same date; after its night, its day again."""
    zone = shift.begins.tzinfo
    assert isinstance(zone, ZoneInfo)
    return shift_of(shift.date, NAMES[(NAMES.index(shift.name) + 1) % len(NAMES)], zone, hours)


def comes_twice(moment: datetime) -> bool:
    """Does the clock show this wall time twice, because it was put back in between? `moment` carries its zone."""
    first, again = moment.replace(fold=0), moment.replace(fold=1)
    return first.utcoffset() != again.utcoffset() and first.timestamp() < again.timestamp()


def shift_at(now: datetime, hours: Hours = USUAL) -> Shift:
    """The shift that `now`, which carries the site's `ZoneInfo`, falls in: before the morning, the night before."""
    zone = now.tzinfo
    if not isinstance(zone, ZoneInfo):
        raise TypeError("now must carry the site's ZoneInfo")
    days = (now.date(), now.date() - timedelta(days=1))
    return next(shift for day in days for shift in reversed(shifts_of(day, zone, hours)) if shift.holds(now))
