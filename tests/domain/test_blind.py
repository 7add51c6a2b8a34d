"""What was planned to change between the moment a source was asked and now: told where it is sure, and nowhere else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from backupreader.domain.blind import Turn, of_order, planned, today, windows
from backupreader.domain.journal import Journal, Order, Presence, Section
from backupreader.domain.records import Alert, Citizen, Delivery, Dose, Intervention, Medication, Origin, Visit

ZONE = ZoneInfo("Europe/Copenhagen")
WHERE = Origin("a.csv", 1)
NOW = datetime(2026, 11, 22, 8, 42, tzinfo=ZONE)
TAKEN = "2026-11-22T05:30:00+01:00"
KIRSTEN = Citizen(id="nexus:1", name="Kirsten Møller", status="home", origin=WHERE)
FURIX = Medication(id="FMK:1", citizen="nexus:1", drug="Furix", start="2020-01-01", origin=WHERE)


def delivery(table: str, source: str = "nexus", taken: str = TAKEN) -> Delivery:
    return Delivery(source=source, table=table, taken_at=taken, complete=True, read=1, filed=1, refused=0)


def section(table: str, items: Iterable[object] = (), *deliveries: Delivery) -> Section:
    found = tuple(items)
    return Section(found, Presence.VALUE, deliveries or (delivery(table),), len(found))


def journal(
    *, orders=(), doses=(), visits=(), tasks=(), alerts=(), citizen=KIRSTEN, also=(), deliveries=None
) -> Journal:
    of = {table: section(table) for table in ("contact", "access", "condition", "note", "measurement", "document")}
    whole = [Order(medication=one, doses=tuple(doses), administrations=()) for one in orders]
    return Journal(
        citizen=citizen, also=also, told=(delivery("citizen"), delivery("citizen", "EKJ", "2026-11-21T17:30")), unit=None,
        namesakes=(), alerts=section("alert", alerts), contacts=of["contact"], access=of["access"], conditions=of["condition"],
        interventions=section("intervention", tasks), notes=of["note"],
        orders=section("medication", whole, *(deliveries or (delivery("medication", "FMK"),))),
        administrations=section("administration"), visits=section("visit", visits), measurements=of["measurement"],
        documents=of["document"],
    )  # fmt: skip


def turns(found) -> list[Turn]:
    return [event.turn for event in found]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, []),
        ({"end": "2026-11-22"}, [Turn.STOPS]),  # today is its last day
        ({"end": "2026-11-21"}, []),  # it was over when the source was asked
        ({"end": "2026-11-23"}, []),
        ({"end": "2026-11-22T06:00"}, [Turn.STOPS]),
        ({"end": "2026-11-22T05:30"}, []),  # at that very moment the source knew
        ({"end": "2026-11-22T05:31"}, [Turn.STOPS]),
        ({"end": "2026-11-22T08:42"}, [Turn.STOPS]),
        ({"end": "2026-11-22T08:43"}, []),
        ({"end": "2026-11-22T07:00:00Z"}, [Turn.STOPS]),  # 08:00 here
        ({"end": "2026-11-22T08:00:00Z"}, []),
        ({"end": "2026-11"}, []),  # some day of the month: nothing is sure
        ({"end": "2026"}, []),
        ({"end": "snart"}, []),
        ({"start": "2026-11-22"}, []),  # at midnight, before the source was asked
        ({"start": "2026-11-22T07:00"}, [Turn.BEGINS]),
        ({"start": "2026-11-23"}, []),
        ({"paused_from": "2026-11-22T07:00"}, [Turn.PAUSES]),
        ({"paused_from": "2026-11-20", "paused_to": "2026-11-22"}, [Turn.RESUMES]),
        ({"status": "paused", "paused_to": "2026-11-22T08:00"}, [Turn.RESUMES]),
        ({"paused_from": "2026-11-20", "paused_to": "2026-11-24"}, []),
        ({"status": "stopped", "end": "2026-11-22"}, []),
        ({"status": "entered-in-error", "end": "2026-11-22"}, []),
        ({"status": "draft", "end": "2026-11-22"}, []),
        ({"status": "unknown", "end": "2026-11-22"}, [Turn.STOPS]),  # it may hold
        ({"start": "2026-11-22T06:00", "end": "2026-11-22T08:00"}, [Turn.BEGINS, Turn.STOPS]),
    ],
)
def test_an_order_that_begins_pauses_or_ends_in_the_window(facts, expected):
    assert turns(planned(journal(orders=[replace(FURIX, **facts)]), NOW)) == expected


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"end": "2026-11-22"}, [Turn.DOSE_ENDS]),
        ({"start": "2026-11-22T07:00"}, [Turn.DOSE_BEGINS]),
        ({"start": "2026-11-23"}, []),
        ({"start": "2026-11-01", "end": "2026-11-30"}, []),
    ],
)
def test_a_dose_that_is_stepped_up_or_down_in_the_window(facts, expected):
    dose = Dose(id="d", medication="FMK:1", citizen="nexus:1", quantity="2", origin=WHERE, **facts)
    found = planned(journal(orders=[FURIX], doses=[dose]), NOW)
    assert turns(found) == expected
    assert all(event.dose == dose for event in found)


def test_a_dose_that_ends_with_its_order_is_told_once():
    dose = Dose(id="d", medication="FMK:1", citizen="nexus:1", end="2026-11-22", origin=WHERE)
    assert turns(planned(journal(orders=[replace(FURIX, end="2026-11-22")], doses=[dose]), NOW)) == [Turn.STOPS]


def test_each_source_has_its_own_window():
    old, new = (
        replace(FURIX, id="FMK:1", start="2026-11-22T04:00"),
        replace(FURIX, id="EKJ:1", start="2026-11-22T04:00"),
    )
    two = delivery("medication", "FMK"), delivery("medication", "EKJ", "2026-11-21T17:30:00+01:00")
    (event,) = planned(journal(orders=[old, new], deliveries=two), NOW)
    assert event.record.id == "EKJ:1"


def test_an_order_whose_source_says_nothing_of_itself_has_the_longest_window():
    stranger = replace(FURIX, id="X:1", start="2026-11-21T20:00")
    two = delivery("medication", "FMK"), delivery("medication", "EKJ", "2026-11-21T17:30:00+01:00")
    assert turns(planned(journal(orders=[stranger], deliveries=two), NOW)) == [Turn.BEGINS]


@pytest.mark.parametrize("taken", ["2026-11-22T09:00:00+01:00", "sometime", "2026"])
def test_without_a_moment_before_now_there_is_no_window(taken):
    found = planned(
        journal(orders=[replace(FURIX, end="2026-11-22")], deliveries=(delivery("medication", "FMK", taken),)), NOW
    )
    assert found == ()


def test_a_night_over_two_dates_holds_the_last_day_of_yesterday():
    night = datetime(2026, 11, 22, 2, 10, tzinfo=ZONE)
    taken = delivery("medication", "FMK", "2026-11-21T17:30:00+01:00")
    orders = [replace(FURIX, id="FMK:1", end="2026-11-21"), replace(FURIX, id="FMK:2", start="2026-11-22")]
    assert turns(planned(journal(orders=orders, deliveries=(taken,)), night)) == [Turn.STOPS, Turn.BEGINS]


@pytest.mark.parametrize(
    ("day", "taken", "now", "inside"),
    [
        ("2026-10-25", "2026-10-25T02:30:00+02:00", "2026-10-25T02:45:00+01:00", True),  # the hour that came twice
        ("2026-03-29", "2026-03-29T01:30:00+01:00", "2026-03-29T03:30:00+02:00", True),  # the hour that never was
    ],
)
def test_a_window_over_the_change_of_clocks(day, taken, now, inside):
    at = datetime.fromisoformat(now).astimezone(ZONE)
    order = replace(FURIX, end=day)
    found = planned(journal(orders=[order], deliveries=(delivery("medication", "FMK", taken),)), at)
    assert bool(found) is inside


def test_what_is_planned_of_visits_tasks_warnings_and_her_whereabouts():
    visit = Visit(id="nexus:v", citizen="nexus:1", start="2026-11-22T08:00", zone="Europe/Copenhagen", origin=WHERE)
    visits = [
        visit,
        replace(visit, id="nexus:early", start="2026-11-22T05:00"),
        replace(visit, id="nexus:done", status="done"),
        replace(visit, id="nexus:cancelled", status="cancelled"),
        replace(visit, id="nexus:later", start="2026-11-22T09:00"),
    ]
    task = Intervention(id="nexus:i", citizen="nexus:1", text="Kateter", start="2026-11-22T06:00", origin=WHERE)
    ended = Intervention(id="nexus:e", citizen="nexus:1", text="Sår", end="2026-11-22", origin=WHERE)
    alert = Alert(id="nexus:a", citizen="nexus:1", kind="infection", text="MRSA", end="2026-11-22T07:30", origin=WHERE)
    there = replace(KIRSTEN, status="respite", status_since="2026-11-22T07:00")
    found = planned(journal(visits=visits, tasks=[task, ended], alerts=[alert], citizen=there), NOW)
    assert [(event.turn, event.record.id) for event in found] == [
        (Turn.TASK_BEGINS, "nexus:i"),
        (Turn.WHEREABOUTS, "nexus:1"),
        (Turn.WARNING_ENDS, "nexus:a"),
        (Turn.VISIT, "nexus:v"),
        (Turn.TASK_ENDS, "nexus:e"),
    ]


def test_each_source_that_states_her_has_a_window_of_its_own():
    other = replace(KIRSTEN, id="EKJ:1", status="leave", status_since="2026-11-21T20:00")
    assert [event.record.id for event in planned(journal(also=(other,)), NOW)] == ["EKJ:1"]
    assert planned(journal(citizen=replace(KIRSTEN, status_since="2026-11-21T20:00")), NOW) == ()
    assert planned(journal(citizen=replace(KIRSTEN, id="x:1", status_since="2026-11-22T08:00")), NOW) == ()


@pytest.mark.parametrize(
    ("facts", "expected"),
    [({"end": "2026-11-22"}, [Turn.STOPS]), ({"start": "2026-11-22"}, [Turn.BEGINS]), ({"end": "2026-11-21"}, [])],
)
def test_what_is_planned_of_an_order_today_whenever_its_source_was_asked(facts, expected):
    order = Order(medication=replace(FURIX, **facts), doses=(), administrations=())
    assert turns(of_order(order, today(NOW))) == expected


def test_a_clock_without_the_site_s_zone_is_a_fault_of_ours():
    plain = NOW.replace(tzinfo=None)
    with pytest.raises(TypeError):
        windows(section("visit"), plain)
    with pytest.raises(TypeError):
        today(plain)
