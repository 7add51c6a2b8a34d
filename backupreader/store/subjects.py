"""What the catalogue's entries say of the words that were typed: whose medicine, whose warnings, which routes.

Some of the words may be the citizen's own ("kirsten marevan"): the first or the last ones, as people type them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from backupreader.store.catalogue import Catalogue, Subject, Typed
from backupreader.store.finder import name_words

_MOST_SPLIT: Final = 4
"""Words: more are looked for in one text only."""


@dataclass(frozen=True, slots=True)
class Whose:
    """The citizens who answer, a bit for each place in the finder: by what holds, and by what has ended only."""

    holding: int
    ended: int

    def of(self, mask: int) -> Whose:
        """The same of some citizens only."""
        return Whose(self.holding & mask, self.ended & mask)

    @property
    def count(self) -> int:
        """How many they are."""
        return self.holding.bit_count() + self.ended.bit_count()


def whose(
    catalogue: Catalogue, holding: Subject, ended: Subject, asked: Sequence[Typed], *, named: bool = True
) -> Whose:
    """Who has a drug or a warning of these words; where they may be `named`, some of the words may be their own."""
    now = before = 0
    for said, names in _splits(asked):
        if any(map(_has_letter, said)) and (named or not names):
            called = _called(catalogue, names)
            now |= catalogue[holding].answering(said) & called
            before |= catalogue[ended].answering(said) & called
    return Whose(now, before & ~now)


def is_said(text: str, asked: Sequence[Typed], hers: str) -> bool:
    """Whether a drug or a warning, by its words, answers in one of the ways of `whose`; `hers` is her finder's line."""
    line, names = f" {text}", f" {' '.join(name_words(hers))}"
    return any(
        any(map(_has_letter, said))
        and all(word.begins(line) for word in said)
        and all(word.begins(names) for word in called)
        for said, called in _splits(asked)
    )


def route_days(
    catalogue: Catalogue, asked: Sequence[Typed], days: Sequence[tuple[str, str]], first: date, last: date
) -> list[tuple[str, str]]:
    """The days and routes, from one day to another, that answer by the route's name or those of its carers."""
    mask = -1 if asked else 0
    for word in asked:
        mask &= catalogue[Subject.ROUTE].answering([word]) | catalogue[Subject.CARER].answering([word])
    low, high = bisect_left(days, (first.isoformat(),)), bisect_left(days, (f"{last.isoformat()}~",))
    return [days[number] for number in range(low, high) if mask >> number & 1]


def _splits(asked: Sequence[Typed]) -> Iterator[tuple[Sequence[Typed], Sequence[Typed]]]:
    """The words of the text itself, and those of a citizen's name before or after it."""
    yield asked, ()
    if len(asked) <= _MOST_SPLIT:
        for at in range(1, len(asked)):
            yield asked[:at], asked[at:]
            yield asked[at:], asked[:at]


def _called(catalogue: Catalogue, names: Sequence[Typed]) -> int:
    """The citizens of whose name or street each of these begins a word; everyone for none."""
    mask = -1
    for name in names:
        mask &= catalogue[Subject.NAME].answering([name])
    return mask


def _has_letter(asked: Typed) -> bool:
    """Whether a word can be of a drug or a warning: two signs, and not digits only, which are in everything."""
    return len(asked.word) > 1 and not asked.word.isdigit()
