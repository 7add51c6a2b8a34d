"""Which drills were held on this PC, and who opened the data last: a small record under ``data/state``.

It holds names of staff and no citizen, lies in two copies that only this user may read, and keeps the newest drills.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from backupreader.store.canonical import Value
from backupreader.store.copies import Copies
from backupreader.store.files import Files

MOST_KEPT: Final = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Drill:
    """One drill. `by` is who opened the vault in it, empty where nobody did; `notes` name the steps that failed."""

    kind: str
    at: datetime
    by: str
    passed: bool
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Opening:
    """When a person opened the data, and who."""

    at: datetime
    by: str


class Drills:
    """The record below a data folder. What of it cannot be read counts as not there."""

    def __init__(self, data: Path, files: Files) -> None:
        self._copies = Copies(data / "state", "drills", files)

    def held(self, drill: Drill) -> None:
        """Note a drill; on the disk when this returns."""
        kept = (*self.all(), drill)[-MOST_KEPT:]
        self._write(kept, self.last_opening())

    def opened(self, opening: Opening) -> None:
        """Note that a person opened the data."""
        self._write(self.all(), opening)

    def all(self) -> tuple[Drill, ...]:
        """The drills that are kept, the newest last."""
        return tuple(_drills(self._part("drills")))

    def last(self) -> Drill | None:
        """The newest drill, passed or not."""
        return next(reversed(self.all()), None)

    def last_passed(self) -> Drill | None:
        """The newest drill that passed."""
        return next((drill for drill in reversed(self.all()) if drill.passed), None)

    def last_opening(self) -> Opening | None:
        """The newest opening by a person."""
        match self._part("opening"):
            case {"at": str(at), "by": str(by)} if (moment := _moment(at)) is not None:
                return Opening(moment, by)
            case _:
                return None

    def _part(self, name: str) -> Value | None:
        whole = self._copies.read()
        return whole.get(name) if isinstance(whole, dict) else None

    def _write(self, drills: tuple[Drill, ...], opening: Opening | None) -> None:
        rows: list[Value] = [
            {
                "kind": drill.kind,
                "at": drill.at.isoformat(timespec="seconds"),
                "by": drill.by,
                "passed": int(drill.passed),
                "notes": list(drill.notes),
            }
            for drill in drills
        ]
        whole: dict[str, Value] = {"drills": rows}
        if opening is not None:
            whole["opening"] = {"at": opening.at.isoformat(timespec="seconds"), "by": opening.by}
        self._copies.write(whole)


def overdue(last: datetime | None, now: datetime, every_days: int) -> bool:
    """Is the next drill due, when the last one that passed was at `last` (None: never)? 0 days: never due."""
    return bool(every_days) and (last is None or now - last > timedelta(days=every_days))


def _drills(rows: Value | None) -> Iterator[Drill]:
    for row in rows if isinstance(rows, list) else ():
        match row:
            case {"kind": str(kind), "at": str(at), "by": str(by), "passed": 0 | 1 as passed, "notes": list(notes)}:
                if (moment := _moment(at)) is not None:
                    yield Drill(kind=kind, at=moment, by=by, passed=passed == 1, notes=tuple(map(str, notes)))
            case _:
                pass


def _moment(text: str) -> datetime | None:
    """A moment with its zone; None for anything else."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else None
