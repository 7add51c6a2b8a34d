"""Records as rows of ``schema.sql`` and back: the columns of a table are the fields of its record.

Two fields are told apart: `origin` is stored as two columns, its file by number (`source_file`), and a citizen's
`identifiers` have a table of their own. Made for millions of rows: nothing here looks at a record's fields one by one
in Python.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

from backupreader.domain.records import TABLES, Citizen, Delivery, Identifier, Issue, Origin, Receipt, Record

if TYPE_CHECKING:
    from sqlite3 import Connection

R = TypeVar("R", bound=Record)

_APART: Final = {"origin", "identifiers"}
_LITERALS: Final[dict[bool | None, str]] = {None: "NULL", False: "0", True: "1"}


class FileNumbers(dict[str, int]):
    """The number of each source file, given out as files are met."""

    def __missing__(self, path: str) -> int:
        """The next number, for a file not met before."""
        number = self[path] = len(self) + 1
        return number


NAMES: Final[Mapping[type[Any], str]] = {record: name for name, record in TABLES.items()}
"""The table of each kind of record."""


@dataclass(frozen=True, slots=True)
class Table(Generic[R]):
    """How the records of one kind lie in their table.

    `names` are the record's fields in the order of its columns, `columns` the same for a SELECT, `flags` the places of
    flags.
    """

    name: str
    record: type[R]
    names: tuple[str, ...]
    columns: str
    flags: tuple[tuple[int, str], ...]

    def file(self, connection: Connection, records: Sequence[R], files: FileNumbers, **more: Sequence[int]) -> None:
        """Insert `records`, with further columns by name.

        Works by columns: one that says the same nothing throughout stands in the statement, since binding None or a
        flag costs as much as the rest of a row, and most columns of most sources are empty.
        """
        columns: dict[str, Sequence[Any]] = {name: list(map(attrgetter(name), records)) for name in self.names}
        origins = [record.origin for record in records]
        columns["source_file"] = [files[origin.file] for origin in origins]
        columns["source_row"] = [origin.row for origin in origins]
        columns.update(more)
        places: list[str] = []
        bound: list[Sequence[Any]] = []
        for values in columns.values():
            literal = _LITERALS.get(values[0]) if values[0] is None or isinstance(values[0], bool) else None
            if literal is not None and values.count(values[0]) == len(values):
                places.append(literal)
            else:
                places.append("?")
                bound.append(values)
        statement = f'INSERT INTO "{self.name}" ({_quoted(columns)}) VALUES ({", ".join(places)})'  # noqa: S608 (our own names)
        connection.executemany(statement, zip(*bound, strict=True))

    def select(self, rest: str, without: str | None = None) -> str:
        """The statement whose rows `records` reads; `rest` is its WHERE and ORDER BY, `without` a column left empty."""
        columns = self.columns if without is None else self.columns.replace(f'"{without}"', "x''")
        return f'SELECT {columns}, source_file, source_row FROM "{self.name}" {rest}'  # noqa: S608 (our own names)

    def records(self, rows: Iterable[tuple[Any, ...]], files: Mapping[int, str]) -> Iterator[R]:
        """The records of the rows of `select`."""
        for row in rows:
            values = dict(zip(self.names, row, strict=False))
            for position, name in self.flags:
                if row[position] is not None:
                    values[name] = bool(row[position])
            yield self.record(**values, origin=Origin(files[row[-2]], row[-1]))


_KNOWN: Final[dict[type[Any], Table[Any]]] = {}


def table(record: type[R]) -> Table[R]:
    """The table of a kind of record."""
    if record not in _KNOWN:
        stored = [field for field in fields(record) if field.name not in _APART]
        flags = [
            (place, field.name) for place, field in enumerate(stored) if str(field.type) in {"bool", "bool | None"}
        ]
        names = tuple(field.name for field in stored)
        _KNOWN[record] = Table(NAMES[record], record, names, _quoted(names), tuple(flags))
    return _KNOWN[record]


def identifier_rows(citizen: Citizen) -> list[tuple[Any, ...]]:
    """The values of `INSERT_IDENTIFIER`, a tuple a number."""
    return [(citizen.id, number.kind, number.value, number.system, number.valid) for number in citizen.identifiers]


LEFT_OUT: Final = "left out"
"""What `meta` says under this key: names of tables, with a space between them."""
INSERT_IDENTIFIER: Final = "INSERT INTO identifier (citizen, kind, value, system, valid) VALUES (?, ?, ?, ?, ?)"


def file_plain(connection: Connection, items: Sequence[Issue] | Sequence[Receipt] | Sequence[Delivery]) -> None:
    """Insert issues, receipts or deliveries: they have no origin of their own."""
    kind = type(items[0])
    names = [field.name for field in fields(kind)]
    places = ", ".join("?" * len(names))
    statement = f"INSERT INTO {kind.__name__.lower()} ({_quoted(names)}) VALUES ({places})"  # noqa: S608 (our own names)
    connection.executemany(statement, map(attrgetter(*names), items))


class Shelf:
    """The records of an opened generation, by question. `rest` is what follows ``FROM table``: WHERE and ORDER BY.

    `left_out` are the tables that the site keeps out of its generations by its own decision.
    """

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._files: dict[int, str] = dict(connection.execute("SELECT id, path FROM source_file"))
        told = connection.execute("SELECT value FROM meta WHERE key = ?", (LEFT_OUT,)).fetchone()
        self.left_out: tuple[str, ...] = tuple(told[0].split()) if told else ()

    def records(
        self, record: type[R], rest: str = "", values: tuple[Any, ...] = (), *, without: str | None = None
    ) -> tuple[R, ...]:
        """The records of one table; `without` leaves one large column empty."""
        kind = table(record)
        return tuple(kind.records(self.connection.execute(kind.select(rest, without), values), self._files))

    def citizens(self, rest: str = "", values: tuple[Any, ...] = ()) -> tuple[Citizen, ...]:
        """Citizens with their numbers, which `records` leaves out."""
        return tuple(replace(one, identifiers=self._identifiers(one.id)) for one in self.records(Citizen, rest, values))

    def every_citizen(self) -> Iterator[Citizen]:
        """All citizens with their numbers, which are asked for at once."""
        numbers: dict[str, list[Identifier]] = defaultdict(list)
        for citizen, *number in self.connection.execute(
            "SELECT citizen, kind, value, system, valid FROM identifier ORDER BY rowid"
        ):
            numbers[citizen].append(_identifier(*number))
        for one in self.records(Citizen, "ORDER BY rowid"):
            yield replace(one, identifiers=tuple(numbers[one.id])) if one.id in numbers else one

    def issues(self, rest: str, values: tuple[Any, ...] = ()) -> tuple[Issue, ...]:
        """Issues as they were filed."""
        return tuple(Issue(**row) for row in self._plain(Issue, rest, values))

    def deliveries(self) -> tuple[Delivery, ...]:
        """Every delivery, in the order filed."""
        found = (Delivery(**row) for row in self._plain(Delivery, "ORDER BY rowid", ()))
        return tuple(one if one.complete is None else replace(one, complete=bool(one.complete)) for one in found)

    def receipts(self) -> tuple[Receipt, ...]:
        """What became of each file, in the order filed."""
        return tuple(Receipt(**row) for row in self._plain(Receipt, "ORDER BY rowid", ()))

    def _plain(self, kind: type[Any], rest: str, values: tuple[Any, ...]) -> Iterator[dict[str, Any]]:
        """What has no origin of its own, as names and values."""
        names = [field.name for field in fields(kind)]
        statement = f"SELECT {_quoted(names)} FROM {kind.__name__.lower()} {rest}"  # noqa: S608 (our own names)
        return (dict(zip(names, row, strict=True)) for row in self.connection.execute(statement, values))

    def number(self, question: str, values: tuple[Any, ...] = ()) -> int:
        """The one number that `question` asks for."""
        (number,) = self.connection.execute(question, values).fetchone()
        return int(number)

    def _identifiers(self, citizen: str) -> tuple[Identifier, ...]:
        """One citizen's numbers, in the order delivered."""
        found = self.connection.execute(
            "SELECT kind, value, system, valid FROM identifier WHERE citizen = ? ORDER BY rowid", (citizen,)
        )
        return tuple(_identifier(*number) for number in found)


def _identifier(kind: str, value: str, system: str | None, valid: int | None) -> Identifier:
    return Identifier(kind, value, system, None if valid is None else bool(valid))


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)
