"""The access sheet: how to get in, apart from health, with a code only where it was asked for, and never in the car."""

from __future__ import annotations

from dataclasses import replace

import pytest

from backupreader.domain.journal import Presence
from backupreader.domain.records import Access, AccessCode, Origin
from printing.document import Subject

HERE = Origin("x", 1)


def squeezed(text: str) -> str:
    return " ".join(text.replace("\ufffe", "-").split())


def way(number: int, kind: str, **facts: str | None) -> Access:
    return Access(id=f"x{number}", citizen="c1", kind=kind, origin=HERE, **facts)


def code(number: int, text: str, access: str) -> AccessCode:
    return AccessCode(id=f"k{number}", citizen="c1", access=access, code=text, origin=HERE)


CODES = (code(1, "4711#", "x1"), code(2, "0815*", "gone"))


@pytest.fixture
def text_of(printed, pages_of, sheet_of):
    def text(subject: Subject, code: str = "en", **facts: object) -> str:
        return squeezed(" ".join(pages_of(printed("access-sheet", subject, sheet_of(code, **facts)))))

    return text


@pytest.fixture
def home(made):
    ways = (
        way(1, "keybox", system="Bekey", key_number="N-117", location="bag skuret", instruction="Skub opad <først>"),
        way(2, "lock", system="Phoniro", fallback="Nøgle 12 i nøgleskabet", phone="70 11 22 33"),
        way(3, "alarm", system="PSTN"),
        way(4, "alarm", system="mobil, SIM"),
        way(5, "door", instruction="Ring på hos Møller"),
        way(6, "other"),
    )
    return replace(made.ordinary, access=made.section(*ways, table="access"))


def test_each_way_in_stands_with_all_that_is_said_of_it_and_what_is_not(home, text_of):
    text = text_of(Subject(journal=home))
    assert (
        "Key box System Bekey Key or box number N-117 Where it is bag skuret How Skub opad <først> "
        "Not said If that fails, Telephone" in text
    )
    assert "Lock System Phoniro If that fails Nøgle 12 i nøgleskabet Telephone 70 11 22 33 Not said Key or box" in text
    assert "Alarm Alarm type (line or mobile) PSTN" in text
    assert "Alarm Alarm type (line or mobile) mobil, SIM" in text
    assert "Getting in Not said System, Key or box number, Where it is, How, If that fails, Telephone" in text
    assert "Skovvej 4, 2. tv, 9999 Sandby · tel. 70 10 20 30" in text
    assert "Team Nord · 99 31 00 00" in text


def test_nothing_on_it_tells_of_health(home, text_of):
    home = replace(
        home,
        citizen=replace(home.citizen, remark="dement"),
        contacts=replace(
            home.contacts, items=tuple(replace(one, note="ved at hun er syg") for one in home.contacts.items)
        ),
    )
    text = text_of(Subject(journal=home, codes=CODES))
    for word in (
        "CAVE",
        "Penicillin",
        "genoplivning",
        "MRSA",
        "Fald",
        "Hjerte",
        "Marevan",
        "Kateter",
        "dement",
        "syg",
        "BT",
    ):
        assert word not in text, word
    assert "Keep this sheet apart from every sheet that tells of health" in text


def test_who_has_a_key_is_named_with_her_telephone_and_nobody_else_is(home, text_of):
    text = text_of(Subject(journal=home))
    assert "Who has a key Hanne Møller datter 20 30 40 50 may be rung at night" in text
    assert "Bent" not in text
    assert "Lars Holm" not in text


def test_that_nobody_has_a_key_that_nothing_is_recorded_and_that_nothing_came_are_three_things(made, home, text_of):
    none = replace(home.contacts, items=tuple(replace(one, has_key=None) for one in home.contacts.items))
    assert "None of the contacts in Nexus is said to have a key." in text_of(
        Subject(journal=replace(home, contacts=none))
    )
    nothing, undelivered = text_of(Subject(journal=made.nothing)), text_of(Subject(journal=made.undelivered))
    assert nothing.count("Nothing recorded in Nexus.") == 2
    assert "NOT DELIVERED" not in nothing
    assert undelivered.count("NOT DELIVERED: no source has sent this. Nothing is known.") == 2
    left_out = replace(made.ordinary, access=made.section(table="access", presence=Presence.LEFT_OUT))
    assert "NOT IN THIS COPY by the municipality's decision." in text_of(Subject(journal=left_out))


def test_without_being_asked_for_no_code_stands_on_it_and_it_says_where_to_ask(home, text_of):
    text = text_of(Subject(journal=home))
    assert "Codes were not asked for. Where there are any, they are shown on the screen under Getting in." in text
    assert "4711" not in text


def test_codes_that_were_asked_for_stand_at_what_they_open_and_one_of_nothing_known_by_itself(home, text_of):
    text = text_of(Subject(journal=home, codes=CODES))
    box, _, rest = text.partition("Lock System")
    assert "Code 4711#" in box
    assert "Code Code, of what is not said 0815*" in rest
    assert "THIS SHEET HOLDS CODES" in text
    assert text_of(Subject(journal=home, codes=())).count("No code is recorded for this citizen.") == 1


def test_codes_without_any_way_in_are_not_lost(made, text_of):
    journal = replace(made.ordinary, access=made.section(table="access"))
    text = text_of(Subject(journal=journal, codes=CODES))
    assert "Nothing recorded in Nexus." in text
    assert "4711#" in text
    assert "0815*" in text


@pytest.mark.parametrize("codes", [None, CODES])
def test_for_the_car_there_is_never_a_code_and_the_number_is_hidden(codes, home, text_of):
    text = text_of(Subject(journal=home, codes=codes), car=True)
    assert "4711" not in text
    assert "0815" not in text
    assert "Codes never stand on a sheet for the car. Ask the office." in text
    assert "HOLDS CODES" not in text
    assert "740338-••••" in text


def test_codes_given_to_other_documents_stand_on_none_of_them(home, printed, pages_of, sheet_of):
    from printing.documents import DOCUMENTS, document

    others = [name for name in DOCUMENTS if document(name).about == "citizen" and name != "access-sheet"]
    for name in others:
        text = " ".join(pages_of(printed(name, Subject(journal=home, codes=CODES), sheet_of("en"))))
        assert "4711" not in text, name


def test_codes_are_not_in_what_a_traceback_would_show():
    assert "4711" not in repr(Subject(codes=CODES))


def test_the_age_on_it_is_that_of_the_keys_and_not_of_the_medicine(made, home, text_of):
    later = replace(home.orders, deliveries=tuple(replace(one, source="FMK") for one in home.orders.deliveries))
    text = text_of(Subject(journal=replace(home, orders=later)))
    assert "Taken from Nexus" in text
    assert "FMK" not in text


def test_a_protected_address_is_kept_back_until_a_reason_is_stated(home, text_of):
    hidden = replace(home, citizen=replace(home.citizen, protected_address=True))
    text = text_of(Subject(journal=hidden), reveal_protected=False)
    assert "protected address: state a reason" in text
    assert "Skovvej" not in text
    assert "PROTECTED IDENTITY" in text
    assert "Skovvej" in text_of(Subject(journal=hidden))


def test_a_cruel_instruction_is_printed_whole(made, text_of):
    words = [f"trin{number}" for number in range(3_000)]
    journal = replace(made.cruel, access=made.section(way(1, "lock", instruction=" ".join(words)), table="access"))
    assert set(words) <= set(text_of(Subject(journal=journal)).split())
