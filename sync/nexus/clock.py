"""Moments as the API writes them, brought exactly to the site's zone.

Seen in answers: ``2024-03-18T11:53:12.000+0000`` (an offset without colon, nearly always UTC), ``…Z``, a bare day, and
milliseconds since 1970 from older versions. A moment with an offset becomes the same moment with the site's offset; a
bare day or wall time stays as it is. A day often comes as the UTC moment of the site's midnight (odense-rpa's
`_fill_grant_elements` writes it so): in the
site's zone it is that day at 00:00, and `bare_day` reads it as the day.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from backupreader.domain import moments

_BARE_OFFSET: Final = re.compile(r"(.*T.*[+-][0-9]{2})([0-9]{2})")
_OFFSET: Final = re.compile(r".*T.*(?:Z|[+-][0-9]{2}:[0-9]{2})")
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_LEAST_MILLISECONDS: Final = 10**10
_MINUTES: Final = len("2026-11-22T07:30")


def moment(value: object, zone: ZoneInfo) -> str | None:
    """The moment that a text or a number of milliseconds states; None for what is none.

    Numbers near 1970 are refused: they may as well be seconds, or a day written as a number.
    """
    if isinstance(value, int) and not isinstance(value, bool):
        return _from_milliseconds(value, zone) if abs(value) > _LEAST_MILLISECONDS else None
    if not isinstance(value, str):
        return None
    text = _BARE_OFFSET.sub(r"\1:\2", value.strip())
    if not _OFFSET.fullmatch(text):
        return text if moments.valid(text) else None
    read = moments.instant(text, zone)
    if read is None:
        return None
    short = len(re.sub(r"(?:Z|[+-]\d\d:\d\d)$", "", text)) == _MINUTES
    return read.isoformat(timespec="minutes") if short else _written(read)


def _from_milliseconds(value: int, zone: ZoneInfo) -> str | None:
    try:
        return _written((_EPOCH + timedelta(milliseconds=value)).astimezone(zone))
    except (OverflowError, ValueError):
        return None


def _written(read: datetime) -> str:
    offset = read.utcoffset()
    if offset is not None and offset.seconds % 60:  # local time as it was before zones: no moment of ours is written so
        read = read.astimezone(UTC)
    return read.isoformat(timespec="milliseconds" if read.microsecond else "seconds")


def day(text: str | None) -> str | None:
    """The calendar day of a moment that `moment` has read, for a birthday."""
    return text if text is None else text[: len("2026-11-22")]


def bare_day(text: str | None) -> str | None:
    """The day of a moment that `moment` has read where its clock time says nothing; else the moment.

    An answer has no other form for a day than a moment: the site's midnight, or that of UTC. Both lie on the same day
    here, and as the end of something a midnight would leave out the last day.
    """
    if text is None or "T" not in text:
        return text
    read = datetime.fromisoformat(text)
    midnight = datetime.min.time()
    at_utc = read.astimezone(UTC) if read.tzinfo is not None else read
    return text[: len("2026-11-22")] if midnight in (read.time(), at_utc.time()) else text


def wall(text: str | None) -> str | None:
    """A moment that `moment` has read as wall time without its offset, to the minute where it has no seconds."""
    if text is None or "T" not in text:
        return text
    bare = re.sub(r"(?:Z|[+-]\d\d:\d\d)$", "", text)
    return bare.removesuffix(":00") if len(bare) > _MINUTES else bare


def twice(text: str | None, zone: ZoneInfo) -> bool:
    """Does the clock of `zone` show this moment's wall time twice, as in the night that summer time ends?"""
    read = moments.instant(text, zone)
    return read is not None and read.replace(fold=0).utcoffset() != read.replace(fold=1).utcoffset()
