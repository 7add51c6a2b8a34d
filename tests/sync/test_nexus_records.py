"""What KMD Nexus' answers become: the small export, and what cannot stand in it (visits, warnings)."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

import pytest

from backupreader.domain.records import (
    Administration,
    Alert,
    Citizen,
    Condition,
    Contact,
    Delivery,
    Document,
    Dose,
    Identifier,
    Intervention,
    Issue,
    Measurement,
    Medication,
    Note,
    Unit,
)
from sync.adapter import Item, Source
from sync.adapters.nexus import ADAPTER

DATA = Path(__file__).resolve().parents[1] / "data"
EXPORT = DATA / "exports" / "nexus"
Kind = TypeVar("Kind")


def read(*paths: Path, zone: str = "Europe/Copenhagen") -> list[Item]:
    files = [file for path in paths for file in (sorted(path.iterdir()) if path.is_dir() else [path])]
    return list(ADAPTER.read(Source(name="n", path=files[0].parent, zone=zone), files))


def only(kind: type[Kind], items: list[Item]) -> list[Kind]:
    return [item for item in items if isinstance(item, kind)]


@pytest.fixture(scope="module")
def export() -> list[Item]:
    return read(EXPORT)


def by_id(kind: type[Kind], items: list[Item]) -> dict[str, Kind]:
    return {item.id: item for item in only(kind, items)}  # type: ignore[attr-defined]


def test_a_citizen_has_her_number_address_state_unit_and_language(export: list[Item]) -> None:
    asta = by_id(Citizen, export)["n:101"]
    assert asta.identifiers == (Identifier("cpr", "641238-0012", "cpr", None),)
    assert (asta.address, asta.postal_code, asta.city) == ("Prøvevej 1, 2. tv", "5000", "Odense C")
    assert (asta.birth_date, asta.sex, asta.language) == ("1938-12-04", "female", "Dansk")
    assert (asta.status, asta.status_source, asta.status_since) == ("home", "Aktiv", "2025-03-30")
    assert asta.unit == "n:unit/11"
    assert asta.remark is not None
    assert "Hører dårligt på venstre øre" in asta.remark
    assert "treatmentWill.status: Registreret" in asta.remark


def test_a_short_form_of_a_citizen_is_taken_once_as_the_fullest_one(export: list[Item]) -> None:
    assert [item.id for item in only(Citizen, export)] == ["n:101", "n:102", "n:103", "n:104", "n:105"]
    assert [item.value for item in only(Issue, export) if item.code == "resource-repeated"] == ["citizen/101"]


def test_a_protected_address_is_marked_and_stands_in_no_other_field(export: list[Item]) -> None:
    bent = by_id(Citizen, export)["n:102"]
    assert bent.protected_address
    assert bent.remark is None
    assert "Plejehjemmet" not in str([item for item in export if item != bent])
    assert "bent@test" not in str(export)


def test_the_address_where_the_citizen_is_now_is_the_one_that_the_answer_names(export: list[Item]) -> None:
    person = by_id(Citizen, export)["n:103"]
    assert (person.address, person.status) == ("Sommerhusvej 9", "leave")
    assert person.remark == "primaryAddress: Prøvevej 3, 5000, Odense C\ntemporaryAddress: 2026-11-01 – 2026-12-01"
    assert person.identifiers[0].kind == "replacement"


def test_states_that_are_known_are_told_apart_and_others_are_unknown(export: list[Item]) -> None:
    found = {item.id: (item.status, item.status_source) for item in only(Citizen, export)}
    assert found["n:102"] == ("hospital", "Indlagt")
    assert found["n:104"] == ("deceased", "Død")
    assert found["n:105"] == ("unknown", "Afventer visitation")
    assert by_id(Citizen, export)["n:104"].deceased_at == "2026-11-22"


def test_units_form_a_tree(export: list[Item]) -> None:
    found = {item.id: (item.name, item.parent) for item in only(Unit, export)}
    assert found == {
        "n:unit/1": ("Ældre og Sundhed", None),
        "n:unit/11": ("Hjemmeplejen Nord", "n:unit/1"),
        "n:unit/12": ("Aftenvagt Nord", "n:unit/11"),
    }


def test_a_unit_that_stands_in_a_tree_and_in_a_list_is_taken_once_below_its_parent(tmp_path: Path) -> None:
    text = (EXPORT / "organizations.json").read_text(encoding="utf-8")
    (tmp_path / "a-tree.json").write_text(text, encoding="utf-8")
    link = '"_links": {"self": {"href": "/api/core/mobile/x/v2/organizations/12"}}'
    (tmp_path / "0-list.json").write_text(
        f'[{{"id": 12, "name": "Aftenvagt Nord", "active": true, {link}}}]', encoding="utf-8"
    )
    items = read(tmp_path)
    found = [(item.id, item.parent) for item in only(Unit, items)]
    assert found == [("n:unit/12", "n:unit/11"), ("n:unit/11", "n:unit/1"), ("n:unit/1", None)]
    assert [item.value for item in only(Issue, items) if item.code == "resource-repeated"] == ["unit/12"]


def test_relatives_the_doctor_and_the_unit_are_contacts_and_a_relation_that_is_over_is_told(export: list[Item]) -> None:
    found = by_id(Contact, export)
    lis = found["n:contact/601"]
    assert (lis.kind, lis.relation, lis.phone, lis.phone2) == ("relative", "Datter", "20 00 06 01", "65 00 06 01")
    assert (lis.ring_at_night, lis.has_key, lis.priority) == (True, True, 1)
    assert found["n:contact/602"].kind == "gp"
    assert (found["n:relation/501"].kind, found["n:relation/501"].phone) == ("department", "65 00 00 99")
    assert "n:relation/502" not in found
    assert any(item.column == "relation" and "Aftenvagt Nord" in (item.value or "") for item in only(Issue, export))


def test_a_medicine_keeps_every_word_its_doses_and_when_it_was_last_given(export: list[Item]) -> None:
    eltroxin = by_id(Medication, export)["n:medication/701"]
    assert (eltroxin.drug, eltroxin.strength, eltroxin.form) == ("Eltroxin", "50 mikrogram", "tabletter")
    assert (eltroxin.list, eltroxin.kind, eltroxin.status, eltroxin.dose_dispensed) == (
        "Nexus",
        "fixed",
        "active",
        True,
    )
    assert eltroxin.dosage_text == "1 tablet morgen, fastende"
    assert eltroxin.start == "2024-02-01"
    doses = [item for item in only(Dose, export) if item.medication == eltroxin.id]
    assert [(item.quantity, item.unit, item.time, item.slot) for item in doses] == [
        ("1.50", "tablet", "07:30", None),
        ("½", "tablet", None, "evening"),
    ]
    (given,) = only(Administration, export)
    assert (given.medication, given.given_at, given.quantity) == (eltroxin.id, "2026-11-22T07:31:00+01:00", "1.0")


def test_a_dose_that_was_refused_is_not_called_given() -> None:
    refused, given = only(Administration, read(DATA / "nexus" / "last-given.json"))
    assert (refused.status, refused.status_source, refused.note) == (
        "refused",
        "Afvist",
        "lastGiven: 2026-11-22T07:30:00+01:00\nville ikke",
    )
    assert (refused.quantity, refused.unit, refused.by) == ("2", "tabletter", "SSA Test")
    assert refused.given_at is None
    assert refused.planned_at is None
    assert (given.status, given.given_at) == ("given", "2026-11-21T21:00:00+01:00")


def test_warnings_on_a_medicine_card_are_carried_with_it() -> None:
    alerts = only(Alert, read(DATA / "nexus" / "last-given.json"))
    assert [(item.kind, item.text) for item in alerts] == [
        ("allergy", "Penicillin"),
        ("no-known-allergy", "Ingen kendte"),
        ("allergy", "Nødder"),
    ]
    assert {item.citizen for item in alerts} == {"n:101"}


def test_a_card_without_a_medicine_is_told_and_delivers_medicine() -> None:
    items = read(DATA / "nexus" / "empty-card.json")
    assert [item.code for item in only(Issue, items)] == ["no-information-stated"]
    assert [(item.table, item.read) for item in only(Delivery, items)] == [("medication", 0), ("dose", 0)]


def test_what_is_not_known_of_a_medicine_is_shown_in_its_remark_and_told(export: list[Item]) -> None:
    medicines = by_id(Medication, export)
    assert "trafficWarning: true" in (medicines["n:medication/701"].remark or "")
    assert "unexpectedWarning: Seponeres hvis puls < 50" in (medicines["n:medication/704"].remark or "")
    told = {item.column for item in only(Issue, export) if item.code == "element-left-unread"}
    assert {"medication.trafficWarning", "medication.unexpectedWarning", "medicine-card.lastReconciled"} <= told


def test_a_medicine_in_a_group_or_state_that_is_not_known_is_not_called_active(export: list[Item]) -> None:
    medicines = by_id(Medication, export)
    assert (medicines["n:medication/704"].status, medicines["n:medication/704"].kind) == ("unknown", "unknown")
    assert medicines["n:medication/702"].status == "paused"
    assert (medicines["n:medication/703"].kind, medicines["n:medication/703"].max_per_day) == ("prn", "8")


def test_a_clock_time_that_is_none_stands_as_text_beside_its_dose(export: list[Item]) -> None:
    doses = [item for item in only(Dose, export) if item.medication == "n:medication/702"]
    assert [(item.time, item.weekdays, item.quantity, item.text) for item in doses] == [
        ("18:00", "15", "2", None),
        (None, None, "1e-1", "time: kl. 8"),
    ]


def test_a_granted_service_has_its_instruction_law_repetition_and_what_will_change(export: list[Item]) -> None:
    service = by_id(Intervention, export)["n:grant/901"]
    assert service.instruction == "Hæld op i æg. Se at medicinen indtages.\nNøgleboks ved kælderdøren"
    assert (service.law, service.kind, service.code) == ("Sundhedsloven § 138", "Sygepleje", "G1.20")
    assert (service.minutes, service.staff_needed, service.responsible) == (15, 2, "Sygeplejen Nord")
    assert (service.start, service.end, service.follow_up) == ("2026-03-01", None, "2027-03-28")
    assert service.repetition is not None
    assert service.repetition.endswith("weekdays: 5; weekenddays: 2; visits: 2; shifts: Morgen, Aften")
    assert (service.status, service.status_source) == ("active", "Bestilt")
    assert service.reason is not None
    assert "doubleStaffing: true" in service.reason
    assert "futureElements.visitatedDurationInMinutes: 30" in service.reason


def test_a_service_names_its_citizen_by_number_and_an_offer_of_the_catalogue_is_no_service(export: list[Item]) -> None:
    found = by_id(Intervention, export)
    assert (found["n:grant/903"].citizen, found["n:grant/903"].status) == ("n:102", "unknown")
    assert len(found) == 2
    assert [item.value for item in only(Issue, export) if item.column == "offer"] == ["Hjemmetræning (katalog)"]


def test_a_condition_has_its_degree_its_assessment_and_what_is_expected(export: list[Item]) -> None:
    wash = by_id(Condition, export)["n:condition/801"]
    assert (wash.text, wash.code, wash.kind, wash.citizen) == ("Vaske sig", "J1.1", "Egenomsorg", "n:101")
    assert (wash.severity, wash.recorded_by) == ("3 – Svære begrænsninger", "Sygeplejerske Test")
    assert wash.assessment is not None
    assert wash.assessment.startswith("Faglig vurdering: falder let\n")
    assert wash.expected == "2 – Moderate begrænsninger\nKan selv tage overtøj på\ngoals: Bad uden fald"


def test_a_form_is_a_note_with_every_field_in_its_order_and_exact_numbers(export: list[Item]) -> None:
    note = by_id(Note, export)["n:form/1001"]
    assert note.text == (
        "Tekst: Var træt; drak <1 l.\nRing til læge hvis temp. > 38,5\nDato: 2026-11-21\nAlvor: Gul\n"
        "Tegn: Sløv, Bleg\nVægt: 61.20 kg\nVæske gives: true"
    )
    assert (note.written_at, note.important) == ("2026-11-20T07:58:00+01:00", True)
    assert by_id(Note, export)["n:form/1002"].status == "superseded"


def test_tasks_and_messages_are_notes_and_a_reference_is_left(export: list[Item]) -> None:
    notes = by_id(Note, export)
    assert "dueDate: 2026-11-23 12:00:00" in notes["n:task/1101"].text
    assert notes["n:message/1201"].title == "Udskrivningsrapport"
    assert [item.row for item in only(Issue, export) if item.column == "reference"] == [3]


def test_measured_values_stand_as_written_each_with_its_unit() -> None:
    items = read(DATA / "nexus" / "measurements.json")
    assert [(item.name, item.value, item.unit) for item in only(Measurement, items)] == [
        ("Blodtryk: Systolisk", "142", "mmHg"),
        ("Blodtryk: Diastolisk", "81", "mmHg"),
        ("Temperatur", "38.10", "°C"),
    ]


def test_a_document_comes_only_with_its_content(export: list[Item], tmp_path: Path) -> None:
    (document,) = only(Document, export)
    assert (document.title, document.media_type, document.date) == ("Epikrise", "application/pdf", "2026-10-01")
    assert [item.value for item in only(Issue, export) if item.code == "attachment-elsewhere"] == [
        "Genoptræningsplan – plan.pdf – 2026-10-01"
    ]
    copy = tmp_path / "documents_101.json"
    copy.write_bytes((EXPORT / "documents_101.json").read_bytes())
    (tmp_path / "plan.pdf").write_bytes(b"%PDF-1.4 beside")
    assert [item.content for item in only(Document, read(copy))][1] == b"%PDF-1.4 beside"


def test_no_document_is_fetched_from_outside_the_answers_folder(tmp_path: Path) -> None:
    (tmp_path / "secret.pdf").write_bytes(b"secret")
    folder = tmp_path / "export"
    folder.mkdir()
    text = (EXPORT / "documents_101.json").read_text(encoding="utf-8")
    (folder / "d.json").write_text(text.replace("plan.pdf", "../secret.pdf"), encoding="utf-8")
    assert b"secret" not in [item.content for item in only(Document, read(folder))]


def test_warnings_have_their_kind_and_a_stated_none_known_is_a_warning_of_its_own() -> None:
    alerts = only(Alert, read(DATA / "nexus" / "alerts.json"))
    assert [(item.kind, item.text, item.status) for item in alerts] == [
        ("allergy", "Penicillin", "active"),
        ("no-known-allergy", "Ingen kendte", "active"),
        ("other", "Stor hund i entréen", "inactive"),
    ]


def test_the_form_that_declines_resuscitation_is_a_note_and_a_warning() -> None:
    items = read(DATA / "nexus" / "dnr.json")
    (alert,) = only(Alert, items)
    assert (alert.kind, alert.status) == ("treatment-limit", "active")
    assert "Ønsker ikke genoplivning" in alert.text
    assert only(Note, items)[0].important


def test_a_moment_is_the_same_as_milliseconds_and_as_text() -> None:
    (one,), (other,) = (only(Condition, read(DATA / "nexus" / name)) for name in ("milliseconds.json", "iso.json"))
    assert (one.start, one.recorded_at) == (other.start, other.recorded_at)
    assert one.start == "2025-01-01T00:00:00+01:00"
