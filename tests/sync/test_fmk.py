"""FMK medicine cards: what becomes of the citizen, the orders and the card, on the export in ``tests/data/exports/fmk``."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from backupreader.domain.records import Citizen, Delivery, Dose, Issue, Medication, Receipt
from sync.adapter import Item, Source
from sync.adapters.fmk import ADAPTER
from sync.fmk.doses import Unit, together

EXPORT = Path(__file__).resolve().parents[1] / "data" / "exports" / "fmk"
BROKEN = EXPORT.parents[1] / "fmk"


def read(path: Path) -> list[Item]:
    files = sorted(path.iterdir()) if path.is_dir() else [path]
    return list(ADAPTER.read(Source(name="fmk", path=path), files))


ITEMS = read(EXPORT)
ORDERS = {item.id.removeprefix("fmk:"): item for item in ITEMS if isinstance(item, Medication)}
CITIZENS = {item.id.removeprefix("fmk:"): item for item in ITEMS if isinstance(item, Citizen)}


def remarks(order: Medication) -> list[str]:
    return (order.remark or "").split("\n")


def test_the_citizen_is_known_by_the_person_number() -> None:
    citizen = CITIZENS["6101480011"]
    assert (citizen.name, citizen.given, citizen.family) == ("Åse Kirstine Møller", "Åse Kirstine", "Møller")
    assert citizen.birth_date == "1948-01-01"
    assert [(one.kind, one.value, one.valid) for one in citizen.identifiers] == [("cpr", "6101480011", None)]
    assert (citizen.address, citizen.postal_code, citizen.city) == ("Søndergade 12, 2 tv", "8653", "Them")


def test_a_protected_name_and_address_are_marked_and_the_number_stands_in_the_names_place() -> None:
    citizen = CITIZENS["8503410033"]
    assert citizen.protected_name
    assert citizen.protected_address
    assert citizen.name == "8503410033"


def test_what_the_card_says_of_itself_is_remarked_of_the_citizen() -> None:
    remark = CITIZENS["8503410033"].remark or ""
    assert "FMK-medicinkort version: 1341404079116002033" in remark
    assert "Medicinkort ikke ajourført: 2026-11-21T16:40:00.0Z, Ida Holm, Sygeplejerske" in remark
    assert "FMK-relation: Indlagt, Regionshospitalet Horsens, tlf. 78425000, StartDate 2026-11-21" in remark
    assert "Seneste dosisdispensering: 2026-11-12T09:00:00.0Z, Løve Apotek" in remark
    assert "Medicinkort ajourført: 2026-11-20T10:15:00.0Z, Tess Børgesen" in (CITIZENS["6101480011"].remark or "")


def test_an_order_says_what_is_given_why_and_by_whom() -> None:
    order = ORDERS["1001"]
    assert (order.drug, order.strength, order.form) == ("Primcillin", "250 mg", "filmovertrukne tabletter")
    assert (order.atc, order.substance) == ("J01CE02", "Phenoxymethylpenicillinkalium")
    assert (order.route, order.indication, order.list) == ("Oral anvendelse", "mod halsbetændelse", "FMK")
    assert (order.prescriber, order.prescribed_at) == (
        "Tess Børgesen, Lægerne Vestergade, tlf. 86521348",
        "2026-09-28T09:30:47.0Z",
    )
    assert (order.start, order.end, order.status) == ("2026-10-01", None, "active")
    assert "Behandlingsslut: ubestemt" in remarks(order)
    assert "Substitution: tilladt" in remarks(order)
    assert ORDERS["1003"].drug == "Kaleorid Karma"


def test_a_review_dates_each_order_and_a_missing_one_is_told_of_each() -> None:
    assert ORDERS["1001"].reviewed_at == "2026-11-20T10:15:00.0Z"
    assert ORDERS["3001"].reviewed_at is None
    assert any(line.startswith("Medicinkort ikke ajourført: 2026-11-21") for line in remarks(ORDERS["3001"]))
    assert [item.severity for item in ITEMS if isinstance(item, Issue) and item.code == "card-not-reviewed"] == [
        "warning"
    ]


def test_paused_withdrawn_invalid_and_private_orders_are_there_and_say_so() -> None:
    paused, for_good = ORDERS["3001"], ORDERS["3002"]
    assert (paused.status, paused.paused_from, paused.paused_to) == ("paused", "2026-11-20", "2026-11-27")
    assert (for_good.status, for_good.paused_from, for_good.paused_to) == ("paused", None, None)
    stopped = ORDERS["3003"]
    assert (stopped.status, stopped.end) == ("stopped", "2026-11-18T07:20:00.0Z")
    assert stopped.stop_reason == "bivirkning: udslæt"
    assert "Behandlingsslut efter planen: 2027-01-31" in remarks(stopped)
    assert (ORDERS["3011"].status, ORDERS["3011"].drug) == ("invalid", "Ugyldig lægemiddelordination 3011")
    withheld = ORDERS["3010"]
    assert (withheld.private, withheld.status, withheld.kind) == (True, "unknown", "unknown")
    assert ORDERS["3004"].private
    assert not ORDERS["3001"].private


def test_a_magistral_drug_is_shown_with_its_composition() -> None:
    order = ORDERS["3006"]
    assert (order.drug, order.form, order.strength) == ("Salve med salicylsyre", "salve", "5 %")
    assert "Lægemiddel (DetailedDrugText): Salicylsyre 5 g, hvid vaselin ad 100 g" in remarks(order)
    assert "Behandlingsstart: påbegyndt tidligere" in remarks(order)


def test_prescriptions_and_what_was_handed_out_are_remarks_and_never_administrations() -> None:
    order = ORDERS["3006"]
    assert order.dose_dispensed is True
    lines = remarks(order)
    assert sum(line.startswith("Recept: åben, gyldig fra 2026-10-01, gyldig til 2028-10-01") for line in lines) == 2
    assert any(
        line.startswith("Udleveret: 2026-10-02T11:00:00.0Z, antal pakninger 1, pakning 100 stk.") for line in lines
    )
    assert any(line.startswith("Bestilling: Ekspedition gennemført, Løve Apotek, tlf. 86112233") for line in lines)
    assert {type(item) for item in ITEMS} == {Citizen, Medication, Dose, Issue, Receipt, Delivery}


def test_a_loose_prescription_is_seen_and_is_no_current_order() -> None:
    order = ORDERS["recept-21298480"]
    assert (order.status, order.status_source) == ("unknown", "løs recept: åben")
    assert order.dosage_text == "1 tablet ved smerter"


def test_follow_up_subsidy_and_other_facts_without_a_field_are_remarked_in_fmks_words() -> None:
    assert "Opfølgningsdato: 2026-12-01, 2027-03-01" in remarks(ORDERS["3005"])
    assert "Tilskud: klausulbetingelse opfyldt" in remarks(ORDERS["3006"])
    assert "Selvadministration: ja" in remarks(ORDERS["5008"])
    assert any(
        line.startswith("Udleveringsgrundlag: Identifier 99001, Status Aktiv") for line in remarks(ORDERS["5007"])
    )


def test_no_open_prescription_for_dose_dispensing_means_that_nothing_is_dose_dispensed() -> None:
    assert ORDERS["1001"].dose_dispensed is False


def test_a_bad_end_of_treatment_makes_the_order_doubtful_instead_of_endless() -> None:
    order = ORDERS["3007"]
    assert (order.status, order.end) == ("unknown", None)


def test_both_cards_of_an_envelope_in_another_encoding_are_read() -> None:
    assert {CITIZENS[number].name for number in ("6206300066", "7107310077")} == {"Jørgen Bæk", "Søs Lærke"}


def test_the_answers_own_stamp_dates_the_delivery_and_else_the_files_time() -> None:
    assert {item.taken_at for item in ITEMS if isinstance(item, Delivery)} == {"2026-11-22T05:00:00Z"}
    alone = EXPORT / "01-fast-og-pn.xml"
    taken = {item.taken_at for item in read(alone) if isinstance(item, Delivery)}
    assert len(taken) == 1
    assert not taken & {"2026-11-22T05:00:00Z"}


def test_the_receipt_counts_each_card_and_each_of_its_entries() -> None:
    receipts = {item.file: item for item in ITEMS if isinstance(item, Receipt)}
    assert sum(item.filed for item in receipts.values()) == len(CITIZENS) + len(ORDERS)
    assert all((item.refused, item.left) == (0, 0) for item in receipts.values())


def two_cards(tmp_path: Path, *, later_changed: bool) -> list[Item]:
    """The same card twice; the one that was fetched earlier was changed later, or not."""
    folder = tmp_path / "kort"
    folder.mkdir()
    source = EXPORT / "02-nedtrapning-ugedage-og-hver-anden-dag.xml"
    for name, seconds in (("nyt.xml", 1_790_000_000), ("gammelt.xml", 1_780_000_000)):
        shutil.copy(source, folder / name)
        if name == "gammelt.xml" and later_changed:
            text = (
                (folder / name).read_text(encoding="utf-8").replace("2026-11-20T10:15:01.0Z", "2026-11-24T10:00:00.0Z")
            )
            (folder / name).write_text(text, encoding="utf-8")
        os.utime(folder / name, (seconds, seconds))
    return read(folder)


@pytest.mark.parametrize(("change", "severity"), [("unchanged", "warning"), ("changed later", "error")])
def test_of_two_cards_of_a_citizen_the_one_fetched_last_is_taken(tmp_path: Path, change: str, severity: str) -> None:
    items = two_cards(tmp_path, later_changed=change == "changed later")
    issues = [item for item in items if isinstance(item, Issue) and item.code == "card-repeated"]
    assert [(item.file, item.severity) for item in issues] == [("gammelt.xml", severity)]
    assert sum(isinstance(item, Citizen) for item in items) == 1
    receipts = {item.file: (item.filed, item.left) for item in items if isinstance(item, Receipt)}
    assert receipts == {"nyt.xml": (8, 0), "gammelt.xml": (0, 8)}


def test_an_answer_to_another_question_and_other_xml_are_not_claimed(tmp_path: Path) -> None:
    path = tmp_path / "andet.xml"
    for text in (
        '<GetMedicineCardRequest xmlns="http://www.dkma.dk/medicinecard/xml.schema/2015/06/01"/>',
        '<MedicineCard xmlns="urn:andet"/>',
        "<note/>",
        "cpr;navn",
        "",
    ):
        path.write_text(text, encoding="utf-8")
        assert not ADAPTER.claims(path)


def test_a_unit_is_singular_above_nothing_up_to_one() -> None:
    unit = Unit("tablet", "tabletter")
    told = [unit.of(quantity) for quantity in ("0", "0.25", "1", "1.0", "1.5", "2", None, "et par")]
    assert told == ["tabletter", "tablet", "tablet", "tablet", "tabletter", "tabletter"] + ["tablet/tabletter"] * 2
    assert Unit("ml", "ml").of(None) == "ml"


def test_two_equal_doses_on_the_same_weekday_stay_two() -> None:
    monday = Dose(id="d", medication="m", citizen="c", origin=ORDERS["1001"].origin, quantity="1", weekdays="1")
    friday = Dose(id="d", medication="m", citizen="c", origin=ORDERS["1001"].origin, quantity="1", weekdays="5")
    assert [dose.weekdays for dose in together([monday, monday, friday])] == ["15", "1"]
