"""Each of the broken files in tests/data/tables ends as it should: refused with a row, or read with its issues."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from backupreader.domain.errors import COLUMN_MISSING, KINDS, SOURCE_DAMAGED, WRONG_ENCODING
from backupreader.domain.issues import SENTENCES, sentence
from backupreader.domain.records import Delivery, Issue, Note
from backupreader.domain.trouble import Kind, ReaderError
from backupreader.language import CODES, Language
from sync.adapter import Source
from sync.adapters.table import ADAPTER

FOLDER = Path(__file__).resolve().parents[1] / "data" / "tables"

REFUSED: dict[str, tuple[Kind, int | None]] = {
    "cut-in-a-quoted-cell": (SOURCE_DAMAGED, 6),
    "cut-in-a-row": (SOURCE_DAMAGED, 5),
    "cut-in-the-last-cell": (SOURCE_DAMAGED, 5),
    "cut-in-a-letter": (SOURCE_DAMAGED, 5),
    "cp1252-said-to-be-utf-8": (WRONG_ENCODING, 2),
    "utf-16-said-to-be-utf-8": (WRONG_ENCODING, 1),
    "utf-16-without-a-mark": (WRONG_ENCODING, 1),
    "zero-bytes-to-the-end": (SOURCE_DAMAGED, 5),
    "empty": (SOURCE_DAMAGED, 1),
    "only-blank-lines": (SOURCE_DAMAGED, 1),
    "column-missing": (COLUMN_MISSING, None),
    "column-twice": (SOURCE_DAMAGED, 1),
    "quote-never-closed": (SOURCE_DAMAGED, 3),
    "semicolons": (COLUMN_MISSING, None),
}
READ: dict[str, tuple[int, list[str]]] = {
    "whole": (6, []),
    "only-a-head": (0, []),
    "byte-order-mark": (1, []),
    "one-zero-byte": (6, ["warning zero-byte 4"]),
    "column-unknown": (1, ["note column-left-unread 1 mood"]),
    "too-few-cells": (2, ["error row-ragged 3"]),
    "too-many-cells": (2, ["error row-ragged 3"]),
    "blank-rows": (2, ["note rows-blank 3"]),
    "quote-not-doubled": (3, ["warning quote-mended 3"]),
    "quote-within-a-cell": (2, []),
    "bad-date": (3, ["error date-unreadable 3 written_at"]),
    "no-such-day": (3, ["error date-unreadable 3 written_at"]),
    "unknown-status": (2, ["warning code-unknown 3 status"]),
    "required-cell-empty": (2, ["error row-refused 3 citizen"]),
    "id-twice": (3, ["warning id-repeated 4"]),
    "lines-end-with-cr": (6, []),
    "line-breaks-in-cells": (3, ["error date-unreadable 6 written_at"]),
    "markup": (1, []),
}


def read(name: str, folder: Path) -> tuple[list[Note], list[Issue], list[Delivery]]:
    path = folder / "note.csv"
    shutil.copyfile(FOLDER / f"{name}.csv", path)
    items = list(ADAPTER.read(Source(name="s", path=folder, profile="canonical", taken_at="2026-11-22"), [path]))
    return (
        [item for item in items if isinstance(item, Note)],
        [item for item in items if isinstance(item, Issue)],
        [item for item in items if isinstance(item, Delivery)],
    )


def test_every_broken_file_is_tried() -> None:
    assert sorted({*REFUSED, *READ}) == sorted(path.stem for path in FOLDER.glob("*.csv"))


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_a_file_that_cannot_be_read_is_refused_with_its_row_in_every_language(name: str, tmp_path: Path) -> None:
    kind, row = REFUSED[name]
    with pytest.raises(ReaderError) as told:
        read(name, tmp_path)
    trouble = told.value
    assert trouble.kind is kind
    assert kind in KINDS
    assert trouble.facts.get("row") == row
    for code in CODES:
        assert "note.csv" in trouble.sentence(Language(code))
        assert trouble.hint(Language(code))


@pytest.mark.parametrize("name", sorted(READ))
def test_a_value_that_cannot_be_read_is_an_issue_with_its_row_and_column(name: str, tmp_path: Path) -> None:
    count, expected = READ[name]
    notes, issues, deliveries = read(name, tmp_path)
    told = [f"{issue.severity} {issue.code} {issue.row} {issue.column or ''}".rstrip() for issue in issues]
    assert told == expected
    assert len(notes) == count
    (delivery,) = deliveries
    assert delivery.read == delivery.filed + delivery.refused
    assert delivery.filed == count
    assert (delivery.complete is False) == bool(delivery.refused)
    for issue in issues:
        assert issue.file == "note.csv"
        assert issue.code in SENTENCES
        assert "{" not in sentence(issue, Language("en")).replace(issue.value or "", "")


def test_a_row_without_its_date_still_comes(tmp_path: Path) -> None:
    notes, _, _ = read("bad-date", tmp_path)
    assert [note.written_at for note in notes] == ["2026-11-01T07:30", None, "2026-11-03T07:30"]


def test_an_unknown_status_is_unknown_and_keeps_its_own_word(tmp_path: Path) -> None:
    notes, _, _ = read("unknown-status", tmp_path)
    assert [(note.status, note.status_source) for note in notes] == [("final", None), ("unknown", "Muligvis")]


def test_text_is_kept_to_the_letter(tmp_path: Path) -> None:
    notes, _, _ = read("markup", tmp_path)
    assert notes[0].text == "  <b>Allergi</b> & 0042 "
    notes, _, _ = read("line-breaks-in-cells", tmp_path)
    assert notes[0].text == "Første linje\nanden linje\r\ntredje linje"
    assert [note.origin.row for note in notes] == [2, 5, 6]
    notes, _, _ = read("quote-not-doubled", tmp_path)
    assert notes[1].text == 'Hun sagde "nej tak" til maden'
    notes, _, _ = read("one-zero-byte", tmp_path)
    assert notes[2].text == "Bor\N{REPLACEMENT CHARACTER}geren spiste på stuen"


def test_an_id_that_stands_twice_is_told_apart(tmp_path: Path) -> None:
    notes, _, _ = read("id-twice", tmp_path)
    assert [note.id for note in notes] == ["s:n1", "s:n2", "s:n1#2"]
