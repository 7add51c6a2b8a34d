"""``shift-check`` on the real command line: without unlocking, in a minute, and what ``status`` tells of it."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from backupreader.cli import run
from backupreader.domain.shiftcheck import POINTS
from backupreader.domain.trouble import WRONG_USAGE
from backupreader.settings import Settings
from backupreader.store.files import Files
from backupreader.store.shiftchecks import ShiftChecks
from sync.export import export
from sync.receive import receive
from tests.sync.town import SITE, backup_pc, exporter, write_export

ROOT = Path(__file__).parents[2]
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def received(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("town")
    write_export(folder / "journal")
    machine = exporter(folder, folder / "room12" / "inbox")
    pc = backup_pc(folder, machine)
    export(machine, datetime.now(pc.timezone()))
    receive(pc)
    return folder


@pytest.fixture
def pc(received: Path, tmp_path: Path) -> Settings:
    shutil.copytree(received / "room12", tmp_path / "room12")
    (tmp_path / "settings.toml").write_text(f'site = "{SITE}"\ndata = "room12"\nexpected = []\n', encoding="utf-8")
    return Settings(site=SITE, data=tmp_path / "room12")


@pytest.fixture
def verb(pc: Settings, capsys: pytest.CaptureFixture[str]) -> Run:
    def run_it(*words: str) -> tuple[int, str, str]:
        settings = ["--settings", str(pc.data.parent / "settings.toml"), "--language", "en"]
        capsys.readouterr()
        status = run([*words, *settings])
        said = capsys.readouterr()
        return status, said.out, said.err

    return run_it


def last(pc: Settings):
    check = ShiftChecks(pc.data, Files()).last()
    assert check is not None
    return check


def test_it_needs_no_words_and_records_each_point(pc: Settings, verb: Run) -> None:
    paper = pc.data.parent / "page.pdf"
    status, said, wrong = verb("shift-check", "--by", "Anna Holm", "--yes", "--out", str(paper))
    assert (status, wrong) == (0, "")
    assert paper.read_bytes().startswith(b"%PDF")
    check = last(pc)
    assert check.by == "Anna Holm"
    assert [point for point in POINTS if check.of(point) == "good"] == list(POINTS[:-1])
    assert check.undone == ("cards",), "there is no plan on this PC"
    assert "There is no plan on this PC. Tell IT." in said
    assert said.endswith("Not done: the plan's dates.\n")


def test_what_is_not_good_is_recorded_with_what_to_do_and_ends_well(pc: Settings, verb: Run) -> None:
    words = ("shift-check", "--by", "Bo", "--yes", "--out", str(pc.data.parent / "p.pdf"))
    status, said, _ = verb(*words, "--not-good", "clock", "--not-good", "paper")
    assert status == 0, "a check that has found something has done its work"
    assert "✗ the clock: not good\n  Have IT set the clock" in said
    assert last(pc).wrong == ("clock", "paper")
    status, said, _ = verb("status")
    assert "by Bo. The shift check is recorded. Not good: the clock, paper and toner" in said
    assert "No shift check was made here" not in said


def test_a_printer_that_is_not_there_is_not_good(pc: Settings, verb: Run, monkeypatch, tmp_path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    status, _, wrong = verb("shift-check", "--by", "Bo", "--yes")
    assert status == 0
    assert "BR23" in wrong
    assert last(pc).wrong == ("print",)


def test_data_that_is_too_old_is_found_by_the_pc_itself(pc: Settings, verb: Run) -> None:
    shutil.rmtree(pc.data / "generations")
    verb("shift-check", "--by", "Bo", "--yes", "--out", str(pc.data.parent / "p.pdf"))
    assert last(pc).wrong == ("data",)


def test_where_nobody_can_be_asked_the_answers_must_be_said(pc: Settings, verb: Run) -> None:
    for words in ((), ("--yes",), ("--by", "Bo"), ("--by", " ", "--yes"), ("--json", "--by", "Bo")):
        assert verb("shift-check", *words)[0] == WRONG_USAGE, words
    assert verb("shift-check", "--by", "Bo", "--yes", "--not-good", "moon")[0] == WRONG_USAGE
    assert verb("shift-check", "--by", "Bo", "--yes", "--out", "p.pdf", "--printer", "P")[0] == WRONG_USAGE
    assert ShiftChecks(pc.data, Files()).all() == ()


def test_a_machine_reads_it_and_those_before(pc: Settings, verb: Run) -> None:
    assert json.loads(verb("shift-check", "--list", "--json")[1]) == []
    assert "No shift check was made on this PC." in verb("shift-check", "--list")[1]
    assert json.loads(verb("status", "--json")[1])["shift_check"] == {"last": None, "due": True}
    words = ("shift-check", "--by", "Bo", "--yes", "--out", str(pc.data.parent / "p.pdf"))
    made = json.loads(verb(*words, "--json")[1])
    assert made["by"] == "Bo"
    assert made["points"] == dict.fromkeys(POINTS[:-1], "good") | {"cards": "not-done"}
    assert json.loads(verb("shift-check", "--list", "--json")[1]) == [made]
    assert json.loads(verb("status", "--json")[1])["shift_check"] == {"last": made, "due": False}
    assert "Bo  The shift check is recorded." in verb("shift-check", "--list")[1]


def test_it_can_be_switched_off(pc: Settings, verb: Run) -> None:
    assert "No shift check was made here for 24 hours: make one." in verb("status")[1]
    with (pc.data.parent / "settings.toml").open("a") as file:
        file.write("shift_check_hours = 0\n")
    assert "shift check" not in verb("status")[1]


@pytest.mark.skipif(sys.platform == "win32", reason="plays a terminal")
def test_on_a_terminal_the_person_is_asked(pc: Settings) -> None:
    import pty

    ours, theirs = pty.openpty()
    words = ["shift-check", "--out", str(pc.data / "p.pdf"), "--settings", str(pc.data.parent / "settings.toml")]
    os.write(ours, b"Anna\ny\nn\n\n")
    done = subprocess.run(
        [sys.executable, "-m", "backupreader", *words, "--language", "en"],
        cwd=ROOT,
        stdin=theirs,
        capture_output=True,
        text=True,
        check=False,
    )
    os.close(theirs)
    os.close(ours)
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(r"Is it \d\d:\d\d now\?", done.stdout)
    check = last(pc)
    assert (check.by, check.of("print"), check.wrong) == ("Anna", "good", ("clock",))
    assert check.undone == ("paper", "cards")
