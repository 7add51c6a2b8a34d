"""From the settings to one stream: who reads which file, and what is told where nobody does."""

from __future__ import annotations

import gzip
import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from backupreader.domain.errors import (
    COLUMN_MISSING,
    FILE_TROUBLE,
    NO_SOURCE,
    NOT_CLAIMED,
    NOT_FOUND,
    SETTINGS_UNREADABLE,
    TWO_CLAIMS,
)
from backupreader.domain.records import Citizen, Delivery, Issue, Note, Receipt, Unit
from backupreader.domain.trouble import ReaderError
from backupreader.settings import Settings, SourceSetting, load
from sync.adapter import Item, Source
from sync.adapters import ADAPTERS, adapter, adapters
from sync.profile import SHIPPED
from sync.read import Claimed, claimed, found, read, read_all

NOTES = "id,citizen,text\n1,7,Slept well\n"
MANIFEST = "file,rows,taken_at,complete\nnote.csv,1,2026-11-22T05:30:00+01:00,true\n"
OURS = (
    'name = "ours"\nabout = "Ours"\n[form]\ndelimiter = ";"\n[[file]]\nname = "Enheder.csv"\n'
    '[[file.record]]\ntable = "unit"\n[file.record.fields]\nid = "Nr"\nname = "Navn"\n'
)
PATIENT = '{"resourceType":"Patient","id":"p1","name":[{"text":"Åse Bøgh"}]}\n'


def settings(path: Path, **words: str) -> Settings:
    return Settings(sources=(SourceSetting(name="care", path=path, **words),))


def find(chosen: Settings) -> list[Claimed]:
    with found(chosen) as parts:
        return parts


def rest(items: Iterator[Item]) -> list[Item]:
    return [item for item in items if not isinstance(item, Receipt)]


def canonical(folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "note.csv").write_text(NOTES, encoding="utf-8", newline="")
    return folder


def test_files_are_found_by_themselves_and_every_id_says_its_source(tmp_path: Path) -> None:
    (part,) = find(settings(canonical(tmp_path)))
    assert (part.adapter.name, [path.name for path in part.files], part.left) == ("table", ["note.csv"], ())
    note, delivery = rest(read_all(settings(tmp_path)))
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


def test_every_file_has_a_receipt_with_its_size_and_digest_also_one_that_nobody_reads(tmp_path: Path) -> None:
    canonical(tmp_path)
    (tmp_path / "readme.txt").write_text("hello", encoding="utf-8")
    receipts = {item.file: item for item in read_all(settings(tmp_path)) if isinstance(item, Receipt)}
    assert set(receipts) == {"note.csv", "readme.txt"}
    for name, receipt in receipts.items():
        content = (tmp_path / name).read_bytes()
        assert (receipt.size, receipt.sha256) == (len(content), hashlib.sha256(content).hexdigest())
    unread = receipts["readme.txt"]
    assert (unread.read, unread.filed, unread.refused, unread.left) == (0, 0, 0, 1)


def test_what_lies_in_archives_is_read_and_the_opened_files_are_gone_afterwards(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "backup.zip", "w") as archive:
        archive.writestr("note.csv", NOTES)
        archive.writestr("readme.txt", "hello")
        archive.writestr("../evil.csv", NOTES)
    work = tmp_path / "work"
    work.mkdir()
    items = list(read_all(settings(tmp_path / "backup.zip"), work))
    (note,) = [item for item in items if isinstance(item, Note)]
    assert note.origin.file == "backup.zip/note.csv"
    assert [(item.code, item.file) for item in items if isinstance(item, Issue)] == [
        ("archive-name-refused", "backup.zip"),
        ("file-not-read", "backup.zip/readme.txt"),
    ]
    receipts = {item.file: item for item in items if isinstance(item, Receipt)}
    assert set(receipts) == {"backup.zip", "backup.zip/note.csv", "backup.zip/readme.txt"}
    assert all(receipt.sha256 for receipt in receipts.values())
    assert list(work.iterdir()) == []


def test_a_reading_that_is_broken_off_leaves_no_opened_file(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "backup.zip", "w") as archive:
        archive.writestr("note.csv", NOTES)
    work = tmp_path / "work"
    work.mkdir()
    items = read_all(settings(tmp_path / "backup.zip"), work)
    next(items)
    assert len(list(work.iterdir())) == 1
    items.close()
    assert list(work.iterdir()) == []


def test_one_packed_file_alone_is_read_by_the_profile_that_is_stated(tmp_path: Path) -> None:
    (tmp_path / "ours.toml").write_text(OURS, encoding="utf-8")
    (tmp_path / "copy.csv.gz").write_bytes(gzip.compress(b"Nr;Navn\n1;Nord\n"))
    items = list(read_all(settings(tmp_path / "copy.csv.gz", profile=str(tmp_path / "ours.toml"))))
    assert [item.origin.file for item in items if isinstance(item, Unit)] == ["copy.csv.gz/copy.csv"]
    assert [item for item in items if isinstance(item, Issue)] == []


def test_the_files_that_a_manifest_names_may_lie_with_it_in_an_archive(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "backup.zip", "w") as archive:
        archive.writestr("export/note.csv", NOTES)
        archive.writestr("export/manifest.csv", MANIFEST)
    items = list(read_all(settings(tmp_path / "backup.zip")))
    assert [(item.code, item.value) for item in items if isinstance(item, Issue)] == []
    (delivery,) = [item for item in items if isinstance(item, Delivery)]
    assert delivery.taken_at.startswith("2026-11-22T05:30")


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
    assert told.value.facts["known"] == ", ".join(SHIPPED)


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


@pytest.mark.skipif(os.name == "nt", reason="rights are another thing there")
def test_a_folder_that_may_not_be_entered_ends_the_reading_instead_of_missing_unseen(tmp_path: Path) -> None:
    canonical(tmp_path)
    locked = tmp_path / "Kørelister"
    locked.mkdir(mode=0)
    as_a_user = [] if os.geteuid() else ["setpriv", "--bounding-set=-dac_override,-dac_read_search"]
    if as_a_user and shutil.which(as_a_user[0]) is None:
        pytest.skip("nothing here takes an administrator's rights away")
    program = ["-m", "backupreader", "sources", "try", tmp_path, "--language", "en"]
    root = Path(__file__).resolve().parents[2]
    tried = subprocess.run([*as_a_user, sys.executable, *program], cwd=root, check=False, capture_output=True)
    assert tried.returncode == FILE_TROUBLE.status
    assert str(locked) in tried.stderr.decode()


@pytest.mark.parametrize("name", ["lost+found", "System Volume Information"])
def test_what_a_file_system_keeps_for_itself_is_no_data(tmp_path: Path, name: str) -> None:
    canonical(tmp_path)
    (tmp_path / name).mkdir()
    (tmp_path / name / "note.csv").write_text(NOTES, encoding="utf-8", newline="")
    (part,) = find(settings(tmp_path))
    assert [path.parent for path in part.files] == [tmp_path]


def test_a_source_of_which_nothing_can_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("a;b\n1;2\n", encoding="utf-8")
    with pytest.raises(ReaderError) as told:
        find(settings(tmp_path))
    assert told.value.kind is NOT_CLAIMED


def test_an_adapter_or_a_profile_that_does_not_exist_is_told(tmp_path: Path) -> None:
    canonical(tmp_path)
    with pytest.raises(ReaderError) as told:
        find(settings(tmp_path, adapter="hl7"))
    assert (told.value.kind, told.value.facts["known"]) == (NOT_FOUND, ", ".join(member.name for member in adapters()))
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
    source = Source(name="care", path=canonical(tmp_path))
    with pytest.raises(ReaderError) as told, claimed(source, (*adapters(), Greedy())):
        pass
    assert told.value.kind is TWO_CLAIMS
    assert (told.value.facts["first"], told.value.facts["second"]) == ("table", "greedy")


def test_a_stated_profile_claims_by_the_names_of_files_and_then_demands_their_columns(tmp_path: Path) -> None:
    (tmp_path / "note.csv").write_text("id,text\n1,x\n", encoding="utf-8")
    with pytest.raises(ReaderError, match="citizen"):
        list(read_all(settings(tmp_path, profile="canonical")))


def test_one_file_alone_is_read_whatever_it_is_called(tmp_path: Path) -> None:
    (tmp_path / "ours.toml").write_text(OURS, encoding="utf-8")
    (tmp_path / "copy of list.csv").write_text("Nr;Navn\n1;Nord\n", encoding="utf-8")
    (tmp_path / "settings.toml").write_text(
        '[[source]]\nname = "care"\npath = "copy of list.csv"\nprofile = "ours.toml"\n', encoding="utf-8"
    )
    unit, delivery = rest(read_all(load(tmp_path / "settings.toml")))
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
        "import sys; from pathlib import Path; from backupreader.settings import load; from sync.read import found; "
        "found(load(Path(sys.argv[1]))); sys.exit('pandas' in sys.modules or 'numpy' in sys.modules)"
    )
    root = Path(__file__).resolve().parents[2]
    assert not subprocess.run(
        [sys.executable, "-c", program, tmp_path / "settings.toml"], cwd=root, check=False
    ).returncode


@pytest.mark.skipif(os.name == "nt", reason="links need a right of their own there")
def test_a_link_to_a_folder_is_not_followed_and_never_in_silence(tmp_path: Path) -> None:
    folder, other = tmp_path / "export", tmp_path / "2026-11-25"
    folder.mkdir(), other.mkdir()
    (folder / "x.json").write_text('{"resourceType": "Patient", "id": "p"}', encoding="utf-8")
    (other / "y.json").write_text('{"resourceType": "Patient", "id": "q"}', encoding="utf-8")
    (folder / "current").symlink_to(other)
    (folder / "broken").symlink_to(tmp_path / "nowhere")
    with claimed(Source(name="s", path=folder)) as parts:
        items = [item for part in parts for item in read(part)]
    told = [item.file for item in items if isinstance(item, Issue) and item.code == "link-not-followed"]
    assert told == ["broken", "current"]
    assert [item.id for item in items if isinstance(item, Citizen)] == ["s:Patient/p"]
