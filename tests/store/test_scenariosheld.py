from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from backupreader.domain.scenarios.score import Held
from backupreader.store.copies import Copies
from backupreader.store.files import Files
from backupreader.store.scenariosheld import MOST_KEPT, Scenarios

NOW = datetime(2026, 11, 22, 8, 42, tzinfo=ZoneInfo("Europe/Copenhagen"))


def held(day: int = 0, by: str = "Søren Åkjær") -> Held:
    return Held(
        scenario="night",
        at=NOW + timedelta(days=day),
        by=by,
        minutes=14,
        plan="ab12",
        outcomes={"until": "helped", "call": "right", "shift": "missed"},
        left_out=("keys",),
    )


def test_what_was_noted_is_read_again_in_its_order(tmp_path: Path) -> None:
    record = Scenarios(tmp_path, Files())
    assert record.all() == ()
    record.held(held())
    record.held(held(1, '"<b>'))
    again = Scenarios(tmp_path, Files()).all()
    assert again == (held(), held(1, '"<b>'))
    assert list(again[0].outcomes) == ["until", "call", "shift"]


def test_the_newest_are_kept(tmp_path: Path) -> None:
    rows = [{"scenario": "night", "at": f"2026-01-01T00:{n % 60:02}Z", "by": "", "minutes": n, "plan": "", "steps": [], "left_out": []}
            for n in range(MOST_KEPT)]  # fmt: skip
    Copies(tmp_path / "state", "scenarios", Files()).write(rows)
    record = Scenarios(tmp_path, Files())
    record.held(held())
    kept = record.all()
    assert len(kept) == MOST_KEPT
    assert (kept[0].minutes, kept[-1]) == (1, held())


@pytest.mark.parametrize(
    "value", [{}, 7, [1, {"scenario": "night"}], [{"scenario": "x", "at": "2026-01-01", "by": "", "minutes": 1,
    "plan": "", "steps": [], "left_out": []}]]
)  # fmt: skip
def test_what_no_version_wrote_counts_as_not_there(tmp_path: Path, value) -> None:
    Copies(tmp_path / "state", "scenarios", Files()).write(value)
    assert Scenarios(tmp_path, Files()).all() == ()


def test_a_step_or_an_outcome_of_no_version_is_passed_over(tmp_path: Path) -> None:
    row = {"scenario": "night", "at": "2026-01-01T00:00Z", "by": "", "minutes": 1, "plan": "", "left_out": [],
           "steps": [["call", "right"], ["until", "splendid"], 7, ["x"]]}  # fmt: skip
    Copies(tmp_path / "state", "scenarios", Files()).write([row])
    (one,) = Scenarios(tmp_path, Files()).all()
    assert one.outcomes == {"call": "right"}
