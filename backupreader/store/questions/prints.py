"""Documents kept whole: the municipality's own prints, letters and scans."""

from __future__ import annotations

from datetime import date

from backupreader.domain.records import Document
from backupreader.store import documents
from backupreader.store.question import Question, asking


class Prints(Question):
    """See the module."""

    @asking
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

    @asking
    def documents(self, day: date | None = None, route: str | None = None) -> tuple[Document, ...]:
        """Documents that stand on no citizen's page, newest day first, without content; of a day or route only."""
        self._guard.saw("list", what=" ".join(("documents", *(str(part) for part in (day, route) if part))))
        found = documents.documents(self._shelf, day, route)
        return tuple(self._guard.listed(one, self._known(one.citizen) if one.citizen else None) for one in found)

    @asking
    def document_days(self) -> tuple[date, ...]:
        """The days for which there are driving lists among the documents, in order."""
        return documents.days(self._shelf)
