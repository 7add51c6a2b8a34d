"""MedCom's FHIR messages: one citizen a person, where she is now, the whole correspondence and its files."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar
from xml.sax.saxutils import escape

import pytest

from backupreader.domain.errors import SOURCE_DAMAGED
from backupreader.domain.issues import SENTENCES
from backupreader.domain.records import (
    Citizen,
    Delivery,
    Document,
    Issue,
    Measurement,
    Medication,
    Note,
    Origin,
    Receipt,
)
from backupreader.domain.trouble import ReaderError
from sync.adapter import Item, Source
from sync.adapters.fhir import ADAPTER
from sync.adapters.medcom import ADAPTER as LETTERS
from sync.fhir.messages import message_of, messages_in, messages_of

Kind = TypeVar("Kind")
Json = dict[str, Any]
CPR = {"system": "urn:oid:1.2.208.176.1.2", "value": "6506480012"}
ORIGIN = Origin("x", 1)
PDF = b"%PDF-1.7\n%%EOF\n"
CARE = "http://medcomfhir.dk/ig/carecommunication/StructureDefinition/medcom-carecommunication"


def of(items: list[Item], kind: type[Kind]) -> list[Kind]:
    return [item for item in items if isinstance(item, kind)]


def codes(items: list[Item]) -> list[str]:
    return [item.code for item in of(items, Issue)]


def sent(number: str, event: str, at: str, activity: str, *resources: Json, history: int = 0) -> Json:
    """A message as MedCom's examples are: every resource under an id of its own, older Provenances carried along."""
    header = {
        "resourceType": "MessageHeader",
        "id": f"h{number}",
        "eventCoding": {"system": "urn:medcom:events", "code": event},
        "destination": [{"endpoint": "urn:x", "receiver": {"reference": f"Organization/r{number}"}}],
        "sender": {"reference": f"Organization/s{number}"},
        "source": {"endpoint": "urn:y"},
    }
    own = {
        "resourceType": "Provenance", "id": f"v{number}", "target": [{"reference": f"MessageHeader/h{number}"}],
        "occurredDateTime": at, "activity": {"coding": [{"code": activity}]},
        "agent": [{"who": {"reference": f"Organization/s{number}"}}],
    }  # fmt: skip
    older = [
        own | {"id": f"v{number}-{place}", "target": [{"reference": "MessageHeader/x"}]} for place in range(history)
    ]
    places = [
        {"resourceType": "Organization", "id": f"s{number}", "name": "Prøvestad Sygehus, M2"},
        {"resourceType": "Organization", "id": f"r{number}", "name": "Prøvestad Kommune"},
    ]
    whole = [header, *resources, *places, own, *older]
    entries = [{"fullUrl": f"https://x.dk/{one['resourceType']}/{one['id']}", "resource": one} for one in whole]
    return {"resourceType": "Bundle", "type": "message", "timestamp": at, "entry": entries}


def patient(number: str, family: str = "Elmer", **more: Any) -> Json:
    return {"resourceType": "Patient", "id": f"p{number}", "identifier": [CPR], "name": [{"family": family}]} | more


def notice(number: str, at: str, activity: str, status: str, *, episode: str = "e", **more: Any) -> Json:
    """A HospitalNotification."""
    whom = more.pop("whom", patient(number))
    encounter = {
        "resourceType": "Encounter", "id": f"e{number}", "status": status, "class": {"code": "IMP"},
        "subject": {"reference": f"Patient/{whom['id']}"}, "episodeOfCare": [{"identifier": {"value": episode}}],
        "period": {"start": "2026-11-20T08:00:00+01:00"}, "serviceProvider": {"reference": f"Organization/s{number}"},
    } | more  # fmt: skip
    return sent(number, "hospital-notification-message", at, activity, whom, encounter)


ADMITTED = notice("1", "2026-11-20T08:05:00+01:00", "admit-inpatient", "in-progress")
ON_LEAVE = notice(
    "2", "2026-11-21T14:01:00+01:00", "start-leave-inpatient", "onleave",
    extension=[{"url": "x/medcom-hospitalNotification-leave-period-extension", "valuePeriod": {"start": "2026-11-21T14:00:00+01:00"}}],
)  # fmt: skip
BACK = notice(
    "3", "2026-11-22T10:01:00+01:00", "end-leave-inpatient", "in-progress",
    extension=[{"url": "x/leave-period-extension", "valuePeriod": {"start": "2026-11-21T14:00:00+01:00", "end": "2026-11-22T10:00:00+01:00"}}],
)  # fmt: skip
HOME = notice(
    "4", "2026-11-23T12:01:00+01:00", "discharge-inpatient-home", "finished",
    period={"start": "2026-11-20T08:00:00+01:00", "end": "2026-11-23T12:00:00+01:00"},
)  # fmt: skip
NOT_HOME = notice("5", "2026-11-23T13:00:00+01:00", "cancel-discharge-inpatient-home", "entered-in-error")
CORRECTED = notice(
    "6",
    "2026-11-24T09:00:00+01:00",
    "revise-admit-inpatient",
    "in-progress",
    period={"start": "2026-11-20T07:00:00+01:00"},
)
NEVER_IN = notice("7", "2026-11-24T10:00:00+01:00", "cancel-admit-inpatient", "entered-in-error")
DEAD = notice(
    "8", "2026-11-23T12:01:00+01:00", "discharge-inpatient-home", "finished",
    period={"end": "2026-11-23T11:00:00+01:00"}, whom=patient("8", deceasedBoolean=True),
)  # fmt: skip


def read(folder: Path, *values: Json, lines: bool = False) -> list[Item]:
    if lines:
        (folder / "messages.ndjson").write_text("\n".join(map(json.dumps, values)), encoding="utf-8")
    for place, value in enumerate([] if lines else values):
        (folder / f"{place}.json").write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
    return list(ADAPTER.read(Source(name="s", path=folder), sorted(folder.iterdir())))


@pytest.mark.parametrize(
    ("messages", "status", "since", "word"),
    [
        ([ADMITTED], "hospital", "2026-11-20T08:00:00+01:00", "admit-inpatient"),
        ([ADMITTED, ON_LEAVE], "leave", "2026-11-21T14:00:00+01:00", "start-leave-inpatient"),
        ([ADMITTED, ON_LEAVE, BACK], "hospital", "2026-11-22T10:00:00+01:00", "end-leave-inpatient"),
        ([HOME, BACK, ON_LEAVE, ADMITTED], "home", "2026-11-23T12:00:00+01:00", "discharge-inpatient-home"),
        ([ADMITTED, HOME, NOT_HOME], "hospital", "2026-11-20T08:00:00+01:00", "admit-inpatient"),
        ([ADMITTED, HOME, CORRECTED], "home", "2026-11-23T12:00:00+01:00", "discharge-inpatient-home"),
        ([ADMITTED, CORRECTED], "hospital", "2026-11-20T07:00:00+01:00", "revise-admit-inpatient"),
        ([ADMITTED, NEVER_IN], "unknown", None, "cancel-admit-inpatient"),
        ([ADMITTED, DEAD], "deceased", "2026-11-23T11:00:00+01:00", "discharge-inpatient-home"),
    ],
    ids=[
        "admitted",
        "leave",
        "back",
        "home",
        "discharge-cancelled",
        "corrected-after",
        "corrected",
        "cancelled",
        "dead",
    ],
)
@pytest.mark.parametrize("lines", [False, True])
def test_the_newest_notice_says_where_the_person_is(
    tmp_path: Path, messages: list[Json], status: str, since: str | None, word: str, *, lines: bool
) -> None:
    items = read(tmp_path, *messages, lines=lines)
    citizens = of(items, Citizen)
    assert [one.id for one in citizens] == ["s:6506480012"]
    assert citizens[0].status == status
    if status != "deceased":
        assert (citizens[0].status_since, citizens[0].status_source) == (since, word)
    assert {note.citizen for note in of(items, Note)} == {"s:6506480012"}


def test_another_stays_messages_do_not_change_this_stay(tmp_path: Path) -> None:
    other = notice("9", "2026-11-25T10:00:00+01:00", "cancel-admit-inpatient", "entered-in-error", episode="old")
    assert of(read(tmp_path, ADMITTED, other), Citizen)[0].status == "hospital"


def test_the_messages_patients_are_the_sources_own_patient_of_that_number(tmp_path: Path) -> None:
    own = {"resourceType": "Patient", "id": "44", "identifier": [CPR], "name": [{"text": "Åse Elmer"}]}
    items = read(tmp_path, ADMITTED, HOME, own)
    assert [(one.id, one.name, one.status) for one in of(items, Citizen)] == [("s:Patient/44", "Åse Elmer", "home")]
    assert {note.citizen for note in of(items, Note)} == {"s:Patient/44"}
    assert codes(items).count("person-told-elsewhere") == 2


def test_the_newest_message_names_the_person_and_what_others_say_is_told(tmp_path: Path) -> None:
    newer = notice("9", "2026-11-24T12:00:00+01:00", "admit-inpatient", "in-progress", whom=patient("9", "Gift"))
    items = read(tmp_path, newer, ADMITTED)
    assert [one.name for one in of(items, Citizen)] == ["Gift"]
    assert [one.value for one in of(items, Issue) if one.code == "person-told-elsewhere"] == ["Elmer"]


def test_a_letter_in_oioxml_and_a_message_in_fhir_are_about_the_same_id(tmp_path: Path) -> None:
    letter = Path(__file__).resolve().parents[1] / "data" / "exports" / "medcom" / "korrespondance.xml"
    items = list(LETTERS.read(Source(name="s", path=letter), [letter]))
    assert of(items, Note)[0].citizen == of(read(tmp_path, ADMITTED), Note)[0].citizen


def test_a_value_of_the_wrong_shape_does_not_cost_the_citizen(tmp_path: Path) -> None:
    odd = notice("1", "2026-11-24T12:00:00+01:00", "admit-inpatient", "in-progress", whom=patient("1", birthDate=7))
    items = read(tmp_path, odd)
    assert [(one.id, one.name, one.status) for one in of(items, Citizen)] == [("s:6506480012", "Elmer", "hospital")]
    assert "value-misshapen" in codes(items)


def test_a_person_without_a_number_is_nobody_elses(tmp_path: Path) -> None:
    strangers = [
        notice(n, "2026-11-24T12:00:00+01:00", "admit-inpatient", "in-progress",
               whom={"resourceType": "Patient", "id": f"p{n}", "name": [{"family": "Elmer"}]})
        for n in ("1", "2")
    ]  # fmt: skip
    assert [one.id for one in of(read(tmp_path, *strangers), Citizen)] == ["s:Patient/p1", "s:Patient/p2"]


def test_a_notice_is_a_note_with_its_times_and_one_taken_back_is_not_current(tmp_path: Path) -> None:
    items = read(tmp_path, ON_LEAVE, NEVER_IN)
    leave, back = of(items, Note)
    assert (leave.kind, leave.title, leave.author) == (
        "hospital-notification-message", "start-leave-inpatient", "Prøvestad Sygehus, M2",
    )  # fmt: skip
    assert leave.written_at == "2026-11-21T14:01:00+01:00"
    assert "leave: 2026-11-21T14:00:00+01:00 –" in leave.text
    assert "receiver: Prøvestad Kommune" in leave.text
    assert (back.status, back.text.partition("\n")[0]) == ("entered-in-error", "status: entered-in-error")


def communication(**more: Any) -> Json:
    def head(at: str) -> list[Json]:
        return [
            {"url": f"{CARE}-datetime-extension", "valueDateTime": at},
            {"url": f"{CARE}-author-extension", "valueReference": {"reference": "PractitionerRole/1"}},
            {"url": f"{CARE}-author-contact-extension", "valueContactPoint": {"system": "phone", "value": "38683868"}},
        ]

    content: Json = {
        "resourceType": "Communication",
        "id": "k1",
        "status": "unknown",
        "category": [{"coding": [{"code": "carecoordination"}]}],
        "priority": "asap",
        "topic": {"text": "Sårpleje"},
        "subject": {"reference": "Patient/p1"},
        "extension": [{"url": f"{CARE}-sender-extension", "valueReference": {"reference": "PractitionerRole/1"}}],
        "payload": [
            {"contentString": "Tak", "extension": head("2026-11-21T12:00:00+01:00")},
            {"contentString": "Skift hver 2. dag\nTak", "extension": head("2026-11-20T12:00:00+01:00")},
            {"contentString": "Tak", "extension": head("2026-11-21T12:00:00+01:00")},
            {
                "contentAttachment": {
                    "contentType": "application/pdf", "title": "Blodprøver", "data": base64.b64encode(PDF).decode(),
                },
                "extension": head("2026-11-20T12:00:00+01:00"),
            },
            {"contentAttachment": {"url": "https://medcom.dk/", "title": "medcom.dk"}},
        ],
    }  # fmt: skip
    role = {"resourceType": "PractitionerRole", "id": "1", "practitioner": {"reference": "Practitioner/1"},
            "code": [{"coding": [{"code": "sygeplejerske"}]}]}  # fmt: skip
    person = {"resourceType": "Practitioner", "id": "1", "name": [{"given": ["Michael"], "family": "Burns"}]}
    at = "2026-11-21T12:00:05+01:00"
    return sent("1", "care-communication-message", at, "reply-message", patient("1"), content | more, role, person)


def test_a_care_communication_is_a_note_of_all_its_texts_in_order(tmp_path: Path) -> None:
    items = read(tmp_path, communication())
    note = of(items, Note)[0]
    assert (note.kind, note.title, note.written_at) == (
        "care-communication-message", "Sårpleje", "2026-11-21T12:00:05+01:00",
    )  # fmt: skip
    assert (note.author, note.author_role) == ("Michael Burns, Prøvestad Sygehus, M2", "sygeplejerske")
    assert (note.status, note.status_source, note.important) == ("final", "unknown", True)
    head = "Michael Burns, sygeplejerske, 38683868"
    told = f"""activity: reply-message
category: carecoordination
priority: asap
2026-11-21T12:00:00+01:00, {head}
Tak
2026-11-20T12:00:00+01:00, {head}
Skift hver 2. dag
Tak
2026-11-21T12:00:00+01:00, {head}
Tak
2026-11-20T12:00:00+01:00, {head}
attachment: Blodprøver
medcom.dk
url: https://medcom.dk/
receiver: Prøvestad Kommune"""
    assert note.text == told


def test_an_attached_pdf_is_a_document_and_a_link_is_told(tmp_path: Path) -> None:
    items = read(tmp_path, communication())
    assert [(one.title, one.media_type, one.content) for one in of(items, Document)] == [
        ("Blodprøver", "application/pdf", PDF)
    ]
    assert "attachment-elsewhere" in codes(items)
    assert set(codes(items)) <= set(SENTENCES)


def test_an_attachment_called_pdf_that_is_none_is_no_pdf(tmp_path: Path) -> None:
    form = {"contentType": "application/pdf", "title": "x", "data": base64.b64encode(b"<html>404</html>").decode()}
    items = read(tmp_path, communication(payload=[{"contentAttachment": form}]))
    assert [one.media_type for one in of(items, Document)] == ["application/octet-stream"]
    assert "attachment-mislabelled" in codes(items)


def test_a_communication_taken_back_is_not_current(tmp_path: Path) -> None:
    note = of(read(tmp_path, communication(status="entered-in-error")), Note)[0]
    assert (note.status, note.text.partition("\n")[0]) == ("entered-in-error", "status: entered-in-error")


def test_home_care_observations_are_measurements_with_their_comparators(tmp_path: Path) -> None:
    observation = {
        "resourceType": "Observation", "id": "o1", "status": "final", "subject": {"reference": "Patient/p1"},
        "code": {"coding": [{"system": "urn:oid:1.2.208.176.2.1", "code": "NPU22089", "display": "P(kB)—Glucose; stofk. = ? mmol/L"}]},
        "valueQuantity": {"value": 7.10, "unit": "mmol/L", "comparator": "<"},
        "effectiveDateTime": "2026-11-20T14:47:23+01:00", "note": [{"text": "Ikke fastende"}],
    }  # fmt: skip
    picture = {
        "resourceType": "Media", "id": "m1", "status": "completed", "subject": {"reference": "Patient/p1"},
        "content": {"contentType": "image/png", "title": "Sår", "data": base64.b64encode(b"\x89PNG").decode()},
    }  # fmt: skip
    report = {
        "resourceType": "DiagnosticReport", "id": "d1", "status": "final", "subject": {"reference": "Patient/p1"},
        "issued": "2026-11-20T15:00:00+01:00", "conclusion": "Ring ved over 15", "result": [{"reference": "Observation/o1"}],
    }  # fmt: skip
    at = "2026-11-20T15:00:00+01:00"
    items = read(
        tmp_path,
        sent("1", "homecareobservation-message", at, "new-message", patient("1"), report, observation, picture),
    )
    assert [(one.value, one.unit, one.citizen) for one in of(items, Measurement)] == [
        ("< 7.1", "mmol/L", "s:6506480012")
    ]
    assert [one.title for one in of(items, Document)] == ["Sår"]
    assert any("Ring ved over 15" in note.text for note in of(items, Note))


def test_the_resources_of_a_message_add_up(tmp_path: Path) -> None:
    receipt = of(read(tmp_path, communication()), Receipt)[0]
    assert (receipt.read, receipt.left) == (2, 6)


def as_xml(value: Any, name: str = "") -> str:
    """A resource in FHIR's XML, as far as these messages need it."""
    if value.__class__ is list:
        return "".join(as_xml(one, name) for one in value)
    if value.__class__ is not dict:
        return f'<{name} value="{escape(str(value).lower() if isinstance(value, bool) else str(value), {chr(10): "&#10;"})}"/>'
    url = f' url="{value["url"]}"' if name == "extension" else ""
    inner = "".join(
        as_xml(one, key) for key, one in value.items() if key != "resourceType" and not (url and key == "url")
    )
    if "resourceType" not in value:
        return f"<{name}{url}>{inner}</{name}>"
    own = f'<{value["resourceType"]} xmlns="http://hl7.org/fhir">{inner}</{value["resourceType"]}>'
    return f"<{name}>{own}</{name}>" if name else own


def enveloped(path: Path, content: str) -> Path:
    data = base64.encodebytes(content.encode()).decode()
    path.write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n<VANSEnvelope xmlns="urn:oio:medcom:vans-envelope:1.0.4"><Message>'
        f"<MetaInformation/><Data>{data}</Data></Message></VANSEnvelope>\n",
        encoding="utf-8",
    )
    return path


@pytest.mark.parametrize("form", [json.dumps, as_xml], ids=["json", "xml"])
@pytest.mark.parametrize("message", [communication(), HOME], ids=["communication", "notice"])
def test_a_message_in_a_vans_envelope_is_the_same_message(
    tmp_path: Path, message: Json, form: Callable[..., str]
) -> None:
    path = enveloped(tmp_path / "x.xml", form(message))
    assert ADAPTER.claims(path)
    assert not LETTERS.claims(path)
    found = list(ADAPTER.read(Source(name="s", path=tmp_path), [path]))
    folder = tmp_path / "bare"
    folder.mkdir()
    bare = read(folder, message)
    for kind in (Citizen, Note, Document):
        assert [replace(one, origin=ORIGIN) for one in of(found, kind)] == [
            replace(one, origin=ORIGIN) for one in of(bare, kind)
        ]


def test_an_envelope_whose_payload_is_damaged_is_refused(tmp_path: Path) -> None:
    path = enveloped(tmp_path / "x.xml", json.dumps(HOME))
    path.write_text(path.read_text(encoding="utf-8").replace("</Data>", "*</Data>"), encoding="utf-8")
    with pytest.raises(ReaderError) as raised:
        list(ADAPTER.read(Source(name="s", path=path), [path]))
    assert raised.value.kind is SOURCE_DAMAGED


def test_the_moment_of_a_message_is_not_when_the_export_was_taken(tmp_path: Path) -> None:
    assert not any(one.taken_at.startswith("2026-11-20T") for one in of(read(tmp_path, ADMITTED), Delivery))


@pytest.mark.parametrize("number", ["0000000000", "3113480012", "0506481VJ"])
def test_a_number_that_is_nobodys_unites_nobody(tmp_path: Path, number: str) -> None:
    wrong = [CPR | {"value": number}]
    pair = [
        notice(n, "2026-11-24T12:00:00+01:00", "admit-inpatient", "in-progress", whom=patient(n, identifier=wrong))
        for n in ("1", "2")
    ]
    assert len(of(read(tmp_path, *pair), Citizen)) == len(pair)


MISSHAPEN: list[Json] = [
    {},
    {"entry": "x"},
    {"entry": [None, 3, {"resource": []}, {"resource": {"resourceType": "MessageHeader"}}]},
    {"entry": [{"resource": {"resourceType": "MessageHeader", "id": 3, "sender": 4, "destination": 5}},
               {"resource": {"resourceType": "Provenance", "target": 3, "activity": []}},
               {"resource": {"resourceType": "Patient", "identifier": [3, {"system": 4}]}}]},
]  # fmt: skip


@pytest.mark.parametrize("content", MISSHAPEN)
def test_a_misshapen_message_is_read_as_far_as_it_goes(tmp_path: Path, content: Json) -> None:
    bundle = {"resourceType": "Bundle", "type": "message"} | content
    assert list(messages_in([bundle])) == [bundle]
    assert message_of(bundle).event is None
    messages_of(bundle)
    read(tmp_path, bundle)


def test_messages_and_documents_that_all_call_their_patient_by_one_id_are_not_about_one_person(tmp_path: Path) -> None:
    other = {**CPR, "value": "8503410033"}
    values: list[Json] = []
    for number, identifier in (("1", CPR), ("2", other)):
        about = {"resourceType": "Patient", "id": "p", "identifier": [identifier], "name": [{"text": number}]}
        said = {"resourceType": "Communication", "id": f"c{number}", "status": "unknown"}
        said |= {"subject": {"reference": "Patient/p"}, "payload": [{"contentString": f"CAVE {number}"}]}
        order = {"resourceType": "MedicationRequest", "id": f"m{number}", "status": "active", "intent": "order"}
        order |= {
            "subject": {"reference": "https://x/Patient/p"},
            "medicationCodeableConcept": {"text": f"Drug {number}"},
        }
        values.append(
            sent(number, "care-communication-message", f"2026-11-2{number}T10:00:00Z", "new-message", about, said)
        )
        entries = [{"fullUrl": "https://x/Patient/p", "resource": {**about}}, {"resource": order}]
        values.append({"resourceType": "Bundle", "type": "document", "entry": entries})
    items = read(tmp_path, *values)
    notes = {number: note.citizen for note in of(items, Note) for number in "12" if f"CAVE {number}" in note.text}
    drugs = {order.drug: order.citizen for order in of(items, Medication)}
    assert notes["1"] != notes["2"]
    assert drugs["Drug 1"] != drugs["Drug 2"]
    names = {person.id: person.name for person in of(items, Citizen)}
    assert [names[notes[number] or ""] for number in "12"] == ["1", "2"]
    assert [names[drugs[f"Drug {number}"]] for number in "12"] == ["1", "2"]
