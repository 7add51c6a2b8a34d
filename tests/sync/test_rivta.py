"""Swedish service contracts: what each document becomes, and that nothing in it is passed over."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backupreader.domain.errors import SOURCE_DAMAGED, WRONG_ENCODING
from backupreader.domain.issues import SENTENCES
from backupreader.domain.records import (
    Administration,
    Alert,
    Citizen,
    Condition,
    Delivery,
    Document,
    Issue,
    Medication,
    Note,
    Receipt,
)
from backupreader.domain.trouble import ReaderError
from sync.adapter import Item, Source
from sync.adapters.rivta import ADAPTER
from sync.markup import Element, records
from sync.rivta.documents import readable
from sync.rivta.entry import stamp
from sync.rivta.left import EXTRACT_NOT_CARRIED, NOT_CARRIED, is_named

DATA = Path(__file__).resolve().parents[1] / "data"
BROKEN, EXPORT = DATA / "rivta", DATA / "exports" / "rivta"
FILES = sorted([*EXPORT.iterdir(), *(path for path in BROKEN.iterdir() if path.name != "entity-bomb.xml")])


def read(path: Path) -> list[Item]:
    source = Source(name="npö", path=path, zone="Europe/Stockholm", country="SE")
    return list(ADAPTER.read(source, sorted(path.iterdir()) if path.is_dir() else [path]))


def issues(items: list[Item]) -> list[tuple[str, int, str | None, str | None, str]]:
    return [
        (i.code, i.row, i.column, i.value, i.severity)
        for i in items
        if isinstance(i, Issue) and i.code != "name-missing"
    ]


def shown(items: list[Item]) -> str:
    """Every text of every record and issue."""
    texts: list[str] = []
    for item in items:
        for field in fields(item):
            held = getattr(item, field.name)
            texts.append(str(held))
    return "\n".join(texts)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_leaf_is_carried_told_or_named_among_what_is_not(path: Path) -> None:
    items = read(path)
    text = re.sub(r"\s+", " ", shown(items))
    refused = {
        item.row for item in items if isinstance(item, Issue) and item.code in {"citizen-missing", "resource-not-shown"}
    }
    extract = path.name.startswith("extract")
    names = EXTRACT_NOT_CARRIED if extract else NOT_CARRIED
    lost: list[tuple[str, str]] = []
    wanted = {"all_compositions"} if extract else RECORDS
    for row, record in enumerate(records(path, wanted), start=1):
        if row not in refused:
            lost += [
                (where, leaf)
                for where, leaf in leaves(record, "")
                if not is_named(where, names) and expected(where.rsplit("/", 1)[-1].removeprefix("@"), leaf) not in text
            ]
    assert lost == []


RECORDS = {
    "medicationMedicalRecord",
    "careDocumentation",
    "alertInformation",
    "diagnosis",
    "functionalStatusAssessment",
}
MEANT = {  # said by a field's own word
    "approvedForPatient": {"true": "", "false": "Får inte visas för patienten"},
    "nullified": {"true": "Makulerad", "false": ""},
    "selfMedication": {"true": "Egenmedicinering", "false": ""},
    "chronicDiagnosis": {"true": "Kronisk", "false": ""},
    "isMaximumTreatmentTime": {"true": "(maxtid)", "false": ""},
    "assessmentCategory": {"pad-pad": "PADL", "fun-fun": "Funktionsnedsättning"},
    "clinicalDocumentNoteCode": {"bes": "Besöksanteckning"},
    "resultCode": {"OK": ""},
}


def leaves(element: Element, path: str) -> list[tuple[str, str]]:
    here = f"{path}/{element.name}" if path else element.name
    found = [(f"{here}/@{name}", text) for name, text in element.attributes.items() if text]
    if element.text.strip():
        found.append((here, element.text.strip()))
    return found + [leaf for child in element.children for leaf in leaves(child, here)]


def expected(name: str, leaf: str) -> str:  # noqa: PLR0911 (one return a rule)
    """How a leaf stands in a record."""
    if name in MEANT and leaf in MEANT[name]:
        return MEANT[name][leaf]
    if name in {"value", "unit", "frequency", "dayOfPeriod"} and re.fullmatch(r"[0-9.]+|1?/d|d|h|1", leaf):
        return ""  # of a dosage: told by test_rivta_dosage, number by number
    if name == "code" and leaf in {"1", "201010", "t", "s", "c", "k"}:
        return ""  # a code beside its text, where the record has room for one code
    if name in {"low", "high"} and "E" in leaf:
        return "0.25"
    if name == "time" and not leaf.isdigit():
        return {"Klockan 08:00": "08:00", "kväll": "evening"}.get(leaf, leaf)
    if leaf == "20261122073000":
        return "07:30"  # of a single dose, whose day test_rivta_dosage looks at
    if name == "value" and leaf.startswith("JVBER"):
        return "%PDF-1.4"
    leaf = leaf.replace("$$NL$$", "\n")
    return re.sub(r"\s+", " ", readable(leaf) or "") if stamp(leaf) is None or not leaf.isdigit() else stamp(leaf) or ""


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_issue_has_a_sentence_and_every_receipt_adds_up(path: Path) -> None:
    items = read(path)
    assert {item.code for item in items if isinstance(item, Issue)} <= set(SENTENCES)
    (receipt,) = [item for item in items if isinstance(item, Receipt)]
    assert receipt.read == receipt.filed + receipt.refused
    for delivery in (item for item in items if isinstance(item, Delivery)):
        assert delivery.read == delivery.filed + delivery.refused
        assert delivery.complete is not True
        assert delivery.complete is False or not delivery.refused


def test_a_citizen_is_known_by_her_number_alone() -> None:
    (citizen,) = [item for item in read(EXPORT) if isinstance(item, Citizen)]
    (number,) = citizen.identifiers
    assert (citizen.id, citizen.name, citizen.birth_date, citizen.sex) == (
        "npö:189001019802",
        "189001019802",
        "1890-01-01",
        "male",
    )
    assert (number.kind, number.valid) == ("personnummer", True)
    (other,) = [item for item in read(BROKEN / "care-3.0.xml") if isinstance(item, Citizen)]
    assert (other.identifiers[0].kind, other.identifiers[0].valid) == ("samordningsnummer", True)


def test_each_kind_of_alert_is_told_apart() -> None:
    found = {item.id.rsplit("/", 1)[1]: item for item in read(BROKEN / "alerts.xml") if isinstance(item, Alert)}
    assert {id_: (item.kind, item.text, item.status) for id_, item in found.items()} == {
        "a-1": ("allergy", "Fenoximetylpenicillin", "active"),
        "a-2": ("allergy", "Jordnöt", "active"),
        "a-3": ("serious-disease", "Epilepsi", "active"),
        "a-4": ("treatment", "Waranbehandling; Warfarin", "active"),
        "a-5": ("infection", "MRSA", "active"),
        "a-6": ("treatment-limit", "Ej HLR", "active"),
        "a-7": ("other", "Hund: Stor hund i hallen", "inactive"),
        "a-8": ("serious-disease", "Diabetes typ 1", "entered-in-error"),
    }
    assert (found["a-1"].severity, found["a-1"].verification, found["a-1"].code) == (
        "Livshotande",
        "Konstaterad",
        "J01CE02",
    )
    assert "Även amoxicillin" in (found["a-1"].note or "")
    assert "Får inte visas för patienten" in (found["a-6"].note or "")
    assert found["a-7"].status_source == "Inaktuell från 2026-10-01T00:00:00, Felregistrerad färg"
    assert found["a-8"].status_source == "Makulerad: Fel patient"


def test_notes_keep_their_lines_and_an_unsigned_document_says_so() -> None:
    items = read(EXPORT / "varddokumentation.xml")
    (note,) = [item for item in items if isinstance(item, Note)]
    assert (note.text, note.kind, note.title) == (
        "Kom till mottagningen.\nMår bra <3.",
        "Besöksanteckning",
        "Läkarbesök – Innehåll text",
    )
    assert (note.author, note.author_role, note.status) == ("Åsa Bøgh, Medicinmottagningen", "Överläkare", "final")
    (document,) = [item for item in items if isinstance(item, Document)]
    assert (document.media_type, document.content) == ("application/pdf", b"%PDF-1.4\n")
    assert issues(items) == [("citizen-missing", 3, "patientId", None, "error")]


def test_a_note_of_the_third_contract_reads_as_lines_with_the_dissent_beneath() -> None:
    items = read(BROKEN / "care-3.0.xml")
    (note,) = [item for item in items if isinstance(item, Note)]
    assert note.text.startswith("Status\nVikt 72,5 kg < förra\nÄter\nSover\n\nAvvikande mening (Tolvan Tolvansson, ")
    assert issues(items) == [
        ("element-left-unread", 1, "careDocumentation/body/nyttElement", "okänt värde", "note"),
        ("source-reports", 0, "result", "INFO, Ett system svarade inte", "warning"),
    ]


def test_a_document_that_did_not_come_is_told_and_its_note_still_stands() -> None:
    items = read(BROKEN / "documents-broken.xml")
    assert [(code, row) for code, row, *_ in issues(items)] == [
        ("attachment-unreadable", 1),
        ("attachment-elsewhere", 2),
        ("text-missing", 3),
        ("id-missing", 4),
    ]
    assert [item.text for item in items if isinstance(item, Note)] == [
        "application/pdf",
        "https://exempel.se/1.pdf",
        "Text utan id",
        "<para>Trasig",
    ]


def test_a_diagnosis_and_an_assessment_become_conditions_whose_standing_is_not_known() -> None:
    found = [item for item in read(EXPORT) if isinstance(item, Condition)]
    assert [(item.text, item.kind, item.code, item.assessment, item.status) for item in found] == [
        ("Hjärtsvikt, ospecificerad", "Huvuddiagnos", "I50.9", "Kronisk", "unknown"),
        ("Att tvätta sig", "PADL", "d510", "Behöver hjälp av en person", "unknown"),
        ("Äta", "PADL", None, "Självständig", "unknown"),
    ]


def test_what_was_given_is_an_administration() -> None:
    first, second = [item for item in read(BROKEN / "administrations.xml") if isinstance(item, Administration)]
    assert (first.given_at, first.status, first.quantity, first.unit, first.by) == (
        "2026-11-20T08:00:00",
        "given",
        "1",
        "tablett",
        "Siv Sköterska",
    )
    assert (second.drug, second.quantity) == ("Paracetamol", None)  # between one and two: not known which
    assert "low 1, high 2" in (second.note or "")
    assert "Till: 2026-11-20T20:30:00" in (second.note or "")


def test_an_extract_of_13606_is_read_by_the_codes_of_its_elements() -> None:
    items = read(BROKEN / "extract-13606.xml")
    kinds = {type(item): item for item in items}
    note, alert, order = kinds[Note], kinds[Alert], kinds[Medication]
    assert isinstance(note, Note)
    assert isinstance(alert, Alert)
    assert isinstance(order, Medication)
    assert (note.text, note.author, note.status) == (
        "Diagnos\nI489 Förmaksflimmer",
        "Anders Englund, Vårdcentralen Björken",
        "final",
    )
    assert (alert.kind, alert.text, alert.code, alert.severity) == ("allergy", "Penicillin V", "J01CE02", "Livshotande")
    assert (order.drug, order.strength, order.status) == ("Prednisolon Pfizer", "5 mg", "unknown")
    assert order.dosage_text == "1 tablett morgon\n1+0+0+0\n½ tablett morgon\n0,5+0+0+0"
    assert (order.start, order.end) == ("2026-11-01T00:00:00", None)
    assert issues(items) == [
        ("element-left-unread", 3, "upp-nytt", "Något nytt", "note"),
        ("resource-not-shown", 5, "vko", "vko-1", "note"),
    ]
    (receipt,) = [item for item in items if isinstance(item, Receipt)]
    assert (receipt.read, receipt.filed, receipt.left) == (4, 4, 1)
    assert {item.taken_at for item in items if isinstance(item, Delivery)} == {"2026-11-22T05:30:00+01:00"}


def test_a_day_that_an_interval_ends_before_is_its_end_at_midnight(tmp_path: Path) -> None:
    text = (BROKEN / "extract-13606.xml").read_text(encoding="utf-8")
    path = tmp_path / "extract.xml"
    text = text.replace(
        '<low value="20260102153000"/><high nullFlavor="NI"/>', '<low value="20260102"/><high value="20260301"/>'
    )
    path.write_text(text, encoding="utf-8")
    assert [item.end for item in read(path) if isinstance(item, Alert)] == ["2026-03-01"]
    path.write_text(text.replace('lowClosed="true"', 'highClosed="false"'), encoding="utf-8")
    assert [item.end for item in read(path) if isinstance(item, Alert)] == ["2026-03-01T00:00"]


def test_extracts_in_a_response_are_read_each_with_its_own_person(tmp_path: Path) -> None:
    one = (BROKEN / "extract-13606.xml").read_text(encoding="utf-8").split("?>\n", 1)[1]
    other = one.replace("189001019802", "189001029819")
    path = tmp_path / "svar.xml"
    path.write_text(
        '<RIV13606REQUEST_EHR_EXTRACT_response xmlns="urn:riv13606:v1.1">'
        f"{one}{other}</RIV13606REQUEST_EHR_EXTRACT_response>",
        encoding="utf-8",
    )
    assert ADAPTER.claims(path)
    items = read(path)
    assert [item.id for item in items if isinstance(item, Citizen)] == ["npö:189001019802", "npö:189001029819"]
    assert [item.origin.row for item in items if isinstance(item, Alert)] == [3, 8]


def test_a_document_in_two_responses_is_taken_once_and_both_where_they_differ(tmp_path: Path) -> None:
    text = (EXPORT / "lakemedelshistorik.xml").read_text(encoding="utf-8")
    (tmp_path / "a.xml").write_text(text, encoding="utf-8")
    (tmp_path / "b.xml").write_text(text.replace("Insatt efter fall.", "Ändrad."), encoding="utf-8")
    items = read(tmp_path)
    found = [item.id.rsplit("/", 1)[1] for item in items if isinstance(item, Medication)]
    assert found == ["rx-1", "rx-2", "rx-3", "rx-1~2"]
    assert [(code, row) for code, row, *_ in issues(items) if code.startswith("resource")] == [
        ("resource-differs", 1),
        ("resource-repeated", 2),
        ("resource-repeated", 3),
    ]
    receipt = next(item for item in items if isinstance(item, Receipt) and item.file == "b.xml")
    assert (receipt.read, receipt.filed, receipt.left) == (1, 1, 2)


def test_a_service_that_failed_leaves_its_table_incomplete() -> None:
    items = read(BROKEN / "error.xml")
    assert issues(items) == [("source-reports", 0, "result", "ERROR, TECHNICAL_ERROR, Databasen svarar inte", "error")]
    assert {item.table: item.complete for item in items if isinstance(item, Delivery)} == {
        "citizen": None,
        "condition": False,
    }


def test_an_xml_bomb_is_refused() -> None:
    with pytest.raises(ReaderError) as told:
        read(BROKEN / "entity-bomb.xml")
    assert told.value.kind is SOURCE_DAMAGED


def test_markup_in_a_note_becomes_lines_and_a_less_than_sign_stays() -> None:
    assert readable("<p>En<br/>två</p>") == "En\ntvå"
    assert readable("<3 barn") == "<3 barn"
    assert readable("Hb < 100\n  indraget") == "Hb < 100\n  indraget"
    assert readable("<a/>") == "<a/>"


def test_a_stamp_is_read_in_its_own_precision() -> None:
    assert [stamp(text) for text in ("20261122073000", "202611220730", "20261122", "202611", "2026", "2026-11-22")] == [
        "2026-11-22T07:30:00",
        "2026-11-22T07:30",
        "2026-11-22",
        "2026-11",
        "2026",
        "2026-11-22",
    ]
    assert [stamp(text) for text in ("20260230", "igår", "", None, "20261122250000")] == [None] * 5


SAMPLES = [path.read_text(encoding="utf-8") for path in FILES]


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_a_damaged_file_is_read_or_refused_and_nothing_else(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from(SAMPLES))
    tags = list(re.finditer(r">([^<]+)<", text))
    for _ in range(data.draw(st.integers(min_value=1, max_value=4))):
        place = data.draw(st.sampled_from(tags))
        text = text.replace(
            place.group(),
            f">{data.draw(st.sampled_from(['', '-1', '1E9999', 'NaN', '99999999999999', '½', 'é', '0']))}<",
        )
    if data.draw(st.booleans()):
        start = data.draw(st.integers(min_value=0, max_value=len(text)))
        text = (
            text[:start]
            + data.draw(st.text(max_size=5))
            + text[start + data.draw(st.integers(min_value=0, max_value=40)) :]
        )
    with TemporaryDirectory() as folder:
        path = Path(folder, "svar.xml")
        path.write_text(text, encoding="utf-8", errors="replace", newline="")
        assert ADAPTER.claims(path) in {True, False}
        try:
            read(path)
        except ReaderError as told:
            kind = told.kind
        else:
            kind = SOURCE_DAMAGED
        assert kind in {SOURCE_DAMAGED, WRONG_ENCODING}
