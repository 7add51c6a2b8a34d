"""``plan check`` on the real command line: each finding by file and line, and the status that a script relies on."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from backupreader.cli import run
from backupreader.domain.errors import PLAN_DOUBTS, PLAN_UNREADABLE
from backupreader.language import CODES

DATA = Path(__file__).resolve().parents[1] / "data" / "plan"
DAY = "2999-01-01"


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """A plan in which nothing is to be mended, until it is asked in another year or with other settings."""
    shutil.copytree(DATA / "whole", tmp_path / "plan")
    change(tmp_path / "plan" / "plan.toml", "2027-01-10", DAY)
    change(tmp_path / "plan" / "units" / "nord.toml", "2027-01-10", DAY)
    change(tmp_path / "plan" / "plan.toml", "checked = 2026-06-01", "")
    return tmp_path / "plan"


def change(file: Path, old: str, new: str) -> int:
    """Write `new` for `old`; the line in which it stands."""
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def check(*words: str) -> int:
    return run(["plan", "check", *words])


def test_a_plan_in_which_nothing_is_found_says_so(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(str(plan), "--language", "en") == 0
    told = capsys.readouterr()
    assert told.out == "The plan can be used, and nothing was found that must be mended.\n"
    assert told.err == ""


def test_it_needs_nothing_of_a_pc_and_writes_nothing(plan: Path, tmp_path: Path) -> None:
    before = sorted(tmp_path.rglob("*"))
    assert check(str(plan), "--data", str(tmp_path / "no-such-folder")) == 0
    assert sorted(tmp_path.rglob("*")) == before


def test_doubts_are_told_by_file_and_line(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first = change(plan / "plan.toml", 'title = "When', 'title = "If')
    change(plan / "plan.toml", f"revise_by = {DAY}", "revise_by = 2020-01-01")
    change(plan / "units" / "nord.toml", 'unit = "Team Nord"', 'unit = "Team Nrod"')
    assert check(str(plan), "--language", "en") == PLAN_DOUBTS.status
    told = capsys.readouterr()
    lines = told.out.splitlines()
    assert lines[0] == f"{plan}/plan.toml:{first}: 'If the journal is down' should have been revised by 2020-01-01"
    assert lines[-1] == f"{plan}/units/nord.toml:1: The unit 'Team Nrod' is not among the 'units' of the plan"
    assert len(lines) == 3
    assert "3 findings" in told.err
    assert "[BR51]" in told.err


def test_the_expected_times_are_those_of_the_settings(
    plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = tmp_path / "settings.toml"
    settings.write_text('expected = ["05:30", "20:30"]\n', encoding="utf-8")
    assert check(str(plan), "--settings", str(settings), "--language", "en") == PLAN_DOUBTS.status
    assert "The window 'update' falls on 20:30, at which new data is expected" in capsys.readouterr().out


def test_faults_come_first_and_then_the_doubts(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(plan / "plan.toml", f"revise_by = {DAY}", "revise_by = 2020-01-01")
    change(plan / "plan.toml", 'order = ["it", "duty"]', 'order = ["it", "dutty"]')
    assert check(str(plan), "--language", "en") == PLAN_UNREADABLE.status
    told = capsys.readouterr()
    assert "names the contact 'dutty', which is not in the plan" in told.out.splitlines()[0]
    assert "should have been revised" in told.out
    assert f"The plan {plan} cannot be used: {len(told.out.splitlines())} findings stand above." in told.err
    assert "[BR48]" in told.err


def test_everything_that_is_wrong_is_told_at_once(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    hour = change(plan / "plan.toml", "fri,sat 08:00-13:00", "fri,sat 08:00-25:00")
    number = change(plan / "plan.toml", 'number = "112"', 'number = "one one two"')
    nord = change(plan / "units" / "nord.toml", 'at = "shift"', 'at = "shfit"')
    assert check(str(plan), "--language", "en") == PLAN_UNREADABLE.status
    lines = capsys.readouterr().out.splitlines()
    starts = [f"{plan}/plan.toml:{hour}: ", f"{plan}/plan.toml:{number}: ", f"{plan}/units/nord.toml:{nord}: "]
    assert [line.startswith(start) for line, start in zip(lines, starts, strict=True)] == [True] * 3


def test_one_file_is_told_by_its_own_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "ours.txt"
    file.write_text('title = "T"\nownr = "O"\nholidays.country = "DK"\n', encoding="utf-8")
    assert check(str(file), "--language", "en") == PLAN_UNREADABLE.status
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(": ")[0] for line in lines] == [f"{file}:1", f"{file}:2"]


@pytest.mark.parametrize("language", CODES)
def test_a_machine_gets_one_document(plan: Path, capsys: pytest.CaptureFixture[str], language: str) -> None:
    line = change(plan / "plan.toml", 'number = "112"', 'number = "x"')
    assert check(str(plan), "--json", "--language", language) == PLAN_UNREADABLE.status
    document = json.loads(capsys.readouterr().out)
    assert (document["plan"], document["usable"]) == (str(plan), False)
    (finding,) = document["findings"]
    assert (finding["file"], finding["line"], finding["stops"]) == (f"{plan}/plan.toml", line, True)
    assert "'number'" in finding["sentence"]


def test_a_machine_gets_a_document_also_where_nothing_can_be_taken(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert check(str(tmp_path / "none"), "--json", "--language", "en") == PLAN_UNREADABLE.status
    document = json.loads(capsys.readouterr().out)
    assert (document["usable"], document["findings"][0]["stops"]) == (False, True)
    assert check(str(tmp_path / "none"), "--language", "en") == PLAN_UNREADABLE.status
    told = capsys.readouterr()
    assert told.out == ""
    assert "No such file" in told.err


def test_it_obeys_nothing_that_a_plan_tells_the_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "plan.toml"
    file.write_text('"\\u001b[31mred" = 1\nowner = "O"\ntitle = "T"\nholidays.country = "\\u001b[2J"\n', "utf-8")
    for more in ((), ("--json",)):
        assert check(str(file), "--language", "en", *more) == PLAN_UNREADABLE.status
        told = capsys.readouterr()
        assert "\x1b" not in told.out + told.err
        assert "[31mred" in told.out


@pytest.mark.skipif(os.name == "nt", reason="pipes in folders are a thing of POSIX")
def test_a_pipe_in_the_folder_is_not_waited_for(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    os.mkfifo(plan / "units" / "syd.toml")
    assert check(str(plan), "--language", "en") == PLAN_UNREADABLE.status
    assert "syd.toml is no file" in capsys.readouterr().err


def test_a_plan_that_fits_into_no_package_is_told_before_anybody_exports_it(
    plan: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each file may be as large as it is; all of them together may not."""
    for number in range(3):
        unit = f'unit = "Team {number}"\ntitle = "T"\nowner = "O"\n#{"x" * 900_000}\n'
        (plan / "units" / f"{number}.toml").write_text(unit, encoding="utf-8")
    assert check(str(plan), "--language", "en") == PLAN_UNREADABLE.status
    assert f"{plan}/plan.toml:1: it does not fit into a package" in capsys.readouterr().out
    assert check(str(plan), "--json") == PLAN_UNREADABLE.status
    assert json.loads(capsys.readouterr().out)["usable"] is False
