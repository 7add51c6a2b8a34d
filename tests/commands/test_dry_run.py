"""``export --dry-run``: what shows only when everything is put together, and no reading of one source tells of."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from backupreader.cli import run
from backupreader.domain.errors import ISSUES_FOUND


@pytest.fixture
def option(tmp_path: Path) -> str:
    journal = tmp_path / "journal"
    journal.mkdir()
    (journal / "citizen.csv").write_text("id,name,unit\n7,Åse Prøve,gone\n", encoding="utf-8")
    (journal / "note.csv").write_text("id,citizen,text\n1,7,Sov godt\n2,8,Om en anden\n", encoding="utf-8")
    text = 'site = "nord"\ndata = "data"\n[[source]]\nname = "care"\npath = "journal"\n'
    (tmp_path / "settings.toml").write_text(text, encoding="utf-8")
    return f"--settings={tmp_path / 'settings.toml'}"


def test_a_trial_names_each_thing_that_did_not_come_with_its_file_and_row(
    option: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["export", "--dry-run", option, "--language", "en"]) == ISSUES_FOUND.status
    told = capsys.readouterr().out
    assert "note.csv, row 3: citizen refers to something that did not come: care:8" in told
    assert "citizen.csv, row 2: unit refers to something that did not come: care:gone" in told


def test_the_same_stands_in_the_document_for_a_machine(option: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["export", "--dry-run", "--json", option, "--language", "en"]) == ISSUES_FOUND.status
    found = json.loads(capsys.readouterr().out)["found"]
    assert [(one["severity"], one["file"], one["row"]) for one in found] == [
        ("error", "note.csv", 3),
        ("warning", "citizen.csv", 2),
    ]


@pytest.mark.skipif(sys.platform != "linux", reason="other disks take no such names")
def test_names_of_files_in_other_letters_stop_no_export(
    tmp_path: Path, option: str, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "journal" / os.fsdecode(b"b\xf8rn")
    folder.mkdir()
    (folder / os.fsdecode(b"l\xe6s.txt")).write_text("hej", encoding="utf-8")
    (folder / os.fsdecode(b"l\xe6s.pdf")).write_bytes(b"<html>")
    (folder / os.fsdecode(b"l\xe6s.tsv")).write_text("Borger-id\tCPR\n", encoding="utf-8")
    assert run(["export", "--dry-run", "--json", option, "--language", "en"]) == ISSUES_FOUND.status
    files = [one["file"] for one in json.loads(capsys.readouterr().out)["receipts"]]
    assert "b\\udcf8rn/l\\udce6s.txt" in files
    out = tmp_path / "our.toml"
    assert run(["sources", "profile", "new", str(folder), "--out", str(out)]) == 0
    assert 'name = "l?s.tsv"' in out.read_text(encoding="utf-8")
