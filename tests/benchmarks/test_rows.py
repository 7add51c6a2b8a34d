"""Every row of the benchmarks runs, on a municipality so small that its figures say nothing but that they are figures."""

from __future__ import annotations

import json
import math
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
EXPECTED = {"B1", "B2", "B3", "B4", "B5", "B6", "B7", "B8", "B9", "B10", "B11", "B12", "B13", "B14", "B15", "B16"}
ONLY_POSIX = {"B5"}


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> list[dict]:
    ran = _bench("--size", "tiny", "--rounds", "1", "--json", "--work", str(tmp_path_factory.mktemp("bench")))
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)["rows"]


def test_every_row_is_measured(rows: list[dict]) -> None:
    assert {row["id"] for row in rows} >= EXPECTED - (ONLY_POSIX if os.name == "nt" else set())


def test_every_row_says_what_it_measures_and_whether_its_goal_is_met(rows: list[dict]) -> None:
    for row in rows:
        assert list(row) == ["id", "what", "ours", "peer", "ratio", "goal", "met"]
        sign, bound = re.fullmatch(r"([≤≥]) ([0-9.]+)", row["goal"]).groups()
        assert all(math.isfinite(row[figure]) and row[figure] > 0 for figure in ("ours", "peer", "ratio")), row
        assert row["met"] == (row["ratio"] <= float(bound) if sign == "≤" else row["ratio"] >= float(bound)) or (
            math.isclose(row["ratio"], float(bound), rel_tol=1e-3)
        )


def test_a_row_that_does_not_exist_is_refused_by_name() -> None:
    ran = _bench("--only", "B5,B99")
    assert ran.returncode == 2
    assert "B99" in ran.stderr


def _bench(*words: str) -> subprocess.CompletedProcess[str]:
    surroundings = {**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen", "PYTHONUTF8": "1"}
    command = [sys.executable, ROOT / "tests" / "benchmarks" / "bench.py", *words]
    return subprocess.run(command, env=surroundings, capture_output=True, text=True, check=False)
