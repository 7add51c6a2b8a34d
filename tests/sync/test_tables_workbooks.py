"""Workbooks: what stands on the sheet is what is read, through the same profiles as text, or the file is refused."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backupreader.domain.errors import SOURCE_DAMAGED
from backupreader.domain.issues import SENTENCES
from backupreader.domain.records import Citizen, Delivery, Dose, Issue, Note, Receipt
from backupreader.domain.trouble import ReaderError
from sync.adapter import Item, Source
from sync.profile import Profile
from sync.tables import container
from sync.tables.claiming import fits
from sync.tables.delivering import Export
from sync.tables.kinds import open_table
from sync.tables.textform import TextForm

FOLDER = Path(__file__).resolve().parents[1] / "data" / "tables" / "workbooks"
ROOT = Path(__file__).resolve().parents[2]
NOTES = {"table": "note", "fields": {"id": "Nr", "citizen": "Borger", "written_at": "Dato", "text": "Tekst"}}
FORM = {"moments": ["%d-%m-%Y %H:%M"], "decimal": ",", "yes": ["Ja"], "no": ["Nej"]}


def profile(*files: dict[str, Any], **form: object) -> Profile:
    return Profile.model_validate({"name": "ours", "about": "Ours", "form": {**FORM, **form}, "file": list(files)})


def read(path: Path, *records: dict[str, Any], **file: object) -> list[Item]:
    stated = profile({"name": path.name, "record": list(records or [NOTES]), **file})
    return list(Export(Source(name="s", path=path.parent, taken_at="2026-11-22"), stated, [path]).items())


def told(items: list[Item]) -> list[str]:
    issues = [item for item in items if isinstance(item, Issue)]
    assert {issue.code for issue in issues} <= set(SENTENCES)
    return [f"{issue.severity} {issue.code} {issue.row} {issue.column or ''}".rstrip() for issue in issues]


def notes(items: list[Item]) -> list[Note]:
    return [item for item in items if isinstance(item, Note)]


REFUSED = {
    "cut.xlsx": "zip container is damaged",
    "damaged.xlsx": "zip container is damaged",
    "locked.xlsx": "locked with a password",
    "locked.ods": "locked with a password",
    "far-cell.xlsx": "or a bomb",
    "far-cell-in-no-row.xlsx": "damaged",
    "far-cell-behind-a-broken-name.xlsx": "damaged",
    "not-whole.ods": "damaged",
    "circle.xls": "damaged, or no workbook of Excel",  # a chain of sectors that comes back to itself
    "cells-repeated.ods": "or a bomb",
    "sheet-of-several.xlsx": "the profile names none: Forside, Notater",
}
MERGED = ["warning cell-merged 2 Borger", "error row-refused 3 Borger", "error row-refused 4 Borger"]
ERRORS = [
    "error cell-error 2 Tekst",
    "error cell-error 3 Borger",
    "error row-refused 3 Borger",
    "error row-refused 2 Tekst",
]
READ: dict[str, tuple[int, list[str]]] = {
    "whole.xlsx": (3, []),
    "whole.ods": (3, []),
    "merged-cells.xlsx": (1, MERGED),
    "merged-cells.ods": (1, MERGED),
    "error-cells.xlsx": (0, [*ERRORS[:2], "error cell-error 4 Tekst", *ERRORS[2:], "error row-refused 4 Tekst"]),
    "error-cells.xls": (1, ERRORS),
    "error-cells.ods": (1, ERRORS),
}
ELSEWHERE = {"numbers.xlsx", "nine-digit-cpr.xlsx", "names-twice-and-empty.xlsx", "title-rows-and-totals.xlsx"}


def test_every_workbook_is_tried() -> None:
    assert {*REFUSED, *READ, *ELSEWHERE} == {path.name for path in FOLDER.iterdir()}


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_a_workbook_that_cannot_be_read_is_refused_with_the_reason(name: str) -> None:
    with pytest.raises(ReaderError, match=REFUSED[name]) as refused:
        read(FOLDER / name)
    assert refused.value.kind is SOURCE_DAMAGED


@pytest.mark.parametrize("name", sorted(READ))
def test_what_a_sheet_shows_is_read_and_its_faults_are_told(name: str) -> None:
    items = read(FOLDER / name)
    filed, issues = READ[name]
    assert told(items) == issues
    (receipt,) = [item for item in items if isinstance(item, Receipt)]
    assert (receipt.read, receipt.filed, receipt.refused) == (3, filed, 3 - filed)
    assert all(
        (note.id, note.written_at) == (f"s:n{note.origin.row - 1}", f"2026-11-0{note.origin.row - 1}T07:30")
        for note in notes(items)
    )
    assert len(notes(items)) == filed


@pytest.mark.parametrize("name", ["merged-cells.xlsx", "merged-cells.ods"])
def test_a_merged_value_stands_for_all_its_cells_where_the_profile_says_so(name: str) -> None:
    items = read(FOLDER / name, merged="fill")
    assert [note.citizen for note in notes(items)] == ["s:b1"] * 3
    assert told(items) == []


def test_titles_two_rows_of_headings_and_totals_are_passed_over() -> None:
    fields = {"id": "Notat Nr", "citizen": "Notat Borger", "written_at": "Skrevet Dato", "text": "Skrevet Tekst"}
    file = {
        "name": "*.xlsx",
        "head": 4,
        "head_rows": 2,
        "footer": ["I alt", "Antal rækker: {rows}"],
        "record": [{"table": "note", "fields": fields}],
    }
    stated = profile(file).model_dump() | {"taken_at": {"line": "Taget: {taken}"}}
    path = FOLDER / "title-rows-and-totals.xlsx"
    items = list(Export(Source(name="s", path=FOLDER), Profile.model_validate(stated), [path]).items())
    assert [(note.id, note.origin.row) for note in notes(items)] == [("s:n1", 6), ("s:n2", 7)]
    assert told(items) == ["note rows-blank 8", "note rows-footer 9"]
    assert [item.taken_at for item in items if isinstance(item, Delivery)] == ["2026-11-22T05:30:00+01:00"]


def test_numbers_dates_and_times_are_what_the_sheet_shows() -> None:
    fields = {"id": "Nr", "citizen": "Borger", "medication": "Ordination", "quantity": "Antal", "time": "Klokken"}
    items = read(FOLDER / "numbers.xlsx", {"table": "dose", "fields": fields})
    doses = [item for item in items if isinstance(item, Dose)]
    assert [(dose.citizen, dose.medication, dose.quantity, dose.time) for dose in doses] == [
        ("s:101480011", "s:7", "0.3", "08:00"),
        ("s:101480011", "s:7", "0.3", "20:30:15"),
        ("s:9", "s:7", "2026-02-01", None),
    ]
    assert told(items) == [
        "warning text-became-date 5 Antal",  # somebody typed 1-2
        "error number-rounded 4 Borger",
        "warning number-odd 5 Antal",
        "error time-unreadable 4 Klokken",
        "error time-unreadable 5 Klokken",
        "error row-refused 4 Borger",
    ]


def test_a_person_number_that_lost_its_zero_in_a_spreadsheet_is_kept_and_told() -> None:
    fields = {"id": "Nr", "name": "Navn", "birth_date": "Født", "protected_name": "Beskyttet"}
    record = {"table": "citizen", "fields": fields, "identifiers": [{"column": "CPR"}]}
    items = read(FOLDER / "nine-digit-cpr.xlsx", record)
    citizens = [item for item in items if isinstance(item, Citizen)]
    assert [citizen.identifiers[0].value for citizen in citizens] == ["6101480011", "101480011"]
    assert [(citizen.birth_date, citizen.protected_name) for citizen in citizens] == [
        ("1948-01-01", True),
        ("1948-01-01", False),
    ]
    assert told(items) == ["warning number-short 3 CPR"]


def test_columns_with_one_name_or_none_have_names_of_their_own() -> None:
    fields = {"id": "Nr", "citizen": "Borger", "kind": "Tekst", "text": "Tekst#2"}
    items = read(FOLDER / "names-twice-and-empty.xlsx", {"table": "note", "fields": fields})
    assert [note.text for note in notes(items)] == ["Spiste på stuen"]
    assert told(items) == ["note column-left-unread 1 #5"]


def book(path: Path, **sheets: list[list[Any]]) -> Path:
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.worksheets[0])
    for title, rows in sheets.items():
        sheet = workbook.create_sheet(title)
        for row in rows:
            sheet.append(row)
    workbook.save(path)
    return path


HEAD = ["Nr", "Borger", "Dato", "Tekst"]


def test_the_sheet_that_is_named_is_read_and_one_that_is_not_there_is_missed(tmp_path: Path) -> None:
    path = book(tmp_path / "b.xlsx", Forside=[["Udtræk"]], Notater=[HEAD, ["n1", "b1", None, "Bad"]])
    assert [note.id for note in notes(read(path, sheet="Notater"))] == ["s:n1"]
    with pytest.raises(ReaderError, match="no sheet called Borgere, but: Forside, Notater"):
        read(path, sheet="Borgere")


def test_each_sheet_of_a_workbook_has_its_layout_and_the_file_one_receipt(tmp_path: Path) -> None:
    path = book(
        tmp_path / "Udtræk.xlsx",
        Borgere=[["Nr", "Navn"], ["b1", "Aase Prøve"], ["b2", None]],
        Notater=[["Udtræk"], HEAD, ["n1", "b1", datetime(2026, 11, 1, 7, 30), "Bad"]],  # noqa: DTZ001
    )
    stated = profile(
        {
            "name": "Udtræk.xlsx",
            "sheet": "Borgere",
            "record": [{"table": "citizen", "fields": {"id": "Nr", "name": "Navn"}}],
        },
        {"name": "Udtræk.xlsx", "sheet": "Notater", "head": 2, "record": [NOTES]},
    )
    assert fits(stated, path)
    items = list(Export(Source(name="s", path=tmp_path), stated, [path]).items())
    (receipt,) = [item for item in items if isinstance(item, Receipt)]
    assert (receipt.file, receipt.read, receipt.filed, receipt.refused) == ("Udtræk.xlsx", 3, 2, 1)
    assert told(items) == ["error row-refused 3 Navn"]


def test_a_workbook_is_claimed_by_its_sheet_and_head(tmp_path: Path) -> None:
    stated = profile({"name": "*.xlsx", "sheet": "Notater", "record": [NOTES]})
    assert fits(stated, FOLDER / "sheet-of-several.xlsx")
    assert not fits(stated, FOLDER / "numbers.xlsx")
    assert not fits(stated, FOLDER / "cut.xlsx")
    assert not fits(stated, book(tmp_path / "b.xlsx", Notater=[["Nr", "Andet"]]))


def test_midnight_lengths_and_long_fractions_are_told_as_they_are(tmp_path: Path) -> None:
    cells: list[Any] = [time(0, 0), timedelta(hours=26, minutes=30), 1.5e-07, -2.0, "  x ", 1e15, datetime(2026, 1, 2)]  # noqa: DTZ001
    path = book(tmp_path / "b.xlsx", A=[[f"h{place}" for place in range(len(cells))], cells])
    table = open_table(path, TextForm(decimal=","))
    (block,) = table.blocks(range(len(cells)))
    assert [block.cells[place][0] for place in range(len(cells))] == [
        "00:00", "26:30", "0,00000015", "-2", "  x ", "1,00000000000000E+15", "2026-01-02",
    ]  # fmt: skip


def test_a_workbook_is_known_by_what_it_holds_not_by_its_name(tmp_path: Path) -> None:
    called = tmp_path / "notater.csv"
    called.write_bytes((FOLDER / "whole.xlsx").read_bytes())
    assert len(notes(read(called))) == 3
    macros = tmp_path / "notater.xlsm"
    with zipfile.ZipFile(FOLDER / "whole.xlsx") as source, zipfile.ZipFile(macros, "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name))
        target.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0" + bytes(2000))
    assert len(notes(read(macros))) == 3


def remade(path: Path, **parts: bytes) -> Path:
    names = {"sheet": "xl/worksheets/sheet1.xml", "strings": "xl/sharedStrings.xml"}
    with zipfile.ZipFile(FOLDER / "whole.xlsx") as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        own = {names[part]: content for part, content in parts.items()}
        for name in source.namelist():
            target.writestr(name, own.get(name, source.read(name)))
    return path


SHEET = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData></worksheet>'
STRINGS = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">%s</sst>'


def test_a_sheet_that_unpacks_to_more_than_the_memory_is_refused_also_when_its_directory_lies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(container, "UNPACKED", 8 << 20)  # of 512 MiB, which would take a while
    path = remade(tmp_path / "b.xlsx", sheet=SHEET % (b" " * (9 << 20)))
    with pytest.raises(ReaderError, match="or a bomb"):
        open_table(path, TextForm())
    raw = path.read_bytes()
    size = (len(SHEET) - 2 + (9 << 20)).to_bytes(4, "little")
    assert size in raw
    path.write_bytes(raw.replace(size, (1000).to_bytes(4, "little")))
    with pytest.raises(ReaderError, match="or a bomb"):
        open_table(path, TextForm())


def test_one_long_text_in_many_cells_does_not_fill_the_memory(tmp_path: Path) -> None:
    cells = b"".join(b'<row r="%d"><c r="A%d" t="s"><v>0</v></c></row>' % (row, row) for row in range(1, 2000))
    strings = STRINGS % (b"<si><t>" + b"x" * (1 << 20) + b"</t></si>")
    path = remade(tmp_path / "b.xlsx", sheet=SHEET % cells, strings=strings)
    with zipfile.ZipFile(path, "a") as target:
        if "xl/sharedStrings.xml" not in target.namelist():
            target.writestr("xl/sharedStrings.xml", strings)
    with pytest.raises(ReaderError, match="or a bomb"):
        open_table(path, TextForm())


def test_the_largest_sheet_that_is_read_stays_within_the_memory(tmp_path: Path) -> None:
    cells = b'<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c></row>'
    cells += b'<row r="500000"><c r="J500000"><v>2</v></c></row>'
    path = remade(tmp_path / "b.xlsx", sheet=SHEET % cells)
    code = (
        "import sys; from pathlib import Path; from sync.tables.kinds import open_table;"
        "from sync.tables.textform import TextForm;"
        "table = open_table(Path(sys.argv[1]), TextForm());"
        "print(sum(len(block.lines) for block in table.blocks([0, 9])), table.blank.count,"
        "Path('/proc/self/status').read_text().split('VmHWM:')[1].split()[0])"
    )
    done = subprocess.run([sys.executable, "-c", code, path], check=True, capture_output=True, text=True, cwd=ROOT)
    rows, blank, kibibytes = map(int, done.stdout.split())
    assert (rows, blank) == (1, 499_998)
    assert kibibytes < 512 << 10


WHOLE = [(FOLDER / name).read_bytes() for name in ("whole.xlsx", "whole.ods", "error-cells.xls")]


@settings(deadline=None)
@given(
    raw=st.sampled_from(WHOLE),
    changes=st.lists(st.tuples(st.integers(0, 6000), st.binary(min_size=1, max_size=8)), max_size=4),
    cut=st.integers(0, 6200),
)
def test_a_damaged_workbook_is_read_or_refused_and_nothing_else(
    tmp_path_factory: pytest.TempPathFactory, raw: bytes, changes: list[tuple[int, bytes]], cut: int
) -> None:
    damaged = bytearray(raw)
    for place, content in changes:
        damaged[place : place + len(content)] = content
    path = tmp_path_factory.mktemp("damaged") / "b.xls"
    path.write_bytes(damaged[: cut or None])
    all_of(path)


@settings(deadline=None)
@given(start=st.sampled_from([b"PK\x03\x04", b"PK\x05\x06", WHOLE[2][:512], b""]), rest=st.binary(max_size=2000))
def test_any_bytes_in_a_workbooks_clothes_are_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, start: bytes, rest: bytes
) -> None:
    path = tmp_path_factory.mktemp("bytes") / "b.xlsx"
    path.write_bytes(start + rest)
    all_of(path)


@settings(deadline=None)
@given(parts=st.lists(st.sampled_from([
    b"<row>", b"</row>", b'<row r="7">', b'<c r="B7" t="e"><v>#N/A</v></c>', b'<c t="s"><v>9</v></c>', b"<c><f>1</f></c>",
    b'<c r="AAA1"><v>1</v></c>', b"<c/>", b"<v>", b"&#0;", b'<c r="A1" t="d"><v>x</v></c>', b'<c s="99"><v>1e400</v></c>',
    b'<c t="inlineStr"><is><t>x</t></is></c>', b'<c t="b"><v>2</v></c>', b'<row r="0">', b'<c r="A0"><v>1</v></c>',
]), max_size=12))  # fmt: skip
def test_any_cells_are_read_or_refused(tmp_path_factory: pytest.TempPathFactory, parts: list[bytes]) -> None:
    all_of(remade(tmp_path_factory.mktemp("cells") / "b.xlsx", sheet=SHEET % b"".join(parts)))


def all_of(path: Path) -> None:
    try:
        table = open_table(path, TextForm(encoding="cp1252"))
        rows = sum(len(block.lines) for block in table.blocks(range(len(table.head))))
    except ReaderError:
        return
    assert rows <= table.count
