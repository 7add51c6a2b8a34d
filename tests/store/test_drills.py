from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from backupreader.store.copies import Copies
from backupreader.store.drills import MOST_KEPT, Drill, Drills, Opening, overdue
from backupreader.store.files import Files

NOW = datetime(2026, 11, 22, 8, 42, tzinfo=timezone(timedelta(hours=1)))


def drill(day: int = 0, *, passed: bool = True) -> Drill:
    notes = () if passed else ("unlocking",)
    return Drill(kind="drill", at=NOW + timedelta(days=day), by="Søren Åkjær", passed=passed, notes=notes)


def test_what_was_noted_is_read_again(tmp_path: Path):
    record = Drills(tmp_path, Files())
    assert (record.last(), record.last_passed(), record.last_opening(), record.all()) == (None, None, None, ())
    record.held(drill(1))
    record.opened(Opening(NOW, "Anna Holm"))
    record.held(drill(2, passed=False))
    again = Drills(tmp_path, Files())
    assert again.all() == (drill(1), drill(2, passed=False))
    assert again.last() == drill(2, passed=False)
    assert again.last_passed() == drill(1)
    assert again.last_opening() == Opening(NOW, "Anna Holm")


def test_the_newest_are_kept(tmp_path: Path):
    record = Drills(tmp_path, Files())
    for day in range(MOST_KEPT + 3):
        record.held(drill(day))
    assert record.all()[0] == drill(3)
    assert len(record.all()) == MOST_KEPT


def test_one_damaged_copy_costs_the_latest_note_only(tmp_path: Path):
    record = Drills(tmp_path, Files())
    record.held(drill(1))
    record.held(drill(2))
    (tmp_path / "state" / "drills-b.json").write_bytes(b"{}")
    assert record.last() == drill(1)


@pytest.mark.parametrize(
    "value",
    [
        [],
        {"drills": 7, "opening": "x"},
        {"drills": [1, {"kind": "drill"}], "opening": {"at": "x", "by": "y"}},
        {
            "drills": [{"kind": "drill", "at": "2026-11-22T08:42", "by": "", "passed": 1, "notes": []}],
            "opening": {"at": "2026-11-22T08:42", "by": "no zone"},
        },
        {"drills": [{"kind": "drill", "at": "2026-11-22T08:42Z", "by": "", "passed": 2, "notes": []}]},
    ],
)
def test_what_no_version_wrote_counts_as_not_there(tmp_path: Path, value):
    Copies(tmp_path / "state", "drills", Files()).write(value)
    record = Drills(tmp_path, Files())
    assert (record.all(), record.last_opening()) == ((), None)


def test_a_drill_is_due_when_the_last_one_that_passed_is_too_old_or_there_is_none():
    at = datetime(2026, 8, 1, tzinfo=UTC)
    assert not overdue(at, at + timedelta(days=90), 90)
    assert overdue(at, at + timedelta(days=90, seconds=1), 90)
    assert overdue(None, at, 90)
    assert not overdue(None, at, 0)
    assert not overdue(at, at + timedelta(days=9_000), 0)
    assert not overdue(at, at - timedelta(days=9_000), 90), "a clock that was set back makes no drill due"
