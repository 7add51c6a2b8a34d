"""A first profile from a site's own headings: what is known is proposed, what is not is left to a person."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from backupreader.domain.errors import NO_SOURCE
from backupreader.domain.records import Citizen
from backupreader.domain.trouble import ReaderError
from sync.adapter import Source
from sync.profile import Profile, load
from sync.tables.delivering import Export
from sync.tables.proposing import propose

HEAD = "Borger-id;CPR;Fornavn;Efternavn;Fødselsdato;Status;Skostørrelse"
ROW = "7;010190-1234;Åse;Sørensen;01-01-1990;Hjemme;hemmelig-42"


def lists(folder: Path, encoding: str = "cp1252") -> Path:
    (folder / "Borgere.csv").write_text(f"{HEAD}\r\n{ROW}\r\n", encoding=encoding, newline="")
    return folder


def test_known_headings_are_proposed_and_the_rest_is_left_to_a_person(tmp_path: Path) -> None:
    text = propose(lists(tmp_path), "Vores lister")
    raw = tomllib.loads(text)
    assert raw["name"] == "vores-lister"
    assert raw["form"]["encoding"] == "cp1252"
    assert raw["form"]["delimiter"] == ";"
    assert raw["form"]["moments"] == ["%d-%m-%Y"]
    (record,) = raw["file"][0]["record"]
    assert record["table"] == "citizen"
    assert record["identifiers"] == [{"column": "CPR"}]
    assert record["fields"]["birth_date"] == "Fødselsdato"
    assert record["fields"]["status"]["codes"] == {"Hjemme": "home"}
    assert '#? … = "Skostørrelse"' in text


def test_no_cell_of_the_lists_stands_in_the_profile(tmp_path: Path) -> None:
    text = propose(lists(tmp_path), "our")
    assert not [cell for cell in ROW.split(";") if cell in text and cell not in {"7", "Hjemme"}]


def test_a_finished_proposal_reads_the_lists(tmp_path: Path) -> None:
    folder = tmp_path / "lists"
    folder.mkdir()
    path = tmp_path / "our.toml"
    path.write_text(propose(lists(folder), "our"), encoding="utf-8")
    items = list(Export(Source(name="s", path=folder), load(str(path)), sorted(folder.iterdir())).items())
    (citizen,) = [item for item in items if isinstance(item, Citizen)]
    assert (citizen.id, citizen.name, citizen.birth_date) == ("s:7", "Åse Sørensen", "1990-01-01")


def test_an_unfinished_proposal_is_refused_by_name_and_never_read_as_if_it_were_whole(tmp_path: Path) -> None:
    path = tmp_path / "our.toml"
    (tmp_path / "Borgere.csv").write_text("Borger-id;CPR;Fornavn\r\n", encoding="utf-8")
    path.write_text(propose(tmp_path, "our"), encoding="utf-8")
    with pytest.raises(ReaderError) as refused:
        load(str(path))
    assert "name" in str(refused.value.facts["reason"])


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-8"])
def test_the_letters_of_the_lists_are_proposed_as_they_are(tmp_path: Path, encoding: str) -> None:
    assert tomllib.loads(propose(lists(tmp_path, encoding), "our"))["form"]["encoding"] == encoding


def test_a_workbook_is_proposed_like_a_list(tmp_path: Path) -> None:
    book = Workbook()
    assert book.active is not None
    book.active.append(HEAD.split(";"))
    book.active.append(ROW.split(";"))
    book.save(tmp_path / "Borgere.xlsx")
    (file,) = tomllib.loads(propose(tmp_path, "our"))["file"]
    assert file["name"] == "Borgere.xlsx"
    assert file["record"][0]["table"] == "citizen"


def test_titles_above_the_headings_are_passed_over_and_the_profile_says_so(tmp_path: Path) -> None:
    folder = tmp_path / "lists"
    folder.mkdir()
    (folder / "Borgere.csv").write_text(f"Udtræk;;;;;;\r\n;;;;;;\r\n{HEAD}\r\n{ROW}\r\n", encoding="cp1252", newline="")
    path = tmp_path / "our.toml"
    path.write_text(propose(folder, "our"), encoding="utf-8")
    assert tomllib.loads(path.read_text(encoding="utf-8"))["file"][0]["head"] == 3
    items = list(Export(Source(name="s", path=folder), load(str(path)), sorted(folder.iterdir())).items())
    assert [item.id for item in items if isinstance(item, Citizen)] == ["s:7"]


def test_each_sheet_that_holds_rows_is_proposed(tmp_path: Path) -> None:
    book = Workbook()
    for name, head in (("Borgere", ["Borger-id", "CPR", "Fornavn"]), ("Andet", ["Sko", "Hat"])):
        book.create_sheet(name).append(head)
    book.save(tmp_path / "Udtræk.xlsx")
    first, second = tomllib.loads(propose(tmp_path, "our"))["file"]
    assert (first["name"], first["sheet"], first["record"][0]["table"]) == ("Udtræk.xlsx", "Borgere", "citizen")
    assert second["sheet"] == "Andet"


def test_where_the_headings_speak_for_no_record_a_person_is_asked(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("Navn;Sko\r\nA;1\r\n", encoding="utf-8")
    assert '#? table = "…"' in propose(tmp_path, "our")


def test_a_folder_without_lists_is_told(tmp_path: Path) -> None:
    with pytest.raises(ReaderError) as refused:
        propose(tmp_path, "our")
    assert refused.value.kind is NO_SOURCE


@pytest.mark.skipif(os.name == "nt", reason="no such names there")
def test_names_of_files_and_headings_that_are_no_line_break_no_remark(tmp_path: Path) -> None:
    folder = tmp_path / "lister\nnye"
    folder.mkdir()
    lists(folder)
    (folder / "a\x7f\nb.csv").write_text("x,y\n1,2\n", encoding="utf-8")
    (folder / "Status.csv").write_text('"Borger\n-id";CPR;Status\r\n7;1;x\r\n', encoding="cp1252")
    raw = tomllib.loads(propose(folder, "our"))
    assert [file["name"] for file in raw["file"]] == ["Borgere.csv", "Status.csv", "a\x7f\nb.csv"]


def test_hidden_files_and_the_locks_of_office_programs_are_no_lists(tmp_path: Path) -> None:
    for name in ("~$Borgere.xlsx", ".Borgere.csv"):
        (tmp_path / name).write_bytes(b"\0lock")
    (file,) = tomllib.loads(propose(lists(tmp_path), "our"))["file"]
    assert file["name"] == "Borgere.csv"


@settings(max_examples=50, deadline=None)
@given(head=st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=8), min_size=1, max_size=5))
def test_any_headings_give_a_profile_that_can_be_parsed(
    tmp_path_factory: pytest.TempPathFactory, head: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("lists")
    quoted = ";".join('"' + heading.replace('"', '""') + '"' for heading in head)
    (folder / "x.csv").write_text(f"{quoted}\r\n", encoding="utf-8", newline="")
    try:
        raw = tomllib.loads(propose(folder, "our"))
    except ReaderError:
        return
    assert set(raw) <= set(Profile.model_fields)
