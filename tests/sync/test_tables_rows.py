"""The rows of a file: whole, on their lines, or refused with the row that is to blame."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backupreader.domain.errors import FILE_TROUBLE
from backupreader.domain.trouble import ReaderError
from sync.tables.blocks import Rows
from sync.tables.textform import TextForm

SIZES = (1, 7, 64, 4 << 20)
SPECTRUM = (
    "comma_in_quotes", "empty", "empty_crlf", "escaped_quotes", "json", "location_coordinates",
    "newlines", "newlines_crlf", "quotes_and_newlines", "simple", "simple_crlf", "utf8",
)  # fmt: skip


def read(path: Path, form: TextForm, piece: int = 4 << 20) -> tuple[Rows, list[tuple[int, tuple[str, ...]]], list[str]]:
    rows = Rows(path, form, piece)
    places = range(len(rows.head))
    found: list[tuple[int, tuple[str, ...]]] = []
    faults: list[str] = []
    for block in rows.blocks(list(places)):
        cells = zip(*(block.cells[place] for place in places), strict=True)
        found += list(zip(block.lines, cells, strict=True))
        faults += [f"{fault.line} {fault.code}" for fault in block.faults]
    return rows, found, faults


@pytest.mark.parametrize("piece", SIZES)
@pytest.mark.parametrize("name", SPECTRUM)
def test_every_file_of_the_csv_spectrum_is_read_as_it_should_be(shared_data: Path, name: str, piece: int) -> None:
    folder = shared_data / "csv-spectrum"
    expected = json.loads((folder / "json" / f"{name}.json").read_text(encoding="utf-8"))
    rows, found, faults = read(folder / "csvs" / f"{name}.csv", TextForm(), piece)
    table = [dict(zip(rows.head, cells, strict=True)) for _, cells in found]
    if name == "location_coordinates":  # the expectation that comes with this file is another row's, and is no list
        expected = [{**expected, "Contact Phone Number": "2095257564"}]
    assert table == expected
    assert not faults


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "iso-8859-15", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_horrible_files_are_read_or_refused_and_nothing_else(shared_data: Path, encoding: str, delimiter: str) -> None:
    for path in sorted((shared_data / "messytables-horror").iterdir()):
        form = TextForm.model_validate({"encoding": encoding, "delimiter": delimiter})
        try:
            rows, found, faults = read(path, form, 5000)
        except ReaderError:
            continue
        kept = [fault for fault in faults if "row-ragged" not in fault]
        assert rows.count == len(found) + len(faults) - len(kept), path.name


cells = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
tables = st.integers(1, 5).flatmap(lambda width: st.lists(st.lists(cells, min_size=width, max_size=width), max_size=8))


@given(table=tables, piece=st.sampled_from(SIZES), end=st.sampled_from(["\n", "\r\n"]), final=st.booleans())
def test_what_is_written_with_quotes_comes_back_on_its_line(
    tmp_path_factory: pytest.TempPathFactory,
    table: list[list[str]],
    piece: int,
    end: str,
    final: bool,  # noqa: FBT001
) -> None:
    width = len(table[0]) if table else 2
    table = [[f"x{row[0]}", *row[1:]] for row in table]
    head = [f"h{place}" for place in range(width)]
    lines = [",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in [head, *table]]
    path = tmp_path_factory.mktemp("rows") / "table.csv"
    path.write_bytes((end.join(lines) + (end if final else "")).encode())
    rows, found, faults = read(path, TextForm(), piece)
    assert list(rows.head) == head
    assert [list(row) for _, row in found] == table
    assert not [fault for fault in faults if "text-garbled" not in fault]  # which a wild text may well look like
    line = 2
    for row, (number, _) in zip(table, found, strict=True):
        assert number == line
        line += 1 + sum(cell.count("\n") for cell in row)


@given(raw=st.binary(max_size=300), piece=st.sampled_from(SIZES), head=st.integers(1, 3), trailer=st.booleans())
def test_any_bytes_are_read_or_refused_and_nothing_else(
    tmp_path_factory: pytest.TempPathFactory,
    raw: bytes,
    piece: int,
    head: int,
    trailer: bool,  # noqa: FBT001
) -> None:
    path = tmp_path_factory.mktemp("bytes") / "table.csv"
    path.write_bytes(raw)
    form = TextForm(encoding="cp1252", head=head, trailer="n={rows}" if trailer else "", comment="#")
    try:
        rows, found, faults = read(path, form, piece)
    except ReaderError:
        return
    assert rows.count == len(found) + sum("row-ragged" in fault for fault in faults)


grammar = st.text(st.sampled_from('a,";\n\r#ø'), max_size=60)


@given(text=grammar)
def test_the_size_of_the_pieces_makes_no_difference(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.mktemp("pieces") / "table.csv"
    path.write_bytes(("a,b\n" + text).encode())
    outcomes = []
    for piece in (4 << 20, 3, 1):
        try:
            _, found, faults = read(path, TextForm(comment="#"), piece)
            outcomes.append((found, sorted(faults)))
        except ReaderError as trouble:
            outcomes.append(trouble.kind.code)
    assert outcomes[1:] == outcomes[:1] * 2


def write(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


def test_a_row_is_named_by_the_line_that_an_editor_shows(tmp_path: Path) -> None:
    text = 'Uttag: i dag\n\na;b\n"1\n\n2";x\r\n\n3;"y\r\nz"\n4\n5;w\n'
    rows, found, faults = read(write(tmp_path / "t.csv", text), TextForm(delimiter=";", head=3))
    assert rows.before == ("Uttag: i dag", "")
    assert found == [(4, ("1\n\n2", "x")), (8, ("3", "y\r\nz")), (11, ("5", "w"))]
    assert faults == ["10 row-ragged"]
    assert (rows.blank.count, rows.blank.first, rows.count) == (1, 7, 4)


def test_the_last_line_that_counts_the_rows_is_no_row(tmp_path: Path) -> None:
    form = TextForm(trailer="Antal rader: {rows}")
    rows, found, _ = read(write(tmp_path / "t.csv", "a,b\n1,2\n3,4\nAntal rader: 2\n\n"), form)
    assert len(found) == rows.count == 2


@pytest.mark.parametrize(
    ("last", "reason"),
    [("Antal rader: 3\n", "another number of rows"), ("5,6\n", "counts the rows, is missing"), ("", "counts the rows")],
)
def test_a_file_that_does_not_end_with_the_right_count_was_cut(tmp_path: Path, last: str, reason: str) -> None:
    form = TextForm(trailer="Antal rader: {rows}")
    with pytest.raises(ReaderError, match=reason):
        read(write(tmp_path / "t.csv", "a,b\n1,2\n3,4\n" + last), form)


def test_lines_of_comment_are_passed_over(tmp_path: Path) -> None:
    text = 'a,b\n# one, two, "three\n1,2\n#3,4\n'
    for piece in (2, 4 << 20):
        _, found, faults = read(write(tmp_path / "t.csv", text.replace('"', "")), TextForm(comment="#"), piece)
        assert [cells for _, cells in found] == [("1", "2")]
        assert not faults


def test_without_a_quote_sign_quotes_are_text(tmp_path: Path) -> None:
    _, found, _ = read(write(tmp_path / "t.csv", 'a\tb\n"1"\t2"\n'), TextForm(delimiter="\t", quote=""))
    assert [cells for _, cells in found] == [('"1"', '2"')]


def test_a_quote_sign_that_was_not_doubled_is_mended_over_several_lines_too(tmp_path: Path) -> None:
    text = 'a,b\n"line\nshe said "no" twice",2\n3,4\n'
    _, found, faults = read(write(tmp_path / "t.csv", text), TextForm())
    assert found == [(2, ('line\nshe said "no" twice', "2")), (4, ("3", "4"))]
    assert faults == ["2 quote-mended"]


def test_utf_8_that_is_said_to_be_something_else_is_not_read_as_pairs_of_wrong_letters(tmp_path: Path) -> None:
    path = write(tmp_path / "t.csv", "a,b\n1,2\n3,Åse\n")
    for encoding in ("cp1252", "iso-8859-1"):
        with pytest.raises(ReaderError, match=r"not written in .* \(row 3\)"):
            read(path, TextForm.model_validate({"encoding": encoding}))


def test_curly_quotes_are_no_iso_8859_1(tmp_path: Path) -> None:
    path = write(tmp_path / "t.csv", "a,b\n1,’\n", "cp1252")
    with pytest.raises(ReaderError, match=r"row 2"):
        read(path, TextForm(encoding="iso-8859-1"))
    assert read(path, TextForm(encoding="cp1252"))[1] == [(2, ("1", "’"))]


def test_iso_8859_1_and_utf_16_are_read(tmp_path: Path) -> None:
    for encoding in ("iso-8859-1", "utf-16"):
        path = write(tmp_path / f"{encoding}.csv", "a,b\r\nÅse,æøå\r\n", encoding)
        assert read(path, TextForm.model_validate({"encoding": encoding}), 3)[1] == [(2, ("Åse", "æøå"))]


def test_a_cell_that_never_closes_is_refused_before_it_fills_the_memory(tmp_path: Path) -> None:
    path = write(tmp_path / "t.csv", 'a,b\n1,"' + "text\n" * 2000)
    with pytest.raises(ReaderError, match=r"not closed \(row 2\)"):
        read(path, TextForm(), 100)


def test_a_file_that_cannot_be_opened_is_told(tmp_path: Path) -> None:
    with pytest.raises(ReaderError) as told:
        read(tmp_path, TextForm())
    assert told.value.kind is FILE_TROUBLE
