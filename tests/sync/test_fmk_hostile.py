"""Medicine cards that are well formed and easily misread: whose day it is, what is in force, which card is the newest."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from backupreader.domain.dosage import Standing, administration_rows, standing
from backupreader.domain.issues import SENTENCES
from backupreader.domain.journal import Order
from backupreader.domain.records import Dose, Issue, Medication
from sync.adapter import Item, Source
from sync.adapters.fmk import ADAPTER

ZONE = ZoneInfo("Europe/Copenhagen")
DAYS = [date(2026, 11, 20) + timedelta(days=number) for number in range(10)]
SIGNS = {"due": "D", "not-due": "-", "unknown": "?", "prn": "P"}
OLD = "http://www.dkma.dk/medicinecard/xml.schema/2015/06/01/E2"
NEW = "http://www.dkma.dk/medicinecard/xml.schema/2022/01/01"
MORNING = "<Dose><Time>morning</Time><Quantity>1</Quantity></Dose>"
BEGUN = "<TreatmentStartDate>2026-10-01</TreatmentStartDate><TreatmentEndingUndetermined/>"


def structure(period: str, repeated: str = "<IterationInterval>1</IterationInterval>", dose: str = MORNING) -> str:
    day = f"<Day><Number>1</Number>{dose}</Day>"
    return f"<StructuresFixed><Structure>{repeated}{period}{day}</Structure></StructuresFixed>"


DAILY = structure("<StartDate>2026-11-20</StartDate>")


def order(dosage: str = DAILY, more: str = "", period: str = BEGUN, number: int = 1) -> str:
    return (
        f"<DrugMedication><Identifier>{number}</Identifier><BeginEndDate>{period}</BeginEndDate>{more}"
        f"<Drug><Name>Panodil</Name></Drug><Dosage><UnitText>tablet</UnitText>{dosage}</Dosage></DrugMedication>"
    )


def card(orders: str, more: str = "", schema: str = OLD) -> str:
    return (
        f'<MedicineCard xmlns="{schema}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><Patient><Person>'
        f'<PersonIdentifier source="CPR">6101480011</PersonIdentifier></Person></Patient>{more}{orders}</MedicineCard>'
    )


def read(folder: Path, text: str) -> list[Item]:
    path = folder / "kort.xml"
    path.write_text(text, encoding="utf-8")
    items = list(ADAPTER.read(Source(name="s", path=path), [path]))
    assert all(item.code in SENTENCES for item in items if isinstance(item, Issue))
    return items


def due(items: list[Item]) -> list[str]:
    """For each line of the sheet its days from Friday the 20th: D due, - not due, ? not known, P when needed."""
    (medication,) = [item for item in items if isinstance(item, Medication)]
    doses = tuple(item for item in items if isinstance(item, Dose))
    rows = administration_rows(Order(medication=medication, doses=doses, administrations=()), DAYS, ZONE)
    return ["".join(SIGNS[cell.verdict.value] for cell in row.cells) for row in rows]


def test_a_period_that_begins_at_a_moment_of_utc_counts_from_the_sites_day(tmp_path: Path) -> None:
    begins = "<StartDateTime>2026-11-21T23:00:00Z</StartDateTime>"  # Sunday the 22nd has begun in Denmark
    weekly = structure(begins, "<IterationInterval>7</IterationInterval>")
    assert due(read(tmp_path, card(order(weekly)))) == ["--D------D"]
    assert due(read(tmp_path, card(order(structure(begins, "<NotIterated/>"))))) == ["--D-------"]
    period = (
        "<Precondition><ValidFrom>2026-11-21T23:00:00Z</ValidFrom></Precondition>"
        "<DosagePeriod><PeriodLength>4</PeriodLength><Fixed><IterationInterval>2</IterationInterval><Day><Index>1</Index>"
        "<Dosage><TimeOfDayDosage><Time>08:00</Time><Quantity>1</Quantity></TimeOfDayDosage></Dosage></Day></Fixed></DosagePeriod>"
    )
    assert due(read(tmp_path, card(order(period), schema=NEW))) == ["--D-D-----"]


def test_a_dosage_whose_last_moment_cannot_be_read_is_not_due_for_ever(tmp_path: Path) -> None:
    ends = "<StartDate>2026-11-20</StartDate><EndDateTime>2026-11-22T24:00:00</EndDateTime>"
    assert due(read(tmp_path, card(order(structure(ends))))) == ["??????????"]


def test_a_flag_that_is_nil_says_no(tmp_path: Path) -> None:
    nil = 'xsi:nil="true"'
    more = f"<Paused {nil}/><Withdrawn {nil}/><NegativeConsent {nil}/>"
    items = read(tmp_path, card(order(more=more), more=f"<IsInvalid {nil}/><NextVersion {nil}/>"))
    (medication,) = [item for item in items if isinstance(item, Medication)]
    assert (medication.status, medication.private, due(items)) == ("active", False, ["DDDDDDDDDD"])


def test_a_treatment_with_a_bound_of_another_name_is_not_taken_to_have_none(tmp_path: Path) -> None:
    period = "<TreatmentStartDate>2026-10-01</TreatmentStartDate><TreatmentEndDateTime>2026-11-21T08:00:00Z</TreatmentEndDateTime>"
    items = read(tmp_path, card(order(period=period)))
    (medication,) = [item for item in items if isinstance(item, Medication)]
    assert due(items) == ["??????????"]
    assert "Behandling (TreatmentEndDateTime): 2026-11-21T08:00:00Z" in (medication.remark or "")


@pytest.mark.parametrize(
    "end", ["<ToDate>2026-11-31</ToDate>", "<EndDate>2026-11-21</EndDate>"], ids=["no-day", "name"]
)
def test_a_pause_whose_end_cannot_be_read_does_not_withhold_the_drug_for_ever(tmp_path: Path, end: str) -> None:
    items = read(tmp_path, card(order(more=f"<Paused><FromDate>2026-11-20</FromDate>{end}</Paused>")))
    (medication,) = [item for item in items if isinstance(item, Medication)]
    assert (medication.status, due(items)) == ("unknown", ["??????????"])
    assert "Pauseret: FromDate 2026-11-20" in (medication.remark or "")


def test_of_two_cards_in_a_file_the_one_that_was_changed_last_is_taken_whatever_their_order(tmp_path: Path) -> None:
    older = card(order(), more="<Version>5</Version><Modified><DateTime>2026-11-01T10:00:00Z</DateTime></Modified>")
    paused = order(more="<Paused><FromDate>2026-11-20</FromDate></Paused>", number=2)
    newer = card(paused, more="<Version>6</Version><Modified><DateTime>2026-11-19T10:00:00Z</DateTime></Modified>")
    for both in (older + newer, newer + older):
        items = read(tmp_path, f'<GetMedicineCardResponse xmlns="{OLD}">{both}</GetMedicineCardResponse>')
        (medication,) = [item for item in items if isinstance(item, Medication)]
        assert (medication.id, standing(medication, DAYS[0], ZONE)) == ("s:2", Standing.PAUSED)
        assert "error" not in {
            item.severity for item in items if isinstance(item, Issue) and item.code == "card-repeated"
        }


def test_orders_in_an_element_around_them_are_not_taken_for_none(tmp_path: Path) -> None:
    assert due(read(tmp_path, card(f"<DrugMedications>{order()}</DrugMedications>"))) == ["DDDDDDDDDD"]


def test_a_quantity_and_a_range_that_contradict_each_other_are_both_shown_and_neither_taken(tmp_path: Path) -> None:
    both = "<Quantity>1</Quantity><MinimalQuantity>2</MinimalQuantity><MaximalQuantity>4</MaximalQuantity>"
    dose = f"<Dose><Time>morning</Time>{both}</Dose>"
    items = read(tmp_path, card(order(structure("<StartDate>2026-11-20</StartDate>", dose=dose))))
    (found,) = [item for item in items if isinstance(item, Dose)]
    assert (found.quantity, found.quantity_max, found.text) == (None, None, "1 (2–4) tablet")
