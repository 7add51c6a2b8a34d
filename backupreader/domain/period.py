"""Where a time on a day lies in a stated period, whatever precision the period was delivered in."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from enum import Enum
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from backupreader.domain import moments

_PART: Final = re.compile(r"([0-9]{4})(?:-([0-9]{2}))?")
_FIGURES: Final = re.compile(r"[0-9TZ:.+-]{4,40}")
_MONTHS: Final = 12


class Place(Enum):
    """Before, in or after a period; `UNSURE` where the precision of its bounds does not tell."""

    BEFORE = -1
    INSIDE = 0
    AFTER = 1
    UNSURE = 2


def within(start: str | None, end: str | None, day: date, clock: str | None, zone: ZoneInfo) -> Place:
    """Where a time on a day lies in start..end, both inclusive, either of which may be open, partial or unreadable."""
    after_start = True if not start else _compare(start, day, clock, zone, opening=True)
    if after_start is False:
        return Place.BEFORE
    before_end = True if not end else _compare(end, day, clock, zone, opening=False)
    if before_end is False:
        return Place.AFTER
    return Place.INSIDE if after_start and before_end else Place.UNSURE


def _compare(  # noqa: PLR0911 (one return a precision)
    bound: str, day: date, clock: str | None, zone: ZoneInfo, *, opening: bool
) -> bool | None:
    """Is the time on `day` not before an opening bound, or not after a closing one? None when that cannot be said."""
    possible = span(bound, zone)
    if possible is None:
        return None
    first, last = possible
    if day < first.date():
        return not opening
    if day > last.date():
        return opening
    if first.date() != last.date():
        return None  # a month or a year was delivered, and the day lies in it
    if first == last:  # a clock time was delivered
        if first.time() == (time.min if opening else time(23, 59)):
            return True  # the whole day lies inside
        if clock is None or (not opening and first.time() == time.min):
            return None  # an end at midnight: many sources write their last day so, and others the first day after it
        moment = datetime.combine(day, time.fromisoformat(clock))
        return moment >= first if opening else moment <= last
    return True


def span(text: str | None, zone: ZoneInfo) -> tuple[datetime, datetime] | None:
    """The first and last local moment that a text of any precision can mean; None when absent or unreadable.

    A day is returned as its first and last minute, a clock time as twice the same minute.
    """
    return _span(text, zone) if text and _FIGURES.fullmatch(text) else None


@lru_cache(maxsize=4096)  # a sheet asks about the same bounds for each dose and day; only figures are remembered
def _span(text: str, zone: ZoneInfo) -> tuple[datetime, datetime] | None:
    if part := _PART.fullmatch(text):
        year, month = int(part[1]), int(part[2] or 1)
        if not (1 <= year < date.max.year and 1 <= month <= _MONTHS):
            return None
        following = date(year + 1, 1, 1) if part[2] is None or month == _MONTHS else date(year, month + 1, 1)
        return _whole_day(date(year, month, 1))[0], _whole_day(following - timedelta(days=1))[1]
    exact = moments.instant(text, zone)
    if exact is not None:
        local = exact.astimezone(zone).replace(tzinfo=None, second=0, microsecond=0)
        return local, local
    day = moments.day(text, zone)
    return None if day is None else _whole_day(day)


def _whole_day(day: date) -> tuple[datetime, datetime]:
    return datetime.combine(day, time.min), datetime.combine(day, time(23, 59))
