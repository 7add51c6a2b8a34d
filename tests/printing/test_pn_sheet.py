"""The sheet for medicine given when needed: what it may be, how much, when last, and room to write."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from backupreader.domain.journal import Journal, Presence, Section
from backupreader.domain.records import Delivery
from printing.document import Subject

NEEDED = {"quantity": "1", "unit": "kapsel", "prn": True, "every_days": None}
FIXED = {"time": "08:00", "quantity": "2", "unit": "tablet"}


def squeezed(text: str) -> str:
    return " ".join(text.replace("\ufffe", "-").split())


@pytest.fixture
def text_of(made, printed, pages_of, sheet_of) -> Callable[..., str]:
    def text(*orders, journal: Journal | None = None, **facts: object) -> str:
        given = made.section(*(item for one in orders for item in one.administrations), table="administration")
        orders_ = made.section(*orders, table="medication")
        subject = Subject(journal=journal or replace(made.ordinary, orders=orders_, administrations=given))
        return squeezed(" ".join(pages_of(printed("pn-sheet", subject, sheet_of("en", **facts)))))

    return text


def two_lists(made, nexus, fmk) -> Journal:
    """The ordinary citizen with these orders in the local list and on the medicine card."""
    local = Delivery(
        source="Nexus", table="medication", taken_at="2026-11-22T05:30", complete=True, read=1, filed=1, refused=0
    )
    orders = tuple(
        replace(one, medication=replace(one.medication, id=f"{source}:{one.medication.id}", list=source))
        for source, ones in (("Nexus", nexus), ("FMK", fmk))
        for one in ones
    )
    section = Section(orders, Presence.VALUE, (local, replace(local, source="FMK")), len(orders))
    return replace(made.ordinary, orders=section)


def test_a_drug_says_why_how_much_how_far_apart_and_when_it_was_last_given(made, text_of):
    order = made.order(
        1,
        "Oxynorm",
        {**NEEDED, "max_per_day": "4", "min_interval": "4 timer"},
        strength="5 mg",
        form="kapsler",
        kind="prn",
        indication="mod stærke smerter",
        dosage_text="1 kapsel ved behov, højst 4 <i døgnet>",
        given=("2026-11-21T22:10", "2026-11-20T13:05"),
    )
    text = text_of(order)
    for words in (
        "Oxynorm 5 mg kapsler",
        "mod stærke smerter",
        "As written: 1 kapsel ved behov, højst 4 <i døgnet>",
        "1 kapsel · when needed · at most 4 a day · at least 4 timer apart",
        "Last given: 21 Nov 2026 22:10, 1 kapsel (known until 22 Nov 2026 05:30)",
        "Date, time Reason Prepared Amount Initials Effect within 2 h: time Effect",
    ):
        assert words in text
    assert "not said" not in text


@pytest.mark.parametrize(
    ("facts", "dose", "most", "apart"),
    [
        ({}, {}, True, True),
        ({"max_per_day": "4"}, {}, False, True),
        ({}, {"min_interval": "6 timer"}, True, False),
        ({"min_interval": "6 timer"}, {"max_per_day": "3"}, False, False),
    ],
)
def test_a_limit_that_nobody_has_said_is_said_to_be_missing(  # noqa: PLR0917 (a row of the table and its fixtures)
    facts, dose, most, apart, made, text_of
):
    text = text_of(made.order(1, "Oxapax", {**NEEDED, **dose}, kind="prn", **facts))
    assert ("? How much at most a day is not said." in text) is most
    assert ("? How far apart is not said." in text) is apart


def test_a_limit_of_one_dose_is_not_taken_for_one_of_the_other(made, text_of):
    order = made.order(1, "Oxapax", {**NEEDED, "max_per_day": "4"}, {**NEEDED, "quantity": "2"}, kind="prn")
    assert "? How much at most a day is not said." in text_of(order)


def test_what_was_given_on_another_lists_order_is_the_last_dose_too(made, text_of):
    local = made.order(1, "Oxynorm", NEEDED, kind="prn", strength="5 mg", given=("2026-11-20T10:00",))
    card = made.order(2, "Oxynorm", NEEDED, kind="prn", strength="5 mg", given=("2026-11-22T04:00",))
    text = text_of(journal=two_lists(made, [local], [card]))
    assert "Last given: 22 Nov 2026 04:00" in text


def test_when_nothing_is_known_of_given_doses_it_is_said(made, text_of):
    order = made.order(1, "Oxapax", NEEDED, kind="prn")
    assert "Last given: nothing recorded until 22 Nov 2026 05:30" in text_of(order)
    without = replace(
        made.ordinary,
        orders=made.section(order, table="medication"),
        administrations=made.section(table="administration", presence=Presence.NOT_DELIVERED),
    )
    assert "Last given: not delivered" in text_of(journal=without)


def test_a_dose_of_a_mixed_order_that_is_given_when_needed_is_here_and_its_fixed_ones_are_named_below(made, text_of):
    order = made.order(1, "Pinex", FIXED, {**NEEDED, "unit": "tablet"}, kind="mixed")
    text = text_of(order)
    above, below = text.split("Given at fixed times besides, signed on the medicine sheet")
    assert "1 tablet · when needed" in above
    assert "08:00" not in above
    assert "2 tablet · 08:00" in below


def test_fixed_medicine_is_named_with_its_pause_its_end_and_its_doubt(made, text_of):
    orders = (
        made.order(1, "Pinex", FIXED, end="2026-11-24"),
        made.order(2, "Eliquis", FIXED, paused_from="2026-11-20", paused_to="2026-11-23"),
        made.order(3, "Kaleorid", FIXED, status="unknown", status_source="Z9"),
        made.order(4, "Furix", FIXED, status="stopped", end="2026-11-21"),
    )
    below = text_of(*orders, days=3).split("Given at fixed times besides")[1]
    for words in (
        "Pinex until 24 Nov 2026",
        "Eliquis Paused 20 Nov 2026 to 23 Nov 2026",
        "Kaleorid ? status not known",
    ):
        assert words in below
    assert "Furix" not in below


def test_paused_and_stopped_drugs_have_no_rows_and_are_named_apart(made, text_of):
    paused = made.order(1, "Oxynorm", NEEDED, kind="prn", paused_from="2026-11-20")
    stopped = made.order(2, "Morfin", NEEDED, kind="prn", status="stopped", end="2026-11-20", stop_reason="kvalme")
    text = text_of(paused, stopped, made.order(3, "Furix", FIXED, status="stopped", end="2026-11-20"))
    assert "No medicine to be given when needed is in force." in text
    assert "Paused, do not give: Oxynorm" in text
    assert "Stopped or ended, do not give: Morfin (20 Nov 2026, kvalme)" in text
    assert "Furix" not in text
    assert "Prepared" in text  # rows for what is ordered by phone


def test_what_only_another_list_has_in_force_is_asked_about_in_each_row(made, text_of):
    journal = two_lists(made, [made.order(1, "Pinex", FIXED)], [made.order(2, "Morfin", NEEDED, kind="prn")])
    text = text_of(journal=journal)
    assert "No medicine to be given when needed is in force. That is this list alone" in text
    asked = text.split("In force only in FMK, taken 22 Nov 2026 05:30: ask before giving")[1].split("Given at fixed")[0]
    assert "Morfin ! Ask before giving." in asked
    assert asked.split("recorded until")[1].split("Differences between")[0].count("?") == 6 * 7
    assert "? How much at most a day is not said." in asked
    assert "Pinex" not in asked.split("Differences between")[1]


def test_fixed_medicine_that_only_another_list_has_is_named_with_the_warning(made, text_of):
    local = [made.order(1, "Morfin", NEEDED, kind="prn"), made.order(3, "Pinex", FIXED)]
    journal = two_lists(made, local, [made.order(2, "Furix", FIXED)])
    below = text_of(journal=journal).split("Given at fixed times besides")[1]
    assert "Furix ! Ask before giving." in below


def test_private_medicine_is_kept_back_where_it_would_stand(made, text_of):
    orders = (
        made.order(1, "Viagra", NEEDED, kind="prn", private=True),
        made.order(2, "Antabus", FIXED, private=True),
        made.order(3, "Oxynorm", NEEDED, kind="prn"),
        made.order(4, "Sildenafil", NEEDED, kind="prn", private=True, paused_from="2026-11-01"),
    )
    text = text_of(*orders, reveal_private=False)
    one = "Private-marked medicine, not shown here: 1 order. State a reason to have it printed."
    assert "THIS SHEET IS NOT COMPLETE." in text
    assert "NOT COMPLETE: 3 orders of private-marked medicine are not shown." in text
    assert text.count(one) == 3  # a row, a paused one, a fixed one
    assert f"{one} not shown not shown" in text
    assert not any(drug in text for drug in ("Viagra", "Antabus", "Sildenafil"))
    shown = text_of(*orders)
    assert all(drug in shown for drug in ("Viagra", "Antabus", "Sildenafil"))


def test_the_kinds_of_nothing_differ(made, text_of):
    assert "When needed Nothing recorded in Nexus." in text_of(journal=made.nothing)
    assert "When needed NOT DELIVERED: no source has sent this." in text_of(journal=made.undelivered)
    none = replace(made.ordinary, orders=made.section(table="medication", presence=Presence.NONE_KNOWN))
    assert "When needed None known, says Nexus." in text_of(journal=none)


def test_each_drug_has_six_rows_that_no_page_break_parts(made, printed, pages_of, sheet_of):
    orders = [made.order(number, f"Lægemiddel {number:02}", NEEDED, kind="prn") for number in range(9)]
    journal = replace(made.ordinary, orders=made.section(*orders, table="medication"))
    pages = pages_of(printed("pn-sheet", Subject(journal=journal), sheet_of("en")))
    for number in range(9):
        assert sum(f"Lægemiddel {number:02}" in page for page in pages) == 1
    assert all("Prepared" in page for page in pages if "Lægemiddel" in page)
