"""Dates, numbers and words: what is read is what stood there, and nothing is guessed."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.tables.codecs import Choice, Decimal, Doubt, Id, Integer, Moment, Text, Unwritable, Weekdays, YesNo
from sync.tables.forms import NotAForm, moment_form, read_decimal, write_decimal

DAY = "%d-%m-%Y"
MINUTE = "%d-%m-%Y %H:%M"


@pytest.mark.parametrize(
    ("form", "text", "moment"),
    [
        (DAY, "14-03-1938", "1938-03-14"),
        (DAY, "4-3-1938", "1938-03-04"),
        (DAY, "29-02-2024", "2024-02-29"),
        (DAY, "29-02-2025", None),
        (DAY, "14-03-38", None),
        (DAY, "14-03-1938 07:30", None),
        (MINUTE, "14-03-1938 7:05", "1938-03-14T07:05"),
        (MINUTE, "14-03-1938 24:00", None),
        ("%Y%m%d", "20261122", "2026-11-22"),
        ("%Y%m%d", "2026112", None),
        ("%Y%m%d%H%M%S", "20261122073000", "2026-11-22T07:30:00"),
        ("%m-%Y", "11-2026", "2026-11"),
        ("%m-%Y", "13-2026", None),
        ("%Y", "2026", "2026"),
        ("%H.%M", "7.30", "07:30"),
        ("%H:%M", "07:60", None),
        ("iso", "2026-11-22 07:30", "2026-11-22T07:30"),
        ("iso", "2026-11-22T07:30:00.25+01:00", "2026-11-22T07:30:00.25+01:00"),
        ("iso", "2026-11-22T07:30Z", "2026-11-22T07:30Z"),
        ("iso", "2026-11", "2026-11"),
        ("iso", "2026-13", None),
        ("iso", "2026-02-30T07:30", None),
        ("iso", "0000-01-01", None),
        ("iso", "٢٠٢٦-11-22", None),
    ],
)
def test_a_date_is_read_in_its_form_or_not_at_all(form: str, text: str, moment: str | None) -> None:
    assert moment_form(form).read(text) == moment


@pytest.mark.parametrize("form", ["%y-%m-%d", "%d-%m", "%d-%d-%Y", "%B %Y", "Y-m-d", "%H", "%Y %H:%M", "%"])
def test_a_form_that_would_need_guessing_is_refused(form: str) -> None:
    with pytest.raises(NotAForm):
        moment_form(form)


@given(day=st.dates(date(1000, 1, 1)), form=st.sampled_from([DAY, "%Y%m%d", "%m/%d/%Y", "iso"]))
def test_a_day_that_is_written_is_read_again(day: date, form: str) -> None:
    text = moment_form(form).write(day.isoformat())
    assert text is not None
    assert moment_form(form).read(text) == day.isoformat()


@given(moment=st.datetimes(datetime(1000, 1, 1)), form=st.sampled_from([MINUTE, "%Y%m%d%H%M", "%H:%M %d-%m-%Y", "iso"]))  # noqa: DTZ001 (wall time)
def test_a_moment_that_is_written_is_read_again(moment: datetime, form: str) -> None:
    iso = moment.isoformat(timespec="minutes")
    text = moment_form(form).write(iso)
    assert text is not None
    assert moment_form(form).read(text) == iso


def test_a_form_writes_nothing_that_it_would_cut() -> None:
    assert moment_form(DAY).write("2026-11-22T07:30") is None
    assert moment_form(MINUTE).write("2026-11-22") is None
    assert moment_form(MINUTE).write("2026-11-22T07:30+01:00") is None
    assert moment_form("iso").write("yesterday") is None


@given(whole=st.integers(-999, 999), part=st.text("0123456789", max_size=4), sign=st.sampled_from(".,"))
def test_every_digit_of_a_number_is_kept(whole: int, part: str, sign: str) -> None:
    number = f"{whole}.{part}" if part else str(whole)
    assert read_decimal(write_decimal(number, sign), sign) == number


@pytest.mark.parametrize("text", ["1.000,5", "½", "1-2", "1,", ",5", "1 000", "", "٣"])
def test_what_is_no_number_is_not_made_one(text: str) -> None:
    assert read_decimal(text, ",") is None
    assert Decimal(",").read(text) == (text, Doubt("number-odd", "warning"))


def test_a_moment_takes_the_first_form_that_fits() -> None:
    codec = Moment((moment_form(MINUTE), moment_form(DAY)))
    assert codec.read(" 22-11-2026 ") == ("2026-11-22", None)
    assert codec.read("i går") == (None, Doubt("date-unreadable", "error"))
    assert codec.write("2026-11-22") == "22-11-2026"
    assert codec.write(None) == ""
    with pytest.raises(Unwritable):
        codec.write("2026")


def test_ids_are_told_apart_by_their_source() -> None:
    codec = Id("care:", after="/kode")
    assert codec.read(" 17 ") == ("care:17/kode", None)
    assert codec.write("care:17/kode") == "17"
    assert codec.write(None) == ""
    for foreign in ("care:17", "other:17/kode", "care:/kode"):
        with pytest.raises(Unwritable):
            codec.write(foreign)


def test_words_for_yes_and_no_are_the_profile_s() -> None:
    codec = YesNo(("Ja", "1"), ("Nej",), False)
    assert [codec.read(text)[0] for text in ("ja", " JA ", "1", "NEJ")] == [True, True, True, False]
    assert codec.read("måske") == (False, Doubt("yes-no-unreadable", "error"))
    assert [codec.write(value) for value in (True, False, None)] == ["Ja", "Nej", ""]


def test_whole_numbers_are_whole() -> None:
    codec = Integer(1)
    assert codec.read(" 30 ") == (30, None)
    assert codec.read("30,5") == (1, Doubt("number-unreadable", "error"))
    assert codec.read("9" * 10)[1] is not None
    assert (codec.write(30), codec.write(None)) == ("30", "")


def test_a_code_leads_to_our_word_or_to_unknown() -> None:
    codec = Choice({"Aktiv": "active", "I gang": "active", "": "unknown"}, "unknown", "unknown")
    assert codec.read(" I gang ") == ("active", None)
    assert codec.read("Vist") == ("unknown", Doubt("code-unknown", "warning"))
    assert (codec.write("active"), codec.write("unknown"), codec.write(None)) == ("Aktiv", "", "")
    with pytest.raises(Unwritable):
        codec.write("paused")


def test_a_code_with_no_word_for_anything_else_is_lost_and_said_to_be() -> None:
    codec = Choice({"Morgen": "morning"}, None, None)
    assert codec.read("Formiddag") == (None, Doubt("code-unknown", "error"))
    assert codec.write(None) == ""


def test_a_code_of_a_text_is_kept_where_nobody_mapped_it() -> None:
    codec = Text({"K": "female"})
    assert codec.read("K") == ("female", None)
    assert codec.read("X") == ("X", Doubt("code-unknown", "warning"))
    assert [codec.write(value) for value in ("female", "X", None)] == ["K", "X", ""]


def test_weekdays_are_digits_or_words_and_never_a_part_of_them() -> None:
    digits, words = Weekdays(), Weekdays({"Man": "1", "Ons": "3", "Søn": "7"})
    assert digits.read("531") == ("135", None)
    assert digits.read("80")[0] is None
    assert words.read("Søn, Man") == ("17", None)
    assert words.read("Man, Tir") == (None, Doubt("weekdays-unreadable", "error"))
    assert words.write("17") == "Man,Søn"
    assert (digits.write("135"), words.write(None)) == ("135", "")
    with pytest.raises(Unwritable):
        words.write("2")


def test_a_number_with_the_other_sign_is_never_taken_for_one() -> None:
    """In a list with decimal commas, "1.000" may be a thousand."""
    assert Decimal(",").read("1.000")[0] == "“1.000”"
    assert Decimal(",").read("1,000")[0] == "1.000"
    assert Decimal(".").read("1.000")[0] == "1.000"
    assert Decimal(",").read("½")[0] == "½"
