"""Search in documents' titles, routes and texts: all words; titles and routes before texts, then the newest first.

A generation holds some thousands of documents, so one table of words is enough (notes need more: see `notesearch`).
Words are kept as `fold` spells them, and the same things may be typed as for notes, phrases among them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from backupreader.domain import fold
from backupreader.domain.excerpt import excerpt, found_at
from backupreader.domain.records import Citizen, Document
from backupreader.store.notesearch import query

if TYPE_CHECKING:
    from sqlite3 import Connection

_PAGE_END = "\f"


@dataclass(frozen=True, slots=True)
class DocumentHit:
    """One document found, without its content, and whose it is (None where that is not known, or she never came).

    `excerpt` are the words around the first one that was found, as written; `page` is the page that they stand on,
    None where only the title answers or the text cannot be searched. `withheld`: she is another unit's, and no reason
    was stated: nothing of the document is told.
    """

    document: Document
    citizen: Citizen | None
    excerpt: str
    page: int | None
    withheld: bool = False


def fill(connection: Connection) -> None:
    """Make the table of words, when all documents are filed."""
    rows = connection.execute("SELECT rowid, title, route, text FROM document")
    connection.executemany(
        "INSERT INTO document_text (rowid, text) VALUES (?, ?)",
        ((row, fold.indexable(_joined(*texts).replace("\0", " "))) for row, *texts in rows),
    )


class DocumentSearch:
    """The words of one opened generation's documents."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        rows = connection.execute("SELECT rowid, title, route FROM document ORDER BY date DESC, rowid DESC")
        self._titles = {row: fold.words(_joined(*texts)) for row, *texts in rows}

    def find(self, text: str) -> Iterator[int]:
        """The rows in `document` that hold all words of `text`; none for no words or a single letter.

        Those whose title or route answers come first: who types a route's name wants its list first.
        """
        asked = query(text)
        if not asked.everything:
            return
        found = {row for (row,) in self._connection.execute("SELECT rowid FROM document_text(?)", (asked.everything,))}
        typed = [fold.spellings(word, open_end=True) for word in fold.words(text)]
        newest_first = [row for row in self._titles if row in found]
        for row in sorted(newest_first, key=lambda row: not _answers(self._titles[row], typed)):
            if not asked.phrases or self._holds(row, asked.phrases):
                yield row

    def _holds(self, row: int, phrases: tuple[str, ...]) -> bool:
        """A phrase is read for: the table knows which words a document holds, not in which order."""
        texts = self._connection.execute("SELECT title, route, text FROM document WHERE rowid = ?", (row,)).fetchone()
        folded = f" {fold.fold(_joined(*texts))} "
        return all(phrase in folded for phrase in phrases)


def hit(document: Document, citizen: Citizen | None, asked: str) -> DocumentHit:
    """What is shown of a document that was found."""
    text = document.text or ""
    place = found_at(text, asked)
    page = None if place is None else text.count(_PAGE_END, 0, place) + 1
    return DocumentHit(document, citizen, excerpt(text, place), page)


def _answers(title: tuple[str, ...], typed: list[tuple[str, ...]]) -> bool:
    return all(any(word.startswith(starts) for word in title) for starts in typed)


def _joined(*texts: str | None) -> str:
    return " ".join(text for text in texts if text)
