"""A shift's lists out of a real generation: by route, carer and what is out of the ordinary, and the area at a glance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from backupreader.domain.acts import Act, Actor
from backupreader.domain.barriers import Barrier
from backupreader.domain.errors import NEEDS_REASON
from backupreader.domain.overview import lines
from backupreader.domain.readiness import Run
from backupreader.domain.records import Citizen, Document, Identifier, Origin, Unit, Visit
from backupreader.domain.shiftlists import Edge, Kind, Pick, edges, ends_too_early, lasts
from backupreader.domain.shifts import USUAL, Name, Shift, shift_of, shifts_of
from backupreader.domain.trouble import ReaderError
from backupreader.store import database
from backupreader.store.audit import Audit
from backupreader.store.auditreading import entries
from backupreader.store.files import Files
from backupreader.store.outages import Outages
from backupreader.store.reader import Reader
from backupreader.store.seal import public_of, vault_id
from backupreader.store.session import Session
from tests.store.conftest import KEY, manifest

ZONE = ZoneInfo("Europe/Copenhagen")
HERE = Origin("export.csv", 1)
SUNDAY = date(2026, 11, 29)
UNITS = (Unit(id="n:nord", name="Team Nord", origin=HERE), Unit(id="n:syd", name="Team Syd", origin=HERE))
PEOPLE = (
    Citizen(id="n:1", name="Kirsten Nord", unit="n:nord", origin=HERE, identifiers=(Identifier("cpr", "1403381234"),)),
    Citizen(id="n:2", name="Ole Syd", unit="n:syd", status="hospital", origin=HERE),
    Citizen(id="n:3", name="Jan Skjult", unit="n:nord", protected_address=True, address="Hemmelig 1", origin=HERE),
)


def visit(number: int | str, start: str, **facts: Any) -> Visit:
    known = {"route": "Nat", "unit": "n:nord", "citizen": "n:1", "staff": "Eva S", "zone": "Europe/Copenhagen"} | facts
    return Visit(id=f"n:v{number}", start=start, origin=HERE, **known)


def shift(name: Name, day: date = SUNDAY) -> Shift:
    return shift_of(day, name, ZONE)


def listed(reader: Reader, name: Name, pick: Pick, day: date = SUNDAY) -> list[str]:
    return [one.id.removeprefix("n:v") for one in reader.shift_list(shift(name, day), pick, USUAL).visits]


NIGHT = Pick(Kind.ROUTE, "Nat")


def test_a_night_is_one_shift_over_two_dates_and_each_edge_is_where_it_stands(reading) -> None:
    starts = ["29T22:59", "29T23:00", "29T23:30", "30T00:00", "30T06:59", "30T07:00"]
    reader = reading(*UNITS, *PEOPLE, *(visit(one, f"2026-11-{one}") for one in starts))
    assert listed(reader, "night", NIGHT) == starts[1:5]
    assert listed(reader, "evening", NIGHT) == starts[:1]
    assert listed(reader, "day", NIGHT, date(2026, 11, 30)) == starts[5:]


@pytest.mark.parametrize("day", [date(2026, 3, 28), date(2026, 10, 24)])
def test_on_the_nights_when_the_clocks_change_no_visit_is_lost_or_doubled(reading, day: date) -> None:
    made = []
    for part in (day, date(day.year, day.month, day.day + 1)):
        made += [visit(f"{part:%d}-{n}", f"{part}T{n // 2:02}:{n % 2 * 30:02}") for n in range(48)]
    made += [visit("first", "2026-10-25T02:30+02:00"), visit("again", "2026-10-25T02:30+01:00")]
    reader = reading(*UNITS, *PEOPLE, *made)
    seen = Counter(
        one
        for offset in (-1, 0, 1)
        for part in shifts_of(date(day.year, day.month, day.day + offset), ZONE)
        for one in listed(reader, part.name, NIGHT, part.date)
    )
    assert set(seen.values()) == {1}
    expected = {one.id.removeprefix("n:v") for one in made if one.start[5:7] == f"{day:%m}"}
    assert expected == set(seen)


def test_the_hour_that_comes_twice_is_in_order_and_each_length_is_the_real_one(reading) -> None:
    reader = reading(
        *UNITS, *PEOPLE,
        visit("again", "2026-10-25T02:10+01:00", end="2026-10-25T03:10+01:00"),
        visit("first", "2026-10-25T02:40+02:00", end="2026-10-25T03:10+01:00"),
        visit("over", "2026-10-25T01:30", end="2026-10-25T03:30"),
    )  # fmt: skip
    found = reader.shift_list(shift("night", date(2026, 10, 24)), NIGHT, USUAL).visits
    assert [one.id for one in found] == ["n:vover", "n:vfirst", "n:vagain"]
    assert [lasts(one, ZONE).total_seconds() / 60 for one in found] == [180, 90, 60]


def test_what_lasts_into_the_next_shift_stands_on_its_own_and_is_shown_as_running_on_the_next(reading) -> None:
    reader = reading(
        *UNITS, *PEOPLE,
        visit(1, "2026-11-29T22:45", end="2026-11-29T23:20"),
        visit(2, "2026-11-29T22:00", end="2026-11-29T23:00"),
        visit(3, "2026-11-29T22:50", end="2026-11-29T23:30", status="cancelled"),
        visit(4, "2026-11-30T06:50", end="2026-11-30T07:10"),
    )  # fmt: skip
    night = reader.shift_list(shift("night"), NIGHT, USUAL)
    assert [one.id for one in night.running] == ["n:v1"]
    assert edges(night.running[0], shift("night"), ZONE) == (Edge.BEGAN_BEFORE,)
    assert [one.id for one in night.visits] == ["n:v4"]
    assert edges(night.visits[0], shift("night"), ZONE) == (Edge.LASTS_INTO,)
    assert reader.shift_lists(shift("night")).routes[0].visits == 1
    assert [one.id for one in reader.shift_list(shift("night"), Pick(Kind.CARER, "Eva S"), USUAL).running] == ["n:v1"]


def test_cruel_visits_are_on_the_list_as_delivered(reading) -> None:
    reader = reading(
        *UNITS, *PEOPLE,
        visit(1, "2026-11-29T08:00", citizen=None, title="Møde"),
        visit(2, "2026-11-29T08:00", citizen="n:gone"),
        visit(3, "2026-11-29T08:00", end="2026-11-29T07:30"),
        visit(4, "2026-11-29", minutes=10),
        visit(5, "2026-11-29T08:00", minutes=0),
        visit(6, "2026-11-29T09:00", status="entered-in-error"),
        visit(7, "2026-11-29T10:00", route=None, minutes=20),
    )  # fmt: skip
    assert listed(reader, "day", NIGHT) == ["4", "1", "2", "3", "5", "6"]
    found = reader.shift_list(shift("day"), NIGHT, USUAL).visits
    assert ends_too_early(found[3], ZONE)
    assert not any(ends_too_early(one, ZONE) for one in (*found[:3], *found[4:]))
    nobody, night = reader.shift_lists(shift("day")).routes
    assert (nobody.pick.name, night.pick.name) == ("", "Nat")
    assert (night.visits, night.minutes, night.unmeasured, night.citizens) == (5, 10, 4, 2)
    assert listed(reader, "evening", NIGHT) == listed(reader, "night", NIGHT) == []


@pytest.mark.parametrize("clock", ["", "T24:00", "T25:10", "T19:75", " 22:00", "Tmorgen", "T", "T08"])
def test_a_start_whose_clock_time_cannot_be_read_stands_on_its_day_once(reading, clock: str) -> None:
    reader = reading(*UNITS, *PEOPLE, visit("odd", f"2026-11-29{clock}"))
    days = (date(2026, 11, 28), SUNDAY, date(2026, 11, 30))
    seen = [part for day in days for part in shifts_of(day, ZONE) if listed(reader, part.name, NIGHT, part.date)]
    assert seen == [shift("day")]


def test_a_carer_has_all_her_visits_over_the_routes_and_those_where_she_is_the_second(reading) -> None:
    reader = reading(
        *UNITS, *PEOPLE,
        visit(1, "2026-11-29T08:00", route="A"),
        visit(2, "2026-11-29T09:00", route="B", staff="Ali K", second_staff="Eva S"),
        visit(3, "2026-11-29T10:00", route="B", staff="Ali K"),
    )  # fmt: skip
    assert listed(reader, "day", Pick(Kind.CARER, "Eva S")) == ["1", "2"]
    assert [(one.pick.name, one.visits) for one in reader.shift_lists(shift("day")).carers] == [
        ("Ali K", 2), ("Eva S", 2),
    ]  # fmt: skip


def test_the_extra_lists_hold_what_is_out_of_the_ordinary_and_are_counted(reading) -> None:
    reader = reading(
        *UNITS, *PEOPLE,
        visit(1, "2026-11-29T08:00", staff=None),
        visit(2, "2026-11-29T08:10", status="cancelled", staff=None),
        visit(3, "2026-11-29T08:20", citizen="n:2"),
        visit(4, "2026-11-29T08:30", second_staff="Ali K"),
        visit(5, "2026-11-29T08:40", staff_needed=2),
        visit(6, "2026-11-29T08:50", time_critical=True),
        visit(7, "2026-11-29T09:00", time_critical=True, status="entered-in-error"),
    )  # fmt: skip
    counts = {one.pick.kind: (one.visits, one.shown) for one in reader.shift_lists(shift("day")).extra}
    assert counts == {
        Kind.WITHOUT_CARER: (1, 1), Kind.ABSENT: (1, 2), Kind.DOUBLE: (2, 2), Kind.CRITICAL: (1, 1),
    }  # fmt: skip
    for kind, numbers in ((Kind.WITHOUT_CARER, ["1"]), (Kind.ABSENT, ["2", "3"]), (Kind.DOUBLE, ["4", "5"])):
        assert listed(reader, "day", Pick(kind)) == numbers


def test_an_empty_shift_has_no_routes_and_four_empty_extra_lists(reading) -> None:
    reader = reading(*UNITS, *PEOPLE)
    found = reader.shift_lists(shift("day"))
    assert (found.routes, found.carers) == ((), ())
    assert [one.shown for one in found.extra] == [0, 0, 0, 0]
    page = reader.overview(shift("day"), 0)
    assert (page.pages, [column.visits for column in page.columns]) == (1, [()])
    assert lines(page.columns) == ()


def test_a_route_of_1200_visits_is_whole_and_in_order(reading) -> None:
    many = [visit(number, f"2026-11-29T{8 + number // 300:02}:{number % 60:02}") for number in range(1200)]
    reader = reading(*UNITS, *PEOPLE, *many)
    found = reader.shift_list(shift("day"), NIGHT, USUAL).visits
    assert len({one.id for one in found}) == 1200
    assert [one.start for one in found] == sorted(one.start for one in many)


def test_the_overview_has_eight_carers_a_page_beside_the_visits_of_nobody(reading) -> None:
    made = [visit(number, f"2026-11-29T08:{number:02}", staff=f"Carer {number:02}") for number in range(19)]
    made.append(visit("two", "2026-11-29T08:50", staff="Carer 00", second_staff="Carer 01"))
    made.append(visit("none", "2026-11-29T09:10", staff=None))
    made.append(visit("gone", "2026-11-29T09:20", staff=None, status="cancelled"))
    reader = reading(*UNITS, *PEOPLE, *made)
    first, last = reader.overview(shift("day"), 0), reader.overview(shift("day"), 99)
    assert (first.pages, first.carers, last.number) == (3, 19, 2)
    assert [column.carer for column in first.columns] == ["", *(f"Carer {number:02}" for number in range(8))]
    assert [column.carer for column in last.columns] == ["", "Carer 16", "Carer 17", "Carer 18"]
    rows = lines(first.columns)
    assert [(row.hour.hour, row.opens) for row in rows] == [(8, True), (8, False), (9, True)]
    assert [cell.visit.id if cell else None for cell in rows[1].cells[:4]] == [None, "n:vtwo", "n:vtwo", None]
    assert rows[2].cells[0].visit.id == "n:vnone"


def test_the_hour_that_comes_twice_has_two_rows_in_the_overview(reading) -> None:
    reader = reading(
        *UNITS, *PEOPLE, visit(1, "2026-10-25T02:30+01:00"), visit(2, "2026-10-25T02:30+02:00"),
        visit(3, "2026-10-25T03:30"),
    )  # fmt: skip
    rows = lines(reader.overview(shift("night", date(2026, 10, 24)), 0).columns)
    assert [(row.hour.hour, row.hour.fold) for row in rows] == [(2, 0), (2, 1), (3, 0)]


def test_the_runs_of_routes_are_by_shift_and_prints_by_day(reading) -> None:
    reader = reading(
        *UNITS, *PEOPLE,
        visit(1, "2026-11-30T06:59"), visit(2, "2026-11-29T07:00"), visit(3, "2026-11-29T15:00", status="cancelled"),
        visit(4, "2026-11-29", route="Uden tid"), visit(5, "2026-11-29T08:00", route=None),
        Document(id="p:1", title="x", media_type="application/pdf", content=b"%PDF", route="Aften", date="2026-11-28", origin=HERE),
        Document(id="p:2", title="x", media_type="application/pdf", content=b"%PDF", kind="driving-list", date="2026-11-28", origin=HERE),
    )  # fmt: skip
    runs, unplaced = reader.runs(date(2026, 11, 1), SUNDAY, USUAL)
    assert set(runs) == {
        Run("Nat", SUNDAY, "night"), Run("Nat", SUNDAY, "day"), Run("Uden tid", SUNDAY, "day"),
        Run("Aften", date(2026, 11, 28), None),
    }  # fmt: skip
    assert unplaced == (date(2026, 11, 28),)


class Nurse:
    """A reader in the session of one whose unit is Team Nord, and the audit that it writes."""

    def __init__(self, folder: Path, path: Path) -> None:
        seed = bytes(range(32))
        self._read = lambda: entries(folder / "audit", {vault_id(public_of(seed)): seed}, Files())
        audit = Audit(folder / "audit", {vault_id(public_of(seed)): public_of(seed)}, Files())
        nobody: Any = None
        now = datetime(2026, 11, 29, 9, tzinfo=ZONE)
        actor = Actor(name="Bo Friis", units=("Team Nord",))
        self.session = Session(nobody, actor, audit, lambda: now, Outages(folder, Files()))
        self.reader = Reader(database.open_reader(path, KEY), manifest(), self.session)

    @property
    def acts(self) -> list[Act]:
        return [entry.act for entry in self._read() if entry.act is not None]


@pytest.fixture
def nurse(built: Callable[..., Path], tmp_path: Path):
    items = (
        *UNITS, *PEOPLE,
        visit(1, "2026-11-29T08:00", route="Nord", staff=None),
        visit(2, "2026-11-29T08:10", route="Syd", citizen="n:2", unit="n:syd", staff=None),
        visit(3, "2026-11-29T08:20", route="Nord", citizen="n:3"),
        visit(4, "2026-11-29T08:30", route="Syd", citizen="n:2", unit="n:syd"),
    )  # fmt: skip
    made = Nurse(tmp_path, built(items))
    yield made
    made.reader.close()


def test_a_list_over_the_routes_holds_what_is_hers_and_counts_what_it_leaves_out(nurse: Nurse) -> None:
    listed = nurse.reader.shift_list(shift("day"), Pick(Kind.WITHOUT_CARER), USUAL)
    assert ([one.id for one in listed.visits], listed.others) == (["n:v1"], 1)
    carer = nurse.reader.shift_list(shift("day"), Pick(Kind.CARER, "Eva S"), USUAL)
    assert ([one.id for one in carer.visits], carer.others) == (["n:v3"], 1)
    assert "n:2" not in carer.citizens
    counts = nurse.reader.shift_lists(shift("day"))
    assert [(one.shown, one.others) for one in counts.routes] == [(2, 0), (0, 2)]
    assert (counts.carers[0].visits, counts.carers[0].others) == (1, 1)
    page = nurse.reader.overview(shift("day"), 0)
    assert page.others == 2
    assert [placed.visit.id for column in page.columns for placed in column.visits] == ["n:v1", "n:v3"]


def test_another_unit_s_route_takes_a_reason_and_with_it_stands_on_every_list(nurse: Nurse) -> None:
    with pytest.raises(ReaderError) as refused:
        nurse.reader.shift_list(shift("day"), Pick(Kind.ROUTE, "Syd"), USUAL)
    assert refused.value.kind is NEEDS_REASON
    assert nurse.acts[-1].kind == "refused"
    nurse.session.state(Barrier.OTHER_UNIT, "Syd", "I help out there")
    assert len(nurse.reader.shift_list(shift("day"), Pick(Kind.ROUTE, "Syd"), USUAL).visits) == 2
    assert nurse.reader.shift_list(shift("day"), Pick(Kind.WITHOUT_CARER), USUAL).others == 0


def test_what_is_shown_is_in_the_audit_before_and_counting_tells_of_nobody(nurse: Nurse) -> None:
    nurse.reader.shift_lists(shift("day"))
    nurse.reader.runs(SUNDAY, SUNDAY, USUAL)
    assert nurse.acts == []
    nurse.reader.shift_list(shift("day"), Pick(Kind.ROUTE, "Nord"), USUAL)
    nurse.reader.shift_list(shift("day"), Pick(Kind.CRITICAL), USUAL)
    nurse.reader.overview(shift("day"), 0)
    assert [(act.kind, act.what, act.citizens) for act in nurse.acts] == [
        ("list", "Nord 2026-11-29 day", ("n:1", "n:3")),
        ("list", "time-critical 2026-11-29 day", ()),
        ("list", "overview 2026-11-29 day 1/1", ("n:1", "n:3")),
    ]


def test_a_protected_address_stays_away_until_a_reason_is_stated_for_the_list(nurse: Nurse) -> None:
    pick = Pick(Kind.CARER, "Eva S")
    listed = nurse.reader.shift_list(shift("day"), pick, USUAL)
    assert listed.address_withheld
    assert listed.citizens["n:3"].address is None
    page = nurse.reader.overview(shift("day"), 0)
    assert all(placed.citizen.address is None for column in page.columns for placed in column.visits if placed.citizen)
    nurse.session.state(Barrier.PROTECTED, "Eva S", "I visit him now")
    assert nurse.reader.shift_list(shift("day"), pick, USUAL).citizens["n:3"].address == "Hemmelig 1"
