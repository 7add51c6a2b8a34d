"""The reader: every question that a screen, a page or the command line asks of one opened generation.

Read-only, and of one thread: SQLite's objects belong to the thread that made them. Answers are frozen values. Damage
that shows at any question is told as `ReaderError` (STORE_DAMAGED). Before it answers anything about people it has its
guard write that down, and hold back what needs a reason.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import cached_property, wraps
from itertools import islice
from typing import TYPE_CHECKING, Concatenate, Final, ParamSpec, TypeVar
from zoneinfo import ZoneInfo

from backupreader.domain.errors import NOT_FOUND, ReaderError, Reason
from backupreader.domain.fold import fold
from backupreader.domain.journal import Journal
from backupreader.domain.records import AccessCode, Citizen, Delivery, Document, Issue, Note, Receipt, Unit
from backupreader.domain.rounds import DrivingList, RouteDay
from backupreader.language import N_
from backupreader.store import documents, journals, persons, rounds
from backupreader.store.answers import CitizenHit, GenerationInfo, NoteHit, UnitCount
from backupreader.store.database import guarded
from backupreader.store.documentsearch import DocumentHit, DocumentSearch
from backupreader.store.finder import Finder
from backupreader.store.guard import Guard
from backupreader.store.named import one_named
from backupreader.store.notesearch import NoteSearch
from backupreader.store.persons import PERSON, Known
from backupreader.store.rows import Shelf

if TYPE_CHECKING:
    from sqlite3 import Connection

    from backupreader.store.manifest import Manifest
    from backupreader.store.session import Session

T = TypeVar("T")
P = ParamSpec("P")

_SEARCH: Final = Reason(N_("'search' finds citizens by name, birthday, number or address"))


def _asking(question: Callable[Concatenate[Reader, P], T]) -> Callable[Concatenate[Reader, P], T]:
    """A question whose answer may show that the file is damaged."""

    @wraps(question)
    def guarded_question(self: Reader, /, *args: P.args, **kwargs: P.kwargs) -> T:
        with guarded(self.name):
            return question(self, *args, **kwargs)

    return guarded_question


class Reader:
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

    @property
    def info(self) -> GenerationInfo:
        """What is known of this generation as a whole."""
        manifest = self._manifest
        return GenerationInfo(
            site=manifest.site,
            epoch=manifest.epoch,
            seq=manifest.seq,
            created=manifest.created,
            taken_at=manifest.taken_at,
            next_expected=manifest.next_expected,
            fallback=self.fallback,
        )

    def close(self) -> None:
        """Give the file back. No question can be asked afterwards."""
        self._connection.close()

    # --- finding ---

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
    def _units(self) -> dict[str, Unit]:
        return {unit.id: unit for unit in self._shelf.records(Unit, "ORDER BY rowid")}

    @_asking
    def find(self, words: str, limit: int = 50, unit: str | None = None) -> tuple[CitizenHit, ...]:
        """Citizens who answer all `words` (see `finder`): one's own first, then best first.

        Without words all, by name; `unit` is an id.
        """
        hits = self._find(words, limit, unit)
        self._guard.saw("search", words=words, what=" ".join(("citizens", *([unit] if unit else []))))
        return tuple(sorted(hits, key=lambda hit: not hit.hers)) if words.strip() else hits

    def _find(self, words: str, limit: int, unit: str | None) -> tuple[CitizenHit, ...]:
        among = None
        if unit is not None:
            who = PERSON.format(column="citizen.id")
            members = f"SELECT rowid FROM citizen WHERE id IN (SELECT {who} FROM citizen WHERE unit = ?)"  # noqa: S608
            among = frozenset(row for (row,) in self._connection.execute(members, (unit,)))
        return tuple(self._hit(row, why) for row, why in self._finder.find(words, limit, among))

    def _hit(self, row: int, why: str) -> CitizenHit:
        known = self._persons.by_row(row)
        citizen, also = self._guard.found(known)
        return CitizenHit(citizen, self._unit_name(citizen), why, also, self._guard.is_hers(known))

    @_asking
    def warm(self) -> None:
        """Make the first key in the search box as quick as the next."""
        self._guard.warm()
        self._find("", 1, None)

    @_asking
    def search_notes(self, words: str, limit: int = 50) -> tuple[NoteHit, ...]:
        """Notes that hold all `words` (see `notesearch`), newest first."""
        hits: list[NoteHit] = []
        for row in islice(self._notesearch.find(words), limit):
            (note,) = self._shelf.records(Note, "WHERE rowid = ?", (row,))
            hits.append(self._guard.note_hit(note, self._known(note.citizen)))
        read = (hit.citizen.id for hit in hits if not hit.withheld)
        self._guard.saw("search", words=words, what="notes", citizens=read)
        return tuple(hits)

    @_asking
    def search_documents(self, words: str, limit: int = 50) -> tuple[DocumentHit, ...]:
        """Documents that hold all `words` in title, route or text (see `documentsearch`), without content."""
        hits: list[DocumentHit] = []
        for row in islice(self._documentsearch.find(words), limit):
            (document,) = self._shelf.records(Document, "WHERE rowid = ?", (row,), without="content")
            known = None if document.citizen is None else self._known(document.citizen)
            hits.append(self._guard.document_hit(document, known, words))
        read = (hit.citizen.id for hit in hits if hit.citizen is not None and not hit.withheld)
        self._guard.saw("search", words=words, what="documents", citizens=read)
        return tuple(hits)

    # --- citizens ---

    @_asking
    def citizen(self, citizen_id: str) -> Citizen | None:
        """The citizen whom any source knows, or means, by this id, as a search finds her; None where there is none."""
        known = self._known(citizen_id)
        return self._guard.found(known)[0] if known else None

    @_asking
    def ids(self, citizen_id: str) -> tuple[str, ...]:
        """All ids by which sources know or mean her, the one that stands for her first."""
        return persons.ids_of(self._shelf, persons.first_of(self._shelf, citizen_id))

    def _known(self, citizen_id: str) -> Known | None:
        row = self._persons.row(citizen_id)
        return None if row is None else self._persons.by_row(row)

    @_asking
    def citizen_by(self, text: str) -> Citizen:
        """The one citizen with this id, or with this person number in any form. Raises `ReaderError` (NOT_FOUND).

        Two citizens with one number are both named in the error: nobody is chosen by chance.
        """
        if (citizen := self.citizen(text.strip())) is not None:
            return citizen
        found = [self._guard.found(self._persons.by_row(row))[0] for row in self._finder.by_number(text)]
        if len(found) == 1:
            return found[0]
        raise ReaderError(NOT_FOUND, what=text, known=", ".join(one.id for one in found) if found else _SEARCH)

    @_asking
    def journal(self, citizen_id: str, notes: int = 200) -> Journal:
        """All about one citizen, with her `notes` newest notes; documents without content.

        What needs a reason that was not stated is marked as withheld. Raises NOT_FOUND, or NEEDS_REASON where she is
        another unit's.
        """
        row = self._persons.row(citizen_id)
        if row is None:
            raise ReaderError(NOT_FOUND, what=citizen_id, known=_SEARCH)
        known = self._persons.by_row(row)
        self._guard.enter(known, citizen_id)
        self._guard.saw("view", citizens=(known.citizen.id,))
        unit = self._units.get(known.citizen.unit or "")
        namesakes = tuple(self._persons.by_row(place).citizen for place in self._finder.namesakes(row))
        sharing = self._finder.sharing(row, known.citizen.identifiers)
        same_number = tuple(self._persons.by_row(place).citizen for place in sharing)
        subject = journals.Subject(known=known, unit=unit, namesakes=namesakes, same_number=same_number)
        return self._guard.shown(journals.journal(self._shelf, self._deliveries, self._zone, subject, notes))

    @_asking
    def people(self) -> int:
        """How many citizens there are: whoever several sources know is one."""
        return self._shelf.number("SELECT count(*) FROM finder")

    @_asking
    def access_codes(self, citizen_id: str) -> tuple[AccessCode, ...]:
        """The codes of her doors and boxes: asked for on their own, and only when they are needed.

        Raises NEEDS_REASON where she is another unit's.
        """
        self._guard.enter(self._known(citizen_id), citizen_id)
        ids = self.ids(citizen_id)
        self._guard.saw("codes", citizens=ids[:1])
        return self._shelf.records(AccessCode, f"WHERE citizen IN {persons.places(ids)} ORDER BY rowid", ids)

    @_asking
    def document(self, document_id: str) -> Document | None:
        """A document with its content; None where there is none.

        Raises NEEDS_REASON where it is about another unit's citizen, or for another unit's route.
        """
        found = next(iter(self._shelf.records(Document, "WHERE id = ?", (document_id,))), None)
        if found is None:
            return None
        known = None if found.citizen is None else self._known(found.citizen)
        if found.citizen is not None:
            self._guard.enter(known, found.citizen)
        elif found.route is not None:
            self._guard.enter_print_of(found.route)
        whose = known.citizen.id if known else found.citizen
        self._guard.saw("document", what=document_id, citizens=(whose,) if whose else ())
        return found

    @_asking
    def documents(self, day: date | None = None, route: str | None = None) -> tuple[Document, ...]:
        """Documents that stand on no citizen's page, newest day first, without content; of a day or route only."""
        self._guard.saw("list", what=" ".join(("documents", *(str(part) for part in (day, route) if part))))
        found = documents.documents(self._shelf, day, route)
        return tuple(self._guard.listed(one, self._known(one.citizen) if one.citizen else None) for one in found)

    @_asking
    def document_days(self) -> tuple[date, ...]:
        """The days for which there are driving lists among the documents, in order."""
        return documents.days(self._shelf)

    # --- units and routes ---

    @_asking
    def units(self) -> tuple[UnitCount, ...]:
        """Every unit, by name, with the number of its citizens: all whom any source places there."""
        who = PERSON.format(column="citizen.id")
        counts = dict(self._connection.execute(f"SELECT unit, count(DISTINCT {who}) FROM citizen GROUP BY unit"))  # noqa: S608
        units = sorted(self._units.values(), key=lambda unit: (fold(unit.name), unit.id))
        return tuple(UnitCount(unit, counts.get(unit.id, 0)) for unit in units)

    @_asking
    def citizens_of(self, unit_id: str) -> tuple[Citizen, ...]:
        """The unit's citizens, by name: all whom any source places there."""
        hits = self._find("", self._counts.get("citizen", 0), unit_id)
        unit = self._units.get(unit_id)
        self._guard.saw("list", what=unit.name if unit else unit_id, citizens=tuple(hit.citizen.id for hit in hits))
        return tuple(hit.citizen for hit in hits)

    @_asking
    def unit_by(self, text: str) -> Unit:
        """The one unit with this id or name, or whose name begins so. Raises `ReaderError` (NOT_FOUND)."""
        if (unit := self._units.get(text.strip())) is not None:
            return unit
        return one_named(text, {unit.id: unit.name for unit in self._units.values()}, self._units)

    @_asking
    def days(self) -> tuple[date, ...]:
        """The days on which visits begin, in order."""
        return rounds.days(self._shelf)

    @_asking
    def routes(self, day: date) -> tuple[RouteDay, ...]:
        """The routes of one day, by name; visits on no route stand under an empty name."""
        return rounds.routes(self._shelf, day)

    @_asking
    def driving_list(self, route: str, day: date) -> DrivingList:
        """The route's visits that begin on `day`, in time order; empty where there are none.

        Raises NEEDS_REASON where the route is another unit's.
        """
        found = rounds.driving_list(self._shelf, self._deliveries, route, day)
        self._guard.enter_route(route, [(visit.unit, *found.units_of(visit)) for visit in found.visits])
        self._guard.saw("list", what=f"{route} {day}", citizens=tuple(found.citizens))
        return self._guard.shown_list(found)

    @_asking
    def route_by(self, text: str) -> str:
        """The one route with this name, or whose name begins so. Raises `ReaderError` (NOT_FOUND)."""
        names = {name: name for name in rounds.names(self._shelf)}
        return text if text in names else one_named(text, names, names)

    # --- what came ---

    def deliveries(self) -> tuple[Delivery, ...]:
        """What each source delivered for each table."""
        return self._deliveries

    def left_out(self) -> tuple[str, ...]:
        """The tables that are not in this copy by the municipality's decision."""
        return self._shelf.left_out

    @_asking
    def receipts(self) -> tuple[Receipt, ...]:
        """What became of each file of the export."""
        return self._shelf.receipts()

    @_asking
    def issues(self, limit: int = 1000) -> tuple[Issue, ...]:
        """What could not be read or was read with doubt, errors first."""
        self._guard.saw("list", what="issues")
        order = "ORDER BY severity != 'error', severity != 'warning', rowid LIMIT ?"
        return self._shelf.issues(order, (limit,))

    def counts(self) -> Mapping[str, int]:
        """How many rows each table has."""
        return self._counts

    def _unit_name(self, citizen: Citizen) -> str | None:
        unit = self._units.get(citizen.unit or "")
        return unit.name if unit else None
