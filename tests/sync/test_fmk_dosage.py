"""FMK dosages as they are understood: what is due, on which day and at which time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from backupreader.domain.dosage import Standing, Verdict, due_times, is_prn, standing
from backupreader.domain.records import Dose, Issue, Medication
from sync.adapter import Source
from sync.adapters.fmk import ADAPTER

DATA = Path(__file__).resolve().parents[1] / "data"
ZONE = ZoneInfo("Europe/Copenhagen")
SUNDAY = date(2026, 11, 22)


def load(folder: Path) -> tuple[dict[str, Medication], dict[str, list[Dose]], list[Issue]]:
    files = sorted(folder.iterdir()) if folder.is_dir() else [folder]
    items = list(ADAPTER.read(Source(name="s", path=folder), files))
    orders = {item.id.removeprefix("s:"): item for item in items if isinstance(item, Medication)}
    doses: dict[str, list[Dose]] = {key: [] for key in orders}
    for item in items:
        if isinstance(item, Dose):
            doses[item.medication.removeprefix("s:")].append(item)
    return orders, doses, [item for item in items if isinstance(item, Issue)]


ORDERS, DOSES, _ = load(DATA / "exports" / "fmk")


def due(key: str, day: date, among: Sequence[Verdict] = (Verdict.DUE,)) -> list[str]:
    """What is due on a day: ``2 tabletter 21:00``."""
    told: list[str] = []
    for dose in DOSES[key]:
        for when, cell in due_times(ORDERS[key], dose, day, ZONE).cells:
            if cell.verdict in among:
                at = when.time or when.slot or (f"{when.number}/{when.of}" if when.of else "")
                told.append(" ".join(part for part in (dose.quantity, dose.unit, at) if part))
    return told


def verdicts(key: str, day: date) -> set[Verdict]:
    return {cell.verdict for dose in DOSES[key] for _, cell in due_times(ORDERS[key], dose, day, ZONE).cells}


def days_due(key: str, first: date, days: int) -> list[str]:
    return [str(day) for number in range(days) if due(key, day := first + timedelta(days=number))]


def test_morning_noon_evening_and_night_keep_every_digit_and_their_unit() -> None:
    assert due("1001", SUNDAY) == ["1 tablet morning", "2 tabletter noon", "0.5 tablet evening", "1.50 tabletter night"]
    assert {dose.text for dose in DOSES["1001"]} == {"ved måltid"}


def test_clock_times_are_due_at_the_clock() -> None:
    assert due("1002", SUNDAY) == ["1 tablet 08:00", "1 tablet 21:00"]


def test_three_equal_doses_without_a_time_are_one_dose_three_times_a_day() -> None:
    assert due("1003", SUNDAY) == ["2 stk 1/3", "2 stk 2/3", "2 stk 3/3"]


def test_a_dose_on_any_day_when_needed_has_no_most() -> None:
    (dose,) = DOSES["1004"]
    assert (dose.prn, dose.max_per_day, dose.text) == (True, None, "ved smerter")
    assert ORDERS["1004"].kind == "prn"
    assert verdicts("1004", SUNDAY) == {Verdict.PRN}


def test_a_combined_dosage_is_fixed_and_when_needed_each_in_its_own_period() -> None:
    assert ORDERS["1005"].kind == "mixed"
    assert due("1005", SUNDAY) == ["2 tabletter morning", "2 tabletter evening"]
    assert due("1005", SUNDAY, (Verdict.PRN,)) == ["1 tablet"]
    assert due("1005", date(2027, 1, 1), (Verdict.PRN,)) == []
    assert [dose.max_per_day for dose in DOSES["1005"] if is_prn(ORDERS["1005"], dose)] == ["3 gange"]


def test_a_range_keeps_both_ends() -> None:
    (dose,) = DOSES["1006"]
    assert (dose.quantity, dose.quantity_max, dose.unit) == ("10", "20", "ml")


def test_tapering_is_due_through_each_last_day_and_not_in_the_empty_period() -> None:
    told = [due("2001", date(2026, 11, 15) + timedelta(days=number)) for number in range(17)]
    four, two, one = ["4 tabletter morning"], ["2 tabletter morning"], ["1 tablet morning"]
    assert told == [[], *[four] * 5, *[two] * 5, [], [], *[one] * 3, []]


def test_day_one_is_the_day_of_the_start_and_a_week_is_told_by_weekdays() -> None:
    wednesdays = ["2026-11-04", "2026-11-11", "2026-11-18", "2026-11-25"]
    assert days_due("2002", date(2026, 10, 28), 30) == wednesdays
    assert [dose.weekdays for dose in DOSES["2002"]] == ["3"]


def test_monday_wednesday_and_friday_are_due_exactly_then() -> None:
    assert [dose.weekdays for dose in DOSES["2003"]] == ["135"]
    due_on = {
        (SUNDAY + timedelta(days=number)).isoweekday()
        for number in range(14)
        if due("2003", SUNDAY + timedelta(days=number))
    }
    assert due_on == {1, 3, 5}


def test_every_other_day_alternates_from_the_start() -> None:
    assert due("2004", date(2026, 11, 1)) == ["1 tablet morning"]
    assert due("2004", date(2026, 11, 2)) == ["2 tabletter morning"]
    assert due("2004", date(2026, 11, 23)) == ["1 tablet morning"]


def test_every_third_day_counts_from_the_start() -> None:
    assert days_due("2005", SUNDAY - timedelta(days=3), 12) == ["2026-11-21", "2026-11-24", "2026-11-27", "2026-11-30"]


def test_days_that_are_not_repeated_are_single_days() -> None:
    told = [due("2006", date(2026, 11, 22) + timedelta(days=number)) for number in range(5)]
    assert told == [[], ["2 tabletter morning"], ["1 tablet morning"], ["1 tablet morning"], []]


def test_a_paused_order_is_not_due_in_its_pause_and_due_again_after_it() -> None:
    assert days_due("3001", date(2026, 11, 18), 12) == ["2026-11-18", "2026-11-19", "2026-11-28", "2026-11-29"]
    assert days_due("3002", date(2026, 11, 18), 12) == []


def test_a_withdrawn_order_is_not_due_after_its_end() -> None:
    assert verdicts("3003", SUNDAY) == {Verdict.NOT_DUE}
    assert standing(ORDERS["3003"], SUNDAY, ZONE) is Standing.ENDED


def test_free_text_and_local_schema_are_for_a_person_to_decide_within_their_period() -> None:
    assert ORDERS["3004"].dosage_text == "1 tablet <når det gør ondt>, se plan"
    assert verdicts("3004", SUNDAY) == {Verdict.UNKNOWN}
    assert verdicts("3004", date(2026, 10, 30)) == {Verdict.NOT_DUE}
    assert [dose.text for dose in DOSES["3005"]] == ["Dosering efter skema i lokalt system"]
    assert verdicts("3005", SUNDAY) == {Verdict.UNKNOWN}
    assert verdicts("3005", date(2027, 1, 1)) == {Verdict.NOT_DUE}


def test_fmks_own_wording_stands_beside_the_structure() -> None:
    assert (ORDERS["3006"].dosage_text or "").startswith("Dosering fra d. 1. okt. 2026:")
    assert due("3006", SUNDAY) == ["1 lag 1/2", "1 lag 2/2"]
    assert ORDERS["1001"].dosage_text is None


def test_an_order_without_its_end_is_never_surely_due() -> None:
    assert verdicts("3007", SUNDAY) == {Verdict.UNKNOWN}


def test_periods_follow_each_other_and_the_last_is_open() -> None:
    told = [due("4002", date(2026, 11, 19) + timedelta(days=number)) for number in range(9)]
    both = ["2 tabletter morning", "2 tabletter evening"]
    assert told == [[], *[both] * 5, [], [], ["1 tablet morning"]]
    assert due("4002", date(2027, 6, 1)) == ["1 tablet morning"]


def test_numbered_days_of_a_period_are_single_days() -> None:
    told = [due("4001", date(2026, 11, 22) + timedelta(days=number)) for number in range(6)]
    assert told == [
        [],
        ["4 tabletter morning"],
        ["3 tabletter morning"],
        ["2 tabletter morning"],
        ["1 tablet morning"],
        [],
    ]


def test_weekdays_by_name_are_due_exactly_then() -> None:
    found = [
        (SUNDAY + timedelta(days=number)).isoweekday()
        for number in range(7)
        if due("4003", SUNDAY + timedelta(days=number))
    ]
    assert sorted(found) == [1, 3, 5]


def test_two_weeks_from_a_monday_alternate() -> None:
    assert days_due("4008", date(2026, 11, 2), 28) == ["2026-11-02", "2026-11-12", "2026-11-16", "2026-11-26"]


def test_times_a_day_clock_times_and_limits_of_the_newer_schema() -> None:
    assert due("4004", date(2026, 11, 3)) == ["1 tablet 1/3", "1 tablet 2/3", "1 tablet 3/3"]
    assert due("4004", date(2026, 11, 4)) == []
    assert due("4005", SUNDAY) == ["1 tablet 08:00", "2 tabletter 20:30"]
    (dose,) = DOSES["4006"]
    assert (dose.prn, dose.max_per_day, dose.min_interval) == (True, "8 tabletter", "4 timer")
    assert verdicts("4006", SUNDAY) == {Verdict.PRN}
    assert ORDERS["4007"].kind == "mixed"


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("5003", "opdateres ved udlevering"),
        ("5004", "PN-kur: Trigger ved udbrud af herpes"),
        ("5005", "varighed: til smertefri"),
        ("5006", "varighed 3 dage, slutdato 2026-11-09"),
        ("5007", "ugedag Tuesday, gentages hver 7 uge"),
        ("5008", "ubegrænset antal gange pr. dag"),
    ],
)
def test_what_cannot_be_set_out_is_text_and_never_a_grid(key: str, words: str) -> None:
    assert words in (DOSES[key][0].text or "")
    assert all(verdicts(key, SUNDAY + timedelta(days=number)) == {Verdict.UNKNOWN} for number in range(14))


def test_a_parameter_and_its_table_are_shown_as_written() -> None:
    (dose,) = DOSES["5001"]
    assert (dose.quantity, dose.slot, dose.text) == (None, "morning", "antal efter skema: Blodsukker")
    assert "FromValue 10, Quantity 4" in (ORDERS["5001"].instruction or "")
    assert [dose.text for dose in DOSES["5002"]] == ["infusion: Duration 30, InfusionRate 100.0"]
