"""The contacts: who may be rung at night is seen first, and nobody is taken for one who may."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pypdfium2
import pytest

from backupreader.domain.journal import Presence
from backupreader.domain.records import Contact, Origin
from printing.document import Subject

HERE = Origin("x", 1)


def squeezed(text: str) -> str:
    return " ".join(text.replace("\ufffe", "-").split())


def contact(number: int, **facts: object) -> Contact:
    return Contact(
        id=f"k{number}", citizen="c1", origin=HERE, **{"name": f"Person {number}", "kind": "relative", **facts}
    )


@pytest.fixture
def text_of(made, printed, pages_of, sheet_of) -> Callable[..., str]:
    def text(*contacts: Contact, journal=None, sheet: dict[str, object] | None = None, **facts: object) -> str:
        journal = journal or replace(made.ordinary, contacts=made.section(*contacts, table="contact"), **facts)
        pages = pages_of(printed("contacts", Subject(journal=journal), sheet_of("en", **(sheet or {}))))
        return squeezed(" ".join(pages))

    return text


def part(text: str, title: str) -> str:
    """The table under a title, up to the next one's header."""
    return text.split(f"{title} Telephone Remark", 1)[1].split(" Telephone Remark", 1)[0]


def test_relatives_stand_by_what_is_said_of_the_night_in_its_three_states(text_of):
    text = text_of(
        contact(1, ring_at_night=False, phone="20 00 00 01"),
        contact(2, ring_at_night=None, phone="20 00 00 02"),
        contact(3, ring_at_night=True, phone="20 00 00 03", priority=2),
        contact(4, ring_at_night=True, phone="20 00 00 04", priority=1, kind="other", relation="nabo"),
    )
    yes, unsaid, no = (
        part(text, title) for title in ("May be rung at night", "Not said whether at night", "Not to be rung at night")
    )
    assert yes.index("Person 4 nabo · no. 1 to ring 20 00 00 04") < yes.index("Person 3")
    assert "Person 2" in unsaid
    assert "Person 1" in no
    assert text.index("Person 3") < text.index("Person 2") < text.index("Person 1")


def test_where_nobody_may_be_rung_at_night_that_is_said_in_its_place(text_of):
    none = "Of none of them is it said that she or he may be rung at night."
    assert none in text_of(contact(1, ring_at_night=None), contact(2, ring_at_night=False))
    assert none not in text_of(contact(1, ring_at_night=True))


def test_a_guardian_stands_apart_with_what_is_said_of_the_night(text_of):
    for night, said in (
        (True, "May be rung at night"),
        (False, "Not to be rung at night"),
        (None, "Not said whether at night"),
    ):
        text = text_of(contact(1, kind="guardian", relation="advokat", phone="33 11 22 33", ring_at_night=night))
        assert f"Person 1 advokat 33 11 22 33 {said}" in part(text, "Guardian")


def test_doctor_nurse_pharmacy_and_unit_have_their_numbers(text_of, made):
    text = text_of(
        contact(1, kind="pharmacy", phone="98 10 20 99"),
        contact(2, kind="gp", phone="98 10 20 30", phone2="30 10 20 30", note="Lægehuset Sandby"),
        contact(3, kind="nurse", phone="99 31 00 07", ring_at_night=True),
        contact(4, kind="department"),
    )
    nearby = part(text, "Doctor, nurse, pharmacy")
    assert nearby.index("Person 2 General practitioner 98 10 20 30 30 10 20 30 Lægehuset Sandby") < nearby.index(
        "Person 3 Nurse 99 31 00 07 May be rung at night"
    )
    assert "Person 4 Hospital department no number" in nearby
    assert "Team Nord 99 31 00 00" in part(text, "Unit")
    assert "To which unit the citizen belongs was not delivered." in text_of(contact(1), unit=None)
    assert "Team Nord no number" in text_of(contact(1), unit=replace(made.ordinary.unit, phone=None))


def test_the_numbers_are_large(made, printed, sheet_of):
    with pypdfium2.PdfDocument(printed("contacts", Subject(journal=made.ordinary), sheet_of("da"))) as pdf:
        text = pdf[0].get_textpage()

        def height(words: str) -> float:
            _left, bottom, _right, top = text.get_charbox(text.search(words).get_next()[0])
            return top - bottom

        assert height("20 30 40 50") > 1.5 * height("Lægehuset")


def test_the_kinds_of_nothing_differ_and_the_unit_still_stands_there(text_of, made):
    assert "Relatives Nothing recorded in Nexus." in text_of(journal=made.nothing)
    assert "Relatives NOT DELIVERED: no source has sent this." in text_of(journal=made.undelivered)
    assert "Relatives Nothing current in Nexus." in text_of(contact(1, kind="gp"))
    assert "Doctor, nurse, pharmacy Nothing current in Nexus." in text_of(contact(1))
    none = replace(made.ordinary, contacts=made.section(table="contact", presence=Presence.NONE_KNOWN))
    assert "Relatives None known, says Nexus." in text_of(journal=none)
    assert "Team Nord 99 31 00 00" in text_of(journal=none)


def test_the_citizens_own_numbers_are_told_by_each_source_that_has_another(text_of, made):
    other = replace(made.ordinary.citizen, id="EKJ:4", phone="71 71 71 71")
    same = replace(made.ordinary.citizen, id="Bekey:9")
    silent_source = replace(made.ordinary.citizen, id="FMK:2", phone=None)
    own = part(text_of(contact(1), also=(other, same, silent_source)), "The citizen's own telephone")
    assert "Kirsten Møller 70 10 20 30" in own
    assert "Kirsten Møller 71 71 71 71 EKJ" in own
    assert "Bekey" not in own
    silent = replace(made.ordinary.citizen, phone=None)
    assert "No telephone of the citizen's own was delivered." in text_of(contact(1), citizen=silent)


@pytest.mark.parametrize("sheet", [{"car": True}, {"reveal_protected": False}])
def test_of_a_protected_address_the_own_number_is_kept_back(sheet, text_of, made):
    hidden = replace(made.ordinary.citizen, protected_address=True)
    assert "70 10 20 30" not in text_of(contact(1), citizen=hidden, sheet=sheet)
    assert "70 10 20 30" in text_of(contact(1), citizen=hidden)


def test_in_a_car_no_remark_and_no_address_goes_along(text_of):
    one = contact(1, note="Kræftlægen", address="Skovvej 9", phone="20 30 40 50", ring_at_night=True, has_key=True)
    office, car = text_of(one), text_of(one, sheet={"car": True})
    assert "Has a key Skovvej 9 Kræftlægen" in office
    assert "Kræftlægen" not in car
    assert "Skovvej 9" not in car
    assert "20 30 40 50 Has a key More on the office list." in car
    assert "740338-••••" in car


def test_a_list_that_is_not_complete_says_so(text_of, made):
    section = made.ordinary.contacts
    cut = replace(section, deliveries=tuple(replace(one, complete=False) for one in section.deliveries))
    text = text_of(journal=replace(made.ordinary, contacts=cut))
    assert "Relatives not complete: the source says that rows are missing" in text
