"""The numbers of sheets: whatever a hand does to one, it is another number only by being refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backupreader.domain.sheets import HIGHEST, Numbers, Serial, prefix, serial

SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
serials = st.builds(
    Serial, st.text(alphabet=SIGNS, min_size=3, max_size=3), st.integers(min_value=0, max_value=HIGHEST)
)


@given(serials)
def test_what_is_printed_is_read_back_however_it_is_typed(one: Serial):
    written = str(one)
    assert serial(written) == one
    assert serial(f"  {written.lower().replace('-', ' ')} ") == one
    assert serial(written.replace("-", "")) == one


@given(serials, st.data())
def test_one_wrong_digit_or_two_that_changed_places_are_refused(one: Serial, data):
    close = str(one).replace("-", "")
    at = data.draw(st.integers(min_value=3, max_value=len(close) - 1))
    other = data.draw(st.sampled_from([digit for digit in "0123456789" if digit != close[at]]))
    assert serial(close[:at] + other + close[at + 1 :]) is None
    if at + 1 < len(close) and close[at] != close[at + 1]:
        assert serial(close[:at] + close[at + 1] + close[at] + close[at + 2 :]) is None


@pytest.mark.parametrize(
    "text", ["", "K7Q", "140338-1234", "19380314-1234", "K7Q-0483921", "K7Q-0483921-5x", "日本" * 9]
)
def test_what_is_no_number_of_a_sheet_is_none(text: str):
    assert serial(text) is None


def test_two_pcs_have_signs_of_their_own_and_one_pc_always_the_same():
    assert prefix("vault-1") == prefix("vault-1")
    assert len({prefix(f"vault-{number}") for number in range(50)}) >= 49


def test_numbers_count_on_from_the_first():
    numbers = Numbers("K7Q", 41)
    assert [str(numbers.at(place)) for place in (0, 1)] == [str(Serial("K7Q", 41)), str(Serial("K7Q", 42))]
