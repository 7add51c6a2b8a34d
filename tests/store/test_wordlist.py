from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backupreader.language import CODES
from backupreader.store import wordlist


@pytest.mark.parametrize("language", CODES)
def test_a_list_holds_2048_short_words_that_any_keyboard_has(language: str):
    words = wordlist.wordlist(language)
    assert len(words) == len(set(words)) == 2048
    assert list(words) == sorted(words)
    assert all(re.fullmatch(r"[a-z]{3,7}", word) for word in words)


@pytest.mark.parametrize("language", CODES)
def test_given_words_are_five_of_the_list_and_strong_enough(language: str):
    proposed = {wordlist.propose_words(language) for _ in range(50)}
    assert len(proposed) == 50
    for words in proposed:
        assert len(words.split()) == 5
        assert set(words.split()) <= set(wordlist.wordlist(language))


@pytest.mark.parametrize("language", CODES)
def test_no_two_words_of_a_list_are_the_same_when_typed(language: str):
    assert len({wordlist.typed(word) for word in wordlist.wordlist(language)}) == 2048


@given(st.text(max_size=40))
def test_typing_folds_the_same_way_whatever_was_done_to_the_form(text: str):
    import unicodedata

    folded = wordlist.typed(text)
    assert wordlist.typed(unicodedata.normalize("NFD", text)) == folded
    assert wordlist.typed(f"  {text}\t-") == folded


def test_nordic_letters_may_be_typed_with_or_without_their_marks():
    assert wordlist.typed("Blåbærgrød ÖÄÅ Þór") == wordlist.typed("blabaergrod oaa thor")


@pytest.mark.parametrize(
    ("text", "enough"),
    [
        ("en to tre fire fem", False),
        ("seks syv otte ni ti elleve", True),
        ("regn lampe sti bro kaffe", True),
        ("regn lampe sti bro", False),
        ("a b c d e", False),
        ("ko ko ko ko kokokoko", False),
        ("", False),
        (". . . . .", False),
    ],
)
def test_brought_words_must_be_five_different_ones(text: str, *, enough: bool):
    assert wordlist.enough(text) is enough


def test_a_recovery_code_is_read_back_however_it_is_typed():
    code = wordlist.new_recovery_code()
    printed = wordlist.printed_recovery_code(code)
    assert re.fullmatch(r"([0-9A-HJKMNP-TV-Z]{4}-){8}[0-9A-HJKMNP-TV-Z]{4}", printed)
    for typed in (
        printed,
        printed.lower(),
        printed.replace("-", ""),
        printed.replace("-", " "),
        printed.replace("0", "O").replace("1", "l"),
    ):
        assert wordlist.read_recovery_code(typed) == code


def test_a_mistyped_recovery_code_is_noticed_before_it_is_tried():
    printed = wordlist.printed_recovery_code(b"0123456789ABCDEFGHJKMNPQRSTVWXYZ")
    missed = 0
    for place, letter in enumerate(printed):
        if letter != "-":
            for other in "0123456789ABCDEFGHJKMNPQRSTVWXYZ":
                if other != letter:
                    missed += wordlist.read_recovery_code(printed[:place] + other + printed[place + 1 :]) is not None
    assert missed <= 2  # one in a million by chance
    assert wordlist.read_recovery_code(printed[:-1]) is None
    assert wordlist.read_recovery_code(printed + "7") is None
    assert wordlist.read_recovery_code("regn lampe sti bro kaffe") is None
    assert wordlist.read_recovery_code("u" * 36) is None


def test_fresh_codes_differ():
    assert len({wordlist.new_recovery_code() for _ in range(100)}) == 100


def test_a_part_of_a_recovery_code_tells_which_it_is_by_its_check_letters():
    code = wordlist.new_recovery_code()
    assert wordlist.lone_recovery_part(wordlist.printed_recovery_code(code)) is None
    for part in (1, 2):
        printed = wordlist.printed_recovery_code(code, part)
        assert wordlist.lone_recovery_part(printed.lower()) == part
        assert wordlist.read_recovery_code(printed) is None
    assert wordlist.lone_recovery_part("regn lampe sti bro kaffe") is None


def test_two_parts_are_read_as_one_in_either_order_and_neither_mixes_with_a_whole_code():
    first, second = wordlist.new_recovery_code(), wordlist.new_recovery_code()
    one, two = wordlist.printed_recovery_code(first, 1), wordlist.printed_recovery_code(second, 2)
    assert wordlist.read_recovery_code(f"{one} {two}") == wordlist.read_recovery_code(two + one) == first + second
    assert wordlist.read_recovery_code(one + wordlist.printed_recovery_code(second)) is None
    assert wordlist.read_recovery_code(one + two[:-1]) is None
    assert wordlist.read_recovery_code(one + one) is None
