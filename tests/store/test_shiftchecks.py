from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from backupreader.domain.shiftcheck import POINTS, Point, ShiftCheck, Verdict
from backupreader.store import shiftchecks
from backupreader.store.copies import Copies
from backupreader.store.files import Files
from backupreader.store.shiftchecks import LEAST_KEPT, ShiftChecks

NOW = datetime(2026, 11, 22, 8, 42, tzinfo=ZoneInfo("Europe/Copenhagen"))


def check(hours: float = 0, by: str = "Søren Åkjær", **other: Verdict) -> ShiftCheck:
    at = NOW + timedelta(hours=hours)
    verdicts: dict[Point, Verdict] = {point: other.get(point, "good") for point in POINTS}
    return ShiftCheck(at=at, shift="night", day=at.date(), by=by, verdicts=verdicts)


def test_what_was_noted_is_read_again(tmp_path: Path) -> None:
    record = ShiftChecks(tmp_path, Files())
    assert (record.last(), record.all()) == (None, ())
    made = [check(), check(8, print="not-good"), check(16, by='"><b>', cards="not-done")]
    for one in made:
        record.made(one)
    again = ShiftChecks(tmp_path, Files()).all()
    assert [(one.at, one.shift, one.day, one.by, one.verdicts) for one in again] == [
        (one.at, one.shift, one.day, one.by, one.verdicts) for one in made
    ]
    assert again[1].wrong == ("print",)


def test_a_year_is_kept_and_at_least_the_newest_two_hundred(tmp_path: Path) -> None:
    value = [shiftchecks.document(check(-24 * day)) for day in range(900, 0, -3)]
    Copies(tmp_path / "state", "shift-checks", Files()).write(value)
    record = ShiftChecks(tmp_path, Files())
    assert len(record.all()) == 300
    record.made(check())
    assert len(record.all()) == LEAST_KEPT, "one every third day: the newest 200 go back more than a year"
    value = [shiftchecks.document(check(-8 * time)) for time in range(1_500, 0, -1)]
    Copies(tmp_path / "state", "shift-checks", Files()).write(value)
    record.made(check())
    kept = record.all()
    assert NOW - kept[0].at <= timedelta(days=366)
    assert len(kept) == 366 * 3 + 1, "three a day: all of a year"


def test_one_damaged_copy_costs_the_latest_note_only(tmp_path: Path) -> None:
    record = ShiftChecks(tmp_path, Files())
    record.made(check(1))
    record.made(check(2))
    (tmp_path / "state" / "shift-checks-b.json").write_bytes(b"{}")
    assert [one.at for one in record.all()] == [check(1).at]


@pytest.mark.parametrize(
    "value",
    [
        {},
        7,
        [1, {"at": "x"}],
        [{"at": "2026-11-22T08:42", "shift": "night", "day": "2026-11-22", "by": "no zone", "points": {}}],
        [{"at": "2026-11-22T08:42Z", "shift": "dawn", "day": "2026-11-22", "by": "", "points": {}}],
        [{"at": "2026-11-22T08:42Z", "shift": "night", "day": "22/11", "by": "", "points": {}}],
    ],
)
def test_what_no_version_wrote_counts_as_not_there(tmp_path: Path, value) -> None:
    Copies(tmp_path / "state", "shift-checks", Files()).write(value)
    assert ShiftChecks(tmp_path, Files()).all() == ()


def test_a_point_or_a_verdict_of_another_version_counts_as_not_done(tmp_path: Path) -> None:
    value = [
        {
            "at": "2026-11-22T08:42Z",
            "shift": "night",
            "day": "2026-11-22",
            "by": "",
            "points": {"data": "splendid", "moon": "good", "clock": "good"},
        }
    ]
    Copies(tmp_path / "state", "shift-checks", Files()).write(value)
    (one,) = ShiftChecks(tmp_path, Files()).all()
    assert one.verdicts == {"clock": "good"}
    assert one.undone == ("data", "print", "paper", "cards")
