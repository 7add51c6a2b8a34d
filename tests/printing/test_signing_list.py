"""The signing list: the medicine sheet's rows, with a signature a day, whose it is, and who signs by delegation."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from printing.document import Subject


def squeezed(text: str) -> str:
    return " ".join(text.replace("\ufffe", "-").split())


@pytest.fixture
def text_of(made, printed, pages_of, sheet_of) -> Callable[..., str]:
    def text(*orders, name: str = "signing-list", **facts: object) -> str:
        journal = replace(made.ordinary, orders=made.section(*orders, table="medication")) if orders else made.ordinary
        return squeezed(" ".join(pages_of(printed(name, Subject(journal=journal), sheet_of("en", **facts)))))

    return text


def rows(text: str) -> list[str]:
    """The times in the grid, in order; those of the foot are left out."""
    grid = text.split("Fixed medicine, ")[1].split("When needed", maxsplit=1)[0]
    return [
        time
        for time in re.findall(r"\b\d\d:\d\d\b|(?<!Page )\d of 3|morning|evening", grid)
        if time not in {"08:42", "05:30"}
    ]


@pytest.mark.parametrize("days", [1, 3, 7])
def test_it_has_the_rows_and_the_blocked_boxes_of_the_medicine_sheet(days, text_of, made):
    sheet, signing = text_of(name="medicine-sheet", days=days), text_of(days=days)
    for order in made.ordinary.orders.items:
        assert (order.medication.drug in sheet) is (order.medication.drug in signing)
    assert rows(sheet) == rows(signing)
    if days > 1:
        assert sheet.count("****") == signing.count("****")
    for words in ("Paused", "Stopped or ended, do not give: Furix", "Ordered during the outage (by whom, when)"):
        assert words in signing


def test_a_single_day_has_a_box_for_the_signature_and_one_for_why_not(text_of):
    text = text_of(days=1)
    assert "Medicine Amount Time Signature Remark, or why not given" in text
    assert "Sign each dose in its box" in text
    assert "Time given" not in text.split("When needed")[0]


def test_below_stand_whose_signatures_they_are_and_the_delegations(text_of):
    text = text_of(days=7)
    assert "Whose signatures these are Name Job title Signature Name Job title Signature" in text
    assert "Delegations Task Delegated to From Until Delegated by (name, job title) Signature" in text
    assert "Delegations" not in text_of(name="medicine-sheet", days=7)


def test_a_drug_is_counted_only_where_its_own_words_say_so(made, text_of):
    dose = {"time": "08:00", "quantity": "1"}
    counted = made.order(1, "OxyContin", dose, remark="Narkotika: räknas vid varje dos")
    other = made.order(2, "Oxynorm", dose, atc="N02AA05")
    assert text_of(counted, other, days=7).count("Left, counted 08:00") == 1
    assert text_of(counted, other, days=1).count("Left, counted:") == 1
    assert "Left, counted" not in text_of(counted, other, name="medicine-sheet", days=7)


def test_it_never_goes_out_without_saying_what_is_kept_back(made, text_of):
    private = made.order(1, "Antabus", {"time": "08:00", "quantity": "1"}, private=True)
    text = text_of(private, days=3, reveal_private=False)
    assert "THIS SHEET IS NOT COMPLETE." in text
    assert "Antabus" not in text
    assert "not shown not shown" in text
