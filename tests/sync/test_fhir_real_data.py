"""FHIR that nobody here wrote: every resource of the published sets is accounted for, to the number."""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from pathlib import Path
from typing import TypeVar

import pytest

from backupreader.domain.records import (
    Alert,
    Citizen,
    Condition,
    Contact,
    Delivery,
    Document,
    Dose,
    Intervention,
    Issue,
    Measurement,
    Medication,
    Note,
    Receipt,
    Unit,
    Visit,
)
from sync.adapter import Item, Source
from sync.adapters.fhir import ADAPTER

Kind = TypeVar("Kind")

SETS = {
    "fhir-bulk-synthea-10": {
        Citizen: 13, Alert: 11, Condition: 555, Note: 4663, Medication: 1745, Dose: 410, Unit: 87, Issue: 90, Delivery: 7,
    },
    "gravitate-health-ips": {
        Citizen: 17, Contact: 1, Alert: 10, Condition: 45, Note: 32, Medication: 110, Dose: 58, Measurement: 49,
        Document: 5, Issue: 126, Delivery: 9,
    },
    "hl7dk-core-examples": {
        Citizen: 48, Contact: 44, Condition: 6, Intervention: 2, Note: 7, Measurement: 34, Unit: 14, Issue: 48, Delivery: 7,
    },
    "kl-core-fhir-examples": {
        Citizen: 5, Contact: 1, Condition: 11, Intervention: 6, Note: 29, Visit: 2, Measurement: 4, Unit: 8, Issue: 14,
        Delivery: 8,
    },
}  # fmt: skip


@cache
def read(folder: Path) -> list[Item]:
    files = [path for path in sorted(folder.iterdir()) if ADAPTER.claims(path)]
    return list(ADAPTER.read(Source(name="s", path=folder), files))


def of(items: list[Item], kind: type[Kind]) -> list[Kind]:
    return [item for item in items if isinstance(item, kind)]


@pytest.mark.parametrize("name", SETS)
def test_every_resource_of_a_published_set_is_accounted_for(shared_data: Path, name: str) -> None:
    items = read(shared_data / name)
    assert Counter(type(item) for item in items if not isinstance(item, Receipt)) == SETS[name]
    assert not [item for item in of(items, Issue) if item.severity == "error"]


@pytest.mark.parametrize("name", SETS)
def test_each_resource_is_a_record_or_an_issue_of_its_own_place(shared_data: Path, name: str) -> None:
    items = read(shared_data / name)
    told = {(item.file, item.row) for item in of(items, Issue)}
    told |= {(item.origin.file, item.origin.row) for item in items if not isinstance(item, Issue | Receipt | Delivery)}
    expected: set[tuple[str, int]] = set()
    for path in (shared_data / name).iterdir():
        if path.suffix == ".ndjson":
            expected |= {(path.name, row) for row, _ in enumerate(path.read_bytes().splitlines(), start=1)}
        elif path.suffix == ".json":
            value = json.loads(path.read_bytes())
            entries = value["entry"] if value["resourceType"] == "Bundle" else [value]
            expected |= {(path.name, row) for row, _ in enumerate(entries, start=1)}
    assert told == expected


@pytest.mark.parametrize("name", SETS)
def test_the_receipts_of_a_published_set_add_up_to_its_resources(shared_data: Path, name: str) -> None:
    items = read(shared_data / name)
    receipts = {item.file: item for item in of(items, Receipt)}
    assert len(receipts) == len(of(items, Receipt))
    for file, receipt in receipts.items():
        path = shared_data / name / file
        if path.suffix == ".ndjson":
            resources = len(path.read_bytes().splitlines())
        else:
            value = json.loads(path.read_bytes())
            resources = len(value["entry"]) if value["resourceType"] == "Bundle" else 1
        assert receipt.read == receipt.filed + receipt.refused
        assert receipt.read + receipt.left == resources
        assert receipt.refused == 0


def test_the_licence_beside_an_export_is_not_claimed(shared_data: Path) -> None:
    left = [path.name for name in SETS for path in (shared_data / name).iterdir() if not ADAPTER.claims(path)]
    assert left == ["LICENSE.txt"] * 4


def test_the_bulk_export_states_when_it_was_taken(shared_data: Path) -> None:
    deliveries = of(read(shared_data / "fhir-bulk-synthea-10"), Delivery)
    assert {item.taken_at for item in deliveries} == {"2024-08-06T18:12:57Z"}
    assert {item.table for item in deliveries} == {
        "citizen",
        "unit",
        "alert",
        "condition",
        "note",
        "medication",
        "dose",
    }


def test_every_conditional_reference_of_the_bulk_export_leads_to_a_name(shared_data: Path) -> None:
    items = read(shared_data / "fhir-bulk-synthea-10")
    orders = of(items, Medication)
    assert {order.prescriber is None for order in orders} == {False}
    assert not [item for item in of(items, Issue) if item.code == "reference-unresolved"]
    assert Counter(order.status for order in orders) == {"stopped": 1722, "active": 23}
    assert Counter(order.kind for order in orders) == {"unknown": 1335, "fixed": 332, "prn": 78}


def test_the_text_of_a_bulk_document_is_read(shared_data: Path) -> None:
    notes = [note for note in of(read(shared_data / "fhir-bulk-synthea-10"), Note) if note.kind == "Clinical Note"]
    assert len(notes) == 1215
    assert Counter(note.status for note in notes) == {"superseded": 1202, "final": 13}
    assert all("# Chief Complaint" in note.text for note in notes)


def test_the_danish_medicine_card_comes_through_word_for_word(shared_data: Path) -> None:
    items = read(shared_data / "gravitate-health-ips")
    orders = {order.id: order for order in of(items, Medication) if order.list == "FMK"}
    assert len(orders) == 43
    statuses = Counter(order.status for order in orders.values())
    assert statuses == {"unknown": 23, "active": 9, "stopped": 5, "completed": 3, "paused": 3}
    assert {order.status_source for order in orders.values() if order.status == "paused"} == {"on-hold"}
    nonsense = [order for order in orders.values() if order.dosage_text == "Bombombom"]
    assert [(order.drug, order.status, order.kind) for order in nonsense] == [("Eltroxin", "paused", "fixed")]
    warfarin = next(order for order in orders.values() if order.drug == "Marevan")
    assert warfarin.dosage_text == (
        "Dosering fra d. 10. mar. 2020:\n13,6 tabletter morgen og 13,6 tabletter middag - hver dag"
    )
    assert (warfarin.atc, warfarin.strength, warfarin.route) == (
        "B01AA03",
        "2.5 milligram/tabletter",
        "Oral anvendelse",
    )
    doses = [dose for dose in of(items, Dose) if dose.medication == warfarin.id]
    assert [(dose.quantity, dose.unit, dose.slot, dose.every_days) for dose in doses] == [
        ("13.6", "tabletter", "morning", 1),
        ("13.6", "tabletter", "noon", 1),
    ]
    assert {dose.quantity for dose in of(items, Dose) if dose.unit == "tablet"} >= {"0.028", "222", "1"}


def test_a_combined_danish_dosage_keeps_fixed_and_needed_doses_apart(shared_data: Path) -> None:
    items = read(shared_data / "gravitate-health-ips")
    order = next(order for order in of(items, Medication) if order.drug == "Cabaser")
    assert order.kind == "mixed"
    doses = [dose for dose in of(items, Dose) if dose.medication == order.id]
    assert [(dose.quantity, dose.slot, dose.times_per_day, dose.prn) for dose in doses] == [
        ("1", "morning", None, False),
        ("2", "noon", None, False),
        ("3", "evening", None, False),
        ("4", "night", None, False),
        ("3", None, 2, True),
    ]
    assert {(dose.start, dose.end) for dose in doses} == {("2021-03-26", "2021-03-31")}


def test_a_source_without_allergy_information_does_not_say_none_known(shared_data: Path) -> None:
    items = read(shared_data / "gravitate-health-ips")
    assert not [alert for alert in of(items, Alert) if alert.kind == "no-known-allergy"]
    told = [issue.value for issue in of(items, Issue) if issue.code == "no-information-stated"]
    assert told == ["no-allergy-info", "no-allergy-info"]


def test_danish_persons_keep_their_numbers_and_their_protection(shared_data: Path) -> None:
    citizens = {item.id.rsplit("/", 1)[-1]: item for item in of(read(shared_data / "hl7dk-core-examples"), Citizen)}
    assert Counter(number.kind for item in citizens.values() for number in item.identifiers) == {
        "cpr": 45,
        "replacement": 3,
    }
    assert [citizens[name].identifiers[0].value for name in ("ukendt-X-eCPR", "ukendt-D-eCPR", "ukendt")] == [
        "0703921VJ4",
        "1206550VK9",
        "0706830VJ9",
    ]
    protected = [name for name, item in citizens.items() if item.protected_name or item.protected_address]
    assert protected == ["Confidential"]
    assert citizens["CaesarOestergaard"].status == "deceased"


def test_danish_relatives_and_guardians_are_told_apart(shared_data: Path) -> None:
    contacts = of(read(shared_data / "hl7dk-core-examples"), Contact)
    assert Counter(contact.kind for contact in contacts) == {"relative": 37, "guardian": 5, "gp": 2}


def test_a_danish_vital_sign_without_a_display_has_a_name(shared_data: Path) -> None:
    found = [item for item in of(read(shared_data / "hl7dk-core-examples"), Measurement) if "ElseBlood" in item.id]
    assert [(item.name, item.value, item.unit) for item in found] == [
        ("Blood pressure: Systolic blood pressure", "147", "mmHg"),
        ("Blood pressure: Diastolic blood pressure", "95", "mmHg"),
    ]


def test_a_danish_intervention_carries_its_instruction_its_goal_and_its_reason(shared_data: Path) -> None:
    items = read(shared_data / "kl-core-fhir-examples")
    found = {item.id.rsplit("/", 1)[-1]: item for item in of(items, Intervention)}
    wound = found["PressureUlcerIntervention"]
    assert wound.text == "Sårbehandling"
    assert wound.code == "G1.39"
    assert wound.instruction is not None
    assert wound.instruction.startswith("Tryksår på venstre ben skal tilses og behandles dagligt.")
    assert found["FFBIndsats"].status == "ended"
    assert found["FFBIndsats"].reason == "Udviklingshæmning"
    assert (found["NySocialIndsats"].goal or "").startswith("understøtte Andreas")


def test_a_danish_condition_carries_its_assessment_and_the_state_expected(shared_data: Path) -> None:
    items = read(shared_data / "kl-core-fhir-examples")
    walking = next(item for item in of(items, Condition) if item.id.endswith("ConditionWalking"))
    assert (walking.text, walking.severity) == ("Gå", "Svære begrænsninger")
    assert walking.assessment == "Hun har en meget dårlig gangfunktion, selv om hun bruger rollator"
    assert walking.expected == "Tilstand forsvinder, mindskes eller forbliver uændret\nModerate begrænsninger"
    assert walking.recorded_by == "Hanne Simonsen"
