"""The edges of a day's hours as instants, on the nights on which the clocks change too."""

from __future__ import annotations

from bisect import bisect_left
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from backupreader.domain.plan.contacts import DAY_ENDS


def zone_of(at: datetime) -> ZoneInfo:
    """The zone that a moment carries. Raises TypeError where it is not a site's `ZoneInfo`."""
    if not isinstance(at.tzinfo, ZoneInfo):
        raise TypeError("the moment must carry the site's ZoneInfo")
    return at.tzinfo


@lru_cache(maxsize=8192)
def begins_at(day: date, minute: int, zone: ZoneInfo) -> int:
    """The second since 1970 at which the clock of `zone` first shows this minute of a day, or a later one."""
    first, again = _both(day, minute, zone)
    return first if first <= again else _skipped(day, minute, zone)


@lru_cache(maxsize=8192)
def ends_at(day: date, minute: int, zone: ZoneInfo) -> int:
    """As `begins_at`, but the last time where the clock shows it twice: hours that end then last until then."""
    first, again = _both(day, minute, zone)
    return again if first <= again else _skipped(day, minute, zone)


def _wall(day: date, minute: int) -> datetime:
    days, rest = divmod(minute, DAY_ENDS)
    return datetime.combine(day + timedelta(days=days), time(*divmod(rest, 60)))


def _both(day: date, minute: int, zone: ZoneInfo) -> tuple[int, int]:
    """The two instants that this wall time may mean: the same, unless the clocks change; the later first in a gap."""
    wall = _wall(day, minute).replace(tzinfo=zone)
    return int(wall.timestamp()), int(wall.replace(fold=1).timestamp())


def _skipped(day: date, minute: int, zone: ZoneInfo) -> int:
    """When the clocks were put on, over a minute that was never shown."""
    later, earlier = _both(day, minute, zone)
    seconds = range(earlier, later + 1)
    shown = bisect_left(seconds, _wall(day, minute), key=lambda second: _shown(second, zone))
    return seconds[shown]


def _shown(second: int, zone: ZoneInfo) -> datetime:
    return datetime.fromtimestamp(second, zone).replace(tzinfo=None)
