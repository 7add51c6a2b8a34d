"""The names that are likely ones only: read where they are met, and never to be harmful where they are not."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from backupreader.domain.errors import WRONG_ENCODING
from backupreader.domain.records import Alert, Citizen, Contact, Document, Dose, Issue, Measurement, Medication, Visit
from backupreader.domain.trouble import ReaderError
from sync.adapter import Item, Source
from sync.adapters.nexus import ADAPTER

API = "/api/core/mobile/testkommune/v2"
Answer = Callable[..., list[Item]]


@pytest.fixture
def answer(tmp_path: Path) -> Answer:
    """Reads one answer about citizen 101 that came from `address`."""

    def read(address: str, /, **value: Any) -> list[Item]:
        path = tmp_path / "answer.json"
        value = {"id": 1, "patientId": 101, **value, "_links": {"self": {"href": f"{API}/{address}"}}}
        path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
        assert ADAPTER.claims(path)
        return list(ADAPTER.read(Source(name="n", path=tmp_path), [path]))

    return read


def doses(items: list[Item]) -> list[Dose]:
    return [item for item in items if isinstance(item, Dose)]


def told(items: list[Item]) -> list[tuple[str, str | None]]:
    return [(item.code, item.value) for item in items if isinstance(item, Issue)]


def test_bare_times_are_doses_and_what_is_no_time_stands_as_text(answer: Answer) -> None:
    items = answer("medications/1", name="Panodil", times=["08:00", "aften", "ved smerter"])
    assert [(item.time, item.slot, item.text) for item in doses(items)] == [
        ("08:00", None, None),
        (None, "evening", None),
        (None, None, "ved smerter"),
    ]


def test_doses_within_a_dosage_and_a_dosage_that_is_one_dose_are_read(answer: Answer) -> None:
    within = answer("medications/1", name="A", dosage={"text": "fast", "times": [{"time": "07:00", "quantity": 1}]})
    assert [(item.time, item.quantity) for item in doses(within)] == [("07:00", "1")]
    assert "dosage.text: fast" in next(item.remark or "" for item in within if isinstance(item, Medication))
    alone = answer("medications/1", name="A", dosage={"time": "07:00", "partOfDay": "morgen", "quantity": 2})
    assert [(item.time, item.slot, item.text) for item in doses(alone)] == [("07:00", None, "morgen")]


def test_days_and_parts_of_the_day_that_are_not_known_are_told_and_stand_as_text(answer: Answer) -> None:
    items = answer("medications/1", name="A", dosages=[{"slot": "efter mad", "weekdays": ["mandag", "hver anden"]}])
    (dose,) = doses(items)
    assert (dose.slot, dose.weekdays, dose.text) == (None, None, "slot: efter mad\nweekdays: mandag, hver anden")
    assert ("value-unknown", "efter mad") in told(items)


def test_a_drug_within_a_medicine_gives_its_strength_and_form(answer: Answer) -> None:
    items = answer("medications/1", drug={"name": "Pinex", "strength": "500 mg", "form": "tabl."}, dosage="1 x 3")
    (medicine,) = [item for item in items if isinstance(item, Medication)]
    assert (medicine.drug, medicine.strength, medicine.form) == ("Pinex", "500 mg", "tabl.")
    assert (medicine.dosage_text, medicine.status) == ("1 x 3", "unknown")


def test_a_yes_where_a_text_should_stand_is_told_and_not_shown(answer: Answer) -> None:
    items = answer("medications/1", name="A", strength=True)
    assert ("value-unknown", "True") in told(items)


def test_a_doctor_within_a_citizen_is_a_contact_and_a_death_makes_the_state(answer: Answer) -> None:
    items = answer(
        "patients/1",
        patientIdentifier="641238-0012",
        firstName="Åse",
        patientState={"name": "Aktiv"},
        deceasedDate="2026-11-20",
        generalPractitioner={"name": "Lægehuset", "telephone": "65 00 00 00"},
    )
    assert [(item.kind, item.phone) for item in items if isinstance(item, Contact)] == [("gp", "65 00 00 00")]
    (person,) = [item for item in items if isinstance(item, Citizen)]
    assert (person.name, person.status, person.status_source) == ("Åse", "deceased", "Aktiv")


def test_a_relatives_protected_address_is_not_taken(answer: Answer) -> None:
    address = {"addressLine1": "Hemmelig Sti 7", "restricted": True}
    items = answer("patients/101/relatives/1", firstName="Lis", address=address)
    assert "Hemmelig" not in str(items)
    assert ("element-left-unread", None) in told(items)


def test_a_measurement_without_a_value_says_so(answer: Answer) -> None:
    items = answer("measurementData/1", name="Puls")
    assert [item.value for item in items if isinstance(item, Measurement)] == ["–"]
    assert ("value-missing", None) in told(items)


def test_a_document_that_cannot_be_decoded_is_told(answer: Answer) -> None:
    items = answer("documents/1", originalFileName="a.pdf", content="&&&")
    assert not [item for item in items if isinstance(item, Document)]
    assert ("attachment-unreadable", "a.pdf – a.pdf") in told(items)


def test_a_visit_that_is_cancelled_by_a_mark_is_cancelled(answer: Answer) -> None:
    items = answer("events/1", start="2026-11-22T07:30", cancelled=True, durationInMinutes=15)
    (visit,) = [item for item in items if isinstance(item, Visit)]
    assert (visit.start, visit.status, visit.minutes, visit.citizen) == ("2026-11-22T07:30", "cancelled", 15, "n:101")


def test_an_answer_in_utf_16_is_claimed_and_refused_as_such(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(json.dumps({"id": 1, "_links": {"self": {"href": API}}}).encode("utf-16"))
    assert ADAPTER.claims(path)
    with pytest.raises(ReaderError) as raised:
        list(ADAPTER.read(Source(name="n", path=tmp_path), [path]))
    assert raised.value.kind is WRONG_ENCODING


def test_half_a_character_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text('{"id": 1, "patientIdentifier": "x", "fullName": "\\ud800", "_links": {}}', encoding="utf-8")
    with pytest.raises(ReaderError):
        list(ADAPTER.read(Source(name="n", path=tmp_path), [path]))


FIXED = {"name": "A", "group": "Fast medicin"}
ON_MONDAYS = {"time": "08:00", "quantity": 1, "weekdays": ["mandag"]}


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ({"active": False}, "active: false"),
        ({"paused": True}, "paused: true"),
        ({"status": "Aktiv", "pause": {"to": "2026-12-01"}}, "Aktiv; pause.to: 2026-12-01"),
        ({"endDateTime": "2026-11-01T00:00:00Z"}, "endDateTime: 2026-11-01T00:00:00Z"),
        ({"endDate": "31-11-2026"}, "endDate: 31-11-2026"),
        ({"startDate": "2026-11-10", "endDate": "2026-10-10"}, "startDate: 2026-11-10; endDate: 2026-10-10"),
        ({"prn": "true"}, "prn: true"),
        ({"dosageType": "EFTER_BEHOV"}, "dosageType: EFTER_BEHOV"),
    ],
)
def test_a_medicine_of_which_something_says_otherwise_is_not_shown_as_in_force(
    answer: Answer, said: dict[str, Any], word: str
) -> None:
    items = answer("medications/1", **FIXED, **said)
    (medicine,) = [item for item in items if isinstance(item, Medication)]
    assert (medicine.status, medicine.status_source) == ("unknown", word)
    assert ("status-unknown", word) in told(items)


def test_a_medicine_that_nothing_speaks_against_is_as_its_group_says(answer: Answer) -> None:
    items = answer("medications/1", **FIXED, paused=False, discontinued=False, active=True, notes="ved behov ring")
    assert [item.status for item in items if isinstance(item, Medication)] == ["active"]


@pytest.mark.parametrize(
    ("more", "words"),
    [({"interval": 2}, "dosages.interval: 2"), ({"endDate": "31-11-2026"}, "endDate: 31-11-2026")],
)
def test_a_dose_with_something_that_is_not_known_is_due_on_no_certain_day(
    answer: Answer, more: dict[str, Any], words: str
) -> None:
    (dose,) = doses(answer("medications/1", **FIXED, dosages=[{**ON_MONDAYS, **more}]))
    assert (dose.weekdays, dose.text) == (None, f"{words}\nweekdays: mandag")
    (plain,) = doses(answer("medications/1", **FIXED, dosages=[ON_MONDAYS]))
    assert (plain.weekdays, plain.text) == ("1", None)


def test_a_none_known_that_may_no_longer_hold_is_not_stated(answer: Answer) -> None:
    items = answer("alerts/1", text="Ingen kendte", type="CAVE", active="false")
    assert [(item.kind, item.status) for item in items if isinstance(item, Alert)] == [("no-known-allergy", "unknown")]
