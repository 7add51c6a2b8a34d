from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backupreader.domain.freshness import State, judge

HERE = ZoneInfo("Europe/Copenhagen")
TWICE = ("05:30", "17:30")
GRACE = timedelta(minutes=90)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=HERE)


@pytest.mark.parametrize(
    ("taken", "now", "state"),
    [
        ("2026-11-22T05:30", "2026-11-22T08:42", State.GOOD),
        ("2026-11-22T05:30", "2026-11-22T18:59", State.GOOD),  # the next one is not late yet
        ("2026-11-22T05:30", "2026-11-22T19:00", State.LATE),
        ("2026-11-22T05:30", "2026-11-23T06:59", State.LATE),
        ("2026-11-22T05:30", "2026-11-23T07:00", State.OLD),
        ("2026-11-22T05:05", "2026-11-22T08:42", State.GOOD),  # the export ran a little early
        ("2026-11-22T03:59", "2026-11-22T08:42", State.LATE),
        ("2026-11-22T08:00", "2026-11-22T08:42", State.GOOD),
        ("2016-11-22T05:30", "2026-11-22T08:42", State.OLD),
    ],
)
def test_data_is_good_until_an_expected_time_has_passed_without_any(taken, now, state):
    assert judge(at(taken), at(now), TWICE, GRACE).state is state


def test_the_next_expected_time_and_the_one_that_was_missed_are_named():
    good = judge(at("2026-11-22T05:30"), at("2026-11-22T08:42"), TWICE, GRACE)
    assert (good.age, good.next_expected, good.missed) == (timedelta(hours=3, minutes=12), at("2026-11-22T17:30"), None)
    late = judge(at("2026-11-22T05:30"), at("2026-11-22T19:30"), TWICE, GRACE)
    assert (late.missed, late.next_expected) == (at("2026-11-22T17:30"), at("2026-11-23T05:30"))


def test_the_order_of_the_settings_does_not_matter():
    arguments = at("2026-11-22T05:30"), at("2026-11-22T19:30")
    assert judge(*arguments, TWICE, GRACE) == judge(*arguments, TWICE[::-1], GRACE)


def test_where_nothing_is_expected_a_day_is_late_and_two_are_old():
    taken = at("2026-11-20T12:00")
    states = [judge(taken, taken + timedelta(hours=hours), (), GRACE).state for hours in (24, 25, 48, 49)]
    assert states == [State.GOOD, State.LATE, State.LATE, State.OLD]
    assert judge(taken, taken, (), GRACE).next_expected is None


def test_data_from_the_future_is_never_good_and_is_said():
    found = judge(at("2026-11-23T05:30"), at("2026-11-22T08:42"), TWICE, GRACE)
    assert (found.ahead, found.state, found.age) == (True, State.LATE, timedelta(0))


def test_two_good_clocks_may_differ_by_minutes():
    found = judge(at("2026-11-22T08:45"), at("2026-11-22T08:42"), TWICE, GRACE)
    assert (found.ahead, found.state, found.age) == (False, State.GOOD, timedelta(0))


def test_the_age_is_the_time_that_really_passed_when_the_clocks_change():
    spring = judge(at("2026-03-28T17:30"), at("2026-03-29T05:30"), TWICE, GRACE)
    autumn = judge(at("2026-10-24T17:30"), at("2026-10-25T05:30"), TWICE, GRACE)
    assert (spring.age, autumn.age) == (timedelta(hours=11), timedelta(hours=13))


def test_an_expected_time_that_the_clocks_skip_is_moved_on():
    found = judge(at("2026-03-29T01:00"), at("2026-03-29T01:30"), ("02:30",), GRACE)
    assert found.next_expected == at("2026-03-29T03:30")


def test_an_expected_time_that_comes_twice_is_its_first_coming():
    found = judge(at("2026-10-25T01:00"), at("2026-10-25T01:30"), ("02:30",), GRACE)
    assert found.next_expected is not None
    assert found.next_expected.timestamp() == datetime(2026, 10, 25, 0, 30, tzinfo=UTC).timestamp()


CLOCKS = (
    "2016-11-22T08:42",
    "2026-11-21T08:42",
    "2026-11-23T08:42",
    "2036-11-22T08:42",
    "2038-01-19T04:14",
    "1970-01-01T00:00",
    "0001-01-01T00:00",
    "9999-12-31T23:59",
    "2026-03-29T02:30",
    "2026-03-29T03:30",
    "2026-10-25T02:30",
    "2026-10-25T03:30",
)


@pytest.mark.parametrize("now", CLOCKS)
@pytest.mark.parametrize("age", [timedelta(0), timedelta(hours=3), timedelta(days=1), -timedelta(days=1)])
def test_no_clock_keeps_anyone_from_an_answer(now, age):
    try:
        taken = at(now) - age
    except OverflowError:
        taken = at(now)
    found = judge(taken, at(now), TWICE, GRACE)
    assert found.age >= timedelta(0)
    assert found.ahead == (taken > at(now))


@given(st.datetimes(timezones=st.just(HERE)), st.datetimes(timezones=st.just(HERE)))
def test_every_pair_of_clocks_has_an_answer(taken, now):
    found = judge(taken, now, TWICE, GRACE)
    assert found.age >= timedelta(0)
    if found.next_expected is not None:
        assert found.next_expected.timestamp() > now.timestamp()
