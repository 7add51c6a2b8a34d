"""Swedish records that are well formed and easily misread: whose chain it is, what has ended, which of two holds."""

from __future__ import annotations

import os
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from backupreader.domain.dosage import administration_rows
from backupreader.domain.issues import SENTENCES
from backupreader.domain.journal import Order
from backupreader.domain.records import Administration, Alert, Dose, Issue, Medication
from sync.adapter import Item, Source
from sync.adapters.rivta import ADAPTER
from sync.rivta.documents import readable

BROKEN = Path(__file__).resolve().parents[1] / "data" / "rivta"
ZONE = ZoneInfo("Europe/Stockholm")
DAYS = [date(2026, 11, 20) + timedelta(days=number) for number in range(10)]
SIGNS = {"due": "D", "not-due": "-", "unknown": "?", "prn": "P"}
SPACE = "urn:riv:clinicalprocess:activityprescription:actoutcome"
AMOUNT = "<d:dose><d:low>1</d:low><d:high>1</d:high><d:unit>1</d:unit></d:dose>"
DAILY = (
    f"<d:setDosage><d:frequencyDosage>{AMOUNT}<d:frequency><d:value>1</d:value><d:unit>/d</d:unit></d:frequency>"
    "</d:frequencyDosage></d:setDosage>"
)
BEGUN = "<d:startOfTreatment>20261001000000</d:startOfTreatment>"
CHANGED = "<d:startOfTreatment>20261122080000</d:startOfTreatment>"


def drug(dosage: str = DAILY) -> str:
    name = "<d:nplId><d:code>1</d:code><d:codeSystem>1.2</d:codeSystem><d:displayName>Waran</d:displayName></d:nplId>"
    return f"<d:drug><d:drug>{name}</d:drug><d:dosage>{dosage}</d:dosage></d:drug>"


def after(own: str, root: str = "1.2") -> str:
    inner = f"<d:root>{root}</d:root><d:extension>{own}</d:extension>"
    return f"<d:precedingPrescriptionId>{inner}</d:precedingPrescriptionId>"


def record(own: str, body: str, *, header: str = "", number: str = "189001019802") -> str:
    return (
        f"<d:medicationMedicalRecord><d:medicationMedicalRecordHeader><d:documentId>{own}</d:documentId>"
        f"<d:patientId><d:id>{number}</d:id><d:type>1.2.752.129.2.1.3.1</d:type></d:patientId>{header}"
        "</d:medicationMedicalRecordHeader><d:medicationMedicalRecordBody><d:medicationPrescription>"
        f"<d:prescriptionId><d:root>1.2</d:root><d:extension>{own}</d:extension></d:prescriptionId>"
        f"<d:typeOfPrescription>I</d:typeOfPrescription><d:prescriptionStatus>Active</d:prescriptionStatus>{body}"
        "</d:medicationPrescription></d:medicationMedicalRecordBody></d:medicationMedicalRecord>"
    )


def read(folder: Path, *responses: str) -> list[Item]:
    for number, records in enumerate(responses):
        name = "GetMedicationHistoryResponse"
        text = f'<r:{name} xmlns:r="{SPACE}:GetMedicationHistoryResponder:2" xmlns:d="{SPACE}:2">{records}</r:{name}>'
        (folder / f"{number}.xml").write_text(text, encoding="utf-8")
    source = Source(name="s", path=folder, zone="Europe/Stockholm", country="SE")
    items = list(ADAPTER.read(source, sorted(folder.iterdir())))
    assert all(item.code in SENTENCES for item in items if isinstance(item, Issue))
    return items


def due(items: list[Item], own: str) -> list[str]:
    """For each line of the sheet its days from Friday the 20th: D due, - not due, ? not known, P when needed."""
    (medication,) = [item for item in items if isinstance(item, Medication) and item.id == f"s:{own}"]
    doses = tuple(item for item in items if isinstance(item, Dose) and item.medication == medication.id)
    rows = administration_rows(Order(medication=medication, doses=doses, administrations=()), DAYS, ZONE)
    return ["".join(SIGNS[cell.verdict.value] for cell in row.cells) for row in rows]


def test_a_nullified_successor_does_not_end_the_order_before_it(tmp_path: Path) -> None:
    wrong = record("b", after("a") + CHANGED + drug(), header="<d:nullified>true</d:nullified>")
    items = read(tmp_path, record("a", BEGUN + drug()) + wrong)
    assert (due(items, "a"), due(items, "b")) == (["DDDDDDDDDD"], ["----------"])


def test_an_order_is_ended_by_its_own_chain_only(tmp_path: Path) -> None:
    of_another_system = record("b", after("a", root="9.9") + CHANGED + drug())
    of_another_person = record("c", after("a") + CHANGED + drug(), number="189001029819")
    assert due(read(tmp_path, record("a", BEGUN + drug()) + of_another_system + of_another_person), "a") == [
        "DDDDDDDDDD"
    ]
    assert due(read(tmp_path, record("a", BEGUN + drug()) + record("b", after("a") + CHANGED + drug())), "a") == [
        "DD?-------"
    ]


@pytest.mark.parametrize("end", ["20261131", "20260901"], ids=["no-day", "before-the-start"])
def test_an_end_that_cannot_be_right_leaves_the_order_to_a_person(tmp_path: Path, end: str) -> None:
    items = read(tmp_path, record("a", f"{BEGUN}<d:endOfTreatment>{end}</d:endOfTreatment>{drug()}"))
    (medication,) = [item for item in items if isinstance(item, Medication)]
    assert (medication.status, due(items, "a")) == ("unknown", ["??????????"])
    assert f"Behandling: 20261001000000 – {end}" in (medication.remark or "")


def test_an_order_that_comes_with_two_doses_is_not_surely_due_twice(tmp_path: Path) -> None:
    double = drug(DAILY.replace(">1</d:low><d:high>1<", ">2</d:low><d:high>2<"))
    items = read(tmp_path, record("a", BEGUN + drug()), record("a", BEGUN + double))
    assert (due(items, "a"), due(items, "a~2")) == (["??????????"], ["??????????"])


def test_a_moment_on_another_clock_gives_no_day_and_no_time(tmp_path: Path) -> None:
    single = f"<d:setDosage><d:singleDose>{AMOUNT}<d:time>2026-11-22T23:30:00Z</d:time></d:singleDose></d:setDosage>"
    assert due(read(tmp_path, record("a", BEGUN + drug(single))), "a") == ["??????????"]
    weekly = (
        "<d:setDosage><d:occasionDosage><d:period><d:value>7</d:value><d:unit>d</d:unit></d:period>"
        f"<d:administration>{AMOUNT}<d:dayOfPeriod>1</d:dayOfPeriod></d:administration></d:occasionDosage></d:setDosage>"
    )
    begun = "<d:startOfTreatment>2026-11-20T23:30:00Z</d:startOfTreatment>"
    assert due(read(tmp_path, record("a", begun + drug(weekly))), "a") == ["-?????????"]


def test_a_kind_of_dosage_that_nobody_knows_stands_on_the_sheet(tmp_path: Path) -> None:
    new = DAILY.replace("</d:setDosage>", "<d:newDosage><d:x>aldrig söndag</d:x></d:newDosage></d:setDosage>")
    items = read(tmp_path, record("a", BEGUN + drug(f"{new}<d:never>vid feber</d:never>")))
    (medication,) = [item for item in items if isinstance(item, Medication)]
    assert due(items, "a") == ["DDDDDDDDDD", "??????????"]
    assert "newDosage (x aldrig söndag)" in [item.text for item in items if isinstance(item, Dose)]
    assert medication.instruction == "never vid feber"


def test_of_several_amounts_that_were_given_none_is_taken_for_the_whole(tmp_path: Path) -> None:
    path = tmp_path / "given.xml"
    text = (BROKEN / "administrations.xml").read_text(encoding="utf-8")
    path.write_text(text, encoding="utf-8")
    source = Source(name="s", path=path, zone="Europe/Stockholm", country="SE")
    before = [item.quantity for item in ADAPTER.read(source, [path]) if isinstance(item, Administration)]
    start = text.index("<d:setDosage><d:singleDose>")
    end = text.index("</d:setDosage>", start) + len("</d:setDosage>")
    path.write_text(text[:end] + text[start:end] + text[end:], encoding="utf-8")
    twice = [item.quantity for item in ADAPTER.read(source, [path]) if isinstance(item, Administration)]
    assert sum(one is None for one in twice) == sum(one is None for one in before) + 1


def test_an_allergy_that_is_to_become_obsolete_holds_until_then(tmp_path: Path) -> None:
    path = tmp_path / "alerts.xml"
    text = (BROKEN / "alerts.xml").read_text(encoding="utf-8")
    kept = text.replace(
        "<d:hypersensitivity>", "<d:obsoleteTime>20270101000000</d:obsoleteTime><d:hypersensitivity>", 1
    )
    path.write_text(kept, encoding="utf-8")
    source = Source(name="s", path=path, zone="Europe/Stockholm", country="SE")
    for taken, status in (
        (datetime(2026, 11, 22, tzinfo=ZONE), "active"),
        (datetime(2027, 1, 2, tzinfo=ZONE), "inactive"),
    ):
        os.utime(path, (taken.timestamp(), taken.timestamp()))
        alert = next(item for item in ADAPTER.read(source, [path]) if isinstance(item, Alert))
        assert (alert.kind, alert.status, alert.status_source) == (
            "allergy",
            status,
            "Inaktuell från 2027-01-01T00:00:00",
        )


def test_a_table_in_a_note_keeps_its_empty_cells_and_a_raised_or_struck_number_does_not_read_as_another() -> None:
    row = "<tr><td>Waran</td><td><p>1</p></td><td/><td>2</td></tr>"
    assert readable(f"<div><table>{row}</table></div>") == "Waran | 1 | | 2"
    assert readable("<p>10<sup>9</sup> <del>2 tabl</del> 1 tabl</p>") == "10^9 [överstruket: 2 tabl] 1 tabl"
    typed = "<article><literallayout>Morgon  Kväll\n        2</literallayout></article>"
    assert readable(typed) == "Morgon  Kväll\n        2"
