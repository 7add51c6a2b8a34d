"""Who is one person, out of the rows of a generation (``same_person``): her ids, and what each source states of her."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from backupreader.domain.persons import person
from backupreader.domain.records import Citizen

if TYPE_CHECKING:
    from backupreader.store.rows import Shelf

PERSON = "ifnull((SELECT person FROM same_person AS known WHERE known.citizen = {column}), {column})"
"""In a question: the id that stands for the citizen in a column."""


@dataclass(frozen=True, slots=True)
class Known:
    """Who stands for a person, all her ids (that one's first), and what other sources than the first state of her."""

    citizen: Citizen
    ids: tuple[str, ...]
    also: tuple[Citizen, ...]


def first_of(shelf: Shelf, citizen_id: str) -> str:
    """The id that stands for her: her own, where only one source knows her."""
    found = shelf.connection.execute("SELECT person FROM same_person WHERE citizen = ?", (citizen_id,)).fetchone()
    return str(found[0]) if found else citizen_id


def ids_of(shelf: Shelf, first: str) -> tuple[str, ...]:
    """All ids by which sources know or mean her, the one that stands for her first."""
    found = shelf.connection.execute("SELECT citizen FROM same_person WHERE person = ? ORDER BY citizen", (first,))
    return (first, *(citizen for (citizen,) in found if citizen != first))


def known(shelf: Shelf, first: str) -> Known | None:
    """What is known of her for whom this id stands; None where no source delivered her."""
    ids = ids_of(shelf, first)
    stated = shelf.citizens(f"WHERE id IN {places(ids)} ORDER BY rowid", ids)
    return Known(person(stated), ids, stated[1:]) if stated else None


def everyone(shelf: Shelf) -> Iterator[Known]:
    """Everyone, by name, in a few questions for all."""
    ask = shelf.connection.execute
    first = dict(ask("SELECT citizen, person FROM same_person"))
    meant: dict[str, list[str]] = defaultdict(list)
    for citizen, stands in sorted(first.items()):
        meant[stands].append(citizen)
    stated: dict[str, list[Citizen]] = defaultdict(list)
    for one in shelf.every_citizen():
        stated[first.get(one.id, one.id)].append(one)
    in_order = ask("SELECT id FROM finder JOIN citizen ON citizen.rowid = finder.citizen ORDER BY place")
    for (who,) in in_order.fetchall():
        ids = (who, *(one for one in meant[who] if one != who)) if who in meant else (who,)
        yield Known(person(stated[who]), ids, tuple(stated[who][1:]))


def places(ids: tuple[str, ...]) -> str:
    """The question marks for some ids."""
    return f"({', '.join('?' * len(ids))})"


class Persons:
    """The persons of one opened generation, each read once, since each keystroke finds many of the same."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._places: dict[str, int | None] = {}
        self._known: dict[int, Known] = {}
        self._linked: frozenset[str] | None = None

    def row(self, citizen_id: str) -> int | None:
        """The row of the citizen who stands for her whom any source knows, or means, by this id."""
        if citizen_id not in self._places:
            first = (first_of(self._shelf, citizen_id),)
            found = self._shelf.connection.execute("SELECT rowid FROM citizen WHERE id = ?", first).fetchone()
            self._places[citizen_id] = found[0] if found else None
        return self._places[citizen_id]

    def by_row(self, row: int) -> Known:
        """The person for whom the citizen in this row stands."""
        if row not in self._known:
            (citizen,) = self._shelf.citizens("WHERE rowid = ?", (row,))
            found = known(self._shelf, citizen.id) if self._is_linked(citizen.id) else Known(citizen, (citizen.id,), ())
            assert found is not None
            self._known[row] = found
        return self._known[row]

    def _is_linked(self, citizen_id: str) -> bool:
        """Whether she has several ids: most have one, and of them there is no more to ask."""
        if self._linked is None:
            found = self._shelf.connection.execute("SELECT person FROM same_person")
            self._linked = frozenset(person for (person,) in found)
        return citizen_id in self._linked
