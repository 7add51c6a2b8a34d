"""Whom a person may have meant who typed a name or a street wrong: see `nearwords` for what counts as near.

Every word typed must be found: as it stands, anywhere in a citizen's line, or as a near word of her name or address.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from backupreader.domain.fold import plain
from backupreader.store.catalogue import Catalogue, Subject, numbers
from backupreader.store.nearwords import NearWords

if TYPE_CHECKING:
    from backupreader.store.finder import Finder

_MOST: Final = 1_000
"""Citizens looked at for one word: a word that is near to the names of more says nothing."""


@dataclass(frozen=True, slots=True)
class Meant:
    """A place in the finder, and the folded words that were meant there."""

    place: int
    words: tuple[str, ...]


class MeantSearch:
    """The near words of one opened generation's citizens."""

    def __init__(self, finder: Finder, catalogue: Catalogue) -> None:
        self._finder = finder
        names = catalogue[Subject.NAME]
        self._whom = {line.strip(): whom for line, whom in zip(names.lines, names.whom, strict=True)}
        self._words = NearWords(self._whom)

    def warm(self) -> None:
        """Make what is else made with the first words of each length."""
        self._words.warm()

    def find(self, asked: tuple[str, ...], known: Collection[int], first: Collection[int] | None) -> list[Meant]:
        """Who may be meant and is not `known`: fewest faults first, those in the places `first` first, then by name."""
        near = [self._places(word) for word in asked]
        places = set[int]().union(*near).difference(known)
        found: list[tuple[int, bool, int, tuple[str, ...]]] = []
        for place in places:
            line, faults = self._finder.line(place), 0
            words: list[str] = []
            for word, close in zip(asked, near, strict=True):
                if f" {plain(word)}" in line:
                    continue
                if place not in close:
                    break
                number, meant = close[place]
                faults += number
                words.append(meant)
            else:
                if not words:  # nothing in it is meant otherwise: she is a sure one
                    continue
                found.append((faults, first is not None and place not in first, place, tuple(words)))
        return [Meant(place, words) for _, _, place, words in sorted(found)]

    def _places(self, word: str) -> dict[int, tuple[int, str]]:
        """Where a word that is near to this one stands, and the nearest one."""
        places: dict[int, tuple[int, str]] = {}
        for meant, faults in sorted(self._words.near(word).items(), key=lambda one: (one[1], one[0])):
            if len(places) > _MOST:
                break
            for place in numbers(self._whom[meant]):
                places.setdefault(place, (faults, meant))
        return places
