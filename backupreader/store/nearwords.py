"""Words of names and streets that a person may have meant who typed another, also half typed.

One fault is a letter too many or too few, another letter, or two neighbours swapped; a word of eight letters or more
may have two.

Both words are compared with doubled letters as one ("Skovej", "Skovvej"), and a name with its Nordic letters once as
`fold` spells them and once as plain ones. A word with a digit in it is never another: a wrong number is a wrong person.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from backupreader.domain.fold import plain

_SHORTEST: Final = 3
_SHORTEST_HALF: Final = 4
"""Letters: a half-typed word of fewer begins nearly everything."""
_LONG: Final = 8
_LONGEST: Final = 16
"""Letters: longer words are seldom typed, and what they need is made when they are."""
_REMEMBERED: Final = 256
_DOUBLED: Final = re.compile(r"([^\W\d_])\1")


class NearWords:
    """The words of one opened generation."""

    def __init__(self, words: Iterable[str]) -> None:
        self._forms: dict[str, list[str]] = {}
        for word in words:
            for form in {_single(word), _single(plain(word))}:
                self._forms.setdefault(form, []).append(word)
        self._starts: dict[tuple[int, bool], dict[str, list[str]]] = {}
        self.near = lru_cache(maxsize=_REMEMBERED)(self._near)

    def warm(self) -> None:
        """Make what is else made with the first words of each length."""
        for length in range(_SHORTEST - 1, _LONGEST):
            self._of_length(length, half=True)
        for length in range(_SHORTEST - 1, _SHORTEST + 2):
            self._of_length(length, half=False)

    def _near(self, typed: str) -> Mapping[str, int]:
        """The words that may be meant by the folded word `typed`, each with the number of faults."""
        letters = len(plain(typed))  # as they were typed: ø is one
        if letters < _SHORTEST or not typed.isalpha():
            return {}
        asked, faults = _single(typed), 2 if letters >= _LONG else 1
        found: dict[str, int] = {}
        for length in range(len(asked) - faults, len(asked) + faults + 1):
            starts = self._of_length(length, half=letters >= _SHORTEST_HALF)
            close = process.extract(asked, tuple(starts), scorer=OSA.distance, score_cutoff=faults, limit=None)
            for start, number, _ in close:
                for word in starts[start]:
                    found[word] = min(int(number), found.get(word, faults))
        return found

    def _of_length(self, length: int, *, half: bool) -> dict[str, list[str]]:
        """What is of this length, and the words that are so, or begin so; made when first asked for."""
        if (length, half) not in self._starts:
            starts: dict[str, list[str]] = {}
            for form, words in self._forms.items():
                if len(form) == length or (half and len(form) > length):
                    starts.setdefault(form[:length], []).extend(words)
            self._starts[length, half] = starts
        return self._starts[length, half]


def _single(word: str) -> str:
    """The word with each doubled letter once."""
    return _DOUBLED.sub(r"\1", word)
