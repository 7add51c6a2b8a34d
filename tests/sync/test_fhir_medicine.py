"""Medicine from FHIR: doses, times, texts and statuses, with nothing guessed and no decimal changed."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backupreader.domain.records import Administration, Dose, Issue, Medication, Note
from sync.adapter import Item
from sync.fhir.exact import Decimals, DecimalText, Inexact, decimal_text, loads

Read = Callable[..., list[Item]]


def order(**more: Any) -> dict[str, Any]:
    base = {
        "resourceType": "MedicationRequest",
        "id": "1",
        "status": "active",
        "intent": "order",
        "subject": {"reference": "Patient/7"},
        "medicationCodeableConcept": {"text": "Panodil"},
    }
    return base | more


def timed(repeat: dict[str, Any], **dosage: Any) -> dict[str, Any]:
    return order(dosageInstruction=[{"timing": {"repeat": repeat}, **dosage}])


def doses(items: list[Item]) -> list[Dose]:
    return [item for item in items if isinstance(item, Dose)]


def medication(items: list[Item]) -> Medication:
    return next(item for item in items if isinstance(item, Medication))


def issues(items: list[Item]) -> list[tuple[str, str]]:
    return [(item.code, item.severity) for item in items if isinstance(item, Issue)]


NUMBER = st.from_regex(r"-?(0|[1-9][0-9]{0,18})(\.[0-9]{1,18})?([eE][+-]?[0-9]{1,2})?", fullmatch=True)


@given(NUMBER, st.sampled_from(["", " ", "\n  "]), st.sampled_from(["}", ' ,"b":"1.50"}', "\n}"]))
def test_a_decimal_keeps_the_text_it_was_written_with(number: str, space: str, end: str) -> None:
    line = f'{{"a":{space}{number}{end}'.encode()
    assert decimal_text(loads(line, exact=True)["a"]) == number


@given(NUMBER)
def test_a_fast_read_decimal_is_as_written_or_asks_to_be_read_again(number: str) -> None:
    line = f'{{"a":{number}}}'.encode()
    try:
        text = Decimals(line).text(loads(line, exact=False)["a"])
    except Inexact:
        text = decimal_text(loads(line, exact=True)["a"])
    assert text == number


def test_a_text_that_looks_like_a_number_is_no_number() -> None:
    value = loads(b'{"a":"1.50","b":1.50}', exact=True)
    assert type(value["a"]) is str
    assert type(value["b"]) is DecimalText


@pytest.mark.parametrize("written", ["13.60", "1.0", "1e-3", "0.028", "0.00001", "100", "2.50"])
def test_a_dose_is_the_number_that_was_prescribed(fhir: Read, tmp_path: Any, written: str) -> None:
    line = json.dumps(order(dosageInstruction=[{"doseAndRate": [{"doseQuantity": {"value": "@", "unit": "ml"}}]}]))
    folder = tmp_path / "export"
    folder.mkdir()
    (folder / "orders.ndjson").write_text(line.replace('"@"', written), encoding="utf-8")
    assert [(dose.quantity, dose.unit) for dose in doses(fhir())] == [(written, "ml")]


@pytest.mark.parametrize(
    ("repeat", "expected"),
    [
        ({"frequency": 3, "period": 1, "periodUnit": "d"}, [(None, None, 3, None, 1)]),
        ({"frequency": 1, "period": 1.0, "periodUnit": "d"}, [(None, None, 1, None, 1)]),
        ({"when": ["MORN", "EVE"]}, [(None, "morning", None, None, 1), (None, "evening", None, None, 1)]),
        (
            {"timeOfDay": ["08:00:00", "20:00"], "frequency": 1, "period": 1, "periodUnit": "d"},
            [("08:00", None, None, None, 1), ("20:00", None, None, None, 1)],
        ),
        ({"dayOfWeek": ["mon", "thu"], "timeOfDay": ["09:30:00"]}, [("09:30", None, None, "14", None)]),
        (
            {"dayOfWeek": ["fri", "mon", "wed"], "frequency": 3, "period": 1, "periodUnit": "wk"},
            [(None, None, 1, "135", None)],
        ),
        ({"frequency": 1, "period": 6, "periodUnit": "h"}, [(None, None, 4, None, 1)]),
        ({"frequency": 1, "period": 7, "periodUnit": "h"}, [(None, None, None, None, None)]),
        ({"frequency": 2, "period": 1, "periodUnit": "wk"}, [(None, None, None, None, None)]),
        ({"frequency": 1, "period": 2, "periodUnit": "d"}, [(None, None, 1, None, None)]),
        (
            {"frequency": 1, "period": 2, "periodUnit": "d", "boundsPeriod": {"start": "2026-11-20"}},
            [(None, None, 1, None, 2)],
        ),
        (
            {"frequency": 1, "period": 1, "periodUnit": "wk", "boundsPeriod": {"start": "2026-11-20"}},
            [(None, None, 1, None, 7)],
        ),
        ({"frequency": 1, "frequencyMax": 4, "period": 1, "periodUnit": "d"}, [(None, None, None, None, None)]),
        ({"frequency": 1, "period": 1.5, "periodUnit": "d"}, [(None, None, None, None, None)]),
    ],
)
def test_a_timing_says_only_what_it_says(fhir: Read, repeat: dict[str, Any], expected: list[tuple[Any, ...]]) -> None:
    found = [(d.time, d.slot, d.times_per_day, d.weekdays, d.every_days) for d in doses(fhir(timed(repeat)))]
    assert found == expected


@pytest.mark.parametrize(
    ("repeat", "words"),
    [
        ({"frequency": 2, "period": 1, "periodUnit": "wk"}, "2 / 1 wk"),
        ({"frequency": 1, "period": 1.50, "periodUnit": "d"}, "1 / 1.5 d"),
        ({"frequency": 1, "frequencyMax": 4, "period": 1, "periodUnit": "d"}, "1–4 / 1 d"),
        ({"when": ["ACM"], "offset": 30}, "30 min before breakfast"),
        ({"frequency": 1, "period": 6, "periodUnit": "h"}, "1 / 6 h"),
    ],
)
def test_what_a_timing_says_beyond_the_structure_stays_in_words(fhir: Read, repeat: dict[str, Any], words: str) -> None:
    assert [dose.text for dose in doses(fhir(timed(repeat)))] == [words]


def test_single_days_are_doses_of_their_own(fhir: Read) -> None:
    timing = {"event": ["2026-11-22T08:00:00+01:00", "2026-11-29"]}
    found = doses(fhir(order(dosageInstruction=[{"timing": timing}])))
    assert [(dose.time, dose.start, dose.end) for dose in found] == [
        ("08:00", "2026-11-22", "2026-11-22"),
        (None, "2026-11-29", "2026-11-29"),
    ]


def test_midnight_utc_in_a_period_of_medicine_is_that_day(fhir: Read) -> None:
    bounds = {"start": "2026-07-01T00:00:00+00:00", "end": "2026-07-06T00:00:00Z"}
    found = doses(fhir(timed({"boundsPeriod": bounds, "frequency": 1, "period": 1, "periodUnit": "d"})))
    assert [(dose.start, dose.end) for dose in found] == [("2026-07-01", "2026-07-06")]


def test_any_other_clock_time_in_a_period_of_medicine_stays(fhir: Read) -> None:
    bounds = {"end": "2026-07-06T12:00:00+02:00"}
    found = doses(fhir(timed({"boundsPeriod": bounds, "when": ["NOON"]})))
    assert found[0].end == "2026-07-06T12:00:00+02:00"


def test_a_needed_dose_has_its_limit_its_interval_and_its_reason(fhir: Read) -> None:
    items = fhir(
        timed(
            {"frequency": 1, "period": 4, "periodUnit": "h"},
            asNeededCodeableConcept={"text": "smerter"},
            maxDosePerPeriod={"numerator": {"value": 4000, "unit": "mg"}, "denominator": {"value": 1, "unit": "d"}},
            doseAndRate=[{"doseRange": {"low": {"value": 1}, "high": {"value": 2, "unit": "tablet"}}}],
        )
    )
    dose = doses(items)[0]
    assert (dose.prn, dose.quantity, dose.quantity_max, dose.unit) == (True, "1", "2", "tablet")
    assert (dose.max_per_day, dose.min_interval) == ("4000 mg", "4 h")
    assert medication(items).kind == "prn"
    assert medication(items).instruction == "asNeeded: smerter"


def test_a_limit_over_another_time_than_a_day_stays_in_words(fhir: Read) -> None:
    limit = {"numerator": {"value": 2, "unit": "stk"}, "denominator": {"value": 12, "unit": "h"}}
    items = fhir(order(dosageInstruction=[{"asNeededBoolean": True, "maxDosePerPeriod": limit}]))
    assert medication(items).max_per_day is None
    assert doses(items)[0].text == "max: 2 stk/12 h"


def test_a_dosage_that_is_only_a_text_makes_no_dose(fhir: Read) -> None:
    items = fhir(order(dosageInstruction=[{"text": "Bombombom\n  <1> & efter skema "}]))
    assert medication(items).dosage_text == "Bombombom\n  <1> & efter skema "
    assert not doses(items)


@pytest.mark.parametrize(
    ("written", "ours"),
    [
        ("active", "active"),
        ("on-hold", "paused"),
        ("stopped", "stopped"),
        ("cancelled", "stopped"),
        ("completed", "completed"),
        ("draft", "draft"),
        ("entered-in-error", "entered-in-error"),
        ("unknown", "unknown"),
        ("hokus", "unknown"),
    ],
)
def test_the_status_keeps_the_word_of_the_source(fhir: Read, written: str, ours: str) -> None:
    items = fhir(order(status=written))
    assert (medication(items).status, medication(items).status_source) == (ours, written)
    assert (("status-unknown", "warning") in issues(items)) is (written == "hokus")


def test_an_order_not_to_give_is_never_active(fhir: Read) -> None:
    found = medication(fhir(order(doNotPerform=True)))
    assert (found.status, found.remark) == ("invalid", "doNotPerform")


def test_a_proposed_order_is_a_draft(fhir: Read) -> None:
    found = medication(fhir(order(intent="proposal")))
    assert (found.status, found.status_source) == ("draft", "active (proposal)")


def test_a_stated_no_medicine_is_a_note_and_no_line_to_sign(fhir: Read) -> None:
    concept = {"coding": [{"code": "no-known-medications", "display": "No known medications"}]}
    items = fhir(order(medicationCodeableConcept=concept))
    assert [item.text for item in items if isinstance(item, Note)] == ["No known medications"]
    assert not [item for item in items if isinstance(item, Medication)]


def test_a_contained_medication_of_two_substances_gives_both_strengths(fhir: Read) -> None:
    strength = {"numerator": {"value": 2.50, "unit": "mg"}, "denominator": {"value": 1, "unit": "ml"}}
    contained = {
        "resourceType": "Medication",
        "id": "m",
        "code": {"coding": [{"system": "http://www.whocc.no/atc", "code": "R03AL02", "display": "salbutamol og ipra"}]},
        "ingredient": [
            {"itemCodeableConcept": {"text": "salbutamol"}, "strength": strength},
            {"itemCodeableConcept": {"text": "ipratropium"}, "strength": strength},
        ],
    }
    resource = order(contained=[contained], medicationReference={"reference": "#m", "display": "Combivent"})
    del resource["medicationCodeableConcept"]
    found = medication(fhir(resource))
    assert (found.drug, found.atc) == ("salbutamol og ipra", "R03AL02")
    assert found.substance == "salbutamol / ipratropium"
    assert found.strength == "salbutamol 2.5 mg/ml + ipratropium 2.5 mg/ml"


def test_an_order_for_a_medication_that_never_came_is_kept_and_told(fhir: Read) -> None:
    resource = order(medicationReference={"reference": "Medication/gone"})
    del resource["medicationCodeableConcept"]
    items = fhir(resource)
    assert medication(items).id == "s:MedicationRequest/1"
    assert ("reference-unresolved", "error") in issues(items)


@pytest.mark.parametrize(
    ("status", "reason", "ours"),
    [
        ("completed", None, "given"),
        ("not-done", None, "not-given"),
        ("not-done", "refused", "refused"),
        ("on-hold", None, "postponed"),
        ("in-progress", None, "unknown"),
        ("entered-in-error", None, "entered-in-error"),
    ],
)
def test_an_administration_says_what_became_of_the_dose(fhir: Read, status: str, reason: str | None, ours: str) -> None:
    resource = {
        "resourceType": "MedicationAdministration",
        "id": "a",
        "status": status,
        "subject": {"reference": "Patient/7"},
        "request": {"reference": "MedicationRequest/1"},
        "medicationCodeableConcept": {"text": "Panodil"},
        "effectiveDateTime": "2026-11-22T08:00:00+01:00",
        "dosage": {"dose": {"value": 1.0, "unit": "tablet"}},
        "statusReason": [{"coding": [{"code": reason}]}] if reason else [],
    }
    found = next(item for item in fhir(resource) if isinstance(item, Administration))
    assert (found.status, found.status_source, found.medication) == (ours, status, "s:MedicationRequest/1")
    assert (found.quantity, found.unit) == ("1.0", "tablet")
    assert (found.given_at or found.planned_at) == "2026-11-22T08:00:00+01:00"


def test_a_dispense_is_told_and_is_no_order(fhir: Read) -> None:
    resource = {
        "resourceType": "MedicationDispense",
        "id": "d",
        "status": "completed",
        "subject": {"reference": "Patient/7"},
        "medicationCodeableConcept": {"text": "Panodil"},
        "quantity": {"value": 14, "unit": "stk"},
        "whenHandedOver": "2026-11-20",
    }
    items = fhir(resource)
    assert [item.text for item in items if isinstance(item, Note)] == ["Panodil\nquantity: 14 stk"]
    assert not [item for item in items if isinstance(item, Medication)]


def test_a_code_of_three_times_a_day_is_three_times_a_day(fhir: Read) -> None:
    timing = {"code": {"coding": [{"code": "TID"}]}}
    found = doses(fhir(order(dosageInstruction=[{"timing": timing}])))
    assert [(dose.times_per_day, dose.every_days, dose.text) for dose in found] == [(3, 1, "code: TID")]


@pytest.mark.parametrize("repeat", [{"when": ["MIDNAT"]}, {"timeOfDay": ["25:00:00"]}, {"dayOfWeek": ["man"]}])
def test_a_time_that_fhir_does_not_know_is_told_and_names_no_time(fhir: Read, repeat: dict[str, Any]) -> None:
    items = fhir(timed(repeat))
    assert ("value-unknown", "error") in issues(items)
    assert [(dose.time, dose.slot, dose.weekdays) for dose in doses(items)] == [(None, None, None)]


def test_a_length_and_a_count_stay_in_words(fhir: Read) -> None:
    found = doses(fhir(timed({"boundsDuration": {"value": 7, "unit": "d"}, "count": 3, "when": ["MORN", "C"]})))
    assert [dose.text for dose in found] == ["duration: 7 d; count: 3; at a meal"]


@pytest.mark.parametrize(
    ("repeat", "words"),
    [
        ({"dayOfWeek": ["mon"], "frequency": 1, "period": 2, "periodUnit": "wk"}, "mon; 1 / 2 wk"),
        ({"dayOfWeek": ["mon"], "frequency": 1, "period": 1, "periodUnit": "mo"}, "mon; 1 / 1 mo"),
        ({"dayOfWeek": ["mon", "man"]}, "mon, man"),
        ({"dayOfWeek": ["mon"], "boundsDuration": {"value": 7, "unit": "d"}}, "duration: 7 d; mon"),
        ({"frequency": 1, "period": 1, "periodUnit": "d", "count": 10}, "count: 10"),
    ],
)
def test_days_that_the_structure_cannot_say_are_not_said_to_be_every_day(
    fhir: Read, repeat: dict[str, Any], words: str
) -> None:
    found = doses(fhir(timed({"timeOfDay": ["08:00"], **repeat})))
    assert [(dose.weekdays, dose.every_days, dose.text) for dose in found] == [(None, None, words)]


def test_a_count_whose_last_day_is_stated_is_due_until_then(fhir: Read) -> None:
    bounds = {"start": "2026-11-20", "end": "2026-11-24"}
    repeat = {
        "timeOfDay": ["08:00"],
        "frequency": 1,
        "period": 1,
        "periodUnit": "d",
        "count": 5,
        "boundsPeriod": bounds,
    }
    assert [(dose.every_days, dose.end) for dose in doses(fhir(timed(repeat)))] == [(1, "2026-11-24")]


def test_dosages_that_follow_each_other_are_not_both_due_on_every_day(fhir: Read) -> None:
    daily = {"timing": {"repeat": {"frequency": 1, "period": 1, "periodUnit": "d", "timeOfDay": ["08:00"]}}}
    in_turn = fhir(order(dosageInstruction=[{"sequence": 1, **daily}, {"sequence": 2, **daily}]))
    assert [(dose.every_days, dose.text) for dose in doses(in_turn)] == [(None, "sequence: 1"), (None, "sequence: 2")]
    together = fhir(order(dosageInstruction=[{"sequence": 1, **daily}, {"sequence": 1, **daily}]))
    assert [dose.every_days for dose in doses(together)] == [1, 1]


def test_an_infusion_keeps_its_rate_and_a_second_amount(fhir: Read) -> None:
    amounts = [
        {"type": {"text": "beregnet"}, "doseQuantity": {"value": 2, "unit": "mg/kg"}},
        {
            "type": {"coding": [{"code": "ordered"}]},
            "doseQuantity": {"value": 500, "unit": "ml"},
            "rateRatio": {"numerator": {"value": 100, "unit": "ml"}, "denominator": {"value": 1, "unit": "h"}},
        },
    ]
    found = doses(fhir(order(dosageInstruction=[{"doseAndRate": amounts}])))
    assert [(dose.quantity, dose.unit, dose.text) for dose in found] == [
        ("500", "ml", "rate: 100 ml/h\nberegnet: 2 mg/kg"),
    ]


def test_a_range_in_two_units_stays_in_words(fhir: Read) -> None:
    scope = {"low": {"value": 500, "unit": "mg"}, "high": {"value": 1, "unit": "g"}}
    found = doses(fhir(order(dosageInstruction=[{"doseAndRate": [{"doseRange": scope}]}])))
    assert [(dose.quantity, dose.unit) for dose in found] == [(None, "500 mg – 1 g")]


@pytest.mark.parametrize(
    ("repeat", "dosage"),
    [
        ({"frequency": "3", "period": 1, "periodUnit": "d"}, {}),
        ({"frequency": 1, "period": 1, "periodUnit": "d"}, {"asNeededBoolean": "true"}),
        ({"frequency": 1, "period": 1, "periodUnit": "d"}, {"modifierExtension": [{"url": "urn:not"}]}),
    ],
    ids=["three-as-text", "needed-as-text", "modifier"],
)
def test_an_order_of_which_a_part_of_the_dosage_was_taken_out_is_not_active(
    fhir: Read, repeat: dict[str, Any], dosage: dict[str, Any]
) -> None:
    items = fhir(timed(repeat, **dosage))
    found = medication(items)
    assert found.status == "unknown"
    assert (found.status_source or "").startswith("active; ")
    assert medication(fhir(order(dosageInstruction=[{"text": "1 x 3"}], meta={"versionId": 1}))).status == "active"


def test_when_needed_is_understood_in_the_words_of_fhir_r5_too(fhir: Read) -> None:
    often = {"frequency": 1, "period": 1, "periodUnit": "d"}
    for needed in ({"asNeeded": True}, {"asNeededFor": [{"text": "smerter"}]}):
        items = fhir(timed(often, **needed))
        assert [dose.prn for dose in doses(items)] == [True]
        assert medication(items).kind == "prn"
