"""The full text of the notes, as it is made. `notesearch` asks it.

The notes are numbered by age in `note_rank` (1 is the oldest), and the number is their row in the full text, so that
the newest ones come first without sorting. Several tables share them, the newest few in the first (`shards`): a common
word is answered from there and never touches the others. Nothing but which words a note holds is kept
(``detail=none``, no content). Words are kept as `fold` spells them.

Splitting text into words is the floor of what this costs, so two threads do it, each for some of the tables, into
files of their own beside the database and under the same key; then the tables, a few large blobs each, are copied
over.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from backupreader.domain import fold
from backupreader.store import database
from backupreader.store.abreast import abreast
from backupreader.store.files import SECRET, Files

if TYPE_CHECKING:
    from sqlite3 import Connection

THREADS: Final = 2
SLICE: Final = 50_000
"""Notes that are read and sorted together: it bounds the memory that this takes."""
_FIRST: Final = (2_000, 8_000, 30_000, 60_000, 200_000, 200_000)
_FURTHER: Final = 500_000
_HASH_BYTES: Final = 16 << 20
_LEAF_BYTES: Final = 8_000  # fits a page of database.PAGE with its head; a larger one would spill into a second page
_SHADOWS: Final = ("data", "idx", "config")


@dataclass(frozen=True, slots=True)
class Shard:
    """One table: its number, and the lowest and highest rank of the notes in it. Number 1 has the newest."""

    number: int
    least: int
    most: int

    @property
    def name(self) -> str:
        """The table's name."""
        return f"note_text_{self.number}"


def shards(notes: int) -> Iterator[Shard]:
    """The tables for so many notes, the newest first; none for none."""
    number, most = 0, notes
    while most > 0:
        size = _FIRST[number] if number < len(_FIRST) else _FURTHER
        number += 1
        yield Shard(number, max(1, most - size + 1), most)
        most -= size


def number_notes(connection: Connection) -> None:
    """Fill `note_rank` and `note_shard`, in the great transaction: `build` reads them from the committed file."""
    connection.execute("INSERT INTO note_rank (note) SELECT rowid FROM note ORDER BY moment, rowid")
    (notes,) = connection.execute("SELECT count(*) FROM note_rank").fetchone()
    rows = [(shard.number, shard.least, shard.most) for shard in shards(notes)]
    connection.executemany("INSERT INTO note_shard (number, least, most) VALUES (?, ?, ?)", rows)


def build(path: Path, key: bytes, files: Files) -> Iterator[None]:
    """Add the full text to the committed database at `path`, its notes numbered; yields now and then meanwhile."""
    connection = database.reopen(path, key)
    try:
        rows = connection.execute(
            "SELECT number, least, most FROM note_shard ORDER BY most - least DESC, number"
        ).fetchall()
        share: list[list[Shard]] = [[] for _ in range(THREADS)]
        for row in rows:  # the largest first, each to whoever has least
            min(share, key=lambda mine: sum(shard.most - shard.least for shard in mine)).append(Shard(*row))
        parts = {path.with_name(f"{path.name}.part{number}"): mine for number, mine in enumerate(share) if mine}
        try:
            for part in parts:
                files.write_new(part, b"", SECRET)
            yield from _write_parts(path, key, parts)
            for part, mine in parts.items():
                _copy(part, key, mine, connection)
                yield
            database.commit(connection)
        finally:
            for part in parts:
                files.remove(part)
    finally:
        connection.close()


def _write_parts(path: Path, key: bytes, parts: dict[Path, list[Shard]]) -> Iterator[None]:
    yield from abreast([partial(_write_part, path, key, part, mine) for part, mine in parts.items()])


def _write_part(path: Path, key: bytes, part: Path, mine: Sequence[Shard]) -> Iterator[None]:
    """Make the tables `mine` in the file `part`, reading the notes as they lie: one pass, whatever their order.

    Yields between its steps; where it is left there, the part is not committed.
    """
    connection = database.create_part(part, key, path)
    try:
        connection.create_function("indexable", 1, _indexable, deterministic=True)
        connection.execute(
            "CREATE TEMP TABLE place (shard INTEGER, note INTEGER, rank INTEGER NOT NULL, PRIMARY KEY (shard, note)) "
            "WITHOUT ROWID"
        )
        for shard in mine:
            _make(connection, shard)
            connection.execute(
                "INSERT INTO place SELECT ?, note, rank FROM whole.note_rank WHERE rank BETWEEN ? AND ? ORDER BY note",
                (shard.number, shard.least, shard.most),
            )
        (last,) = connection.execute("SELECT max(note) FROM place").fetchone()
        for start in range(0, last, SLICE):
            for shard in mine:
                yield
                connection.execute(
                    f"INSERT INTO {shard.name} (rowid, text) "  # noqa: S608 (names of our own schema)
                    "SELECT rank, indexable(CAST(ifnull(title || ' ', '') || text AS BLOB)) "
                    "FROM place JOIN whole.note ON note.rowid = place.note "
                    "WHERE place.shard = ? AND place.note > ? AND place.note <= ? ORDER BY rank",
                    (shard.number, start, start + SLICE),
                )
        database.commit(connection)
    finally:
        connection.close()


def _indexable(text: bytes) -> str:
    """What is indexed of a text; as bytes, and without NUL, since SQLite's text functions end at the first one."""
    return fold.indexable(text.replace(b"\0", b" ").decode())


def _make(connection: Connection, shard: Shard) -> None:
    connection.execute(
        f"CREATE VIRTUAL TABLE {shard.name} USING fts5(text, content='', detail=none, columnsize=0, "
        "tokenize='unicode61 remove_diacritics 2')"
    )
    for option, value in (("hashsize", _HASH_BYTES), ("pgsz", _LEAF_BYTES)):
        connection.execute(f"INSERT INTO {shard.name} ({shard.name}, rank) VALUES (?, ?)", (option, value))  # noqa: S608


def _copy(part: Path, key: bytes, mine: Sequence[Shard], target: Connection) -> None:
    """Make the finished tables of `part` anew in `target`: all that they are lies in ordinary tables beside each."""
    source = database.open_part(part, key)
    try:
        for shard in mine:
            _make(target, shard)
            for shadow in _SHADOWS:
                rows = source.execute(f"SELECT * FROM {shard.name}_{shadow}")  # noqa: S608 (names of our own schema)
                places = ", ".join("?" * len(rows.description))
                target.execute(f"DELETE FROM {shard.name}_{shadow}")  # noqa: S608
                target.executemany(f"INSERT INTO {shard.name}_{shadow} VALUES ({places})", rows)  # noqa: S608
    finally:
        source.close()
