"""An ordinary week of a plan on paper: the same answers as on screen, whatever the week of printing is like."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backupreader import planfile
from backupreader.domain.plan import calling
from backupreader.domain.plan.about import About
from backupreader.domain.plan.contacts import Calendar, Calling, Contact, Hours
from backupreader.domain.plan.plan import Plan
from backupreader.domain.plan.week import AHEAD, Stretch, Which, holidays, named, ordinary, special

ZONE = ZoneInfo("Europe/Copenhagen")
MONDAY = datetime(2026, 11, 30, 9, 14, tzinfo=ZONE)
IT = Contact(id="it", label="IT", hours=(Hours((1, 2, 3, 4, 5), 480, 900),), holidays="closed")
NURSE = Contact(id="nurse", label="Nurse", hours=(Hours((1, 2, 3, 4, 5, 6, 7), 600, 1200),), holidays="open")
WATCH = Contact(id="watch", label="Watch")
EXAMPLES = tuple(sorted(folder.name for folder in planfile.EXAMPLES.iterdir() if folder.is_dir()))


def plan(*callings: Calling, **facts: object) -> Plan:
    known = {
        "about": About(title="Plan", owner="Owner"),
        "calendar": Calendar(country="DK", also=((12, 24),)),
        "contacts": (IT, NURSE, WATCH),
        "callings": callings or (Calling(order=("it", "watch")),),
    }
    return Plan(**{**known, **facts})  # type: ignore[arg-type]


def hours(found: object) -> list[tuple[tuple[int, ...], list[tuple[int, int, str]]]]:
    return [
        (one.days, [(part.begins, part.ends, part.contact.id if part.contact else "") for part in one.stretches])
        for one in found  # type: ignore[attr-defined]
    ]


def test_days_that_answer_alike_stand_together():
    assert hours(ordinary(plan(), MONDAY)) == [
        ((1, 2, 3, 4, 5), [(0, 480, "watch"), (480, 900, "it"), (900, 1440, "watch")]),
        ((6, 7), [(0, 1440, "watch")]),
    ]


@pytest.mark.parametrize(
    "printed",
    [
        datetime(2026, 12, 23, 23, 59, tzinfo=ZONE),  # Christmas, and New Year's Day on the next Friday
        datetime(2027, 3, 22, 0, 0, tzinfo=ZONE),  # Easter, and the night on which the clocks are put on
        datetime(2026, 10, 19, 12, 0, tzinfo=ZONE),  # the night on which they are put back
    ],
)
def test_holidays_and_the_nights_on_which_the_clocks_change_are_not_taken_for_ordinary(printed):
    assert ordinary(plan(), printed) == ordinary(plan(), MONDAY)


def test_a_plan_whose_every_monday_is_a_holiday_is_told_all_the_same():
    mondays = tuple({(day.month, day.day) for n in range(20) for day in (date(2026, 11, 30) + timedelta(7 * n),)})
    found = ordinary(plan(calendar=Calendar(country="DK", also=mondays)), MONDAY)
    assert sorted(day for one in found for day in one.days) == [1, 2, 3, 4, 5, 6, 7]


def test_who_stands_behind_is_told_with_the_hours_in_which_she_is_open():
    found = ordinary(plan(Calling(order=("it", "nurse", "watch", "nobody"))), MONDAY)
    weekday = found[0].stretches
    assert [(one.begins, one.contact.id) for one in weekday if one.contact] == [
        (0, "watch"), (480, "it"), (900, "nurse"), (1200, "watch"),
    ]  # fmt: skip
    behind = [[(one.contact.id, one.hours) for one in part.after] for part in weekday]
    assert behind == [[], [("nurse", ((600, 900),)), ("watch", ())], [("watch", ())], []]


def test_where_nobody_answers_the_plans_own_words_are_told():
    found = ordinary(plan(Calling(order=("it",), nobody="Vent")), MONDAY)
    assert [(one.contact, one.nobody) for one in found[1].stretches] == [(None, "Vent")]
    assert ordinary(plan(callings=()), MONDAY)[0].stretches[0].contact is None


def test_the_holidays_of_a_year_are_told_once_each_and_those_alike_together():
    (found,) = holidays(plan(), MONDAY)
    days = [day for day, _name in found.days]
    assert date(2026, 12, 24) in days
    assert days == sorted(set(days))
    assert all(MONDAY.date() <= day <= MONDAY.date() + AHEAD for day in days)
    assert [one.contact.id for one in found.stretches if one.contact] == ["watch"]
    unlike = holidays(plan(Calling(order=("nurse", "watch"))), MONDAY)
    assert [one.contact.id for one in unlike[0].stretches if one.contact] == ["watch", "nurse", "watch"]


def test_a_rule_that_the_plan_does_not_say_is_doubtful():
    silent = plan(contacts=(Contact(id="it", label="IT", hours=IT.hours), WATCH))
    assert any(one.doubtful for some in holidays(silent, MONDAY) for one in some.stretches)
    assert not any(one.doubtful for some in holidays(plan(), MONDAY) for one in some.stretches)


def test_only_callings_that_differ_are_special_and_alike_ones_are_told_once():
    found = special(
        plan(
            Calling(order=("watch",), systems=("locks", "alarm"), reaches=("local",)),
            Calling(order=("watch",), roles=("lead",)),
            Calling(order=("it", "watch"), systems=("journal",)),
            Calling(order=("it", "watch")),
        ),
        MONDAY,
    )
    assert [one.cases for one in found] == [
        (
            Which(system="locks", reach="local", role=""),
            Which(system="alarm", reach="local", role=""),
            Which(system="", reach=None, role="lead"),
        )
    ]
    assert [contact.id for contact in named(found[0].week)] == ["watch"]


def test_everybody_who_answers_is_named_once():
    found = ordinary(plan(Calling(order=("it", "nurse", "watch"))), MONDAY)
    assert sorted(contact.id for contact in named(found)) == ["it", "nurse", "watch"]


@cache
def told(name: str) -> tuple[Plan, dict[date, tuple[Stretch, ...]], dict[int, tuple[Stretch, ...]]]:
    """An example plan, what stands on its card of each holiday of the year, and of each day of the week."""
    example = planfile.load(planfile.EXAMPLES / name)
    free = {day: some.stretches for some in holidays(example, MONDAY) for day, _name in some.days}
    return example, free, {day: one.stretches for one in ordinary(example, MONDAY) for day in one.days}


@pytest.mark.parametrize("name", EXAMPLES)
@settings(deadline=None)
@given(ahead=st.integers(0, 363), minute=st.integers(0, 1439))
def test_paper_and_screen_say_the_same_at_every_minute_of_the_coming_year(name, ahead, minute):
    example, free, week = told(name)
    day = MONDAY.date() + timedelta(days=ahead)
    at = datetime.combine(day, time(*divmod(minute, 60)), ZONE)
    if at.astimezone(UTC).astimezone(ZONE) != at:
        return  # an hour that the clocks skip
    stretches = free.get(day, week[day.isoweekday()])
    (said,) = (one for one in stretches if one.begins <= minute < one.ends)
    assert said.contact == calling.now(example, at).contact
