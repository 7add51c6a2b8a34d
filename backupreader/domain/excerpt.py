"""The few words around the first one that was searched for, as they stand in the text."""

from __future__ import annotations

import re
from typing import Final

from backupreader.domain.fold import fold, spellings, words

_WORD: Final = re.compile(r"\w+")
_BEFORE: Final = 40
_SHOWN: Final = 120
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
