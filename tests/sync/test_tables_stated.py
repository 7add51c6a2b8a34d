"""Each way of writing a table that a profile can state, and each that municipalities really send, ends as it should.

Every file in tests/data/tables/stated is here with its profile's form and with what must come of it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from backupreader.domain.errors import COLUMN_MISSING, SOURCE_DAMAGED, WRONG_ENCODING
from backupreader.domain.issues import SENTENCES
from backupreader.domain.records import Citizen, Dose, Issue, Note, Receipt
from backupreader.domain.trouble import Kind, ReaderError
from sync.adapter import Item, Source
from sync.profile import Profile
from sync.tables.delivering import Export

FOLDER = Path(__file__).resolve().parents[1] / "data" / "tables" / "stated"
NOTE = {"id": "Nr", "citizen": "Borger", "written_at": "Dato", "text": "Tekst"}
FORM = {"delimiter": ";", "moments": ["%d-%m-%Y %H:%M"], "decimal": ","}
FOOTERS = [r"I alt\b.*", r"\*.*", "Antal rækker: {rows}"]
SEVERAL = {"encoding": ["utf-8", "cp1252"]}


@dataclass(frozen=True)
class Stated:
    """What a profile says beside `FORM`, and what must come: so many records, these issues; or a refusal."""

    filed: int = 3
    issues: tuple[str, ...] = ()
    form: dict[str, Any] = field(default_factory=dict)
    fields: dict[str, Any] = field(default_factory=lambda: NOTE)
    table: str = "note"
    more: dict[str, Any] = field(default_factory=dict)
    refused: tuple[Kind, str] | None = None


FILES: dict[str, Stated] = {
    "latin-9.csv": Stated(1, form={"encoding": "iso-8859-15"}),
    "utf-16-little.csv": Stated(form={"encoding": "utf-16"}),
    "utf-16-big.csv": Stated(form={"encoding": "utf-16"}),
    "utf-8-with-mark.csv": Stated(form={"encoding": "utf-8-sig"}),
    "cp1252-of-several.csv": Stated(form=SEVERAL),
    "utf-8-of-several.csv": Stated(form=SEVERAL),
    "utf-8-and-cp1252-mixed.csv": Stated(form=SEVERAL, refused=(WRONG_ENCODING, r"row 2")),
    "utf-8-said-to-be-cp1252.csv": Stated(form={"encoding": "cp1252"}, refused=(WRONG_ENCODING, r"cp1252 \(row 2\)")),
    "garbled-row.csv": Stated(issues=("warning text-garbled 3",)),
    "tabs-said-to-be-semicolons.csv": Stated(refused=(COLUMN_MISSING, r"parted by '\\t', and the profile states “;”")),
    "title-rows.csv": Stated(form={"head": 3}),
    "head-of-two-rows.csv": Stated(
        form={"head_rows": 2},
        fields={"id": "Notat Nr", "citizen": "Notat Borger", "written_at": "Skrevet Dato", "text": "Skrevet Tekst"},
    ),
    "totals-and-footnotes.csv": Stated(2, ("note rows-footer 3",), form={"footer": FOOTERS}),
    "totals-miscounted.csv": Stated(form={"footer": FOOTERS}, refused=(SOURCE_DAMAGED, "another number of rows")),
    "blank-rows.csv": Stated(2, ("note rows-blank 3",)),
    "names-twice.csv": Stated(1, fields={**NOTE, "text": "Tekst#2", "kind": "Tekst"}),
    "names-twice-unsaid.csv": Stated(refused=(SOURCE_DAMAGED, r"same name \(row 1\)")),
    "names-empty.csv": Stated(1, fields={**NOTE, "text": "#4"}),
    "names-again.csv": Stated(2, ("note rows-head-again 3",)),
    "sep-line.csv": Stated(),
    "sep-line-of-another-sign.csv": Stated(refused=(COLUMN_MISSING, "parted by “,”")),
    "escaped-quotes.csv": Stated(2, form={"escape": "\\"}),
    "mark-in-the-middle.csv": Stated(2, ("warning mark-within 3",)),
    "line-breaks-and-zero-byte.csv": Stated(2, ("warning zero-byte 4",)),
    "ragged-rows.csv": Stated(1, ("error row-ragged 3", "error row-ragged 4")),
    "two-digit-years.csv": Stated(
        3, ("error date-unreadable 4 Dato",), form={"moments": ["%d-%m-%y %H:%M"], "pivot": 30}
    ),
    "swedish-dates.csv": Stated(3, ("error date-unreadable 4 Dato",), form={"moments": ["%Y-%m-%d %H.%M", "%Y%m%d"]}),
    "rounded-id.csv": Stated(
        1,
        (
            "error number-rounded 3 Nr",
            "error number-rounded 4 Borger",
            "error row-refused 3 Nr",
            "error row-refused 4 Borger",
        ),
    ),
    "nine-digit-cpr.csv": Stated(
        3,
        ("warning number-short 3 CPR", "error number-rounded 4 CPR"),
        table="citizen",
        fields={"id": "Nr", "name": "Navn", "birth_date": {"column": "Født", "forms": ["%d-%m-%Y"]}},
        more={"identifiers": [{"column": "CPR"}]},
    ),
    "decimal-commas.csv": Stated(
        4,
        ("warning number-odd 3 Antal", "error number-rounded 4 Antal", "warning number-odd 5 Antal"),
        table="dose",
        fields={"id": "Nr", "citizen": "Borger", "medication": "Ordination", "quantity": "Antal"},
    ),
    "web-page-called.xls": Stated(refused=(SOURCE_DAMAGED, "web page")),
    "text-called.xls": Stated(),
    "headings-of-nothing.csv": Stated(refused=(SOURCE_DAMAGED, "no headings")),
}


def read(name: str) -> list[Item]:
    stated = FILES[name]
    record = {"table": stated.table, "fields": stated.fields, **stated.more}
    told = {
        "name": "ours",
        "about": "Ours",
        "form": {**FORM, **stated.form},
        "file": [{"name": name, "record": [record]}],
    }
    source = Source(name="s", path=FOLDER, taken_at="2026-11-22")
    return list(Export(source, Profile.model_validate(told), [FOLDER / name]).items())


def notes(name: str) -> list[Note]:
    return [item for item in read(name) if isinstance(item, Note)]


def test_every_file_is_tried() -> None:
    assert sorted(FILES) == sorted(path.name for path in FOLDER.iterdir())


@pytest.mark.parametrize("name", [name for name, stated in FILES.items() if stated.refused is None])
def test_a_file_is_read_as_its_profile_states(name: str) -> None:
    items = read(name)
    issues = [item for item in items if isinstance(item, Issue)]
    told = [f"{issue.severity} {issue.code} {issue.row} {issue.column or ''}".rstrip() for issue in issues]
    assert told == list(FILES[name].issues)
    assert {issue.code for issue in issues} <= set(SENTENCES)
    (receipt,) = [item for item in items if isinstance(item, Receipt)]
    refused = {issue.row for issue in issues if issue.code in {"row-ragged", "row-refused"}}
    assert (receipt.file, receipt.filed, receipt.refused) == (name, FILES[name].filed, len(refused))
    assert receipt.read == receipt.filed + receipt.refused
    for note in (item for item in items if isinstance(item, Note)):
        assert note.text in {
            "Spiste på stuen", "Betalte 5 € på stuen", 'Sagde "nej; tak" og \\ gik',
            "Første\r\nanden", "Bor\N{REPLACEMENT CHARACTER}geren", "Spiste pÃ¥ stuen",
        }  # fmt: skip


@pytest.mark.parametrize("name", [name for name, stated in FILES.items() if stated.refused is not None])
def test_a_file_that_is_not_as_its_profile_states_is_refused(name: str) -> None:
    refused = FILES[name].refused
    assert refused is not None
    with pytest.raises(ReaderError, match=refused[1]) as told:
        read(name)
    assert told.value.kind is refused[0]
    assert name in str(told.value)


def test_years_of_two_digits_are_of_the_century_that_the_pivot_says() -> None:
    assert [note.written_at for note in notes("two-digit-years.csv")] == ["2026-11-01T07:30", "1938-11-02T07:30", None]


def test_a_row_is_named_by_its_line_also_under_titles_and_a_sep_line() -> None:
    assert [note.origin.row for note in notes("title-rows.csv")] == [4, 5, 6]
    assert [note.origin.row for note in notes("sep-line.csv")] == [3, 4, 5]
    assert [note.origin.row for note in notes("head-of-two-rows.csv")] == [3, 4, 5]


def test_a_person_number_without_its_zero_is_kept_as_it_stands_and_a_shortened_one_is_not_used() -> None:
    citizens = [item for item in read("nine-digit-cpr.csv") if isinstance(item, Citizen)]
    assert [[number.value for number in citizen.identifiers] for citizen in citizens] == [
        ["6101480011"],
        ["101480011"],
        [],
    ]


def test_a_quantity_is_never_mistaken_for_another() -> None:
    doses = [item for item in read("decimal-commas.csv") if isinstance(item, Dose)]
    assert [dose.quantity for dose in doses] == ["0.5", "“1.000”", None, "½"]


def test_a_row_that_begins_with_a_mark_keeps_its_own_id() -> None:
    assert [note.id for note in notes("mark-in-the-middle.csv")] == ["s:n1", "s:n2"]
