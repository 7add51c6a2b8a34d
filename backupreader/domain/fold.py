"""The folding of words for search: what sounds and looks the same to a Nordic reader is typed in many ways.

`fold` brings every spelling to one: å and aa, ä, æ and ae, ö, ø and oe are each the same, accents and case are gone (ü
is u, as Nordic readers type it; ß is ss). A reader without Nordic keys also types a plain a or o: `spellings` says
what such a word may stand for, and `plain` is the form in which all of them meet. The folded form is searched in,
never shown.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import product
from typing import Final

_LETTERS: Final = {
    "å": "aa",
    "ä": "ae",
    "æ": "ae",
    "ö": "oe",
    "ø": "oe",
    "œ": "oe",
    "ð": "d",
    "đ": "d",
    "þ": "th",
    "ł": "l",
    "ı": "i",
    "ß": "ss",
}
_TABLE: Final = str.maketrans(_LETTERS)
_LATIN: Final = {
    letter.encode("latin-1")[0]: (letter, folded)
    for small, folded in _LETTERS.items()
    if small <= "\xff"  # the last letter of Latin-1
    for letter in ((small, small.upper()) if len(small.upper()) == 1 else (small,))
}
_ASCII: Final = bytes(range(128))
_NOT_A_WORD: Final = re.compile(r"[\W_]+")
_MAY_BE_A_MARK: Final = re.compile("[\u0300-\U0010ffff]")
_PLAIN: Final = (("aa", "a"), ("ae", "a"), ("oe", "o"))
_MAY_STAND_FOR: Final = {"a": ("a", "aa", "ae"), "o": ("o", "oe")}
_MOST_SPELLINGS: Final = 24


def fold(text: str) -> str:
    """The folded words of `text`, one space between them: ``fold("Ågård-MØLLER, é") == "aagaard moeller e"``."""
    return _NOT_A_WORD.sub(" ", _bare(text)).strip()


def _bare(text: str) -> str:
    """`text` in small letters, spelt without Nordic letters and without marks."""
    spelt = _spelt(text)
    if spelt is None:
        spelt = unicodedata.normalize("NFC", text).casefold().translate(_TABLE)
    spelt = spelt.casefold()
    if spelt.isascii():
        return spelt
    return _MAY_BE_A_MARK.sub(_without_mark, unicodedata.normalize("NFD", spelt))


def _spelt(text: str) -> str | None:
    """`text` without Nordic letters, in one quick pass a letter that it has; None when it is not all Latin-1."""
    if text.isascii():
        return text
    try:
        beyond = text.encode("latin-1").translate(None, _ASCII)
    except UnicodeEncodeError:
        return None
    for code in set(beyond):
        if code in _LATIN:
            text = text.replace(*_LATIN[code])
    return text


def _without_mark(letter: re.Match[str]) -> str:
    return "" if unicodedata.category(letter[0]) == "Mn" else letter[0]


def words(text: str) -> tuple[str, ...]:
    """The folded words of `text`, in order."""
    return tuple(fold(text).split())


def plain(folded: str) -> str:
    """The folded form with every Nordic letter as its plain one: what a reader without Nordic keys types."""
    for double, single in _PLAIN:
        folded = folded.replace(double, single)
    return folded


def spellings(word: str, *, open_end: bool = False) -> tuple[str, ...]:
    """The folded words that the folded `word` may stand for when its plain a and o were typed for å, ä, æ, ö or ø.

    The word itself comes first. With `open_end` the word is the start of one, and its last letter is left alone, since
    what follows it is open. Words with so many a and o that nobody could mean them all keep their later ones as typed.
    """
    choices: list[tuple[str, ...]] = []
    number = 1
    for position, letter in enumerate(word):
        options = _MAY_STAND_FOR.get(letter, (letter,))
        last = position == len(word) - 1
        paired = word[position : position + 2] in {"aa", "ae", "oe"} or word[position - 1 : position + 1] == "aa"
        if paired or (last and open_end) or number * len(options) > _MOST_SPELLINGS:
            options = (letter,)
        number *= len(options)
        choices.append(options)
    return tuple("".join(choice) for choice in product(*choices))


def indexable(text: str) -> str:
    """`text` with its Nordic letters as `fold` has them, for an index that sees to case, accents and marks itself.

    Much faster than `fold`, for millions of notes.
    """
    spelt = _spelt(text)
    return fold(text) if spelt is None else spelt
