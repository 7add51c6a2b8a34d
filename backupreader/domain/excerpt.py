"""The few words around the first one that was searched for, as they stand in the text."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import Final

from backupreader.domain.fold import fold, plain, spellings, words

_WORD: Final = re.compile(r"\w+")
_BEFORE: Final = 40
_SHOWN: Final = 120
_ASKED: Final = 400
_MARKED: Final = 2_000
_WITHIN: Final = 3
_LOOKED_THROUGH: Final = 400_000
"""Letters: a longer text, of which an excerpt helps nobody, is not searched to its end for one."""


def found_at(text: str, asked: str) -> int | None:
    """Where in `text` the first word stands that answers one of those `asked`; None where none does."""
    starts = tuple(spelling for word in words(asked) for spelling in spellings(word, open_end=True))
    if not starts:
        return None
    places = _WORD.finditer(text, 0, _LOOKED_THROUGH)
    return next((word.start() for word in places if fold(word[0]).startswith(starts)), None)


def excerpt(text: str, place: int | None) -> str:
    """Some letters of `text` from a little before `place`, from the beginning for None; dots where it goes on."""
    first = max(0, (place or 0) - _BEFORE)
    piece = text[first : first + _SHOWN]
    return ("…" if first else "") + piece + ("…" if first + _SHOWN < len(text) else "")


def found_words(texts: Iterable[str], asked: str, *, inside: bool = False) -> frozenset[str]:
    """The words of `texts`, as written, that answer one of those `asked`: what is to be marked where it stands.

    With `inside` also those that hold such a word of some letters within.
    """
    sought = words(asked[:_ASKED])
    starts = tuple(spelling for word in sought for spelling in spellings(word, open_end=True))
    within = tuple(word for word in map(plain, sought) if len(word) >= _WITHIN and not word.isdigit()) if inside else ()
    if not starts:
        return frozenset()
    written = {word for text in texts for word in _WORD.findall(text[:_MARKED])}
    return frozenset(
        word
        for word in written
        if any(part.startswith(starts) or any(one in plain(part) for one in within) for part in words(word))
    )


def as_written(texts: Iterable[str], meant: Collection[str]) -> tuple[str, ...]:
    """How the folded words `meant` are written in `texts`, in the order in which they stand there."""
    return tuple(dict.fromkeys(word for text in texts for word in _WORD.findall(text) if fold(word) in meant))
