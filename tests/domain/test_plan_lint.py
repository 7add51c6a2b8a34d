"""What somebody should mend in a plan: hours that nobody covers, what is overdue, what nobody has or uses."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from backupreader.domain.plan import lint
from backupreader.domain.plan.about import About, Spot
from backupreader.domain.plan.contacts import Calendar, Calling, Contact, HolidayRule, Hours, Role, System
from backupreader.domain.plan.duties import Duty, Window
from backupreader.domain.plan.guidance import Card, Guide, Outcome, Question
from backupreader.domain.plan.plan import Plan, Supplement
from backupreader.language import CODES, Language

TODAY = date(2026, 11, 24)
ABOUT = About(title="Plan", owner="IT", revise_by=date(2027, 1, 1), spot=Spot("plan.toml", 1))
WORKDAYS = (1, 2, 3, 4, 5)


def office(*hours: Hours, number: str = "12 34", holidays: HolidayRule = "open") -> Contact:
    return Contact(
        id="office", label="Office", number=number, hours=hours, holidays=holidays, spot=Spot("plan.toml", 2)
    )


DUTY = Contact(id="duty", label="Duty", number="112", spot=Spot("plan.toml", 3))
MAILBOX = Contact(id="mailbox", label="Mailbox", mail="it@example.org", spot=Spot("plan.toml", 4))


def plan(*contacts: Contact, **parts: object) -> Plan:
    """A plan in which these are called one after the other, whatever it is."""
    order = Calling(order=tuple(one.id for one in contacts), spot=Spot("plan.toml", 5))
    whole = Plan(about=ABOUT, calendar=Calendar(country="DK"), contacts=contacts, callings=(order,))
    return replace(whole, **parts)  # type: ignore[arg-type]


def doubts(one: Plan, *expected: str, today: date = TODAY) -> list[str]:
    found = lint.findings(one, today, expected)
    assert not any(finding.stops for finding in found)
    return [str(finding.reason) for finding in found]


def test_a_plan_in_which_somebody_always_answers_has_no_doubts() -> None:
    assert doubts(plan(DUTY)) == []
    assert doubts(plan(office(Hours(WORKDAYS, 480, 930)), DUTY)) == []


def test_hours_that_nobody_covers_are_named_day_by_day() -> None:
    opened = office(Hours(WORKDAYS, 0, 1440), Hours((7,), 0, 720), Hours((7,), 720, 1439))
    (told,) = doubts(plan(opened))
    assert told.endswith("what to do then: Saturday 00:00–24:00; Sunday 23:59–24:00")


def test_the_hours_are_named_in_every_language() -> None:
    (finding,) = lint.findings(plan(office(Hours((1, 2, 3, 4, 5, 7), 0, 1440))), TODAY)
    for code in CODES:
        assert "00:00–24:00" in finding.reason.told(Language(code))


def test_two_who_follow_each_other_to_the_minute_leave_no_gap_and_a_minute_between_is_one() -> None:
    day = office(Hours(tuple(range(1, 8)), 480, 930))
    evening = Contact(
        id="evening", label="E", number="13", hours=(Hours(tuple(range(1, 8)), 930, 1440),), holidays="open"
    )
    night = replace(evening, id="night", hours=(Hours(tuple(range(1, 8)), 0, 480),))
    assert doubts(plan(day, evening, night)) == []
    late = replace(evening, hours=(Hours(tuple(range(1, 8)), 931, 1440),))
    (told,) = doubts(plan(day, late, night))
    assert "Monday 15:30–15:31; Tuesday 15:30–15:31" in told


def test_where_nobody_answers_on_purpose_nothing_is_said() -> None:
    waiting = Calling(order=("office",), nobody="Wait until the morning")
    assert doubts(plan(office(Hours(WORKDAYS, 480, 930), holidays="closed"), callings=(waiting,))) == []


@pytest.mark.parametrize(
    ("rule", "told"),
    [("closed", ["Monday 08:00–15:30; Tuesday", "Sunday"]), ("open", []), ("sunday", ["Monday 08:00–15:30; Tuesday"])],
)
def test_a_public_holiday_on_which_nobody_is_left_is_told(rule: HolidayRule, told: list[str]) -> None:
    days = tuple(range(1, 8))
    others = Contact(
        id="others", label="O", number="13", hours=(Hours(days, 0, 480), Hours(days, 930, 1440)), holidays="open"
    )
    found = doubts(
        plan(office(Hours(days if rule != "sunday" else (1, 2, 3, 4, 5, 6), 480, 930), holidays=rule), others)
    )
    holiday = [one for one in found if one.startswith("On a public holiday")]
    assert len(holiday) == bool(told)
    assert all(part in holiday[0] for part in told)


def test_an_address_is_no_number_by_night_or_by_day() -> None:
    (told,) = doubts(plan(office(Hours(WORKDAYS, 0, 1440)), MAILBOX))
    assert told == (
        "Only contacts without a number are open in this order at these hours: Saturday 00:00–24:00; Sunday 00:00–24:00"
    )


def test_where_only_an_address_is_left_on_a_public_holiday_it_is_told() -> None:
    always = Hours((1, 2, 3, 4, 5, 6, 7), 0, 1440)
    assert doubts(plan(office(always), MAILBOX)) == []
    (told,) = doubts(plan(office(always, holidays="closed"), MAILBOX))
    assert told.startswith("On a public holiday only contacts without a number are open in this order at these hours")
    assert "Monday 00:00–24:00" in told


def test_a_role_that_is_sent_to_whom_it_may_not_call_is_told_with_its_hours() -> None:
    boss = replace(DUTY, may_call=("leader",))
    parts = {"roles": tuple(Role(id=id_, label=id_) for id_ in ("leader", "nurse"))}
    open_by_day = office(Hours((1, 2, 3, 4, 5, 6, 7), 420, 1440))
    order = Calling(order=("office", "duty"), roles=("nurse", "leader"), spot=Spot("plan.toml", 9))
    general = Calling(order=("office",), nobody="Wait.", spot=Spot("plan.toml", 12))
    (told,) = doubts(plan(open_by_day, boss, callings=(order, general), **parts))
    assert told.startswith("Whoever is 'nurse' may call nobody who is open in this order at these hours ('may_call')")
    assert "Sunday 00:00–07:00" in told


def test_hours_without_a_word_on_holidays_are_told() -> None:
    (told,) = doubts(plan(office(Hours(WORKDAYS, 480, 930), holidays=""), DUTY))
    assert told == "The contact 'office' has hours, and 'holidays' does not say what holds on a public holiday"


def test_without_an_order_for_everything_it_is_told_and_what_stands_behind_one_too() -> None:
    special = Calling(order=("duty",), reaches=("national",), spot=Spot("plan.toml", 9))
    assert "holds for everything" in doubts(plan(DUTY, callings=(special,)))[0]
    general = plan(DUTY).callings[0]
    assert doubts(plan(DUTY, callings=(special, general))) == []
    (told,) = doubts(plan(DUTY, callings=(general, special)))
    assert told == "This [[calling]] is never asked: the one in line 5 stands before it and holds for everything"


def test_an_order_behind_one_that_holds_for_all_that_it_is_for_is_told() -> None:
    systems = {"systems": (System(id="journal", label="Journal"), System(id="locks", label="Locks"))}
    card = Card(id="card", about=ABOUT, steps=("Call.",), systems=("journal", "locks"))
    wide = Calling(order=("duty",), systems=("journal", "locks"), spot=Spot("plan.toml", 9))
    behind = Calling(order=("duty",), systems=("locks",), reaches=("national",), spot=Spot("plan.toml", 12))
    general = plan(DUTY).callings[0]

    def told(*callings: Calling) -> list[str]:
        return doubts(plan(DUTY, callings=callings, cards=(card,), **systems))

    assert told(behind, wide, general) == []
    assert told(wide, replace(behind, systems=()), general) == []
    assert told(wide, behind, general) == [
        "This [[calling]] is never asked: the one in line 9 stands before it and holds for all that this is for"
    ]


def test_a_plan_is_overdue_from_the_day_after_its_day() -> None:
    assert doubts(plan(DUTY), today=date(2027, 1, 1)) == []
    assert doubts(plan(DUTY), today=date(2027, 1, 2)) == ["'Plan' should have been revised by 2027-01-01"]


def test_cards_and_supplements_are_overdue_too_and_without_a_day_it_is_told() -> None:
    old = replace(ABOUT, title="Old", revise_by=date(2018, 12, 31), spot=Spot("units/n.toml", 2))
    card = Card(id="c", about=replace(ABOUT, title="Card", revise_by=None), steps=("One",))
    found = lint.findings(plan(DUTY, cards=(card,), supplements=(Supplement(unit="N", about=old),)), TODAY)
    assert [(one.spot.file, str(one.reason)) for one in found] == [
        ("plan.toml", "'Card' does not say by when it must be revised ('revise_by')"),
        ("units/n.toml", "'Old' should have been revised by 2018-12-31"),
    ]


def test_a_contact_that_was_checked_a_year_ago_is_still_good_and_the_day_after_not() -> None:
    assert doubts(plan(replace(DUTY, checked=date(2025, 11, 24)))) == []
    (told,) = doubts(plan(replace(DUTY, checked=date(2025, 11, 23))))
    assert told == "The contact 'duty' was last checked on 2025-11-23, more than a year ago"


def test_a_contact_that_was_checked_tomorrow_is_a_slip_that_is_told() -> None:
    assert doubts(plan(replace(DUTY, checked=TODAY))) == []
    assert doubts(plan(replace(DUTY, checked=date(2062, 2, 1)))) == [
        "The contact 'duty' was last checked on 2062-02-01, and that day has not come yet"
    ]


def test_a_number_of_an_example_that_was_left_in_a_plan_of_ones_own_is_told() -> None:
    left = plan(replace(DUTY, number="00 00 00 12"))
    assert doubts(left) == ["The number of the contact 'duty' is made up: none that can be rung begins with 000"]
    assert doubts(replace(left, about=replace(ABOUT, example=True))) == []
    assert doubts(plan(replace(DUTY, number="+47 00 00 12 34"))) == []
    assert doubts(plan(replace(DUTY, number="0045 12 34 56 78"))) == []


def test_a_guide_that_ends_at_an_address_is_told() -> None:
    def ends_at(contact: str) -> Plan:
        outcome = Outcome(id="end", reach="national", say="Call.", contact=contact, spot=Spot("plan.toml", 20))
        asked = Question(id="first", ask="Is it only you?", yes="end", no="end")
        guide = Guide(id="guide", label="Guide", questions=(asked,), outcomes=(outcome,))
        return plan(DUTY, MAILBOX, guides=(guide,))

    assert doubts(ends_at("duty")) == []
    assert doubts(ends_at("mailbox")) == ["The outcome 'end' names the contact 'mailbox', which has no number"]


def test_what_nobody_has_names_or_can_reach_is_told() -> None:
    nobody = Contact(id="nobody", label="N")
    found = doubts(
        plan(
            DUTY,
            contacts=(DUTY, nobody),
            systems=(System(id="journal", label="J"),),
            duties=(Duty(id="tell", label="T", when="after", minutes=30, warn=30),),
            units=("Nord",),
            supplements=(Supplement(unit="Syd", about=ABOUT),),
        )
    )
    assert sorted(found) == [
        "No action card is about the system 'journal'",
        "Nothing in the plan names the contact 'nobody'",
        "The contact 'nobody' has neither a number nor a mail address",
        "The duty 'tell' is announced as soon as its clock starts: 'warn' is as long as the clock",
        "The duty 'tell' is nobody's: 'role' is missing",
        "The unit 'Syd' is not among the 'units' of the plan",
    ]


def test_a_window_falls_on_an_expected_time_from_its_first_minute_and_not_with_its_last() -> None:
    one = plan(DUTY, windows=(Window(id="w", label="W", week=4, day=2, begins=1200, ends=1320),))
    assert doubts(one, "19:59", "22:00") == []
    assert doubts(one, "05:30", "20:00") == ["The window 'w' falls on 20:00, at which new data is expected"]
    assert doubts(one, "21:59") == ["The window 'w' falls on 21:59, at which new data is expected"]


def test_an_outcome_that_no_answer_leads_to_is_told() -> None:
    guide = Guide(
        id="g",
        label="G",
        questions=(Question(id="a", ask="?", yes="x", no="x"),),
        outcomes=(Outcome(id="x", reach="none", say="."), Outcome(id="y", reach="local", say=".")),
    )
    assert doubts(plan(DUTY, guides=(guide,))) == ["No answer leads to the outcome 'y'"]


def test_faults_come_before_doubts_and_the_plan_before_its_supplements() -> None:
    late = Calling(order=("gone",), systems=("gone",), spot=Spot("units/n.toml", 3))
    own = Supplement(unit="N", about=replace(ABOUT, revise_by=None, spot=Spot("units/n.toml", 1)), callings=(late,))
    found = lint.findings(plan(DUTY, supplements=(own,), about=replace(ABOUT, revise_by=None)), TODAY)
    assert [(one.stops, one.spot.file, one.spot.line) for one in found] == [
        (True, "units/n.toml", 3),
        (True, "units/n.toml", 3),
        (False, "plan.toml", 1),
        (False, "units/n.toml", 1),
    ]
