"""Finding citizens by what one knows of them: a name, a birthday, the last four, a street, a phone, a unit, a room.

Each person is one line of folded words in seven fields (`FIELDS`), made at the build and read into memory whole: ten
thousand of them are a megabyte, and looked through in a millisecond. What several sources call her stands in the one
line. Lines lie in the order in which equals are shown: name, birthday, id.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from backupreader.domain import moments
from backupreader.domain.fold import fold, plain, spellings, words
from backupreader.domain.identity import compacted
from backupreader.domain.records import Citizen, Identifier
from backupreader.language import N_

if TYPE_CHECKING:
    from sqlite3 import Connection

FIELDS: Final = (N_("name"), N_("birthday"), N_("person number"), N_("phone"), N_("address"), N_("unit"), N_("room"))
"""What a word was found in, in the order of a line's fields."""
_END: Final = "\n"
_AGAIN: Final = "|"
_OTHERWISE: Final = " / "
_NAME, _NUMBER, _ADDRESS = 0, 2, 4
_LAST_FOUR: Final = 4
_TWELVE: Final = 12
_SHORTEST_INSIDE: Final = 3
_ENOUGH: Final = 50
"""Where so many are found by beginnings of words, nobody is looked for by what stands inside words."""
_MONTHS: Final = (
    "januar januari january", "februar februari february", "marts mars march", "april", "maj mai may", "juni june",
    "juli july", "august augusti", "september", "oktober october", "november", "december desember",
)  # fmt: skip
_COUNTRY_CODE: Final = re.compile(r"^(?:\+|00)4[567]")
_NOT_DIGIT: Final = re.compile(r"[^0-9]")
_YEAR_FIRST: Final = re.compile(r"\b([0-9]{4})-([0-9]{2})-([0-9]{2})\b")
_DAY_FIRST: Final = re.compile(r"\b([0-9]{1,2})\s?[./-]\s?([0-9]{1,2})(?:[./-]|\s|\.\s)\s?([0-9]{4}|[0-9]{2})\b")
_DAY_AND_MONTH: Final = re.compile(r"\b([0-9]{1,2})/([0-9]{1,2})\b")
_PERSON_NUMBER: Final = re.compile(r"\b([0-9]{6}|[0-9]{8})[-+]([0-9a-z]{0,4})\b", re.IGNORECASE)
_PHONE: Final = re.compile(
    r"(?:(?:\+|\b00)4[567][ -]?|\b)[0-9]{2,4}(?:[ -][0-9]{2,4}){2,4}\b|(?:\+|\b00)4[567][ -]?[0-9]{6,11}\b"
)


def line(statements: Sequence[Citizen], units: Mapping[str, str]) -> str:
    """The words by which a person is found of whom these are the statements; `units` are names by id.

    Where any source protects her address, neither that nor her room and telephone are searched in.
    """
    hidden = any(citizen.protected_address for citizen in statements)
    stated = [_fields(citizen, units.get(citizen.unit or ""), hidden=hidden) for citizen in statements]
    return _END.join(
        _field(dict.fromkeys(" ".join(field) for field in fields if field)) for fields in zip(*stated, strict=True)
    )


def _fields(citizen: Citizen, unit: str | None, *, hidden: bool) -> tuple[list[str], ...]:
    """The words of one statement, field by field."""
    name = words(citizen.name)
    more = [word for word in words(f"{citizen.given or ''} {citizen.family or ''}") if word not in name]
    address = () if hidden else (citizen.address, citizen.postal_code, citizen.city)
    return (
        sorted(set(name)) + more,
        _birthday(citizen.birth_date),
        [form for number in citizen.identifiers for form in _number(number.value)],
        _phone("" if hidden else citizen.phone or ""),
        [word for part in address for word in words(part or "")],
        list(words(unit or "")),
        list(words("" if hidden else citizen.room or "")),
    )


def name_words(text: str) -> set[str]:
    """The words of names and addresses in a line, by which one may be found though they were typed wrong."""
    fields = text.split(_END)
    said = " ".join(fields[field].partition(_AGAIN)[0] for field in (_NAME, _ADDRESS))
    return {word for word in said.split() if len(word) >= _SHORTEST_INSIDE and word.isalpha()}


def sort_key(citizen: Citizen) -> tuple[str, str, str]:
    """The order of citizens who answer a search equally well."""
    return fold(citizen.name), citizen.birth_date or "", citizen.id


def _field(found: Iterable[str]) -> str:
    """What each source says, between blanks, and once more in plain form where that is another."""
    text = _OTHERWISE.join(found)
    simple = plain(text)
    return f" {text} " if text == simple else f" {text} {_AGAIN} {simple} "


def _birthday(written: str | None) -> list[str]:
    """1938-03-14 as people write it: 140338, 14031938, 19380314, 380314, 14 March 1938."""
    born = moments.day(written)
    if born is None:
        return list(words(written or ""))
    numeric = [born.strftime(form) for form in ("%d%m%y", "%d%m%Y", "%Y%m%d", "%y%m%d")]
    return [*numeric, str(born.day), *_MONTHS[born.month - 1].split(), str(born.year)]


def _number(value: str) -> Iterator[str]:
    """A person number whole, without its century, and its last four."""
    compact = compacted(value).replace("+", "").lower()
    yield compact
    if len(compact) == _TWELVE:
        yield compact[2:]
    yield compact[-_LAST_FOUR:]
    yield from words(value)


def _phone(written: str) -> list[str]:
    """A phone number's digits, without the country's code and without the leading zero."""
    digits = _NOT_DIGIT.sub("", _COUNTRY_CODE.sub("", written.replace(" ", "")))
    return [form for form in (digits, digits.removeprefix("0")) if form]


def query(text: str) -> tuple[str, ...]:
    """The folded words of what was typed, with dates, person numbers and phone numbers brought to one word each."""
    text = _YEAR_FIRST.sub(r"\1\2\3", text)
    text = _PERSON_NUMBER.sub(r"\1\2", text)
    text = _DAY_FIRST.sub(lambda found: f"{int(found[1]):02}{int(found[2]):02}{found[3]}", text)
    text = _DAY_AND_MONTH.sub(lambda found: f"{int(found[1]):02}{int(found[2]):02}", text)
    text = _PHONE.sub(lambda found: (_phone(found[0]) or [""])[-1], text)
    return words(text)


def _inside(word: str) -> bool:
    """Whether a word is looked for inside others too: not a short one, and no digits, which are in every number."""
    return len(word) >= _SHORTEST_INSIDE and not word.isdigit()


@dataclass(frozen=True, slots=True)
class Answer:
    """The rows of citizens, each with the field that answered, and how many there are in all."""

    hits: list[tuple[int, str]]
    count: int


class Finder:
    """The lines of one generation. `citizen` of a place is the row of the citizen who stands for that person."""

    def __init__(self, connection: Connection) -> None:
        self._citizens: list[int] = []
        self._lines: list[str] = []
        for citizen, text in connection.execute("SELECT citizen, line FROM finder ORDER BY place"):
            self._citizens.append(citizen)
            self._lines.append(text)
        self._names = [text.partition(_END)[0] for text in self._lines]
        self._former: dict[bool, tuple[tuple[str, ...], list[int]]] = {}

    def __len__(self) -> int:
        """How many persons there are."""
        return len(self._lines)

    def line(self, place: int) -> str:
        """The words of the person in this place, from 0."""
        return self._lines[place]

    def citizen(self, place: int) -> int:
        """The row of the citizen who stands for the person in this place, from 0."""
        return self._citizens[place]

    def find(
        self, text: str, limit: int, among: frozenset[int] | None = None, first: frozenset[int] | None = None
    ) -> Answer:
        """Who answers all words, best first, each with the one of `FIELDS` that answered; at most `limit` are named.

        Those in the places `first` go before all others. Whole words go before beginnings, beginnings before other
        spellings and parts of words; in each, names before all else, and words that stand together (a street and its
        number) before words that do not. `among`: look only at these rows. Without words: everyone.
        """
        asked = query(text)
        places: list[int] | None = None
        if among is not None:
            places = [place for place, citizen in enumerate(self._citizens) if citizen in among]
        if not asked:
            named = range(len(self._lines)) if places is None else places
            return Answer([(self._citizens[place], FIELDS[_NAME]) for place in named[:limit]], len(named))
        starts = self._narrowed(tuple(f" {plain(word)}" for word in asked), places)
        inside: Iterable[int] = ()
        if len(starts) < _ENOUGH and all(_inside(word) for word in asked):
            inside = self._narrowed(tuple(plain(word) for word in asked), places)
        found = dict.fromkeys((*starts, *inside))
        best: dict[int, None] = {}
        for mine in (True, False) if first is not None else (True,):
            if len(best) < limit:
                some = starts if first is None else [place for place in starts if (place in first) == mine]
                self._rank(best, some, asked, limit)
                best.update(dict.fromkeys(place for place in inside if first is None or (place in first) == mine))
        return Answer([(self._citizens[place], self.why(place, asked)) for place in list(best)[:limit]], len(found))

    def _rank(self, best: dict[int, None], starts: Iterable[int], asked: tuple[str, ...], limit: int) -> None:
        """Add these places to the `best`, in the order of how well they answer, until there are enough."""
        for tier in self._tiers(starts, asked):
            best.update(dict.fromkeys(tier))
            if len(best) >= limit:
                return

    def _tiers(self, starts: Iterable[int], asked: tuple[str, ...]) -> Iterator[Iterable[int]]:
        whole = [f" {word} " for word in asked]
        together = f" {plain(' '.join(asked))}"
        yield self._having(self._names, starts, whole)
        yield self._having(self._lines, starts, [*whole, f"{together} "])
        yield self._having(self._lines, starts, whole)
        yield self._beginning(self._names, starts, asked)
        yield self._having(self._lines, starts, [together])
        yield self._beginning(self._lines, starts, asked)
        yield starts

    def _narrowed(self, parts: tuple[str, ...], places: Iterable[int] | None) -> list[int]:
        """Of these places (None: all) those whose line holds every part.

        What was found one key ago is kept: where the last part has grown, or one has come, only that is looked for.
        """
        if places is not None:
            return list(self._having(self._lines, places, parts))
        inside = not parts[0].startswith(" ")
        former, found = self._former.get(inside, ((), []))
        grown = former[:-1] == parts[:-1] and bool(former) and parts[-1].startswith(former[-1])
        if grown or (former and former == parts[:-1]):
            found = list(self._having(self._lines, found, parts[-1:]))
        else:
            found = list(self._having(self._lines, range(len(self._lines)), parts))
        self._former[inside] = parts, found
        return found

    @staticmethod
    def _having(texts: list[str], places: Iterable[int], parts: Iterable[str]) -> Iterable[int]:
        """The places whose text holds every part; one plain pass a part, which is what makes ten thousand fast."""
        for part in parts:
            places = [place for place in places if part in texts[place]]
        return places

    @staticmethod
    def _beginning(texts: list[str], places: Iterable[int], asked: tuple[str, ...]) -> Iterable[int]:
        """The places in whose text every word begins in one of its spellings."""
        for word in asked:
            begun = [f" {spelling}" for spelling in spellings(word, open_end=True)]
            places = [place for place in places if any(start in texts[place] for start in begun)]
        return places

    def why(self, place: int, asked: tuple[str, ...]) -> str:
        """Of the fields in which the words were found, the last: it tells this citizen from others of the same name."""
        fields = self._lines[place].split(_END)
        found = [
            next(
                number
                for part in (f" {plain(word)}", plain(word))
                for number, field in enumerate(fields)
                if part in field
            )
            for word in asked
        ]
        return FIELDS[max(found)]

    def by_number(self, text: str) -> list[int]:
        """The rows of the citizens with this whole person number, in any form, Swedish ones with or without century."""
        compact = compacted(text).replace("+", "").lower()
        wanted = f" {compact} "
        if len(compact) <= _LAST_FOUR:
            return []
        return [
            citizen
            for citizen, found in zip(self._citizens, self._lines, strict=True)
            if wanted in found and wanted in found.split(_END)[_NUMBER]
        ]

    def sharing(self, citizen: int, numbers: Iterable[Identifier]) -> list[int]:
        """The rows of everyone else with one of these person numbers, right or wrong, though nobody linked them."""
        asked = [one.value for one in numbers if one.kind != "local" and len(set(compacted(one.value))) > 1]
        found = dict.fromkeys(row for value in asked for row in self.by_number(value))
        return [row for row in found if row != citizen]

    def namesakes(self, citizen: int) -> list[int]:
        """The rows of everyone else whom any source calls as any source calls her, whatever the order of the parts."""
        own = _called(self._names[self._citizens.index(citizen)])
        return [
            other
            for other, found in zip(self._citizens, self._names, strict=True)
            if other != citizen and any(name in found for name in own) and own & _called(found)
        ]


def _called(field: str) -> set[str]:
    """The names in a line's first field, one a source."""
    return {name.strip() for name in field.partition(_AGAIN)[0].split(_OTHERWISE)}
