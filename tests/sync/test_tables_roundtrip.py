"""What is written by a shipped profile and read again is the same in every field that the profile carries."""

from __future__ import annotations

import string
from collections import Counter
from dataclasses import fields, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backupreader.domain.records import TABLES, Delivery, Dose, Identifier, Issue, Origin, Receipt, Record
from sync.adapter import Source
from sync.profile import load
from sync.tables.codecs import Text
from sync.tables.delivering import Export
from sync.tables.fields import FIELDS, Field, Kind
from sync.tables.plan import RecordPlan, plans
from sync.tables.writing import write

WHOLE = ("canonical", "magnacura", "nexus")  # a whole journal; the other shipped profiles are lists beside one
HERE = Origin("here", 1)
LETTERS = "aZ åæøÅÄÖéü½,;\"'#=\n\r\t<&-.0"
AROUND = st.text(LETTERS, max_size=5)
TEXTS = st.tuples(AROUND, st.sampled_from("aÅ,;\"'#<"), AROUND).map("".join)
NAMES = st.text("abcåÅøé-", min_size=1, max_size=8)
IDS = st.text(string.ascii_letters + string.digits, min_size=1, max_size=6)
DAYS = st.dates(date(1900, 1, 1)).map(lambda day: day.isoformat())
MINUTES = st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1))  # noqa: DTZ001 (wall time)
MOMENTS = st.one_of(DAYS, MINUTES.map(lambda moment: moment.isoformat(timespec="minutes")))
NUMBERS = st.from_regex(r"\A[0-9]{1,3}([.][0-9]{1,2})?\Z")
IDENTIFIERS = {
    "canonical": st.lists(st.builds(Identifier, st.sampled_from(["cpr", "local"]), IDS, st.none() | NAMES), max_size=3),
    "nexus": st.sampled_from([(), (Identifier("cpr", "140398-1234"),), (Identifier("replacement", "1403981ABC"),)]),
    "magnacura": st.sampled_from([(), (Identifier("personnummer", "19380314-1234"), Identifier("temporary", "R-1"))]),
}


def values(name: str, field: Field) -> st.SearchStrategy[Any]:
    made: dict[Kind, st.SearchStrategy[Any]] = {
        Kind.ID: IDS,
        Kind.REFERENCE: IDS,
        Kind.TEXT: TEXTS,
        Kind.MOMENT: MOMENTS,
        Kind.CLOCK: st.times().map(lambda time: time.isoformat(timespec="minutes")),
        Kind.DECIMAL: NUMBERS,
        Kind.INTEGER: st.integers(0, 999),
        Kind.YES_NO: st.booleans(),
        Kind.WEEKDAYS: st.sets(st.sampled_from("1234567"), min_size=1).map(lambda days: "".join(sorted(days))),
        Kind.IDENTIFIERS: IDENTIFIERS[name].map(tuple) if name in IDENTIFIERS else st.just(()),
    }
    strategy = st.sampled_from(field.choices) if field.kind is Kind.CHOICE else made[field.kind]
    empty = not field.required and field.default is None
    return st.none() | strategy if empty else strategy


def records(name: str, plan: RecordPlan) -> st.SearchStrategy[Record]:
    known = FIELDS[plan.table]
    carried = {field.name for field in plan.fields if field.places} | ({"identifiers"} if plan.numbers else set())
    parts = {field: values(name, known[field]) for field in carried}
    for item in plan.fields:
        if isinstance(item.codec, Text) and item.codec.codes:
            parts[item.name] = st.none() | st.sampled_from(sorted(set(item.codec.codes.values())))
    if plan.table == "visit":
        parts["start"] = MINUTES.map(lambda moment: moment.isoformat(timespec="minutes"))
        parts["zone"] = st.just("Europe/Copenhagen")
        parts.pop("end")
    return st.builds(TABLES[plan.table], origin=st.just(HERE), **parts).flatmap(tidied)


def tidied(record: Any) -> st.SearchStrategy[Any]:
    """As people's data is: a name that its parts make, a visit that ends within a day, a status that says its own word."""
    if hasattr(record, "given"):
        return st.builds(
            lambda given, family: replace(record, name=f"{given} {family}", given=given, family=family), NAMES, NAMES
        )
    if hasattr(record, "route") and hasattr(record, "zone"):
        start = datetime.fromisoformat(record.start)
        ends = st.integers(0, 1439).map(
            lambda minutes: (start + timedelta(minutes=minutes)).isoformat(timespec="minutes")
        )
        return st.builds(lambda end: replace(record, end=end), st.none() | ends)
    return st.just(record)


def bare(record: Any, *, own_id: bool = True) -> Any:
    """A record without what reading adds: the source before its ids, where it stood, and the verdict on a number."""
    found: dict[str, Any] = {}
    for item in fields(record):
        value = getattr(record, item.name)
        kind = FIELDS[next(table for table, cls in TABLES.items() if cls is type(record))].get(item.name)
        if kind is not None and kind.kind in {Kind.ID, Kind.REFERENCE} and value is not None:
            value = value.removeprefix("s:")
        if item.name == "identifiers":
            value = tuple(replace(one, valid=None) for one in value)
        found[item.name] = HERE if item.name == "origin" else "" if item.name == "id" and not own_id else value
    return type(record)(**found)


def there_and_back(name: str, written: list[Any], folder: Path, only: set[str]) -> tuple[list[Any], list[Issue]]:
    for old in folder.iterdir():
        old.unlink()
    profile = load(name)
    files = tuple(form for form in profile.file if only.intersection(record.table for record in form.record))
    profile = profile.model_copy(update={"file": files})
    assert not write(profile, written, folder, "2026-11-22T05:30").left_out
    source = Source(name="s", path=folder, country="SE" if name == "magnacura" else "DK")
    items = list(Export(source, profile, sorted(folder.iterdir())).items())
    for delivery in items:
        if isinstance(delivery, Delivery):
            assert delivery.read == delivery.filed
            assert delivery.taken_at == "2026-11-22T05:30:00+01:00"
    return [item for item in items if not isinstance(item, Issue | Receipt | Delivery)], [
        item for item in items if isinstance(item, Issue)
    ]


CASES = [
    (name, file, index)
    for name in WHOLE
    for file, plan in enumerate(plans(load(name)))
    for index, record in enumerate(plan.records)
    if index == 0 and record.spread is None
]


@pytest.mark.parametrize(("name", "file", "index"), CASES)
@settings(max_examples=6, suppress_health_check=list(HealthCheck), deadline=None)
@given(data=st.data())
def test_every_record_comes_back_as_it_went(
    name: str, file: int, index: int, tmp_path: Path, data: st.DataObject
) -> None:
    plan = plans(load(name))[file].records[index]
    written = data.draw(st.lists(records(name, plan), max_size=2, unique_by=lambda record: record.id))
    found, issues = there_and_back(name, written, tmp_path, {plan.table})
    assert not issues
    assert Counter(map(repr, (bare(record) for record in found))) == Counter(
        map(repr, (bare(record) for record in written))
    )


doses = st.builds(
    Dose,
    id=IDS,
    medication=st.sampled_from(["m1", "m2"]),
    citizen=st.just("c1"),
    origin=st.just(HERE),
    quantity=NUMBERS,
    unit=st.none() | st.sampled_from(["tablet", "ml"]),
    time=st.none() | st.sampled_from(["08:00", "20:00"]),
    slot=st.none() | st.sampled_from(["morning", "night"]),
    every_days=st.none() | st.sampled_from([1, 2]),
    weekdays=st.none() | st.just("135"),
    prn=st.booleans(),
    start=st.none() | DAYS,
    text=st.none() | TEXTS,
)


@pytest.mark.parametrize("name", WHOLE)
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(drawn=st.lists(doses, max_size=6, unique_by=lambda dose: dose.id))
def test_no_dose_loses_or_gains_a_word_on_the_way_through_columns_of_times(
    name: str, tmp_path: Path, drawn: list[Dose]
) -> None:
    orders = [
        TABLES["medication"](id=own, citizen="c1", drug="Pamol", origin=HERE, kind="fixed")  # type: ignore[call-arg]
        for own in ("m1", "m2")
    ]
    found, issues = there_and_back(name, [*orders, *drawn], tmp_path, {"medication", "dose"})
    assert not [issue for issue in issues if issue.code != "id-repeated"]
    back = [bare(record, own_id=False) for record in found if isinstance(record, Dose)]
    assert Counter(map(repr, back)) == Counter(repr(bare(dose, own_id=False)) for dose in drawn)
