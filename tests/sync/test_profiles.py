"""Profiles: the three that are shipped, the documentation of the canonical form, and what a wrong one is told."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from backupreader.domain.errors import SETTINGS_UNREADABLE, ReaderError
from backupreader.domain.records import TABLES
from sync.profile import FOLDER, SHIPPED, load
from sync.tables.fields import FIELDS, Kind
from sync.tables.plan import plans

ROOT = Path(__file__).resolve().parents[2]
MANUAL = (ROOT / "installer" / "canonical-csv.md").read_text(encoding="utf-8")


def test_every_profile_in_the_folder_is_shipped_and_called_like_its_file() -> None:
    assert sorted(path.stem for path in FOLDER.glob("*.toml")) == sorted(SHIPPED)
    assert [load(name).name for name in SHIPPED] == list(SHIPPED)


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_profile_delivers_every_table_but_documents(name: str) -> None:
    tables = {record.table for plan in plans(load(name)) for record in plan.records}
    assert tables == set(TABLES) - {"document"}


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_profile_has_a_word_for_everything_that_a_field_can_be(name: str) -> None:
    for plan in plans(load(name)):
        for record in plan.records:
            for field in record.fields:
                if field.field.kind is Kind.CHOICE and field.places:
                    assert all(field.codec.write(word) for word in field.field.choices), (plan.form.name, field.name)


@pytest.mark.parametrize("name", SHIPPED)
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
    first, second, delivery = ADAPTER.read(Source(name="s", path=tmp_path), [tmp_path / "note.csv"])
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
        ('text = "Tekst"', 'words = "Tekst"', "file.1.record.1: .*has no field 'words'"),
        ('text = "Tekst"\n', "", "file.1.record.1: .*needs text"),
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
