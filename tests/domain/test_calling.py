"""Whom to call now: compared, minute by minute, with a reading of the plan that only walks along the clock on the wall."""

from __future__ import annotations

from bisect import bisect_right
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import pairwise
from time import process_time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backupreader.domain.plan.about import About
from backupreader.domain.plan.calling import HORIZON, Answer, holiday, now, span
from backupreader.domain.plan.contacts import HOLIDAY_RULES, Calendar, Calling, Contact, Hours
from backupreader.domain.plan.plan import Plan, Supplement

ZONE = ZoneInfo("Europe/Copenhagen")
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
PUT_ON, PUT_BACK, EASTER, CHRISTMAS = date(2026, 3, 29), date(2026, 10, 25), date(2026, 4, 2), date(2026, 12, 23)
OFF = {
    (2026, 1, 1), (2026, 4, 2), (2026, 4, 3), (2026, 4, 5), (2026, 4, 6), (2026, 5, 14), (2026, 5, 24), (2026, 5, 25),
    (2026, 12, 24), (2026, 12, 25), (2026, 12, 26), (2026, 12, 31), (2027, 1, 1),
}  # fmt: skip
"""The public holidays of Denmark in 2026, from the almanac, and the two eves that the plans below add."""


def hours(days: str, begins: str, ends: str) -> Hours:
    """``hours("1234", "08:00", "15:30")``."""
    edges = [int(text[:2]) * 60 + int(text[3:]) for text in (begins, ends)]
    return Hours(tuple(int(day) for day in days), *edges)


TEAM = Contact(
    id="team",
    label="Systemteamet",
    number="11 11 11 11",
    hours=(hours("1", "08:00", "15:30"), hours("23", "08:00", "15:00"), hours("4", "08:00", "18:00"), hours("5", "08:00", "13:00")),
    holidays="closed",
)  # fmt: skip
OFFICE = Contact(
    id="office", label="Kontoret", number="22", hours=(hours("1234567", "06:00", "22:00"),), holidays="sunday"
)
GUARD = Contact(id="guard", label="Vagten", number="33 33 33 33")


def plan_of(*contacts: Contact, calendar: Calendar | None = None, **more) -> Plan:
    """A plan whose one calling names these contacts in order."""
    return Plan(
        about=About(title="Plan", owner="Somebody"),
        calendar=calendar or Calendar(country="DK", also=((12, 24), (12, 31))),
        contacts=contacts,
        callings=more.pop("callings", (Calling(order=tuple(one.id for one in contacts)),)),
        **more,
    )


def local(text: str, *, again: bool = False) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE, fold=int(again))


@cache
def minutes_of(day: date) -> tuple[tuple[int, int], ...]:
    """Every minute that the clock shows on a day, as it passes: the second it begins, and what the clock shows."""
    at = datetime(day.year, day.month, day.day, tzinfo=UTC) - DAY / 2
    walls = ((at + MINUTE * number).astimezone(ZONE) for number in range(2 * 1440))
    return tuple((int(wall.timestamp()), wall.hour * 60 + wall.minute) for wall in walls if wall.date() == day)


@cache
def open_minutes(contact: Contact, day: date) -> frozenset[int]:
    """The minutes of a day, by the second each begins, in which one reads from the plan that a contact is open."""
    weekday, lines = day.isoweekday(), contact.hours or (Hours((1, 2, 3, 4, 5, 6, 7), 0, 1440),)
    if (day.year, day.month, day.day) in OFF and contact.holidays in {"closed", "sunday"}:
        weekday = 7 if contact.holidays == "sunday" else 0
    shown, found = minutes_of(day), set()
    for line in lines:
        if weekday in line.days:
            begun = [at for at, (_, wall) in enumerate(shown) if wall >= line.begins]
            ended = [at for at, (_, wall) in enumerate(shown) if wall == line.ends]  # the last time that it is shown
            passed = [at for at, (_, wall) in enumerate(shown) if wall > line.ends]
            end = ended[-1] if ended else next(iter(passed), len(shown))
            found |= {shown[at][0] for at in range(begun[0], end)} if begun else set()
    return frozenset(found)


def is_open(contact: Contact, second: float) -> bool:
    return second // 60 * 60 in open_minutes(contact, day_of(second // 3600))


@cache
def day_of(hour: float) -> date:
    return datetime.fromtimestamp(hour * 3600, ZONE).date()


def first_open(plan: Plan, second: float) -> Contact | None:
    order = [plan.contact(id_) for id_ in plan.callings[0].order]
    return next((one for one in order if one is not None and is_open(one, second)), None)


def seconds(begins: float, ends: float) -> range:
    """Every whole minute after one moment and before another."""
    return range(int(begins // 60 + 1) * 60, int(ends), 60)


edge_minutes = st.one_of(st.integers(0, 1440), st.integers(115, 185), st.sampled_from([0, 120, 180, 480, 930, 1440]))
lines = st.builds(
    lambda days, edges: Hours(tuple(sorted(days)), *sorted(edges)),
    st.sets(st.integers(1, 7), min_size=1),
    st.lists(edge_minutes, min_size=2, max_size=2, unique=True),
)
contacts = st.builds(
    lambda hours, holidays: Contact(id="", label="", hours=tuple(hours), holidays=holidays),
    st.lists(lines, max_size=4),
    st.sampled_from(HOLIDAY_RULES),
)
plans = st.lists(contacts, min_size=1, max_size=4).map(
    lambda many: plan_of(
        *(Contact(id=f"c{n}", label=f"C{n}", hours=one.hours, holidays=one.holidays) for n, one in enumerate(many))
    )
)
beginnings = st.sampled_from([PUT_ON - DAY, PUT_BACK - DAY, EASTER - DAY, CHRISTMAS, date(2026, 6, 9)])
moments = st.builds(
    lambda day, second: datetime.fromtimestamp(minutes_of(day)[0][0] + second, ZONE),
    beginnings,
    st.integers(0, 86400 * 5),
)


@settings(max_examples=300, deadline=None)
@given(plan=plans, at=moments)
def test_the_one_to_call_is_open_all_before_it_are_closed_and_all_behind_it_that_are_named_are_open(plan: Plan, at):
    answer = now(plan, at)
    assert answer.contact == first_open(plan, at.timestamp())
    before = [passed.contact for passed in answer.passed]
    behind = plan.contacts[len(before) + 1 :]
    assert [*before, *([answer.contact] if answer.contact else []), *behind] == list(plan.contacts)
    assert not any(is_open(one, at.timestamp()) for one in before)
    assert answer.after == tuple(one for one in behind if is_open(one, at.timestamp()))
    if answer.hours is not None:
        assert answer.hours in answer.contact.hours


@settings(max_examples=60, deadline=None)
@given(plan=plans, at=moments)
def test_the_answer_stays_the_same_each_minute_until_it_says_and_is_then_the_one_it_says(plan: Plan, at):
    answer = now(plan, at)
    limit = datetime.fromtimestamp(at.timestamp() + HORIZON.total_seconds(), ZONE)
    ends = answer.until or limit
    assert at.timestamp() < ends.timestamp() <= limit.timestamp()
    step = 1 if answer.until else 13
    assert {first_open(plan, one) for one in seconds(at.timestamp(), ends.timestamp())[::step]} <= {answer.contact}
    if answer.until is not None:
        there = now(plan, answer.until)
        assert now(plan, datetime.fromtimestamp(ends.timestamp() - 1, ZONE)).contact == answer.contact
        assert there.contact == answer.then == first_open(plan, ends.timestamp())
        assert answer.then != answer.contact


@settings(max_examples=60, deadline=None)
@given(plan=plans, at=moments)
def test_one_that_is_passed_opens_when_it_is_said_and_not_a_minute_before(plan: Plan, at):
    for passed in now(plan, at).passed:
        ends = passed.opens or at + timedelta(days=8)
        assert not any(is_open(passed.contact, second) for second in seconds(at.timestamp(), ends.timestamp()))
        if passed.opens is not None:
            assert is_open(passed.contact, passed.opens.timestamp())


@settings(max_examples=30, deadline=None)
@given(plan=plans, day=beginnings, days=st.integers(1, 9))
def test_a_span_holds_the_right_one_at_every_minute_of_it(plan: Plan, day: date, days: int):
    begins, ends = (minutes_of(edge)[0][0] for edge in (day, day + DAY * days))
    answers = span(plan, datetime.fromtimestamp(begins, ZONE), datetime.fromtimestamp(ends, ZONE))
    starts = [answer.at.timestamp() for answer in answers]
    assert starts[0] == begins
    assert starts == sorted(set(starts))
    assert starts[-1] < ends
    for second in range(begins, ends, 60):
        assert answers[bisect_right(starts, second) - 1].contact == first_open(plan, second)


@pytest.mark.parametrize(
    ("first", "days"), [(PUT_ON - 3 * DAY, 12), (PUT_BACK - 3 * DAY, 7), (CHRISTMAS - 3 * DAY, 14)]
)
def test_each_minute_of_weeks_with_christmas_easter_and_both_nights_has_its_right_one(first: date, days: int):
    plan = plan_of(TEAM, OFFICE, GUARD)
    for day in (first + DAY * number for number in range(days)):
        for second, _ in minutes_of(day)[::7]:
            assert now(plan, datetime.fromtimestamp(second, ZONE)).contact == first_open(plan, second)


@pytest.mark.parametrize(
    ("at", "who", "until", "then"),
    [
        ("2026-11-30 07:59:59", GUARD, "2026-11-30 08:00", TEAM),
        ("2026-11-30 08:00", TEAM, "2026-11-30 15:30", GUARD),
        ("2026-11-30 15:29:59", TEAM, "2026-11-30 15:30", GUARD),
        ("2026-11-30 15:30", GUARD, "2026-12-01 08:00", TEAM),
        ("2026-12-01 15:00", GUARD, "2026-12-02 08:00", TEAM),
        ("2026-12-03 17:59", TEAM, "2026-12-03 18:00", GUARD),
        ("2026-12-03 18:00", GUARD, "2026-12-04 08:00", TEAM),
        ("2026-12-04 12:59", TEAM, "2026-12-04 13:00", GUARD),
        ("2026-12-04 13:00", GUARD, "2026-12-07 08:00", TEAM),
        ("2026-12-05 10:00", GUARD, "2026-12-07 08:00", TEAM),
        ("2026-12-23 15:00", GUARD, "2026-12-28 08:00", TEAM),  # two days off, and a weekend
        ("2026-12-25 10:00", GUARD, "2026-12-28 08:00", TEAM),
        ("2026-04-01 15:00", GUARD, "2026-04-07 08:00", TEAM),  # from Maundy Thursday until after Easter Monday
        ("2026-03-29 01:59", GUARD, "2026-03-30 08:00", TEAM),
        ("2026-10-25 02:30", GUARD, "2026-10-26 08:00", TEAM),
    ],
)
def test_the_edges_of_different_hours_each_day(at: str, who: Contact, until: str, then: Contact):
    answer = now(plan_of(TEAM, GUARD), local(at))
    assert (answer.contact, answer.until, answer.then) == (who, local(until), then)


def test_the_answer_names_the_line_of_hours_and_what_was_passed_and_why():
    answer = now(plan_of(TEAM, GUARD), local("2026-12-03 17:59"))
    assert answer.hours == TEAM.hours[2]
    assert answer.after == (GUARD,)
    answer = now(plan_of(TEAM, GUARD), local("2026-12-03 18:00"))
    assert answer.hours is None
    (passed,) = answer.passed
    assert (passed.contact, passed.why, passed.opens) == (TEAM, "closed", local("2026-12-04 08:00"))


@pytest.mark.parametrize(("hour", "why"), [("10:00", "holiday"), ("15:30", "holiday"), ("23:59", "holiday")])
def test_on_christmas_day_the_holiday_is_the_reason_all_day(hour: str, why: str):
    answer = now(plan_of(TEAM, GUARD), local(f"2026-12-25 {hour}"))
    assert (answer.holiday, answer.passed[0].why, answer.doubtful) == ("Juledag", why, False)


def test_on_easter_sunday_one_that_never_answers_on_sundays_is_closed_as_on_any():
    assert now(plan_of(TEAM, GUARD), local("2026-04-05 10:00")).passed[0].why == "closed"


def test_where_the_plan_is_silent_on_holidays_the_weekday_holds_and_the_answer_is_doubtful():
    silent = Contact(id="silent", label="Silent", hours=TEAM.hours)
    answer = now(plan_of(silent, GUARD), local("2026-12-25 10:00"))
    assert (answer.contact, answer.doubtful) == (silent, True)
    assert now(plan_of(silent, GUARD), local("2026-12-25 14:00")).doubtful
    assert not now(plan_of(silent, GUARD), local("2026-12-28 10:00")).doubtful
    assert not now(plan_of(GUARD, silent), local("2026-12-25 10:00")).doubtful
    assert not now(plan_of(GUARD), local("2026-12-25 10:00")).doubtful


def test_open_and_sunday_hold_on_a_holiday():
    opened = Contact(id="opened", label="Opened", hours=TEAM.hours, holidays="open")
    assert now(plan_of(opened, GUARD), local("2026-12-25 10:00")).contact == opened
    sunday = Contact(id="sunday", label="S", hours=(hours("5", "08:00", "13:00"), hours("7", "14:00", "15:00")), holidays="sunday")  # fmt: skip
    at_ten, at_two = (now(plan_of(sunday, GUARD), local(f"2026-12-25 {clock}")) for clock in ("10:00", "14:30"))
    assert (at_ten.contact, at_ten.passed[0].why, at_ten.until) == (GUARD, "holiday", local("2026-12-25 14:00"))
    assert (at_two.contact, at_two.hours) == (sunday, sunday.hours[1])


def test_one_that_always_answers_but_not_on_holidays_is_closed_from_midnight_to_midnight():
    shut = Contact(id="shut", label="Shut", holidays="closed")
    answer = now(plan_of(shut, GUARD), local("2026-12-23 12:00"))
    assert (answer.contact, answer.hours, answer.until) == (shut, None, local("2026-12-24 00:00"))
    assert now(plan_of(shut, GUARD), local("2026-12-25 12:00")).until == local("2026-12-27 00:00")


@pytest.mark.parametrize(
    ("country", "day", "name"),
    [
        ("DK", "2026-12-25", "Juledag"),
        ("DK", "2026-05-14", "Kristi himmelfartsdag"),
        ("DK", "2026-11-30", ""),
        ("DK", "2026-11-29", ""),  # a Sunday is none
        ("SE", "2026-06-19", "Midsommarafton"),
        ("SE", "2026-12-25", "Juldagen"),
        ("NO", "2026-05-17", "Grunnlovsdag"),
        ("DK", "2026-12-24", ""),  # not by law: a plan says so itself
        ("DK", "2026-05-01", ""),
        ("DK", "2026-06-05", ""),
        ("SE", "2026-05-01", "Första maj"),
        ("NO", "2026-05-01", "Arbeidernes dag"),
    ],
)
def test_a_holiday_has_its_name_in_the_country_s_language(country: str, day: str, name: str):
    assert holiday(Calendar(country=country), date.fromisoformat(day)) == name


def test_the_plan_adds_days_to_the_calendar_and_takes_days_out_of_it():
    calendar = Calendar(country="DK", also=((12, 23), (12, 24)), without=((5, 14),))
    assert holiday(calendar, date(2026, 12, 23)) == "23. december"
    assert holiday(calendar, date(2026, 12, 24)) == "Juleaftensdag"
    assert not holiday(calendar, date(2026, 5, 14))
    assert holiday(Calendar(country="NO", also=((12, 24),)), date(2026, 12, 24)) == "24. desember"
    plan = plan_of(TEAM, GUARD, calendar=calendar)
    assert now(plan, local("2026-12-23 10:00")).contact == GUARD
    assert now(plan, local("2026-05-14 10:00")).contact == TEAM


@pytest.mark.parametrize(
    ("begins", "ends", "opens", "closes"),
    [
        ("01:00", "02:00", "01:00", "03:00"),  # at 02:00 the clock shows 03:00
        ("01:00", "02:30", "01:00", "03:00"),
        ("02:30", "04:00", "03:00", "04:00"),
        ("02:00", "04:00", "03:00", "04:00"),
    ],
)
def test_on_the_night_the_clocks_are_put_on_hours_begin_and_end_when_the_clock_passes_them(begins, ends, opens, closes):
    night = Contact(id="night", label="Night", hours=(hours("7", begins, ends),), holidays="open")
    answer = now(plan_of(night, GUARD), local("2026-03-29 00:30"))
    assert answer.until.timestamp() == local(f"2026-03-29 {opens}").timestamp()
    assert now(plan_of(night, GUARD), answer.until).until.timestamp() == local(f"2026-03-29 {closes}").timestamp()


def test_hours_within_the_hour_that_is_skipped_do_not_come_and_nobody_is_called_by_them():
    night = Contact(id="night", label="Night", hours=(hours("7", "02:10", "02:50"),), holidays="open")
    answer = now(plan_of(night, GUARD), local("2026-03-29 00:30"))
    assert (answer.contact, answer.until) == (GUARD, local("2026-04-05 02:10"))


def test_on_the_night_the_clocks_are_put_back_hours_last_from_the_first_time_to_the_second():
    night = Contact(id="night", label="Night", hours=(hours("7", "02:10", "02:30"),), holidays="open")
    answer = now(plan_of(night, GUARD), local("2026-10-25 02:00"))
    assert answer.until.timestamp() == local("2026-10-25 02:10").timestamp()
    there = now(plan_of(night, GUARD), answer.until)
    assert there.until.timestamp() == local("2026-10-25 02:30", again=True).timestamp()
    assert there.until.timestamp() - answer.until.timestamp() == 80 * 60
    assert there.until.fold == 1
    assert now(plan_of(night, GUARD), local("2026-10-25 02:00", again=True)).contact == night


def test_two_lines_of_hours_that_meet_at_midnight_are_one_stretch():
    late = Contact(id="late", label="Late", hours=(hours("1", "20:00", "24:00"), hours("2", "00:00", "06:00")), holidays="open")  # fmt: skip
    answer = now(plan_of(late, GUARD), local("2026-11-30 21:00"))
    assert (answer.contact, answer.until, answer.then) == (late, local("2026-12-01 06:00"), GUARD)


def test_nobody_answers_where_all_are_closed_and_the_calling_says_what_to_do_then():
    calling = Calling(order=("team",), nobody="Wait, and try again.", again=15)
    answer = now(plan_of(TEAM, callings=(calling,)), local("2026-11-30 20:00"))
    assert (answer.calling, answer.contact) == (calling, None)
    assert (answer.until, answer.then) == (local("2026-12-01 08:00"), TEAM)
    assert now(plan_of(TEAM, callings=(calling,)), local("2026-12-01 14:00")).then is None


def test_a_plan_without_a_calling_that_holds_names_nobody():
    answer = now(plan_of(TEAM, callings=()), local("2026-11-30 10:00"))
    assert answer == Answer(local("2026-11-30 10:00"), None, None)


def test_one_that_stands_first_and_always_answers_never_changes():
    answer = now(plan_of(GUARD, TEAM), local("2026-11-30 10:00"))
    assert (answer.until, answer.then, answer.after) == (None, None, (TEAM,))


def test_an_id_that_the_plan_does_not_hold_or_names_twice_hinders_nobody():
    plan = plan_of(TEAM, GUARD, callings=(Calling(order=("gone", "team", "guard", "team")),))
    assert now(plan, local("2026-11-30 10:00")).after == (GUARD,)
    assert now(plan, local("2026-11-30 20:00")).after == ()


CALLINGS = (
    Calling(order=("lock",), systems=("lock",)),
    Calling(order=("boss",), roles=("boss",), reaches=("national",)),
    Calling(order=("all",), reaches=("global", "national")),
    Calling(order=("rest",)),
)
NAMED = plan_of(*(Contact(id=id_, label=id_) for id_ in ("lock", "boss", "all", "rest")), callings=CALLINGS)


@pytest.mark.parametrize(
    ("which", "who"),
    [
        ({}, "rest"),
        ({"system": "lock"}, "lock"),
        ({"system": "journal"}, "rest"),
        ({"system": "lock", "role": "boss", "reach": "national"}, "lock"),
        ({"role": "boss"}, "rest"),
        ({"role": "boss", "reach": "national"}, "boss"),
        ({"reach": "national"}, "all"),
        ({"reach": "global"}, "all"),
        ({"reach": "local"}, "rest"),
        ({"reach": "none"}, "rest"),
    ],
)
def test_the_first_calling_that_holds_for_what_is_down_who_calls_and_how_far_it_goes(which, who: str):
    assert now(NAMED, local("2026-11-30 10:00"), **which).contact.id == who
    assert span(NAMED, local("2026-11-30 10:00"), local("2026-11-30 11:00"), **which)[0].contact.id == who


def test_a_unit_s_own_calling_comes_before_the_common_one():
    own = Supplement(
        unit="Nord", about=About(title="", owner=""), contacts=(GUARD,), callings=(Calling(order=("guard",)),)
    )
    plan = plan_of(TEAM, supplements=(own,))
    at = local("2026-11-30 10:00")
    assert (now(plan, at).contact, now(plan.of("Nord"), at).contact) == (TEAM, GUARD)


def test_who_may_call_does_not_change_who_is_to_be_called():
    leaders = Contact(id="region", label="Region", may_call=("leader",))
    assert now(plan_of(leaders, GUARD), local("2026-11-30 10:00"), role="carer").contact == leaders


@pytest.mark.parametrize("at", [datetime(2026, 11, 30, 10), datetime(2026, 11, 30, 10, tzinfo=UTC)])  # noqa: DTZ001
def test_a_moment_without_the_site_s_zone_is_no_question(at: datetime):
    with pytest.raises(TypeError):
        now(plan_of(TEAM), at)


@pytest.mark.parametrize("year", [2026, 2027, 2028])
def test_a_year_s_span_is_without_a_gap_and_never_names_the_same_one_twice_in_a_row(year: int):
    answers = span(plan_of(TEAM, OFFICE, GUARD), local(f"{year}-01-01"), local(f"{year + 1}-01-01"))
    for before, after in pairwise(answers):
        assert before.until == after.at
        assert before.then == after.contact != before.contact


@pytest.mark.parametrize("order", [(TEAM, OFFICE, GUARD), (GUARD, TEAM), (OFFICE,)])
def test_a_window_may_ask_each_second(order: tuple[Contact, ...]):
    plan, at = plan_of(*order), local("2026-12-23 20:00")  # the change is furthest away before Christmas
    now(plan, at)
    begun = process_time()
    for _ in range(200):
        now(plan, at)
    assert (process_time() - begun) / 200 < 0.001
