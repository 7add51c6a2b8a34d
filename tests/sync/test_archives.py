"""Archives among a source's files: opened as folders, and never out of their own."""

from __future__ import annotations

import gzip
import io
import os
import struct
import tarfile
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import settings as trying
from hypothesis import strategies as st

from backupreader.domain.errors import SOURCE_DAMAGED
from backupreader.domain.issues import SENTENCES
from backupreader.domain.records import Issue, Receipt
from backupreader.domain.trouble import ReaderError
from sync.adapter import Source
from sync.archives import Opened, inside, is_archive, opened


def zipped(path: Path, members: dict[str, bytes] | Sequence[tuple[str, bytes]]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items() if isinstance(members, dict) else members:
            entry = zipfile.ZipInfo("x", (2026, 11, 22, 7, 30, 0))
            entry.filename = name
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return path


@contextmanager
def source(path: Path) -> Iterator[Opened]:
    files = sorted(one for one in path.rglob("*") if one.is_file()) if path.is_dir() else [path]
    with opened(Source(name="s", path=path), files) as what:
        yield what


def held(path: Path) -> dict[str, bytes]:
    with source(path) as what:
        return {what.source.label(file): file.read_bytes() for file in what.files}


def said(path: Path) -> list[tuple[str, str | None]]:
    with source(path) as what:
        issues = [item for item in what.said if isinstance(item, Issue)]
    assert all(issue.severity == "error" and issue.code in SENTENCES for issue in issues)
    return [(issue.code, issue.value) for issue in issues]


def refused(path: Path) -> str:
    with pytest.raises(ReaderError) as told, source(path):
        pass
    assert told.value.kind is SOURCE_DAMAGED
    return str(told.value)


def test_an_archive_is_read_as_a_folder_of_its_own_name(tmp_path: Path) -> None:
    zipped(tmp_path / "a" / "b.zip", {"inner.csv": b"1", "sub/Kørelister/ÆØÅ.csv": b"2"})
    (tmp_path / "x.ndjson.gz").write_bytes(gzip.compress(b"{}"))
    (tmp_path / "plain.csv").write_bytes(b"3")
    assert held(tmp_path) == {
        "a/b.zip/inner.csv": b"1",
        "a/b.zip/sub/Kørelister/ÆØÅ.csv": b"2",
        "plain.csv": b"3",
        "x.ndjson.gz/x.ndjson": b"{}",
    }


def test_a_source_may_be_an_archive_itself(tmp_path: Path) -> None:
    assert held(zipped(tmp_path / "backup.zip", {"Borgere.csv": b"1"})) == {"backup.zip/Borgere.csv": b"1"}


@pytest.mark.parametrize("ending", [".tgz", ".tar.gz", ".TGZ"])
def test_a_packed_tar_is_opened_in_one_step(tmp_path: Path, ending: str) -> None:
    with tarfile.open(tmp_path / f"backup{ending}", "w:gz") as archive:
        entry = tarfile.TarInfo("mappe/Bøgh.csv")
        entry.size = 3
        archive.addfile(entry, io.BytesIO(b"abc"))
    assert held(tmp_path) == {f"backup{ending}/mappe/Bøgh.csv": b"abc"}


def test_archives_in_archives_are_opened_to_the_second(tmp_path: Path) -> None:
    third = zipped(tmp_path / "t" / "third.zip", {"c.csv": b"3"}).read_bytes()
    second = zipped(tmp_path / "t" / "second.zip", {"b.csv": b"2", "third.zip": third}).read_bytes()
    first = zipped(tmp_path / "in" / "first.zip", {"second.zip": second, "x.csv.gz": gzip.compress(b"x")})
    assert held(first) == {"first.zip/second.zip/b.csv": b"2", "first.zip/x.csv.gz/x.csv": b"x"}
    assert said(first) == [("archive-too-deep", "third.zip")]


def test_the_opened_files_are_private_and_go_however_the_reading_ends(tmp_path: Path) -> None:
    zipped(tmp_path / "in" / "b.zip", {"a.csv": b"1"})
    work = tmp_path / "work"
    work.mkdir()
    files = [tmp_path / "in" / "b.zip"]
    with pytest.raises(KeyError), opened(Source(name="s", path=tmp_path / "in"), files, work) as what:  # noqa: PT012
        assert what.files[0].is_relative_to(work)
        (private,) = work.iterdir()
        assert private.stat().st_mode & 0o777 == 0o700
        raise KeyError
    assert list(work.iterdir()) == []


def test_an_error_in_an_opened_file_names_the_archive_and_not_the_private_folder(tmp_path: Path) -> None:
    zipped(tmp_path / "b.zip", {"a.csv": b"1"})
    with pytest.raises(ReaderError) as told, source(tmp_path) as what:
        raise ReaderError(SOURCE_DAMAGED, path=what.files[0], reason="x", row=1)
    assert told.value.facts["path"] == tmp_path / "b.zip" / "a.csv"


def test_each_archive_has_its_receipt(tmp_path: Path) -> None:
    path = zipped(tmp_path / "b.zip", {"a.csv": b"1", "../b.csv": b"2", "__MACOSX/._a.csv": b"3", ".DS_Store": b"4"})
    with source(tmp_path) as what:
        (receipt,) = [item for item in what.said if isinstance(item, Receipt)]
    assert (receipt.source, receipt.file, receipt.read, receipt.filed, receipt.refused) == ("s", "b.zip", 2, 1, 1)
    assert receipt.size == path.stat().st_size
    assert len(receipt.sha256 or "") == 64


@pytest.mark.parametrize(
    "name",
    ["../out.csv", "a/../../out.csv", "/etc/out.csv", "C:\\out.csv", "c:/out.csv", "..\\out.csv", "\\\\pc\\share\\out.csv",
     "a\nb.csv", "..", "x" * 300 + ".csv"],
)  # fmt: skip
def test_no_name_leads_out_of_the_archive(tmp_path: Path, name: str) -> None:
    path = zipped(tmp_path / "in" / "b.zip", {name: b"evil", "good.csv": b"1"})
    assert held(path) == {"b.zip/good.csv": b"1"}
    assert said(path) == [("archive-name-refused", name[:200])]
    assert not list(tmp_path.rglob("out.csv"))


def test_old_programs_separate_folders_by_a_backslash(tmp_path: Path) -> None:
    assert held(zipped(tmp_path / "b.zip", {"sub\\a.csv": b"1"})) == {"b.zip/sub/a.csv": b"1"}


def test_what_windows_cannot_hold_is_refused_there() -> None:
    for name in ("con", "a/NUL.txt", "a:b", "a.", "a ", 'a"b'):
        assert inside(name, windows=True) is None
    assert inside("10.30?.pdf", windows=False) == ("10.30?.pdf",)
    assert inside("conto.csv", windows=True) == ("conto.csv",)


@pytest.mark.parametrize(("raw", "name"), [(b"K\x9brelister.csv", "Kørelister.csv"), ("Ærø.csv".encode(), "Ærø.csv")])
def test_danish_letters_in_names_are_those_that_the_packing_program_meant(
    tmp_path: Path, raw: bytes, name: str
) -> None:
    path = zipped(tmp_path / "b.zip", {"N" * len(raw): b"1"})
    path.write_bytes(path.read_bytes().replace(b"N" * len(raw), raw))
    assert list(held(path)) == [f"b.zip/{name}"]


def test_links_and_devices_stay_closed(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as archive:
        entry = zipfile.ZipInfo("link.csv")
        entry.create_system, entry.external_attr = 3, 0o120777 << 16
        archive.writestr(entry, "/etc/passwd")
        archive.writestr("good.csv", "1")
    with tarfile.open(tmp_path / "c.tgz", "w:gz") as tar:
        for name, kind in (
            ("s", tarfile.SYMTYPE),
            ("h", tarfile.LNKTYPE),
            ("d", tarfile.CHRTYPE),
            ("p", tarfile.FIFOTYPE),
        ):
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, "/etc/passwd"
            tar.addfile(info)
    assert held(tmp_path) == {"b.zip/good.csv": b"1"}
    assert said(tmp_path) == [("archive-link", name) for name in ("link.csv", "s", "h", "d", "p")]


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize(
    "names", [("a.csv", "a.csv"), ("a.csv", "A.CSV"), ("a.csv", "./a.csv"), ("å.csv", "a\u030a.csv")]
)
def test_of_two_files_of_one_name_none_is_taken(tmp_path: Path, names: tuple[str, str]) -> None:
    path = zipped(tmp_path / "b.zip", [(names[0], b"1"), (names[1], b"2"), ("good.csv", b"3")])
    assert held(path) == {"b.zip/good.csv": b"3"}
    assert said(path) == [("archive-name-repeated", name) for name in names]


def test_a_file_that_is_called_as_the_folder_of_another_stays_closed(tmp_path: Path) -> None:
    path = zipped(tmp_path / "b.zip", [("a", b"1"), ("a/b.csv", b"2"), ("c/d", b"3"), ("c", b"4")])
    assert held(path) == {"b.zip/a": b"1", "b.zip/c/d": b"3"}
    assert said(path) == [("archive-name-repeated", "a/b.csv"), ("archive-name-repeated", "c")]


def test_office_documents_are_no_archives_whatever_they_are_called(tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.docx", "c.ods"):
        zipped(tmp_path / name, {"anything": b"1"})
    zipped(tmp_path / "d.zip", {"[Content_Types].xml": b"<x/>"})
    zipped(tmp_path / "e.zip", {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"})
    assert not any(is_archive(path) for path in tmp_path.iterdir())
    assert len(held(tmp_path)) == 5


def test_an_office_document_in_an_archive_stays_one_file(tmp_path: Path) -> None:
    inner = zipped(tmp_path / "t" / "x", {"[Content_Types].xml": b"<x/>"}).read_bytes()
    assert set(held(zipped(tmp_path / "b.zip", {"list.xlsx": inner, "list.zip": inner}))) == {
        "b.zip/list.xlsx",
        "b.zip/list.zip",
    }


def test_a_locked_archive_is_told(tmp_path: Path) -> None:
    path = zipped(tmp_path / "b.zip", {"a.csv": b"1"})
    content = bytearray(path.read_bytes())
    content[content.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(content)
    assert "locked with a password" in refused(path)


def test_an_archive_whose_every_file_is_refused_is_told(tmp_path: Path) -> None:
    assert "no file in it can be opened safely" in refused(zipped(tmp_path / "b.zip", {"../a": b"1"}))


def test_a_bomb_does_not_go_off(tmp_path: Path) -> None:
    zeros = bytes(11 << 20)
    assert "far larger" in refused(zipped(tmp_path / "b.zip", {"a.csv": zeros}))
    (tmp_path / "x.gz").write_bytes(gzip.compress(zeros))
    assert "far larger" in refused(tmp_path / "x.gz")
    with tarfile.open(tmp_path / "c.tgz", "w:gz") as tar:
        info = tarfile.TarInfo("a.csv")
        info.size = len(zeros)
        tar.addfile(info, io.BytesIO(zeros))
    assert "far larger" in refused(tmp_path / "c.tgz")


def test_ten_million_zeros_are_no_bomb(tmp_path: Path) -> None:
    assert held(zipped(tmp_path / "b.zip", {"a.csv": bytes(9 << 20)})) == {"b.zip/a.csv": bytes(9 << 20)}


def test_a_whole_source_has_a_limit_too(tmp_path: Path) -> None:
    files = [zipped(tmp_path / f"{name}.zip", {f"{name}.csv": b"123456"}) for name in "ab"]
    source = Source(name="s", path=tmp_path)
    with pytest.raises(ReaderError, match="larger than any export"), opened(source, files, room=11):
        pass
    with opened(source, files, room=12) as what:
        assert len(what.files) == 2


def test_a_list_of_files_without_end_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "b.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a", b"")
    content = path.read_bytes()
    start, end = content.index(b"PK\x01\x02"), content.index(b"PK\x05\x06")
    size = (end - start) * 100_001
    last = content[end : end + 12] + struct.pack("<I", size) + content[end + 16 :]
    path.write_bytes(content[:start] + content[start:end] * 100_001 + last)
    assert "more files" in refused(path)
    end = path.read_bytes().rindex(b"PK\x05\x06")
    content = bytearray(path.read_bytes())
    struct.pack_into("<I", content, end + 12, 40 << 20)
    path.write_bytes(content)
    assert "list of files is longer" in refused(path)


def test_a_long_header_of_a_tar_is_not_read(tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "c.tgz", "w:gz", format=tarfile.PAX_FORMAT) as tar:
        tar.addfile(tarfile.TarInfo("a"))
        header = tarfile.TarInfo("pax")
        header.type, header.size = tarfile.XHDTYPE, 17 << 20
        tar.addfile(header)
    assert "too long" in refused(tmp_path / "c.tgz")


def test_an_archive_of_the_long_form_is_read(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as archive, archive.open("a.csv", "w", force_zip64=True) as file:
        file.write(b"1")
    assert held(tmp_path) == {"b.zip/a.csv": b"1"}


def test_damage_is_told_and_never_read_past(tmp_path: Path) -> None:
    whole = zipped(tmp_path / "b.zip", {"a.csv": b"hello" * 100}).read_bytes()
    path = tmp_path / "b.zip"
    for broken in (b"", b"<html>503</html>", whole[:-30], whole[:40]):
        path.write_bytes(broken)
        assert "cut or is no archive" in refused(path)
    changed = bytearray(whole)
    changed[changed.index(b"PK\x01\x02") + 16] ^= 1  # the checksum
    path.write_bytes(changed)
    assert "CRC" in refused(path)
    packed = gzip.compress(b"hello" * 100)
    path = tmp_path / "x.gz"
    for broken in (b"no", packed[:-9], packed[:-8] + bytes(8), packed + b"rest"):
        path.write_bytes(broken)
        assert "cut or is no archive" in refused(path)


def test_a_file_is_as_old_as_its_archive_says_and_never_younger_than_it(tmp_path: Path) -> None:
    path = zipped(tmp_path / "b.zip", {"a.csv": b"1"})
    with source(path) as what:
        written = datetime(2026, 11, 22, 7, 30, tzinfo=ZoneInfo("Europe/Copenhagen")).timestamp()
        assert what.files[0].stat().st_mtime == min(written, path.stat().st_mtime)
    os.utime(path, (1_000_000_000, 1_000_000_000))
    with source(path) as what:
        assert what.files[0].stat().st_mtime == 1_000_000_000


def small_zip() -> bytes:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (("a.csv", b"1" * 99), ("sub/b.zip", b"PK"), ("c.gz", b"\x1f\x8b")):
            archive.writestr(name, content)
    return memory.getvalue()


def small_tgz() -> bytes:
    memory = io.BytesIO()
    with tarfile.open(fileobj=memory, mode="w:gz") as archive:
        for name in ("a.csv", "sub/b.zip"):
            entry = tarfile.TarInfo(name)
            entry.size = 9
            archive.addfile(entry, io.BytesIO(b"id,name\n1"))
    return memory.getvalue()


ZIP = small_zip()
TGZ = small_tgz()
GZ = gzip.compress(b"id,name\n1,2\n")


@trying(max_examples=200, deadline=None)
@given(data=st.data())
def test_any_bytes_are_opened_or_refused(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(["a.zip", "a.gz", "a.tgz"]))
    content = data.draw(st.binary(max_size=300))
    whole = {"a.zip": ZIP, "a.gz": GZ, "a.tgz": TGZ}[name]
    if data.draw(st.booleans()):
        place = data.draw(st.integers(min_value=0, max_value=len(whole) - 1))
        content = whole[:place] + content[:4] + whole[place + data.draw(st.integers(min_value=0, max_value=4)) :]
    with TemporaryDirectory() as folder:
        path = Path(folder, "in", name)
        path.parent.mkdir()
        path.write_bytes(content)
        try:
            with source(path.parent) as what:
                assert all(what.source.label(file).startswith(name) for file in what.files)
        except ReaderError as told:
            kind = told.kind
        else:
            kind = SOURCE_DAMAGED
        assert kind is SOURCE_DAMAGED
        assert [one.name for one in Path(folder).iterdir()] == ["in"]
        assert list(path.parent.iterdir()) == [path]
