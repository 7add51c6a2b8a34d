"""Swedish dosages: what is due on a day, and what is left to a person, by the rules that every screen uses."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from backupreader.domain.dosage import Row, Verdict, administration_rows
from backupreader.domain.journal import Order
from backupreader.domain.records import Dose, Issue, Medication
from sync.adapter import Item, Source
from sync.adapters.rivta import ADAPTER

BROKEN = Path(__file__).resolve().parents[1] / "data" / "rivta"
ZONE = ZoneInfo("Europe/Stockholm")
START = date(2026, 11, 20)
DAYS = [START + timedelta(days=number) for number in range(16)]
D, N, U, P = Verdict.DUE, Verdict.NOT_DUE, Verdict.UNKNOWN, Verdict.PRN


def read(name: str) -> list[Item]:
    path = BROKEN / f"{name}.xml"
    return list(ADAPTER.read(Source(name="s", path=path, zone="Europe/Stockholm", country="SE"), [path]))


ITEMS = read("dosages")
CHAINS = read("chains")


def order(name: str, items: list[Item] = ITEMS) -> Order:
    (medication,) = [item for item in items if isinstance(item, Medication) and item.id.endswith(f"/{name}")]
    doses = tuple(item for item in items if isinstance(item, Dose) and item.medication == medication.id)
    return Order(medication=medication, doses=doses, administrations=())


def rows(name: str, items: list[Item] = ITEMS) -> tuple[Row, ...]:
    return administration_rows(order(name, items), DAYS, ZONE)


def verdicts(row: Row) -> list[Verdict]:
    return [cell.verdict for cell in row.cells]


@pytest.mark.parametrize(("name", "times"), [("frequency", 3), ("range", 2), ("period-6h", 4), ("exponent", 1)])
def test_whole_times_a_day_are_due_every_day(name: str, times: int) -> None:
    found = rows(name)
    assert [row.when.of for row in found] == [times] * times
    assert all(verdicts(row) == [D] * 16 for row in found)


def test_quantities_keep_every_digit() -> None:
    (single,) = order("frequency").doses
    assert (single.quantity, single.quantity_max, single.unit) == ("1", None, "tablett")
    (between,) = order("range").doses
    assert (between.quantity, between.quantity_max) == ("1", "2")
    (small,) = order("exponent").doses  # 2.5E-1 mg, of a drug that is dosed in tablets
    assert (small.quantity, small.unit, small.text) == ("0.25", "mg", "Doseringsenhet: tablett")
    (open_,) = order("open").doses
    assert (open_.quantity, open_.text) == (None, "high 2 tablett")


def test_every_second_day_counts_from_the_first() -> None:
    (row,) = rows("period-2d")
    assert verdicts(row) == [D, N] * 8


def test_clock_times_slots_and_other_events_of_the_day() -> None:
    clock, slot, event = rows("occasion-daily")
    assert (clock.when.time, slot.when.slot, event.when.of) == ("08:00", "evening", 1)
    assert event.dose is not None
    assert event.dose.text == "innan lunch"
    assert all(verdicts(row) == [D] * 16 for row in (clock, slot, event))
    assert [row.dose.quantity for row in (clock, slot, event) if row.dose] == ["1", "0.5", "2"]


def test_a_day_of_a_period_of_two_weeks() -> None:
    (row,) = rows("occasion-14")
    assert [day for day, verdict in zip(DAYS, verdicts(row), strict=True) if verdict is D] == [date(2026, 11, 22)]
    (again,) = administration_rows(order("occasion-14"), [date(2026, 12, 6)], ZONE)
    assert verdicts(again) == [D]


def test_one_dose_is_due_once() -> None:
    (row,) = rows("single")
    assert row.when.time == "07:30"
    assert verdicts(row) == [N, N, D, *[N] * 13]


@pytest.mark.parametrize(
    "name", ["frequency-week", "period-5h", "occasion-odd", "single-now", "ramped", "length", "steps"]
)
def test_what_has_no_exact_day_is_left_to_a_person_with_its_words(name: str) -> None:
    found = order(name)
    assert found.medication.dosage_text
    assert all(verdict is U for row in rows(name) for verdict in verdicts(row))
    told = {
        item.row for item in ITEMS if isinstance(item, Issue) and item.code in {"dosage-as-text", "dosage-days-unsaid"}
    }
    assert found.medication.origin.row in told


def test_a_length_with_an_end_is_due_until_that_end() -> None:
    found = rows("length-end")
    assert all(verdicts(row)[:10] == [D] * 10 for row in found)
    assert all(verdicts(row)[11:] == [N] * 5 for row in found)
    assert order("length-end").medication.instruction == "Behandlingstid: 10 d"


def test_a_dose_on_a_condition_is_never_due_by_itself() -> None:
    found = order("conditional")
    assert (found.medication.kind, found.doses[0].prn, found.doses[0].text) == ("prn", True, "vid behov")
    assert all(verdicts(row) == [P] * 16 for row in rows("conditional"))


def test_a_fixed_dose_beside_a_conditional_one_may_follow_it_in_time_so_no_day_is_said() -> None:
    assert order("mixed").medication.kind == "mixed"
    assert all(verdict is not D for row in rows("mixed") for verdict in verdicts(row))


def test_a_ramp_keeps_every_number_in_its_text() -> None:
    (dose,) = order("ramped").doses
    for words in ("value 5, unit mg", "value 1, unit wk", "low 20, high 20", "low 5, high 5"):
        assert words in (dose.text or "")


def test_the_most_a_day_is_taken_where_it_is_said_so() -> None:
    path = BROKEN.parent / "exports" / "rivta" / "lakemedelshistorik.xml"
    items = list(ADAPTER.read(Source(name="s", path=path, country="SE"), [path]))
    found = order("rx-3", items)
    assert (found.medication.max_per_day, found.medication.kind) == ("4 tablett", "prn")
    assert (found.doses[0].quantity, found.doses[0].quantity_max, found.doses[0].text) == ("1", "2", "vid oro")


def test_a_stopped_treatment_ends_its_former_order_on_its_day_and_not_before() -> None:
    old, stop = order("old", CHAINS).medication, order("stop", CHAINS).medication
    assert (old.status, old.end, old.status_source) == ("stopped", "2026-12-05T00:00:00", "I, Inactive")
    assert (stop.drug, stop.status, stop.stop_reason) == ("Alvedon", "stopped", "Planerad")
    for row in rows("old", CHAINS):
        assert verdicts(row)[:15] == [U] * 15  # it holds until the 5th, though it is called inactive: a person decides
    after = administration_rows(order("old", CHAINS), [date(2026, 12, 6)], ZONE)
    assert all(verdicts(row) == [N] for row in after)


def test_an_order_that_a_newer_one_has_replaced_is_not_due() -> None:
    assert all(verdict is N for row in rows("past", CHAINS) for verdict in verdicts(row))
    assert all(verdicts(row) == [D] * 16 for row in rows("new", CHAINS))


def test_a_status_that_the_contract_does_not_have_is_unknown_with_its_word() -> None:
    found = order("odd", CHAINS).medication
    assert (found.status, found.status_source) == ("unknown", "I, Pausad")
    assert any(isinstance(item, Issue) and item.code == "status-unknown" for item in CHAINS)


def test_a_stop_without_its_former_order_is_told_and_kept() -> None:
    found = order("orphan", CHAINS).medication
    assert (found.status, found.drug) == ("stopped", "SE2321000016-1001/orphan")
    assert any(isinstance(item, Issue) and item.code == "text-missing" and item.severity == "error" for item in CHAINS)
