"""The catalogue: each text once by which somebody or something is found, made at the build and held in memory.

Ten thousand citizens take some thousand different drugs, warnings, routes, carers and words of names. So a keystroke
looks through these texts, and asks the generation only for what is then shown. An entry is of one `Subject`: its line
of folded words (each between blanks), and whom or what it stands for, as numbers: citizens by their place in the
finder, which is their order by name; routes by the place of their day in `rounds.route_days`.

Private-marked orders are not in it, nor what would tell of them (`domain.withheld`): nobody is found by such a drug.
Whoever is referred to and was never delivered is not in it either: there is no page of hers to open.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import chain
from typing import TYPE_CHECKING, Final

from backupreader.domain.fold import spellings, words
from backupreader.domain.presence import is_current
from backupreader.domain.records import Medication
from backupreader.domain.warningwords import kind_words
from backupreader.domain.withheld import kept_private
from backupreader.store import finder, persons, rounds
from backupreader.store.rows import Shelf

if TYPE_CHECKING:
    from sqlite3 import Connection


class Subject(Enum):
    """What an entry is of, by its word in the table. What has ended is apart: it is shown after what holds."""

    NAME = "name"  # one word of a citizen's name or address
    DRUG = "drug"
    ENDED_DRUG = "ended drug"
    WARNING = "warning"
    ENDED_WARNING = "ended warning"
    ROUTE = "route"
    CARER = "carer"


_REMEMBERED: Final = 512
_Entries = dict[tuple[Subject, str], set[int]]


def fill(connection: Connection) -> None:
    """Make the table, when the finder's lines and the routes are made."""
    places = citizen_places(connection)
    entries: _Entries = {}
    made = (_names(connection), _drugs(connection, places), _warnings(connection, places), _routes(connection))
    for subject, text, number in chain.from_iterable(made):
        if text:
            entries.setdefault((subject, text), set()).add(number)
    connection.executemany(
        "INSERT INTO catalogue VALUES (?, ?, ?)",
        (
            (subject.value, f" {text} ", struct.pack(f"<{len(found)}I", *sorted(found)))
            for (subject, text), found in sorted(entries.items(), key=lambda entry: (entry[0][0].value, entry[0][1]))
        ),
    )


def citizen_places(connection: Connection) -> dict[str, int]:
    """The place in the finder, from 0, of whom each id stands for or means."""
    found = connection.execute(
        "SELECT id, place - 1 FROM finder JOIN citizen ON citizen.rowid = finder.citizen ORDER BY place"
    )
    places: dict[str, int] = dict(found.fetchall())
    for citizen, person in connection.execute("SELECT citizen, person FROM same_person"):
        if person in places:
            places[citizen] = places[person]
    return places


def line(*texts: str | None) -> str:
    """The words of all, each once, so that what is written twice is one entry: by these something is found."""
    return " ".join(dict.fromkeys(word for text in texts for word in words(text or "")))


def _names(connection: Connection) -> Iterator[tuple[Subject, str, int]]:
    for place, text in connection.execute("SELECT place - 1, line FROM finder"):
        for word in finder.name_words(text):
            yield Subject.NAME, word, place


def _drugs(connection: Connection, places: Mapping[str, int]) -> Iterator[tuple[Subject, str, int]]:
    shelf = Shelf(connection)
    kept = set(_kept(shelf))
    lines: dict[tuple[str | None, ...], str] = {}
    found = connection.execute("SELECT id, citizen, status, drug, substance, atc, strength FROM medication")
    for order, citizen, status, *said in found:
        if citizen in places and order not in kept:
            key = tuple(said)
            if key not in lines:
                lines[key] = line(*key)
            yield Subject.DRUG if is_current(status) else Subject.ENDED_DRUG, lines[key], places[citizen]


def _kept(shelf: Shelf) -> Iterator[str]:
    """The ids of the orders that a private-marked one keeps back, of whatever list of hers, and of those."""
    marked = [who for (who,) in shelf.connection.execute("SELECT DISTINCT citizen FROM medication WHERE private")]
    for first in {persons.first_of(shelf, who) for who in marked}:
        ids = persons.ids_of(shelf, first)
        orders = shelf.records(Medication, f"WHERE citizen IN {persons.places(ids)}", ids)
        yield from (order.id for order in kept_private(orders))


def _warnings(connection: Connection, places: Mapping[str, int]) -> Iterator[tuple[Subject, str, int]]:
    found = connection.execute("SELECT citizen, status, kind, text, reaction, code FROM alert")
    for citizen, status, kind, *said in found:
        if citizen in places:
            subject = Subject.WARNING if is_current(status) else Subject.ENDED_WARNING
            yield subject, line(kind_words(kind), *said), places[citizen]


def _routes(connection: Connection) -> Iterator[tuple[Subject, str, int]]:
    numbers = {stop: number for number, stop in enumerate(rounds.route_days(connection))}
    for (_, route), number in numbers.items():
        yield Subject.ROUTE, line(route), number
    for day, route, name in rounds.drivers(connection):
        yield Subject.CARER, line(name), numbers[day, route]


@dataclass(frozen=True, slots=True)
class Typed:
    """A folded word that was typed, whole or its beginning, and with what a word that answers it may begin."""

    word: str
    starts: tuple[str, ...]

    def begins(self, text: str) -> bool:
        """Whether a word of the text (which has a blank before each) begins so."""
        return any(start in text for start in self.starts)


def typed(asked: Iterable[str]) -> tuple[Typed, ...]:
    """Words that were typed, looked at once for all that they are looked for in."""
    return tuple(Typed(word, tuple(f" {start}" for start in spellings(word, open_end=True))) for word in asked)


class Texts:
    """The entries of one subject. A set of citizens or routes is one whole number: a bit for each."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.whom: list[bytes] = []
        self._bits: dict[int, int] = {}
        self._begun: dict[str, frozenset[int]] = {}

    def answering(self, asked: Sequence[Typed]) -> int:
        """Whom or what the entries stand for in which every word asked for begins a word; nothing for no words."""
        if not asked:
            return 0
        found = self._begins(asked[0])
        for word in asked[1:]:
            found &= self._begins(word)
        mask = 0
        for entry in found:
            mask |= self._as_bits(entry)
        return mask

    def _begins(self, asked: Typed) -> frozenset[int]:
        """The entries of which a word begins so, out of those of one key ago, where they are known."""
        if asked.word not in self._begun:
            if len(self._begun) >= _REMEMBERED:
                self._begun.clear()
            among: Iterable[int] = self._begun.get(asked.word[:-1], range(len(self.lines)))
            lines, (first, *others) = self.lines, asked.starts
            if others:
                found = frozenset(entry for entry in among if asked.begins(lines[entry]))
            else:
                found = frozenset(entry for entry in among if first in lines[entry])
            self._begun[asked.word] = found
        return self._begun[asked.word]

    def _as_bits(self, entry: int) -> int:
        if entry not in self._bits:
            self._bits[entry] = bits(numbers(self.whom[entry]))
        return self._bits[entry]


class Catalogue:
    """The entries of one opened generation, by subject."""

    def __init__(self, connection: Connection) -> None:
        self._of = {subject: Texts() for subject in Subject}
        for subject, text, whom in connection.execute("SELECT subject, line, whom FROM catalogue ORDER BY rowid"):
            texts = self._of[Subject(subject)]
            texts.lines.append(text)
            texts.whom.append(whom)

    def __getitem__(self, subject: Subject) -> Texts:
        return self._of[subject]


def numbers(whom: bytes) -> tuple[int, ...]:
    """What an entry stands for, as numbers."""
    return struct.unpack(f"<{len(whom) // 4}I", whom)


def bits(found: Iterable[int]) -> int:
    """Numbers as one whole number with a bit for each."""
    known = list(found)
    if not known:
        return 0
    mask = bytearray((max(known) >> 3) + 1)
    for number in known:
        mask[number >> 3] |= 1 << (number & 7)
    return int.from_bytes(mask, "little")


def each(mask: int) -> Iterator[int]:
    """The numbers of which the bits stand for, the least first."""
    for at, byte in enumerate(mask.to_bytes((mask.bit_length() + 7) >> 3, "little")):
        if byte:
            yield from (at * 8 + bit for bit in range(8) if byte >> bit & 1)
