"""One citizen whom several sources know: she is one in every answer, and nothing that a source said of her is lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from backupreader.domain.journal import Presence
from backupreader.domain.records import (
    Access,
    AccessCode,
    Administration,
    Alert,
    Citizen,
    Delivery,
    Document,
    Dose,
    Identifier,
    Medication,
    Note,
    Origin,
    Unit,
    Visit,
)

HERE = Origin("export.csv", 1)
SUNDAY = date(2026, 11, 22)
CPR = Identifier("cpr", "140338-1234")
NEXUS = Citizen(
    id="nexus:1", name="Kirsten Møller", identifiers=(CPR,), unit="nexus:nord", status="home", address="Skovvej 4",
    phone="98 17 00 01", origin=HERE,
)  # fmt: skip
FMK = Citizen(id="fmk:1403381234", name="Kirsten Anna Møller", identifiers=(CPR,), origin=HERE)
LOCKS = Citizen(
    id="bekey:7", name="Møller, Kirsten", identifiers=(Identifier("cpr", "1403381234"),), unit="bekey:vest",
    status="hospital", protected_address=True, address="Hemmelig 9", phone="20 30 40 50", origin=HERE,
)  # fmt: skip
OTHER = Citizen(id="nexus:2", name="Kirsten Møller", unit="nexus:nord", birth_date="1951-07-02", origin=HERE)
UNITS = (Unit(id="nexus:nord", name="Team Nord", origin=HERE), Unit(id="bekey:vest", name="Vest", origin=HERE))


def delivery(table: str, source: str, taken: str = "2026-11-22T05:30") -> Delivery:
    return Delivery(source=source, table=table, taken_at=taken, complete=True, read=1, filed=1, refused=0)


def visit(number: int, citizen: str, hour: int = 8) -> Visit:
    return Visit(
        id=f"rute:{number}", citizen=citizen, start=f"2026-11-22T{hour:02}:30", zone="Europe/Copenhagen", route="Rute 1",
        minutes=10, origin=HERE,
    )  # fmt: skip


@pytest.fixture
def town(reading):
    return reading(
        NEXUS,
        OTHER,
        FMK,
        LOCKS,
        *UNITS,
        Note(id="nexus:n1", citizen="nexus:1", text="Sov godt", written_at="2026-11-21", origin=HERE),
        Note(id="bekey:n1", citizen="bekey:7", text="Skiftede batteri", written_at="2026-11-22", origin=HERE),
        Alert(id="nexus:a1", citizen="nexus:1", kind="no-known-allergy", text="ingen", origin=HERE),
        Alert(id="fmk:a1", citizen="fmk:1403381234", kind="allergy", text="penicillin", origin=HERE),
        Medication(id="nexus:m1", citizen="nexus:1", drug="Pinex", origin=HERE),
        Medication(id="fmk:m1", citizen="fmk:1403381234", drug="Pinex", list="FMK", origin=HERE),
        Dose(id="fmk:d1", medication="fmk:m1", citizen="fmk:1403381234", time="08:00", origin=HERE),
        Administration(id="nexus:g1", citizen="nexus:1", medication="nexus:m1", status="given", origin=HERE),
        Access(id="bekey:k1", citizen="bekey:7", kind="lock", origin=HERE),
        AccessCode(id="bekey:kk", citizen="bekey:7", access="bekey:k1", code="4711", origin=HERE),
        Document(
            id="pdf:1", citizen="pdf:1403381234", title="Epikrise", media_type="application/pdf", content=b"%PDF", origin=HERE
        ),
        visit(1, "nexus:1"),
        visit(2, "bekey:7", 12),
        visit(3, "nexus:2", 9),
        *(delivery("citizen", source) for source in ("nexus", "fmk", "bekey")),
        delivery("medication", "nexus"),
        delivery("medication", "fmk", "2026-11-22T05:10"),
        delivery("alert", "nexus"),
        delivery("access", "bekey"),
        delivery("document", "pdf"),
        delivery("visit", "rute"),
    )  # fmt: skip


ALL_HER_IDS = ["nexus:1", "fmk:1403381234", "bekey:7", "pdf:1403381234"]


def ids(items) -> list[str]:
    return [item.id for item in items]


@pytest.mark.parametrize("citizen_id", ALL_HER_IDS)
def test_any_of_her_ids_opens_the_one_journal_with_what_every_source_says(town, citizen_id):
    journal = town.journal(citizen_id)
    assert journal.citizen.id == town.citizen(citizen_id).id == "nexus:1"
    assert journal.also == (FMK, LOCKS)
    assert ids(journal.notes.items) == ["bekey:n1", "nexus:n1"]
    assert journal.notes.total == 2
    assert ids(order.medication for order in journal.orders.items) == ["nexus:m1", "fmk:m1"]
    assert ids(journal.orders.items[1].doses) == ["fmk:d1"]
    assert ids(journal.administrations.items) == ["nexus:g1"]
    assert ids(journal.access.items) == ["bekey:k1"]
    assert ids(journal.documents.items) == ["pdf:1"]
    assert ids(journal.visits.items) == ["rute:1", "rute:2"]
    assert ids(town.access_codes(citizen_id)) == ["bekey:kk"]


def test_every_section_still_says_each_source_with_its_own_taken_at(town):
    journal = town.journal("nexus:1")
    assert [(one.source, one.taken_at) for one in journal.orders.deliveries] == [
        ("nexus", "2026-11-22T05:30"),
        ("fmk", "2026-11-22T05:10"),
    ]
    assert [one.source for one in journal.told] == ["nexus", "fmk", "bekey"]
    assert [one.source for one in journal.access.deliveries] == ["bekey"]
    assert town.journal("nexus:2").access.presence is Presence.NOT_DELIVERED


def test_an_allergy_of_one_source_is_not_hidden_by_the_none_known_of_another(town):
    assert town.journal("nexus:1").alerts.presence is Presence.VALUE
    assert [alert.text for alert in town.journal("nexus:1").alerts.items] == ["penicillin", "ingen"]


def test_a_protection_that_any_source_states_holds_and_neither_her_address_nor_her_telephone_is_searched_in(town):
    assert town.journal("nexus:1").citizen.protected_address
    assert town.find("1234")[0].citizen.protected_address
    assert town.driving_list("Rute 1", SUNDAY).citizens["nexus:1"].protected_address
    assert town.find("skovvej") == town.find("hemmelig") == ()
    assert town.find("98170001") == town.find("20304050") == ()


@pytest.mark.parametrize("words", ["kirsten anna", "møller", "1403381234", "140338-1234", "vest"])
def test_she_is_found_once_by_what_any_source_says_of_her(town, words):
    assert [hit.citizen.id for hit in town.find(words) if hit.citizen.id != "nexus:2"] == ["nexus:1"]
    assert town.find(words)[0].also == (FMK, LOCKS)


def test_two_rows_of_one_person_are_one_citizen_by_number_and_no_namesake_of_herself(town):
    assert town.citizen_by("1403381234").id == town.citizen_by("bekey:7").id == "nexus:1"
    assert ids(town.journal("fmk:1403381234").namesakes) == ["nexus:2"]
    assert ids(town.journal("nexus:2").namesakes) == ["nexus:1"]
    assert town.people() == 2
    assert town.counts()["citizen"] == 4


def test_a_unit_has_whomever_any_source_places_there_and_each_once(town):
    assert ids(town.citizens_of("nexus:nord")) == ["nexus:1", "nexus:2"]
    assert ids(town.citizens_of("bekey:vest")) == ["nexus:1"]
    assert {count.unit.id: count.citizens for count in town.units()} == {"nexus:nord": 2, "bekey:vest": 1}


def test_on_a_driving_list_she_goes_by_one_id_and_is_counted_once(town):
    rounds = town.driving_list("Rute 1", SUNDAY)
    assert [visit.citizen for visit in rounds.visits] == ["nexus:1", "nexus:2", "nexus:1"]
    assert set(rounds.citizens) == {"nexus:1", "nexus:2"}
    assert rounds.also == {"nexus:1": (FMK, LOCKS)}
    assert [alert.text for alert in rounds.alerts["nexus:1"]] == ["ingen", "penicillin"]
    assert ids(rounds.access["nexus:1"]) == ["bekey:k1"]
    assert town.routes(SUNDAY)[0].citizens == 2


def test_a_note_of_another_source_is_hers(town):
    (hit,) = town.search_notes("batteri ")
    assert (hit.note.citizen, hit.citizen.id) == ("bekey:7", "nexus:1")


def test_what_refers_to_her_by_number_leads_somewhere_and_what_refers_to_nobody_is_told(reading):
    document = Document(id="pdf:1", title="P", media_type="application/pdf", content=b"", origin=HERE)
    reader = reading(
        NEXUS,
        replace(document, citizen="pdf:1403381234"),
        replace(document, id="pdf:2", citizen="pdf:1111111118"),
        replace(document, id="pdf:3", citizen="pdf:140338-1234"),
        *UNITS,
    )
    assert ids(reader.journal("nexus:1").documents.items) == ["pdf:1", "pdf:3"]
    assert [(issue.code, issue.value) for issue in reader.issues()] == [("reference-unresolved", "pdf:1111111118")]


def test_a_number_of_two_persons_means_neither(reading):
    twins = (Citizen(id=f"nexus:{number}", name="A", identifiers=(CPR,), origin=HERE) for number in (1, 2))
    note = Note(id="pdf:1", citizen="pdf:1403381234", text="x", origin=HERE)
    reader = reading(*twins, note)
    assert reader.citizen("pdf:1403381234") is None
    assert [issue.code for issue in reader.issues()] == ["reference-unresolved", "number-twice-in-source"]


def test_without_a_second_source_nothing_is_said_of_others(reading):
    journal = reading(NEXUS, *UNITS).journal("nexus:1")
    assert (journal.citizen, journal.also) == (NEXUS, ())


def test_whoever_has_her_number_but_was_kept_apart_is_told_on_both_pages(reading):
    wrong = Identifier("personnummer", "19380314-1234", None, valid=False)
    opened = reading(
        replace(NEXUS, birth_date="1938-03-14"),
        replace(FMK, birth_date="1951-07-02"),
        replace(OTHER, identifiers=(wrong, Identifier("local", "4711-4711"))),
        replace(LOCKS, identifiers=(wrong, Identifier("local", "4711-4711"), Identifier("cpr", "111111-1111"))),
        Citizen(id="x:1", name="Ole", identifiers=(Identifier("cpr", "1111111111"),), origin=HERE),
    )
    same = {
        citizen: ids(opened.journal(citizen).same_number)
        for citizen in ("nexus:1", FMK.id, "nexus:2", "bekey:7", "x:1")
    }
    assert same == {
        "nexus:1": [FMK.id],
        FMK.id: ["nexus:1"],
        "nexus:2": ["bekey:7"],
        "bekey:7": ["nexus:2"],
        "x:1": [],
    }


def test_nobody_shares_a_number_with_herself(town):
    assert town.journal("nexus:1").same_number == ()
