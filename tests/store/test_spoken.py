from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backupreader.language import CODES
from backupreader.store.spoken import four_words
from backupreader.store.wordlist import wordlist


@given(st.binary(min_size=32, max_size=32), st.sampled_from(CODES))
def test_the_words_say_the_first_forty_four_bits_and_nothing_else(digest: bytes, language: str):
    said = four_words(digest, language).split()
    number = 0
    for word in said:
        number = number << 11 | wordlist(language).index(word)
    assert len(said) == 4
    assert number == int.from_bytes(digest[:6], "big") >> 4
    assert four_words(digest[:6] + bytes(26), language) == " ".join(said)


@pytest.mark.parametrize("language", CODES)
def test_each_language_has_its_own_words(language: str):
    words = wordlist(language)
    assert four_words(bytes(32), language) == " ".join([words[0]] * 4)
    assert four_words(b"\xff" * 32, language) == " ".join([words[-1]] * 4)


def test_another_head_has_other_words():
    said = {four_words(hashlib.sha256(bytes([number])).digest(), "en") for number in range(200)}
    assert len(said) == 200
