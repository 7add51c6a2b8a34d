"""What can be read but can hardly be true stays as delivered, and is told with its place."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from backupreader.domain.issues import SENTENCES
from backupreader.domain.records import (
    Administration,
    Citizen,
    CitizenStatus,
    Condition,
    Issue,
    Measurement,
    Medication,
    Note,
    Origin,
    Visit,
)
from backupreader.store import database
from backupreader.store.files import Files
from backupreader.store.rows import Shelf
from sync import doubtful
from sync.adapter import Item
from sync.build import build

KEY = bytes(32)
NOW = datetime(2026, 11, 22, 5, 30, tzinfo=UTC)


def issues(folder: Path, *items: Item, now: datetime | None = NOW) -> list[Issue]:
    path = folder / "built.db"
    build(iter(items), path, KEY, files=Files(), tick=lambda *_: None, now=now)
    connection = database.open_reader(path, KEY)
    try:
        return list(Shelf(connection).issues("WHERE code != 'reference-unresolved' ORDER BY rowid"))
    finally:
        connection.close()


def told(found: list[Issue]) -> list[tuple[str, str, int, str | None, str | None]]:
    assert {issue.code for issue in found} <= set(SENTENCES)
    return [(issue.code, issue.file, issue.row, issue.column, issue.value) for issue in found]


def citizen(status: CitizenStatus = "home", **facts: str) -> Citizen:
    return Citizen(id="n:1", name="Ane", status=status, origin=Origin("citizen.csv", 2), **facts)  # type: ignore[arg-type]


@pytest.mark.parametrize("day", doubtful.SENTINELS)
def test_a_day_that_stands_for_none_is_told_once_a_column_and_file_with_how_often(tmp_path: Path, day: str):
    orders = [
        Medication(id=f"n:{file}{row}", citizen="n:1", drug="Furix", end=f"{day}T00:00", origin=Origin(file, row))
        for file in ("a.csv", "b.csv")
        for row in (2, 3)
    ]
    assert told(issues(tmp_path, citizen(birth_date=day), *orders)) == [
        ("date-sentinel", "citizen.csv", 2, "birth_date", f"{day} (1)"),
        ("date-sentinel", "a.csv", 2, "end", f"{day} (2)"),
        ("date-sentinel", "b.csv", 2, "end", f"{day} (2)"),
    ]


def test_the_day_itself_stays_as_it_was_delivered(tmp_path: Path):
    condition = Condition(id="n:1", citizen="n:1", text="", start="1753-01-01", origin=Origin("c.csv", 2))
    issues(tmp_path, citizen(), condition)
    connection = database.open_reader(tmp_path / "built.db", KEY)
    assert Shelf(connection).records(Condition) == (condition,)
    connection.close()


def test_ordinary_days_are_not_told(tmp_path: Path):
    assert issues(tmp_path, citizen(birth_date="1950-01-01", status_since="2025")) == []


def visit(start: str, row: int = 5, status: str = "planned") -> Visit:
    return Visit(
        id=f"n:{row}",
        citizen="n:1",
        start=start,
        zone="Europe/Copenhagen",
        status=status,  # type: ignore[arg-type]
        origin=Origin("visit.csv", row),
    )


@pytest.mark.parametrize(
    ("facts", "start", "status", "is_told"),
    [
        ({"deceased_at": "2026-11-20"}, "2026-11-21T07:00", "planned", True),
        ({"deceased_at": "2026-11-20T10:00:00+01:00"}, "2026-11-21T07:00", "unknown", True),
        ({"deceased_at": "2026-11-20"}, "2026-11-20T07:00", "planned", False),
        ({"deceased_at": "2026-11-20"}, "2026-11-21T07:00", "cancelled", False),
        ({"deceased_at": "2026-11-20"}, "2026-11-19T07:00", "planned", False),
        ({"status": "deceased", "status_since": "2026-11-20"}, "2026-11-21T07:00", "planned", True),
        ({"status": "deceased"}, "2026-11-21T07:00", "planned", True),
        ({}, "2026-11-21T07:00", "planned", False),
        ({"deceased_at": "1900-01-01"}, "2026-11-21T07:00", "planned", False),
    ],
)
def test_a_visit_planned_after_a_death_is_told(
    tmp_path: Path, facts: dict[str, str], start: str, status: str, *, is_told: bool
):
    found = issues(tmp_path, citizen(**facts), visit(start, status=status), visit(start, 6, status))  # type: ignore[arg-type]
    assert [one for one in told(found) if one[0] != "date-sentinel"] == (
        [("visit-after-death", "visit.csv", 5, "start", start)] if is_told else []
    )


def done(moment: str, row: int = 2) -> tuple[Item, ...]:
    here = Origin("done.csv", row)
    return (
        Note(id=f"n:{row}", citizen="n:1", text="x", written_at=moment, origin=here),
        Administration(id=f"n:{row}", citizen="n:1", given_at=moment, origin=here),
        Measurement(id=f"n:{row}", citizen="n:1", name="Puls", value="70", taken_at=moment, origin=here),
    )


@pytest.mark.parametrize(
    ("moment", "is_told"),
    [
        ("2026-11-23T06:31", True),
        ("2026-11-23T06:29", False),
        ("2026-11-23", False),
        ("2026-11-24", True),
        ("2036-11-22T05:30:00Z", True),
        ("2026", False),
    ],
)
def test_what_was_done_later_than_a_day_from_now_is_told(tmp_path: Path, moment: str, *, is_told: bool):
    found = told(issues(tmp_path, citizen(), *done(moment)))
    assert found == (
        [("date-future", "done.csv", 2, column, moment) for column in ("written_at", "given_at", "taken_at")]
        if is_told
        else []
    )


def test_without_a_clock_nothing_is_said_of_the_future(tmp_path: Path):
    assert issues(tmp_path, citizen(), *done("2036-11-22"), now=None) == []


def test_many_of_the_same_are_told_by_the_first_and_a_number(tmp_path: Path):
    notes = [done("2036-11-22", row)[0] for row in range(1, doubtful.MOST + 8)]
    found = told(issues(tmp_path, citizen(), *notes))
    assert [one[0] for one in found] == ["date-future"] * doubtful.MOST + ["more-of-the-same"]
    assert found[-1] == ("more-of-the-same", "done.csv", 0, "written_at", "7")
