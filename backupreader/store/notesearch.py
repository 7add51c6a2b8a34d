"""Search in the notes: all words, newest first, as fast as one types, over millions of notes.

The full text (see `fulltext`) knows only which words a note holds. A word that is half typed costs it as much as the
notes that hold any word that begins so, which is little in the newest few thousand and much in all the older ones. So
the old ones are asked in the cheaper of two ways, by what the newest have shown: for everything at once, or for the
whole words, reading the notes found. Phrases are always read. What the former keystroke found is kept: when that was
all there is, typing on only narrows it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final

from backupreader.domain import fold

if TYPE_CHECKING:
    from sqlite3 import Connection

MOST_READ: Final = 2_000
"""Notes read through for a phrase before the search ends: its words are too common to say more in time."""
_SHORTEST_START: Final = 2
_COST_OF_READING: Final = 80.0
_COST_OF_MERGING: Final = 0.4
"""Microseconds a note: read through, and merged for a half-typed word that may stand in it. Their ratio matters."""
_ENOUGH: Final = 50
_FEW: Final = 12
"""Notes with all whole words that are read through for the half-typed one: cheaper than to ask a large table for it."""
_TOO_SMALL: Final = 1_000
"""Of so many notes in a table one may be read for that."""
_SAMPLED: Final = 2
"""The first tables, which are always asked for everything at once, and from which the others are judged."""


@dataclass(frozen=True, slots=True)
class Query:
    """What was typed.

    `whole` are the terms of full words, `start` that of a half-typed last one (None: there is none), in the full
    text's own language; `begins` are the half-typed word's spellings and `phrases` the phrases, as they must stand in
    a folded note.
    """

    whole: tuple[str, ...]
    start: str | None
    begins: tuple[str, ...]
    phrases: tuple[str, ...]

    @property
    def everything(self) -> str:
        """All terms."""
        return " AND ".join((*self.whole, self.start) if self.start else self.whole)

    def narrows(self, former: Query) -> bool:
        """Whether every note that this finds was found by `former`: the same words, the last of them typed further."""
        if self.phrases or former.phrases or self.whole != former.whole:
            return False
        return not former.begins or (
            bool(self.begins) and all(start.startswith(former.begins) for start in self.begins)
        )


def query(text: str) -> Query:
    """The words of `text`.

    Those in quotation marks are a phrase; the last one is half typed unless a blank or a mark follows it. A last word
    of one letter is not asked for yet.
    """
    whole: list[str] = []
    phrases: list[str] = []
    last: tuple[str, ...] = ()
    parts = text.split('"')
    for number, part in enumerate(parts):
        found = list(fold.words(part))
        half = number == len(parts) - 1 and bool(found and fold.fold(part[-1:]))
        if number % 2 and len(found) > 1:
            phrases.append(f" {' '.join(found)}" + ("" if half else " "))
        if half:
            word = found.pop()
            last = fold.spellings(word, open_end=True) if len(word) >= _SHORTEST_START else ()
        whole += [_term(fold.spellings(word)) for word in found]
    begins = tuple(f" {spelling}" for spelling in last)
    return Query(tuple(whole), _term(last, "*") if last else None, begins, tuple(phrases))


def _term(spellings: tuple[str, ...], end: str = "") -> str:
    return "(" + " OR ".join(f'"{spelling}"{end}' for spelling in spellings) + ")"


@dataclass(frozen=True, slots=True)
class _Rates:
    """How large a part of the newest notes holds the whole words, a word with the beginning, and both."""

    whole: float
    start: float
    both: float

    def reading_is_cheaper(self, size: int, enough: int) -> bool:
        """Whether so many notes are better asked for the whole words and read, until enough are found."""
        to_read = min(size * self.whole, enough * self.whole / self.both)
        return to_read * _COST_OF_READING < size * self.start * _COST_OF_MERGING


class NoteSearch:
    """The full text of one opened generation."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        found = connection.execute("SELECT number, most - least + 1 FROM note_shard ORDER BY number")
        self._former: tuple[Query, list[int]] | None = None
        self.gave_up = False
        """Whether the last search ended before its end: its words were too common to read all notes for a phrase."""
        self._shards: list[tuple[str, int]] = [(f"note_text_{number}", size) for number, size in found]

    def find(self, text: str, enough: int = _ENOUGH) -> Iterator[int]:
        """The rows in `note` that hold all words of `text`, newest first; none for no words or a single letter.

        More than `enough` are seldom asked for: the way is chosen by it.
        """
        asked = query(text)
        self.gave_up = False
        if not asked.everything:
            return
        if self._former is not None and asked.narrows(self._former[0]):
            rows: Iterator[int] = (note for note in self._former[1] if self._holds(note, asked))
        else:
            rows = self._search(asked, enough)
        found: list[int] = []
        for note in rows:
            found.append(note)
            yield note
        self._former = asked, found  # reached only when nobody stopped asking: these are all there are

    def _search(self, asked: Query, enough: int) -> Iterator[int]:
        read = 0
        rates: _Rates | None = None
        whole = " AND ".join(asked.whole)
        for place, (name, size) in enumerate(self._shards):
            if asked.start and asked.whole:
                most = min(_FEW, size // _TOO_SMALL)
                few = list(islice(self._matches(name, whole), most + 1))
                if len(few) <= most:
                    yield from (note for note in few if self._holds(note, asked))
                    continue
            reading = False
            if place >= _SAMPLED and asked.start and asked.whole:
                rates = rates or self._rates(asked, asked.start)
                reading = rates.reading_is_cheaper(size, enough)
            for note in self._matches(name, whole if reading else asked.everything):
                if asked.phrases or reading:
                    read += bool(asked.phrases)
                    if read > MOST_READ:
                        self.gave_up = True
                        return
                    if not self._holds(note, asked):
                        continue
                yield note

    def _matches(self, name: str, expression: str) -> Iterator[int]:
        found = self._connection.execute(
            f"SELECT note FROM {name}(?) AS found JOIN note_rank AS age ON age.rank = found.rowid "  # noqa: S608
            "ORDER BY found.rowid DESC",
            (expression,),
        )
        return (note for (note,) in found)

    def _rates(self, asked: Query, start: str) -> _Rates:
        sample = sum(size for _, size in self._shards[:_SAMPLED])
        return _Rates(
            whole=(self._count(" AND ".join(asked.whole)) + 0.5) / sample,
            start=self._count(start) / sample,
            both=(self._count(asked.everything) + 0.5) / sample,
        )

    def _count(self, expression: str) -> int:
        """How many of the newest notes answer."""
        counts = (
            self._connection.execute(f"SELECT count(*) FROM {name}(?)", (expression,)).fetchone()[0]  # noqa: S608
            for name, _ in self._shards[:_SAMPLED]
        )
        return sum(counts)

    def _holds(self, note: int, asked: Query) -> bool:
        title, text = self._connection.execute("SELECT title, text FROM note WHERE rowid = ?", (note,)).fetchone()
        folded = f" {fold.fold(f'{title} {text}' if title else text)} "
        begun = not asked.begins or any(start in folded for start in asked.begins)
        return begun and all(phrase in folded for phrase in asked.phrases)
