"""Paper without a stated reason: what is kept back is nowhere, and nothing that lacks it looks complete."""

from __future__ import annotations

from dataclasses import replace

import pytest

from backupreader.domain.journal import Presence, Section
from backupreader.domain.records import Delivery
from printing.document import Subject
from printing.documents import DOCUMENTS, document

ABOUT_CITIZENS = [name for name in DOCUMENTS if document(name).about == "citizen"]
MEDICINE = [name for name in DOCUMENTS if document(name).medicine]
ONE = "Private-marked medicine, not shown here: 1 order. State a reason to have it printed."
TWO = "Private-marked medicine, not shown here: 2 orders. State a reason to have it printed."
NOT_COMPLETE = "NOT COMPLETE: 2 orders of private-marked medicine are not shown."
ONCE = {"quantity": "1", "unit": "tablet", "time": "08:00"}
NEEDED = {"quantity": "1", "unit": "tablet", "prn": True, "every_days": None}


def squeezed(text: str) -> str:
    return " ".join(text.replace("\ufffe", "-").split())


@pytest.fixture
def guarded(made):
    """The ordinary citizen with a fixed and a needed order that are private-marked, each in her two lists."""
    fmk = Delivery(
        source="FMK", table="medication", taken_at="2026-11-22T05:10", complete=True, read=1, filed=1, refused=0
    )
    nexus = replace(fmk, source="Nexus")

    def of(source: str, number: int, drug: str, dose: dict[str, object], **facts: object):
        why = "mod hemmeligt" if facts.get("private") else None
        one = made.order(number, drug, dose, indication=why, **facts)
        return replace(one, medication=replace(one.medication, id=f"{source}:{number}"))

    orders = (
        of("Nexus", 1, "Antabus", ONCE, private=True, dosage_text="hemmelig dosis"),
        of("Nexus", 2, "Pinex", ONCE),
        of("FMK", 3, "Viagra", NEEDED, private=True, list="FMK", kind="prn", given=("2026-11-21T22:10",)),
        of("FMK", 4, "Pinex", ONCE, list="FMK"),
    )
    section = Section(orders, Presence.VALUE, (nexus, fmk), len(orders))
    given = made.section(*(item for one in orders for item in one.administrations), table="administration")
    return replace(
        made.ordinary,
        orders=section,
        administrations=given,
        citizen=replace(made.ordinary.citizen, protected_address=True, room="Stue 7"),
    )


@pytest.fixture
def text_of(printed, pages_of, sheet_of):
    def text(name: str, subject, **facts: object) -> list[str]:
        subject = subject if isinstance(subject, Subject) else Subject(journal=subject)
        return [squeezed(page) for page in pages_of(printed(name, subject, sheet_of("en", **facts)))]

    return text


@pytest.mark.parametrize("name", ABOUT_CITIZENS)
def test_no_word_of_what_is_kept_back_stands_on_any_page(name, guarded, text_of):
    text = " ".join(text_of(name, guarded, reveal_private=False, reveal_protected=False, days=3))
    for word in ("Antabus", "Viagra", "hemmelig", "Skovvej", "9999", "70 10 20 30", "Stue 7"):
        assert word not in text
    assert "PROTECTED IDENTITY" in text


@pytest.mark.parametrize("name", ABOUT_CITIZENS)
def test_with_a_reason_everything_is_there(name, guarded, text_of):
    text = " ".join(text_of(name, guarded))
    assert "NOT COMPLETE" not in text
    assert "state a reason" not in text.lower()
    assert ("Antabus" in text) is ("Viagra" in text) is (name in MEDICINE)


@pytest.mark.parametrize("name", MEDICINE)
def test_every_page_of_medicine_says_that_it_is_not_complete(name, guarded, text_of):
    pages = text_of(name, guarded, reveal_private=False, days=7)
    assert all(NOT_COMPLETE in page for page in pages)
    assert TWO in pages[0]


def test_the_sheet_says_so_before_its_instructions_and_in_place_of_each_order(guarded, text_of):
    text = " ".join(text_of("medicine-sheet", guarded, reveal_private=False))
    top, _, rest = text.partition("Sign each dose with initials")
    assert f"THIS SHEET IS NOT COMPLETE. {TWO}" in top
    fixed, _, needed = rest.partition("When needed")
    assert f"Nexus: {ONE} not shown" in fixed
    assert f"FMK: {ONE} not shown" in needed
    assert "No medicine to be given when needed is in force." not in needed
    assert "no differences" in top + rest
    assert "Private-marked medicine is not compared." in rest


def test_the_list_has_it_first_under_its_heading_and_counts_it(guarded, text_of):
    text = " ".join(text_of("medication-list", guarded, reveal_private=False))
    assert "Fixed medicine (2)" in text
    assert f"{ONE} not shown not shown Pinex" in text
    assert "No medicine is recorded." not in text


@pytest.mark.parametrize("name", MEDICINE)
def test_where_all_is_private_marked_nothing_says_that_there_is_none(name, made, guarded, text_of):
    orders = tuple(one for one in guarded.orders.items if one.medication.private)
    journal = replace(guarded, orders=replace(guarded.orders, items=orders))
    text = " ".join(text_of(name, journal, reveal_private=False))
    assert NOT_COMPLETE in text
    assert "No medicine is recorded" not in text
    assert "no medicine is recorded" not in text


def test_that_nothing_is_needed_is_said_only_of_what_is_shown(made, text_of):
    secret = made.order(1, "Antabus", ONCE, private=True)
    journal = replace(made.ordinary, orders=made.section(secret, table="medication"))
    text = " ".join(text_of("medicine-sheet", journal, reveal_private=False))
    none = "No medicine to be given when needed is in force."
    assert f"{none} This is true only of what is shown; private-marked medicine is not shown." in text
    assert "That is said of what is shown" not in " ".join(text_of("medicine-sheet", journal))


def test_what_is_due_on_none_of_the_days_is_counted_below(made, text_of):
    ended = made.order(1, "Antabus", ONCE, private=True, end="2026-11-01", status="stopped")
    journal = replace(made.ordinary, orders=made.section(ended, made.order(2, "Pinex", ONCE), table="medication"))
    text = " ".join(text_of("medicine-sheet", journal, reveal_private=False))
    assert text.count(ONE) == 2
    assert text.index("Pinex") < text.rindex(ONE)
    listed = " ".join(text_of("medication-list", journal, reveal_private=False))
    assert f"Stopped or ended (1) Medicine Dosage Period, prescriber {ONE}" in listed


def test_what_may_be_in_the_other_lists_hidden_part_is_asked_about(guarded, made, text_of):
    more = made.order(9, "Marevan", ONCE)
    more = replace(more, medication=replace(more.medication, id="Nexus:9"))
    journal = replace(guarded, orders=replace(guarded.orders, items=(*guarded.orders.items, more)))
    text = " ".join(text_of("medicine-sheet", journal, reveal_private=False))
    assert "! Not in what is shown of FMK: ask before giving." in text
    assert "! Not in FMK." not in text
    assert "Marevan In Nexus, not in what is shown of FMK: 1 tablet" in text
    assert "Only in Nexus" not in text


def test_a_driving_list_without_a_reason_tells_no_protected_address_or_telephone(made, text_of):
    citizens = {
        name: replace(one, phone=f"70 10 20 {number:02}")
        for number, (name, one) in enumerate(made.rounds.citizens.items())
    }
    subject = Subject(driving_list=replace(made.rounds, citizens=citizens))
    text = " ".join(text_of("driving-list", subject, reveal_protected=False))
    assert "protected address: state a reason" in text
    assert "Skovvej 4," not in text
    assert "70 10 20 04" not in text
    assert "Skovvej 5," in text
    assert "70 10 20 05" in text
    car = " ".join(text_of("driving-list", subject, reveal_protected=False, car=True))
    assert "protected address: ask the office" in car
    assert "70 10 20 04" not in car
