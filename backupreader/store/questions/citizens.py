"""Citizens: who one is, and all that is known about her."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from backupreader.domain.errors import NOT_FOUND
from backupreader.domain.journal import Journal
from backupreader.domain.records import AccessCode, Citizen
from backupreader.domain.trouble import ReaderError, Reason
from backupreader.language import N_
from backupreader.store import journals, persons
from backupreader.store.persons import PERSON
from backupreader.store.question import Question, asking

_SEARCH: Final = Reason(N_("'search' finds citizens by name, birthday, number or address"))


class Citizens(Question):
    """See the module."""

    @asking
    def citizen(self, citizen_id: str) -> Citizen | None:
        """The citizen whom any source knows, or means, by this id, as a search finds her; None where there is none."""
        known = self._known(citizen_id)
        return self._guard.found(known)[0] if known else None

    @asking
    def ids(self, citizen_id: str) -> tuple[str, ...]:
        """All ids by which sources know or mean her, the one that stands for her first."""
        return persons.ids_of(self._shelf, persons.first_of(self._shelf, citizen_id))

    @asking
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

    @asking
    def journal(self, citizen_id: str, notes: int = 200, since: datetime | None = None) -> Journal:
        """All about one citizen, with her `notes` newest notes and all `since` then; documents without content.

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
        newest = journals.Newest(notes, since)
        subject = journals.Subject(known=known, unit=unit, namesakes=namesakes, same_number=same_number)
        return self._guard.shown(journals.journal(self._shelf, self._deliveries, self._zone, subject, newest))

    @asking
    def access_codes(self, citizen_id: str) -> tuple[AccessCode, ...]:
        """The codes of her doors and boxes: asked for on their own, and only when they are needed.

        Raises NEEDS_REASON where she is another unit's.
        """
        self._guard.enter(self._known(citizen_id), citizen_id)
        ids = self.ids(citizen_id)
        self._guard.saw("codes", citizens=ids[:1])
        return self._shelf.records(AccessCode, f"WHERE citizen IN {persons.places(ids)} ORDER BY rowid", ids)

    @asking
    def people(self) -> int:
        """How many citizens there are: whoever several sources know is one."""
        return self._shelf.number("SELECT count(*) FROM finder")

    def own_units(self) -> frozenset[str] | None:
        """The ids of the units that are hers who asks; None where all are."""
        return self._guard.own

    @asking
    def our_people(self) -> int:
        """How many citizens any source places in one's own units: whoever several sources know is one."""
        own = self._guard.own
        if own is None:
            return self._shelf.number("SELECT count(*) FROM finder")
        who = PERSON.format(column="citizen.id")
        places = persons.places(tuple(own))
        counted = f"SELECT count(DISTINCT {who}) FROM citizen WHERE unit IN {places}"  # noqa: S608 (our own names)
        (number,) = self._connection.execute(counted, tuple(own)).fetchone()
        return int(number)
