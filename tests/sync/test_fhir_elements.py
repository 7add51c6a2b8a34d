"""No element of a resource is passed over unseen: it is carried, named with the reason it is not, or told."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from backupreader.domain.records import Issue
from sync.adapter import Source
from sync.adapters.fhir import ADAPTER
from sync.fhir.uncarried import UNCARRIED
from sync.fhir.watched import Watched, left, watch

# What nobody reads, and no reason is good enough to be silent about: looked at by hand.
TOLD: Mapping[str, frozenset[str]] = {
    "kl-core-fhir-examples": frozenset(
        {"Condition.extension.valueDateTime", "ServiceRequest.extension.valueCodeableConcept"}
    ),
    # The statement that nothing is known about allergies is told by an issue of its own.
    "gravitate-health-ips": frozenset({f"AllergyIntolerance.{name}" for name in ("clinicalStatus", "patient", "verificationStatus")}),
    "hl7dk-core-examples": frozenset(
        {
            "Condition.extension.valueDateTime", "Encounter.extension.valueDateTime", "Patient.name.given", "ServiceRequest.priority",
            "Observation.contained",
            # a measuring device's clock, sent as an observation without a value
            "Observation.code", "Observation.effectiveDateTime", "Observation.performer", "Observation.status", "Observation.valueDateTime",
        }
    ),
    "fhir-bulk-synthea-10": frozenset(),
}  # fmt: skip


def told(folder: Path, *, thorough: bool = True) -> list[Issue]:
    files = sorted(path for path in folder.iterdir() if path.is_file() and ADAPTER.claims(path))
    items = ADAPTER.read(Source(name="s", path=folder, taken_at="2026-11-22", thorough=thorough), files)
    return [item for item in items if isinstance(item, Issue) and item.code == "element-left-unread"]


@pytest.mark.parametrize("name", sorted(TOLD))
def test_each_leaf_of_the_real_resources_is_carried_named_or_told(shared_data: Path, name: str) -> None:
    found = {issue.column or "" for issue in told(shared_data / name)}
    assert {column for column in found if not column.startswith(tuple(TOLD[name]))} == set()
    assert all(any(column.startswith(known) for column in found) for known in TOLD[name])


def test_an_element_that_nobody_knows_is_told_with_its_place_when_an_export_is_tried(tmp_path: Path) -> None:
    patient = {"resourceType": "Patient", "id": "p", "name": [{"text": "Åse", "shoeSize": 42}], "novelty": {"a": ["x"]}}
    (tmp_path / "p.json").write_text(json.dumps(patient), encoding="utf-8")
    assert [(issue.file, issue.row, issue.column, issue.value, issue.severity) for issue in told(tmp_path)] == [
        ("p.json", 1, "Patient.name.shoeSize", "42", "note"),
        ("p.json", 1, "Patient.novelty.a", "x", "note"),
    ]
    assert told(tmp_path, thorough=False) == []


def test_what_was_asked_for_is_not_told_and_a_concept_is_read_by_its_text() -> None:
    resource = watch({"resourceType": "X", "a": {"text": "t", "coding": [{"code": "c"}]}, "b": [{"c": 1}, {"c": 2}]})
    assert isinstance(resource, Watched)
    assert [path for path, _ in left(resource)] == ["a.text", "a.coding.code", "b.c", "b.c"]
    assert resource["a"]["text"] == "t"
    assert [one.get("c") for one in resource.get("b")] == [1, 2]
    assert list(left(resource)) == []


def test_every_element_that_is_not_carried_has_its_reason() -> None:
    assert all(len(reason.split()) > 2 for reason in UNCARRIED.values())
