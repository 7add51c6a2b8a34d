from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backupreader.domain.moments import UNDATED, day, instant, order, valid

HERE = ZoneInfo("Europe/Copenhagen")

IN_FORM = ("2026", "2026-11", "2026-11-22", "2026-11-22T07:30", "2026-11-22T07:30:59.5Z", "2026-11-22T07:30:00+01:00")
NOT_IN_FORM = (
    "",
    "22-11-2026",
    "2026-11-22 07:30",
    "20261122",
    "2026-13",
    "2026-02-30",
    "2026-11-22T24:00",
    "2026-11-22T07:60",
    "2026-11-22T07",
    "2026-11-22T07:30+1:00",
    "2026-11-22T07:30+15:00",
    "0000-01-01",
    "2026-W47",
    "٢٠٢٦",
    "2026-11-22\n",
)


@pytest.mark.parametrize("text", IN_FORM)
def test_a_moment_in_any_precision_is_one(text):
    assert valid(text)


@pytest.mark.parametrize("text", NOT_IN_FORM)
def test_what_only_looks_like_a_moment_is_none(text):
    assert not valid(text)
    assert instant(text, HERE) is None
    assert day(text) is None


def test_wall_time_is_taken_in_the_zone_and_an_offset_is_brought_to_it():
    assert instant("2026-11-22T07:30", HERE) == datetime(2026, 11, 22, 7, 30, tzinfo=HERE)
    abroad = instant("2026-11-22T23:30:00Z", HERE)
    assert abroad == datetime(2026, 11, 23, 0, 30, tzinfo=HERE)
    assert abroad is not None
    assert (abroad.hour, abroad.day) == (0, 23)
    assert instant("2026-07-01T12:00:00-05:30", HERE) == datetime(2026, 7, 1, 17, 30, tzinfo=UTC)
    assert instant("2026-07-01T12:00:00.123456789Z", HERE) == datetime(2026, 7, 1, 12, 0, 0, 123456, tzinfo=UTC)


def test_a_day_alone_is_no_instant():
    assert instant("2026-11-22", HERE) is None
    assert instant(None, HERE) is None


def test_an_hour_that_comes_twice_is_its_first_coming():
    first = instant("2026-10-25T02:30", HERE)
    assert first is not None
    assert first.timestamp() == datetime(2026, 10, 25, 0, 30, tzinfo=UTC).timestamp()


def test_an_hour_that_the_clocks_skip_is_moved_on():
    skipped = instant("2026-03-29T02:30", HERE)
    assert skipped is not None
    assert (skipped.hour, skipped.minute, skipped.utcoffset()) == (3, 30, timedelta(hours=2))


def test_a_leap_second_is_the_moment_after_it():
    assert instant("2016-12-31T23:59:60Z", HERE) == datetime(2017, 1, 1, tzinfo=UTC)


def test_moments_at_the_ends_of_the_calendar_are_none_rather_than_a_crash():
    assert instant("0001-01-01T00:00:00+14:00", HERE) is None
    assert instant("9999-12-31T23:59:59-14:00", HERE) is None
    assert day("9999-12-31T23:59:59-14:00", HERE) is None
    assert order("0001-01-01T00:00:00+14:00", HERE) <= UNDATED


def test_the_day_is_the_one_written_unless_a_zone_is_asked_for():
    assert day("2026-11-22") == date(2026, 11, 22)
    assert day("2026-11-22T07:30") == day("2026-11-22T07:30", HERE) == date(2026, 11, 22)
    assert day("2026-11-22T23:30:00Z") == date(2026, 11, 22)
    assert day("2026-11-22T23:30:00Z", HERE) == date(2026, 11, 23)
    assert day("2026-11") is None
    assert day("2026-02-30") is None
    assert day(None) is None


def test_moments_of_every_precision_sort_by_time():
    texts = ["2025", "2026-01", "2026-01-02", "2026-01-02T07:30", "2026-01-02T06:31:00Z", "2026-01-02T07:32:00+01:00"]
    numbers = [order(text, HERE) for text in texts]
    assert numbers == sorted(numbers)
    assert len(set(numbers)) == len(numbers)
    assert order("", HERE) == order(None, HERE) == order("yesterday", HERE) == order("99", HERE) == UNDATED
    assert order("2026-99", HERE) == UNDATED


@given(
    st.dates(min_value=date(1900, 1, 1), max_value=date(2200, 1, 1)),
    st.times(),
    st.sampled_from(["", "Z", "+01:00", "-03:30"]),
)
def test_what_is_written_is_read_back(on, clock, offset):
    text = f"{on.isoformat()}T{clock.isoformat(timespec='minutes')}{offset}"
    assert valid(text)
    read = instant(text, HERE)
    assert read is not None
    assert read.tzinfo is HERE
    assert order(text, HERE) == int(read.timestamp())


@given(st.text(max_size=30))
def test_no_text_at_all_makes_it_crash(text):
    valid(text)
    instant(text, HERE)
    day(text, HERE)
    order(text, HERE)
