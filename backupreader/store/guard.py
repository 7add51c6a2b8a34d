"""What stands between a question and its answer: the audit first, then the barriers (`domain.barriers`).

A reader without a session (the export machine's own check of what it built) has nobody to ask on behalf of: it writes
nothing down and holds nothing back.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final, NoReturn
from zoneinfo import ZoneInfo

from backupreader.domain.barriers import Barrier, is_hers, own_units
from backupreader.domain.errors import NEEDS_REASON
from backupreader.domain.journal import Journal
from backupreader.domain.records import Citizen, Document, Note, Unit
from backupreader.domain.rounds import DrivingList
from backupreader.domain.trouble import ReaderError, Reason
from backupreader.domain.withheld import withheld, withheld_list, without_addresses
from backupreader.language import N_
from backupreader.store import documentsearch, rounds
from backupreader.store.answers import NoteHit
from backupreader.store.documentsearch import DocumentHit

if TYPE_CHECKING:
    from sqlite3 import Connection

    from backupreader.domain.acts import ActKind
    from backupreader.store.persons import Known
    from backupreader.store.session import Session

_THESE_WEEKS: Final = timedelta(days=30)
_NO_UNIT: Final = Reason(N_("another unit"))


class Guard:
    """The guard of one opened generation; `units` are its units by id."""

    def __init__(self, session: Session | None, connection: Connection, units: Mapping[str, Unit]) -> None:
        self._session = session
        self._connection = connection
        self._units = units
        self._own: frozenset[str] | None = None
        if session is not None:
            actor = session.actor
            self._own = own_units(units, actor.units, says_herself=actor.via == "event-code")
        self._visited: frozenset[str] | None = None
        self._routes: dict[str, bool] = {}

    def saw(self, kind: ActKind, *, citizens: Iterable[str] = (), what: str = "", words: str = "") -> None:
        """Write down what is about to be shown."""
        if self._session is not None:
            self._session.record(kind, citizens=tuple(dict.fromkeys(citizens)), what=what, words=words)

    @property
    def own(self) -> frozenset[str] | None:
        """The ids of one's own units; None where all are."""
        return self._own

    def now(self, zone: ZoneInfo) -> datetime:
        """The clock of the session, which is the PC's."""
        return datetime.now(zone) if self._session is None else self._session.now().astimezone(zone)

    def warm(self) -> None:
        """Find out now whom one's own units visit: the first search need not wait for it."""
        if self._own is not None:
            self._visits()

    # --- whose is it ---

    def is_hers(self, known: Known) -> bool:
        """Whether a person is of one's own units, by what any source states, or is visited by one of them."""
        if is_hers(self._own, [known.citizen.unit, *(one.unit for one in known.also)]):
            return True
        return any(citizen in self._visits() for citizen in known.ids)

    def own_places(self, places: Mapping[str, int]) -> frozenset[int] | None:
        """Who is of one's own, by `is_hers`, as places: `places` are those of all ids. None: everyone is."""
        if self._own is None:
            return None
        units: dict[int, set[str | None]] = {}
        for citizen, unit in self._connection.execute("SELECT id, unit FROM citizen"):
            if citizen in places:
                units.setdefault(places[citizen], set()).add(unit)
        visited = {places[citizen] for citizen in self._visits() if citizen in places}
        return frozenset(place for place, said in units.items() if place in visited or is_hers(self._own, said))

    def opened(self) -> frozenset[str] | None:
        """For which other units' citizens, by id, a reason was stated; None: for whomever is asked for."""
        return self._session.stated_for(Barrier.OTHER_UNIT) if self._session is not None else None

    def may(self, known: Known | None, citizen: str) -> bool:
        """Whether what is about this person may be shown: she is one's own, or a reason was stated.

        Of one whom no source delivered nobody knows whose she is.
        """
        hers = self._own is None if known is None else self.is_hers(known)
        return hers or self._passes(Barrier.OTHER_UNIT, known.citizen.id if known else citizen)

    def may_route(self, route: str, stops: Iterable[Collection[str | None]]) -> bool:
        """The same of a route, whose every stop must be one's own: `stops` are the units of each."""
        return all(is_hers(self._own, units) for units in stops) or self._passes(Barrier.OTHER_UNIT, route)

    def may_print_of(self, route: str) -> bool:
        """The same of a municipality's own print of a route, by whom the route visits."""
        if route not in self._routes:
            self._routes[route] = all(is_hers(self._own, units) for units in rounds.stops(self._connection, route))
        return self._routes[route] or self._passes(Barrier.OTHER_UNIT, route)

    def enter(self, known: Known | None, citizen: str) -> None:
        """Go in to a person. Raises NEEDS_REASON where she is another unit's and no reason was stated."""
        if not self.may(known, citizen):
            self._refuse(known.citizen.unit if known else None, citizens=(known.citizen.id if known else citizen,))

    def enter_route(self, route: str, stops: Collection[Collection[str | None]]) -> None:
        """Go in to a route. Raises NEEDS_REASON where a stop is another unit's and no reason was stated."""
        if not self.may_route(route, stops):
            others = (unit for units in stops if not is_hers(self._own, units) for unit in units if unit)
            self._refuse(next(others, None), what=route)

    def enter_print_of(self, route: str) -> None:
        """Go in to a print of a route; as for a route."""
        if not self.may_print_of(route):
            self._refuse(None, what=route)

    # --- what is shown of it ---

    def found(self, known: Known) -> tuple[Citizen, tuple[Citizen, ...]]:
        """Who was found: of another unit's citizen, and of a protected one, without address, room and telephone."""
        statements = (known.citizen, *known.also)
        if self._session is None:
            return statements[0], statements[1:]
        protected = any(one.protected_address for one in statements)
        bare = without_addresses(statements, protected=protected)
        if not self.is_hers(known):
            bare = tuple(replace(one, address=None, postal_code=None, city=None, room=None, phone=None) for one in bare)
        return bare[0], bare[1:]

    def shown(self, journal: Journal) -> Journal:
        """The journal with what stands behind a reason left out of it, marked, where none was stated."""
        citizen = journal.citizen.id
        has_private = any(order.medication.private for order in journal.orders.items)
        private = has_private and not self._passes(Barrier.PRIVATE, citizen)
        protected = journal.citizen.protected_address and not self._passes(Barrier.PROTECTED, citizen)
        if self._session is not None:  # nobody asked for them
            journal = replace(
                journal,
                namesakes=without_addresses(journal.namesakes),
                same_number=without_addresses(journal.same_number),
            )
        return withheld(journal, private=private, protected=protected) if private or protected else journal

    def may_private(self, known: Known) -> bool:
        """Whether a person's private-marked medicine may be shown: a reason was stated."""
        return self._passes(Barrier.PRIVATE, known.citizen.id)

    def shown_list(self, listed: DrivingList) -> DrivingList:
        """The driving list without protected addresses, where no reason was stated for the route."""
        protected = any(citizen.protected_address for citizen in listed.citizens.values())
        if protected and not self._passes(Barrier.PROTECTED, listed.route):
            return withheld_list(listed, protected=True)
        return listed

    def note_hit(self, note: Note, known: Known | None) -> NoteHit:
        """A note found; of another unit's citizen nothing is told, for the words that found it would tell of her."""
        whose = known.citizen if known is not None else _never_came(note)
        if self.may(known, note.citizen):
            return NoteHit(note, whose)
        blank = replace(note, text="", title=None, author=None, kind=None)
        return NoteHit(blank, _nameless(whose), withheld=True)

    def document_hit(self, document: Document, known: Known | None, words: str) -> DocumentHit:
        """A document found; as for a note."""
        whose = known.citizen if known is not None else None
        if self._may_document(document, known):
            return documentsearch.hit(document, whose, words)
        blank = replace(document, title="", text=None, author=None)
        return DocumentHit(blank, _nameless(whose) if whose is not None else None, "", None, withheld=True)

    def listed(self, document: Document, known: Known | None) -> Document:
        """A document in a list: its words only where they may be shown; that it has some is no secret."""
        if document.text is None or self._may_document(document, known):
            return document
        return replace(document, text="")

    def _may_document(self, document: Document, known: Known | None) -> bool:
        if document.citizen is not None:
            return self.may(known, document.citizen)
        return document.route is None or self.may_print_of(document.route)

    def _passes(self, barrier: Barrier, whose: str) -> bool:
        return self._session is None or self._session.passes(barrier, whose)

    def _refuse(self, unit: str | None, *, citizens: Iterable[str] = (), what: str = "") -> NoReturn:
        self.saw("refused", citizens=citizens, what=what)
        known = self._units.get(unit or "")
        raise ReaderError(NEEDS_REASON, unit=known.name if known else _NO_UNIT)

    def _visits(self) -> frozenset[str]:
        """Whom one's own units visit in these weeks, by id."""
        if self._visited is None:
            own = self._own or frozenset()
            since = "" if self._session is None else (self._session.now() - _THESE_WEEKS).date().isoformat()
            self._visited = rounds.visited_by(self._connection, own, since)
        return self._visited


def _never_came(note: Note) -> Citizen:
    """Whose note it is where the source refers to a citizen whom it never delivered: her id is all that is known."""
    return Citizen(id=note.citizen, name=note.citizen, origin=note.origin)


def _nameless(citizen: Citizen) -> Citizen:
    """A citizen of whom no more is told than her unit."""
    return Citizen(id=citizen.id, name="", unit=citizen.unit, origin=citizen.origin)
