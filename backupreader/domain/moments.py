"""Moments as the sources wrote them: ISO 8601 text in the precision that was delivered, read without guessing.

``2026``, ``2026-11``, ``2026-11-22``, ``2026-11-22T07:30`` (local wall time) or ``2026-11-22T07:30:00+01:00``, with or
without seconds and their fractions. Nothing else is a moment: a text that is not one is shown as written, and reads as
None here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Final
from zoneinfo import ZoneInfo

UNDATED: Final = 0
"""What `order` says of a moment that is missing or cannot be read: it sorts before every other one."""

_MOMENT = re.compile(
    r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2})"
    r"(?:T([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:\.([0-9]{1,9}))?)?(Z|[+-][0-9]{2}:[0-9]{2})?)?)?)?"
)
_LARGEST_OFFSET = timedelta(hours=14)
_LEAP_SECOND = 60


def instant(text: str | None, zone: ZoneInfo) -> datetime | None:
    """The moment in `zone`, of a text that states at least the minute; None of anything else.

    Wall time is taken in `zone`: an hour that comes twice is its first coming, and an hour that the clocks skip is
    moved on by what they skip (02:30 becomes 03:30), so that the result is always a moment that has been.
    """
    match = _MOMENT.fullmatch(text) if text else None
    if match is None or match[4] is None:
        return None
    year, month, day, hour, minute = (int(match[group]) for group in range(1, 6))
    second = int(match[6] or 0)
    leap = second == _LEAP_SECOND  # FHIR allows it; the moment after :59 is meant
    try:
        offset = _offset(match[8])
        moment = datetime(
            year, month, day, hour, minute, second - leap, int((match[7] or "0").ljust(9, "0")[:6]), offset or zone
        )
        return (moment.astimezone(UTC) + timedelta(seconds=leap)).astimezone(zone)
    except (ValueError, OverflowError):
        return None


def _offset(written: str | None) -> timezone | None:
    """The stated offset from UTC. Raises ValueError beyond ±14:00, which no place on earth uses."""
    if written is None:
        return None
    if written == "Z":
        return UTC
    offset = timedelta(hours=int(written[1:3]), minutes=int(written[4:6]))
    if offset > _LARGEST_OFFSET:
        raise ValueError(written)
    return timezone(-offset if written[0] == "-" else offset)


def day(text: str | None, zone: ZoneInfo | None = None) -> date | None:
    """The calendar day of a text that states at least the day; None of anything else.

    With `zone`, a moment that states its own offset is first brought to `zone`; without, the day is the one that was
    written.
    """
    match = _MOMENT.fullmatch(text) if text else None
    if match is None or match[3] is None:
        return None
    if match[4] is not None:
        moment = instant(text, zone or _ANYWHERE)
        if moment is None or (zone is not None and match[8] is not None):
            return moment.date() if moment is not None else None
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None


def valid(text: str) -> bool:
    """Is this a moment in one of the forms above, with a day and an hour that exist on the calendar and the clock?"""
    match = _MOMENT.fullmatch(text)
    if match is None:
        return False
    if match[4] is not None:
        return instant(text, _ANYWHERE) is not None
    try:
        date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
    except ValueError:
        return False
    return True


_ANYWHERE: Final = ZoneInfo("UTC")


def oldest(texts: Iterable[str], zone: ZoneInfo) -> str | None:
    """The earliest of these moments, as it was written; one that cannot be read counts as the earliest.

    As text they do not sort: offsets differ, and on the night when an hour comes twice the later one looks earlier.
    """
    return min(texts, key=lambda text: order(text, zone), default=None)


def order(text: str | None, zone: ZoneInfo) -> int:
    """Seconds since 1970 by which moments of every precision sort; a year, month or day counts from its start.

    `UNDATED` for a moment that is missing or cannot be read. Made for millions of rows: less strict than `valid`.
    """
    if not text:
        return UNDATED
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        start = text + "-01-01" if len(text) == len("2026") else text + "-01"
        if not valid(text) or not valid(start):
            return UNDATED
        moment = datetime.fromisoformat(start)
    return int((moment if moment.tzinfo else moment.replace(tzinfo=zone)).timestamp())
