"""Build: what the adapters read becomes one sealed, finished, checked database, in one pass and in constant memory.

Everything is kept: a row that refers to what never came stays and is told as an `Issue`; of two rows with one id the
first stays and the second is told. Then come the indexes, the full text and the lines of the finder, then the check of
what was written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from backupreader.domain import moments
from backupreader.domain.records import TABLES, Citizen, Delivery, Document, Issue, Note, Receipt, Unit
from backupreader.store import database, finder, fulltext, rounds
from backupreader.store.files import SECRET, Files
from backupreader.store.rows import (
    INSERT_IDENTIFIER,
    NAMES,
    FileNumbers,
    Shelf,
    Table,
    file_plain,
    identifier_rows,
    table,
)
from sync import references
from sync.adapter import Item
from sync.check import check
from sync.duplicates import Duplicates

if TYPE_CHECKING:
    from sqlite3 import Connection

Tick = Callable[[int, int | None], None]

_PLAIN: Final = frozenset({Issue, Receipt, Delivery})
BATCH: Final = 5_000
"""Records of one kind that are filed together."""
DOCUMENT_BYTES: Final = 8 << 20
"""Bytes of documents that are filed together."""


@dataclass(frozen=True, slots=True)
class Built:
    """Rows by table, what each source delivered, issues by severity, and the finished file's digest and length."""

    counts: Mapping[str, int]
    deliveries: tuple[Delivery, ...]
    issues_by_severity: Mapping[str, int]
    sha256: str
    length: int


def build(  # noqa: PLR0913 (what is built, where, under which key; how to write, tell and read clocks)
    items: Iterable[Item], path: Path, key: bytes, *, files: Files, tick: Tick, zone: str = "Europe/Copenhagen"
) -> Built:
    """The finished database at `path` (which must not be there yet), synced and checked.

    `zone` is that of wall time without an offset. `tick` is told how many records were taken so far. Raises
    `ReaderError`: what reading the items raises, NO_SPACE, and FILE_TROUBLE when the disk does not give back what was
    written. Whatever is raised, nothing is left at `path`.
    """
    files.write_new(path, b"", SECRET)
    try:
        with database.writing(path):
            counts = _write(items, path, key, tick, ZoneInfo(zone))
            for _ in fulltext.build(path, key, files):
                tick(sum(counts.values()), None)
        files.fsync_file(path)
        check(path, key, counts)
        length, sha256 = files.digest(path)
        return Built(counts, *_told(path, key), sha256, length)
    except BaseException:
        files.remove(path)
        raise


def _write(items: Iterable[Item], path: Path, key: bytes, tick: Tick, zone: ZoneInfo) -> dict[str, int]:
    connection = database.create(path, key)
    try:
        load = _Load(connection, zone, tick)
        load.take(items)
        load.duplicates.remove(connection)
        for _ in database.index(connection):
            load.tell()
        references.tell(connection)
        fulltext.number_notes(connection)
        rounds.count(connection)
        _fill_finder(connection)
        counts = _counts(connection)
        meta = [("zone", zone.key), *((f"rows {name}", str(rows)) for name, rows in counts.items())]
        connection.executemany("INSERT INTO meta VALUES (?, ?)", meta)
        database.commit(connection)
    finally:
        connection.close()
    return counts


class _Load:
    """The load of the items: batches by kind, since one statement for thousands of rows is what makes it fast."""

    def __init__(self, connection: Connection, zone: ZoneInfo, tick: Tick) -> None:
        self.duplicates = Duplicates()
        self._connection = connection
        self._zone = zone
        self._tick = tick
        self._files = FileNumbers()
        self._numbered: set[str] = set()
        self._bytes = 0
        self._done = 0

    def take(self, items: Iterable[Item]) -> None:
        """File every item."""
        waiting: dict[type[Item], list[Any]] = {kind: [] for kind in (*TABLES.values(), Issue, Receipt, Delivery)}
        for item in items:
            kind = type(item)
            batch = waiting[kind]
            batch.append(item)
            if len(batch) == BATCH or (kind is Document and self._is_heavy(item)):
                self._file(kind, batch)
                batch.clear()
        for kind, batch in waiting.items():
            if batch:
                self._file(kind, batch)
        rows = [(number, path) for path, number in self._files.items()]
        self._connection.executemany("INSERT INTO source_file (id, path) VALUES (?, ?)", rows)

    def tell(self) -> None:
        """Say how far this is: after the load, how many records there are is no secret any more."""
        self._tick(self._done, self._done)

    def _is_heavy(self, document: Item) -> bool:
        """Whether the documents that wait have become too large to wait any longer."""
        assert isinstance(document, Document)
        self._bytes += len(document.content)
        if self._bytes < DOCUMENT_BYTES:
            return False
        self._bytes = 0
        return True

    def _file(self, kind: type[Item], batch: list[Any]) -> None:
        if kind in _PLAIN:
            file_plain(self._connection, batch)
            return
        name = NAMES[kind]
        self.duplicates.note(name, batch)
        if kind is Note:
            zone, order = self._zone, moments.order
            moment = [order(note.written_at, zone) for note in batch]
            table(Note).file(self._connection, batch, self._files, moment=moment)
        else:
            kinds: Table[Any] = table(TABLES[name])
            kinds.file(self._connection, batch, self._files)
        if kind is Citizen:
            self._file_numbers(batch)
        self._done += len(batch)
        self._tick(self._done, None)

    def _file_numbers(self, citizens: Iterable[Citizen]) -> None:
        """A citizen's numbers, once: of two with one id only the first stays."""
        for citizen in citizens:
            if citizen.id not in self._numbered:
                self._numbered.add(citizen.id)
                self._connection.executemany(INSERT_IDENTIFIER, identifier_rows(citizen))


def _fill_finder(connection: Connection) -> None:
    shelf = Shelf(connection)
    units = {unit.id: unit.name for unit in shelf.records(Unit)}
    rows = dict(connection.execute("SELECT id, rowid FROM citizen"))
    citizens = sorted(shelf.citizens(), key=finder.sort_key)
    connection.executemany(
        "INSERT INTO finder (citizen, line) VALUES (?, ?)",
        ((rows[one.id], finder.line(one, units.get(one.unit or ""))) for one in citizens),
    )


def _counts(connection: Connection) -> dict[str, int]:
    """Rows by table."""
    counted = {name: f'SELECT count(*) FROM "{name}"' for name in TABLES}  # noqa: S608 (names of our own schema)
    return {name: connection.execute(question).fetchone()[0] for name, question in counted.items()}


def _told(path: Path, key: bytes) -> tuple[tuple[Delivery, ...], dict[str, int]]:
    """What was delivered, and the issues by severity, out of the finished file."""
    connection = database.open_reader(path, key)
    try:
        deliveries = Shelf(connection).deliveries()
        return deliveries, dict(connection.execute("SELECT severity, count(*) FROM issue GROUP BY severity"))
    finally:
        connection.close()
