"""Finding: citizens, notes or documents alone; `looking` has the one search box."""

from __future__ import annotations

from itertools import islice

from backupreader.domain.records import Document, Note
from backupreader.store.answers import CitizenHit, NoteHit
from backupreader.store.documentsearch import DocumentHit
from backupreader.store.question import Question, asking


class Finding(Question):
    """See the module."""

    @asking
    def find(self, words: str, limit: int = 50, unit: str | None = None) -> tuple[CitizenHit, ...]:
        """Citizens who answer all `words` (see `finder`): one's own first, then best first.

        Without words all, by name; `unit` is an id.
        """
        hits = self._find(words, limit, unit)
        self._guard.saw("search", words=words, what=" ".join(("citizens", *([unit] if unit else []))))
        return hits

    @asking
    def search_notes(self, words: str, limit: int = 50) -> tuple[NoteHit, ...]:
        """Notes that hold all `words` (see `notesearch`), newest first."""
        hits: list[NoteHit] = []
        for row in islice(self._notesearch.find(words), limit):
            (note,) = self._shelf.records(Note, "WHERE rowid = ?", (row,))
            hits.append(self._guard.note_hit(note, self._known(note.citizen)))
        read = (hit.citizen.id for hit in hits if not hit.withheld)
        self._guard.saw("search", words=words, what="notes", citizens=read)
        return tuple(hits)

    @asking
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
