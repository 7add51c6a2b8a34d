"""The one search box: all that answers what was typed, in groups, as one question of the window and the terminal.

A keystroke asks for a few of each group; `only` asks for one group at length. It is one line in the audit.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from functools import cached_property, partial
from itertools import islice
from typing import TYPE_CHECKING, Final, TypeVar

from backupreader.domain.excerpt import as_written
from backupreader.domain.fold import fold, words
from backupreader.domain.presence import is_current
from backupreader.domain.records import Alert, Citizen, Document, Medication, Note
from backupreader.domain.warningwords import kind_words
from backupreader.domain.withheld import kept_private
from backupreader.store import finder, persons, rounds, subjects
from backupreader.store.answers import CitizenHit, NoteHit
from backupreader.store.catalogue import Catalogue, Subject, Typed, bits, each, line, typed
from backupreader.store.documentsearch import DocumentHit
from backupreader.store.found import About, Found, Group, MeantHit, MedicineHit, RouteHit, WarningHit
from backupreader.store.persons import Known
from backupreader.store.question import Question, asking

if TYPE_CHECKING:
    from backupreader.store.meant import MeantSearch

R = TypeVar("R", Medication, Alert)

FEW: Final[Mapping[About, int]] = {
    About.CITIZENS: 8,
    About.ROUTES: 3,
    About.MEDICINE: 4,
    About.WARNINGS: 3,
    About.NOTES: 3,
    About.DOCUMENTS: 3,
}
"""How many of each group are shown among the others."""
MOST: Final = 50
"""How many of one group are shown by itself; notes and documents are not counted further."""
MOST_LETTERS, MOST_WORDS = 200, 16
"""So much of what was typed is looked for."""
_FEW_SURE: Final = 5
_MEANT: Final = 5
_DAYS_AHEAD: Final = 7
_NOTES: Final = 10
"""So many notes of one's own are counted at a keystroke."""
_A_WORD: Final = re.compile(r"[^\W_]+")


class Looking(Question):
    """See the module."""

    @asking
    def warm(self) -> None:
        """Make the first key in the search box as quick as the next."""
        self._guard.warm()
        self._look("kirsten", None, None)
        self._meantsearch.warm()

    @asking
    def look_for(self, text: str, only: About | None = None, most: int | None = None) -> Found:
        """All that answers `text`: at most so many of each group, or of `only` one; a few where nothing is said.

        Nothing typed: all citizens, by name. Marks alone answer nothing. One's own citizens come first; of other units'
        no medicine, warning, note or document is told without a reason, only how many answer. The order is always the
        same.
        """
        found = self._look(text, only, most)
        what = only.value if only is not None else "everything"
        self._guard.saw("search", words=text, what=what, citizens=_told_of(found))
        return found

    def _look(self, text: str, only: About | None, most: int | None) -> Found:
        asked, cut = _cut(text)
        said = typed(words(asked))
        if text.strip() and not said:
            return Found(words=asked, cut=cut)
        if not said:
            return Found(words="", citizens=self._citizens("", most or MOST))
        of = {about: (most or FEW[about]) if only in {None, about} else 0 for about in About}
        citizens = self._citizens(asked, of[About.CITIZENS])
        return Found(
            words=asked,
            cut=cut,
            citizens=citizens,
            meant=self._meant(asked, citizens.hits) if of[About.CITIZENS] and citizens.count < _FEW_SURE else (),
            routes=self._routes_of(said, of[About.ROUTES]),
            medicine=self._medicine(said, of[About.MEDICINE]),
            warnings=self._warnings(said, of[About.WARNINGS]),
            notes=self._notes(asked, of[About.NOTES]),
            documents=self._documents(asked, of[About.DOCUMENTS]),
        )

    # --- citizens ---

    def _citizens(self, asked: str, most: int) -> Group[CitizenHit]:
        if not most:
            return Group()
        answer = self._finder.find(asked, most, None, self._own if asked else None)
        return Group(tuple(self._hit(row, why) for row, why in answer.hits), answer.count)

    def _meant(self, asked: str, sure: Iterable[CitizenHit]) -> tuple[MeantHit, ...]:
        known = {self._places[hit.citizen.id] for hit in sure}
        found = self._meantsearch.find(finder.query(asked), known, self._own)
        return tuple(self._meant_hit(one.place, one.words) for one in found[:_MEANT])

    def _meant_hit(self, place: int, meant: tuple[str, ...]) -> MeantHit:
        hit = self._hit(self._finder.citizen(place), finder.FIELDS[0])
        called = (hit.citizen.name, hit.citizen.address or "", hit.citizen.city or "")
        return MeantHit(hit, as_written(called, meant))

    # --- routes ---

    def _routes_of(self, said: tuple[Typed, ...], most: int) -> Group[RouteHit]:
        if not most:
            return Group()
        today = self._today()
        found = subjects.route_days(self._catalogue, said, self._route_days, today, today + timedelta(days=_DAYS_AHEAD))
        return Group(tuple(self._route_hit(day, route, said) for day, route in found[:most]), len(found))

    def _route_hit(self, day: str, route: str, said: tuple[Typed, ...]) -> RouteHit:
        counted = rounds.route_day(self._shelf, date.fromisoformat(day), route)
        carers = (name for name in counted.staff if any(word.begins(f" {fold(name)}") for word in said))
        return RouteHit(counted, tuple(carers))

    # --- medicine and warnings ---

    def _medicine(self, said: tuple[Typed, ...], most: int) -> Group[MedicineHit]:
        group = self._whose(Subject.DRUG, Subject.ENDED_DRUG, said, most, self._orders)
        return Group(tuple(MedicineHit(*hit) for hit in group.hits), group.count, others=group.others)

    def _orders(self, known: Known, answers: Callable[[str], bool]) -> list[Medication]:
        """Her orders that answer, without what is kept back with a private-marked one."""
        hers = f"WHERE citizen IN {persons.places(known.ids)}"
        question = f"SELECT rowid, private, drug, substance, atc, strength FROM medication {hers}"  # noqa: S608 (our own names)
        rows = self._connection.execute(question, known.ids).fetchall()
        kept: frozenset[str] = frozenset()
        if any(private for _, private, *_ in rows):
            kept = frozenset(order.id for order in kept_private(self._shelf.records(Medication, hers, known.ids)))
        found = [row for row, _, *said in rows if answers(line(*said))]
        orders = (order for row in found for order in self._shelf.records(Medication, "WHERE rowid = ?", (row,)))
        return [order for order in orders if order.id not in kept]

    def _warnings(self, said: tuple[Typed, ...], most: int) -> Group[WarningHit]:
        group = self._whose(Subject.WARNING, Subject.ENDED_WARNING, said, most, self._alerts)
        return Group(tuple(WarningHit(*hit) for hit in group.hits), group.count, others=group.others)

    def _alerts(self, known: Known, answers: Callable[[str], bool]) -> list[Alert]:
        """Her warnings that answer."""
        found = self._shelf.records(Alert, f"WHERE citizen IN {persons.places(known.ids)}", known.ids)
        return [
            alert for alert in found if answers(line(kind_words(alert.kind), alert.text, alert.reaction, alert.code))
        ]

    def _whose(
        self,
        holding: Subject,
        ended: Subject,
        said: tuple[Typed, ...],
        most: int,
        records: Callable[[Known, Callable[[str], bool]], list[R]],
    ) -> Group[tuple[Citizen, tuple[R, ...]]]:
        """Citizens with what of theirs answers, those first of whom it holds; of other units' only how many.

        Those are counted by a drug or a warning alone: with a name, the number would tell who has it.
        """
        if not most:
            return Group()
        open_to = self._open_mask()
        mine = subjects.whose(self._catalogue, holding, ended, said).of(open_to)
        others = subjects.whose(self._catalogue, holding, ended, said, named=False).of(~open_to)
        hits: list[tuple[Citizen, tuple[R, ...]]] = []
        for place in islice((place for mask in (mine.holding, mine.ended) for place in each(mask)), most):
            known = self._persons.by_row(self._finder.citizen(place))
            if self._guard.may(known, known.citizen.id):
                told = records(known, partial(subjects.is_said, asked=said, hers=self._finder.line(place)))
                told.sort(key=lambda one: not is_current(one.status))
                hits.append((self._guard.found(known)[0], tuple(told)))
        return Group(tuple(hits), mine.count, others=others.count)

    def _open_mask(self) -> int:
        """Of whom may be told, a bit for each place: one's own, and for whom a reason was stated. The guard decides."""
        opened = self._guard.opened()
        if self._own is None or opened is None:
            return -1
        return self._own_mask | bits(self._places[citizen] for citizen in opened if citizen in self._places)

    # --- notes and documents ---

    def _notes(self, asked: str, most: int) -> Group[NoteHit]:
        if not most:
            return Group()
        enough = max(most, _NOTES)
        rows, more = self._newest(self._notesearch.find(asked, enough), enough)
        hits: list[NoteHit] = []
        for row in self._own_first("note", rows)[:most]:
            (note,) = self._shelf.records(Note, "WHERE rowid = ?", (row,))
            hits.append(self._guard.note_hit(note, self._known(note.citizen)))
        return Group(tuple(hits), len(rows), more=more or self._notesearch.gave_up)

    def _newest(self, found: Iterator[int], enough: int) -> tuple[list[int], bool]:
        """Notes until enough of one's own are among them, and whether there are more; at most `MOST`."""
        rows: list[int] = []
        own, mask = 0, self._open_mask()
        for row in found:
            if own == enough or len(rows) == max(MOST, enough):
                return rows, True
            rows.append(row)
            own += mask == -1 or not self._is_others(self._whose_row("note", row), mask)
        return rows, False

    def _documents(self, asked: str, most: int) -> Group[DocumentHit]:
        if not most:
            return Group()
        enough = max(MOST, most)
        rows = list(islice(self._documentsearch.find(asked), enough + 1))
        hits: list[DocumentHit] = []
        for row in self._own_first("document", rows[:enough])[:most]:
            (document,) = self._shelf.records(Document, "WHERE rowid = ?", (row,), without="content")
            known = None if document.citizen is None else self._known(document.citizen)
            hits.append(self._guard.document_hit(document, known, asked))
        return Group(tuple(hits), len(rows[:enough]), more=len(rows) > enough)

    def _own_first(self, table: str, rows: list[int]) -> list[int]:
        """The same rows, other units' citizens' last: nothing is told of them."""
        mask = self._open_mask()
        if mask == -1 or not rows:
            return rows
        return sorted(rows, key=lambda row: self._is_others(self._whose_row(table, row), mask))

    def _whose_row(self, table: str, row: int) -> str | None:
        question = f"SELECT citizen FROM {table} WHERE rowid = ?"  # noqa: S608 (our own names)
        whose: tuple[str | None] = self._connection.execute(question, (row,)).fetchone()
        return whose[0]

    def _is_others(self, citizen: str | None, mask: int) -> bool:
        return citizen is not None and not (citizen in self._places and mask >> self._places[citizen] & 1)

    # --- what is made once ---

    @cached_property
    def _catalogue(self) -> Catalogue:
        return Catalogue(self._connection)

    @cached_property
    def _meantsearch(self) -> MeantSearch:
        from backupreader.store.meant import MeantSearch  # its library is not needed before the first fault in typing

        return MeantSearch(self._finder, self._catalogue)

    @cached_property
    def _route_days(self) -> list[tuple[str, str]]:
        return rounds.route_days(self._connection)

    @cached_property
    def _own_mask(self) -> int:
        return bits(self._own or ())

    def _today(self) -> date:
        return self._guard.now(self._zone).date()


def _cut(text: str) -> tuple[str, bool]:
    """So much of what was typed as is looked for, and whether there was more."""
    asked = text[:MOST_LETTERS]
    found = list(islice(_A_WORD.finditer(asked), MOST_WORDS + 1))
    if len(found) > MOST_WORDS:
        asked = asked[: found[MOST_WORDS - 1].end()]
    return asked, any(letter.isalnum() for letter in text[len(asked) :])


def _told_of(found: Found) -> Iterator[str]:
    """The citizens of whom more is told than that they are here."""
    yield from (hit.citizen.id for group in (found.medicine, found.warnings) for hit in group.hits)
    yield from (hit.citizen.id for hit in found.notes.hits if not hit.withheld)
    yield from (hit.citizen.id for hit in found.documents.hits if hit.citizen is not None and not hit.withheld)
