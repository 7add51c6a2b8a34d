"""Which shift checks were made on this PC: a small record under ``data/state``, not sealed.

It holds names of staff, as they wrote them, and no citizen; it lies in two copies that only this user may read. The
newest are kept, and all of the last year.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final

from backupreader.domain import shifts
from backupreader.domain.freshness import between
from backupreader.domain.shiftcheck import POINTS, VERDICTS, Point, ShiftCheck, Verdict
from backupreader.store.canonical import Value
from backupreader.store.copies import Copies
from backupreader.store.files import Files

LEAST_KEPT: Final = 200
MOST_KEPT: Final = 2_000
KEPT: Final = timedelta(days=366)


class ShiftChecks:
    """The record below a data folder. What of it cannot be read counts as not there."""

    def __init__(self, data: Path, files: Files) -> None:
        self._copies = Copies(data / "state", "shift-checks", files)

    def made(self, check: ShiftCheck) -> None:
        """Note a check; on the disk when this returns. Raises what the disk says."""
        every = (*self.all(), check)
        older, newest = every[:-LEAST_KEPT], every[-LEAST_KEPT:]
        young = tuple(one for one in older if between(one.at, check.at) <= KEPT)
        self._copies.write([document(one) for one in (*young, *newest)[-MOST_KEPT:]])

    def all(self) -> tuple[ShiftCheck, ...]:
        """The checks that are kept, the newest last."""
        return tuple(_read(self._copies.read()))

    def last(self) -> ShiftCheck | None:
        """The newest one."""
        return next(reversed(self.all()), None)


def document(check: ShiftCheck) -> dict[str, Value]:
    """A check as it is kept, and as a machine is told of it: the keys are a contract."""
    verdicts: dict[str, Value] = {point: check.verdicts[point] for point in POINTS if point in check.verdicts}
    return {
        "at": check.at.isoformat(timespec="seconds"),
        "shift": check.shift,
        "day": check.day.isoformat(),
        "by": check.by,
        "points": verdicts,
    }


def _read(rows: Value | None) -> Iterator[ShiftCheck]:
    for row in rows if isinstance(rows, list) else ():
        match row:
            case {"at": str(at), "shift": str(name), "day": str(day), "by": str(by), "points": dict(points)}:
                moment, begun = _moment(at), _day(day)
                shift: shifts.Name | None = next((one for one in shifts.NAMES if one == name), None)
                if moment is not None and begun is not None and shift is not None:
                    yield ShiftCheck(at=moment, shift=shift, day=begun, by=by, verdicts=_verdicts(points))
            case _:
                pass


def _verdicts(points: dict[str, Value]) -> dict[Point, Verdict]:
    """What of it this program knows."""
    return {point: verdict for point in POINTS for verdict in VERDICTS if points.get(point) == verdict}


def _moment(text: str) -> datetime | None:
    """A moment with its zone; None for anything else."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
