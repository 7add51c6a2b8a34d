"""Build: what the adapters read becomes one sealed, finished, checked database, in one pass and in constant memory.

Everything is kept: a row that refers to what never came stays and is told as an `Issue`; of two rows with one id the
first stays and the second is told. Then it is decided who of the citizens of several sources is one person (see
`linking`). Last come the full text and the lines of the finder, then the check of what was written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from backupreader.domain import moments
from backupreader.domain.lifecritical import Rules
from backupreader.domain.records import TABLES, Citizen, Delivery, Document, Issue, Note, Receipt, Unit
from backupreader.store import catalogue, database, documentsearch, finder, fulltext, rounds
from backupreader.store.files import SECRET, Files, told
from backupreader.store.rows import (
    INSERT_IDENTIFIER,
    LEFT_OUT,
    NAMES,
    FileNumbers,
    Shelf,
    Table,
    file_plain,
    identifier_rows,
    table,
)
from sync import doubtful, lifecritical, linking, references, share
from sync.adapter import Item
from sync.check import check
from sync.duplicates import Duplicates

if TYPE_CHECKING:
    from sqlite3 import Connection

Tick = Callable[[int, int | None], None]

_PLAIN: Final = frozenset({Issue, Receipt, Delivery})
BATCH: Final = 5_000
"""Records of one kind that are filed together."""
FOUND: Final = 1_000
"""So many issues of the build's own are told one by one."""
DOCUMENT_BYTES: Final = 8 << 20
"""Bytes of documents that are filed together."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """Rows by table, what each source delivered, what became of each file, and issues by severity.

    `found` are those that no reading of one source tells of, the worst first: at most `FOUND` of them.
    """

    counts: Mapping[str, int]
    deliveries: tuple[Delivery, ...]
    receipts: tuple[Receipt, ...]
    issues_by_severity: Mapping[str, int]
    found: tuple[Issue, ...]


@dataclass(frozen=True, slots=True)
class Built(Gathered):
    """The same of a finished file, and its digest and length."""

    sha256: str
    length: int


def build(  # noqa: PLR0913 (what is built, where, under which key; how to write, tell and read clocks)
    items: Iterable[Item],
    path: Path,
    key: bytes,
    *,
    files: Files,
    tick: Tick,
    zone: str = "Europe/Copenhagen",
    now: datetime | None = None,
    left_out: Sequence[str] = (),
    rules: Rules | None = None,
) -> Built:
    """The finished database at `path` (which must not be there yet), synced and checked.

    `zone` is that of wall time without an offset. `tick` is told how many records were taken so far. `now` tells dates
    of the future; `left_out` are the tables that `items` lack by the site's own decision; `rules` say who is
    life-critical. Raises `ReaderError`: what reading the items raises, NO_SPACE, and FILE_TROUBLE when the disk does
    not give back what was written. Whatever is raised, nothing is left at `path`.
    """
    files.write_new(path, b"", SECRET)
    try:
        with database.writing(path):
            counts, read = _write(items, path, key, tick, ZoneInfo(zone), now, left_out, rules)
            for _ in fulltext.build(path, key, files):
                tick(sum(counts.values()), None)
            files.fsync_file(path)
            with told(path):
                check(path, key, counts)
            length, sha256 = files.digest(path)
            return Built(counts, *_told(path, key, read), sha256, length)
    except BaseException:
        files.remove(path)
        raise


def gather(  # noqa: PLR0913 (as `build`)
    items: Iterable[Item], path: Path, key: bytes, *, files: Files, tick: Tick, zone: str, now: datetime
) -> Gathered:
    """Everything at `path` from which shares are taken (see `share`): sealed as a generation is, and never sent.

    What is wrong with the whole is counted, and told by each build of a share again. Raises as `build` does, and leaves
    nothing at `path` then.
    """
    files.write_new(path, b"", SECRET)
    try:
        with database.writing(path):
            connection = database.create(path, key)
            try:
                read = _Load(connection, ZoneInfo(zone), tick).all(items)
                (told_while_reading,) = connection.execute("SELECT max(rowid) FROM issue").fetchone()
                linking.tell(connection)
                share.mark(connection, told_while_reading or 0)
                references.tell(connection)
                doubtful.tell(connection, ZoneInfo(zone), now)
                counts = _counts(connection)
                connection.execute("INSERT INTO meta VALUES ('zone', ?)", (zone,))
                database.commit(connection)
            finally:
                connection.close()
            return Gathered(counts, *_told(path, key, read))
    except BaseException:
        files.remove(path)
        raise


def _write(  # noqa: PLR0913, PLR0917 (as `build`)
    items: Iterable[Item],
    path: Path,
    key: bytes,
    tick: Tick,
    zone: ZoneInfo,
    now: datetime | None,
    left_out: Sequence[str],
    rules: Rules | None,
) -> tuple[dict[str, int], int]:
    """Rows by table, and how many issues were told while reading."""
    connection = database.create(path, key)
    try:
        read = _Load(connection, zone, tick).all(items)
        everyone = linking.tell(connection)
        references.tell(connection)
        doubtful.tell(connection, zone, now)
        fulltext.number_notes(connection)
        documentsearch.fill(connection)
        rounds.count(connection)
        if rules is not None:
            lifecritical.tell(connection, rules)
        _fill_finder(connection, everyone)
        catalogue.fill(connection)
        counts = _counts(connection)
        meta = [("zone", zone.key), *((f"rows {name}", str(rows)) for name, rows in counts.items())]
        if left_out:
            meta.append((LEFT_OUT, " ".join(left_out)))
        connection.executemany("INSERT INTO meta VALUES (?, ?)", meta)
        database.commit(connection)
    finally:
        connection.close()
    return counts, read


class _Load:
    """The load of the items: batches by kind, since one statement for thousands of rows is what makes it fast."""

    def __init__(self, connection: Connection, zone: ZoneInfo, tick: Tick) -> None:
        self._duplicates = Duplicates()
        self._connection = connection
        self._zone = zone
        self._tick = tick
        self._files = FileNumbers()
        self._numbered: set[str] = set()
        self._bytes = 0
        self._done = 0

    def all(self, items: Iterable[Item]) -> int:
        """File every item, take out what stands twice, and make the indexes: how many issues were among the items."""
        self._take(items)
        (read,) = self._connection.execute("SELECT count(*) FROM issue").fetchone()
        self._duplicates.remove(self._connection)
        for _ in database.index(self._connection):
            self._tick(self._done, self._done)  # after the load, how many records there are is no secret any more
        return int(read)

    def _take(self, items: Iterable[Item]) -> None:
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
        self._duplicates.note(name, batch)
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


def _fill_finder(connection: Connection, everyone: list[tuple[Citizen, ...]]) -> None:
    units = {unit.id: unit.name for unit in Shelf(connection).records(Unit)}
    rows = dict(connection.execute("SELECT id, rowid FROM citizen"))
    in_order = sorted(everyone, key=lambda statements: finder.sort_key(statements[0]))
    connection.executemany(
        "INSERT INTO finder (citizen, line) VALUES (?, ?)",
        ((rows[statements[0].id], finder.line(statements, units)) for statements in in_order),
    )


def _counts(connection: Connection) -> dict[str, int]:
    """Rows by table."""
    counted = {name: f'SELECT count(*) FROM "{name}"' for name in TABLES}  # noqa: S608 (names of our own schema)
    return {name: connection.execute(question).fetchone()[0] for name, question in counted.items()}


def _told(
    path: Path, key: bytes, read: int
) -> tuple[tuple[Delivery, ...], tuple[Receipt, ...], dict[str, int], tuple[Issue, ...]]:
    """Out of the finished file: what was delivered, what became of each file, the issues by severity, and the build's.

    The build's own are those after the first `read`.
    """
    connection = database.open_reader(path, key)
    try:
        shelf = Shelf(connection)
        issues = dict(connection.execute("SELECT severity, count(*) FROM issue GROUP BY severity"))
        own = shelf.issues("WHERE rowid > ? ORDER BY severity != 'error', rowid LIMIT ?", (read, FOUND))
        return shelf.deliveries(), shelf.receipts(), issues, own
    finally:
        connection.close()
