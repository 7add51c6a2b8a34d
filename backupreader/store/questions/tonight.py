"""Tonight: everyone who is ours, in one answer, out of a few questions for all of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from backupreader.domain import moments
from backupreader.domain.lifecritical import Rulebook
from backupreader.domain.records import TABLES, Delivery
from backupreader.domain.shifts import USUAL, Hours, shift_at
from backupreader.domain.tonight import NO_UNIT, Ours, Tonight
from backupreader.store import lifecritical, persons
from backupreader.store.persons import Known
from backupreader.store.question import Question, asking
from backupreader.store.tonight import Facts


class OursTonight(Question):
    """See the module."""

    @asking
    def tonight(self, now: datetime, hours: Hours = USUAL) -> Tonight:
        """Everyone of one's own units, by name. `now` carries the site's zone; `hours` are when its shifts begin.

        Private-marked medicine for which no reason was stated makes a citizen life-critical without a word of why.
        """
        shift, book = shift_at(now, hours), lifecritical.rulebook(self._connection)
        own = [known for known in persons.everyone(self._shelf) if self._guard.is_hers(known)]
        self._guard.saw("list", what="tonight", citizens=tuple(known.citizen.id for known in own))
        facts = Facts(self._shelf, self._deliveries, now, shift, book)
        return Tonight(
            at=now,
            shift=shift,
            people=tuple(self._ours(known, facts) for known in own),
            rulebook=book,
            lacking=frozenset(TABLES) - {delivery.table for delivery in self._deliveries},
            left_out=frozenset(self._shelf.left_out),
            incomplete=frozenset(one.table for one in self._deliveries if one.complete is False),
            deliveries=tuple(self._oldest(book)),
        )

    def _oldest(self, book: Rulebook | None) -> Iterator[Delivery]:
        """Of each source, the oldest delivery of what the list is made of."""
        read = {"citizen", "visit", "alert", *(table for rule in (book.rules if book else ()) for table in rule.tables)}
        for source in dict.fromkeys(one.source for one in self._deliveries):
            own = [one for one in self._deliveries if one.source == source and one.table in read]
            if own:
                yield min(own, key=lambda one: moments.order(one.taken_at, self._zone))

    def _ours(self, known: Known, facts: Facts) -> Ours:
        citizen, also = self._guard.found(known)
        unit = self._unit_name(citizen) or citizen.unit or NO_UNIT
        private = not facts.has_private(known.ids) or self._guard.may_private(known)
        return facts.ours(citizen, also, known.ids, unit, private=private)
