"""SQLCipher, and nothing else of it anywhere: a generation's database is made here once, and opened here for reading.

A key is 32 random bytes given in SQLCipher's raw form. Its exact form is asserted, because a key of another length
would silently be taken as a passphrase, and no key at all would silently write a plaintext database; `is_sealed` looks
at what was really written.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

from backupreader.domain.errors import FILE_TROUBLE, NO_SPACE, SELF_TEST, STORE_DAMAGED
from backupreader.domain.trouble import ReaderError
from backupreader.store import form

if TYPE_CHECKING:  # the two share one interface, of which only the first has types
    import sqlite3 as sqlcipher
    from sqlite3 import Connection
else:
    from sqlcipher3 import dbapi2 as sqlcipher

KEY_BYTES: Final = 32
SCHEMA: Final = form.SCHEMA
"""The version of the tables that this reads and writes."""
LEAST_CIPHER: Final = (4, 17)
PAGE: Final = 8192
"""Bytes a page. 4096 makes the full text a third slower; larger ones cost more for each single row."""
BUILD_CACHE: Final = 64 << 20
PART_CACHE: Final = 16 << 20  # full text is written once, leaf after leaf, by several parts at once
READ_CACHE: Final = 8 << 20
_PLAINTEXT: Final = b"SQLite format 3\x00"
_FOLDER: Final = Path(__file__).parent
_KNOWN: Final = _FOLDER / "known" / "database"
_ALLOWED: Final = frozenset({20, 21, 31, 33})  # SQLITE_READ, SELECT, FUNCTION, RECURSIVE
_PRAGMA: Final = 19
# The last: SQLite opens what it may not write for reading only, and says so at the first page.
_DISK: Final = ("disk I/O error", "unable to open", "attempt to write a readonly database")
_DATA_VERSION: Final = "data_version"  # the full text asks for it before every query
_MOST_TOLD: Final = 5
_OK: Final = 0
_DENY: Final = 1


def create(path: Path, key: bytes) -> Connection:
    """An empty generation at `path`, a file that is there and empty.

    One great transaction is already open. Nothing is synced and there is no journal: the file counts only after
    `commit`, `is_sealed`, and an fsync.
    """
    connection = _writer(path, key)
    connection.executescript((_FOLDER / "schema.sql").read_text(encoding="utf-8"))
    connection.execute("BEGIN")
    return connection


def reopen(path: Path, key: bytes) -> Connection:
    """A committed generation that is not finished yet, to add to it in one further transaction, which is open."""
    connection = _writer(path, key)
    connection.execute("BEGIN")
    return connection


def create_part(part: Path, key: bytes, whole: Path) -> Connection:
    """A file of a build's own at `part`, which is there and empty; its transaction is open.

    The committed generation `whole` is there to be read as ``whole``, and must not change meanwhile.
    """
    connection = _writer(part, key)
    connection.execute(f"PRAGMA cache_size = -{PART_CACHE >> 10}")
    connection.execute(f"ATTACH ? AS whole KEY {_literal(key)}", (_immutable(whole),))
    connection.execute("BEGIN")
    return connection


def open_part(part: Path, key: bytes) -> Connection:
    """A committed part, to read it."""
    return _writer(part, key)


def _writer(path: Path, key: bytes) -> Connection:
    connection = sqlcipher.connect(path.absolute().as_uri(), uri=True, isolation_level=None)
    _unlock(connection, key)
    for pragma in (
        "cipher_memory_security = OFF",
        "journal_mode = OFF",
        "synchronous = OFF",
        "locking_mode = EXCLUSIVE",
        "temp_store = MEMORY",
        f"cache_size = -{BUILD_CACHE >> 10}",
    ):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def _immutable(path: Path) -> str:
    return f"{path.absolute().as_uri()}?mode=ro&immutable=1"


def index(connection: Connection) -> Iterator[str]:
    """Make the indexes, a line each, telling each one before it is begun."""
    for line in (_FOLDER / "indexes.sql").read_text(encoding="utf-8").splitlines():
        if line.startswith("CREATE"):
            yield line
            connection.execute(line)


def commit(connection: Connection) -> None:
    """Write the transaction out; the caller closes, and syncs the file."""
    connection.execute("COMMIT")


@contextmanager
def writing(path: Path) -> Generator[None]:
    """What the disk says while a database is written is told as NO_SPACE or FILE_TROUBLE; the rest is our own fault.

    So is what was just written and does not read back.
    """
    try:
        yield
    except sqlcipher.OperationalError as trouble:
        if str(trouble) == "database or disk is full":
            raise ReaderError(NO_SPACE, path=path) from trouble
        if str(trouble).startswith(_DISK):
            raise ReaderError(FILE_TROUBLE, path=path, reason=trouble) from trouble
        raise
    except sqlcipher.DatabaseError as trouble:
        if type(trouble) is sqlcipher.DatabaseError:  # its subclasses tell of a wrong use
            raise ReaderError(FILE_TROUBLE, path=path, reason=trouble) from trouble
        raise


def is_sealed(path: Path) -> bool:
    """Whether the file starts as SQLCipher writes it: with random salt, not with SQLite's own words."""
    with path.open("rb") as file:
        head = file.read(len(_PLAINTEXT))
    return len(head) == len(_PLAINTEXT) and head != _PLAINTEXT


def open_reader(path: Path, key: bytes) -> Connection:
    """A connection that can only read, to a finished generation that nobody changes any more.

    Raises `ReaderError` (STORE_DAMAGED) when the file is not there, is plaintext, or is no database under this key.
    """
    try:
        if not is_sealed(path):
            raise ReaderError(STORE_DAMAGED, path=path)
    except OSError as trouble:
        raise ReaderError(STORE_DAMAGED, path=path) from trouble
    with guarded(path):
        connection = sqlcipher.connect(_immutable(path), uri=True, isolation_level=None)
        try:
            _unlock(connection, key)
            for pragma in (
                "query_only = ON",
                "trusted_schema = OFF",
                "temp_store = MEMORY",
                f"cache_size = -{READ_CACHE >> 10}",
            ):
                connection.execute(f"PRAGMA {pragma}")
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            _refuse_other(version, path)
            connection.set_authorizer(_only_reading)
        except BaseException:
            connection.close()
            raise
    return connection


def known_answers() -> Mapping[str, Callable[[], bool]]:
    """By name, what is asked of SQLCipher here, tried on a file that was written under a known key (see `selftest`).

    A plain SQLite would take the key without a word, and write citizens' data in clear.
    """
    return {
        "SQLCipher": lambda: is_sealed(_KNOWN) and _known_answer(bytes(range(KEY_BYTES))) == "blåbærgrød",
        "SQLCipher (another key)": lambda: _known_answer(bytes(KEY_BYTES)) is None,
    }


def _known_answer(key: bytes) -> str | None:
    """What the known file holds; None where it does not open."""
    with closing(sqlcipher.connect(_immutable(_KNOWN), uri=True, isolation_level=None)) as connection:
        try:
            _unlock(connection, key)
            (answer,) = connection.execute("SELECT answer FROM known").fetchone()
        except sqlcipher.DatabaseError:
            return None
        return str(answer)


def _refuse_other(version: int, path: Path) -> None:
    if version != SCHEMA:
        raise ReaderError(STORE_DAMAGED, path=path)


def wrong_pages(path: Path, key: bytes) -> list[str]:
    """What SQLCipher finds wrong with the pages of a finished file: each one is proved as it was written.

    It does not notice whole pages that are missing at the end, which only the digest of the file does.
    """
    with _checking(path, key) as connection:
        return [str(row[0]) for row in connection.execute("PRAGMA cipher_integrity_check")]


def wrong_tables(path: Path, key: bytes) -> list[str]:
    """What SQLite finds wrong with the tables and indexes of a finished file, those of the full text included."""
    with _checking(path, key) as connection:
        ordinary = "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'"
        names = [name for (name,) in connection.execute(ordinary)]
        checks = (row for name in names for row in connection.execute(f"PRAGMA quick_check('{name}')"))
        return list(islice((str(row[0]) for row in checks if row[0] != "ok"), _MOST_TOLD))


@contextmanager
def _checking(path: Path, key: bytes) -> Generator[Connection]:
    """A reader that may ask for checks too."""
    connection = open_reader(path, key)
    try:
        connection.set_authorizer(None)
        with guarded(path):
            yield connection
    finally:
        connection.close()


@contextmanager
def guarded(path: Path | str) -> Generator[None]:
    """What the database finds wrong with its file is told as STORE_DAMAGED; a wrong use of it stays our own fault."""
    try:
        yield
    except sqlcipher.ProgrammingError:
        raise
    except sqlcipher.DatabaseError as trouble:
        raise ReaderError(STORE_DAMAGED, path=path) from trouble


def _unlock(connection: Connection, key: bytes) -> None:
    """Give the key. Raises SELF_TEST for a SQLCipher older than we trust."""
    if len(key) != KEY_BYTES:
        raise ValueError("a key of 32 bytes")
    with suppress(sqlcipher.DatabaseError):  # a wrong key is told by us, not printed by the library
        connection.execute("PRAGMA cipher_log_level = NONE")
    row = connection.execute("PRAGMA cipher_version").fetchone()
    numbers = str(row[0] if row else "0.0").split(" ")[0].split(".")
    if tuple(int(number) for number in numbers[:2]) < LEAST_CIPHER:
        raise ReaderError(SELF_TEST, what=f"SQLCipher {'.'.join(numbers)}")
    connection.execute(f"PRAGMA cipher_default_page_size = {PAGE}")  # the one way that reaches attached files too
    connection.execute(f"PRAGMA key = {_literal(key)}")


def _literal(key: bytes) -> str:
    """The key in SQLCipher's raw form; of any other length it would be a passphrase."""
    literal = f"x'{key.hex()}'"
    assert len(literal) == 2 * KEY_BYTES + len("x''")
    return f'"{literal}"'


def _only_reading(action: int, first: str | None, *_: str | None) -> int:
    """SQLite's authorizer: what a statement may do."""
    if action in _ALLOWED or (action == _PRAGMA and first == _DATA_VERSION):
        return _OK
    return _DENY
