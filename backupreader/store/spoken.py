"""A generation's fingerprint in four words, short enough to be said by phone.

44 bits of the digest of its signed head, as words of the list from which words are given to people. Two people compare
them in one language: each list has words of its own. They tell two generations apart by accident and at a glance; they
do not guard against one who looks for a second generation with the same words, which is what the signature does.
"""

from __future__ import annotations

from typing import Final

from backupreader.store.wordlist import LIST_LENGTH, wordlist

WORDS: Final = 4
_BITS = LIST_LENGTH.bit_length() - 1


def four_words(digest: bytes, language: str) -> str:
    """The first 44 bits of a SHA-256 in words of a language, with blanks between."""
    words = wordlist(language)
    number = int.from_bytes(digest, "big") >> (8 * len(digest) - WORDS * _BITS)
    places = (number >> _BITS * place & LIST_LENGTH - 1 for place in reversed(range(WORDS)))
    return " ".join(words[place] for place in places)
