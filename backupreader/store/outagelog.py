"""The log of the outage, which everyone at this PC writes: what is structured is open, people's own words are sealed.

    state/outage-log-…                  one log an outage (`outagefiles`), readable before unlock
    notebook/outage-2026-003-a, -b      the words of its entries, sealed, each under a mark that its entry carries

Words are on the disk before the entry that carries their mark: whatever stops in between leaves the former log, and
words that nothing points to. Every entry is an act in the audit before it is kept; one that the disk did not take is
another. Entries are only ever added.

The last 20 logs are kept, and all of the last two years.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from backupreader.domain.errors import NO_OUTAGE, NOT_WRITTEN
from backupreader.domain.outage import fold
from backupreader.domain.outage.event import Entry, EntryKind, Event
from backupreader.domain.outage.writing import WHILE_IT_GOES_ON, refusal
from backupreader.domain.trouble import ReaderError, Reason
from backupreader.language import N_
from backupreader.store import canonical
from backupreader.store.canonical import Value
from backupreader.store.files import Files
from backupreader.store.notebook import Notebook
from backupreader.store.outagefiles import Log, OutageFiles, in_order
from backupreader.store.outages import Outage, Outages

if TYPE_CHECKING:
    from backupreader.store.session import Session

KEPT_LOGS: Final = 20
KEPT: Final = timedelta(days=731)
LARGEST_WORDS: Final = 20 << 20
"""Bytes of all words of one outage, as they are written."""
FULL: Final = Reason(N_("the log of this outage is full"))
LOCKED: Final = Reason(N_("nobody has unlocked this PC"))
_MARK_BYTES: Final = 8


class OutageLog:
    """The logs of this PC; with a `session` in that person's name, and with all words, without one to read only."""

    def __init__(self, data: Path, files: Files, session: Session | None) -> None:
        self._data, self._files, self._session = data, files, session
        self._outages = Outages(data, files)
        self._logs = OutageFiles(data, files)

    def event(self) -> Event | None:
        """The outage that is going on; None where none is. Reading never raises."""
        last = self.last()
        return last if last is not None and last.ended is None else None

    def last(self) -> Event | None:
        """The last outage, going on or ended; None where there was none."""
        last = self._outages.last()
        return None if last is None else self._event(last)

    def of(self, number: str) -> Event | None:
        """The outage with this number; None where nothing is known of it."""
        last = self._outages.last()
        if last is not None and last.number == number:
            return self._event(last)
        log, _whole = self._logs.read(number)
        return None if log is None else self._event(Outage(number, log.began, log.by))

    def numbers(self) -> tuple[str, ...]:
        """The outages that are known here, the last one first."""
        last = self._outages.last()
        with suppress(ReaderError):
            known = {*self._logs.numbers(), *([last.number] if last is not None else [])}
            return tuple(sorted(known, key=in_order, reverse=True))
        return () if last is None else (last.number,)

    def write(  # noqa: PLR0913 (what an entry tells of, each by its name)
        self,
        kind: EntryKind,
        *,
        what: str = "",
        who: str = "",
        detail: str = "",
        words: str = "",
        at: datetime | None = None,
    ) -> Entry:
        """Write an entry in the log of the outage, of now or of `at`; on the disk when this returns.

        After the end, and until another outage begins, what is still done for it is written too. An outage whose end is
        crossed out goes on. Raises NO_OUTAGE, NOT_WRITTEN, BUSY, or what the disk says: nothing was written then.
        """
        now = self._now()
        (entry,) = self._write([self._draft(now, kind, what=what, who=who, detail=detail, words=words, at=at)])
        return entry

    def declare(self, judged_by: str, why: str, systems: Sequence[str], since: datetime, owner: str) -> Event:
        """Say who judged it critical and why, which systems are down since when, and who has the case.

        It begins an outage where none goes on. All clocks count from `since`. Raises as `write` does.
        """
        now = self._now()
        named = owner.strip() or (self._session.actor.name if self._session else "")
        drafts = (
            self._draft(now, "declared", what=" ".join(systems), who=judged_by, words=why, at=since),
            self._draft(now, "owner", who=named),
        )
        self._write(drafts, begin=True)
        return self._now_so()

    def end(self, at: datetime | None = None) -> Event:
        """The systems are up again, now or since `at`. Raises as `write` does."""
        self._write([self._draft(self._now(), "ended", at=at)])
        return self._now_so()

    def _now_so(self) -> Event:
        event = self.last()
        assert event is not None
        return event

    def _now(self) -> datetime:
        if self._session is None:
            raise ReaderError(NOT_WRITTEN, reason=LOCKED)
        return self._session.now().replace(microsecond=0)

    def _draft(  # noqa: PLR0913 (as `write`)
        self,
        now: datetime,
        kind: EntryKind,
        *,
        what: str = "",
        who: str = "",
        detail: str = "",
        words: str = "",
        at: datetime | None = None,
    ) -> Entry:
        """The entry as it would be, without its number."""
        assert self._session is not None
        return Entry(
            number=0,
            at=(at or now).replace(microsecond=0),
            written=now,
            by=_tame(self._session.actor.name),
            kind=kind,
            what=_tame(what.strip()),
            who=_tame(who.strip()),
            detail=detail,
            words=_tame(words.strip()),
        )

    def _write(self, drafts: Sequence[Entry], *, begin: bool = False) -> list[Entry]:
        """All of the drafts, or none. The first decides whether they may be written."""
        session = self._session
        assert session is not None
        now = drafts[0].written
        with self._outages.alone():
            last = self._outages.last()
            event = None if last is None else self._bare(last, *self._log(last))
            if event is not None and event.ended is not None and (begin or drafts[0].kind in WHILE_IT_GOES_ON):
                self._keep(last)
                last = event = None
            if begin and event is None:
                self._check(drafts, Event(number="", began=now, owner="", owned_since=now), now)
                last = self._outages.begin_alone(now, session.actor.name)
                event = self._bare(last, *self._log(last))
            if last is None or event is None:
                raise ReaderError(NO_OUTAGE)
            self._check(drafts, event, now)
            entries = self._kept(last, drafts, session)
            self._keep(last)
        if begin:
            self._forget(now)
        return entries

    def _check(self, drafts: Sequence[Entry], event: Event, now: datetime) -> None:
        for draft in drafts:
            if (why := refusal(event, draft, now)) is not None:
                raise ReaderError(NOT_WRITTEN, reason=why)

    def _kept(self, last: Outage, drafts: Sequence[Entry], session: Session) -> list[Entry]:
        """Number the drafts and put them on the disk, the words first."""
        log, whole = self._log(last)
        book = self._book(last.number, session)
        first = 1 + max((entry.number for entry in log.entries), default=0)
        if not whole:  # entries may be lost whose words are not: no number twice
            first = max(first, 1 + max((_number(value) for value in book.read().entries), default=0))
        entries = [replace(draft, number=first + place) for place, draft in enumerate(drafts)]
        marks = {entry.number: os.urandom(_MARK_BYTES).hex() for entry in entries if entry.words}
        words: list[Value] = [[entry.number, marks[entry.number], entry.words] for entry in entries if entry.words]
        added = replace(
            log,
            entries=(*log.entries, *(replace(entry, words="") for entry in entries)),
            marks={**log.marks, **marks},
            lost=not whole,
        )
        if not self._logs.holds(added) or (words and not _fits([*book.read().entries, *words])):
            raise ReaderError(NOT_WRITTEN, reason=FULL)
        for entry in entries:
            session.record("outage", what=f"{last.number}: {told(entry)}", words=entry.words)
        try:
            if words:
                book.append(*words)
                with suppress(ReaderError):
                    book.append()  # into its other copy too: then one that is damaged costs nothing
            self._logs.write(added)
        except ReaderError:
            for entry in entries:
                session.record("outage", what=f"not kept: {last.number}: {told(entry)}")
            raise
        return entries

    def _keep(self, last: Outage | None) -> None:
        """What the log tells is what the record says: the log is on the disk, and the next change mends the record."""
        if last is not None:
            event = self._bare(last, *self._log(last))
            with suppress(ReaderError):
                self._outages.keep(Outage(event.number, event.began, last.by, event.ended))

    def _event(self, outage: Outage) -> Event:
        log, whole = self._log(outage)
        if self._session is not None and log.marks:
            entries, opened = self._with_words(log, self._session)
            log, whole = replace(log, entries=entries), whole and opened
        return self._bare(outage, log, whole)

    def _bare(self, outage: Outage, log: Log, whole: bool) -> Event:  # noqa: FBT001 (as `_log` gives them)
        """What a log tells, and the record of its end where the log has none."""
        event = fold.event(log.number, log.began, log.by, log.entries, whole=whole)
        if outage.ended is not None and not any(entry.kind == "ended" for entry in log.entries):
            return replace(event, ended=outage.ended)
        return event

    def _log(self, outage: Outage) -> tuple[Log, bool]:
        """The log of an outage, an empty one where none can be read; and whether nothing of it was lost."""
        log, whole = self._logs.read(outage.number)
        return log or Log(outage.number, outage.begun, outage.by), whole

    def _with_words(self, log: Log, session: Session) -> tuple[tuple[Entry, ...], bool]:
        """The entries with their words, and whether all were found."""
        try:
            book = self._book(log.number, session).read()
        except ReaderError:
            return log.entries, False
        words = {(number, mark): said for number, mark, said in map(_read_words, book.entries)}
        entries = tuple(
            replace(entry, words=words.get((entry.number, log.marks.get(entry.number, "")), ""))
            for entry in log.entries
        )
        lost = any(entry.number in log.marks and not entry.words for entry in entries)
        return entries, book.whole and not lost

    def _book(self, number: str, session: Session) -> Notebook:
        return Notebook(self._data, f"outage-{number}", session.unlocked, self._files)

    def _forget(self, now: datetime) -> None:
        """Take old logs away with their words; a damaged one stays. What the disk keeps is tried again next time."""
        with suppress(ReaderError):
            for number in self._logs.numbers()[:-KEPT_LOGS]:
                log, _whole = self._logs.read(number)
                old = (now - KEPT).timestamp()
                if log is not None and all(entry.written.timestamp() < old for entry in log.entries):
                    for letter in "ab":
                        self._files.remove(self._data / "notebook" / f"outage-{number}-{letter}")
                    self._logs.remove(number)


def told(entry: Entry) -> str:
    """An entry in one line, as the audit has it."""
    parts = (str(entry.number), entry.kind, entry.what, entry.detail, entry.who)
    return " ".join(part for part in (*parts, entry.at.isoformat(timespec="minutes")) if part)


def _number(value: Value) -> int:
    return _read_words(value)[0]


def _read_words(value: Value) -> tuple[int, str, str]:
    match value:
        case [int(number), str(mark), str(words)]:
            return number, mark, words
        case _:
            return 0, "", ""


def _fits(values: Sequence[Value]) -> bool:
    return len(canonical.encode(list(values))) <= LARGEST_WORDS


def _tame(text: str) -> str:
    """Text without half a surrogate pair, which a keyboard may give and no encoding holds."""
    return text.encode("utf-8", "replace").decode("utf-8")
