"""How old the data is, and whether newer should have been here: pure rules of two clocks that may both be wrong.

Data is expected at certain local clock times a day. Data counts for an expected time when it was taken no more than
the allowed lateness before it, so that an export which runs a little early is not called late. A clock never keeps
anyone from reading: every clock gives an answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import Enum
from typing import Final

CLOCK_SLACK: Final = timedelta(minutes=5)
"""Two good clocks may differ so much; data from further ahead than this means that one of them is wrong."""
UNSTATED: Final = timedelta(hours=24)
"""How old data may grow where no times are expected; twice as old is old."""
_DAYS_BACK: Final = 3


class State(Enum):
    """What the lock screen says in one word."""

    GOOD = "good"
    LATE = "late"  # the newest expected time has passed without data, or the age cannot be known
    OLD = "old"  # so has the one before it


@dataclass(frozen=True, slots=True)
class Freshness:
    """The verdict.

    `age` is never negative. `ahead`: the data was taken in the future, so this PC's clock or the source's is wrong, and
    the age cannot be known. `missed` is the oldest of the last expected times that passed without data.
    """

    state: State
    age: timedelta
    next_expected: datetime | None
    ahead: bool = False
    missed: datetime | None = None


def judge(taken_at: datetime, now: datetime, expected: Sequence[str], late_after: timedelta) -> Freshness:
    """How fresh data taken at `taken_at` is at `now`.

    Both carry a zone; `expected` are clock times ``HH:MM`` in the zone of `now`.
    An expected time that the clocks skip is moved on by what they skip; one that comes twice is its first coming.
    """
    around = list(_expected(now, expected))
    age = max(timedelta(0), between(taken_at, now))
    coming = next((moment for moment in around if between(now, moment) > timedelta(0)), None)
    if between(now, taken_at) > CLOCK_SLACK:
        return Freshness(State.LATE, age, coming, ahead=True)
    if not expected:
        state = State.GOOD if age <= UNSTATED else State.LATE if age <= 2 * UNSTATED else State.OLD
        return Freshness(state, age, None)
    due = [moment for moment in around if between(moment, now) >= late_after]
    missed = [moment for moment in due if between(taken_at, moment) > late_after]
    state = (State.GOOD, State.LATE, State.OLD)[min(len(missed), 2)]
    return Freshness(state, age, coming, missed=missed[0] if missed else None)


def between(earlier: datetime, later: datetime) -> timedelta:
    """The time that really passes; subtracted as written, wall times are an hour wrong where the clocks change."""
    offsets = (later.utcoffset() or timedelta(0)) - (earlier.utcoffset() or timedelta(0))
    return later.replace(tzinfo=None) - earlier.replace(tzinfo=None) - offsets


def _expected(now: datetime, clocks: Sequence[str]) -> Iterator[datetime]:
    """The expected moments around `now`, in order: enough of the past to tell late from old, and the next one."""
    for days in range(-_DAYS_BACK, 2):
        for clock in sorted(clocks):
            try:
                wall = datetime.combine(now.date() + timedelta(days=days), time.fromisoformat(clock), now.tzinfo)
                moment = wall.astimezone(UTC).astimezone(now.tzinfo)
            except OverflowError:  # beyond the calendar's ends, where only a broken clock can be
                continue
            yield moment
