"""Temporary numbers: the only one of their kind, found again however they are typed, and like no other number."""

from __future__ import annotations

import random
import string

import pytest

from backupreader.domain.identity import identify
from backupreader.domain.newcitizen import HIGHEST, read, temporary
from backupreader.domain.sheets import Serial, prefix, serial


def some_numbers() -> list[str]:
    chance = random.Random(7)
    prefixes = [*(prefix(str(number)) for number in range(300)), "A00", "Z99", "ZZZ", "N00"]
    return [temporary(one, chance.randint(1, HIGHEST)) for one in prefixes]


def test_a_number_is_read_again_as_it_was_given_in_any_case_and_without_its_hyphens():
    for number in some_numbers():
        bare = number.replace("-", "")
        for typed in (number, bare, bare.lower(), number.replace("-", " "), f" {number} ", number.replace("-", "–")):
            assert read(typed) == number


def test_letters_that_look_like_digits_are_read_as_the_digits():
    number = temporary("K7Q", 101)
    assert read(number.replace("0", "O").replace("1", "l")) == number


def test_a_wrong_digit_and_two_that_changed_places_are_always_seen():
    for number in some_numbers()[:60]:
        bare = number.replace("-", "")
        for place in range(4, len(bare)):
            for digit in string.digits.replace(bare[place], ""):
                assert read(bare[:place] + digit + bare[place + 1 :]) is None
        for place in range(4, len(bare) - 1):
            if bare[place] != bare[place + 1]:
                assert read(bare[:place] + bare[place + 1] + bare[place] + bare[place + 2 :]) is None


def test_the_numbers_of_a_pc_are_all_different_and_those_of_two_pcs_too():
    given = {temporary(pc, count) for pc in ("K7Q", "K7R") for count in range(480_000, 490_000)}
    assert len(given) == 20_000


def test_it_looks_like_no_person_number_of_any_country_and_like_no_sheet():
    for number in some_numbers():
        for typed in (number, number.replace("-", ""), number[2:], number[2:].replace("-", "")):
            assert {identify(typed, country).kind for country in ("DK", "SE", "NO")} == {"local"}
            assert serial(typed) is None


def test_a_person_number_and_a_sheets_serial_are_no_temporary_number():
    for typed in (
        "140338-1234",
        "010100-4AB5",
        "19380314-1234",
        "14033812345",
        str(Serial("N12", 483_921)),
        str(Serial("K7Q", 7)),
        "",
        "N",
        "N-K7Q-0000007-4",
        "N-K7Q-00000007-44",
        temporary("K7Q", 7) + "0",
        temporary("K7Q", 7)[2:],
        "N-K7Q-०००000७-44",
    ):
        assert read(typed) is None


def test_the_count_begins_at_one():
    from stdnum.iso7064 import mod_97_10

    assert read(f"N-K7Q-0000000-{mod_97_10.calc_check_digits('NK7Q0000000')}") is None


@pytest.mark.parametrize(
    ("pc", "count"),
    [("K7Q", 0), ("K7Q", -1), ("K7Q", HIGHEST + 1), ("K7", 1), ("K7QX", 1), ("k7q", 1), ("KIQ", 1), ("", 1)],
)
def test_a_number_that_is_not_surely_the_only_one_is_not_given(pc, count):
    with pytest.raises(ValueError, match=r"."):
        temporary(pc, count)
