"""What a group of questions to an opened generation is: one subject, one class, one file under ``questions/``.

`Reader` is all groups together. A group is a class derived from `Question`; it reads what the generation holds
through the `Shelf`, and before it answers anything about people it has the guard write that down, and hold back what
needs a reason. A public question is marked ``@asking``: damage that shows at it is told as `ReaderError`
(STORE_DAMAGED). Answers
are frozen values. Groups do not know each other; what several need is here.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar
from zoneinfo import ZoneInfo

from backupreader.domain.records import Citizen, Unit
from backupreader.store import persons
from backupreader.store.answers import CitizenHit
from backupreader.store.catalogue import citizen_places
from backupreader.store.database import guarded
from backupreader.store.documentsearch import DocumentSearch
from backupreader.store.finder import Finder
from backupreader.store.guard import Guard
from backupreader.store.notesearch import NoteSearch
from backupreader.store.persons import PERSON, Known
from backupreader.store.rows import Shelf

if TYPE_CHECKING:
    from sqlite3 import Connection

    from backupreader.store.manifest import Manifest
    from backupreader.store.session import Session

T = TypeVar("T")
P = ParamSpec("P")
Q = TypeVar("Q", bound="Question")


def asking(question: Callable[Concatenate[Q, P], T]) -> Callable[Concatenate[Q, P], T]:
    """A question whose answer may show that the file is damaged."""

    @wraps(question)
    def guarded_question(self: Q, /, *args: P.args, **kwargs: P.kwargs) -> T:
        with guarded(self.name):
            return question(self, *args, **kwargs)

    return guarded_question


class Question:
    """See the module. `name` is the generation's; whoever opens an older one than the newest sets `fallback`.

    `session` is the person's who asks; the export machine checks what it built without one.
    """

    def __init__(self, connection: Connection, manifest: Manifest, session: Session | None = None) -> None:
        self.name = str(manifest.position)
        self.fallback: str | None = None
        self._manifest = manifest
        self._connection = connection
        with guarded(self.name):
            self._shelf = Shelf(connection)
            self._deliveries = self._shelf.deliveries()
            meta = dict(connection.execute("SELECT key, value FROM meta"))
            self._guard = Guard(session, connection, self._units)
        self._zone = ZoneInfo(meta["zone"])
        self._counts = {key.removeprefix("rows "): int(value) for key, value in meta.items() if key.startswith("rows ")}
        self._persons = persons.Persons(self._shelf)
        self.session = session

    @cached_property
    def _finder(self) -> Finder:
        return Finder(self._connection)

    @cached_property
    def _notesearch(self) -> NoteSearch:
        return NoteSearch(self._connection)

    @cached_property
    def _documentsearch(self) -> DocumentSearch:
        return DocumentSearch(self._connection)

    @cached_property
    def _places(self) -> dict[str, int]:
        """The place in the finder of whom each id stands for or means."""
        return citizen_places(self._connection)

    @cached_property
    def _own(self) -> frozenset[int] | None:
        """The places in the finder of the asking person's own citizens; None: all are."""
        return self._guard.own_places(self._places)

    @cached_property
    def _units(self) -> dict[str, Unit]:
        return {unit.id: unit for unit in self._shelf.records(Unit, "ORDER BY rowid")}

    def _find(self, words: str, limit: int, unit: str | None) -> tuple[CitizenHit, ...]:
        among = None
        if unit is not None:
            who = PERSON.format(column="citizen.id")
            members = f"SELECT rowid FROM citizen WHERE id IN (SELECT {who} FROM citizen WHERE unit = ?)"  # noqa: S608
            among = frozenset(row for (row,) in self._connection.execute(members, (unit,)))
        return tuple(self._hit(row, why) for row, why in self._finder.find(words, limit, among, self._own).hits)

    def _hit(self, row: int, why: str) -> CitizenHit:
        known = self._persons.by_row(row)
        citizen, also = self._guard.found(known)
        return CitizenHit(citizen, self._unit_name(citizen), why, also, self._guard.is_hers(known))

    def _known(self, citizen_id: str) -> Known | None:
        row = self._persons.row(citizen_id)
        return None if row is None else self._persons.by_row(row)

    def _unit_name(self, citizen: Citizen) -> str | None:
        unit = self._units.get(citizen.unit or "")
        return unit.name if unit else None
