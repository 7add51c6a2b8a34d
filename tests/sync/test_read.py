"""From the settings to one stream: who reads which file, and what is told where nobody does."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from backupreader.domain.errors import (
    COLUMN_MISSING,
    NO_SOURCE,
    NOT_CLAIMED,
    NOT_FOUND,
    SETTINGS_UNREADABLE,
    TWO_CLAIMS,
    ReaderError,
)
from backupreader.domain.records import Delivery, Issue, Note, Unit
from backupreader.settings import Settings, SourceSetting, load
from sync.adapter import Item, Source
from sync.adapters import ADAPTERS, adapter, adapters
from sync.read import claim, find, read_all

NOTES = "id,citizen,text\n1,7,Slept well\n"
PATIENT = '{"resourceType":"Patient","id":"p1","name":[{"text":"Åse Bøgh"}]}\n'


def settings(path: Path, **words: str) -> Settings:
    return Settings(sources=(SourceSetting(name="care", path=path, **words),))


def canonical(folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "note.csv").write_text(NOTES, encoding="utf-8", newline="")
    return folder


def test_files_are_found_by_themselves_and_every_id_says_its_source(tmp_path: Path) -> None:
    (part,) = find(settings(canonical(tmp_path)))
    assert (part.adapter.name, [path.name for path in part.files], part.left) == ("table", ["note.csv"], ())
    note, delivery = read_all(settings(tmp_path))
    assert isinstance(note, Note)
    assert (note.id, note.citizen, note.origin.file, note.origin.row) == ("care:1", "care:7", "note.csv", 2)
    assert isinstance(delivery, Delivery)
    assert (delivery.source, delivery.table, delivery.filed) == ("care", "note", 1)


def test_a_folder_may_hold_the_exports_of_two_systems(tmp_path: Path) -> None:
    canonical(tmp_path)
    (tmp_path / "Patient.ndjson").write_text(PATIENT, encoding="utf-8")
    assert {part.adapter.name for part in find(settings(tmp_path))} == {"fhir", "table"}


def test_a_file_that_nobody_reads_is_told_with_its_folder(tmp_path: Path) -> None:
    canonical(tmp_path)
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "readme.txt").write_text("hello", encoding="utf-8")
    (tmp_path / ".hidden").write_text("x", encoding="utf-8")
    (tmp_path / "~$note.csv").write_text("x", encoding="utf-8")
    told = [item for item in read_all(settings(tmp_path)) if isinstance(item, Issue)]
    assert told == [Issue(code="file-not-read", file="sub/readme.txt", severity="note")]


def test_a_broken_file_among_whole_ones_of_a_profile_is_not_passed_over(tmp_path: Path) -> None:
    canonical(tmp_path)
    (tmp_path / "citizen.csv").write_text("number,called\n1,Åse\n", encoding="utf-8", newline="")
    (part,) = find(settings(tmp_path))
    assert ([path.name for path in part.files], part.left) == (["citizen.csv", "note.csv"], ())
    with pytest.raises(ReaderError) as told:
        list(read_all(settings(tmp_path)))
    assert told.value.kind is COLUMN_MISSING


def test_a_profile_that_does_not_exist_names_those_that_do(tmp_path: Path) -> None:
    with pytest.raises(ReaderError) as told:
        find(settings(canonical(tmp_path), profile="bogus"))
    assert told.value.kind is NOT_FOUND
    assert told.value.facts["known"] == "canonical, magnacura, nexus"


def test_a_path_that_is_missing_or_empty_is_no_source(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for path in (tmp_path / "gone", tmp_path / "empty"):
        with pytest.raises(ReaderError) as told:
            find(settings(path))
        assert told.value.kind is NO_SOURCE
        assert told.value.facts["path"] == path
    with pytest.raises(ReaderError) as told:
        find(Settings())
    assert told.value.kind is NO_SOURCE


def test_a_source_of_which_nothing_can_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("a;b\n1;2\n", encoding="utf-8")
    with pytest.raises(ReaderError) as told:
        find(settings(tmp_path))
    assert told.value.kind is NOT_CLAIMED


def test_an_adapter_or_a_profile_that_does_not_exist_is_told(tmp_path: Path) -> None:
    canonical(tmp_path)
    with pytest.raises(ReaderError) as told:
        find(settings(tmp_path, adapter="hl7"))
    assert (told.value.kind, told.value.facts["known"]) == (NOT_FOUND, "fhir, table")
    with pytest.raises(ReaderError) as told:
        find(settings(tmp_path, profile="nowhere.toml"))
    assert told.value.kind is SETTINGS_UNREADABLE


def test_only_the_adapter_that_is_named_is_asked(tmp_path: Path) -> None:
    canonical(tmp_path)
    (tmp_path / "Patient.ndjson").write_text(PATIENT, encoding="utf-8")
    (part,) = find(settings(tmp_path, adapter="table"))
    assert [path.name for path in part.left] == ["Patient.ndjson"]


class Greedy:
    """Claims everything."""

    name = "greedy"

    def claims(self, path: Path) -> bool:
        return True

    def read(self, source: Source, files: Sequence[Path]) -> Iterator[Item]:
        raise AssertionError


def test_a_file_that_two_adapters_claim_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReaderError) as told:
        claim(Source(name="care", path=canonical(tmp_path)), (*adapters(), Greedy()))
    assert told.value.kind is TWO_CLAIMS
    assert (told.value.facts["first"], told.value.facts["second"]) == ("table", "greedy")


def test_a_stated_profile_claims_by_the_names_of_files_and_then_demands_their_columns(tmp_path: Path) -> None:
    (tmp_path / "note.csv").write_text("id,text\n1,x\n", encoding="utf-8")
    with pytest.raises(ReaderError, match="citizen"):
        list(read_all(settings(tmp_path, profile="canonical")))


def test_one_file_alone_is_read_whatever_it_is_called(tmp_path: Path) -> None:
    (tmp_path / "ours.toml").write_text(
        'name = "ours"\nabout = "Ours"\n[form]\ndelimiter = ";"\n[[file]]\nname = "Enheder.csv"\n'
        '[[file.record]]\ntable = "unit"\n[file.record.fields]\nid = "Nr"\nname = "Navn"\n',
        encoding="utf-8",
    )
    (tmp_path / "copy of list.csv").write_text("Nr;Navn\n1;Nord\n", encoding="utf-8")
    (tmp_path / "settings.toml").write_text(
        '[[source]]\nname = "care"\npath = "copy of list.csv"\nprofile = "ours.toml"\n', encoding="utf-8"
    )
    unit, delivery = read_all(load(tmp_path / "settings.toml"))
    assert isinstance(unit, Unit)
    assert (unit.id, unit.name, unit.origin.file) == ("care:1", "Nord", "copy of list.csv")
    assert isinstance(delivery, Delivery)


def test_the_adapters_load_in_the_order_of_their_table_and_are_found_by_name() -> None:
    assert [f"sync.adapters.{member.name}" for member in adapters()] == list(ADAPTERS)
    assert adapter("table") is adapters()[1]
    assert adapter("nothing") is None


def test_asking_who_reads_a_file_loads_no_table_library(tmp_path: Path) -> None:
    canonical(tmp_path)
    (tmp_path / "settings.toml").write_text('[[source]]\nname = "care"\npath = "."\n', encoding="utf-8")
    program = (
        "import sys; from pathlib import Path; from backupreader.settings import load; from sync.read import find; "
        "find(load(Path(sys.argv[1]))); sys.exit('pandas' in sys.modules or 'numpy' in sys.modules)"
    )
    root = Path(__file__).resolve().parents[2]
    assert not subprocess.run(
        [sys.executable, "-c", program, tmp_path / "settings.toml"], cwd=root, check=False
    ).returncode
