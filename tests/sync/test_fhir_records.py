"""People, warnings, care and notes from FHIR: negations, protections and the three states survive."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any, TypeVar

import pytest

from backupreader.domain.records import (
    Alert,
    Citizen,
    Condition,
    Contact,
    Document,
    Intervention,
    Issue,
    Measurement,
    Note,
    Unit,
    Visit,
)
from sync.adapter import Item
from sync.fhir.narrative import plain

Read = Callable[..., list[Item]]
Kind = TypeVar("Kind")
ABOUT = {"subject": {"reference": "Patient/7"}}
PATIENT = {"patient": {"reference": "Patient/7"}}


def of(items: list[Item], kind: type[Kind]) -> list[Kind]:
    return [item for item in items if isinstance(item, kind)]


def codes(items: list[Item]) -> list[str]:
    return [item.code for item in of(items, Issue)]


def concept(code: str, text: str | None = None) -> dict[str, Any]:
    return {"coding": [{"system": "http://snomed.info/sct", "code": code}]} | ({"text": text} if text else {})


def test_the_name_in_use_is_the_citizens_name_and_others_are_remarked(fhir: Read) -> None:
    names = [
        {"use": "maiden", "family": "Holm", "given": ["Else"]},
        {"use": "official", "family": "Lauridsen", "given": ["Else", "Marie"]},
    ]
    citizen = of(fhir({"resourceType": "Patient", "id": "7", "name": names}), Citizen)[0]
    assert (citizen.name, citizen.given, citizen.family) == ("Else Marie Lauridsen", "Else Marie", "Lauridsen")
    assert citizen.remark == "maiden: Else Holm"


@pytest.mark.parametrize(
    ("system", "value", "country", "kind"),
    [
        ("urn:oid:1.2.208.176.1.2", "0201609995", "DK", "cpr"),
        ("urn:oid:1.2.208.176.1.6.1.1", "0703921VJ4", "DK", "replacement"),
        ("http://rn.dk", "0706830VJ9", "DK", "replacement"),
        ("urn:oid:1.2.752.129.2.1.3.1", "191212121212", "DK", "personnummer"),
        ("http://hospital.example", "1212121212", "DK", "local"),
    ],
)
def test_a_number_is_what_its_system_says(fhir: Read, system: str, value: str, country: str, kind: str) -> None:
    patient = {"resourceType": "Patient", "id": "7", "identifier": [{"system": system, "value": value}]}
    citizen = of(fhir(patient, country=country), Citizen)[0]
    assert [(number.kind, number.value, number.system) for number in citizen.identifiers] == [(kind, value, system)]


def test_a_citizen_without_a_name_is_kept_and_told(fhir: Read) -> None:
    items = fhir({"resourceType": "Patient", "id": "7"})
    assert of(items, Citizen)[0].name == "s:Patient/7"
    assert codes(items) == ["name-missing"]


def test_a_restricted_patient_is_protected_and_no_narrative_repeats_it(fhir: Read) -> None:
    patient = {
        "resourceType": "Patient",
        "id": "7",
        "name": [{"text": "Ruddi"}],
        "meta": {"security": [{"code": "R"}]},
        "text": {"status": "additional", "div": "<div>Ruddi, Julianevej 22</div>"},
    }
    items = fhir(patient)
    assert (of(items, Citizen)[0].protected_name, of(items, Citizen)[0].protected_address) == (True, True)
    assert not of(items, Note)
    assert codes(items) == ["narrative-not-shown"]


def test_an_address_alone_may_be_protected(fhir: Read) -> None:
    secret = {"url": "https://example.no/adressebeskyttelse", "valueBoolean": True}
    patient = {"resourceType": "Patient", "id": "7", "name": [{"text": "A"}], "address": [{"extension": [secret]}]}
    citizen = of(fhir(patient), Citizen)[0]
    assert (citizen.protected_name, citizen.protected_address) == (False, True)


def test_the_general_practitioner_has_the_phone_of_the_practice(fhir: Read) -> None:
    practice = {
        "resourceType": "Organization",
        "id": "o",
        "name": "Lægehuset",
        "identifier": [{"system": "sor", "value": "1"}],
        "telecom": [{"system": "phone", "value": "98182233"}],
    }
    patient = {
        "resourceType": "Patient",
        "id": "7",
        "name": [{"text": "A"}],
        "generalPractitioner": [{"identifier": {"system": "sor", "value": "1"}}],
        "contact": [{"name": {"text": "Bo"}, "relationship": [concept("N", "søn")], "telecom": [{"value": "12"}]}],
    }
    found = of(fhir(practice, patient), Contact)
    assert [(contact.kind, contact.name, contact.phone) for contact in found] == [
        ("relative", "Bo", "12"),
        ("gp", "Lægehuset", "98182233"),
    ]


@pytest.mark.parametrize("code", ["716186003", "409137002", "160244002", "no-known-allergies"])
def test_a_stated_none_known_is_its_own_kind_of_alert(fhir: Read, code: str) -> None:
    items = fhir({"resourceType": "AllergyIntolerance", "id": "1", **PATIENT, "code": concept(code, "Ingen kendte")})
    assert [(alert.kind, alert.text) for alert in of(items, Alert)] == [("no-known-allergy", "Ingen kendte")]


@pytest.mark.parametrize("code", ["429625007", "428607008", "716184000", "no-known-food-allergies"])
def test_no_known_allergy_to_food_is_told_and_says_nothing_of_drugs(fhir: Read, code: str) -> None:
    items = fhir({"resourceType": "AllergyIntolerance", "id": "1", **PATIENT, "code": concept(code, "Ingen mod mad")})
    assert [(alert.kind, alert.text) for alert in of(items, Alert)] == [("other", "Ingen mod mad")]


def test_no_information_is_not_none_known(fhir: Read) -> None:
    items = fhir({"resourceType": "AllergyIntolerance", "id": "1", **PATIENT, "code": concept("no-allergy-info")})
    assert not of(items, Alert)
    assert codes(items) == ["no-information-stated"]


@pytest.mark.parametrize(
    ("clinical", "verification", "expected"),
    [
        ("active", "confirmed", "active"),
        ("resolved", "confirmed", "inactive"),
        ("active", "refuted", "refuted"),
        ("active", "entered-in-error", "entered-in-error"),
        (None, None, "unknown"),
        ("hokus", None, "unknown"),
    ],
)
def test_a_refuted_allergy_is_never_active(
    fhir: Read, clinical: str | None, verification: str | None, expected: str
) -> None:
    resource: dict[str, Any] = {
        "resourceType": "AllergyIntolerance",
        "id": "1",
        **PATIENT,
        "code": concept("1", "Penicillin"),
    }
    if clinical:
        resource["clinicalStatus"] = concept(clinical)
    if verification:
        resource["verificationStatus"] = concept(verification)
    alert = of(fhir(resource), Alert)[0]
    assert (alert.status, alert.verification) == (expected, verification)


def test_a_reaction_keeps_its_severity(fhir: Read) -> None:
    reaction = {"manifestation": [concept("1", "Anafylaksi")], "severity": "severe", "description": "1998"}
    resource = {
        "resourceType": "AllergyIntolerance", "id": "1", **PATIENT, "code": concept("1", "Penicillin"),
        "criticality": "high", "reaction": [reaction],
    }  # fmt: skip
    alert = of(fhir(resource), Alert)[0]
    assert (alert.severity, alert.reaction) == ("high", "Anafylaksi – 1998 (severe)")


def test_an_advance_directive_limits_treatment_and_another_consent_is_not_shown(fhir: Read) -> None:
    consent = {"resourceType": "Consent", "id": "1", "status": "active", **PATIENT}
    items = fhir(consent | {"category": [concept("dnr", "Ingen genoplivning")]}, consent | {"id": "2"})
    assert [(alert.kind, alert.text) for alert in of(items, Alert)] == [("treatment-limit", "Ingen genoplivning")]
    assert codes(items) == ["resource-not-shown"]


@pytest.mark.parametrize("kind", ["Procedure", "Immunization"])
def test_what_was_not_done_says_so_first(fhir: Read, kind: str) -> None:
    resource = {
        "resourceType": kind, "id": "1", "status": "not-done", **ABOUT, **PATIENT,
        "code": concept("1", "Sårskift"), "vaccineCode": concept("1", "Influenza"),
    }  # fmt: skip
    assert of(fhir(resource), Note)[0].text.startswith("status: not-done\n")


def test_a_request_not_to_do_something_says_so(fhir: Read) -> None:
    resource = {
        "resourceType": "ServiceRequest", "id": "1", "status": "active", "intent": "order", **ABOUT,
        "code": concept("1", "Genoplivning"), "doNotPerform": True,
    }  # fmt: skip
    assert of(fhir(resource), Intervention)[0].text == "doNotPerform: Genoplivning"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"valueQuantity": {"value": 3.60, "comparator": "<", "unit": "mmol/l"}}, ("< 3.6", "mmol/l")),
        ({"valueQuantity": {"value": 3, "code": "1"}}, ("3", None)),
        ({"valueBoolean": False}, ("false", None)),
        ({"valueInteger": 0}, ("0", None)),
        ({"valueString": "Påviselige"}, ("Påviselige", None)),
        ({"valueRange": {"low": {"value": 1}, "high": {"value": 2, "unit": "L"}}}, ("1 – 2 L", None)),
        ({"valueRatio": {"numerator": {"value": 1}, "denominator": {"value": 128}}}, ("1/128", None)),
        ({"valueTime": "08:00:00"}, ("08:00:00", None)),
        ({"valueDateTime": "2026-11-22"}, ("2026-11-22", None)),
        ({"valuePeriod": {"start": "2026-11-22"}}, ("2026-11-22 –", None)),
        ({"valueSampledData": {"data": "1 2 3"}}, ("1 2 3", None)),
        ({"dataAbsentReason": {"text": "afvist"}}, ("dataAbsentReason: afvist", None)),
        ({}, ("–", None)),
    ],
)
def test_a_value_of_any_type_is_shown_as_written(
    fhir: Read, value: dict[str, Any], expected: tuple[str, str | None]
) -> None:
    resource = {"resourceType": "Observation", "id": "1", "status": "final", **ABOUT, "code": concept("1", "X")}
    found = of(fhir(resource | value), Measurement)
    assert [(item.value, item.unit) for item in found] == [expected]


def test_components_and_the_value_above_them_are_all_kept(fhir: Read) -> None:
    resource = {
        "resourceType": "Observation", "id": "1", "status": "corrected", **ABOUT, "code": concept("1", "GCS"),
        "valueInteger": 13,
        "component": [
            {"code": concept("2", "øjne"), "valueInteger": 4},
            {"code": concept("3", "tale"), "dataAbsentReason": {"text": "intuberet"}},
        ],
    }  # fmt: skip
    found = of(fhir(resource), Measurement)
    assert [(item.id, item.name, item.value, item.status) for item in found] == [
        ("s:Observation/1", "GCS", "13", "amended"),
        ("s:Observation/1#1", "GCS: øjne", "4", "amended"),
        ("s:Observation/1#2", "GCS: tale", "dataAbsentReason: intuberet", "amended"),
    ]


def test_an_observation_of_a_device_is_not_about_a_citizen(fhir: Read) -> None:
    resource = {"resourceType": "Observation", "id": "1", "status": "final", "subject": {"reference": "Device/1"}}
    items = fhir(resource)
    assert codes(items) == ["not-about-a-citizen"]


def test_each_activity_of_a_plan_is_an_intervention(fhir: Read) -> None:
    goal = {"resourceType": "Goal", "id": "g", **ABOUT, "lifecycleStatus": "active", "description": {"text": "Helet"}}
    cause = {"resourceType": "Condition", "id": "c", **ABOUT, "code": {"text": "Tryksår"}}
    plan = {
        "resourceType": "CarePlan", "id": "1", "status": "active", "intent": "plan", **ABOUT,
        "goal": [{"reference": "Goal/g"}], "addresses": [{"reference": "Condition/c"}],
        "activity": [
            {"detail": {"code": {"text": "Sårpleje"}, "description": "Dagligt", "status": "in-progress"}},
            {"detail": {"code": {"text": "Bad"}, "status": "completed", "doNotPerform": True}},
        ],
    }  # fmt: skip
    found = of(fhir(goal, cause, plan), Intervention)
    assert [(item.id, item.text, item.status, item.instruction) for item in found] == [
        ("s:CarePlan/1#1", "Sårpleje", "active", "Dagligt"),
        ("s:CarePlan/1#2", "doNotPerform: Bad", "ended", None),
    ]
    assert {(item.goal, item.reason) for item in found} == {("Helet", "Tryksår")}


def test_a_plan_on_hold_pauses_whatever_its_activity_says(fhir: Read) -> None:
    activity = {"detail": {"code": {"text": "Bad"}, "status": "in-progress"}}
    plan = {
        "resourceType": "CarePlan",
        "id": "1",
        "status": "on-hold",
        "intent": "plan",
        **ABOUT,
        "activity": [activity],
    }
    assert of(fhir(plan), Intervention)[0].status == "paused"


def test_a_bad_date_leaves_the_record_without_it(fhir: Read) -> None:
    resource = {
        "resourceType": "Condition", "id": "1", **ABOUT, "code": {"text": "X"}, "recordedDate": "2026-02-30",
        "clinicalStatus": concept("active"),
    }  # fmt: skip
    items = fhir(resource)
    assert [(item.text, item.recorded_at) for item in of(items, Condition)] == [("X", None)]
    issue = of(items, Issue)[0]
    assert (issue.code, issue.severity, issue.column, issue.value) == (
        "date-invalid", "error", "Condition.recordedDate", "2026-02-30",
    )  # fmt: skip
    assert (issue.file, issue.row) == ("Condition.000.ndjson", 1)


def test_an_appointment_is_a_visit_in_local_time(fhir: Read) -> None:
    nurse = {"resourceType": "Practitioner", "id": "n", "name": [{"text": "Ida"}]}
    resource = {
        "resourceType": "Appointment", "id": "1", "status": "booked", "start": "2026-11-22T22:30:00Z",
        "end": "2026-11-22T23:15:00Z", "minutesDuration": 45, "description": "Natbesøg",
        "participant": [{"actor": {"reference": "Patient/7"}}, {"actor": {"reference": "Practitioner/n"}}],
    }  # fmt: skip
    visit = of(fhir(nurse, resource), Visit)[0]
    assert (visit.start, visit.end, visit.zone) == ("2026-11-22T23:30", "2026-11-23T00:15", "Europe/Copenhagen")
    assert (visit.citizen, visit.staff, visit.minutes, visit.status) == ("s:Patient/7", "Ida", 45, "planned")


def test_a_planned_encounter_is_a_visit_and_a_finished_one_a_note(fhir: Read) -> None:
    base = {"resourceType": "Encounter", **ABOUT, "period": {"start": "2026-11-22T08:00:00+01:00"}}
    items = fhir(base | {"id": "1", "status": "planned"}, base | {"id": "2", "status": "finished"})
    assert [visit.id for visit in of(items, Visit)] == ["s:Encounter/1"]
    assert [note.id for note in of(items, Note)] == ["s:Encounter/2"]


def attachment(content: bytes, media: str) -> dict[str, Any]:
    return {"attachment": {"contentType": media, "data": base64.b64encode(content).decode("ascii")}}


def test_a_document_reference_gives_its_text_and_its_pdf(fhir: Read) -> None:
    resource = {
        "resourceType": "DocumentReference", "id": "1", "status": "current", **ABOUT,
        "content": [
            attachment("Blærebetændelse, æøå".encode("cp1252"), "text/plain; charset=windows-1252"),
            attachment(b"<p>Fed <b>skrift</b> &amp; mere</p><script>nej</script>", "text/html"),
            attachment(b"%PDF-1.7", "application/pdf"),
        ],
    }  # fmt: skip
    items = fhir(resource)
    assert [note.text for note in of(items, Note)] == ["Blærebetændelse, æøå\nFed skrift & mere"]
    assert [(item.id, item.content) for item in of(items, Document)] == [("s:DocumentReference/1#3", b"%PDF-1.7")]


def test_a_text_in_another_encoding_than_stated_is_kept_and_told(fhir: Read) -> None:
    content = [attachment("smørrebrød".encode("cp1252"), "text/plain")]
    resource = {"resourceType": "DocumentReference", "id": "1", "status": "current", **ABOUT, "content": content}
    items = fhir(resource)
    assert of(items, Note)[0].text == "smørrebrød"
    assert codes(items) == ["attachment-encoding"]


def test_a_document_that_lies_elsewhere_is_told(fhir: Read) -> None:
    content = [{"attachment": {"url": "https://dms.example/1", "title": "Epikrise"}}]
    resource = {"resourceType": "DocumentReference", "id": "1", "status": "current", **ABOUT, "content": content}
    items = fhir(resource)
    assert of(items, Note)[0].text == "Epikrise"
    assert codes(items) == ["attachment-elsewhere"]


def test_a_questionnaire_keeps_each_answer_as_given(fhir: Read) -> None:
    items = [
        {"linkId": "1", "text": "Smerter?", "answer": [{"valueBoolean": False}]},
        {"linkId": "2", "answer": [{"valueDecimal": 1.5}, {"valueCoding": {"code": "a", "display": "Let"}}]},
    ]
    resource = {"resourceType": "QuestionnaireResponse", "id": "1", "status": "completed", **ABOUT, "item": items}
    assert of(fhir(resource), Note)[0].text == "Smerter?: false\n2: 1.5; Let"


def test_a_narrative_is_used_where_nothing_else_says_anything(fhir: Read) -> None:
    text = {"status": "generated", "div": "<div>Har <i>altid</i> hund<br/>ved døren<img src='x' alt='!'/></div>"}
    resource = {"resourceType": "Communication", "id": "1", "status": "completed", **ABOUT, "text": text}
    assert of(fhir(resource), Note)[0].text == "Har altid hund\nved døren!"


def test_a_narrative_that_says_more_than_the_data_is_a_note(fhir: Read) -> None:
    text = {"status": "additional", "div": "<div>Kun fra venstre arm</div>"}
    resource = {
        "resourceType": "Observation", "id": "1", "status": "final", **ABOUT, "code": {"text": "BT"}, "valueString": "1",
        "text": text,
    }  # fmt: skip
    assert [(note.id, note.text) for note in of(fhir(resource), Note)] == [
        ("s:Observation/1#text", "Kun fra venstre arm")
    ]


def test_an_unknown_modifier_is_told(fhir: Read) -> None:
    modifier = {"url": "http://example.org/negated", "valueBoolean": True}
    resource = {
        "resourceType": "Condition", "id": "1", **ABOUT, "code": {"text": "X"}, "clinicalStatus": concept("active"),
        "implicitRules": "http://example.org/rules", "evidence": [{"modifierExtension": [modifier]}],
        "meta": {"tag": [{"code": "SUBSETTED"}]},
    }  # fmt: skip
    items = fhir(resource)
    assert len(of(items, Condition)) == 1
    told = [(issue.column, issue.value) for issue in of(items, Issue)]
    assert told == [
        ("Condition.evidence.modifierExtension", "http://example.org/negated"),
        ("Condition.implicitRules", "http://example.org/rules"),
        ("Condition.meta.tag", None),
    ]


def test_a_care_team_is_a_unit_and_a_citizens_own_team_a_note(fhir: Read) -> None:
    nurse = {"resourceType": "Practitioner", "id": "n", "name": [{"text": "Ida"}]}
    own = {
        "resourceType": "CareTeam", "id": "1", **ABOUT,
        "participant": [{"role": [{"text": "kontaktperson"}], "member": {"reference": "Practitioner/n"}}],
    }  # fmt: skip
    shared = {"resourceType": "CareTeam", "id": "2", "name": "Aftenhold"}
    items = fhir(nurse, own, shared)
    assert [note.text for note in of(items, Note)] == ["kontaktperson: Ida"]
    assert [unit.name for unit in of(items, Unit)] == ["Aftenhold"]


def test_what_the_source_reports_of_its_own_export_is_told(fhir: Read) -> None:
    issue = {"severity": "error", "diagnostics": "Observation: timed out"}
    items = fhir({"resourceType": "OperationOutcome", "id": "1", "issue": [issue]})
    assert [(item.code, item.severity, item.value) for item in of(items, Issue)] == [
        ("source-reports", "error", "error: Observation: timed out"),
    ]


@pytest.mark.parametrize(
    ("code", "category", "status", "expected"),
    [
        ("129839007", "clinical", "active", ("fall", "active")),
        ("1", "behavioral", "inactive", ("staff-safety", "inactive")),
        ("1", "diet", "entered-in-error", ("diet", "entered-in-error")),
        ("1", "advance-directive", "hokus", ("treatment-limit", "unknown")),
    ],
)
def test_a_flag_is_an_alert(fhir: Read, code: str, category: str, status: str, expected: tuple[str, str]) -> None:
    resource = {
        "resourceType": "Flag", "id": "1", "status": status, **ABOUT, "code": concept(code, "Se her"),
        "category": [concept(category)], "period": {"start": "2026-11-01", "end": "2026-11-30"},
    }  # fmt: skip
    alert = of(fhir(resource), Alert)[0]
    assert (alert.kind, alert.status) == expected
    assert (alert.text, alert.start, alert.end) == ("Se her", "2026-11-01", "2026-11-30")


def test_an_allergy_that_nobody_named_is_kept_and_told(fhir: Read) -> None:
    items = fhir({"resourceType": "AllergyIntolerance", "id": "1", **PATIENT, "category": ["food"]})
    assert [(alert.kind, alert.text) for alert in of(items, Alert)] == [("allergy", "food")]
    assert codes(items) == ["text-missing"]


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("requested", "planned"),
        ("in-progress", "active"),
        ("on-hold", "paused"),
        ("failed", "cancelled"),
        (None, "unknown"),
    ],
)
def test_a_task_is_an_intervention(fhir: Read, status: str | None, expected: str) -> None:
    resource: dict[str, Any] = {
        "resourceType": "Task", "id": "1", "for": {"reference": "Patient/7"}, "description": "Ring til lægen",
        "restriction": {"period": {"end": "2026-11-30"}},
    }  # fmt: skip
    found = of(fhir(resource | ({"status": status} if status else {})), Intervention)[0]
    assert (found.text, found.status, found.follow_up) == ("Ring til lægen", expected, "2026-11-30")


def test_a_repeated_intervention_says_how_often(fhir: Read) -> None:
    timing = {"repeat": {"frequency": 2, "period": 1, "periodUnit": "wk", "dayOfWeek": ["mon", "thu"]}}
    resource = {
        "resourceType": "ServiceRequest", "id": "1", "status": "active", "intent": "order", **ABOUT,
        "code": concept("1", "Bad"), "occurrenceTiming": timing,
    }  # fmt: skip
    assert of(fhir(resource), Intervention)[0].repetition == "2 / 1 wk; mon, thu"


def test_an_onset_that_is_an_age_or_a_period_is_kept(fhir: Read) -> None:
    base = {"resourceType": "Condition", **ABOUT, "code": {"text": "X"}, "clinicalStatus": concept("active")}
    items = fhir(
        base | {"id": "1", "onsetAge": {"value": 7, "unit": "år"}, "abatementString": "som voksen"},
        base | {"id": "2", "onsetPeriod": {"start": "2020-01"}},
    )
    assert [(item.start, item.assessment) for item in of(items, Condition)] == [
        (None, "onset: 7 år\nabatement: som voksen"),
        ("2020-01", None),
    ]


def test_a_message_keeps_its_text_its_picture_and_its_receiver(fhir: Read) -> None:
    nurse = {"resourceType": "Practitioner", "id": "n", "name": [{"text": "Ida"}]}
    resource = {
        "resourceType": "Communication", "id": "1", "status": "completed", **ABOUT, "sent": "2026-11-22T08:00:00+01:00",
        "payload": [{"contentString": "Se billedet"}, {"contentAttachment": attachment(b"\x89PNG", "image/png")["attachment"]}],
        "recipient": [{"reference": "Practitioner/n"}],
    }  # fmt: skip
    items = fhir(nurse, resource)
    assert of(items, Note)[0].text == "Se billedet\nrecipient: Ida"
    assert [(item.id, item.media_type, item.date) for item in of(items, Document)] == [
        ("s:Communication/1#2", "image/png", "2026-11-22T08:00:00+01:00"),
    ]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ({"data": "a"}, "attachment-unreadable"),
        ({"data": "QQ==", "contentType": "application/msword"}, "attachment-unknown"),
        ({"title": "Epikrise"}, "attachment-empty"),
    ],
)
def test_an_attachment_that_cannot_be_shown_is_told(fhir: Read, content: dict[str, str], told: str) -> None:
    resource = {
        "resourceType": "DocumentReference", "id": "1", "status": "current", "docStatus": "preliminary", **ABOUT,
        "content": [{"attachment": content}], "type": {"text": "Brev"},
    }  # fmt: skip
    items = fhir(resource)
    assert codes(items) == [told]
    assert [item for item in items if isinstance(item, Note | Document)]


def test_a_document_in_the_same_bundle_is_found(fhir: Read) -> None:
    binary = {"resourceType": "Binary", "id": "b", "contentType": "application/pdf", "data": "JVBERi0="}
    reference = {
        "resourceType": "DocumentReference", "id": "1", "status": "current", **ABOUT,
        "content": [{"attachment": {"url": "https://server.example/Binary/b", "title": "Epikrise"}}],
    }  # fmt: skip
    bundle = {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": binary}, {"resource": reference}]}
    items = fhir(bundle)
    assert codes(items) == ["resource-for-reference"]
    assert [(item.title, item.media_type, item.content) for item in of(items, Document)] == [
        ("Epikrise", "application/pdf", b"%PDF-"),
    ]


def test_an_inactive_relative_and_an_old_address_say_so(fhir: Read) -> None:
    resource = {
        "resourceType": "RelatedPerson", "id": "1", **PATIENT, "active": False, "name": [{"family": "Holm"}],
        "relationship": [{"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v3-RoleCode", "code": "NBOR"}]}],
        "telecom": [{"value": "1", "use": "old"}, {"value": "2", "use": "home"}, {"value": "3", "use": "mobile"}],
        "address": [{"use": "old", "line": ["Gl. Vej 1"]}, {"line": ["Ny Vej 2"], "postalCode": "8000", "city": "Aarhus"}],
    }  # fmt: skip
    contact = of(fhir(resource), Contact)[0]
    assert (contact.kind, contact.relation, contact.note) == ("other", "neighbor", "inactive")
    assert (contact.phone, contact.phone2, contact.address) == ("3", "2", "Ny Vej 2, 8000 Aarhus")


def test_an_appointment_without_a_time_is_a_note(fhir: Read) -> None:
    resource = {
        "resourceType": "Appointment", "id": "1", "status": "waitlist", "description": "Kontrol",
        "participant": [{"actor": {"reference": "Patient/7"}}],
    }  # fmt: skip
    assert [note.text for note in of(fhir(resource), Note)] == ["status: waitlist\nKontrol"]


def test_an_interpreter_a_language_and_another_record_are_kept(fhir: Read) -> None:
    need = {"url": "http://hl7.org/fhir/StructureDefinition/patient-interpreterRequired", "valueBoolean": True}
    patient = {
        "resourceType": "Patient", "id": "7", "name": [{"text": "A"}], "extension": [need], "active": False,
        "communication": [{"language": {"text": "dansk"}}, {"language": {"text": "tyrkisk"}, "preferred": True}],
        "link": [{"type": "replaced-by", "other": {"reference": "Patient/8"}}],
    }  # fmt: skip
    citizen = of(fhir(patient), Citizen)[0]
    assert (citizen.language, citizen.interpreter) == ("tyrkisk; dansk", True)
    assert (citizen.status, citizen.status_source, citizen.remark) == ("ended", "inactive", "replaced-by: Patient/8")


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<table><tr><th>A</th><th>B</th><th>C</th></tr><tr><td><p>1</p></td><td/><td>2</td></tr></table>", "A | B | C\n1 |  | 2"),
        ("B12 10<sup>9</sup>/l", "B12 10^9/l"),
        ("<del>2 tabl</del> 1 tabl", "[deleted: 2 tabl] 1 tabl"),
        ("<table><tr><td>en<br/>to</td></tr></table>efter", "en to\nefter"),
    ],
)  # fmt: skip
def test_a_narratives_table_and_marks_do_not_read_as_something_else(markup: str, text: str) -> None:
    assert plain(f"<div>{markup}</div>") == text
