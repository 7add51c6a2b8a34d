"""Calendar events become visits in the site's wall time."""

from __future__ import annotations

from pathlib import Path

import pytest

from backupreader.domain.records import Delivery, Issue, Visit
from sync.adapter import Item, Source
from sync.adapters.nexus import ADAPTER

DATA = Path(__file__).resolve().parents[1] / "data"
CALENDAR = DATA / "nexus" / "calendar.json"


def read(*paths: Path, zone: str = "Europe/Copenhagen") -> list[Item]:
    return list(ADAPTER.read(Source(name="n", path=paths[0].parent, zone=zone), paths))


def found(items: list[Item]) -> dict[str, Visit]:
    return {item.id: item for item in items if isinstance(item, Visit)}


def issues(items: list[Item]) -> list[Issue]:
    return [item for item in items if isinstance(item, Issue)]


def test_visits_stand_in_the_sites_wall_time_also_in_both_nights_that_the_clock_is_changed() -> None:
    visits = found(read(CALENDAR))
    assert (visits["n:event/1"].start, visits["n:event/1"].end) == ("2026-11-22T07:30", "2026-11-22T07:45")
    assert (visits["n:event/4"].start, visits["n:event/4"].end) == ("2026-03-29T01:30", "2026-03-29T03:30")
    assert (visits["n:event/2"].start, visits["n:event/2"].end) == ("2026-10-25T02:30", "2026-10-25T02:30")
    assert visits["n:event/2"].remark == "2026-10-25T02:30:00+02:00\n2026-10-25T02:30:00+01:00"
    assert visits["n:event/3"].remark == "2026-10-25T02:30:00+01:00"
    assert (visits["n:event/1"].staff, visits["n:event/1"].second_staff) == ("SSA Et", "SSA To")
    assert {item.zone for item in visits.values()} == {"Europe/Copenhagen"}


def test_a_groups_visit_stands_with_each_citizen_and_a_meeting_with_none() -> None:
    visits = found(read(CALENDAR))
    assert [visits[name].citizen for name in ("n:event/5", "n:event/5#2", "n:event/6")] == ["n:101", "n:102", None]
    assert (visits["n:event/4"].status, visits["n:event/4"].cancel_reason) == ("cancelled", "Indlagt")


def test_what_may_be_a_doors_code_is_told_without_it_and_stands_on_no_visit() -> None:
    items = read(CALENDAR)
    assert "4711" not in str(items)
    assert [item.value for item in issues(items) if item.column == "event.doorCode"] == [None]


def test_an_event_without_a_start_is_refused_and_the_visits_are_not_complete() -> None:
    items = read(CALENDAR)
    assert [(item.row, item.severity) for item in issues(items) if item.code == "date-invalid"] == [(7, "error")]
    assert [(item.table, item.complete) for item in items if isinstance(item, Delivery)] == [("visit", False)]


def test_a_visit_says_which_granted_services_it_is_for_and_tells_those_that_did_not_come() -> None:
    alone, together = read(CALENDAR), read(CALENDAR, DATA / "exports" / "nexus" / "basketGrants_101.json")
    assert found(alone)["n:event/1"].tasks is None
    assert {item.value for item in issues(alone) if item.code == "reference-unresolved"} == {"ORDER_GRANT:902"}
    assert found(together)["n:event/1"].tasks == "Medicinadministration"
    assert "reference-unresolved" not in {item.code for item in issues(together)}


@pytest.mark.parametrize(("zone", "start"), [("Europe/Stockholm", "2026-11-22T07:30"), ("UTC", "2026-11-22T06:30")])
def test_the_wall_time_is_that_of_the_sites_zone(zone: str, start: str) -> None:
    visit = found(read(CALENDAR, zone=zone))["n:event/1"]
    assert (visit.start, visit.zone) == (start, zone)
