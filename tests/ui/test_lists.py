"""Two lists of medicine, and a citizen of whom several sources speak, as the window tells them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from backupreader.domain.due import due_next
from backupreader.domain.journal import Journal, Order, Section
from backupreader.domain.records import Administration, Citizen, Delivery, Dose, Medication
from backupreader.domain.rounds import DrivingList
from backupreader.language import Language
from backupreader.store.answers import CitizenHit
from tests.ui import town
from ui.chapter import Show, View
from ui.chapters import CHAPTERS
from ui.look import Look, State
from ui.rows import Kind, Row
from ui.telling import sources
from ui.telling.hits import hit_rows
from ui.telling.stops import round_row
from ui.widgets.identity import IdentityBar

ENGLISH = Language("en")
BY_NAME = {chapter.key: chapter for chapter in CHAPTERS}


def view(**more) -> View:
    return View(now=town.NOW, language=ENGLISH, **more)


def rows(name: str, journal: Journal, **more) -> tuple[Row, ...]:
    return BY_NAME[name].rows(journal, view(**more))


def text(found: tuple[Row, ...]) -> str:
    return "\n".join(row.spoken for row in found)


def delivery(source: str, table: str, taken: str = town.TAKEN) -> Delivery:
    return Delivery(source=source, table=table, taken_at=taken, complete=True, read=1, filed=1, refused=0)


def local(number: int, drug: str, *clocks: str, **facts: object) -> Order:
    """An order of the local module, one tablet at each clock time."""
    order_id = f"nexus:m{number}"
    medication = Medication(id=order_id, citizen="nexus:1", drug=drug, origin=town.WHERE, **facts)
    doses = tuple(
        Dose(id=f"{order_id}.{clock}", medication=order_id, citizen="nexus:1", time=clock, quantity="1", unit="tablet",
             every_days=1, origin=town.WHERE)
        for clock in clocks
    )  # fmt: skip
    return Order(medication=medication, doses=doses, administrations=())


@pytest.fixture
def two(journal_of: Callable[..., Journal]) -> Journal:
    """Kirsten, whose medicine card came, with the local module's list beside it."""
    journal = journal_of(1)
    module = (
        local(1, "Marevan", "08:00", strength="2,5 mg", form="tablet"),
        local(2, "Pinex", "08:00", "12:00", "18:00", "22:00", strength="500 mg"),
        local(4, "Eliquis", "08:00", strength="5 mg"),
        local(5, "Furix", "08:00", strength="40 mg"),
        local(8, "Alendronat", strength="70 mg"),
    )
    section = journal.orders
    both = Section(
        (*module, *section.items), section.presence, (delivery("nexus", "medication"), *section.deliveries), 12
    )
    return replace(journal, orders=both)


def test_the_differences_stand_first_the_gravest_before_the_others_and_many_are_counted(two) -> None:
    found = rows("medicine", two)
    assert [row.kind for row in found[:2]] == [Kind.BLIND, Kind.HEADING]
    assert (found[1].title, found[1].aside) == ("nexus and FMK do not agree", "8 drugs")
    more = next(row for row in found if row.target is Show.DIFFERENCES)
    assert more.title == "Show 3 more differences"
    everything = text(rows("medicine", two, shown=frozenset({Show.DIFFERENCES})))
    assert "Status: nexus: in force ↔ FMK: paused 20 Nov 2026 to 24 Nov 2026" in everything
    assert "Only in FMK: 1 sprøjte · evening · from 1 Nov 2026" in everything
    assert "In FMK: stopped 21 Nov 2026, lavt blodtryk" in everything
    assert "Dosage: nexus: 1 tablet · 08:00 ↔ FMK: 1,5 tablet · 08:00" in everything


def test_each_list_stands_by_itself_with_its_own_age(two) -> None:
    heads = [(row.title, row.aside) for row in rows("medicine", two) if row.kind is Kind.HEADING]
    assert ("The list of nexus: 5 orders", "nexus today 05:30 · 3 h 12 min old") in heads
    assert ("The list of FMK: 7 orders", "FMK today 05:10 · 3 h 32 min old") in heads


def test_since_when_nothing_is_confirmed_is_said(two, journal_of) -> None:
    for journal in (two, journal_of(1)):
        for name in ("medicine", "overview"):
            assert "Not confirmed against FMK since today 05:10, 3 h 32 min." in text(rows(name, journal))
    assert "FMK is not in this copy" in text(rows("medicine", journal_of(1, bare=True)))
    assert "FMK" not in text(rows("medicine", journal_of(6, bare=True))), (
        "without a Danish number nothing is asked of FMK"
    )


def test_a_drug_of_both_lists_is_due_once_with_what_the_other_list_says(two) -> None:
    due = [row for row in rows("overview", two) if row.title.startswith("08:00") and "42 min ago" in row.details]
    drugs = ["Eliquis 5 mg", "Furix 40 mg", "Marevan 2,5 mg tablet", "Pinex 500 mg"]
    assert [row.title for row in due] == [f"08:00  {drug}" for drug in drugs]
    eliquis, furix, marevan, pinex = due
    assert any("! FMK differs. Status: paused 20 Nov 2026 to 24 Nov 2026" in line for line in eliquis.details)
    assert any("! In FMK: stopped 21 Nov 2026, lavt blodtryk. Ask before giving." in line for line in furix.details)
    assert [mark.word for mark in marevan.marks][-1] == "LISTS DIFFER"
    assert "LISTS DIFFER" in [mark.word for mark in pinex.marks]
    assert "by the list of nexus" in text(rows("medicine", two))


def test_what_only_the_other_list_has_in_force_is_due_and_to_be_asked_about(two) -> None:
    entries = {entry.order.medication.drug: entry for entry in due_next(two, town.NOW).entries}
    assert entries["Fragmin"].only_in == "FMK"
    assert entries["Marevan"].only_in is None
    due = next(row for row in rows("medicine", two) if row.lead_under == "evening")
    assert (due.title, due.marks[0].word) == ("Fragmin 5000 IE injektion", "ONLY IN FMK: ask before giving")
    needed = next(row for row in rows("overview", two) if row.title.startswith("Oxynorm"))
    assert needed.marks[0].word == "ONLY IN FMK: ask before giving"


def test_a_dose_that_is_recorded_on_the_other_list_s_order_is_recorded(two) -> None:
    given = Administration(
        id="x", citizen="nexus:1", medication="FMK:2", planned_at="2026-11-22T08:00", status="given", origin=town.WHERE
    )
    orders = tuple(
        replace(order, administrations=(given,)) if order.medication.id == "FMK:2" else order
        for order in two.orders.items
    )
    journal = replace(two, orders=replace(two.orders, items=orders))
    entry = next(
        one
        for one in due_next(journal, town.NOW).entries
        if one.at and one.at.hour == 8 and "Pinex" in one.order.medication.drug
    )
    assert entry.administration is given


def test_lists_that_agree_say_so(journal_of) -> None:
    card = local(1, "Pinex", "08:00", list="FMK")
    card = replace(card, medication=replace(card.medication, id="FMK:1"))
    deliveries = (delivery("nexus", "medication"), delivery("FMK", "medication"))
    section = Section((local(1, "Pinex", "08:00"), card), journal_of(1).orders.presence, deliveries, 2)
    found = rows("medicine", replace(journal_of(1), orders=section))
    assert (found[1].kind, found[1].title) == (Kind.NOTHING, "nexus and FMK say the same")
    assert "LISTS DIFFER" not in text(found)


# --- several sources, one citizen ---


@pytest.fixture
def known_twice(journal_of: Callable[..., Journal]) -> Journal:
    """Kirsten, whom a lock system places in hospital and an alarm centre calls by another name."""
    also = (
        Citizen(
            id="bekey:7", name="Møller, Kirsten", status="hospital", phone="20 20 20 20", address="x", origin=town.WHERE
        ),
        Citizen(id="alarm:7", name="Ole Holm", birth_date="1938-03-14", remark="Ring først", origin=town.WHERE),
    )
    told = (
        delivery("nexus", "citizen"),
        delivery("bekey", "citizen", "2026-11-21T22:00:00+01:00"),
        delivery("alarm", "citizen", "i går"),
    )
    return replace(journal_of(1), also=also, told=told)


def test_the_bar_says_where_each_source_places_her_and_who_calls_her_otherwise(known_twice, qtbot) -> None:
    bar = IdentityBar(Look(), ENGLISH)
    qtbot.addWidget(bar)
    bar.tell(known_twice, town.NOW)
    for words in (
        "nexus (3 h 12 min old): AT HOME",
        "bekey (10 h 42 min old): IN HOSPITAL",
        "alarm calls this citizen Ole Holm: ask",
    ):
        assert words in bar.words


def test_an_age_that_cannot_be_told_is_left_out_and_the_source_is_not(known_twice) -> None:
    journal = replace(known_twice, told=())
    words = [mark.word for mark in sources.whereabouts_now(journal, town.NOW, ENGLISH)]
    assert words == ["nexus: AT HOME", "bekey: IN HOSPITAL"]


def test_the_overview_ends_with_what_other_sources_say_of_her(known_twice, journal_of) -> None:
    found = rows("overview", known_twice)
    head, bekey, alarm = found[-3:]
    assert (head.kind, head.title) == (Kind.HEADING, "The same person in other sources, by her number")
    assert (bekey.title, bekey.aside) == ("Møller, Kirsten", "bekey yesterday 22:00 · 10 h 42 min old")
    assert [mark.word for mark in bekey.marks] == ["IN HOSPITAL"]
    assert "20 20 20 20" in bekey.details[0]
    assert [mark.word for mark in alarm.marks] == ["ANOTHER NAME"]
    assert alarm.details[-1] == "Ring først"
    hidden = replace(known_twice, citizen=replace(known_twice.citizen, protected_address=True))
    assert "x" not in rows("overview", hidden)[-2].details[0].split()
    assert "other sources" not in text(rows("overview", journal_of(1)))


def test_the_list_of_those_found_says_where_another_source_places_her(known_twice) -> None:
    citizen = known_twice.citizen
    (alone,) = hit_rows((CitizenHit(citizen, None, "name"),), View(now=town.NOW, language=ENGLISH))
    assert not alone.marks
    (both,) = hit_rows((CitizenHit(citizen, None, "name", known_twice.also),), View(now=town.NOW, language=ENGLISH))
    assert [(mark.word, mark.state) for mark in both.marks] == [
        ("nexus: AT HOME", State.INFO),
        ("bekey: IN HOSPITAL", State.LATE),
    ]


def test_a_driving_list_says_where_another_source_places_her(known_twice) -> None:
    visit = replace(known_twice.visits.items[0], status="planned", staff="NN")
    listed = DrivingList(
        route="Nord", day=town.NOW.date(), visits=(visit,), citizens={"nexus:1": known_twice.citizen},
        alerts={"nexus:1": ()}, alerts_delivered=True, access={}, access_delivered=True, deliveries=(),
        also={"nexus:1": known_twice.also},
    )  # fmt: skip
    words = [mark.word for mark in round_row(visit, listed, view()).marks]
    assert words[-2:] == ["nexus: AT HOME", "bekey: IN HOSPITAL"]


def test_that_another_citizen_has_her_number_is_said_in_the_bar(journal_of: Callable[..., Journal], qtbot) -> None:
    bar = IdentityBar(Look(), ENGLISH)
    qtbot.addWidget(bar)
    journal = journal_of(1)
    bar.tell(journal, town.NOW)
    assert "this person number" not in bar.words
    bar.tell(replace(journal, same_number=(journal.citizen,)), town.NOW)
    assert "One other citizen has this person number: look there too" in bar.words
