"""Moments as a person reads them on the screen: the clock time first, the day only where it is not today."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from backupreader.domain import moments
from backupreader.domain.freshness import CLOCK_SLACK, between
from backupreader.language import Language

if TYPE_CHECKING:
    from backupreader.domain.journal import Section
    from backupreader.domain.records import Delivery

_DAY_LENGTH: Final = 10  # "2026-11-22"


def passed(earlier: datetime, later: datetime) -> timedelta:
    """The time that really passed."""
    return between(earlier, later)


def at(moment: datetime, now: datetime, language: Language) -> str:
    """``today 05:30``, ``yesterday 22:10``, ``12 Nov 05:30``, with the year where it is another year."""
    moment = moment.astimezone(now.tzinfo)
    days = (now.date() - moment.date()).days
    clock = language.clock(moment)
    if days == 0:
        return language.text("today {clock}").format(clock=clock)
    if days == 1:
        return language.text("yesterday {clock}").format(clock=clock)
    if days == -1:
        return language.text("tomorrow {clock}").format(clock=clock)
    return f"{language.day(moment.date(), year=moment.year != now.year)} {clock}"


def distance(moment: datetime, now: datetime, language: Language) -> str:
    """``in 40 min``, ``25 min ago``, ``now``."""
    ahead = passed(now, moment)
    if abs(ahead) < timedelta(minutes=1):
        return language.text("now")
    if ahead > timedelta(0):
        return language.text("in {time}").format(time=language.age(ahead))
    return language.text("{time} ago").format(time=language.age(-ahead))


def written(text: str | None, now: datetime, language: Language) -> str:
    """A record's moment in the precision that was delivered; as delivered where it cannot be read; empty for None."""
    if not text:
        return ""
    zone = now.tzinfo
    assert isinstance(zone, ZoneInfo)
    if len(text) > _DAY_LENGTH and (moment := moments.instant(text, zone)) is not None:
        return at(moment, now, language)
    if (day := moments.day(text)) is not None:
        return language.day(day)
    return text


def taken(delivery: Delivery, now: datetime, language: Language) -> str:
    """``Nexus today 05:30 · 3 h 12 min old``: whose data, taken when, how old."""
    return f"{delivery.source} {taken_at(delivery.taken_at, now, language)}"


def taken_at(text: str, now: datetime, language: Language) -> str:
    """``today 05:30 · 3 h 12 min old``; without an age where the moment cannot be read."""
    zone = now.tzinfo
    assert isinstance(zone, ZoneInfo)
    moment = moments.instant(text, zone)
    if moment is None:
        return written(text, now, language)
    age = language.text("{age} old").format(age=language.age(passed(moment, now)))
    if passed(now, moment) > CLOCK_SLACK:
        age = language.text("its clock is ahead of this one")
    return f"{at(moment, now, language)} · {age}"


def taken_line(section: Section[Any], now: datetime, language: Language) -> str:
    """The line under a section's title: from whom and when, for each source that delivered it; never empty."""
    if not section.deliveries:
        return language.text("Not delivered by any source: nothing is known here.")
    return language.text("Taken from {sources}").format(
        sources="; ".join(taken(delivery, now, language) for delivery in section.deliveries)
    )


def oldest(section: Section[Any], zone: ZoneInfo) -> datetime | None:
    """The moment from which on nothing is known in this section; None when that cannot be told."""
    return None if section.taken_at is None else moments.instant(section.taken_at, zone)
