"""One side of a comparison: a generation as lines of fingerprints by id, and the rows that turn out to differ.

A fingerprint is of what a row says, not of the file and line that it came from. They are Python's own hashes: good
within this process, for nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING, Final, TypeVar

from backupreader.domain.barriers import is_hers, own_units
from backupreader.domain.changes import ABOUT, Subject, told
from backupreader.domain.moments import oldest
from backupreader.domain.records import Citizen, Delivery, Dose, Medication, Visit
from backupreader.store.question import Question
from backupreader.store.rows import NAMES, table

if TYPE_CHECKING:
    from sqlite3 import Connection
    from zoneinfo import ZoneInfo

    from backupreader.store.manifest import Manifest
    from backupreader.store.persons import Known
    from backupreader.store.session import Session

R = TypeVar("R", bound=Subject)
_DOSE: Final = tuple(name for name in table(Dose).names if name not in {"id", "medication", "citizen"})


@dataclass(frozen=True, slots=True)
class Line:
    """One row: its id, its place in the table, the fingerprint of what it says, and what it is `about`.

    `when` is a visit's start.
    """

    id: str
    row: int
    print: int
    when: str | None = None
    about: tuple[str | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Person:
    """Whom a change is about: the id that stands for her, her name, and her unit's; only an id if nobody sent her."""

    citizen: str
    name: str
    unit: str


class Side(Question):
    """One generation, of one thread. Damage that shows is told as STORE_DAMAGED."""

    def __init__(self, connection: Connection, manifest: Manifest, session: Session | None = None) -> None:
        super().__init__(connection, manifest, session)
        connection.create_function("fingerprint", -1, _fingerprint, deterministic=True)
        self._own_units: frozenset[str] | None = None
        if session is not None:
            actor = session.actor
            self._own_units = own_units(self._units, actor.units, says_herself=actor.via == "event-code")
        self._whose: dict[str, Known | None] = {}
        self._private: dict[str, tuple[Medication, ...]] = {}

    @property
    def zone(self) -> ZoneInfo:
        """The site's time zone."""
        return self._zone

    @property
    def left_out(self) -> tuple[str, ...]:
        """The tables that are not in this copy by the municipality's decision."""
        return self._shelf.left_out

    def close(self) -> None:
        """Give the file back."""
        self._connection.close()

    # --- what came ---

    def taken(self) -> Mapping[tuple[str, str], str]:
        """When each table of each source was taken; the oldest moment where it was taken in parts."""
        found: dict[tuple[str, str], str] = {}
        for one in self._deliveries:
            key = one.table, one.source
            found[key] = oldest((one.taken_at, found.get(key, one.taken_at)), self._zone) or one.taken_at
        return found

    def taken_at(self) -> str | None:
        """The oldest moment of all."""
        return oldest((one.taken_at for one in self._deliveries), self._zone)

    def deliveries_of(self, tables: Iterable[str]) -> tuple[Delivery, ...]:
        """What came of these tables."""
        wanted = frozenset(tables)
        return tuple(one for one in self._deliveries if one.table in wanted)

    def sources(self, name: str) -> frozenset[str]:
        """Which sources say that they sent this table."""
        return frozenset(one.source for one in self._deliveries if one.table == name)

    def tables_of(self, source: str) -> frozenset[str]:
        """Which tables came from a source: as it says itself, or as its rows show."""
        said = {one.table for one in self._deliveries if one.source == source}
        return frozenset(said | self._rows_of.get(source, set()))

    def whole(self, name: str, source: str) -> bool:
        """Whether no delivery of the table says that rows of it are missing."""
        mine = [one for one in self._deliveries if one.table == name and one.source == source]
        return all(one.complete is not False for one in mine)

    @cached_property
    def _rows_of(self) -> Mapping[str, set[str]]:
        """By source, the tables that have a row of it."""
        found: dict[str, set[str]] = {}
        for name in ("citizen", "alert", "medication", "visit"):
            prefix = "DISTINCT substr(id, 1, instr(id, ':') - 1)"
            for (source,) in self._connection.execute(f'SELECT {prefix} FROM "{name}"'):  # noqa: S608 (our own names)
                found.setdefault(source, set()).add(name)
        return found

    # --- its rows ---

    def lines(self, kind: type[Subject]) -> Iterator[Line]:
        """Every row of a table, by id."""
        columns, about = (", ".join(f'"{name}"' for name in names) for names in (told(kind), ABOUT[kind]))
        when = "start" if kind is Visit else "NULL"
        question = f'SELECT id, rowid, fingerprint({columns}), {when}, {about} FROM "{NAMES[kind]}" ORDER BY id'  # noqa: S608
        return self._lines(question)

    def _lines(self, question: str) -> Iterator[Line]:
        return (Line(row[0], row[1], row[2], row[3], row[4:]) for row in self._connection.execute(question))

    def doses(self) -> Iterator[Line]:
        """A line for each order that has doses: their fingerprint does not depend on their ids, nor on their order."""
        columns = ", ".join(f'"{name}"' for name in _DOSE)
        question = f"SELECT medication, rowid, fingerprint({columns}), NULL FROM dose ORDER BY medication"  # noqa: S608
        for order, rows in groupby(self._lines(question), key=lambda line: line.id):
            yield Line(order, 0, hash(tuple(sorted(line.print for line in rows))))

    def record(self, kind: type[R], row: int) -> R:
        """One row, whole."""
        (found,) = self._shelf.records(kind, "WHERE rowid = ?", (row,))
        return found

    def doses_of(self, order: Subject) -> tuple[Dose, ...]:
        """An order's doses."""
        assert isinstance(order, Medication)
        asked = "WHERE citizen = ? AND medication = ? ORDER BY rowid"
        return self._shelf.records(Dose, asked, (order.citizen, order.id))

    def private_of(self, citizen: str) -> tuple[Medication, ...]:
        """A citizen's orders that are marked private, in whichever source."""
        if citizen not in self._private:
            known = self.known(citizen)
            ids = known.ids if known is not None else (citizen,)
            marks = ", ".join("?" * len(ids))
            self._private[citizen] = self._shelf.records(Medication, f"WHERE private AND citizen IN ({marks})", ids)
        return self._private[citizen]

    def last_starts(self) -> Mapping[str, str]:
        """By source, the latest start of a visit."""
        question = "SELECT substr(id, 1, instr(id, ':') - 1), max(start) FROM visit GROUP BY 1"
        return dict(self._connection.execute(question).fetchall())

    # --- whose they are ---

    def known(self, citizen: str) -> Known | None:
        """Who a citizen is; None where no source sent her."""
        if citizen not in self._whose:
            self._whose[citizen] = self._known(citizen)
        return self._whose[citizen]

    def hers(self, citizen: str | None, units: Iterable[str | None]) -> bool:
        """Whether what is about a citizen is of the asking person's own units; `units` of what is about nobody."""
        if citizen is None:
            return is_hers(self._own_units, [*units])
        known = self.known(citizen)
        return self._own_units is None if known is None else self._guard.is_hers(known)

    def with_unit(self, record: Subject | None) -> Subject | None:
        """The record with its unit's name in place of the unit's id."""
        if isinstance(record, Citizen | Visit) and (unit := self._units.get(record.unit or "")) is not None:
            return replace(record, unit=unit.name)
        return record

    def person(self, citizen: str | None) -> Person:
        """Whom a change is about."""
        known = self.known(citizen) if citizen is not None else None
        if known is None:
            return Person(citizen or "", "", "")
        return Person(known.citizen.id, known.citizen.name, self._unit_name(known.citizen) or "")


def merged(former: Iterator[Line], newer: Iterator[Line]) -> Iterator[tuple[Line | None, Line | None]]:
    """The lines of both in the order of their ids, those of one id together."""
    before, now = next(former, None), next(newer, None)
    while before is not None or now is not None:
        if now is None or (before is not None and before.id < now.id):
            yield before, None
            before = next(former, None)
        elif before is None or now.id < before.id:
            yield None, now
            now = next(newer, None)
        else:
            yield before, now
            before, now = next(former, None), next(newer, None)


def _fingerprint(*values: object) -> int:
    return hash(values)
