"""The outage that is going on: its number, since when, and who said so; kept through locks, restarts and generations.

    state/outage-a.json, -b      the last outage, with its end where it has one
    state/outage-lock            held for the moment of one change of it, or of its log

Where this record is lost, or is older than the newest log (`outagefiles`), what the log tells counts. No number is ever
given twice while a log of it is here, or the sealed words of one; and none is lower than one that was given, whatever
the PC's clock says: the highest number is the last outage.
"""

from __future__ import annotations

import re
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from backupreader.domain.outage.fold import event
from backupreader.domain.trouble import ReaderError
from backupreader.store.canonical import Value
from backupreader.store.copies import Copies
from backupreader.store.files import Files
from backupreader.store.outagefiles import NUMBER, OutageFiles, in_order

_PATIENCE: Final = 2.0
_WORDS: Final = re.compile(rf"outage-({NUMBER.pattern})-[ab]")


@dataclass(frozen=True, slots=True)
class Outage:
    """One outage: ``2026-003``, since when it goes on, and who began it; `ended` is None while it goes on."""

    number: str
    begun: datetime
    by: str
    ended: datetime | None = None


class Outages:
    """The outages of a PC."""

    def __init__(self, data: Path, files: Files) -> None:
        self._folder, self._files = data / "state", files
        self._copies = Copies(self._folder, "outage", files)
        self._logs = OutageFiles(data, files)
        self._notebook = data / "notebook"

    @property
    def number(self) -> str:
        """The number of the outage that is going on; empty where none is."""
        going = self.going()
        return going.number if going else ""

    def going(self) -> Outage | None:
        """The outage that is going on."""
        last = self.last()
        return last if last is not None and last.ended is None else None

    def last(self) -> Outage | None:
        """The last one, going on or ended; None where there was none, or every trace of it is lost."""
        recorded, logged = self._recorded(), self._logged()
        if recorded is None or (logged and in_order(logged[-1]) > in_order(recorded.number)):
            told = [outage for number in reversed(logged) if (outage := self._told(number)) is not None]
            return told[0] if told else recorded
        return recorded

    def begin(self, now: datetime, by: str) -> Outage:
        """The outage that is going on, or a new one from now. Raises what the disk says, or BUSY."""
        with self.alone():
            return self.begin_alone(now, by)

    def begin_alone(self, now: datetime, by: str) -> Outage:
        """As `begin`, for who is `alone` already."""
        last = self.last()
        told = None if last is None else self._told(last.number)
        if last is not None and last.ended is None and (told is None or told.ended is None):
            return last
        given = [*self._logged(), *self._worded(), *([last.number] if last is not None else [])]
        year, count = max([(now.year, 0), *map(in_order, given)])
        fresh = Outage(f"{year}-{count + 1:03d}", now, by)
        self.keep(fresh)
        return fresh

    def end(self, now: datetime) -> Outage | None:
        """The systems are up again; the outage that was ended, None where none was going on.

        What is said of it in its log is for `OutageLog.end`, which a person calls.
        """
        with self.alone():
            going = self.going()
            if going is None:
                return None
            ended = Outage(going.number, going.begun, going.by, now)
            self.keep(ended)
            return ended

    @contextmanager
    def alone(self) -> Generator[None]:
        """Nobody else changes an outage or its log meanwhile. Raises BUSY, or what the disk says."""
        self._files.make_folder(self._folder)
        with self._files.lock(self._folder / "outage-lock", _PATIENCE):
            yield

    def keep(self, outage: Outage) -> None:
        """Let this be the last one, where it is not already; for who is `alone`. Raises what the disk says."""
        if outage == self._recorded():
            return
        value: dict[str, Value] = {
            "number": outage.number,
            "begun": outage.begun.isoformat(),
            "by": outage.by,
            "ended": outage.ended.isoformat() if outage.ended else "",
        }
        self._copies.write_twice(value)

    def _recorded(self) -> Outage | None:
        value = self._copies.read()
        if not isinstance(value, dict):
            return None
        try:
            ended = str(value["ended"])
            return Outage(
                str(value["number"]),
                datetime.fromisoformat(str(value["begun"])),
                str(value["by"]),
                datetime.fromisoformat(ended) if ended else None,
            )
        except (KeyError, ValueError):
            return None

    def _logged(self) -> tuple[str, ...]:
        try:
            return self._logs.numbers()
        except ReaderError:
            return ()

    def _worded(self) -> tuple[str, ...]:
        """The outages whose words are here, with a log or without."""
        try:
            names = [path.name for path in self._notebook.iterdir()]
        except OSError:
            return ()
        return tuple(found[1] for name in names if (found := _WORDS.fullmatch(name)))

    def _told(self, number: str) -> Outage | None:
        """What its log tells of an outage."""
        log, _whole = self._logs.read(number)
        if log is None:
            return None
        found = event(number, log.began, log.by, log.entries)
        return Outage(number, found.began, log.by, found.ended)
