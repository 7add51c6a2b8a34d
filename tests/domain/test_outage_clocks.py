"""The clocks of an outage at given moments: two hours, eight hours, every quarter, each shift, and when it is over."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backupreader.domain.outage.clocks import clocks, holder, next_clock
from backupreader.domain.outage.event import Clock, Entry, Event
from backupreader.domain.outage.fold import event
from backupreader.domain.plan.about import About
from backupreader.domain.plan.contacts import Calendar, Role
from backupreader.domain.plan.duties import Act, Duty
from backupreader.domain.plan.plan import Plan
from backupreader.domain.shifts import USUAL, shift_at

ZONE = ZoneInfo("Europe/Copenhagen")
BEGAN = datetime(2026, 11, 30, 1, 10, tzinfo=ZONE)
BACK, ON = datetime(2026, 10, 25, 1, 30, tzinfo=ZONE), datetime(2026, 3, 29, 1, 30, tzinfo=ZONE)
CALM = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # others are at work on the machine
REGION = Duty(id="region", label="Call the region", when="after", minutes=120, warn=30, role="lead", contact="region")
UP = Duty(id="region-up", label="Tell the region it is up", when="end", follows="region", role="lead")
KEYS = Duty(id="keys", label="Keys on phones end", when="since", act="fetched", minutes=480, warn=60)
AGAIN = Duty(id="again", label="Try again", when="every", minutes=15)
CARD = Duty(id="card", label="Fetch the action card", when="start", role="reporter")
SHIFT = Duty(id="list", label="Print the list", when="shift", warn=30, role="nurse")


def plan(*duties: Duty) -> Plan:
    return Plan(
        about=About(title="Plan", owner="Head"),
        calendar=Calendar(country="DK"),
        roles=(
            Role(id="reporter", label="Who reports it"),
            Role(id="lead", label="Local lead"),
            Role(id="nurse", label="Nurse on duty"),
        ),
        acts=(Act(id="fetched", label="Keys fetched"),),
        duties=duties,
    )


def after(base: datetime, minutes: float) -> datetime:
    """So long after, by instants, in the site's zone."""
    return datetime.fromtimestamp(base.timestamp() + minutes * 60, ZONE)


def told(*entries: tuple, began: datetime = BEGAN) -> Event:
    """(kind, minutes after it began, what, who)."""
    log = []
    for number, (kind, minutes, *rest) in enumerate(entries, start=1):
        what, who = [*rest, "", ""][:2]
        at = after(began, minutes).astimezone(UTC)
        log.append(Entry(number=number, at=at, written=at, by="Anna", kind=kind, what=what, who=who))
    return event("2026-001", began, "Anna", log)


def at(minutes: float, *duties: Duty, of: Event | None = None, began: datetime = BEGAN) -> list[tuple[str, str, str]]:
    """Each clock so long after it began: duty, state, and due as the clock on the wall shows it."""
    found = clocks(plan(*duties), of or told(began=began), after(began, minutes), USUAL)
    return [(one.duty, one.state, one.due.strftime("%a %H:%M %z") if one.due else "") for one in found]


@pytest.mark.parametrize("began", [BEGAN, BACK, ON, datetime(2026, 10, 25, 2, 30, tzinfo=ZONE, fold=1)])
@pytest.mark.parametrize(
    ("minutes", "state"),
    [(0, "waiting"), (89.9, "waiting"), (90, "soon"), (118, "soon"), (119.5, "due"), (120, "due"), (120.9, "due"),
     (121, "overdue"), (600, "overdue")],
)  # fmt: skip
def test_two_hours_are_warned_of_at_an_hour_and_a_half_and_overdue_after_two_on_every_night(began, minutes, state):
    (clock,) = clocks(plan(REGION), told(began=began), after(began, minutes), USUAL)
    assert clock.state == state
    assert clock.due is not None
    assert clock.warns is not None
    assert clock.due.timestamp() - began.timestamp() == 2 * 3600
    assert clock.warns.timestamp() - began.timestamp() == 1.5 * 3600
    assert (clock.holder, clock.contact, clock.due.tzinfo) == ("Local lead", "region", ZONE)


def test_the_wall_clock_of_what_is_due_is_right_on_both_nights_on_which_the_clocks_change() -> None:
    assert at(0, REGION, began=BACK) == [("region", "waiting", "Sun 02:30 +0100")]
    assert at(0, REGION, began=ON) == [("region", "waiting", "Sun 04:30 +0200")]


def test_what_was_done_is_done_and_crossed_out_it_is_due_again() -> None:
    assert at(125, REGION, of=told(("done", 118, "region"))) == [("region", "done", "Mon 03:10 +0100")]
    again = told(("done", 118, "region"), ("withdrawn", 119, "1"))
    assert at(125, REGION, of=again) == [("region", "overdue", "Mon 03:10 +0100")]


def test_every_quarter_counts_from_when_it_was_last_done_not_from_when_it_was_due() -> None:
    assert at(14, AGAIN) == [("again", "waiting", "Mon 01:25 +0100")]
    assert at(40, AGAIN) == [("again", "overdue", "Mon 01:25 +0100")]
    assert at(40, AGAIN, of=told(("done", 39, "again"), ("done", 20, "again"))) == [
        ("again", "waiting", "Mon 02:04 +0100")
    ]


def test_keys_count_down_from_when_they_were_last_fetched_and_not_before_that() -> None:
    assert at(60, KEYS) == [("keys", "waiting", "")]
    fetched = told(("act", 5, "fetched"))
    assert at(300, KEYS, of=fetched) == [("keys", "waiting", "Mon 09:15 +0100")]
    assert at(425, KEYS, of=fetched) == [("keys", "soon", "Mon 09:15 +0100")]
    assert at(486, KEYS, of=fetched) == [("keys", "overdue", "Mon 09:15 +0100")]
    assert at(486, KEYS, of=told(("act", 5, "fetched"), ("act", 400, "fetched"))) == [
        ("keys", "waiting", "Mon 15:50 +0100")
    ]
    assert at(0, KEYS, of=told(("act", 0, "fetched"), began=BACK), began=BACK)[0][2] == "Sun 08:30 +0100"


def test_phones_of_other_people_each_have_their_own_eight_hours_and_fetching_again_counts_for_the_same_ones() -> None:
    of = told(("act", 5, "fetched", "Team Nord"), ("act", 120, "fetched", "Team Syd"), ("act", 60, "fetched"))
    found = clocks(plan(KEYS), of, after(BEGAN, 490), USUAL)
    assert [(one.label, one.state) for one in found] == [
        ("Keys on phones end · Team Nord", "overdue"),
        ("Keys on phones end", "soon"),
        ("Keys on phones end · Team Syd", "waiting"),
    ]
    again = told(("act", 5, "fetched", "Team Nord"), ("act", 300, "fetched", " team  nord "))
    assert at(490, KEYS, of=again) == [("keys", "waiting", "Mon 14:10 +0100")]


def test_keys_that_are_seen_to_are_done_until_they_are_fetched_again() -> None:
    of = told(("act", 5, "fetched"), ("done", 480, "keys"))
    assert at(490, KEYS, of=of)[0][1] == "done"
    later = told(("act", 5, "fetched"), ("done", 480, "keys"), ("act", 485, "fetched"))
    assert at(490, KEYS, of=later) == [("keys", "waiting", "Mon 17:15 +0100")]


def test_what_is_due_at_each_shift_is_due_when_the_next_one_begins_and_missed_ones_stay_overdue() -> None:
    began = datetime(2026, 11, 30, 14, 0, tzinfo=ZONE)
    assert at(0, SHIFT, began=began) == [("list", "waiting", "Mon 15:00 +0100")]
    assert at(30, SHIFT, began=began) == [("list", "soon", "Mon 15:00 +0100")]
    assert at(600, SHIFT, began=began) == [("list", "overdue", "Mon 15:00 +0100")]
    early = told(("done", 40, "list"), began=began)  # announced and done: for 15:00
    assert at(61, SHIFT, of=early, began=began) == [("list", "waiting", "Mon 23:00 +0100")]
    too_early = told(("done", 20, "list"), began=began)
    assert at(62, SHIFT, of=too_early, began=began) == [("list", "overdue", "Mon 15:00 +0100")]
    sharp = told(began=datetime(2026, 11, 30, 15, 0, tzinfo=ZONE))
    assert at(61, SHIFT, of=sharp, began=began) == [("list", "waiting", "Mon 23:00 +0100")]


def test_nobody_is_told_that_it_is_up_who_was_never_told_that_it_was_down() -> None:
    assert at(130, REGION, UP) == [("region", "overdue", "Mon 03:10 +0100"), ("region-up", "waiting", "")]
    short = told(("ended", 60))
    assert at(61, REGION, UP, of=short) == [("region", "done", ""), ("region-up", "done", "")]
    down = told(("done", 118, "region"), ("ended", 200))
    assert at(200, REGION, UP, of=down) == [
        ("region-up", "due", "Mon 04:30 +0100"),
        ("region", "done", "Mon 03:10 +0100"),
    ]
    up = told(("done", 118, "region"), ("ended", 200), ("done", 205, "region-up"))
    assert {state for _, state, _ in at(210, REGION, UP, of=up)} == {"done"}
    too_soon = told(("done", 118, "region"), ("done", 190, "region-up"), ("ended", 200))
    assert at(202, UP, of=too_soon) == [("region-up", "overdue", "Mon 04:30 +0100")]


def test_what_was_owed_before_the_end_stays_overdue_and_nothing_else_comes_due_after_it() -> None:
    of = told(("act", 5, "fetched"), ("ended", 150))
    found = at(1000, REGION, KEYS, AGAIN, SHIFT, of=of)
    assert [found[0], sorted(found[1:])] == [
        ("region", "overdue", "Mon 03:10 +0100"),
        [("again", "done", ""), ("keys", "done", ""), ("list", "done", "")],
    ]


def test_a_duty_that_follows_another_counts_from_that_one_where_it_was_done_later() -> None:
    report = Duty(id="report", label="Report", when="every", minutes=60, follows="region")
    assert at(300, report) == [("report", "waiting", "")]
    assert at(300, report, of=told(("done", 250, "region"))) == [("report", "waiting", "Mon 06:20 +0100")]
    once = Duty(id="once", label="Once", when="after", minutes=60, follows="region")
    assert at(300, once, of=told(("done", 250, "region"))) == [("once", "overdue", "Mon 05:20 +0100")]


def test_a_duty_of_other_systems_or_another_reach_does_not_hold_and_while_nobody_has_said_it_does() -> None:
    locks = Duty(id="locks", label="Locks", when="start", systems=("locks",), reaches=("local", "global"))
    assert len(at(0, locks)) == 1
    for systems, reach, holds in [("journal", "local", 0), ("locks journal", "global", 1), ("locks", "national", 0)]:
        of = told(("systems", 0, systems), ("reach", 0, reach))
        assert len(at(0, locks, of=of)) == holds


def test_the_one_who_has_the_case_has_what_the_reporter_has_and_what_nobody_is_named_for() -> None:
    of = told(("owner", 10, "", "Bo Friis"))
    found = clocks(plan(CARD, AGAIN, REGION), of, after(BEGAN, 20), USUAL)
    assert {one.duty: one.holder for one in found} == {"card": "Bo Friis", "again": "Bo Friis", "region": "Local lead"}


def test_overdue_comes_first_then_what_is_due_then_what_waits_for_something_and_what_is_done_last() -> None:
    of = told(("done", 3, "card"), ("act", 0, "fetched"))
    found = clocks(plan(CARD, UP, KEYS, REGION, AGAIN), of, after(BEGAN, 130), USUAL)
    assert [one.duty for one in found] == ["again", "region", "keys", "region-up", "card"]
    first = next_clock(found)
    assert first is not None
    assert first.duty == "again"
    assert next_clock([one for one in found if one.duty in {"region-up", "card"}]) is None
    assert next_clock([]) is None


kinds = st.sampled_from(["done", "act", "ended", "withdrawn", "owner", "systems"])
entries = st.lists(
    st.tuples(kinds, st.integers(-60, 3000), st.sampled_from(["region", "again", "list", "fetched", "1", "2", "3"]),
              st.sampled_from(["", "Bo"])),
    max_size=20,
)  # fmt: skip


@CALM
@given(entries, st.integers(0, 4000), st.sampled_from([BEGAN, BACK, ON, datetime(2026, 10, 24, 22, 50, tzinfo=ZONE)]))
def test_whatever_was_written_every_clock_says_what_its_moments_say(written, minutes, began) -> None:
    duties = (REGION, UP, KEYS, AGAIN, CARD, SHIFT)
    now = after(began, minutes)
    of = told(*written, began=began)
    found = clocks(plan(*duties), of, now, USUAL)
    assert {one.duty for one in found} == {duty.id for duty in duties}
    dated = [one for one in found if one.state != "done" and one.due is not None]
    assert [one.due.timestamp() for one in dated] == sorted(one.due.timestamp() for one in dated)
    for one in found:
        check(one, now)
    if of.ended is None:
        (shift,) = (one for one in found if one.duty == "list")
        assert shift.due is not None
        assert shift_at(shift.due, USUAL).begins.timestamp() == shift.due.timestamp()


def check(one: Clock, now: datetime) -> None:
    if one.due is None:
        assert one.state in {"waiting", "done"}
        return
    left = one.due.timestamp() - now.timestamp()
    assert one.due.tzinfo is ZONE
    if one.state == "overdue":
        assert left <= -60
    elif one.state == "due":
        assert abs(left) < 60
    elif one.state == "soon":
        assert one.warns is not None
        assert one.warns.timestamp() <= now.timestamp()
        assert left >= 60
    elif one.state == "waiting":
        assert left >= 60


def test_a_moment_without_the_sites_zone_is_our_own_mistake() -> None:
    with pytest.raises(TypeError):
        clocks(plan(), told(), datetime.now(UTC) + timedelta(), USUAL)


def test_the_first_role_of_a_plan_is_that_of_whoever_reported_it_and_has_the_case() -> None:
    roles = (Role(id="medarbejder", label="Medarbejder"), Role(id="leder", label="Leder"))
    named = replace(plan(), roles=roles)
    found = {role: holder(named, told(), role) for role in ("medarbejder", "leder", "reporter", "owner", "", "unknown")}
    assert found == {
        "medarbejder": "Anna", "leder": "Leder", "reporter": "Anna", "owner": "Anna", "": "Anna", "unknown": "unknown"
    }  # fmt: skip
    assert holder(replace(named, roles=()), told(), "leder") == "leder"
