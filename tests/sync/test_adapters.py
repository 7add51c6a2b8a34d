"""What every adapter promises (see `sync.adapter`), tried on the small export of each in ``tests/data/exports/<name>``."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backupreader.domain import moments
from backupreader.domain.errors import SOURCE_DAMAGED, WRONG_ENCODING
from backupreader.domain.issues import SENTENCES
from backupreader.domain.records import TABLES, Citizen, Delivery, Issue, Receipt, Record, Visit
from backupreader.domain.trouble import ReaderError
from sync.adapter import Adapter, Item, Source
from sync.adapters import ADAPTERS, adapters

EXPORTS = Path(__file__).resolve().parents[1] / "data" / "exports"
MEMBERS = adapters()
MOMENTS = {
    "taken_at",
    "birth_date", "status_since", "deceased_at", "start", "end", "recorded_at", "written_at", "follow_up", "paused_from",
    "paused_to", "prescribed_at", "reviewed_at", "planned_at", "given_at",
}  # fmt: skip

every_member = pytest.mark.parametrize("member", MEMBERS, ids=lambda member: member.name)


LINES = {".csv", ".ndjson"}  # a row of these is a line


def files_of(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def read(member: Adapter, folder: Path, name: str = "kilde") -> list[Item]:
    return list(member.read(Source(name=name, path=folder), files_of(folder)))


def records(items: list[Item]) -> list[Record]:
    return [item for item in items if not isinstance(item, Issue | Receipt | Delivery)]


def test_the_table_names_each_member_once_and_each_has_an_export_to_be_tried_on() -> None:
    names = [member.name for member in MEMBERS]
    assert [module.rsplit(".", 1)[-1] for module in ADAPTERS] == names
    assert {path.name for path in EXPORTS.iterdir()} == set(names)


def test_asking_for_the_table_loads_no_member() -> None:
    code = "import sys, sync.adapters; sys.exit(any(name.startswith('sync.adapters.') for name in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], check=False, cwd=EXPORTS.parents[2]).returncode == 0


@every_member
def test_a_member_claims_its_own_files_and_nobody_elses(member: Adapter) -> None:
    for folder in EXPORTS.iterdir():
        claimed = {path.name for path in files_of(folder) if member.claims(path)}
        assert claimed == ({path.name for path in files_of(folder)} if folder.name == member.name else set())


@every_member
@settings(max_examples=50, deadline=None)
@given(content=st.binary(max_size=200), number=st.integers(min_value=0, max_value=3))
def test_claiming_raises_for_no_content(member: Adapter, content: bytes, number: int) -> None:
    samples = files_of(EXPORTS / member.name)
    sample = samples[number % len(samples)]
    with TemporaryDirectory() as folder:
        path = Path(folder) / sample.name
        for tried in (content, sample.read_bytes()[:60] + content):
            path.write_bytes(tried)
            assert member.claims(path) in {True, False}
    assert not member.claims(path)


@every_member
def test_reading_is_a_stream_and_writes_nothing(member: Adapter, tmp_path: Path) -> None:
    folder = shutil.copytree(EXPORTS / member.name, tmp_path / "export")
    before = {path: path.read_bytes() for path in files_of(folder)}
    items = member.read(Source(name="kilde", path=folder), files_of(folder))
    assert isinstance(items, Iterator)
    assert list(items)
    assert {path: path.read_bytes() for path in files_of(folder)} == before


@every_member
def test_every_row_ends_as_a_record_or_an_issue_with_its_place(member: Adapter) -> None:
    folder = EXPORTS / member.name
    items = read(member, folder)
    told = {(item.origin.file, item.origin.row) for item in records(items)}
    told |= {(item.file, item.row) for item in items if isinstance(item, Issue)}
    for path in files_of(folder):
        if path.suffix not in LINES:
            continue
        head = 1 if path.suffix == ".csv" else 0
        rows = range(head + 1, len(path.read_bytes().splitlines()) + 1)
        assert {row for file, row in told if file == path.name and row} == set(rows)


@every_member
def test_the_receipt_of_each_file_adds_up(member: Adapter) -> None:
    folder = EXPORTS / member.name
    items = read(member, folder)
    receipts = {item.file: item for item in items if isinstance(item, Receipt)}
    assert sum(isinstance(item, Receipt) for item in items) == len(receipts)
    assert set(receipts) == {path.relative_to(folder).as_posix() for path in files_of(folder)}
    for file, receipt in receipts.items():
        assert receipt.source == "kilde"
        assert receipt.read == receipt.filed + receipt.refused
        told = sum(item.file == file for item in items if isinstance(item, Issue))
        assert bool(receipt.filed) == any(item.origin.file == file for item in records(items))
        assert told or not receipt.refused + receipt.left


@every_member
def test_ids_are_unique_a_table_begin_with_the_source_and_stay(member: Adapter, tmp_path: Path) -> None:
    folder = EXPORTS / member.name
    found = [(type(item), item.id) for item in records(read(member, folder))]
    assert Counter(found).most_common(1)[0][1] == 1
    assert all(id_.startswith("kilde:") for _, id_ in found)
    moved = shutil.copytree(folder, tmp_path / "flyttet")
    assert [(type(item), item.id) for item in records(read(member, moved))] == found


@every_member
def test_references_are_ids_of_the_same_source(member: Adapter) -> None:
    for item in records(read(member, EXPORTS / member.name)):
        # The unit of a dose or a measurement is what it is counted in.
        names = {"citizen", "medication", "parent"} | ({"unit"} if isinstance(item, Citizen | Visit) else set())
        for reference in (getattr(item, name, None) for name in names):
            assert reference is None or reference.startswith("kilde:")


@every_member
def test_the_deliveries_come_last_and_their_sums_are_right(member: Adapter) -> None:
    items = read(member, EXPORTS / member.name)
    deliveries = [item for item in items if isinstance(item, Delivery)]
    assert items[-len(deliveries) :] == deliveries
    assert len({item.table for item in deliveries}) == len(deliveries)
    filed = Counter(type(item) for item in records(items))
    for item in deliveries:
        assert item.source == "kilde"
        assert item.read == item.filed + item.refused
        assert item.filed == filed[TABLES[item.table]]
        assert moments.valid(item.taken_at)
    assert {TABLES[item.table] for item in deliveries} >= set(filed)


@every_member
def test_delivered_without_a_row_is_not_the_same_as_not_delivered(member: Adapter) -> None:
    delivered = {item.table: item.read for item in read(member, EXPORTS / member.name) if isinstance(item, Delivery)}
    assert delivered
    assert delivered.keys() < TABLES.keys()
    if member.name in {"fhir", "table"}:  # whose exports hold a file of alerts without a row
        assert delivered["alert"] == 0
        assert "visit" not in delivered


@every_member
def test_a_stated_moment_stands_in_every_delivery(member: Adapter) -> None:
    folder = EXPORTS / member.name
    stated = "2026-11-22T05:30:00+01:00"
    items = member.read(Source(name="kilde", path=folder, taken_at=stated), files_of(folder))
    assert {item.taken_at for item in items if isinstance(item, Delivery)} == {stated}


@every_member
def test_a_bad_date_is_an_issue_and_its_record_comes_without_it(member: Adapter) -> None:
    items = read(member, EXPORTS / member.name)
    bad = [item for item in items if isinstance(item, Issue) and item.value == "2026-02-30"]
    assert [item.severity for item in bad] == ["error"]
    assert {(item.file, item.row) for item in bad} <= {(item.origin.file, item.origin.row) for item in records(items)}
    for item in records(items):
        for field in fields(item):
            value = getattr(item, field.name)
            assert field.name not in MOMENTS or value is None or moments.valid(value)


@every_member
def test_every_issue_has_a_sentence(member: Adapter) -> None:
    assert {item.code for item in read(member, EXPORTS / member.name) if isinstance(item, Issue)} <= set(SENTENCES)


def refusals(member: Adapter, folder: Path) -> set[str]:
    """The kind of error that reading the folder ends with, or the files that it tells of as lost."""
    try:
        items = read(member, folder)
    except ReaderError as refused:
        if refused.kind is not SOURCE_DAMAGED:
            raise
        return {Path(str(refused.facts["path"])).relative_to(folder).as_posix()}
    return {item.file for item in items if isinstance(item, Issue) and item.severity == "error"}


@every_member
def test_a_file_that_was_cut_is_refused_or_told(member: Adapter, tmp_path: Path) -> None:
    for path in files_of(EXPORTS / member.name):
        content = path.read_bytes()
        if content.count(b"\n") < 2:
            continue
        name = path.relative_to(EXPORTS / member.name)
        folder = shutil.copytree(EXPORTS / member.name, tmp_path / path.stem)
        (folder / name).write_bytes(content[: content.rindex(b"\n", 0, -1) + 5])
        assert name.as_posix() in refusals(member, folder)


@pytest.mark.parametrize(
    "member", [member for member in MEMBERS if member.name != "pdf"], ids=lambda member: member.name
)
def test_a_file_in_another_encoding_is_refused(member: Adapter, tmp_path: Path) -> None:
    folder = shutil.copytree(EXPORTS / member.name, tmp_path / "export")
    path = next(path for path in files_of(folder) if "ø" in path.read_text(encoding="utf-8", errors="replace"))
    path.write_bytes(path.read_text(encoding="utf-8").encode("iso-8859-1"))
    with pytest.raises(ReaderError) as raised:
        read(member, folder)
    assert raised.value.kind is WRONG_ENCODING
    assert path.name in str(raised.value)
