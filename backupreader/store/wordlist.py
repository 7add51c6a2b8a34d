"""Words that are handed out, and a code that is printed: how they are made, and how forgivingly they are read back.

Five words of a list of 2,048 are 55 bits. They are typed by someone tired: capitals, accents, blanks, hyphens and
full stops do not matter. The lists hold only a to z, so that every keyboard has the letters (``words/README`` says
how they were chosen).
"""

from __future__ import annotations

import hashlib
import secrets
import unicodedata
from functools import cache
from pathlib import Path
from typing import Final

WORDS: Final = 5
LIST_LENGTH: Final = 2048
RECOVERY_BYTES: Final = 20
_FOLDER = Path(__file__).parent / "words"
_NORDIC = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "þ": "th", "ł": "l"})
# Crockford's base 32: no I, L, O or U, so that a printed code is read one way only.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_ALIKE = str.maketrans({"O": "0", "I": "1", "L": "1"})
_CODE_LETTERS = RECOVERY_BYTES * 8 // 5
_CHECK_LETTERS = 4
_PRINTED_LETTERS = _CODE_LETTERS + _CHECK_LETTERS
_GROUP = 4
WHOLE: Final = 0
"""The part that a recovery code is which is not in two."""


@cache
def wordlist(language: str) -> tuple[str, ...]:
    """The 2,048 words of one of the four languages."""
    lines = (_FOLDER / f"{language}.txt").read_text(encoding="ascii").split()
    assert len(lines) == LIST_LENGTH
    return tuple(lines)


def propose_words(language: str) -> str:
    """Five words from the system's source of randomness, with blanks between."""
    words = wordlist(language)
    return " ".join(secrets.choice(words) for _ in range(WORDS))


def typed(text: str) -> bytes:
    """What counts of typed words: NFKC, case, accents and everything that is neither letter nor digit folded away.

    Blanks too: "en to" and "ento" are the same to a person who copies from a slip of paper.
    """
    folded = unicodedata.normalize("NFKC", text).casefold().translate(_NORDIC)
    apart = unicodedata.normalize("NFD", folded)
    return "".join(letter for letter in apart if letter.isalnum()).encode("utf-8")


def enough(text: str) -> bool:
    """Whether words that a person brings are at least five different ones, with at least fifteen letters in all."""
    brought = {typed(word) for word in text.split()} - {b""}
    return len(brought) >= WORDS and sum(map(len, brought)) >= 3 * WORDS


def new_recovery_code() -> bytes:
    """160 fresh bits as 32 letters."""
    return _letters(int.from_bytes(secrets.token_bytes(RECOVERY_BYTES), "big"), _CODE_LETTERS).encode("ascii")


def printed_recovery_code(code: bytes, part: int = WHOLE) -> str:
    """The code with its check letters, in nine groups of four.

    The check letters tell which part it is, where a code is in two.
    """
    text = code.decode("ascii")
    text += _check(text, part)
    return "-".join(text[start : start + _GROUP] for start in range(0, len(text), _GROUP))


def recovery_codes(parts: int) -> tuple[str, ...]:
    """A fresh code as it is printed, or its two parts."""
    marks = (WHOLE,) if parts == 1 else (1, 2)
    return tuple(printed_recovery_code(new_recovery_code(), part) for part in marks)


def read_recovery_code(text: str) -> bytes | None:
    """The code that was printed, typed in any case and spacing, O for 0 and I or L for 1.

    Of a code in two parts both, in any order. None when this is no code, or mistyped, or one part alone.
    """
    parts = _recovery_parts(text)
    if parts.keys() in ({WHOLE}, {1, 2}):
        return b"".join(parts[part] for part in sorted(parts))
    return None


def lone_recovery_part(text: str) -> int | None:
    """Which part of a recovery code this is, when it is one without the other."""
    parts = _recovery_parts(text)
    return next(iter(parts)) if parts.keys() in ({1}, {2}) else None


def _recovery_parts(text: str) -> dict[int, bytes]:
    """What was typed by part; nothing when any of it is mistyped."""
    letters = "".join(letter for letter in text.upper().translate(_ALIKE) if letter.isalnum())
    found: dict[int, bytes] = {}
    for start in range(0, len(letters), _PRINTED_LETTERS):
        piece = letters[start : start + _PRINTED_LETTERS]
        code, check = piece[:_CODE_LETTERS], piece[_CODE_LETTERS:]
        part = next((part for part in (WHOLE, 1, 2) if set(code) <= set(_ALPHABET) and check == _check(code, part)), -1)
        if part in {-1, *found}:
            return {}
        found[part] = code.encode("ascii")
    return found


def _check(code: str, part: int) -> str:
    label = b"backupreader recovery\0" if part == WHOLE else b"backupreader recovery part %d\0" % part
    digest = hashlib.sha256(label + code.encode("ascii")).digest()
    return _letters(int.from_bytes(digest[:4], "big") >> (32 - 5 * _CHECK_LETTERS), _CHECK_LETTERS)


def _letters(number: int, count: int) -> str:
    return "".join(_ALPHABET[number >> 5 * place & 31] for place in reversed(range(count)))
