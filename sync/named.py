"""Files that gave no record and are called by a citizen's number: an empty print of hers tells by its name who she is.

So their receipts and issues go where she goes. A number that no citizen has tells of nobody.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from backupreader.domain.identity import compacted

if TYPE_CHECKING:
    from sqlite3 import Connection

_NUMBER: Final = re.compile(r"(?<![0-9])(?:[0-9]{2})?[0-9]{6}[-+ ]?[0-9A-ZÆØÅÄÖ]{4}(?![0-9])", re.IGNORECASE)
_TEN: Final = 10
"""The characters that a number has in every way of writing it."""


def mark(connection: Connection) -> None:
    """File in ``named`` whom each file without records is called by, once ``in_file`` is there."""
    connection.execute('CREATE TABLE named (path TEXT NOT NULL, "table" TEXT NOT NULL, who TEXT NOT NULL) STRICT')
    owners: defaultdict[str, list[str]] = defaultdict(list)
    for citizen, value in connection.execute("SELECT citizen, value FROM identifier"):
        owners[_plain(value)].append(citizen)
    paths = connection.execute(
        "SELECT file FROM receipt UNION SELECT file FROM issue "
        "EXCEPT SELECT path FROM source_file WHERE id IN (SELECT file FROM in_file)"
    ).fetchall()
    connection.executemany(
        "INSERT INTO named VALUES (?, 'citizen', ?)",
        [(path, who) for (path,) in paths for found in _NUMBER.findall(path) for who in owners.get(_plain(found), ())],
    )


def _plain(number: str) -> str:
    return compacted(number).replace("+", "")[-_TEN:]
