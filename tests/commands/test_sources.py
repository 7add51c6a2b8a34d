"""``sources list`` and ``sources try``: what IT sees before anything is sent."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from backupreader.cli import run
from backupreader.domain.errors import ALREADY_THERE, ISSUES_FOUND, NO_SOURCE, NOT_CLAIMED
from backupreader.language import CODES
from sync.adapters import adapters
from sync.profile import SHIPPED

BROKEN = Path(__file__).resolve().parents[1] / "data" / "tables"


def folder(path: Path, name: str) -> Path:
    path.mkdir(exist_ok=True)
    shutil.copyfile(BROKEN / f"{name}.csv", path / "note.csv")
    return path


def settings(tmp_path: Path, *paths: Path) -> str:
    text = "".join(f'[[source]]\nname = "s{number}"\npath = "{path.as_posix()}"\n' for number, path in enumerate(paths))
    (tmp_path / "settings.toml").write_text(text, encoding="utf-8")
    return f"--settings={tmp_path / 'settings.toml'}"


def test_try_shows_counts_and_the_first_rows(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["sources", "try", str(folder(tmp_path / "x", "whole")), "--language", "en"]) == 0
    told = capsys.readouterr().out
    assert "1 files are read by table / canonical." in told
    assert "Borgeren spiste på stuen" in told
    assert "note" in told


@pytest.mark.parametrize("language", CODES)
def test_try_names_every_issue_with_its_file_and_row(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], language: str
) -> None:
    path = folder(tmp_path / "x", "bad-date")
    assert run(["sources", "try", str(path), "--language", language]) == ISSUES_FOUND.status
    told = capsys.readouterr()
    assert "note.csv, " in told.out
    assert "written_at" in told.out
    assert "31-02-2026" in told.out
    assert "[BR10]" in told.err


def test_try_prints_one_document_for_a_machine(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = folder(tmp_path / "x", "column-unknown")
    (path / "other.bin").write_bytes(b"\0\1")
    assert run(["sources", "try", str(path), "--json", "--language", "en"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["reads"] == [{"adapter": "table", "profile": "canonical", "files": [str(path / "note.csv")]}]
    assert document["not_read"] == [str(path / "other.bin")]
    assert document["tables"]["note"]["filed"] == 1
    told = [(issue["code"], issue["file"], issue["row"], issue["column"]) for issue in document["issues"]]
    assert told == [("file-not-read", "other.bin", 0, None), ("column-left-unread", "note.csv", 1, "mood")]
    assert document["issues"][1]["sentence"] == "The column mood is not in the profile and was left unread."


def test_two_readers_of_one_table_are_told_apart_and_add_up(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = folder(tmp_path / "x", "whole")
    (path / "Patient.ndjson").write_text('{"resourceType":"Patient","id":"1","name":[{"text":"Bo"}]}\n', "utf-8")
    (path / "citizen.csv").write_text("id,name\n7,Åse\n8,Ida\n", encoding="utf-8")
    assert run(["sources", "try", str(path), "--language", "en"]) == 0
    told = capsys.readouterr().out
    assert "citizen (fhir)" in told
    assert "citizen (table / canonical)" in told
    assert run(["sources", "try", str(path), "--json", "--language", "en"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert (document["tables"]["citizen"]["read"], document["tables"]["citizen"]["filed"]) == (3, 3)
    delivered = {(one["reader"], one["table"]): one["filed"] for one in document["deliveries"]}
    assert (delivered["fhir", "citizen"], delivered["table / canonical", "citizen"]) == (1, 2)


def test_many_issues_of_one_kind_are_counted_and_hide_no_other(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = "".join(f"{number},7,Text,2026-02-31T10:00,x\n" for number in range(500))
    (tmp_path / "note.csv").write_text(f"id,citizen,text,written_at,mood\n{rows}", encoding="utf-8")
    assert run(["sources", "try", str(tmp_path), "--language", "en"]) == ISSUES_FOUND.status
    told = capsys.readouterr().out
    assert "(500):" in told
    assert told.count("note.csv, row") == 11  # ten dates, and the column that is left unread
    assert "… and 490 more of the same, in 1 files: --json names each of them." in told
    assert run(["sources", "try", str(tmp_path), "--json", "--language", "en"]) == ISSUES_FOUND.status
    assert len(json.loads(capsys.readouterr().out)["issues"]) == 501


def test_try_with_a_profile_says_what_that_profile_lacks(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = folder(tmp_path / "x", "column-missing")
    assert run(["sources", "try", str(path), "--language", "en"]) == NOT_CLAIMED.status
    assert run(["sources", "try", str(path), "--profile", "canonical", "--language", "en"]) == 8
    assert "text" in capsys.readouterr().err


def test_try_obeys_nothing_that_a_file_tells_the_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "note.csv"
    path.write_text("id,citizen,text\n1,2,[red]\x1b[31mred[/red]\n", encoding="utf-8")
    assert run(["sources", "try", str(path), "--language", "en"]) == 0
    told = capsys.readouterr().out
    assert "\x1b" not in told
    assert "[red] [31mred[/red]" in told


def test_a_door_code_is_not_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "access_code.csv").write_text("id,citizen,access,code\n1,2,3,98761\n", encoding="utf-8")
    for more in ([], ["--json"]):
        assert run(["sources", "try", str(tmp_path), "--language", "en", *more]) == 0
        assert "98761" not in capsys.readouterr().out


def test_list_says_who_reads_each_source(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    option = settings(tmp_path, folder(tmp_path / "x", "whole"))
    assert run(["sources", "list", "--json", option]) == 0
    document = json.loads(capsys.readouterr().out)
    (source,) = document["sources"]
    assert source["name"] == "s0"
    assert (source["reads"][0]["adapter"], source["reads"][0]["profile"], source["reads"][0]["files"]) == (
        "table",
        "canonical",
        1,
    )
    assert document["adapters"] == [member.name for member in adapters()]
    systems = {system["name"]: system for system in document["systems"]}
    assert systems["FMK"]["state"] == "standard"
    assert systems["Bekey"]["ways"][0]["profile"] == "bekey"
    assert systems["KMD Nexus Mobile"]["state"] == "card"
    assert set(document["profiles"]) == {*SHIPPED, "prints"}
    assert run(["sources", "list", option, "--language", "en"]) == 0
    told = capsys.readouterr().out
    assert "table / canonical" in told
    assert "nexus: Danish lists" in told


def test_list_goes_on_after_a_source_that_is_missing_and_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    option = settings(tmp_path, tmp_path / "gone", folder(tmp_path / "x", "whole"))
    assert run(["sources", "list", option, "--language", "en"]) == NO_SOURCE.status
    told = capsys.readouterr()
    assert "table / canonical" in told.out
    assert "[BR04]" in told.err


def test_list_without_sources_says_so(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert run(["sources", "list", settings(tmp_path), "--language", "en"]) == 0
    assert "The settings name no source yet." in capsys.readouterr().out


def test_a_first_profile_is_written_once_and_never_over_another(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "Borgere.csv").write_text("Borger-id;CPR;Fornavn\r\n", encoding="utf-8")
    out = tmp_path / "our.toml"
    told = ["sources", "profile", "new", str(tmp_path / "Borgere.csv"), "--out", str(out), "--language", "en"]
    assert run(told) == 0
    written = out.read_text(encoding="utf-8")
    assert 'given = "Fornavn"' in written
    capsys.readouterr()
    assert run(told) == ALREADY_THERE.status
    assert out.read_text(encoding="utf-8") == written


def test_a_first_profile_is_named_after_the_folder_that_one_stands_in(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "lister").mkdir()
    (tmp_path / "lister" / "Borgere.csv").write_text("Borger-id;CPR;Fornavn\r\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path / "lister")
    assert run(["sources", "profile", "new", ".", "--language", "en"]) == 0
    told = capsys.readouterr().out
    assert "made from the headings of lister." in told
    assert 'about = "The lists in lister"' in told
