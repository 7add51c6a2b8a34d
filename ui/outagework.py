"""The outage as the window asks for it, and what a person writes in its log."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from backupreader.domain.outage.event import EntryKind, Event
from backupreader.settings import Settings

if TYPE_CHECKING:
    from backupreader.store.outagelog import OutageLog
    from backupreader.store.session import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class Writes:
    """An entry, as a person wants it written. `at` is None for now."""

    kind: EntryKind
    what: str = ""
    who: str = ""
    detail: str = ""
    words: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Declares:
    """Who judged it critical and why, what is down since when, and who has the case."""

    judged_by: str
    why: str
    systems: tuple[str, ...]
    since: datetime
    owner: str


@dataclass(frozen=True, slots=True)
class Turned:
    """A system that is down from now on, or is up: against what the log says when it is written."""

    system: str


Wish = Writes | Declares | Turned


def reading(settings: Settings, session: Session) -> Callable[[None], Event | None]:
    """Asks for the last outage, going on or over, with what people wrote; None where there was none."""

    def work(_held: None) -> Event | None:
        return _log(settings, session).last()

    return work


def writing(settings: Settings, session: Session, *wishes: Wish) -> Callable[[None], Event | None]:
    """Writes, and asks how the outage stands then. Raises NO_OUTAGE, NOT_WRITTEN, BUSY, or what the disk says."""

    def work(_held: None) -> Event | None:
        log = _log(settings, session)
        for wish in wishes:
            if isinstance(wish, Declares):
                log.declare(wish.judged_by, wish.why, wish.systems, wish.since, wish.owner)
            elif isinstance(wish, Turned):
                log.write("systems", what=" ".join(_turned(log.event(), wish.system)))
            else:
                log.write(wish.kind, what=wish.what, who=wish.who, detail=wish.detail, words=wish.words, at=wish.at)
        return log.last()

    return work


def _turned(event: Event | None, system: str) -> tuple[str, ...]:
    down = () if event is None else event.systems
    return tuple(one for one in down if one != system) if system in down else (*down, system)


def _log(settings: Settings, session: Session) -> OutageLog:
    from backupreader.store.files import Files
    from backupreader.store.outagelog import OutageLog

    return OutageLog(settings.data, Files(), session)
