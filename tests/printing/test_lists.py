"""Two lists of medicine on paper, and a citizen of whom several sources speak."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backupreader.domain.dosage import administration_rows
from backupreader.domain.journal import Journal, Order, Presence, Section
from backupreader.domain.medicinelists import in_force
from backupreader.domain.records import Citizen, Delivery, Identifier, Origin
from printing.document import Subject
from printing.sections import Title

GOLDEN = Path(__file__).parent / "golden"
HERE = Origin("x", 1)


def squeezed(text: str) -> str:
    return " ".join(text.replace("\ufffe", "-").split())


def delivery(table: str, source: str, taken: str) -> Delivery:
    return Delivery(source=source, table=table, taken_at=taken, complete=True, read=1, filed=1, refused=0)


LOCAL = delivery("medication", "Nexus", "2026-11-22T05:30:00+01:00")
FMK = delivery("medication", "FMK", "2026-11-22T05:10:00+01:00")


def of(source: str, order: Order, **facts: object) -> Order:
    """The order as one of a source's list."""
    number = f"{source}:{order.medication.id}"
    return replace(
        order,
        medication=replace(order.medication, id=number, **facts),
        doses=tuple(replace(dose, id=f"{source}:{dose.id}", medication=number) for dose in order.doses),
    )


def at(*clocks: str, quantity: str = "1", **facts: object) -> list[dict[str, object]]:
    return [{"time": clock, "quantity": quantity, "unit": "tablet", **facts} for clock in clocks]


def holding(made, *orders: Order) -> Journal:
    """The ordinary citizen with these orders."""
    return replace(made.ordinary, orders=Section(orders, Presence.VALUE, (LOCAL, FMK), len(orders)))


@pytest.fixture
def two(made) -> Journal:
    """The ordinary citizen, with her medicine card beside the local list."""
    cards = (
        made.order(
            1, "Marevan", {"slot": "morning", "quantity": "1", "unit": "tablet"}, strength="2,5 mg", form="tablet",
            route="oral", dosage_text="1 tablet morgen", atc="B01AA03",
        ),
        made.order(
            2, "Pinex", {"times_per_day": 4, "quantity": "2", "unit": "tablet"}, strength="500 mg",
            dosage_text="2 tabletter 4 gange daglig",
        ),
        made.order(3, "Furix", *at("08:00"), strength="40 mg", form="tabletter"),
        made.order(4, "Eliquis", *at("08:00", "20:00"), strength="5 mg"),
        made.order(5, "Kaleorid", *at("08:00"), strength="750 mg", status="stopped", end="2026-11-20", stop_reason="K+ 5,9"),
        made.order(6, "Morfin", {"quantity": "1", "unit": "tablet", "prn": True}, kind="prn", given=("2026-11-22T01:10",)),
        made.order(7, "Alendronat", {"time": "08:00", "quantity": "1", "weekdays": "3"}),
        made.order(
            8, "Oxynorm", {"quantity": "1", "unit": "kapsel", "prn": True, "max_per_day": "4", "min_interval": "4 timer"},
            kind="prn", strength="5 mg",
        ),
    )  # fmt: skip
    orders = (
        *(of("Nexus", one) for one in made.ordinary.orders.items),
        *(of("FMK", one, list="FMK") for one in cards),
    )
    return replace(made.ordinary, orders=Section(orders, Presence.VALUE, (LOCAL, FMK), len(orders)))


@pytest.fixture
def text_of(printed, pages_of, sheet_of):
    def text(name: str, journal: Journal, **facts: object) -> str:
        return squeezed(" ".join(pages_of(printed(name, Subject(journal=journal), sheet_of("en", **facts)))))

    return text


@pytest.mark.parametrize("name", ["medicine-sheet", "medication-list", "pn-sheet"])
def test_two_lists_read_as_they_were_accepted(name, two, printed, pages_of, sheet_of):
    """Golden text; after a change that is meant: ACCEPT=1, and look at the difference."""
    pages = pages_of(printed(name, Subject(journal=two), sheet_of("en", days=3)))
    text = "\n=== page ===\n".join("\n".join(line.strip() for line in page.splitlines()) for page in pages) + "\n"
    file = GOLDEN / f"{name}-two-lists.txt"
    if os.environ.get("ACCEPT"):
        file.write_text(text.replace("\ufffe", "-"), encoding="utf-8")
    assert text.replace("\ufffe", "-") == file.read_text(encoding="utf-8")


def test_the_sheet_says_from_which_list_it_is_made_and_on_how_many_drugs_the_other_differs(two, text_of):
    text = text_of("medicine-sheet", two)
    assert "Made from the list of Nexus, taken 22 Nov 2026 05:30." in text
    assert "FMK, taken 22 Nov 2026 05:10: It differs on 12 drugs." in text
    assert "Not confirmed against FMK since 22 Nov 2026 05:10." in text


def test_a_drug_of_both_lists_has_one_row_and_what_the_other_says_beside_it(two, text_of):
    text = text_of("medicine-sheet", two)
    grid = text[text.index("Fixed medicine") : text.index("When needed")]
    assert grid.count("Marevan 2,5 mg") == 1
    assert "! FMK differs. Dosage: 1 tablet · morning, As written: 1 tablet morgen" in grid
    assert grid.count("Pinex") == 1
    assert "! In FMK: stopped 20 Nov 2026, K+ 5,9. Ask before giving." in grid
    assert "! Not in FMK." in grid


def test_what_only_the_other_list_has_in_force_has_boxes_with_a_question(two, text_of):
    text = text_of("medicine-sheet", two)
    asked = text[text.index("In force only in FMK, taken 22 Nov 2026 05:10: ask before giving") :]
    assert "Furix 40 mg tabletter ! In Nexus: stopped 21 Nov 2026, lavt kalium. Ask before giving." in asked
    assert "Morfin ! Ask before giving." in asked
    assert "Last given: 22 Nov 2026 01:10, 1 kapsel" in asked
    assert "Not due on these days: Alendronat (in force), 1 · 08:00 · Wed" in asked
    assert "do not give: Furix" not in text


def test_that_a_list_has_none_is_never_said_without_the_other_list_that_has_more(made, text_of):
    local = of("Nexus", made.order(1, "Marevan", {"slot": "morning", "quantity": "1", "unit": "tablet"}, atc="B01AA03"))
    card = of("FMK", made.order(2, "Panodil", {"quantity": "1", "unit": "tablet", "prn": True}, kind="prn"), list="FMK")
    more = "That is this list alone: another list has more medicine, see below."
    none = "No medicine to be given when needed is in force."
    assert f"{none} {more}" in text_of("medicine-sheet", holding(made, local, card))
    alone = text_of("medicine-sheet", holding(made, local))
    assert none in alone
    assert more not in alone


def test_a_drug_that_one_list_pauses_and_the_other_does_not_is_neither_blocked_nor_called_paused(two, text_of):
    today = text_of("medicine-sheet", two)
    assert "! In Nexus: paused 20 Nov 2026 to 23 Nov 2026. Ask before giving." in today
    assert "Paused, do not give: Eliquis" not in today
    days = text_of("medicine-sheet", two, days=3)
    assert "! FMK differs. Status: in force" in days
    assert "Paused, do not give: Eliquis" not in days
    assert days.count("**** paused") == 0


def test_what_is_given_when_needed_has_a_question_too_where_the_other_list_pauses_it(made, text_of):
    def needed(source: str, **facts: object) -> Order:
        dose = {"quantity": "1", "unit": "kapsel", "prn": True, "max_per_day": "4", "min_interval": "4 timer"}
        order = made.order(1, "Oxynorm", dose, kind="prn", strength="5 mg")
        return of(source, order, **facts)

    paused = holding(made, needed("Nexus"), needed("FMK", list="FMK", status="paused"))
    agreed = holding(made, needed("Nexus"), needed("FMK", list="FMK"))
    rows = [
        text_of("medicine-sheet", one).split("Effect within 2 h")[1].split("Ordered during")[0]
        for one in (paused, agreed)
    ]
    assert "! FMK differs. Status: paused" in rows[0]
    assert rows[0].split("Differences")[0].count("?") == 18
    assert rows[1].count("?") == 0


def test_a_slow_drug_and_a_plain_one_of_one_code_have_no_box_without_a_question(made, text_of):
    slow = of("Nexus", made.order(1, "Contalgin", *at("08:00"), atc="N02AA01", form="depottabletter"))
    plain = of("FMK", made.order(2, "Morfin", *at("08:00"), atc="N02AA01", form="tabletter"), list="FMK")
    text = text_of("medicine-sheet", holding(made, slow, plain))
    assert "! FMK differs. Slow release: Morfin tabletter" in text
    assert "Slow release: Nexus: Contalgin depottabletter ↔ FMK: Morfin tabletter" in text


def test_what_cannot_be_paired_is_told_without_a_second_box(made, text_of):
    local = of("Nexus", made.order(1, "Insulin Lantus", *at("08:00")))
    card = of("FMK", made.order(2, "Insulin NovoRapid", *at("12:00")), list="FMK")
    journal = replace(made.ordinary, orders=Section((local, card), Presence.VALUE, (LOCAL, FMK), 2))
    text = text_of("medicine-sheet", journal)
    grid, differences = text.split("Differences between")
    assert "! It cannot be paired with FMK: see the differences." in grid
    assert "NovoRapid" not in grid
    assert "Nobody can say which of these is which: ask before giving." in differences
    assert "FMK: Insulin NovoRapid (in force), 1 tablet · 12:00" in differences
    needed = of("Nexus", made.order(3, "Insulin Lantus", {"prn": True}, kind="prn"))
    given = replace(card, administrations=made.order(4, "x", given=("2026-11-22T04:00",)).administrations)
    timed = of("Nexus", made.order(5, "Pinex", *at("08:00")))
    journal = replace(made.ordinary, orders=Section((timed, needed, given), Presence.VALUE, (LOCAL, FMK), 3))
    assert "Last given: 22 Nov 2026 04:00" in text_of("medicine-sheet", journal)


def test_lists_that_agree_and_a_list_that_is_empty_say_so(made, text_of):
    both = [
        of("Nexus", made.order(1, "Pinex", *at("08:00"))),
        of("FMK", made.order(1, "Pinex", *at("08:00")), list="FMK"),
    ]
    orders = Section(tuple(both), Presence.VALUE, (LOCAL, FMK, delivery("medication", "PDF", "2026-11-21T05:00")), 2)
    text = text_of("medicine-sheet", replace(made.ordinary, orders=orders))
    assert "FMK, taken 22 Nov 2026 05:10: no differences" in text
    assert "PDF, taken 21 Nov 2026 05:00: no medicine is recorded." in text
    assert "Differences between" not in text
    listed = text_of("medication-list", replace(made.ordinary, orders=orders))
    assert "The list of PDF, taken 21 Nov 2026 05:00 (0 orders)" in listed
    assert "No medicine is recorded." in listed


def test_each_list_stands_by_itself_on_the_medication_list_after_what_differs(two, text_of):
    text = text_of("medication-list", two)
    parts = (
        "Differences between Nexus",
        "The list of Nexus, taken 22 Nov 2026 05:30 (11 orders)",
        "The list of FMK, taken",
    )
    places = [text.index(part) for part in parts]
    assert places == sorted(places)
    assert text[places[1] : places[2]].count("Marevan") == text[places[2] :].count("Marevan") == 1


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ((Identifier("cpr", "7403381234"),), True),
        ((Identifier("personnummer", "193803145678"),), False),
    ],
)
def test_where_no_medicine_card_came_that_is_said_in_denmark(made, text_of, numbers, said):
    journal = replace(made.ordinary, citizen=replace(made.ordinary.citizen, identifiers=numbers))
    for name in ("medicine-sheet", "medication-list"):
        assert ("FMK is not in this copy: nothing is confirmed against it." in text_of(name, journal)) is said


# --- several sources, one citizen ---


def test_where_sources_place_her_differently_both_are_said_with_their_age(made, text_of):
    other = Citizen(id="Bekey:7", name="Ole Holm", status="hospital", origin=HERE)
    citizen = replace(made.ordinary.citizen, id="Nexus:1", status_since=None)
    told = (
        delivery("citizen", "Nexus", "2026-11-22T05:30:00+01:00"),
        delivery("citizen", "Bekey", "2026-11-21T22:00:00+01:00"),
    )
    journal = replace(made.ordinary, citizen=citizen, also=(other,), told=told)
    for name in ("summary", "medicine-sheet"):
        text = text_of(name, journal)
        assert "! Nexus, taken 22 Nov 2026 05:30: at home ↔ Bekey, taken 21 Nov 2026 22:00: in hospital" in text
        assert "! Bekey calls this citizen Ole Holm: ask." in text


def test_that_another_citizen_has_her_number_is_said_in_the_head(made, text_of):
    other = Citizen(id="FMK:1", name="Ole Holm", origin=HERE)
    for name in ("summary", "medicine-sheet"):
        text = text_of(name, replace(made.ordinary, same_number=(other,)))
        assert "SAME NUMBER: one more citizen has this person number. Look there too." in text
        assert "SAME NUMBER" not in text_of(name, made.ordinary)


def test_what_another_source_remarks_of_her_stands_on_the_summary(made, text_of):
    other = replace(made.ordinary.citizen, id="Bekey:7", remark="Hunden bider")
    assert "Bekey: Hunden bider" in text_of("summary", replace(made.ordinary, also=(other,)))


def test_a_source_that_says_the_same_is_not_named_in_the_head(made, text_of):
    same = replace(made.ordinary.citizen, id="Bekey:7")
    assert "Bekey" not in text_of("summary", replace(made.ordinary, also=(same,)))


def test_a_driving_list_says_where_another_source_places_her(made, printed, pages_of, sheet_of):
    other = Citizen(id="Bekey:7", name="Borger 0 Sørensen", status="hospital", origin=HERE)
    rounds = replace(made.rounds, also={"c0": (other,)})
    text = squeezed(" ".join(pages_of(printed("driving-list", Subject(driving_list=rounds), sheet_of("en")))))
    assert text.count("Bekey: in hospital") == 1


@pytest.mark.parametrize(
    ("mine", "theirs", "said"),
    [
        ({"start": "2026-12-01"}, {}, "Status: Nexus: not begun from 1 Dec 2026 ↔ FMK: in force"),
        ({"end": "2026-11-30"}, {}, "Period: Nexus: 1 Jan 2026 to 30 Nov 2026 ↔ FMK: from 1 Jan 2026, no end stated"),
        ({"atc": "N02BE01"}, {"atc": "N02BE51"}, "ATC code: Nexus: N02BE01 ↔ FMK: N02BE51"),
        ({"strength": "500 mg"}, {"strength": "1 g"}, "Strength: Nexus: 500 mg ↔ FMK: 1 g"),
        ({"form": "tablet"}, {"form": "suppositorier"}, "Form: Nexus: tablet ↔ FMK: suppositorier"),
        ({"route": "oral"}, {"route": "rektal"}, "Route: Nexus: oral ↔ FMK: rektal"),
        ({"drug": "Pinex Retard"}, {}, "Name: Nexus: Pinex Retard ↔ FMK: Pinex"),
        ({"kind": "prn"}, {}, "FMK: 1 tablet · 08:00"),
        ({"status": "unknown", "status_source": "x?", "end": "2026-11-01"}, {}, "In Nexus: status not known (x?)"),
    ],
)  # fmt: skip
def test_each_difference_is_said_with_both_lists_words(made, text_of, mine, theirs, said):
    drug = {"drug": "Pinex", **mine}
    here = of("Nexus", made.order(1, drug.pop("drug"), *at("08:00"), **drug))
    timed = of("Nexus", made.order(9, "Furix", *at("08:00")))
    there = of("FMK", made.order(1, "Pinex", *at("08:00"), **theirs), list="FMK")
    journal = replace(made.ordinary, orders=Section((here, timed, there), Presence.VALUE, (LOCAL, FMK), 3))
    assert said in text_of("medication-list", journal)


def test_a_list_whose_age_nobody_told_is_named_without_one(made, text_of):
    orders = (of("Nexus", made.order(1, "Pinex", *at("08:00"))), of("Andet", made.order(2, "Furix")))
    journal = replace(made.ordinary, orders=Section(orders, Presence.VALUE, (LOCAL, FMK), 2))
    text = text_of("medication-list", journal)
    assert "The list of Andet (1 order)" in text
    assert "Only in Andet: ? Dosage not delivered" in text


def test_the_title_of_a_list_is_never_parted_from_it_nor_cut():
    title = Title("The list of FMK " * 20)
    assert title.first(300) == title.high(300) > 40
    assert title.cut(300, 20, whole_page=True) is None


def test_whether_a_drug_was_given_is_not_guessed_where_the_site_left_it_out(two, made, text_of):
    journal = replace(two, administrations=made.section(table="administration", presence=Presence.LEFT_OUT))
    assert "Last given: not in this copy by the municipality's decision" in text_of("medicine-sheet", journal)


DOSAGES = st.lists(
    st.sampled_from(
        [{"time": "08:00", "quantity": "1"}, {"slot": "night"}, {"prn": True}, {"time": "09:00", "weekdays": "3"}]
    ),
    max_size=2,
)
STATES = st.sampled_from(
    [
        {},
        {"status": "paused"},
        {"status": "stopped"},
        {"status": "stopped", "end": "2026-11-30"},
        {"start": "2026-11-23"},
    ]
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_order_that_any_list_has_in_force_is_lost_on_paper(made, text_of, data):
    orders = []
    for number in range(data.draw(st.integers(1, 6))):
        source = data.draw(st.sampled_from(["Nexus", "FMK", "PDF"]))
        drug = data.draw(
            st.sampled_from(["Pinex", "Furix 40 mg", "Furix 20 mg", "Insulin Lantus", "Insulin NovoRapid"])
        )
        facts = {**data.draw(STATES), "dosage_text": f"ordination{number}"}
        orders.append(of(source, made.order(number, drug, *data.draw(DOSAGES), **facts)))
    sources = (LOCAL, FMK, delivery("medication", "PDF", "2026-11-21T05:00"))
    journal = replace(made.ordinary, orders=Section(tuple(orders), Presence.VALUE, sources, len(orders)))
    sheet_days = [date(2026, 11, 22), date(2026, 11, 23), date(2026, 11, 24)]
    zone = ZoneInfo("Europe/Copenhagen")
    sheet, signing = (text_of(name, journal, days=3) for name in ("medicine-sheet", "signing-list"))
    needed = text_of("pn-sheet", journal, days=3)
    for order in orders:
        rows = [row for row in administration_rows(order, sheet_days, zone) if row.shown]
        for text in (sheet, signing):
            assert order.medication.drug in text or not in_force(order, sheet_days, zone)
            assert order.medication.dosage_text in text or not rows, "what is due stands there as it was written"
        if any(row.prn for row in rows):
            assert order.medication.dosage_text in needed
