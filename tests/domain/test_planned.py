"""Planned downtime that comes back: on its weekday of the month, and on the nights on which the clocks change."""

from __future__ import annotations

import calendar
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backupreader.domain.plan.about import About
from backupreader.domain.plan.contacts import Calendar
from backupreader.domain.plan.duties import Window
from backupreader.domain.plan.plan import Plan
from backupreader.domain.plan.planned import coming, going, is_on, occurrences

ZONE = ZoneInfo("Europe/Copenhagen")
TUESDAY, SUNDAY = 2, 7


def window(week: int = 4, day: int = TUESDAY, begins: int = 20 * 60, ends: int = 22 * 60, **more) -> Window:
    return Window(id="nexus", label="Opdatering", week=week, day=day, begins=begins, ends=ends, **more)


def plan_of(*windows: Window) -> Plan:
    return Plan(about=About(title="", owner=""), calendar=Calendar(country="DK"), windows=windows)


def local(text: str, *, again: bool = False) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE, fold=int(again))


PLAN = plan_of(window())


@pytest.mark.parametrize(
    ("at", "down"),
    [
        ("2026-11-24 19:59:59", False),
        ("2026-11-24 20:00", True),
        ("2026-11-24 21:59:59", True),
        ("2026-11-24 22:00", False),
        ("2026-11-17 21:00", False),  # the third
        ("2026-12-22 21:00", True),
        ("2026-12-29 21:00", False),  # the fifth
        ("2026-12-01 21:00", False),
    ],
)
def test_the_fourth_tuesday_evening_is_down_from_its_first_minute_until_before_its_last(at: str, *, down: bool):
    assert bool(going(PLAN, local(at))) is down


@given(st.integers(2024, 2040), st.integers(1, 12), st.integers(1, 7), st.sampled_from([1, 2, 3, 4, 5, -1]))
def test_a_window_is_on_the_day_that_the_almanac_names_and_on_no_other(year: int, month: int, day: int, week: int):
    weeks = [row[day - 1] for row in calendar.Calendar().monthdayscalendar(year, month)]
    days = [number for number in weeks if number]
    right = days[-1] if week < 0 else (days[week - 1] if week <= len(days) else None)
    length = calendar.monthrange(year, month)[1]
    on = [number for number in range(1, length + 1) if is_on(window(week, day), date(year, month, number))]
    assert on == ([right] if right else [])


def test_a_window_of_some_months_is_in_those_only():
    plan = plan_of(window(months=(3, 9)))
    found = occurrences(plan, local("2026-01-01"), local("2027-01-01"))
    assert [one.begins.date() for one in found] == [date(2026, 3, 24), date(2026, 9, 22)]


def test_a_year_has_twelve_of_them_in_order_and_each_as_long_as_it_says():
    found = occurrences(PLAN, local("2026-01-01"), local("2027-01-01"))
    assert [one.begins.month for one in found] == list(range(1, 13))
    assert {one.ends.timestamp() - one.begins.timestamp() for one in found} == {7200}


def test_one_that_has_begun_and_one_that_begins_before_the_end_are_among_them_and_what_only_touches_is_not():
    begins, ends = local("2026-11-24 20:00"), local("2026-11-24 22:00")
    assert len(occurrences(PLAN, begins + timedelta(hours=1), ends + timedelta(hours=1))) == 1
    assert len(occurrences(PLAN, begins - timedelta(hours=1), begins + timedelta(seconds=1))) == 1
    assert not occurrences(PLAN, begins - timedelta(hours=1), begins)
    assert not occurrences(PLAN, ends, ends + timedelta(hours=1))


def test_what_is_coming_is_what_begins_later_today_or_until_the_end_of_the_days_after_it():
    assert [len(coming(PLAN, local("2026-11-23 08:00"), days)) for days in (0, 1)] == [0, 1]
    assert len(coming(PLAN, local("2026-11-24 19:59"), 0)) == 1
    assert not coming(PLAN, local("2026-11-24 20:00"), 0)  # it is going
    assert len(coming(PLAN, local("2026-11-24 20:00"), 28)) == 1


def test_two_windows_stand_in_the_order_in_which_they_begin():
    plan = plan_of(window(begins=1200), window(begins=60, ends=120))
    assert [one.window.begins for one in coming(plan, local("2026-11-23 08:00"), 1)] == [60, 1200]


def test_a_window_over_the_night_on_which_the_clocks_are_put_back_is_an_hour_longer():
    plan = plan_of(window(week=-1, day=SUNDAY, begins=60, ends=240))
    (one,) = occurrences(plan, local("2026-10-25 00:00"), local("2026-10-26 00:00"))
    assert one.ends.timestamp() - one.begins.timestamp() == 4 * 3600
    assert going(plan, local("2026-10-25 02:30"))
    assert going(plan, local("2026-10-25 02:30", again=True))


def test_a_window_until_an_hour_that_comes_twice_is_over_when_it_has_come_twice():
    plan = plan_of(window(week=-1, day=SUNDAY, begins=60, ends=150))
    assert going(plan, local("2026-10-25 02:29", again=True))
    assert not going(plan, local("2026-10-25 02:30", again=True))


def test_a_window_within_the_hour_that_is_skipped_is_not_going_at_any_time():
    plan = plan_of(window(week=-1, day=SUNDAY, begins=120, ends=180))
    begins = local("2026-03-29 00:00").timestamp()
    assert not any(going(plan, datetime.fromtimestamp(begins + minute * 60, ZONE)) for minute in range(300))
