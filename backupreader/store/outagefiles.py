"""The logs of outages as they lie on the disk, without what people wrote of their own, which is sealed elsewhere.

    state/outage-log-2026-003-a.json, -b      one outage's log, in two copies

A log is canonical JSON {"began", "by", "entries", "lost", "number"}; an entry is a list of a number and eight texts:
at, written, by, kind, what, who, detail, and the mark under which its words are sealed (empty where it has none).
`lost` is 1 once something of it may have been lost, for good.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final

from backupreader.domain.outage.event import ENTRY_KINDS, Entry
from backupreader.store import canonical
from backupreader.store.canonical import Value
from backupreader.store.copies import Copies
from backupreader.store.files import Files, told

NUMBER: Final = re.compile(r"([0-9]{4})-([0-9]{3,6})")
_FILE: Final = re.compile(r"outage-log-([0-9]{4}-[0-9]{3,6})-[ab][.]json")
LARGEST: Final = 1 << 20
"""Bytes of one log: some five thousand entries. A larger one would keep whoever writes waiting."""


@dataclass(frozen=True, slots=True)
class Log:
    """One log: who began the outage at `began`, its entries without their words, and the marks of those, by number."""

    number: str
    began: datetime
    by: str
    entries: tuple[Entry, ...] = ()
    marks: Mapping[int, str] = field(default_factory=dict[int, str])
    lost: bool = False


class OutageFiles:
    """The logs in a PC's data folder."""

    def __init__(self, data: Path, files: Files) -> None:
        self._folder, self._files = data / "state", files

    def numbers(self) -> tuple[str, ...]:
        """The outages that have a log, damaged or not, oldest first. Raises what the disk says."""
        with told(self._folder):
            names = [path.name for path in self._folder.iterdir()] if self._folder.is_dir() else []
        return tuple(sorted({found[1] for name in names if (found := _FILE.fullmatch(name))}, key=in_order))

    def read(self, number: str) -> tuple[Log | None, bool]:
        """The log of an outage, None where none can be read; and whether nothing of it was lost."""
        copies = self._copies(number)
        value, whole = copies.look()
        log = _read(value)
        if log is None or log.number != number:
            return None, whole and value is None
        return log, whole and not log.lost

    def holds(self, log: Log) -> bool:
        """Is there room for it in its file?"""
        return len(canonical.encode(_written(log))) <= LARGEST

    def write(self, log: Log) -> None:
        """Keep it. Raises what the disk says: then the former log is what it was."""
        self._copies(log.number).write_twice(_written(log))

    def remove(self, number: str) -> None:
        """Take a log away. Raises what the disk says."""
        self._copies(number).remove()

    def _copies(self, number: str) -> Copies:
        return Copies(self._folder, f"outage-log-{number}", self._files)


def in_order(number: str) -> tuple[int, int]:
    """By what the numbers of outages are put in order; what is no number comes first."""
    known = NUMBER.fullmatch(number)
    return (int(known[1]), int(known[2])) if known else (0, 0)


def _written(log: Log) -> Value:
    return {
        "began": log.began.isoformat(),
        "by": log.by,
        "entries": [_entry(entry, log.marks.get(entry.number, "")) for entry in log.entries],
        "lost": int(log.lost),
        "number": log.number,
    }


def _entry(entry: Entry, mark: str) -> Value:
    moments = [entry.at.isoformat(timespec="seconds"), entry.written.isoformat(timespec="seconds")]
    return [entry.number, *moments, entry.by, entry.kind, entry.what, entry.who, entry.detail, mark]


def _read(value: Value | None) -> Log | None:
    match value:
        case {"began": str(began), "by": str(by), "entries": list(entries), "lost": 0 | 1 as lost, "number": str(own)}:
            pass
        case _:
            return None
    read = [_read_entry(entry) for entry in entries]
    known = [one for one in read if one is not None]
    try:
        first = _moment(began)
    except ValueError:
        return None
    return Log(
        number=own,
        began=first,
        by=by,
        entries=tuple(entry for entry, _mark in known),
        marks={entry.number: mark for entry, mark in known if mark},
        lost=lost == 1 or len(known) < len(read),
    )


def _read_entry(value: Value) -> tuple[Entry, str] | None:
    """An entry with the mark of its words; None for one that this program does not write."""
    try:
        match value:
            case [
                int(number), str(at), str(written), str(by), str(kind), str(what), str(who), str(detail), str(mark)
            ]:  # fmt: skip
                entry = Entry(
                    number=number,
                    at=_moment(at),
                    written=_moment(written),
                    by=by,
                    kind=ENTRY_KINDS[ENTRY_KINDS.index(kind)],
                    what=what,
                    who=who,
                    detail=detail,
                )
                return entry, mark
            case _:
                return None
    except ValueError:
        return None


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(text)
    return moment
