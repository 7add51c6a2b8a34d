"""The audit: a line for each thing that a person does with citizens' data, on the disk before she sees the answer.

    audit/log                  the lines (see `auditline`), only ever appended to
    audit/lock                 held for the moment of one append: a window and a command line may be at work at once
    audit/anchors-a, -b        where the audit stood at times, so that a log that was cut short is told

Writing needs no secret: each process seals a fresh key to the vault and to the auditor, and forgets it act by act.
Care comes before the log, but never silently: what the disk does not take waits in memory, is written at the next
chance and marked as late, and until then `trouble` says so on every screen and page.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from backupreader.domain.acts import Act, Anchor, Waiting
from backupreader.domain.errors import BUSY, FILE_TROUBLE
from backupreader.domain.trouble import ReaderError, Reason
from backupreader.language import N_
from backupreader.store import auditline
from backupreader.store.auditline import START, AuditPurpose, BadLine, BoxLine, KeyLine, Ratchet
from backupreader.store.canonical import Value
from backupreader.store.copies import Copies
from backupreader.store.files import CHANGED, NOT_REGULAR, SECRET, EndedEarly, Files, told
from backupreader.store.seal import KEY_BYTES, close_once, seal_key

LOG: Final = "log"
MOST_ANCHORS: Final = 128
MOST_WAITING: Final = 10_000
BATCH: Final = 64
BETWEEN_MARKS: Final = 32
LONGEST_TAIL: Final = 64 << 20
SPOILT: Final = Reason(N_("its end is no log of this program"))
_PATIENCE: Final = 2.0
_WINDOW: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class _Section:
    """The key that this process closes acts with: the number of its line, and its ratchet."""

    number: int
    ratchet: Ratchet


@dataclass(frozen=True, slots=True)
class Tail:
    """Where the log ends: its size, its last line, and whether a line end stands behind it."""

    size: int
    anchor: Anchor
    clean: bool


class Audit:
    """The audit of a PC, for writing. `recipients` are the public keys of those who may read it, by vault id.

    `seed` is the open vault's, which proves that what is told was done in an unlocked session; none before an unlock.
    `waiting` is what a session before could not write, and where this one leaves what it cannot.
    """

    def __init__(
        self,
        folder: Path,
        recipients: Mapping[str, bytes],
        files: Files,
        seed: bytes | None = None,
        waiting: Waiting | None = None,
    ) -> None:
        self._folder = folder
        self._recipients = dict(recipients)
        self._files = files
        self._seed = seed
        self._section: _Section | None = None
        self._tail: Tail | None = None
        self._waiting = waiting or Waiting()
        self._since_mark = 0
        self.trouble: ReaderError | None = None
        """Why what was done last could not be written; None while all is written."""

    @property
    def anchor(self) -> Anchor | None:
        """Where the audit stood after this process's last line; None before the first."""
        return self._tail.anchor if self._tail else None

    @property
    def waiting(self) -> int:
        """How many acts the disk has not taken yet."""
        return len(self._waiting.acts)

    def write(self, act: Act) -> Anchor | None:
        """Write an act; where it stands then, on the disk. None when the disk did not take it: see `trouble`."""
        waiting = self._waiting
        with waiting.alone:
            waiting.acts.append(act)
            if len(waiting.acts) > MOST_WAITING:
                del waiting.acts[0]
                waiting.lost += 1
            try:
                self._catch_up(act)
            except ReaderError as trouble:
                self._give_up(trouble)
                return None
            except (OSError, ValueError) as trouble:  # whatever is wrong with the log, care goes on
                self._give_up(ReaderError(FILE_TROUBLE, path=self._folder / LOG, reason=type(trouble).__name__))
                return None
            self.trouble = None
            return self.anchor

    def mark(self) -> None:
        """Remember where the audit stands, outside the log; one that cannot be remembered is no trouble."""
        with self._waiting.alone, suppress(ReaderError):
            self._mark()

    def _mark(self) -> None:
        if self._tail is not None:
            Anchors(self._folder, self._files).add(self._tail.anchor)
            self._since_mark = 0

    def _catch_up(self, newest: Act) -> None:
        """Write what waits, oldest first, a batch at a time."""
        waiting = self._waiting
        while waiting.acts:
            batch = waiting.acts[:BATCH]
            if waiting.lost:
                batch = [replace(newest, kind="unwritten", what=str(waiting.lost), citizens=(), words=""), *batch[:-1]]
            self._append(batch, newest)
            if waiting.lost:
                waiting.lost, batch = 0, batch[1:]
            del waiting.acts[: len(batch)]
            self._since_mark += len(batch)
        if self._since_mark >= BETWEEN_MARKS:
            with suppress(ReaderError):
                self._mark()

    def _give_up(self, trouble: ReaderError) -> None:
        self._section = self._tail = None  # how much is there is not known: begin anew
        self.trouble = trouble

    def _append(self, acts: list[Act], newest: Act) -> None:
        # One who holds the lock for ever is waited for once, not at each key that is pressed.
        busy = self.trouble is not None and self.trouble.kind is BUSY
        self._files.make_folder(self._folder)
        with self._files.lock(self._folder / "lock", 0.0 if busy else _PATIENCE):
            tail = self._end()
            lines: list[bytes] = []
            last, section = tail.anchor, self._section
            if section is None:
                section, line = self._fresh(last)
                lines.append(auditline.encode(line))
                last = Anchor(line.number, auditline.head(lines[-1]))
            for act in acts:
                number = last.number + 1
                plain = auditline.act_bytes(act, late=act is not newest)
                bound = auditline.bound(number, last.head, section.number)
                box = BoxLine(number, last.head, section.number, close_once(section.ratchet.turn(), plain, bound))
                lines.append(auditline.encode(box))
                last = Anchor(number, auditline.head(lines[-1]))
            data = (b"" if tail.clean else b"\n") + b"\n".join(lines) + b"\n"
            self._files.append(self._folder / LOG, data, SECRET)
            self._section, self._tail = section, Tail(tail.size + len(data), last, clean=True)

    def _fresh(self, last: Anchor) -> tuple[_Section, KeyLine]:
        """A new key, sealed to all who may read."""
        key, number = os.urandom(KEY_BYTES), last.number + 1
        sealed = {
            recipient: seal_key(key, public, AuditPurpose(recipient=recipient, number=number, prev=last.head))
            for recipient, public in self._recipients.items()
        }
        line = KeyLine(number, last.head, sealed)
        return _Section(number, Ratchet(key)), line if self._seed is None else line.proven(self._seed)

    def _end(self) -> Tail:
        """Where the log ends now: as we left it, or as another process has."""
        path = self._folder / LOG
        with told(path):
            size = path.stat().st_size if path.exists() else 0
        if self._tail is not None and self._tail.size == size:
            return self._tail
        return end_of(path, self._files)


def end_of(path: Path, files: Files) -> Tail:
    """Where a log ends: its last whole line, looked for in its last `LONGEST_TAIL` bytes.

    Raises FILE_TROUBLE where there is none, or where it is no ordinary file.
    """
    if not path.exists() and not path.is_symlink():
        return Tail(0, START, clean=True)
    with files.open(path, follow=False) as reading:
        if not reading.regular:
            raise ReaderError(FILE_TROUBLE, path=path, reason=NOT_REGULAR)
        window = _WINDOW
        while True:
            start = max(0, reading.size - window)
            reading.start_at(start)
            try:
                data = reading.exactly(reading.size - start)
            except EndedEarly:
                raise ReaderError(FILE_TROUBLE, path=path, reason=CHANGED) from None
            for line in reversed(data.split(b"\n")[1 if start else 0 :]):
                with suppress(BadLine):
                    found = auditline.decode(line)
                    anchor = Anchor(found.number, auditline.head(line))
                    return Tail(reading.size, anchor, data.endswith(b"\n"))
            if not start:
                return Tail(reading.size, START, clean=not data or data.endswith(b"\n"))
            if window >= LONGEST_TAIL:
                raise ReaderError(FILE_TROUBLE, path=path, reason=SPOILT)
            window *= 8


class Anchors:
    """Where the audit stood at times, kept outside the log; the oldest are thinned out."""

    def __init__(self, folder: Path, files: Files) -> None:
        self._copies = Copies(folder, "anchors", files)

    def read(self) -> tuple[Anchor, ...]:
        """All that are remembered, oldest first."""
        value = self._copies.read()
        found: list[Anchor] = []
        for item in value if isinstance(value, list) else []:
            match item:
                case [int(number), str(text)]:
                    found.append(Anchor(number, text))
                case _:
                    pass
        return tuple(found)

    def add(self, anchor: Anchor) -> None:
        """Remember one more."""
        known = [*self.read(), anchor]
        if len(known) > MOST_ANCHORS:
            half = MOST_ANCHORS // 2
            known = known[:half:2] + known[half:]
        value: list[Value] = [[one.number, one.head] for one in dict.fromkeys(known)]
        self._copies.write(value)
