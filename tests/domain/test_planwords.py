"""What the plan's rules found out, in sentences: whom to call and why, until when, and what is due when."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from backupreader.domain.outage.event import Clock
from backupreader.domain.plan import words
from backupreader.domain.plan.about import REACHES, About
from backupreader.domain.plan.calling import now
from backupreader.domain.plan.contacts import Calendar, Calling, Contact, Hours
from backupreader.domain.plan.duties import Window
from backupreader.domain.plan.plan import Plan
from backupreader.domain.plan.planned import coming
from backupreader.language import CODES, Language

ZONE = ZoneInfo("Europe/Copenhagen")
EN, DA = Language("en"), Language("da")
TEAM = Contact(
    id="team",
    label="Systemteamet",
    hours=(Hours((1,), 480, 930), Hours((2, 3), 480, 900), Hours((4,), 480, 1080), Hours((5,), 480, 780)),
    holidays="closed",
)
GUARD = Contact(id="guard", label="Vagten")


def plan_of(*contacts: Contact) -> Plan:
    return Plan(
        about=About(title="", owner=""),
        calendar=Calendar(country="DK", also=((12, 24), (12, 31))),
        contacts=contacts,
        callings=(Calling(order=tuple(one.id for one in contacts)),),
    )


def local(text: str, *, again: bool = False) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE, fold=int(again))


def why(at: str, *contacts: Contact) -> tuple[str, ...]:
    return words.why(now(plan_of(*contacts), local(at)), EN)


def until(at: str, *contacts: Contact) -> str:
    return words.until(now(plan_of(*contacts), local(at)), EN)


def test_one_that_is_open_is_to_be_called_for_its_hours():
    assert why("2026-11-30 10:00", TEAM, GUARD) == ("Systemteamet answers Monday 08:00–15:30.",)
    assert why("2026-12-02 10:00", TEAM, GUARD) == ("Systemteamet answers Tuesday–Wednesday 08:00–15:00.",)


@pytest.mark.parametrize(
    ("at", "again"),
    [
        ("2026-12-03 07:59", "today 08:00–18:00"),
        ("2026-12-02 15:00", "Thursday 08:00–18:00"),
        ("2026-12-04 13:00", "Monday 08:00–15:30"),
    ],
)
def test_one_that_is_passed_is_closed_and_answers_again_on_a_day_with_hours(at: str, again: str):
    assert why(at, TEAM, GUARD) == ("Vagten always answers.", f"Systemteamet is closed now: it answers {again}.")


def test_a_day_a_week_or_more_ahead_has_its_date():
    rare = Contact(id="rare", label="Rare", hours=(Hours((5,), 600, 660),), holidays="closed")
    assert why("2026-12-18 11:00", rare, GUARD)[1] == "Rare is closed now: it answers Friday 8 Jan 2027 10:00–11:00."
    assert why("2026-12-04 11:00", rare, GUARD)[1] == "Rare is closed now: it answers Friday 11 Dec 10:00–11:00."


def test_christmas_day_is_named_and_is_the_reason():
    assert why("2026-12-25 15:30", TEAM, GUARD) == (
        "Vagten always answers.",
        "It is a public holiday (Juledag).",
        "Systemteamet does not answer now, on a public holiday: it answers Monday 08:00–15:30.",
    )


def test_what_the_plan_does_not_say_of_holidays_is_said_of_each():
    silent = Contact(id="silent", label="Silent", hours=TEAM.hours)
    assert why("2026-12-25 10:00", silent, GUARD) == (
        "Silent answers Friday 08:00–13:00.",
        "It is a public holiday (Juledag).",
        "The plan does not say whether Silent answers on a public holiday.",
    )
    assert "The plan does not say whether Silent answers on a public holiday." in why("2026-12-25 20:00", silent, GUARD)


def test_a_holiday_that_counts_as_a_sunday_and_one_who_is_off_on_holidays_only_are_told_so():
    sunday = Contact(id="s", label="Sol", hours=(Hours((7,), 600, 720),), holidays="sunday")
    assert why("2026-12-25 10:00", sunday)[0] == "Sol answers as on a Sunday: Sunday 10:00–12:00."
    shut = Contact(id="shut", label="Shut", holidays="closed")
    assert why("2026-11-30 10:00", shut) == ("Shut answers day and night, but not on public holidays.",)
    assert words.holidays(shut, EN) == "Does not answer on public holidays."


def test_one_that_opens_next_on_a_holiday_opens_with_the_hours_of_that_day():
    late = Contact(id="l", label="Lis", hours=(Hours((5,), 480, 960), Hours((7,), 480, 720)), holidays="sunday")
    assert why("2026-12-24 23:00", late, GUARD)[-1].endswith("it answers Friday 08:00–12:00.")
    assert why("2026-12-10 23:00", late, GUARD)[-1].endswith("it answers Friday 08:00–16:00.")


def test_nobody_and_nothing_said_are_told_apart():
    assert why("2026-11-30 20:00", TEAM)[0] == "Nobody answers at this hour."
    nothing = Plan(about=About(title="", owner=""), calendar=Calendar(country="DK"))
    assert words.why(now(nothing, local("2026-11-30 20:00")), EN) == ("The plan does not say whom to call for this.",)
    assert not words.until(now(nothing, local("2026-11-30 20:00")), EN)


@pytest.mark.parametrize(
    ("at", "told"),
    [
        ("2026-11-30 10:00", "until 15:30, then Vagten"),
        ("2026-11-30 23:00", "until Tuesday 08:00, then Systemteamet"),
        ("2026-12-01 02:10", "until 08:00, then Systemteamet"),
        ("2026-12-23 16:00", "until Monday 08:00, then Systemteamet"),
    ],
)
def test_until_when_has_its_day_where_that_is_not_today_and_who_comes_then(at: str, told: str):
    assert until(at, TEAM, GUARD) == told


def test_until_when_where_nobody_comes_then_and_where_nothing_changes():
    assert until("2026-11-30 10:00", TEAM) == "until 15:30, then nobody"
    assert until("2026-11-30 10:00", GUARD, TEAM) == "at all hours"


def test_an_hour_that_comes_twice_says_which_time():
    night = Contact(id="night", label="Night", hours=(Hours((7,), 60, 150),), holidays="open")
    answer = now(plan_of(night, GUARD), local("2026-10-25 01:30"))
    assert words.until(answer, EN) == "until 02:30 (the second time), then Vagten"


def test_hours_in_words_join_days_that_follow_each_other():
    many = Contact(
        id="m", label="M", hours=(Hours((1, 2, 3, 4, 5), 0, 1440), Hours((1, 3), 1200, 1440), Hours((1, 2, 3, 4, 5, 6, 7), 60, 61))
    )  # fmt: skip
    assert words.hours(many, EN) == (
        "Monday–Friday, day and night",
        "Monday, Wednesday 20:00–24:00",
        "every day 01:00–01:01",
    )
    assert words.hours(GUARD, EN) == ("at all hours",)
    assert words.hours(TEAM, DA)[1] == "tirsdag–onsdag 08:00–15:00"
    assert words.holidays(many, EN) == "The plan does not say who answers on public holidays."
    assert not words.holidays(GUARD, EN)


@pytest.mark.parametrize("code", CODES)
def test_every_reach_has_a_word_of_its_own_in_every_language(code: str):
    assert len({words.reach(one, Language(code)) for one in REACHES}) == len(REACHES)


@pytest.mark.parametrize(
    ("minutes", "told"), [(15, "15 min"), (120, "2 h"), (90, "1 h 30 min"), (480, "8 h"), (0, "0 min")]
)
def test_a_length_of_time_leaves_out_what_is_nought(minutes: int, told: str):
    assert words.length(minutes, EN) == told


@pytest.mark.parametrize(
    ("state", "ahead", "told"),
    [
        ("waiting", 2400, "in 40 min"),
        ("soon", 2280, "in 38 min"),
        ("due", 20, "now"),
        ("due", -20, "now"),
        ("overdue", -720, "overdue by 12 min"),
        ("overdue", -3600 * 3, "overdue by 3 h 0 min"),
        ("done", -720, "done"),
        ("waiting", None, "not due yet"),
    ],
)
def test_how_long_until_a_duty_is_due_or_since_it_was(state, ahead: int | None, told: str):
    at = local("2026-11-30 10:00")
    clock = Clock(duty="d", label="D", state=state, due=None if ahead is None else at + timedelta(seconds=ahead))
    assert words.due(clock, at, EN) == told


def test_a_duty_is_as_far_away_as_really_passes_on_the_night_the_clocks_are_put_back():
    clock = Clock(duty="d", label="D", state="waiting", due=local("2026-10-25 03:00"))
    assert words.due(clock, local("2026-10-25 01:00"), EN) == "in 3 h 0 min"
    assert words.due(clock, local("2026-10-25 02:00", again=True), EN) == "in 1 h 0 min"


def test_by_when_a_document_must_be_revised_and_how_long_that_is_past():
    at = date(2026, 12, 1)
    assert (
        words.revision(About(title="", owner="", revise_by=date(2026, 12, 1)), at, EN) == "To be revised by 1 Dec 2026."
    )
    late = words.revision(About(title="", owner="", revise_by=date(2026, 11, 30)), at, EN)
    assert late == "Overdue: it should have been revised by 30 Nov 2026, 1 day ago."
    assert words.revision(About(title="", owner=""), at, EN) == "It does not say by when it must be revised."


def test_a_planned_downtime_has_its_day_and_its_hours():
    window = Window(id="w", label="W", week=4, day=2, begins=1200, ends=1440)
    plan = Plan(about=About(title="", owner=""), calendar=Calendar(country="DK"), windows=(window,))
    (one,) = coming(plan, local("2026-11-24 08:00"), 1)
    assert words.planned(one, local("2026-11-24 08:00"), EN) == "today 20:00–24:00"
    assert words.planned(one, local("2026-11-23 08:00"), EN) == "Tuesday 20:00–24:00"


@pytest.mark.parametrize("code", CODES)
def test_every_sentence_can_be_said_in_every_language_whatever_the_plan_calls_people(code: str):
    odd = Contact(id="odd", label="{0} <b>%s</b> {contact}", hours=TEAM.hours, holidays="")
    language = Language(code)
    for contacts in ((odd,), (odd, GUARD), (TEAM, odd)):
        for at in ("2026-12-25 10:00", "2026-12-25 20:00", "2026-11-30 10:00", "2026-11-30 20:00"):
            answer = now(plan_of(*contacts), local(at))
            said = " ".join((*words.why(answer, language), words.until(answer, language)))
            if answer.contact is odd:
                assert odd.label in said
