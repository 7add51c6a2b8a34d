"""Two persons under one id: nothing of one is ever filed on the other."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from backupreader.domain.records import Citizen, Issue, Medication
from sync.adapter import Item, Source
from sync.adapters.fhir import ADAPTER

CPR = "urn:oid:1.2.208.176.1.2"
PERSONNUMMER = "urn:oid:1.2.752.129.2.1.3.1"


def patient(number: str | None, birthday: str, system: str = CPR) -> dict[str, Any]:
    own = {"resourceType": "Patient", "id": "1", "birthDate": birthday, "name": [{"text": f"Født {birthday}"}]}
    return own | ({"identifier": [{"system": system, "value": number}]} if number else {})


def order(drug: str) -> dict[str, Any]:
    return {
        "resourceType": "MedicationStatement",
        "id": drug,
        "status": "active",
        "medicationCodeableConcept": {"text": drug},
        "subject": {"reference": "Patient/1"},
    }


def read(folder: Path, **files: Any) -> list[Item]:
    for name, content in files.items():
        (folder / f"{name}.json").write_text(json.dumps(content), encoding="utf-8")
    paths = sorted(folder.iterdir())
    return list(ADAPTER.read(Source(name="s", path=folder), paths))


def bundle(kind: str, *resources: dict[str, Any]) -> dict[str, Any]:
    return {"resourceType": "Bundle", "type": kind, "entry": [{"resource": resource} for resource in resources]}


def whose(items: list[Item]) -> dict[str, str]:
    names = {item.id: item.birth_date for item in items if isinstance(item, Citizen)}
    return {item.drug: str(names.get(item.citizen)) for item in items if isinstance(item, Medication)}


@pytest.mark.parametrize("kind", ["collection", "searchset", "document", "batch"])
@pytest.mark.parametrize(
    ("first", "second"),
    [
        (patient("0101486011", "1948-01-01"), patient("0202516022", "1951-02-02")),
        (patient("19121212-1212", "1912-12-12", PERSONNUMMER), patient("19810811-3422", "1981-08-11", PERSONNUMMER)),
        (patient(None, "1948-01-01"), patient(None, "1951-02-02")),
    ],
    ids=["cpr", "personnummer", "birthday"],
)
def test_bundles_that_each_call_their_patient_one_are_of_two_persons(
    tmp_path: Path, kind: str, first: dict[str, Any], second: dict[str, Any]
) -> None:
    items = read(tmp_path, a=bundle(kind, first, order("Eltroxin")), b=bundle(kind, second, order("Marevan")))
    assert whose(items) == {"Eltroxin": first["birthDate"], "Marevan": second["birthDate"]}
    assert len({item.id for item in items if isinstance(item, Citizen)}) == 2


def test_a_person_apart_is_told_and_what_names_her_from_outside_names_nobody(tmp_path: Path) -> None:
    first, second = patient("0101486011", "1948-01-01"), patient("0202516022", "1951-02-02")
    items = read(tmp_path, a=bundle("collection", first), b=bundle("collection", second), c=order("Marevan"))
    assert whose(items) == {"Marevan": "None"}
    shared = [(item.file, item.value) for item in items if isinstance(item, Issue) and item.code == "id-shared"]
    assert shared == [("a.json", "1"), ("b.json", "1")]


def test_the_same_person_in_two_bundles_stays_one_under_her_own_id(tmp_path: Path) -> None:
    her = patient("0101486011", "1948-01-01")
    items = read(tmp_path, a=bundle("collection", her, order("Eltroxin")), b=bundle("searchset", her, order("Marevan")))
    assert {item.citizen for item in items if isinstance(item, Medication)} == {"s:Patient/1"}


@pytest.mark.parametrize("odd", [["1"], {"value": "1"}, [{"family": "Sørensen"}]], ids=["list", "object", "objects"])
def test_an_id_or_a_type_that_is_no_text_ends_nothing(tmp_path: Path, odd: object):
    stranger = patient("0101486011", "1948-01-01") | {"id": odd}
    strange_bundle = bundle("searchset", patient("0202516022", "1951-02-02"), order("Furix")) | {"type": odd}
    items = read(tmp_path, alone=stranger, strange=strange_bundle, good=bundle("searchset", order("Pinex")))
    assert {item.drug for item in items if isinstance(item, Medication)} == {"Furix", "Pinex"}
