"""What a shift is asked for: how many are ours, and which routes have visits that begin in it."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from backupreader.domain.records import Citizen, Origin, Unit, Visit
from backupreader.domain.shifts import Shift, shift_at

HERE = Origin("export.csv", 1)
ZONE = ZoneInfo("Europe/Copenhagen")


def shift(clock: str) -> Shift:
    return shift_at(datetime.fromisoformat(clock).replace(tzinfo=ZONE))


def visit(number: int, start: str, route: str | None = "Nat", **facts: object) -> Visit:
    known: dict[str, object] = {"id": f"n:v{number}", "zone": "Europe/Copenhagen", "citizen": "n:1", "origin": HERE}
    return Visit(start=start, route=route, **{**known, **facts})  # type: ignore[arg-type]


@pytest.fixture
def reader(reading):
    return reading(
        Unit(id="n:nord", name="Team Nord", origin=HERE),
        Citizen(id="n:1", name="Kirsten Møller", unit="n:nord", origin=HERE),
        Citizen(id="n:2", name="Ole Holm", unit="n:syd", origin=HERE),
        visit(1, "2026-11-22T22:59", "Aften"),
        visit(2, "2026-11-22T23:00"),
        visit(3, "2026-11-23T02:10"),
        visit(4, "2026-11-23T06:59"),
        visit(5, "2026-11-23T07:00", "Dag"),
        visit(6, "2026-11-23T03:00", "Aflyst", status="cancelled"),
        visit(7, "2026-11-23T03:00", None),
        visit(8, "2026-11-22", "Uden klokkeslæt"),
        visit(9, "2026-11-21T23:30", "Natten før"),
    )


def test_a_night_is_one_shift_over_two_dates_with_its_edges(reader) -> None:
    for clock in ("2026-11-22T23:00", "2026-11-23T02:10"):
        counted = reader.rounds_in(shift(clock))
        assert counted.routes == ("Nat", "Uden klokkeslæt"), "an hour that is not known is not an hour that is not"
        assert counted.visits == 5, "those on no route count, the cancelled one does not"


def test_the_shifts_beside_it_have_what_is_theirs(reader) -> None:
    assert reader.rounds_in(shift("2026-11-22T22:00")).routes == ("Aften", "Uden klokkeslæt")
    assert reader.rounds_in(shift("2026-11-23T08:00")).routes == ("Dag",)
    assert reader.rounds_in(shift("2026-11-25T08:00")).routes == ()


def test_without_a_person_all_are_ours(reader) -> None:
    assert reader.own_units() is None
    assert reader.our_people() == 2


def test_of_her_units_each_is_counted_once(reader) -> None:
    reader._guard._own = frozenset({"n:nord"})
    assert reader.our_people() == 1
    reader._guard._own = frozenset({"n:nord", "n:syd"})
    assert reader.our_people() == 2
    reader._guard._own = frozenset()
    assert reader.our_people() == 0
