from __future__ import annotations

from dataclasses import fields
from typing import get_args, get_type_hints

import pytest

from backupreader.domain.records import TABLES, Citizen, Identifier, Note, Origin
from backupreader.store.rows import FileNumbers, table


def whole(record, number):
    """A record with something in every field."""
    hints = get_type_hints(record)
    values = {}
    for place, field in enumerate(fields(record)):
        kinds = get_args(hints[field.name]) or (hints[field.name],)
        if field.name == "origin":
            values["origin"] = Origin(f"file {number}.csv", number)
        elif field.name == "identifiers":
            values["identifiers"] = (Identifier("cpr", "1403381234", None, None), Identifier("local", "7", "x", False))
        elif bool in kinds:
            values[field.name] = (number + place) % 2 == 0
        elif int in kinds:
            values[field.name] = number * 100 + place
        elif bytes in kinds:
            values[field.name] = bytes(range(256)) * number
        elif str not in kinds and type(None) not in kinds:
            values[field.name] = kinds[number % len(kinds)]
        else:
            values[field.name] = f"{field.name} {number} æøå \x00 'quoted' \U0001f9d3"
    return record(**{**values, "id": f"a:{number}"})


def bare(record, number):
    """A record with as little as there can be."""
    filled = whole(record, number)
    from dataclasses import MISSING

    required = [field.name for field in fields(record) if field.default is MISSING and field.default_factory is MISSING]
    return record(**{name: getattr(filled, name) for name in required})


@pytest.mark.parametrize("record", TABLES.values(), ids=TABLES.keys())
def test_a_record_comes_back_as_it_was_filed(reading, record):
    filed = [whole(record, 1), bare(record, 2), whole(record, 3)]
    shelf = reading(*filed)._shelf
    assert list(shelf.citizens() if record is Citizen else shelf.records(record)) == filed


def test_a_column_that_is_the_same_in_all_rows_is_kept_too(reading):
    origin = Origin("notes.csv", 1)
    filed = [Note(id=f"a:{n}", citizen="a:1", text="x", origin=origin, important=True, title="same") for n in range(3)]
    assert list(reading(*filed)._shelf.records(Note)) == filed


def test_a_number_is_never_mistaken_for_a_flag(reading):
    filed = [bare(TABLES["dose"], 1), bare(TABLES["dose"], 2)]
    assert [dose.day_no for dose in reading(*filed)._shelf.records(TABLES["dose"])] == [1, 1]


def test_one_large_column_may_be_left_empty(reading):
    document = whole(TABLES["document"], 1)
    (found,) = reading(document)._shelf.records(TABLES["document"], without="content")
    assert found.content == b""
    assert found.title == document.title


def test_files_are_numbered_as_they_are_met():
    numbers = FileNumbers()
    assert [numbers["a"], numbers["b"], numbers["a"]] == [1, 2, 1]
    assert dict(numbers) == {"a": 1, "b": 2}


def test_the_tables_have_the_fields_of_the_records():
    assert [table(record).name for record in TABLES.values()] == list(TABLES)
