"""Shifts: three a day, a night over two dates, and the two nights on which the clocks change."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backupreader.domain.moments import instant
from backupreader.domain.shifts import NAMES, Hours, comes_twice, shift_at, shift_before, shift_of, shifts_of

ZONES = [ZoneInfo("Europe/Copenhagen"), ZoneInfo("Europe/Stockholm")]
ZONE = ZONES[0]
SPRING, AUTUMN = date(2026, 3, 28), date(2026, 10, 24)


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize(("day", "hours"), [(SPRING, 7), (AUTUMN, 9), (date(2026, 11, 22), 8)])
def test_a_night_is_as_long_as_it_really_is(zone: ZoneInfo, day: date, hours: int) -> None:
    assert shift_of(day, "night", zone).lasts == timedelta(hours=hours)


@pytest.mark.parametrize("zone", ZONES)
def test_the_hour_that_comes_twice_is_in_the_night_both_times_and_told_apart(zone: ZoneInfo) -> None:
    night = shift_of(AUTUMN, "night", zone)
    first, again = instant("2026-10-25T02:30+02:00", zone), instant("2026-10-25T02:30+01:00", zone)
    assert first is not None
    assert again is not None
    assert night.holds(first)
    assert night.holds(again)
    assert again.timestamp() - first.timestamp() == 3600
    assert comes_twice(first)
    assert comes_twice(again)
    assert not comes_twice(datetime(2026, 10, 25, 3, 0, tzinfo=zone))
    assert not comes_twice(datetime(2026, 3, 29, 2, 30, tzinfo=zone))


@given(
    at=st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1)),  # noqa: DTZ001 (made aware below)
    zone=st.sampled_from(ZONES),
    clocks=st.lists(st.times(time(0), time(23, 59)), min_size=3, max_size=3, unique=True).map(sorted),
)
def test_every_moment_is_in_exactly_one_shift_whatever_the_edges(at: datetime, zone: ZoneInfo, clocks) -> None:
    moment = at.replace(tzinfo=UTC).astimezone(zone)
    hours = Hours(day=clocks[0], evening=clocks[1], night=clocks[2])
    days = (moment.date() + timedelta(days=number) for number in (-2, -1, 0, 1))
    holding = [shift for day in days for shift in shifts_of(day, zone, hours) if shift.holds(moment)]
    assert len(holding) == 1
    assert shift_at(moment, hours) == holding[0]


def test_the_shift_before_ends_when_the_shift_begins() -> None:
    for day in (SPRING, AUTUMN, date(2026, 12, 31), date(2027, 1, 1)):
        for name in NAMES:
            shift = shift_of(day, name, ZONE)
            assert shift_before(shift).ends == shift.begins


@pytest.mark.parametrize(
    ("day", "evening", "night", "good"),
    [("07:00", "15:00", "23:00", True), ("07:00", "07:00", "23:00", False), ("23:00", "07:00", "15:00", False)],
)
def test_shifts_must_be_in_order(day: str, evening: str, night: str, good: bool) -> None:  # noqa: FBT001
    clocks = [time.fromisoformat(clock) for clock in (day, evening, night)]
    assert Hours(day=clocks[0], evening=clocks[1], night=clocks[2]).are_in_order is good
