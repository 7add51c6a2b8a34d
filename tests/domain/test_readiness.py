"""Do we hold all lists until the offices open again? Holidays of three countries, and each way a route can stand."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from backupreader.domain.daysoff import is_day_off, noon_after_days_off
from backupreader.domain.readiness import Gap, Readiness, Run, State, first_day, readiness, shifts_until
from backupreader.domain.shifts import NAMES, Hours, Name

ZONE = ZoneInfo("Europe/Copenhagen")
FRIDAY = datetime(2026, 12, 4, 14, 0, tzinfo=ZONE)
SUNDAY = date(2026, 12, 6)


@pytest.mark.parametrize(
    ("country", "now", "until"),
    [
        ("DK", "2026-12-04T14:00", "2026-12-07"),  # a Friday like any other
        ("DK", "2026-12-05T02:10", "2026-12-07"),  # the weekend has begun
        ("DK", "2026-12-07T00:30", "2026-12-14"),  # Monday: the next weekend
        ("DK", "2026-04-01T10:00", "2026-04-07"),  # Easter: Maundy Thursday to Easter Monday
        ("SE", "2026-04-01T10:00", "2026-04-07"),  # Good Friday to Easter Monday
        ("NO", "2026-04-01T10:00", "2026-04-07"),
        ("DK", "2026-04-03T10:00", "2026-04-07"),  # a Friday that is a holiday
        ("DK", "2026-12-23T10:00", "2026-12-28"),
        ("DK", "2026-12-28T10:00", "2027-01-04"),  # 31 Dec to Sunday 3 Jan
        ("SE", "2026-12-23T10:00", "2026-12-28"),
        ("NO", "2026-12-31T23:50", "2027-01-04"),
        ("DK", "2026-05-22T10:00", "2026-05-26"),  # Pentecost
        ("SE", "2026-05-22T10:00", "2026-05-25"),  # Pentecost Monday is worked in Sweden
        ("NO", "2026-05-22T10:00", "2026-05-26"),
        ("SE", "2026-06-18T10:00", "2026-06-22"),  # Midsummer Eve is a Friday
        ("DK", "2026-06-18T10:00", "2026-06-22"),
        ("SE", "2026-04-30T10:00", "2026-05-04"),  # 1 May, a Friday
        ("NO", "2026-04-30T10:00", "2026-05-04"),
        ("DK", "2026-04-30T10:00", "2026-05-04"),
        ("SE", "2026-01-05T10:00", "2026-01-07"),  # Epiphany, a Tuesday
        ("DK", "2026-01-05T10:00", "2026-01-12"),
        ("DK", "2026-05-13T10:00", "2026-05-15"),  # Ascension Day: the Friday after it is worked
        ("SE", "2026-10-30T10:00", "2026-11-02"),
    ],
)
def test_it_is_looked_until_noon_of_the_first_working_day(country: str, now: str, until: str) -> None:
    found = noon_after_days_off(datetime.fromisoformat(now).replace(tzinfo=ZONE), country)
    assert found == datetime.combine(date.fromisoformat(until), time(12), ZONE)
    assert not is_day_off(found.date(), country)


def weekly(route: str, day: date, *shifts: Name | None, weeks: range = range(1, 4)) -> list[Run]:
    return [Run(route, day - timedelta(weeks=week), shift) for week in weeks for shift in shifts]


def look(*runs: list[Run], now: datetime = FRIDAY, **more: object) -> Readiness:
    known = [run for some in runs for run in some]
    return readiness(now, country="DK", hours=Hours(), runs=known, **{"delivered": True, **more})  # type: ignore[arg-type]


def test_the_shifts_are_those_from_now_to_monday_s_day() -> None:
    found = shifts_until(FRIDAY, datetime(2026, 12, 7, 12, tzinfo=ZONE), Hours())
    assert [(shift.date.day, shift.name) for shift in found] == [
        (4, "day"), (4, "evening"), (4, "night"), (5, "day"), (5, "evening"), (5, "night"),
        (6, "day"), (6, "evening"), (6, "night"), (7, "day"),
    ]  # fmt: skip


def test_in_the_small_hours_the_night_before_is_the_first() -> None:
    found = shifts_until(datetime(2026, 12, 5, 2, 10, tzinfo=ZONE), datetime(2026, 12, 7, 12, tzinfo=ZONE), Hours())
    assert (found[0].date, found[0].name) == (date(2026, 12, 4), "night")


def test_a_route_that_ran_on_former_sundays_and_has_no_list_is_missing() -> None:
    (route,) = look(weekly("Nat", SUNDAY, "night")).routes
    assert route.state is State.MISSING
    assert route.gaps == (Gap(SUNDAY, "night", sure=True, ran=date(2026, 11, 29)),)


def test_a_list_makes_it_held_and_a_print_makes_it_held_as_a_print() -> None:
    history = weekly("Nat", SUNDAY, "night")
    assert look(history, [Run("nat", SUNDAY, "night")]).routes[0].state is State.HELD
    printed = look(history, [Run("NAT", SUNDAY, None)])
    assert (printed.routes[0].state, printed.routes[0].held) == (State.PRINTED, 0)


def test_a_list_of_another_shift_of_the_day_is_not_the_list() -> None:
    (route,) = look(weekly("Nat", SUNDAY, "night"), [Run("Nat", SUNDAY, "day")]).routes
    assert [(gap.day, gap.shift) for gap in route.gaps] == [(SUNDAY, "night")]


def test_a_route_that_never_ran_then_is_quiet_and_not_red() -> None:
    weekday = weekly("Sygeplejerske", date(2026, 12, 3), "day")
    known = look(weekday, weekly("Weekend", SUNDAY, "day"), [Run("Weekend", SUNDAY, "day")])
    assert {route.route: route.state for route in known.routes} == {
        "Sygeplejerske": State.QUIET, "Weekend": State.HELD,
    }  # fmt: skip


def test_where_no_former_sunday_is_known_it_is_unsure_by_days_of_the_same_kind() -> None:
    lately = [Run("Weekend", date(2026, 12, 5), "day"), Run("Hverdag", date(2026, 12, 3), "day")]
    found = {route.route: route for route in look(lately).routes}
    assert found["Weekend"].state is State.UNSURE
    assert found["Weekend"].gaps[-1] == Gap(SUNDAY, "day", sure=False, ran=date(2026, 12, 5))
    assert SUNDAY not in {gap.day for gap in found["Hverdag"].gaps}


def test_prints_alone_tell_a_missing_day_once() -> None:
    (route,) = look(weekly("Aften", SUNDAY, None), delivered=False).routes
    assert route.gaps == (Gap(SUNDAY, None, sure=True, ran=date(2026, 11, 29)),)


def test_where_nothing_was_delivered_nothing_is_red() -> None:
    found = look(delivered=False)
    assert not found.delivered
    assert found.routes == ()
    assert look(delivered=True).delivered


def test_what_ran_five_weeks_ago_is_no_evidence() -> None:
    assert look(weekly("Gammel", SUNDAY, "night", weeks=range(5, 9))).routes == ()


def test_a_print_of_no_route_is_told_by_its_day() -> None:
    assert look(unplaced=[SUNDAY, date(2026, 12, 20)]).unplaced == (SUNDAY,)


def test_the_worst_come_first_and_then_by_name() -> None:
    held = [Run("A", SUNDAY, name) for name in NAMES]
    found = look(held, weekly("C", SUNDAY, "day"), weekly("B", SUNDAY, "day"), [Run("D", SUNDAY, None)])
    assert [route.route for route in found.routes] == ["B", "C", "D", "A"]
    assert (found.number(State.MISSING), found.number(State.HELD, State.PRINTED)) == (2, 2)


def test_four_weeks_before_the_last_shift_are_read() -> None:
    assert first_day(FRIDAY) <= date(2026, 12, 4) - timedelta(weeks=4)
