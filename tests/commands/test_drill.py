"""``drill`` as a person goes through it, on the real command line, and what ``status`` tells of it afterwards."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from backupreader.cli import run
from backupreader.domain.errors import DRILL_FAILED
from backupreader.domain.trouble import WRONG_USAGE
from backupreader.settings import Settings
from backupreader.store.drills import Drills
from backupreader.store.files import Files
from backupreader.store.generations import Store
from sync.export import export
from sync.receive import receive
from tests.sync.town import SITE, WORDS, backup_pc, exporter, write_export

ROOT = Path(__file__).parents[2]
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def received(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("town")
    write_export(folder / "journal")
    machine = exporter(folder, folder / "room12" / "inbox")
    pc = backup_pc(folder, machine)
    export(machine, datetime(2026, 11, 22, 8, 42, tzinfo=ZoneInfo("Europe/Copenhagen")))
    receive(pc)
    return folder


@pytest.fixture
def pc(received: Path, tmp_path: Path) -> Settings:
    shutil.copytree(received / "room12", tmp_path / "room12")
    (tmp_path / "words.txt").write_text(WORDS, encoding="utf-8")
    (tmp_path / "settings.toml").write_text(f'site = "{SITE}"\ndata = "room12"\n', encoding="utf-8")
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


def drill_words(pc: Settings, *more: str) -> list[str]:
    return ["drill", "--passphrase-file", str(pc.data.parent / "words.txt"), *more]


def test_a_drill_that_passes_is_told_step_by_step_and_recorded(pc: Settings, verb: Run):
    paper = pc.data.parent / "page.pdf"
    status, said, wrong = verb(*drill_words(pc, "--search", "kanariefugl1", "--out", str(paper), "--yes"))
    assert (status, wrong) == (0, "")
    assert [line for line in said.splitlines() if line.startswith("✓")] == [
        "✓ The program passes its own test.",
        "✓ 1 generation is whole.",
        "✓ The data is open for Anna Holm.",
        "✓ 1 citizen was found.",
        f"✓ The test page lies in {paper}.",
        "✓ The clock is right.",
    ]
    assert "would be gone afterwards, in this drill too" in said, "a code must not be used up unsaid"
    assert said.endswith("The drill passed: 6 steps of 6.\n")
    assert b"Kanariefugl" not in paper.read_bytes()
    drill = Drills(pc.data, Files()).last()
    assert drill is not None
    assert (drill.by, drill.passed, drill.notes) == ("Anna Holm", True, ())


def test_what_fails_is_named_with_what_to_do_and_the_rest_is_still_tried(pc: Settings, verb: Run):
    (pc.data.parent / "words.txt").write_text("not the right words", encoding="utf-8")
    status, said, wrong = verb(
        *drill_words(pc, "--search", "kanariefugl1", "--out", str(pc.data / "no" / "page.pdf"), "--yes")
    )
    assert status == DRILL_FAILED.status
    assert "[BR15]" in wrong
    assert "[BR25]" in wrong
    assert "The drill did not pass: unlocking; a search; a page on paper.  [BR42]" in wrong
    assert "✗ the vault was not opened" in said
    assert "✓ The clock is right." in said
    drill = Drills(pc.data, Files()).last()
    assert drill is not None
    assert (drill.by, drill.passed, drill.notes) == ("", False, ("unlocking", "a search", "a page on paper"))


def test_a_citizen_who_is_not_found_and_a_damaged_store_fail_the_drill(pc: Settings, verb: Run):
    (generation,) = Store(pc.data, Files()).list()
    database = generation.database
    content = bytearray(database.read_bytes())
    content[-100] ^= 1
    status, said, _ = verb(
        *drill_words(pc, "--search", "nobody-of-that-name", "--out", str(pc.data / "p.pdf"), "--yes")
    )
    assert status == DRILL_FAILED.status
    assert "✗ Nobody was found for 'nobody-of-that-name'." in said
    database.chmod(0o600)
    database.write_bytes(content)
    status, _, wrong = verb(*drill_words(pc, "--search", "kanariefugl1", "--out", str(pc.data / "p.pdf"), "--yes"))
    assert status == DRILL_FAILED.status
    assert "did not pass: the data on this PC; unlocking; a search." in wrong


def test_where_nobody_can_be_asked_the_answers_must_be_said(pc: Settings, verb: Run):
    assert verb(*drill_words(pc, "--search", "x"))[0] == WRONG_USAGE
    assert verb(*drill_words(pc, "--yes"))[0] == WRONG_USAGE
    assert verb(*drill_words(pc, "--search", "x", "--yes", "--out", "p.pdf", "--printer", "P"))[0] == WRONG_USAGE
    assert Drills(pc.data, Files()).all() == ()


@pytest.mark.skipif(sys.platform == "win32", reason="plays a terminal")
@pytest.mark.parametrize(("clock", "status"), [("y", 0), ("ja", 0), ("n", DRILL_FAILED.status), ("", 42)])
def test_on_a_terminal_the_person_is_asked(pc: Settings, clock: str, status: int):
    import pty

    ours, theirs = pty.openpty()
    words = drill_words(pc, "--out", str(pc.data / "p.pdf"), "--settings", str(pc.data.parent / "settings.toml"))
    os.write(ours, f"kanariefugl2\n{clock}\n".encode())
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
    assert done.returncode == status, done.stdout + done.stderr
    assert "The name of a citizen you know: " in done.stdout
    assert "Does your watch say the same? (y/n)" in done.stdout
    assert ("✗ The clock of this PC is wrong" in done.stdout) == bool(status)


def test_a_page_goes_to_the_usual_printer(pc: Settings, verb: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    programs = tmp_path / "programs"
    programs.mkdir()
    listed = 'echo "printer A is idle.  enabled"; echo "printer Ward is idle.  enabled"'
    scripts = {
        "lp": f'cat > {tmp_path}/paper; echo "request id is $2-1 (0 file(s))"',
        "lpstat": f'case "$1" in -l) {listed};; -d) echo "system default destination: Ward";; esac',
    }
    for name, script in scripts.items():
        (programs / name).write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        (programs / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}:/bin:/usr/bin")
    status, said, wrong = verb(*drill_words(pc, "--search", "kanariefugl1", "--yes"))
    assert status == 0, wrong
    assert "✓ The test page was printed on Ward." in said
    assert (tmp_path / "paper").read_bytes().startswith(b"%PDF")
    monkeypatch.setenv("PATH", str(tmp_path))
    status, _, wrong = verb(*drill_words(pc, "--search", "kanariefugl1", "--yes"))
    assert status == DRILL_FAILED.status
    assert "this PC knows no printer" in wrong


def test_status_tells_of_the_last_drill_and_when_the_next_is_due(pc: Settings, verb: Run):
    status, said, _ = verb("status")
    assert status == 0
    assert "No drill has passed here for 90 days: hold one." in said
    told = json.loads(verb("status", "--json")[1])["drill"]
    assert told == {"last": None, "last_passed": None, "overdue": True, "opened": None}
    verb(*drill_words(pc, "--search", "nobody-of-that-name", "--out", str(pc.data / "p.pdf"), "--yes"))
    status, said, _ = verb("status")
    assert status == 0, "a drill changes no exit status"
    assert "by Anna Holm: not passed." in said
    assert "No drill has passed here" in said
    verb(*drill_words(pc, "--search", "kanariefugl1", "--out", str(pc.data / "p.pdf"), "--yes"))
    said = verb("status")[1]
    assert "by Anna Holm: passed." in said
    assert "No drill has passed here" not in said
    told = json.loads(verb("status", "--json")[1])["drill"]
    assert (told["last"]["by"], told["last"]["passed"], told["last"]["failed"]) == ("Anna Holm", True, [])
    assert told["opened"]["by"] == "Anna Holm"
    assert told["overdue"] is False
    with (pc.data.parent / "settings.toml").open("a") as file:
        file.write("drill_days = 0\n")
    shutil.rmtree(pc.data / "state")
    assert "drill" not in verb("status")[1]
