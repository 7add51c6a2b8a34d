"""Answers that are cut, missing, failed, or of another form than they should be."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from backupreader.domain.errors import SOURCE_DAMAGED
from backupreader.domain.issues import SENTENCES
from backupreader.domain.records import Citizen, Delivery, Issue, Medication, Receipt
from backupreader.domain.trouble import ReaderError
from sync.adapter import Item, Source
from sync.adapters.nexus import ADAPTER
from sync.nexus.files import loads

DATA = Path(__file__).resolve().parents[1] / "data"
EXPORT = DATA / "exports" / "nexus"
BROKEN = DATA / "nexus"


def read(*paths: Path) -> list[Item]:
    return list(ADAPTER.read(Source(name="n", path=paths[0].parent), list(paths)))


def issues(items: list[Item]) -> list[tuple[str, str]]:
    return [(item.code, item.severity) for item in items if isinstance(item, Issue)]


def receipts(items: list[Item]) -> list[tuple[int, int, int, int]]:
    return [(item.read, item.filed, item.refused, item.left) for item in items if isinstance(item, Receipt)]


def complete(items: list[Item]) -> dict[str, bool | None]:
    return {item.table: item.complete for item in items if isinstance(item, Delivery)}


@pytest.mark.parametrize("name", sorted(path.name for path in BROKEN.iterdir()))
def test_each_of_them_is_claimed(name: str) -> None:
    assert ADAPTER.claims(BROKEN / name)


def test_a_file_that_was_cut_is_refused_with_its_name_and_row() -> None:
    with pytest.raises(ReaderError) as raised:
        read(BROKEN / "cut.json")
    assert raised.value.kind is SOURCE_DAMAGED
    assert "cut.json" in str(raised.value)
    assert "row 3" in str(raised.value)


@pytest.mark.parametrize("name", ["login-page.json", "unauthorized.json"])
def test_what_a_server_says_in_place_of_data_is_an_error_and_nothing_is_complete(name: str) -> None:
    items = read(EXPORT / "patients.json", BROKEN / name)
    assert ("not-data", "error") in issues(items)
    assert (1, 0, 1, 0) in receipts(items)
    assert set(complete(items).values()) == {False}


def test_an_empty_page_delivers_its_table_without_a_row() -> None:
    items = read(BROKEN / "empty-page.json")
    assert complete(items) == {"condition": None}
    assert receipts(items) == [(0, 0, 0, 0)]
    assert issues(items) == []


def test_a_page_that_did_not_come_is_told_and_the_table_is_not_complete() -> None:
    items = read(BROKEN / "patients-page-1-of-3.json", BROKEN / "patients-page-3-of-3.json")
    assert [item.id for item in items if isinstance(item, Citizen)] == ["n:201", "n:203"]
    (missing,) = [item for item in items if isinstance(item, Issue)]
    assert (missing.code, missing.value, missing.severity) == ("page-missing", "2", "error")
    assert missing.file == "patients-page-1-of-3.json"
    assert complete(items) == {"citizen": False}


def test_a_list_that_only_names_its_pages_says_that_it_cannot_be_told_whether_they_came() -> None:
    assert issues(read(BROKEN / "page-links.json")) == [("pages-elsewhere", "note")]


def test_a_kind_that_is_not_known_is_refused_and_told() -> None:
    items = read(BROKEN / "unknown-kind.json")
    assert issues(items) == [("object-unknown", "error")]
    assert receipts(items) == [(1, 0, 1, 0)]


def test_a_number_that_may_be_seconds_is_no_moment() -> None:
    assert ("date-invalid", "error") in issues(read(BROKEN / "seconds.json"))


def test_a_name_that_stands_twice_loses_neither_value() -> None:
    items = read(BROKEN / "name-twice.json")
    (medicine,) = [item for item in items if isinstance(item, Medication)]
    assert (medicine.strength, medicine.remark) == ("50 mikrogram", "strength#2: 100 mikrogram")
    assert ("element-left-unread", "note") in issues(items)


def test_the_same_answer_twice_is_taken_once_and_told(tmp_path: Path) -> None:
    first = shutil.copy(EXPORT / "medicationCard_101.json", tmp_path / "a.json")
    second = shutil.copy(EXPORT / "medicationCard_101.json", tmp_path / "b.json")
    items = read(Path(first), Path(second))
    assert len([item for item in items if isinstance(item, Medication)]) == 4
    assert issues(items)[-1] == ("resource-repeated", "note")


def test_another_answer_with_the_same_id_is_taken_beside_it_and_told(tmp_path: Path) -> None:
    text = (EXPORT / "medicationCard_101.json").read_text(encoding="utf-8")
    (tmp_path / "a.json").write_text(text, encoding="utf-8")
    (tmp_path / "b.json").write_text(text.replace("50 mikrogram", "100 mikrogram"), encoding="utf-8")
    items = read(tmp_path / "a.json", tmp_path / "b.json")
    found = {item.id: item.strength for item in items if isinstance(item, Medication)}
    assert found["n:medication/701"] == "50 mikrogram"
    assert found["n:medication/701~2"] == "100 mikrogram"
    assert len(found) == 5
    assert ("resource-differs", "warning") in issues(items)


def test_fhir_is_never_claimed() -> None:
    assert not [path for path in (DATA / "exports" / "fhir").iterdir() if ADAPTER.claims(path)]


@pytest.mark.parametrize(
    "content",
    [
        '{"resourceType": "Patient", "_links": {"self": {"href": "/api/core/mobile/x"}}}',
        '{"a": 1}',
        "[]",
        "",
        "<html><title>Nexus</title></html>",
    ],
)
def test_other_content_is_not_claimed(content: str, tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_text(content, encoding="utf-8")
    assert not ADAPTER.claims(path)


def test_what_is_nested_deeper_than_any_answer_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "deep.json"
    path.write_text('{"_links": {"self": {"href": "x"}}, "a": ' + "[" * 5000 + "]" * 5000 + "}", encoding="utf-8")
    with pytest.raises(ReaderError) as raised:
        read(path)
    assert raised.value.kind is SOURCE_DAMAGED


@pytest.mark.parametrize("written", ["1.50", "1e-3", "0.10", "-0", "12345678901234567890.10", "-0.0"])
def test_a_number_keeps_its_text(written: str) -> None:
    assert [str(item) for item in loads(f"[{written}]".encode())] == [written]


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)
SAMPLES: list[dict[str, Any]] = [
    {"of": path.name, "value": json.loads(path.read_text(encoding="utf-8"))}
    for path in sorted([*EXPORT.glob("*.json"), *(BROKEN / f"{name}.json" for name in ("calendar", "alerts", "dnr"))])
]


def places(value: Any, found: list[tuple[Any, Any]]) -> list[tuple[Any, Any]]:
    keys = list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else []
    for key in keys:
        found.append((value, key))
        places(value[key], found)
    return found


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(sample=st.sampled_from(SAMPLES), seed=st.randoms(use_true_random=False), put=st.lists(ANYTHING, min_size=1))
@example(sample=SAMPLES[0], seed=__import__("random").Random(1), put=[{"": {"": None}}])
def test_no_value_of_another_form_stops_the_reading_and_every_receipt_adds_up(
    sample: dict[str, Any], seed: Any, put: list[Any]
) -> None:
    value = json.loads(json.dumps(sample["value"]))
    for one in put:
        holder, key = seed.choice(places(value, []) or [({}, "x")])
        holder[key] = one
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.json"
        path.write_text(json.dumps(value), encoding="utf-8")
        try:
            items = read(path)
        except ReaderError:
            return
    told = [item for item in items if isinstance(item, Issue)]
    assert {item.code for item in told} <= set(SENTENCES)
    for receipt in [item for item in items if isinstance(item, Receipt)]:
        assert receipt.read == receipt.filed + receipt.refused
        assert told or not receipt.refused + receipt.left
