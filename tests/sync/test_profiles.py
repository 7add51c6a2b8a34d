"""Profiles: those that are shipped, the documentation of the canonical form, and what a wrong one is told."""

from __future__ import annotations

import re
from datetime import datetime, time
from pathlib import Path

import pytest

from backupreader.domain.errors import SETTINGS_UNREADABLE
from backupreader.domain.records import TABLES, Issue
from backupreader.domain.trouble import ReaderError
from sync.adapter import Source
from sync.adapters.table import profile_of
from sync.pdf.profile import SHIPPED as PRINTS
from sync.profile import FOLDER, SHIPPED, Profile, load
from sync.tables.delivering import Export
from sync.tables.fields import FIELDS, Kind
from sync.tables.forms import moment_form
from sync.tables.plan import RecordPlan, plans

ROOT = Path(__file__).resolve().parents[2]
MANUAL = (ROOT / "installer" / "canonical-csv.md").read_text(encoding="utf-8")


WHOLE = ("canonical", "magnacura", "nexus")  # a whole journal; the others are lists beside one


def test_every_profile_in_the_folder_is_shipped_and_called_like_its_file() -> None:
    assert {path.stem for path in FOLDER.glob("*.toml")} - {PRINTS} == set(SHIPPED)
    assert [load(name).name for name in SHIPPED] == list(SHIPPED)


@pytest.mark.parametrize("name", WHOLE)
def test_a_shipped_profile_delivers_every_table_but_documents(name: str) -> None:
    tables = {record.table for plan in plans(load(name)) for record in plan.records}
    assert tables == set(TABLES) - {"document"}


@pytest.mark.parametrize("name", WHOLE)
def test_a_shipped_profile_has_a_word_for_everything_that_a_field_can_be(name: str) -> None:
    for plan in plans(load(name)):
        for record in plan.records:
            for field in record.fields:
                if field.field.kind is Kind.CHOICE and field.places:
                    assert all(field.codec.write(word) for word in field.field.choices), (plan.form.name, field.name)


@pytest.mark.parametrize("name", WHOLE)
def test_a_shipped_profile_carries_every_field_of_the_screens(name: str) -> None:
    dropped: set[str] = set()
    for table, known in FIELDS.items():
        carried = {
            field.name
            for plan in plans(load(name))
            for record in plan.records
            if record.table == table
            for field in record.fields
        }
        numbers = any(record.numbers for plan in plans(load(name)) for record in plan.records if record.table == table)
        carried |= {"identifiers"} if numbers else set()
        dropped |= {f"{table}.{field}" for field in known if field not in carried}
    # A vendor's list has no column for a status's own word, and its visits are in the site's zone.
    allowed = {f"{table}.status_source" for table in FIELDS} | {"visit.zone"}
    assert dropped <= (set() if name == "canonical" else allowed)


@pytest.mark.parametrize("name", set(SHIPPED) - set(WHOLE))
def test_a_list_beside_a_journal_says_whom_it_is_about(name: str) -> None:
    records = [record for plan in plans(load(name)) for record in plan.records]
    assert "citizen" in {record.table for record in records}
    assert any(record.numbers for record in records if record.table == "citizen")


@pytest.mark.parametrize(("name", "file"), [(name, n) for name in SHIPPED for n in range(len(load(name).file))])
def test_a_row_in_a_profiles_own_words_fills_every_field_and_raises_no_doubt(
    name: str, file: int, tmp_path: Path
) -> None:
    profile = load(name)
    plan = plans(profile)[file]
    taken = profile.taken_at
    stated = moment_form(taken.form).write("2026-11-22T05:30") if taken is not None else None
    cells = {column: text for record in plan.records for column, text in own_words(profile, record).items()}
    if taken is not None and taken.column:
        cells[taken.column] = stated or ""
    form = profile.form
    before = [taken.line.replace("{taken}", stated or "")] if taken is not None and taken.line else []
    lines = [*before, form.delimiter.join(cells), form.delimiter.join(f'"{text}"' for text in cells.values())]
    lines += [form.trailer.replace("{rows}", "1")] if form.trailer else []
    path = tmp_path / plan.form.name.replace("{taken}", stated or "").replace("*", "")
    path.write_text("".join(line + "\r\n" for line in lines), encoding=form.encoding, newline="")
    assert profile_of(path) == name
    only = profile.model_copy(update={"file": (profile.file[file],), "manifest": None})
    items = list(Export(Source(name="s", path=tmp_path), only, [path]).items())
    assert [item for item in items if isinstance(item, Issue)] == []
    for record in plan.records:
        made = [item for item in items if type(item) is record.cls]
        assert made
        fields = {field.name for field in record.fields if field.places}
        assert all(any(getattr(one, field) is not None for one in made) for field in fields)


def own_words(profile: Profile, record: RecordPlan) -> dict[str, str]:
    """A cell for each column of a record, in the profile's own forms and codes."""
    day, clock = moment_form(profile.form.moments[0]), profile.form.clocks[0]
    cells: dict[str, str] = {}
    for field in record.fields:
        texts = {
            Kind.MOMENT: day.write("2026-11-22T06:00") or "",
            Kind.CLOCK: time(8).strftime(clock),
            Kind.YES_NO: profile.form.yes[0],
        }
        codes = getattr(field.codec, "codes", None) or {}
        text = next(iter(codes), texts.get(field.field.kind, "1"))
        for place, column in enumerate(field.places):
            dated = field.field.kind is Kind.MOMENT and len(field.places) > 1
            date = profile.form.moments[1] if len(profile.form.moments) > 1 else "%Y-%m-%d"
            part = (datetime(2026, 11, 22, 6).strftime(date), "06:00")[place] if dated else text  # noqa: DTZ001
            cells.setdefault(column, part)
    cells |= {number.column: "010190-1234" if profile.country != "SE" else "19121212-1212" for number in record.numbers}
    if record.split is not None:
        cells[record.split.column] = record.split.inner.join(["08:00", "1"][: len(record.split.fields)])
    if record.spread is not None and record.spread.columns != "*":
        cells |= dict.fromkeys(record.spread.columns, "1")
    return cells


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_profile_is_explained_to_those_who_adapt_it(name: str) -> None:
    lines = (FOLDER / f"{name}.toml").read_text(encoding="utf-8").splitlines()
    assert sum("#" in line for line in lines) >= 10


def test_the_manual_of_the_canonical_form_names_every_file_and_column_and_no_other() -> None:
    sections = dict(re.findall(r"^### (\w+)\.csv\n(.*?)(?=^### |\Z)", MANUAL, re.MULTILINE | re.DOTALL))
    plan = {record.table: record for one in plans(load("canonical")) for record in one.records}
    assert set(sections) == set(plan)
    for table, text in sections.items():
        rows = re.findall(r"^\| `(\w+)` \| (yes)? ?\| (.*?) \|", text, re.MULTILINE)
        assert [name for name, _, _ in rows if not name.startswith("identifier")] == [
            field.name for field in plan[table].fields
        ]
        assert {name for name, _, _ in rows} == set(plan[table].columns)
        assert {name for name, required, _ in rows if required} == set(plan[table].needed)
        for name, _, what in rows:
            field = FIELDS[table].get(name)
            if field is not None and field.choices:
                assert set(re.findall(r"`([\w-]+)`", what)) == set(field.choices), (table, name)


def test_the_example_of_the_manual_is_read_as_it_says(tmp_path: Path) -> None:
    from sync.adapter import Source
    from sync.adapters.table import ADAPTER

    (example,) = re.findall(r"```\n(.*?)```", MANUAL, re.DOTALL)
    (tmp_path / "note.csv").write_text(example, encoding="utf-8", newline="")
    assert ADAPTER.claims(tmp_path / "note.csv")
    first, second, _, delivery = ADAPTER.read(Source(name="s", path=tmp_path), [tmp_path / "note.csv"])
    assert (first.text, second.text) == ('Slept well.\nAte "a little".', "Went for a walk.")  # type: ignore[union-attr]
    assert delivery.filed == 2  # type: ignore[union-attr]


GOOD = """name = "ours"
about = "Ours"
[[file]]
name = "notes.csv"
[[file.record]]
table = "note"
[file.record.fields]
id = "Nr"
citizen = "Borger"
text = "Tekst"
"""


def refused(tmp_path: Path, text: str) -> str:
    path = tmp_path / "ours.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ReaderError) as told:
        load(str(path))
    assert told.value.kind is SETTINGS_UNREADABLE
    assert told.value.facts["path"] == path
    return str(told.value.facts["reason"])


def test_a_profile_of_one_s_own_is_read_from_its_file(tmp_path: Path) -> None:
    (tmp_path / "ours.toml").write_text(GOOD, encoding="utf-8")
    assert load(str(tmp_path / "ours.toml")).name == "ours"


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('about = "Ours"', "about = 1", "about: "),
        ('about = "Ours"', 'about = "Ours"\ncolour = "red"', "colour: "),
        ('name = "notes.csv"', 'name = "../notes.csv"', "file.1.name: "),
        ('table = "note"', 'table = "notes"', "file.1.record.1: .*there is no table 'notes'"),
        ('text = "Tekst"', 'words = "Tekst"', "file.1.record.1: a note has no field 'words'"),
        ('text = "Tekst"\n', "", "file.1.record.1: a note needs text"),
        ('text = "Tekst"', "text = { colum = 'Tekst' }", "file.1.record.1.fields.text.colum: "),
        ('text = "Tekst"', "text = { column = 'a', columns = ['b'] }", "fields.text: .*state one of"),
        ('text = "Tekst"', "text = 7", "file.1.record.1.fields.text: "),
        ('id = "Nr"', 'id = { value = "1" }', "id must come from a column"),
        ('text = "Tekst"', 'text = "Tekst"\nstatus = { column = "S", codes = { A = "activ" } }', "leads to 'activ'"),
        ('text = "Tekst"', 'text = "Tekst"\nstatus = { column = "S", codes = "list" }', "no list of codes 'list'"),
        ('text = "Tekst"', 'text = "Tekst"\nstatus = { value = "done" }', "cannot be 'done'"),
        ('text = "Tekst"', 'text = "Tekst"\nimportant = { value = 1 }', "important cannot be 1"),
        ('text = "Tekst"', 'text = "Tekst"\nwritten_at = { column = "D", forms = ["%y"] }', "%y"),
        ('text = "Tekst"', 'text = "Tekst"\nwritten_at = { column = "D", not_before = "text" }', "not_before"),
        ('text = "Tekst"', 'text = { columns = ["a", "b"], join = "" }', "columns need a join"),
        ('about = "Ours"', 'about = "Ours"\n[form]\nencoding = "latin9"', "form.encoding: "),
        ('about = "Ours"', 'about = "Ours"\n[form]\ndelimiter = "||"', "form.delimiter: "),
        ('about = "Ours"', 'about = "Ours"\n[form]\ndelimiter = \'"\'', "form: .*must differ"),
        ('about = "Ours"', 'about = "Ours"\n[form]\nmoments = ["%d.%m.%y"]', "form: "),
        ('about = "Ours"', 'about = "Ours"\n[form]\ntrailer = "Rows"', "form.trailer: .*rows"),
        ('table = "note"', 'table = "note"\nidentifiers = [{ column = "CPR" }]', "has no identifiers"),
        ("about", "about about", "line 2"),
    ],
)
def test_a_wrong_profile_is_refused_with_its_file_and_key(tmp_path: Path, old: str, new: str, reason: str) -> None:
    assert old in GOOD
    assert re.search(reason, refused(tmp_path, GOOD.replace(old, new)))


def test_a_part_of_a_row_is_a_spread_or_a_split_and_fills_fields_that_there_are(tmp_path: Path) -> None:
    dose = GOOD.replace('"note"', '"dose"').replace("text =", "medication =")
    spread = '[file.record.spread]\ncell = "quantity"\n[file.record.spread.columns]\n"Nat" = { slot = "night" }\n'
    split = '[file.record.split]\ncolumn = "T"\nseparator = ","\nfields = ["time"]\n'
    (tmp_path / "good.toml").write_text(dose + spread, encoding="utf-8")
    assert load(str(tmp_path / "good.toml"))
    assert "not both" in refused(tmp_path, dose + spread + split)
    assert "slot cannot be 'nat'" in refused(tmp_path, dose + spread.replace('"night"', '"nat"'))
    assert "no field 'speed'" in refused(tmp_path, dose + spread.replace("slot", "speed"))
    assert "no field 'hours'" in refused(tmp_path, dose + split.replace('"time"', '"hours"'))


def test_a_profile_that_is_not_there_is_told() -> None:
    with pytest.raises(ReaderError) as told:
        load("no-such-profile.toml")
    assert told.value.kind is SETTINGS_UNREADABLE
