"""``evidence``: what was practised and checked on this PC, for people, for machines and on paper; no unlock."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from backupreader.cli import run
from backupreader.domain.scenarios.score import Held
from backupreader.domain.shiftcheck import POINTS, ShiftCheck
from backupreader.domain.trouble import WRONG_USAGE
from backupreader.settings import Settings
from backupreader.store.drills import Drill, Drills
from backupreader.store.files import Files
from backupreader.store.scenariosheld import Scenarios
from backupreader.store.shiftchecks import ShiftChecks

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def pc(tmp_path: Path) -> Settings:
    (tmp_path / "settings.toml").write_text('site = "nordby"\ndata = "room12"\n', encoding="utf-8")
    return Settings(site="nordby", data=tmp_path / "room12")


@pytest.fixture
def verb(pc: Settings, capsys: pytest.CaptureFixture[str]) -> Run:
    def run_it(*words: str) -> tuple[int, str, str]:
        capsys.readouterr()
        status = run([*words, "--settings", str(pc.data.parent / "settings.toml"), "--language", "en"])
        said = capsys.readouterr()
        return status, said.out, said.err

    return run_it


def practised(pc: Settings, ago: timedelta = timedelta(days=1)) -> None:
    at, files = datetime.now(ZoneInfo("Europe/Copenhagen")) - ago, Files()
    Drills(pc.data, files).held(Drill(kind="drill", at=at, by="", passed=False, notes=("unlocking",)))
    Drills(pc.data, files).held(Drill(kind="drill", at=at, by="Anna  Holm", passed=True))
    outcomes = {"call": "right", "shift": "missed"}
    one = Held(scenario="night", at=at, by="anna holm", minutes=14, plan="ab", outcomes=outcomes)
    Scenarios(pc.data, files).held(one)
    good = dict.fromkeys(POINTS, "good")
    for verdicts in (good, good | {"clock": "not-good"}):
        ShiftChecks(pc.data, files).made(ShiftCheck(at=at, shift="night", day=at.date(), by="Bo", verdicts=verdicts))


def test_nothing_was_practised_on_a_new_pc(verb: Run) -> None:
    status, said, _ = verb("evidence")
    assert status == 0
    assert said == "In 365 days: 0 drills, 0 scenarios by 0 people, 0 shift checks.\n"


def test_what_was_practised_is_told_without_the_checks_that_were_good(pc: Settings, verb: Run) -> None:
    practised(pc)
    status, said, wrong = verb("evidence")
    assert (status, wrong) == (0, "")
    lines = said.splitlines()
    assert lines[0] == "In 365 days: 2 drills, 1 scenarios by 1 people, 2 shift checks."
    assert len(lines) == 5
    assert any(line.endswith("–  Drill  Not passed: unlocking") for line in lines)
    assert any(
        "anna holm  At night: the journal system is down  1 of 2 right at once. Worth another look" in line
        for line in lines
    )
    assert any(line.endswith("Bo  Shift check  The shift check is done. Not good: the clock.") for line in lines)


def test_what_is_older_than_was_asked_for_is_left_out(pc: Settings, verb: Run) -> None:
    practised(pc, timedelta(days=20))
    assert "2 drills" in verb("evidence", "--days", "21")[1]
    assert "0 drills, 0 scenarios by 0 people, 0 shift checks" in verb("evidence", "--days", "19")[1]
    assert verb("evidence", "--days", "0")[0] == WRONG_USAGE


def test_a_machine_reads_it_whole_and_a_paper_is_made_beside_it(pc: Settings, verb: Run) -> None:
    practised(pc)
    paper = pc.data.parent / "evidence.pdf"
    status, said, told = verb("evidence", "--json", "--out", str(paper))
    assert status == 0
    found = json.loads(said)
    assert (found["days"], found["people"], found["plan"]) == (365, 1, None)
    assert [one["passed"] for one in found["drills"]] == [True, False]
    assert found["scenarios"][0]["steps"] == [["call", "right"], ["shift", "missed"]]
    assert [one["points"]["clock"] for one in found["shift_checks"]] == ["not-good", "good"]
    assert paper.read_bytes().startswith(b"%PDF")
    assert str(paper) in told
    assert verb("evidence", "--out", str(pc.data.parent / "no" / "evidence.pdf"))[0] != 0
