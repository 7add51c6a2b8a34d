"""What a profile may state of how its files are written: refused where it cannot be, kept in every size of piece, and
read back from what was written."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from backupreader.domain.records import Delivery, Issue, Note, Origin, Receipt
from backupreader.domain.trouble import ReaderError
from sync.adapter import Item, Source
from sync.profile import Profile
from sync.tables.blocks import Rows
from sync.tables.delivering import Export
from sync.tables.forms import NotAForm, moment_form
from sync.tables.heading import names
from sync.tables.textform import TextForm
from sync.tables.writing import write

NOTE = {"table": "note", "fields": {"id": "Nr", "citizen": "Borger", "text": "Tekst"}}


@pytest.mark.parametrize(
    ("form", "reason"),
    [
        ({"encoding": "latin9"}, "must be one or several of utf-8"),
        ({"encoding": []}, "must be one or several of"),
        ({"encoding": ["cp1252", "utf-8"]}, "can only stand last"),
        ({"moments": ["%d-%m-%y"]}, "%d-%m-%y"),
        ({"moments": ["%y"], "pivot": 30}, "%y"),
        ({"moments": ["%d-%m-%y-%Y"], "pivot": 30}, "%y-%Y"),
        ({"pivot": 100}, "less than or equal to 99"),
        ({"footer": ["I alt("]}, "I alt"),
        ({"footer": [".*"]}, "fit more than nothing"),
        ({"footer": ["{rows} af {rows}"]}, "at most once"),
        ({"escape": '"'}, "another sign"),
        ({"head_rows": 0}, "greater than or equal to 1"),
        ({"merged": "split"}, "fill"),
    ],
)
def test_a_form_that_cannot_be_read_by_is_refused(form: dict[str, Any], reason: str) -> None:
    with pytest.raises(ValidationError) as told:
        TextForm.model_validate(form)
    assert reason in str(told.value)


def test_a_file_s_own_form_stands_in_place_of_the_profile_s() -> None:
    file = {
        "name": "a.xlsx",
        "sheet": "A",
        "head": 4,
        "head_rows": 2,
        "footer": ["I alt"],
        "merged": "fill",
        "record": [NOTE],
    }
    profile = Profile.model_validate({"name": "p", "about": "P", "form": {"head": 2, "footer": ["x"]}, "file": [file]})
    form = profile.form_of(profile.file[0])
    assert (form.sheet, form.head, form.head_rows, form.footer, form.merged) == ("A", 4, 2, ("I alt",), "fill")
    with pytest.raises(ValidationError, match="I alt"):
        Profile.model_validate({"name": "p", "about": "P", "file": [{**file, "footer": ["I alt("]}]})


@pytest.mark.parametrize(
    ("form", "text", "moment"),
    [
        ("%d-%m-%y", "01-11-26", "2026-11-01"),
        ("%d-%m-%y", "01-11-30", "2030-11-01"),
        ("%d-%m-%y", "01-11-31", "1931-11-01"),
        ("%d-%m-%y", "01-11-2026", None),
        ("%y%m%d %H:%M", "261101 07:30", "2026-11-01T07:30"),
        ("%d/%m-%y", "29/2-25", None),
    ],
)
def test_a_year_of_two_digits_is_of_the_century_that_the_pivot_says(form: str, text: str, moment: str | None) -> None:
    assert moment_form(form, 30).read(text) == moment
    assert moment is None or moment_form(form, 30).write(moment) == text
    with pytest.raises(NotAForm):
        moment_form(form)


def test_a_year_that_would_be_read_as_another_is_not_written() -> None:
    assert moment_form("%d-%m-%y", 30).write("1926-11-01") is None
    assert moment_form("%d-%m-%y", 30).write("2031-11-01") is None


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([["Nr", "Navn"]], ("Nr", "Navn")),
        (
            [["Telefon", "", "Adresse"], ["Privat", "Arbejde", "Vej"]],
            ("Telefon Privat", "Telefon Arbejde", "Adresse Vej"),
        ),
        ([["Nr", "Medicin", ""], ["", "Navn", "Styrke"]], ("Nr", "Medicin Navn", "Medicin Styrke")),
        ([["Nr", ""], ["", "Navn"]], ("Nr", "Navn")),
        ([["", "A", "", ""], ["x", "y", "", "z"]], ("x", "A y", "#3", "z")),
        ([["Telefon", "Telefon", "", "Telefon"]], ("Telefon", "Telefon#2", "#3", "Telefon#3")),
        ([["A", "A#2", "A"]], ("A", "A#2", "A#3")),
        ([[" A ", "B"], ["C"]], ("A C", "B")),
    ],
)
def test_columns_are_named_by_all_their_headings_and_each_by_one_name(
    lines: list[list[str]], expected: tuple[str, ...]
) -> None:
    assert names(lines) == expected


FORMS = st.fixed_dictionaries(
    {
        "encoding": st.sampled_from(["utf-8", "cp1252", ["utf-8", "iso-8859-15"]]),
        "escape": st.sampled_from(["", "\\"]),
        "head": st.integers(1, 2),
        "head_rows": st.integers(1, 3),
        "footer": st.sampled_from([[], ["sum.*"], ["n={rows}"]]),
        "comment": st.sampled_from(["", "#"]),
    }
)
WILD = st.text(st.sampled_from('a,";\n\r#ø\\ns=1\ufeffÃ¦'), max_size=60)


@settings(deadline=None)
@given(form=FORMS, text=WILD)
@example(
    form={"encoding": "utf-8", "escape": "", "head": 1, "head_rows": 2, "footer": [], "comment": ""},
    text="\r\ufeff\ufeff",
)
def test_the_size_of_the_pieces_makes_no_difference_whatever_is_stated(
    tmp_path_factory: pytest.TempPathFactory, form: dict[str, Any], text: str
) -> None:
    path = tmp_path_factory.mktemp("pieces") / "table.csv"
    path.write_bytes(("a,b\n" + text).encode())
    outcomes: list[object] = []
    for piece in (4 << 20, 3, 1):
        try:
            rows = Rows(path, TextForm.model_validate(form), piece)
            blocks = list(rows.blocks(range(len(rows.head))))
        except ReaderError as trouble:
            outcomes.append(trouble.kind.code)
            continue
        found = [
            (line, *[block.cells[place][at] for place in range(len(rows.head))])
            for block in blocks
            for at, line in enumerate(block.lines)
        ]
        faults = sorted((fault.line, fault.code) for block in blocks for fault in block.faults)
        passed = (rows.blank, rows.footers, rows.heads)
        assert rows.count == len(found) + sum(code == "row-ragged" for _, code in faults)
        outcomes.append((rows.head, found, faults, passed))
    assert outcomes[1:] == outcomes[:1] * 2


TEXT = st.text(st.sampled_from('aå ,;"\\\n#'), min_size=1, max_size=8).filter(lambda text: text.strip() == text)


@settings(deadline=None)
@given(texts=st.lists(TEXT, max_size=5), escape=st.sampled_from(["", "\\"]), head_rows=st.integers(1, 3))
def test_what_is_written_in_a_form_is_read_again(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str], escape: str, head_rows: int
) -> None:
    folder = tmp_path_factory.mktemp("written")
    form = {"delimiter": ";", "escape": escape, "head_rows": head_rows, "encoding": ["utf-8", "cp1252"], "comment": "#"}
    profile = Profile.model_validate(
        {"name": "p", "about": "P", "form": form, "file": [{"name": "n.csv", "head": 2, "record": [NOTE]}]}
    )
    notes = [
        Note(id=f"n{place}", citizen="b", text=text, origin=Origin("n.csv", 0)) for place, text in enumerate(texts)
    ]
    written = write(profile, notes, folder, "2026-11-22T05:30")
    items = list(Export(Source(name="s", path=folder), profile, written.files).items())
    assert [item.text for item in items if isinstance(item, Note)] == texts
    assert [item for item in items if isinstance(item, Issue)] == []


def read(folder: Path, *files: dict[str, Any], **more: object) -> list[Item]:
    profile = Profile.model_validate({"name": "p", "about": "P", "file": list(files), **more})
    return list(Export(Source(name="s", path=folder), profile, sorted(folder.iterdir())).items())


def receipts(items: list[Item]) -> dict[str, tuple[int, int, int, int]]:
    assert isinstance(items[-1], Delivery)
    found = [item for item in items if isinstance(item, Receipt)]
    assert all((item.size, item.sha256) == (None, None) for item in found)
    return {item.file: (item.read, item.filed, item.refused, item.left) for item in found}


def test_a_row_that_gives_any_record_is_filed_and_one_that_says_nothing_is_counted_apart(tmp_path: Path) -> None:
    lines = ["Nr,Borger,Tekst,Enhed", "n1,b1,Bad,Nord", ",,,Nord", "n3,,Bad,Syd", "n4,,Bad,", ",,,", ",,x,"]
    (tmp_path / "n.csv").write_text("\n".join(lines), encoding="utf-8")
    unit = {"table": "unit", "once": True, "when": ["Enhed"], "fields": {"id": "Enhed", "name": "Enhed"}}
    items = read(tmp_path, {"name": "n.csv", "record": [{**NOTE, "when": ["Nr"]}, unit]})
    assert receipts(items) == {"n.csv": (4, 3, 1, 0)}
    told = [(item.code, item.row) for item in items if isinstance(item, Issue)]
    assert told == [("row-refused", 4), ("row-refused", 5), ("rows-blank", 6), ("rows-silent", 7)]


def test_a_row_that_repeats_what_was_taken_with_another_content_is_refused(tmp_path: Path) -> None:
    (tmp_path / "n.csv").write_text("Nr,Navn\nu1,Nord\nu1,Nord\nu1,Syd\n", encoding="utf-8")
    unit = {"table": "unit", "once": True, "fields": {"id": "Nr", "name": "Navn"}}
    items = read(tmp_path, {"name": "n.csv", "record": [unit]})
    assert receipts(items) == {"n.csv": (3, 2, 1, 0)}


def test_an_older_file_and_a_manifest_have_their_receipts_too(tmp_path: Path) -> None:
    for day in ("2026-11-21", "2026-11-22"):
        (tmp_path / f"n_{day}.csv").write_text("Nr,Borger,Tekst\nn1,b1,Bad\nn2,b2,Bad,Mad\n", encoding="utf-8")
    (tmp_path / "list.csv").write_text("file,rows\nn_2026-11-22.csv,2\n", encoding="utf-8")
    items = read(
        tmp_path,
        {"name": "n_{taken}.csv", "record": [NOTE]},
        taken_at={"form": "%Y-%m-%d"},
        manifest={"name": "list.csv"},
    )
    assert receipts(items) == {
        "list.csv": (0, 0, 0, 0),
        "n_2026-11-21.csv": (0, 0, 0, 1),
        "n_2026-11-22.csv": (2, 1, 1, 0),
    }
