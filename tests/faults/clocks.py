"""F11's clocks and ages, and what must be said under each: found out minute by minute, and not as the program does it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

ZONE: Final = ZoneInfo("Europe/Copenhagen")
NOW: Final = datetime(2026, 11, 22, 8, 42, tzinfo=ZONE)
AGES: Final = (
    timedelta(0),
    timedelta(hours=3, minutes=12),
    timedelta(hours=13),
    timedelta(hours=25, minutes=1),
    timedelta(days=3),
    timedelta(days=400),
)
SLACK: Final = timedelta(minutes=5)
MINUTE: Final = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Clock:
    """What the clock of the PC shows, and what time it really is (data of an age is taken so long before that).

    `then`: what it shows a moment later, where somebody sets it meanwhile.
    """

    name: str
    shows: datetime
    true: datetime
    then: datetime | None = None

    @property
    def readings(self) -> tuple[Clock, ...]:
        """One clock for each time that is shown."""
        return (self,) if self.then is None else (self, replace(self, shows=self.then))


def _wrong(name: str, shows: datetime) -> Clock:
    return Clock(name, shows, NOW)


def _right(name: str, shows: datetime) -> Clock:
    return Clock(name, shows, shows)


def _utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC).astimezone(ZONE)  # type: ignore[arg-type,misc]


CLOCKS: Final = (
    _right("right", NOW),
    _wrong("ten years behind", NOW.replace(year=2016)),
    _wrong("a day behind", NOW - timedelta(days=1)),
    _wrong("an hour behind: summer time is missing", NOW - timedelta(hours=1)),
    _wrong("a day ahead", NOW + timedelta(days=1)),
    _wrong("ten years ahead", NOW.replace(year=2036)),
    _wrong("an empty battery", _utc(1970, 1, 1)),
    _right("the last second of 31 bits", _utc(2038, 1, 19, 3, 14, 7)),
    _right("the second after 31 bits", _utc(2038, 1, 19, 3, 14, 8)),
    _right("the night that lacks an hour", _utc(2027, 3, 28, 1, 5)),
    _right("the first 02:30 of two", datetime(2026, 10, 25, 2, 30, tzinfo=ZONE)),
    _right("the second 02:30 of two", datetime(2026, 10, 25, 2, 30, tzinfo=ZONE, fold=1)),
    Clock("set back by a year while it is read", NOW, NOW, NOW.replace(year=2025)),
    Clock("set right by ten years while it is read", NOW.replace(year=2016), NOW, NOW),
    _right("the end of the calendar", datetime(9999, 12, 31, 22, 59, tzinfo=ZONE)),
)


@dataclass(frozen=True, slots=True)
class Due:
    """What is right: the age (None where it cannot be known), how many expected times were missed (at most two), and the next one."""

    age: timedelta | None
    missed: int
    following: datetime | None

    @property
    def state(self) -> str:
        if self.age is None:
            return "late"
        return ("good", "late", "old")[self.missed]


def due(clock: Clock, taken: datetime, expected: tuple[str, ...], late_after: timedelta) -> Due:
    """What must be said of data taken then, by one who walks through the minutes."""
    shows = clock.shows.astimezone(UTC)
    following = next((moment for moment in _minutes(shows + MINUTE, 2 * 1440, 1, expected)), None)
    if following is not None:
        following = following.replace(second=0, microsecond=0)
    if taken - shows > SLACK:
        return Due(None, 1, following)
    age = max(timedelta(0), shows - taken.astimezone(UTC))
    late = shows - late_after
    missed = [moment for moment in _minutes(late, 2 * 1440, -1, expected) if moment - taken > late_after]
    return Due(age, min(len(missed), 2), following)


def _minutes(start: datetime, count: int, step: int, expected: tuple[str, ...]) -> Iterator[datetime]:
    """Each minute from `start` on at which a clock on the wall shows an expected time, the first time that it does on that day."""
    start = start.replace(second=0, microsecond=0)
    for number in range(count):
        try:
            moment = start + step * number * MINUTE
            wall = moment.astimezone(ZONE)
        except OverflowError:
            return
        if wall.strftime("%H:%M") in expected and wall.fold == 0:
            yield moment
