"""At a change of shift somebody must take the case or say that she goes on; and who is told when all is up again."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from backupreader.domain.outage.event import Entry, Event
from backupreader.domain.outage.fold import event
from backupreader.domain.outage.handover import must_hand_over, to_tell
from backupreader.domain.plan.about import About
from backupreader.domain.plan.contacts import Calendar, Contact, Role
from backupreader.domain.plan.duties import Duty
from backupreader.domain.plan.guidance import Partner, PartnerList
from backupreader.domain.plan.plan import Plan
from backupreader.domain.shifts import USUAL, Hours

ZONE = ZoneInfo("Europe/Copenhagen")


def local(day: int, hour: int, minute: int = 0, *, month: int = 11, fold: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=ZONE, fold=fold)


def owned(since: datetime, *, ended: datetime | None = None) -> Event:
    return Event(number="2026-001", began=since, owner="Anna", owned_since=since.astimezone(UTC), ended=ended)


def due(event: Event, now: datetime, hours: Hours = USUAL) -> str:
    shift = must_hand_over(event, now, hours)
    return f"{shift.name} {shift.begins:%d %H:%M}" if shift else ""


@pytest.mark.parametrize(
    ("since", "now", "shift"),
    [
        (local(30, 14, 45), local(30, 14, 59), ""),
        (local(30, 14, 45), local(30, 15), "evening 30 15:00"),
        (local(30, 15), local(30, 22, 59), ""),  # she took it as the evening began
        (local(30, 15), local(30, 23), "night 30 23:00"),
        (local(29, 23, 30), local(30, 6, 59), ""),  # a night is one shift, over two dates
        (local(29, 23, 30), local(30, 7), "day 30 07:00"),
        (local(29, 14, 45), local(30, 2, 10), "evening 29 15:00"),  # missed twice: overdue since the first
        (local(1, 14), local(30, 2, 10), "evening 01 15:00"),
    ],
)
def test_the_case_is_handed_over_from_the_moment_a_shift_begins(since, now, shift) -> None:
    assert due(owned(since), now) == shift
    assert due(owned(since, ended=now), now) == ""


def test_whoever_states_that_she_goes_on_has_it_until_the_next_change_and_a_new_owner_too() -> None:
    log = [
        Entry(number=number, at=at, written=at, by="Anna", kind="owner", who=who)
        for number, (at, who) in enumerate([(local(30, 15, 5), "Anna"), (local(30, 22, 58), "Bo")], start=1)
    ]
    began = local(30, 14)
    assert due(event("2026-001", began, "Anna", []), local(30, 15, 5)) == "evening 30 15:00"
    assert due(event("2026-001", began, "Anna", log[:1]), local(30, 22, 59)) == ""
    assert due(event("2026-001", began, "Anna", log[:1]), local(30, 23, 5)) == "night 30 23:00"
    late = event("2026-001", began, "Anna", log)
    assert (late.owner, due(late, local(30, 23))) == ("Bo", "night 30 23:00")


def test_on_the_nights_on_which_the_clocks_change_it_is_due_when_the_wall_clock_says_so() -> None:
    hours = Hours(day=time(2, 30), evening=time(15), night=time(23))
    back = owned(local(24, 23, 30, month=10))
    assert due(back, local(25, 2, 29, month=10), hours) == ""
    assert due(back, local(25, 2, 30, month=10), hours) == "day 25 02:30"
    assert due(owned(local(25, 2, 40, month=10)), local(25, 2, 45, month=10, fold=1), hours) == ""
    assert due(owned(local(28, 23, 30, month=3)), local(29, 6, 59, month=3)) == ""
    assert due(owned(local(28, 23, 30, month=3)), local(29, 7, month=3)) == "day 29 07:00"


def test_a_moment_without_the_sites_zone_is_our_own_mistake() -> None:
    with pytest.raises(TypeError):
        must_hand_over(owned(local(30, 14)), datetime.now(UTC), USUAL)


PLAN = Plan(
    about=About(title="Plan", owner="Head"),
    calendar=Calendar(country="DK"),
    roles=(
        Role(id="reporter", label="Who reports it"),
        Role(id="lead", label="Local lead"),
        Role(id="crisis", label="Crisis staff"),
    ),
    contacts=(
        Contact(id="region", label="The region", number="11 11 11 11"),
        Contact(id="it", label="IT", number="22 22 22 22", mail="it@example.dk"),
    ),
    duties=(
        Duty(id="down", label="Tell the region", when="after", minutes=120, contact="region"),
        Duty(id="up", label="Tell the region it is up", when="end", follows="down", contact="region", role="lead"),
        Duty(id="chart", label="Tell the wards", when="end"),
        Duty(id="locks", label="Tell the locksmith", when="end", systems=("locks",)),
    ),
    partners=(
        PartnerList(
            id="outside",
            label="Outside",
            role="crisis",
            partners=(Partner(id="gp", label="Doctors", number="33"), Partner(id="home", label="Free homes")),
        ),
    ),
)
BEGAN = local(30, 1, 10)


def told(*entries: tuple[str, int, str, str], plan: Plan | None = PLAN) -> list[tuple[str, str, str, bool]]:
    log = []
    for number, (kind, minutes, what, detail) in enumerate(entries, start=1):
        at = BEGAN + timedelta(minutes=minutes)
        log.append(Entry(number=number, at=at, written=at, by="Anna", kind=kind, what=what, detail=detail))  # type: ignore[arg-type]
    found = to_tell(plan, event("2026-001", BEGAN, "Anna", log))
    return [(one.label, one.number, one.holder, one.told is not None) for one in found]


SYSTEMS = ("systems", 0, "journal", "")
ENDED = ("ended", 200, "", "")


def test_who_has_a_duty_at_the_end_was_told_or_was_called_is_told_that_it_is_up_again() -> None:
    entries = [
        SYSTEMS,
        ("done", 118, "down", ""),
        ("call", 117, "region", "answered"),
        ("call", 10, "it", "answered"),
        ("partner", 60, "gp", ""),
    ]
    everyone = [
        ("Tell the region it is up", "11 11 11 11", "Local lead", False),
        ("Tell the wards", "", "Anna", False),
        ("Doctors", "33", "Crisis staff", False),
        ("IT", "22 22 22 22", "", False),
    ]
    assert told(*entries) == everyone
    assert told(*entries, ENDED) == everyone
    after = [("done", 205, "up", ""), ("partner", 206, "gp", ""), ("call", 207, "it", "message")]
    assert [said for *_, said in told(*entries, ENDED, *after)] == [True, False, True, True]


def test_who_never_knew_of_it_is_not_told_and_a_crossed_out_call_counts_for_nothing() -> None:
    entries = [SYSTEMS, ("call", 10, "it", "no-answer"), ("call", 11, "region", "answered"), ("withdrawn", 12, "3", "")]
    assert told(*entries, ENDED, ("partner", 210, "gp", "")) == [("Tell the wards", "", "Anna", False)]
    assert told(*entries, ("call", 13, "it", "answered"), ENDED)[1:] == [("IT", "22 22 22 22", "", False)]


def test_without_a_plan_those_who_were_told_are_called_by_their_ids() -> None:
    entries = [("partner", 60, "gp", ""), ("call", 10, "it", "answered"), ("done", 3, "down", ""), ENDED]
    assert told(*entries, plan=None) == [("gp", "", "", False), ("it", "", "", False)]
    gone = ("partner", 61, "no-longer-in-the-plan", "")
    assert [label for label, *_ in told(SYSTEMS, gone, *entries)][2:] == ["Doctors", "no-longer-in-the-plan", "IT"]
