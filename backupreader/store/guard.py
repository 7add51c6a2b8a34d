"""What stands between a question and its answer: the audit first, then the barriers (`domain.barriers`).

A reader without a session (the export machine's own check of what it built) has nobody to ask on behalf of: it writes
nothing down and holds nothing back.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from backupreader.domain.barriers import Barrier, is_hers, own_units
from backupreader.domain.errors import NEEDS_REASON, ReaderError, Reason
from backupreader.domain.journal import Journal
from backupreader.domain.records import Citizen, Document, Note, Unit
from backupreader.domain.rounds import DrivingList
from backupreader.domain.withheld import withheld, withheld_list
from backupreader.language import N_
from backupreader.store import documentsearch
from backupreader.store.answers import NoteHit
from backupreader.store.documentsearch import DocumentHit

if TYPE_CHECKING:
    from sqlite3 import Connection

    from backupreader.domain.acts import ActKind
    from backupreader.store.persons import Known
    from backupreader.store.session import Session

_NO_UNIT: Final = Reason(N_("another unit"))


class Guard:
    """The guard of one opened generation; `units` are its units by id."""

    def __init__(self, session: Session | None, connection: Connection, units: Mapping[str, Unit]) -> None:
        self._session = session
        self._connection = connection
        self._units = units
        self._own = None if session is None else own_units(units, session.actor.units)
        self._visited: frozenset[str] | None = None

    def saw(self, kind: ActKind, *, citizens: tuple[str, ...] = (), what: str = "", words: str = "") -> None:
        """Write down what is about to be shown."""
        if self._session is not None:
            self._session.record(kind, citizens=citizens, what=what, words=words)

    def is_hers(self, known: Known) -> bool:
        """Whether a person is of one's own units, by what any source states, or is visited by one of them."""
        if is_hers(self._own, [known.citizen.unit, *(one.unit for one in known.also)]):
            return True
        return any(citizen in self._visits() for citizen in known.ids)

    def may(self, known: Known) -> bool:
        """Whether what is about this person may be shown: she is one's own, or a reason was stated."""
        return self.is_hers(known) or self._passes(Barrier.OTHER_UNIT, known.citizen.id)

    def enter(self, known: Known) -> None:
        """Go in to a person. Raises NEEDS_REASON where she is another unit's and no reason was stated."""
        if not self.may(known):
            raise ReaderError(NEEDS_REASON, unit=self._name(known.citizen.unit))

    def enter_route(self, route: str, units: Collection[str | None]) -> None:
        """Go in to a route of these units. Raises NEEDS_REASON where none is one's own and no reason was stated."""
        if not is_hers(self._own, units) and not self._passes(Barrier.OTHER_UNIT, route):
            raise ReaderError(NEEDS_REASON, unit=self._name(next((unit for unit in units if unit), None)))

    def warm(self) -> None:
        """Find out now whom one's own units visit: the first search need not wait for it."""
        if self._own is not None:
            self._visits()

    def shown(self, journal: Journal) -> Journal:
        """The journal with what stands behind a reason left out of it, marked, where none was stated."""
        citizen = journal.citizen.id
        has_private = any(order.medication.private for order in journal.orders.items)
        private = has_private and not self._passes(Barrier.PRIVATE, citizen)
        protected = journal.citizen.protected_address and not self._passes(Barrier.PROTECTED, citizen)
        return withheld(journal, private=private, protected=protected) if private or protected else journal

    def shown_list(self, rounds: DrivingList) -> DrivingList:
        """The driving list without protected addresses, where no reason was stated for the route."""
        protected = any(citizen.protected_address for citizen in rounds.citizens.values())
        if protected and not self._passes(Barrier.PROTECTED, rounds.route):
            return withheld_list(rounds, protected=True)
        return rounds

    def note_hit(self, note: Note, known: Known | None) -> NoteHit:
        """A note found; of another unit's citizen nothing is told, for the words that found it would tell of her."""
        if known is None:
            return NoteHit(note, _never_came(note))
        if self.may(known):
            return NoteHit(note, known.citizen)
        blank = replace(note, text="", title=None, author=None, kind=None)
        return NoteHit(blank, _nameless(known.citizen), withheld=True)

    def document_hit(self, document: Document, known: Known | None, words: str) -> DocumentHit:
        """A document found; as for a note."""
        if known is None or self.may(known):
            return documentsearch.hit(document, known.citizen if known else None, words)
        blank = replace(document, title="", text=None, author=None)
        return DocumentHit(blank, _nameless(known.citizen), "", None, withheld=True)

    def _passes(self, barrier: Barrier, whose: str) -> bool:
        return self._session is None or self._session.passes(barrier, whose)

    def _name(self, unit: str | None) -> object:
        known = self._units.get(unit or "")
        return known.name if known else _NO_UNIT

    def _visits(self) -> frozenset[str]:
        """Whom one's own units visit, by id."""
        if self._visited is None:
            own = self._own or frozenset()
            places = ", ".join("?" * len(own))
            found = self._connection.execute(
                f"SELECT DISTINCT citizen FROM visit WHERE unit IN ({places}) AND citizen IS NOT NULL",  # noqa: S608
                tuple(own),
            )
            self._visited = frozenset(citizen for (citizen,) in found)
        return self._visited


def _never_came(note: Note) -> Citizen:
    """Whose note it is where the source refers to a citizen whom it never delivered: her id is all that is known."""
    return Citizen(id=note.citizen, name=note.citizen, origin=note.origin)


def _nameless(citizen: Citizen) -> Citizen:
    """A citizen of whom no more is told than her unit."""
    return Citizen(id=citizen.id, name="", unit=citizen.unit, origin=citizen.origin)
