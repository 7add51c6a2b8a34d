"""Two rows with one id in one table: found without keeping the ids of millions of rows.

Of each id only its hash is kept, eight bytes. Where two hashes are equal (nearly always two equal ids) the table
itself is asked.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from operator import attrgetter
from typing import TYPE_CHECKING, Final

from backupreader.domain.presence import source_of
from backupreader.domain.records import Issue, Record
from backupreader.store.rows import file_plain

if TYPE_CHECKING:
    from sqlite3 import Connection

CODE: Final = "duplicate-id"
_PARTS: Final = 256
_id = attrgetter("id")


class Duplicates:
    """The hashes of all ids so far, by table."""

    def __init__(self) -> None:
        self._hashes: dict[str, array[int]] = {}

    def note(self, table: str, records: Iterable[Record]) -> None:
        """Take in the ids of some records."""
        self._hashes.setdefault(table, array("q")).extend(map(hash, map(_id, records)))

    def remove(self, connection: Connection) -> None:
        """Take out every row whose id an earlier row has, with an issue for each, and correct what was delivered."""
        while self._hashes:
            table, hashes = self._hashes.popitem()
            repeated = _repeated(hashes)
            if repeated:
                _remove(connection, table, repeated)


def _repeated(hashes: array[int]) -> set[int]:
    """The numbers that occur more than once; a part at a time, so that no set of all of them is ever held."""
    parts = [array("q") for _ in range(_PARTS)]
    for number in hashes:
        parts[number % _PARTS].append(number)
    return {
        number for part in parts if len(set(part)) < len(part) for number, times in Counter(part).items() if times > 1
    }


def _remove(connection: Connection, table: str, repeated: set[int]) -> None:
    files = dict(connection.execute("SELECT id, path FROM source_file"))
    later = list(_later(connection, table, repeated))
    for row, record_id in later:
        where = f'FROM "{table}" WHERE rowid = ?'
        file, line = connection.execute(f"SELECT source_file, source_row {where}", (row,)).fetchone()
        issue = Issue(
            code=CODE, file=files[file], row=line, column="id", value=record_id[:200], severity="error", table=table
        )
        file_plain(connection, [issue])
        connection.execute(f"DELETE {where}", (row,))
    for source, number in Counter(source_of(record_id) for _, record_id in later).items():
        connection.execute(
            "UPDATE delivery SET filed = filed - ?, refused = refused + ?, complete = 0 WHERE rowid = "
            '(SELECT min(rowid) FROM delivery WHERE source = ? AND "table" = ?)',
            (number, number, source, table),
        )


def _later(connection: Connection, table: str, repeated: set[int]) -> Iterator[tuple[int, str]]:
    """Row and id of each record whose id an earlier row has."""
    met: set[str] = set()
    for row, record_id in connection.execute(f'SELECT rowid, id FROM "{table}" ORDER BY rowid'):  # noqa: S608
        if hash(record_id) in repeated:
            if record_id in met:
                yield row, record_id
            met.add(record_id)
