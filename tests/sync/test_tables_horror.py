"""Each of the spreadsheets that broke other readers ("horror"), by name: its content, or the reason why it is refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from backupreader.domain.errors import SOURCE_DAMAGED, WRONG_ENCODING
from backupreader.domain.trouble import Kind, ReaderError
from sync.tables.kinds import open_table
from sync.tables.textform import TextForm


@dataclass(frozen=True)
class Expected:
    """How many columns and rows, some cells by their line (0: the headings) and column, and the faults; or the refusal."""

    width: int = 0
    rows: int = 0
    cells: Mapping[tuple[int, int | str], str] = field(default_factory=dict[tuple[int, int | str], str])
    faults: Mapping[str, int] = field(default_factory=dict[str, int])
    refused: tuple[Kind, str] | None = None


def refused(reason: str, kind: Kind = SOURCE_DAMAGED) -> Expected:
    return Expected(refused=(kind, reason))


WEB = refused("it is a web page or XML, and no table")
EMPTY = refused("it is empty")
PEOPLE = Expected(3, 3, {(2, "Name"): "Bob", (3, "Age"): "23", (2, "When"): "2010-10-10"})
WEATHER = Expected(3, 6, {(2, "date"): "2011-01-01", (3, "temperature"): "-1", (7, "place"): "Berkeley"})
Stated = Mapping[str, object]

FILES: dict[str, tuple[Stated, Expected]] = {
    "badcolspan.html": ({}, WEB),
    "begrotingsanalyse-2011.csv": ({"head": 6}, Expected(20, 37, {(9, "Groningen"): "208", (43, 1): "Aantal gemeenten"})),
    "bian-anal-mca-2005-dols-eng-1011-0312-tab3.xlsm": (
        {"head": 10},
        Expected(4, 40, {(11, 1): "October 2011 - March 2012"}, {"cell-merged": 7}),
    ),
    "blank_line.ods": ({}, PEOPLE),
    "characters.csv": ({}, refused("not written in utf-8", WRONG_ENCODING)),  # Chinese letters, in Big5
    "complex.csv": (
        {},
        Expected(4, 2, {(2, "another date"): " 24 October 2011", (3, "place"): "Galway and more"}, {"row-ragged": 1}),
    ),
    "complex.html": ({}, WEB),
    "encrypted_no_password.xls": ({}, refused("it is locked with a password")),
    "example.tsv": ({"delimiter": "\t"}, Expected(17, 140, {(2, "hour"): "2012-06-22 00:00:00", (2, "ctrl1_0_imp"): "15689"})),
    "excel_pasting.csv": (
        {"head": 4, "footer": ["Note: .*", "Source: .*"]},
        Expected(9, 14, {(5, "Year"): "Timber", (5, "2000"): "2,666"}),
    ),
    "excel_properties.xls": ({}, Expected(1, 17, {(2, "bold"): "italic", (3, "bold"): "underline"})),
    "invisible_text.html": ({}, WEB),
    "large.xlsx": (
        {"sheet": "data", "head": 3},
        Expected(11, 8544, {(4, "RptDate"): "2013-06-30", (4, "Total Pieces"): "1026746", (8547, "Series"): "S"}),
    ),
    "libreoffice.xlsx": ({}, EMPTY),
    "loffice-4.4.1.2.ods": ({}, PEOPLE),
    "long.csv": ({}, Expected(1, 3999, {(2, "foo"): "foo", (4000, "foo"): "foo"})),
    "mixedGLB.csv": ({"head": 4}, Expected(19, 133, {(5, "Year"): "1880", (137, "Year"): "2012"})),
    "multilineods.ods": ({}, Expected(1, 0, {(0, 0): "1\n2\n3\n4"})),
    "null.csv": ({}, Expected(4, 9, {(2, "null"): "0", (2, "0#2"): "null", (3, "0"): ""})),
    "ods_formats.ods": (
        {"decimal": ","},
        Expected(10, 5, {(2, "Date"): "2014-11-11", (2, "Time"): "11:12:12", (2, "Boolean"): "true", (2, "Float"): "11,11"}),
    ),
    "rowcolspan.html": ({}, WEB),
    "simple.csv": ({}, WEATHER),
    "simple.ods": ({}, PEOPLE),
    "simple.psv": ({"delimiter": "|"}, Expected(6, 28, {(2, "Year"): "1986", (2, "All dwellings"): "36000"})),
    "simple.ssv": ({"delimiter": ";"}, WEATHER),
    "simple.unknown": ({}, EMPTY),
    "simple.xls": ({}, WEATHER),
    "simple.xlsx": ({}, WEATHER),
    "simple.zip": ({}, refused("neither a workbook of Excel")),
    "skip_initials.csv": ({}, Expected(2, 2, {(2, "field2"): "    goodbye", (3, "field1"): "hello2"})),
    "small.csv": ({}, Expected(1, 0, {(0, 0): "a"})),
    "span_rich.xls": ({}, Expected(4, 5, {(2, "h"): "MERGE", (2, "g"): "", (2, "f"): "e"}, {"cell-merged": 1})),
    "spanish_chars.csv": (
        {"encoding": "cp1252", "footer": ["Fuente: .*"]},
        Expected(8, 114, {(2, "GF"): "Gobierno", (2, "Gasto total 2011"): "229,932.50"}),
    ),
    "sparse_with_column_errors.csv": (
        {"encoding": "iso-8859-15"},
        Expected(4, 2200, {(4, "Kapitel/Titel"): "300368540", (5, "LP"): ""}),
    ),
    "sw_gen.xlsx": ({}, Expected(17, 15, {(2, "id_str"): "474939423470395392", (2, "retweet_count"): "0"})),
    "unicode_sheet_name.xls": (
        {"sheet": "mês"},
        Expected(1, 0, {(0, 0): "this spreadsheet has got a unicode character in the sheet name"}),
    ),
    "utf-16le_encoded.csv": (
        {"encoding": "utf-16"},
        Expected(19, 327, {(2, "Organisation_name"): "Enfield PCT", (2, "Reporting_period"): "2010-11"}),
    ),
    "utf8bom.csv": ({}, Expected(2, 0, {(0, 0): "kitten", (0, 1): "win"})),
    "weird_head_padding.csv": (
        {"delimiter": ";", "head": 12},
        Expected(11, 60, {(14, 0): "      Gefäßchirurgie", (14, "1993"): "379"}, {"row-ragged": 16}),
    ),
}  # fmt: skip


def test_every_file_is_tried(shared_data: Path) -> None:
    files = {path.name for path in (shared_data / "messytables-horror").iterdir()} - {"LICENSE.txt", "README.md"}
    assert files == set(FILES)


@pytest.mark.parametrize("name", FILES)
def test_a_horrible_file_is_read_as_it_is_or_refused_by_name(shared_data: Path, name: str) -> None:
    stated, expected = FILES[name]
    path = shared_data / "messytables-horror" / name
    form = TextForm.model_validate(stated)
    if expected.refused is not None:
        with pytest.raises(ReaderError, match=expected.refused[1]) as told:
            open_table(path, form)
        assert told.value.kind is expected.refused[0]
        return
    table = open_table(path, form)
    found: dict[tuple[int, int | str], str] = {(0, place): name for place, name in enumerate(table.head)}
    rows = 0
    faults: dict[str, int] = {}
    for block in table.blocks(range(len(table.head))):
        rows += len(block.lines)
        for fault in block.faults:
            faults[fault.code] = faults.get(fault.code, 0) + 1
        for place, column in enumerate(table.head):
            for line, text in zip(block.lines, block.cells[place], strict=True):
                found[line, column] = found[line, place] = text
    assert (len(table.head), rows, faults) == (expected.width, expected.rows, expected.faults)
    assert {key: found.get(key) for key in expected.cells} == expected.cells
    assert table.count == rows + faults.get("row-ragged", 0)
