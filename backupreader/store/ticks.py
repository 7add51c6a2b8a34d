"""Ticks: whom somebody has seen to on a shift. Everyone at this PC shares them; they outlive locks, restarts and data.

A tick is an act in the audit before it is kept. It is told by all ids of a citizen: a later generation may call her by
another one of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from backupreader.domain.shifts import Shift
from backupreader.domain.tonight import Ours, Tick
from backupreader.domain.trouble import ReaderError
from backupreader.store.canonical import Value
from backupreader.store.files import Files
from backupreader.store.notebook import Book, Notebook

if TYPE_CHECKING:
    from pathlib import Path

    from backupreader.store.session import Session

BOOK: Final = "ticks"
KEPT: Final = timedelta(days=7)
"""So long a tick is kept; the audit keeps its act."""


@dataclass(frozen=True, slots=True)
class Ticked:
    """The ticks of a shift by each id of a citizen. `whole` is False where some may have been lost on the disk."""

    by_id: Mapping[str, Tick]
    whole: bool

    def of(self, people: Iterable[Ours]) -> dict[str, Tick]:
        """By the id that stands for a citizen here and now."""
        found = ((one.ids[0], tick) for one in people for name in one.ids if (tick := self.by_id.get(name)) is not None)
        return dict(found)


class Ticks:
    """The ticks of this PC, in somebody's session."""

    def __init__(self, data: Path, session: Session, files: Files) -> None:
        self._session = session
        self._notebook = Notebook(data, BOOK, session.unlocked, files)

    def of(self, shift: Shift) -> Ticked:
        """Who was ticked on a shift. Raises what the disk says."""
        return _ticked(self._notebook.read(), shift)

    def set(self, ids: Sequence[str], shift: Shift, *, on: bool) -> Ticked:
        """Tick a citizen, or take it back; the shift's ticks then. Raises what the disk says: nothing was kept then."""
        session, now = self._session, self._session.now()
        session.record("tick" if on else "untick", citizens=(ids[0],), what=_named(shift))
        entry: Value = {
            "at": now.isoformat(timespec="seconds"),
            "by": session.actor.name,
            "ids": list(ids),
            "on": int(on),
            "shift": _named(shift),
        }
        try:
            return _ticked(self._notebook.rewrite(lambda book: [*_kept(book, now, shift), entry]), shift)
        except ReaderError:
            if on:
                session.record("untick", citizens=(ids[0],), what=f"{_named(shift)}: not kept")
            raise


def _kept(book: Book, now: datetime, shift: Shift) -> Iterator[Value]:
    """What is not old; and where something was lost, that it was, which is told for as long as this shift lasts."""
    yield from (entry for entry in book.entries if not _is_old(entry, now))
    if not book.whole:
        yield {"lost": 1, "shift": _named(shift)}


def _ticked(book: Book, shift: Shift) -> Ticked:
    """The last word about each id counts."""
    found: dict[str, Tick] = {}
    own = [entry for entry in book.entries if isinstance(entry, dict) and entry.get("shift") == _named(shift)]
    for entry in own:
        match entry:
            case {"at": str(at), "by": str(by), "ids": list(ids), "on": 0 | 1 as on}:
                for one in map(str, ids):
                    found.pop(one, None)
                    if on:
                        found[one] = Tick(at=datetime.fromisoformat(at), by=by)
            case _:
                pass
    return Ticked(found, book.whole and not any("lost" in entry for entry in own))


def _named(shift: Shift) -> str:
    return f"{shift.date.isoformat()} {shift.name}"


def _is_old(entry: Value, now: datetime) -> bool:
    match entry:
        case {"shift": str(name)}:
            return date.fromisoformat(name.partition(" ")[0]) < (now - KEPT).date()
        case _:
            return False
