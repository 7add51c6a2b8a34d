"""FHIR files as they come: lines, Bundles, lists, repeated, cut, in the wrong encoding, or of any shape at all."""

from __future__ import annotations

import json
import tracemalloc
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backupreader.domain.errors import FILE_TROUBLE, SOURCE_DAMAGED, WRONG_ENCODING
from backupreader.domain.issues import SENTENCES
from backupreader.domain.records import Citizen, Delivery, Issue, Medication, Note, Receipt
from backupreader.domain.trouble import Kind, ReaderError
from sync.adapter import Item, Source
from sync.adapters.fhir import ADAPTER
from sync.fhir.families import READERS

BROKEN = Path(__file__).resolve().parents[1] / "data" / "fhir"
Sort = TypeVar("Sort")


def read(*paths: Path, **stated: str) -> list[Item]:
    return list(ADAPTER.read(Source(name="s", path=paths[0].parent, **stated), list(paths)))


def write(folder: Path, name: str, value: object) -> Path:
    path = folder / name
    path.write_text(json.dumps(value), encoding="utf-8")
    return path


def of(items: list[Item], kind: type[Sort]) -> list[Sort]:
    return [item for item in items if isinstance(item, kind)]


def codes(items: list[Item]) -> list[str]:
    return [item.code for item in of(items, Issue)]


def patient(id_: str, **more: Any) -> dict[str, Any]:
    return {"resourceType": "Patient", "id": id_, "name": [{"text": id_}]} | more


def procedure(**more: Any) -> dict[str, Any]:
    base = {"resourceType": "Procedure", "id": "p", "status": "completed", "code": {"text": "Bad"}}
    return base | {"subject": {"reference": "Patient/7"}} | more


def bundle(*resources: dict[str, Any], kind: str = "collection", **more: Any) -> dict[str, Any]:
    return {"resourceType": "Bundle", "type": kind, "entry": [{"resource": item} for item in resources]} | more


@pytest.mark.parametrize(
    ("name", "kind", "row"),
    [
        ("cut-in-a-line.ndjson", SOURCE_DAMAGED, 3),
        ("latin1.ndjson", WRONG_ENCODING, 2),
        ("cut-bundle.json", SOURCE_DAMAGED, 6),
    ],
)
def test_a_broken_file_is_claimed_and_then_refused_with_its_row(name: str, kind: Kind, row: int) -> None:
    assert ADAPTER.claims(BROKEN / name)
    with pytest.raises(ReaderError) as raised:
        read(BROKEN / name)
    assert raised.value.kind is kind
    assert raised.value.facts["row"] == row
    assert name in str(raised.value)


@pytest.mark.parametrize(("name", "rows"), [("blank-lines.ndjson", [1, 4]), ("byte-order-mark.ndjson", [1])])
def test_blank_lines_and_a_byte_order_mark_are_no_damage(name: str, rows: list[int]) -> None:
    assert [citizen.origin.row for citizen in of(read(BROKEN / name), Citizen)] == rows


def test_a_file_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(ReaderError) as raised:
        read(tmp_path / "gone.ndjson")
    assert raised.value.kind is FILE_TROUBLE


def test_a_resource_that_nests_without_end_is_damage_and_no_crash(tmp_path: Path) -> None:
    path = tmp_path / "deep.ndjson"
    path.write_text('{"resourceType":"Basic","a":' * 5000 + "1" + "}" * 5000, encoding="utf-8")
    with pytest.raises(ReaderError):
        read(path)


@pytest.mark.parametrize(
    ("name", "content", "mine"),
    [
        ("a.ndjson", b"", True),
        ("a.json", b"", False),
        ("a.json", b'  {"resourceType" : "Patient"', True),
        ("a.txt", b'[{"resourceType":"Patient"}]', True),
        ("log.ndjson", b'{"exportId":"1","eventId":"kickoff"}', True),
        ("export.json", b'{"transactionTime":"2026-11-22T05:00:00Z","output":[]}', True),
        ("package.json", b'{"name":"x"}', False),
        ("a.csv", b"resourceType;id", False),
        ("a.bin", b"\x00\xff\xfe", False),
    ],
)
def test_a_file_is_claimed_by_what_stands_in_it(tmp_path: Path, name: str, content: bytes, *, mine: bool) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert ADAPTER.claims(path) is mine


def test_a_folder_and_a_missing_file_are_claimed_by_nobody(tmp_path: Path) -> None:
    assert not ADAPTER.claims(tmp_path)
    assert not ADAPTER.claims(tmp_path / "gone.ndjson")


@given(st.binary(max_size=300))
def test_claiming_never_raises(content: bytes) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.json"
        path.write_bytes(content)
        assert ADAPTER.claims(path) in {True, False}


def test_an_empty_file_of_a_type_delivers_none_of_it(tmp_path: Path) -> None:
    empty = tmp_path / "AllergyIntolerance.000.ndjson"
    empty.touch()
    deliveries = of(read(empty), Delivery)
    assert [(item.table, item.read, item.filed, item.complete) for item in deliveries] == [("alert", 0, 0, None)]


def test_a_manifest_dates_the_export_and_tells_what_is_missing(tmp_path: Path) -> None:
    output = [{"type": "Patient", "url": "a", "count": 2}, {"type": "Procedure", "url": "b", "count": 1}]
    manifest = write(tmp_path, "export.json", {"transactionTime": "2026-11-22T05:00:00Z", "output": output})
    people = write(tmp_path, "Patient.ndjson", patient("7"))
    done = write(tmp_path, "Procedure.ndjson", procedure())
    items = read(manifest, people, done)
    assert codes(items) == ["export-manifest"]
    assert [(item.table, item.complete, item.taken_at) for item in of(items, Delivery)] == [
        ("citizen", False, "2026-11-22T05:00:00Z"),
        ("note", True, "2026-11-22T05:00:00Z"),
    ]


def test_a_caller_who_knows_when_it_was_taken_is_believed(tmp_path: Path) -> None:
    items = read(write(tmp_path, "a.json", patient("7")), taken_at="2026-01-01T00:00:00Z")
    assert of(items, Delivery)[0].taken_at == "2026-01-01T00:00:00Z"


def test_the_oldest_of_several_bundles_dates_a_table(tmp_path: Path) -> None:
    new = write(tmp_path, "new.json", bundle(patient("1"), timestamp="2026-11-22T05:00:00+01:00"))
    old = write(tmp_path, "old.json", bundle(patient("2"), timestamp="2026-11-22T04:30:00Z"))
    assert of(read(new, old), Delivery)[0].taken_at == "2026-11-22T05:00:00+01:00"


def test_a_list_of_resources_is_read_by_place(tmp_path: Path) -> None:
    items = read(write(tmp_path, "a.json", [patient("1"), 5, patient("2")]))
    assert [(item.id, item.origin.row) for item in of(items, Citizen)] == [("s:Patient/1", 1), ("s:Patient/2", 3)]
    assert codes(items) == ["not-a-resource"]


def test_lines_are_read_as_lines_under_any_name(tmp_path: Path) -> None:
    path = tmp_path / "people.json"
    path.write_text("\n".join(json.dumps(patient(str(number))) for number in range(3)), encoding="utf-8")
    assert [item.origin.row for item in of(read(path), Citizen)] == [1, 2, 3]


def test_bundles_within_bundles_and_on_lines_are_opened(tmp_path: Path) -> None:
    inner = write(tmp_path, "a.json", bundle(bundle(patient("1")), kind="batch-response"))
    line = write(tmp_path, "b.ndjson", bundle(patient("2")))
    assert [item.id for item in of(read(inner, line), Citizen)] == ["s:Patient/1", "s:Patient/2"]


def test_an_empty_bundle_is_told(tmp_path: Path) -> None:
    assert codes(read(write(tmp_path, "a.json", bundle()))) == ["entry-without-resource"]


def test_a_repeated_resource_is_taken_once(tmp_path: Path) -> None:
    first = write(tmp_path, "a.json", bundle(patient("7", meta={"versionId": "1"})))
    again = write(tmp_path, "b.json", patient("7"))
    items = read(first, again)
    assert [item.id for item in of(items, Citizen)] == ["s:Patient/7"]
    assert codes(items) == ["resource-repeated"]


def test_two_resources_of_one_id_and_different_content_are_both_taken(tmp_path: Path) -> None:
    items = read(
        *(write(tmp_path, f"{name}.json", procedure(code={"text": name})) for name in ("1 Bad", "2 Mad", "3 Salat")),
        write(tmp_path, "4.json", procedure(code={"text": "2 Mad"})),
    )
    assert [(item.id, item.text) for item in of(items, Note)] == [
        ("s:Procedure/p", "1 Bad"),
        ("s:Procedure/p~2", "2 Mad"),
        ("s:Procedure/p~3", "3 Salat"),
    ]
    assert codes(items) == ["resource-differs", "resource-differs", "resource-repeated"]


def test_of_a_history_only_the_present_is_taken(tmp_path: Path) -> None:
    entries = [
        {"request": {"method": "DELETE", "url": "Patient/8"}},
        {"resource": patient("7", gender="female")},
        {"resource": patient("7")},
        {"resource": patient("8")},
    ]
    items = read(write(tmp_path, "a.json", {"resourceType": "Bundle", "type": "history", "entry": entries}))
    assert [(item.id, item.sex) for item in of(items, Citizen)] == [("s:Patient/7", "female")]
    assert codes(items) == ["entry-without-resource", "resource-older", "resource-older"]


REFERENCES = [
    {"reference": "Practitioner/n"},
    {"reference": "https://server.example/fhir/Practitioner/n/_history/3"},
    {"reference": "urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0"},
    {"reference": "Practitioner?identifier=http%3A%2F%2Fid.example|42"},
    {"reference": "https://server.example/Practitioner?identifier=http://id.example|42"},
    {"type": "Practitioner", "identifier": {"system": "http://id.example", "value": "42"}},
    {"identifier": {"system": "http://id.example", "value": "42"}},
    {"reference": "#inside"},
    {"reference": "PractitionerRole/r"},
    {"reference": "Practitioner/gone", "display": "Ida Bro"},
]


@pytest.mark.parametrize("reference", REFERENCES)
def test_every_form_of_reference_leads_to_the_name(tmp_path: Path, reference: dict[str, Any]) -> None:
    nurse = {
        "resourceType": "Practitioner",
        "id": "n",
        "name": [{"text": "Ida Bro"}],
        "identifier": [{"system": "http://id.example", "value": "42"}],
    }
    role = {"resourceType": "PractitionerRole", "id": "r", "practitioner": {"reference": "Practitioner/n"}}
    inside = [nurse | {"id": "inside"}]
    done = procedure(performer=[{"actor": reference}], contained=inside)
    whole = bundle(nurse, role, patient("7"), done)
    whole["entry"][0]["fullUrl"] = "urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0"
    items = read(write(tmp_path, "a.json", whole))
    assert [note.author for note in of(items, Note)] == ["Ida Bro"]
    assert "reference-unresolved" not in codes(items)


@pytest.mark.parametrize("reference", ["Practitioner/gone", "urn:uuid:1", "#gone", "Practitioner?identifier=a|b"])
def test_a_reference_that_leads_nowhere_is_told_and_the_record_kept(tmp_path: Path, reference: str) -> None:
    items = read(write(tmp_path, "a.json", procedure(performer=[{"actor": {"reference": reference}}])))
    assert [note.author for note in of(items, Note)] == [None]
    issue = of(items, Issue)[0]
    assert (issue.code, issue.column, issue.value) == ("reference-unresolved", "Procedure.performer", reference)


def test_an_identifier_that_two_have_names_neither(tmp_path: Path) -> None:
    number = {"identifier": [{"system": "x", "value": "1"}]}
    done = procedure(subject={"reference": "Patient?identifier=x|1"})
    items = read(write(tmp_path, "a.json", bundle(patient("1", **number), patient("2", **number), done)))
    assert [note.citizen for note in of(items, Note)] == ["s:Patient/Patient?identifier=x|1"]
    assert codes(items) == ["reference-unresolved"]


def test_a_contained_patient_is_the_delivered_one_with_the_same_number(tmp_path: Path) -> None:
    number = [{"system": "urn:oid:1.2.208.176.1.2", "value": "0201609995"}]
    done = procedure(subject={"reference": "#x"}, contained=[patient("x", identifier=number)])
    items = read(write(tmp_path, "a.json", bundle(patient("7", identifier=number), done)))
    assert [note.citizen for note in of(items, Note)] == ["s:Patient/7"]


def test_a_resource_about_nobody_is_refused_and_told(tmp_path: Path) -> None:
    done = procedure()
    del done["subject"]
    items = read(write(tmp_path, "a.json", done))
    assert [(item.code, item.severity) for item in of(items, Issue)] == [("citizen-missing", "error")]
    assert [(item.read, item.filed, item.refused, item.complete) for item in of(items, Delivery)] == [(1, 0, 1, False)]


def test_a_value_of_the_wrong_shape_is_taken_out_and_told(tmp_path: Path) -> None:
    items = read(write(tmp_path, "a.json", procedure(note="Husk hund", location=[1])))
    assert [note.text for note in of(items, Note)] == ["Bad"]
    assert [(item.code, item.column, item.value) for item in of(items, Issue)] == [
        ("value-misshapen", "Procedure.location", "[1]"),
        ("value-misshapen", "Procedure.note", "Husk hund"),
    ]


def test_a_resource_without_an_id_gets_one_that_stays(tmp_path: Path) -> None:
    done = procedure()
    del done["id"]
    first, second = (of(read(write(tmp_path, name, done)), Note)[0].id for name in ("a.json", "b.json"))
    assert first == second


WORDS = sorted({
    "resourceType", "id", "status", "subject", "patient", "reference", "identifier", "code", "coding", "text", "display",
    "system", "value", "dosageInstruction", "dosage", "timing", "repeat", "when", "timeOfDay", "period", "periodUnit",
    "frequency", "doseAndRate", "doseQuantity", "content", "attachment", "data", "contentType", "entry", "resource",
    "valueQuantity", "component", "extension", "url", "name", "given", "family", "telecom", "address", "contained",
    "medicationCodeableConcept", "medicationReference", "ingredient", "strength", "numerator", "activity", "detail",
    "participant", "actor", "start", "end", "category", "section", "item", "answer", "meta", "security", "modifierExtension",
})  # fmt: skip
LEAVES = (
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=5)
    | st.sampled_from(["Patient/7", "#x", "2026-11-22", "active", "MORN", "08:00:00", "Patient?identifier=a|b", "urn:uuid:1"])
)  # fmt: skip
SHAPES = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(WORDS), inner, max_size=5), max_leaves=25
)  # fmt: skip
RESOURCES = st.builds(
    lambda kind, own, body: body | {"resourceType": kind, "id": own},
    st.sampled_from(sorted(READERS)),
    st.sampled_from(["1", "2", "x"]),
    st.dictionaries(st.sampled_from(WORDS), SHAPES, max_size=8),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(RESOURCES | SHAPES, min_size=1, max_size=4), st.booleans())
def test_any_json_becomes_records_and_issues_with_a_place(values: list[Any], as_bundle: bool) -> None:  # noqa: FBT001
    with TemporaryDirectory() as folder:
        path = Path(folder) / ("a.json" if as_bundle else "a.ndjson")
        if as_bundle:
            path.write_text(json.dumps({"resourceType": "Bundle", "entry": [{"resource": item} for item in values]}))
        else:
            path.write_text("\n".join(json.dumps(item) for item in values))
        try:
            items = read(path)
        except ReaderError:
            return
        told = {item.row for item in of(items, Issue)} | {
            item.origin.row for item in items if not isinstance(item, Issue | Receipt | Delivery)
        }
        if as_bundle:
            assert told >= {row for row, item in enumerate(values, start=1) if isinstance(item, dict) and item}
        else:
            assert told == set(range(1, len(values) + 1))
        assert {item.code for item in of(items, Issue)} <= set(SENTENCES)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    with TemporaryDirectory() as folder:
        for name in ("a.json", "a.ndjson"):
            path = Path(folder) / name
            path.write_bytes(b'{"resourceType":"Patient","id":"1"}\n' + content)
            refusals = []
            try:
                read(path)
            except ReaderError as trouble:
                refusals = [trouble.kind]
            assert {*refusals} <= {SOURCE_DAMAGED, WRONG_ENCODING}


def test_memory_does_not_grow_with_the_number_of_orders(tmp_path: Path) -> None:
    line = json.dumps(
        {"resourceType": "MedicationRequest", "id": "@", "status": "active", "subject": {"reference": "Patient/7"}}
    )
    path = tmp_path / "MedicationRequest.ndjson"
    path.write_text("".join(line.replace("@", str(number)) + "\n" for number in range(3000)), encoding="utf-8")
    source = Source(name="s", path=tmp_path)
    tracemalloc.start()
    try:
        seen = 0
        early = 0
        for item in ADAPTER.read(source, [path]):
            seen += isinstance(item, Medication)
            if seen == 500 and not early:
                early = tracemalloc.get_traced_memory()[0]
        late = tracemalloc.get_traced_memory()[0]
    finally:
        tracemalloc.stop()
    assert seen == 3000
    assert late < early + 50_000
