"""What was built is read back before anybody is told of it: page by page, counted, and asked as a nurse would ask."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from backupreader.domain.errors import FILE_TROUBLE, STORE_DAMAGED
from backupreader.domain.fold import words
from backupreader.domain.trouble import ReaderError, Reason
from backupreader.language import N_
from backupreader.store import database
from backupreader.store.abreast import abreast
from backupreader.store.manifest import Manifest
from backupreader.store.notesearch import NoteSearch
from backupreader.store.reader import Reader

if TYPE_CHECKING:
    from sqlite3 import Connection

_NOT_AS_WRITTEN = N_("it does not read back as it was written ({what})")


def check(path: Path, key: bytes, counts: Mapping[str, int]) -> None:
    """Read `path` back as a PC would. Raises `ReaderError` (FILE_TROUBLE) when anything is not as it was written."""
    if not database.is_sealed(path):
        raise _wrong(path, "plaintext")
    try:
        found: dict[int, list[str]] = {}
        for _ in abreast([partial(_look, number, path, key, found) for number in range(len(_CHECKS))]):
            pass  # nothing but SQLCipher at work, on two cores
        for number in sorted(found):
            for what in found[number]:
                raise _wrong(path, what)
        _ask(path, key, counts)
    except ReaderError as trouble:
        if trouble.kind is STORE_DAMAGED:
            raise _wrong(path, "SQLCipher") from trouble
        raise


_CHECKS: Final = (database.wrong_pages, database.wrong_tables)


def _look(number: int, path: Path, key: bytes, found: dict[int, list[str]]) -> tuple[()]:
    """One of the checks, as a piece of work."""
    found[number] = _CHECKS[number](path, key)
    return ()


def _ask(path: Path, key: bytes, counts: Mapping[str, int]) -> None:
    """The questions of a reader; the first one that is not answered as it must be is raised."""
    connection = database.open_reader(path, key)
    try:
        with database.guarded(path):
            for table, rows in counts.items():
                (there,) = connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()  # noqa: S608 (a name of our own schema)
                if there != rows:
                    raise _wrong(path, f"{table}: {there} / {rows}")
            for what in _canaries(connection, Reader(connection, _PROVISIONAL)):
                raise _wrong(path, what)
    finally:
        connection.close()


def _canaries(connection: Connection, reader: Reader) -> Iterator[str]:
    """What is not found by its own words, of the first, the middle and the last citizen and note."""
    everyone = reader.counts()["citizen"]
    for row in _three(connection, "citizen"):
        citizen_id, name = connection.execute("SELECT id, name FROM citizen WHERE rowid = ?", (row,)).fetchone()
        found = {hit.citizen.id for hit in reader.find(name, limit=everyone)}
        known = reader.citizen(citizen_id)
        if known is None or known.id not in found or reader.journal(citizen_id).citizen.id != known.id:
            yield f"citizen, row {row}"
    for row in _three(connection, "note"):
        (text,) = connection.execute("SELECT text FROM note WHERE rowid = ?", (row,)).fetchone()
        asked = sorted(set(words(text)), key=len)[-_WORDS:]
        if asked and row not in NoteSearch(connection).find(" ".join(asked) + " "):
            yield f"note, row {row}"


def _three(connection: Connection, table: str) -> Iterator[int]:
    """The first, the middle and the last row of a table, or fewer."""
    least, most = connection.execute(f'SELECT min(rowid), max(rowid) FROM "{table}"').fetchone()  # noqa: S608
    if least is not None:
        for row in {least, (least + most) // 2, most}:
            yield from (
                found
                for (found,) in connection.execute(
                    f'SELECT rowid FROM "{table}" WHERE rowid >= ? ORDER BY rowid LIMIT 1',  # noqa: S608
                    (row,),
                )
            )


def _wrong(path: Path, what: str) -> ReaderError:
    return ReaderError(FILE_TROUBLE, path=path, reason=Reason(_NOT_AS_WRITTEN, {"what": what}))


_WORDS: Final = 6
_PROVISIONAL: Final = Manifest(
    schema=database.SCHEMA,
    site="check",
    signer="",
    epoch=0,
    seq=1,
    created="",
    taken_at={},
    counts={},
    units={},
    database_length=0,
    database_sha256="",
    seals={},
    plan_length=0,
    plan_sha256="",
)
"""A reader wants a manifest; the real one is written only after this check."""
