"""The outage that is going on: its number, since when, and who said so; kept through locks, restarts and generations.

state/outage-a, -b     the last outage, with its end where it has one
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from backupreader.store.canonical import Value
from backupreader.store.copies import Copies
from backupreader.store.files import Files

_NUMBER: Final = re.compile(r"([0-9]{4})-([0-9]{3,6})")


@dataclass(frozen=True, slots=True)
class Outage:
    """One outage: ``2026-003``, when it was begun and by whom; `ended` is None while it goes on."""

    number: str
    begun: datetime
    by: str
    ended: datetime | None = None


class Outages:
    """The outages of a PC. The number that is going on is read once and then remembered by this object."""

    def __init__(self, data: Path, files: Files) -> None:
        self._copies = Copies(data / "state", "outage", files)

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
        """The last one, going on or ended; None where there was none, or the record of it is lost."""
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

    def begin(self, now: datetime, by: str) -> Outage:
        """The outage that is going on, or a new one from now. Raises what the disk says."""
        last = self.last()
        if last is not None and last.ended is None:
            return last
        count = 1
        if last is not None and (known := _NUMBER.fullmatch(last.number)) and int(known[1]) == now.year:
            count = int(known[2]) + 1
        fresh = Outage(f"{now.year}-{count:03d}", now, by)
        self._write(fresh)
        return fresh

    def end(self, now: datetime) -> Outage | None:
        """The systems are up again; the outage that was ended, None where none was going on."""
        going = self.going()
        if going is None:
            return None
        ended = Outage(going.number, going.begun, going.by, now)
        self._write(ended)
        return ended

    def _write(self, outage: Outage) -> None:
        value: dict[str, Value] = {
            "number": outage.number,
            "begun": outage.begun.isoformat(),
            "by": outage.by,
            "ended": outage.ended.isoformat() if outage.ended else "",
        }
        self._copies.write(value)
