from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from backupreader.domain.errors import NOT_FOUND, STORE_DAMAGED
from backupreader.domain.journal import Presence, Section
from backupreader.domain.records import (
    TABLES,
    Access,
    AccessCode,
    Administration,
    Alert,
    Citizen,
    Condition,
    Contact,
    Delivery,
    Document,
    Dose,
    Intervention,
    Issue,
    Measurement,
    Medication,
    Note,
    Origin,
    Unit,
    Visit,
)
from backupreader.domain.trouble import ReaderError

HERE = Origin("export.csv", 1)
SUNDAY = date(2026, 11, 22)


def delivery(table: str, source: str = "n", **facts: object) -> Delivery:
    known = {"taken_at": "2026-11-22T05:30", "complete": True, "read": 1, "filed": 1, "refused": 0}
    return Delivery(source=source, table=table, **{**known, **facts})


def of(record, number: int, **facts):
    """A record about citizen n:1 with what it must have."""
    needed = {
        Alert: {"kind": "allergy", "text": "penicillin"},
        Contact: {"name": "Ole"},
        Access: {"kind": "key"},
        AccessCode: {"access": "n:1", "code": "1234"},
        Condition: {"text": "KOL"},
        Intervention: {"text": "Kateter"},
        Note: {"text": "Sov godt"},
        Medication: {"drug": "Pinex"},
        Dose: {"medication": "n:1"},
        Administration: {},
        Visit: {"start": "2026-11-22T08:30", "zone": "Europe/Copenhagen"},
        Measurement: {"name": "BT", "value": "135/80"},
        Document: {"title": "Plan", "media_type": "application/pdf", "content": b"%PDF"},
    }[record]
    return record(**{"id": f"n:{number}", "citizen": "n:1", "origin": HERE, **needed, **facts})


KIRSTEN = Citizen(id="n:1", name="Kirsten Møller", origin=HERE, unit="n:u1")
OLE = Citizen(id="n:2", name="Ole Holm", origin=HERE, unit="n:u1")
TEAM = Unit(id="n:u1", name="Team Nord", origin=HERE)
ALL_TABLES = tuple(delivery(table) for table in TABLES)


def test_the_generation_says_what_it_is(reading):
    info = reading(KIRSTEN).info
    assert (info.site, info.epoch, info.seq, info.created) == ("skovby", 3, 7, "2026-11-22T05:40:00Z")
    assert info.taken_at == {"nexus": {"note": "2026-11-22T05:30"}}
    assert (info.next_expected, info.fallback) == ("2026-11-22T17:30", None)


def test_whoever_falls_back_says_so(reading):
    reader = reading(KIRSTEN)
    reader.fallback = "The newest data is damaged."
    assert reader.info.fallback == "The newest data is damaged."


def test_what_was_delivered_counted_and_left_unread_can_be_asked(reading):
    issues = [
        Issue(code="a", file="f", severity="note"),
        Issue(code="b", file="f", severity="error", row=3, column="c", value="v", table="note"),
        Issue(code="c", file="f"),
    ]
    reader = reading(KIRSTEN, OLE, delivery("citizen", complete=None), *issues)
    assert reader.deliveries() == (delivery("citizen", complete=None),)
    assert [issue.code for issue in reader.issues(10)][:3] == ["b", "c", "reference-unresolved"]
    assert reader.issues(1) == (issues[1],)
    assert reader.counts()["citizen"] == 2
    assert set(reader.counts()) == set(TABLES)


def test_a_citizen_who_is_not_here_is_none_and_has_no_journal(reading):
    reader = reading(KIRSTEN)
    assert reader.citizen("n:1") == KIRSTEN
    assert reader.citizen("n:9") is None
    with pytest.raises(ReaderError) as caught:
        reader.journal("n:9")
    assert caught.value.kind is NOT_FOUND


def test_an_empty_journal_tells_nothing_recorded_from_not_delivered(reading):
    journal = reading(KIRSTEN, TEAM, delivery("citizen"), delivery("alert"), delivery("note", complete=False)).journal(
        "n:1"
    )
    assert (journal.citizen, journal.unit, journal.namesakes) == (KIRSTEN, TEAM, ())
    assert (journal.also, [one.table for one in journal.told]) == ((), ["citizen"])
    fields = {field.name: getattr(journal, field.name) for field in dataclasses.fields(journal)}
    sections = {name: value for name, value in fields.items() if isinstance(value, Section)}
    said = {name: section.presence for name, section in sections.items()}
    delivered = {"alerts": Presence.NOTHING_RECORDED, "notes": Presence.NOTHING_RECORDED}
    assert said == {name: delivered.get(name, Presence.NOT_DELIVERED) for name in sections}
    assert (sections["notes"].complete, sections["alerts"].complete) == (False, True)
    assert (sections["notes"].taken_at, sections["visits"].taken_at) == ("2026-11-22T05:30", None)


def test_a_stated_none_is_none_known(reading):
    stated = of(Alert, 1, kind="no-known-allergy", text="Ingen kendte")
    assert reading(KIRSTEN, stated, *ALL_TABLES).journal("n:1").alerts.presence is Presence.NONE_KNOWN


def test_a_source_with_citizens_of_its_own_says_nothing_of_others(reading):
    deliveries = [delivery("citizen"), delivery("citizen", "m"), delivery("alert", "m"), delivery("visit", "routes")]
    journal = reading(KIRSTEN, *deliveries).journal("n:1")
    assert journal.alerts.presence is Presence.NOT_DELIVERED
    assert journal.visits.presence is Presence.NOTHING_RECORDED


def test_rows_from_a_source_that_has_citizens_of_its_own_still_have_an_age(reading):
    journal = reading(
        KIRSTEN, of(Alert, 1), delivery("citizen"), delivery("citizen", "m"), delivery("alert", "m")
    ).journal("n:1")
    assert (journal.alerts.presence, journal.alerts.taken_at) == (Presence.VALUE, "2026-11-22T05:30")


def test_a_whole_journal_comes_in_the_order_of_the_ward(reading):
    reader = reading(
        KIRSTEN,
        OLE,
        TEAM,
        of(Alert, 1, status="refuted", text="Aspirin"),
        of(Alert, 2, kind="fall", text="Falder"),
        of(Alert, 3),
        of(Contact, 1, name="Bo"),
        of(Contact, 2, name="Ole", priority=2),
        of(Contact, 3, name="Ida", priority=1),
        of(Access, 1),
        of(Condition, 1, status="inactive", text="A"),
        of(Condition, 2, text="B"),
        of(Intervention, 1, status="ended", text="A"),
        of(Intervention, 2, text="C"),
        of(Intervention, 3, status="unknown", text="b"),
        of(Note, 1, written_at="2026-11-20T08:00"),
        of(Note, 2, written_at="2026-11-21T08:00", status="entered-in-error"),
        of(Note, 3),
        of(Note, 4, written_at="2026-11-21T06:30:00Z"),
        of(Medication, 1),
        of(Medication, 2, drug="Furix", status="stopped"),
        of(Medication, 3, drug="eliquis", status="unknown"),
        of(Dose, 1, time="08:00"),
        of(Dose, 2, time="20:00"),
        of(Dose, 3, medication="n:gone"),
        of(Administration, 1, medication="n:1", planned_at="2026-11-21T08:00", status="planned"),
        of(
            Administration,
            2,
            medication="n:1",
            given_at="2026-11-21T20:00",
            planned_at="2026-11-20T20:00",
            status="given",
        ),
        of(Administration, 3, medication=None, given_at="2026-11-22"),
        of(Visit, 1, start="2026-11-23T08:30"),
        of(Visit, 2),
        of(Visit, 3, citizen="n:2"),
        of(Measurement, 1, taken_at="2026-11-20"),
        of(Measurement, 2, taken_at="2026-11-21"),
        of(Document, 1, date="2026-01-01"),
        of(Document, 2, date="2026-02-01"),
        *ALL_TABLES,
    )
    journal = reader.journal("n:1")

    def ids(items):
        return [int(item.id[2:]) for item in items]

    assert ids(journal.alerts.items) == [3, 2, 1]
    assert ids(journal.contacts.items) == [3, 2, 1]
    assert ids(journal.access.items) == [1]
    assert ids(journal.conditions.items) == [2, 1]
    assert ids(journal.interventions.items) == [3, 2, 1]
    assert ids(journal.notes.items) == [2, 4, 1, 3]
    assert ids(order.medication for order in journal.orders.items) == [3, 1, 2]
    assert ids(journal.orders.items[1].doses) == [1, 2]
    assert ids(journal.orders.items[1].administrations) == [2, 1]
    assert ids(journal.administrations.items) == [3, 2, 1]
    assert ids(journal.visits.items) == [2, 1]
    assert ids(journal.measurements.items) == [2, 1]
    assert ids(journal.documents.items) == [2, 1]
    assert journal.documents.items[0].content == b""
    assert {section.presence for section in (journal.alerts, journal.orders, journal.documents)} == {Presence.VALUE}
    newest = reader.journal("n:1", notes=2).notes
    assert (ids(newest.items), newest.total) == ([2, 4], 4)
    none = reader.journal("n:1", notes=0).notes
    assert (none.items, none.total, none.presence) == ((), 4, Presence.VALUE)


def test_a_code_and_a_document_are_read_only_when_asked_for(reading):
    code, document = of(AccessCode, 1), of(Document, 1)
    reader = reading(KIRSTEN, code, document)
    assert reader.access_codes("n:1") == (code,)
    assert reader.access_codes("n:2") == ()
    assert reader.document("n:1") == document
    assert reader.document("n:2") is None


def test_units_come_by_name_with_their_citizens(reading):
    lake = Unit(id="n:u2", name="Ågården", origin=HERE)
    reader = reading(TEAM, lake, KIRSTEN, OLE, Citizen(id="n:3", name="A", origin=HERE))
    assert [(count.unit.id, count.citizens) for count in reader.units()] == [("n:u2", 0), ("n:u1", 2)]
    assert reader.citizens_of("n:u1") == (KIRSTEN, OLE)
    assert reader.citizens_of("n:u2") == ()


@pytest.mark.parametrize("text", ["n:u1", " n:u1 ", "Team Nord", "team nord", "team"])
def test_a_unit_is_known_by_id_by_name_or_by_how_its_name_begins(reading, text):
    assert reading(TEAM, Unit(id="n:u2", name="Ågården", origin=HERE)).unit_by(text) == TEAM


@pytest.mark.parametrize("text", ["", "nord", "n:u9", "Team"])
def test_what_names_no_unit_or_several_is_answered_with_all_there_are(reading, text):
    with pytest.raises(ReaderError) as caught:
        reading(TEAM, Unit(id="n:u2", name="Team Syd", origin=HERE)).unit_by(text)
    assert caught.value.kind is NOT_FOUND
    assert caught.value.facts["known"] == "Team Nord, Team Syd"


def test_a_long_list_of_what_there_is_is_cut(reading):
    with pytest.raises(ReaderError) as caught:
        reading(*(Unit(id=f"n:{n}", name=f"Unit {n:02}", origin=HERE) for n in range(30))).unit_by("x")
    assert str(caught.value.facts["known"]).endswith("Unit 19, …")


@pytest.fixture
def town(reading):
    return reading(
        KIRSTEN,
        OLE,
        TEAM,
        of(Visit, 1, route="Rute 1", end="2026-11-22T09:00", staff="NN", unit="n:u1"),
        of(Visit, 2, route="Rute 1", minutes=20, start="2026-11-22T07:00", citizen="n:2"),
        of(Visit, 3, route="Rute 1", minutes=10, status="cancelled", start="2026-11-22T06:00"),
        of(Visit, 4, route="Rute 1", minutes=10, status="entered-in-error"),
        of(Visit, 5, route="Rute 1", staff="AB", start="2026-11-22T23:45", end="2026-11-23T00:15", citizen=None),
        of(Visit, 6, route="Rute 2", start="2026-11-23T07:00"),
        of(Visit, 7, minutes=5),
        of(Alert, 1),
        of(Alert, 2, status="refuted"),
        of(Access, 1),
        delivery("visit"),
        delivery("alert"),
    )


def test_routes_are_counted_by_day_and_only_visits_that_go_are_work(town):
    assert town.days() == (SUNDAY, date(2026, 11, 23))
    nowhere, first = town.routes(SUNDAY)
    assert (nowhere.route, nowhere.visits, nowhere.minutes, nowhere.open) == ("", 1, 5, 1)
    assert (first.route, first.day, first.unit) == ("Rute 1", SUNDAY, "n:u1")
    assert (first.visits, first.citizens, first.minutes, first.open, first.cancelled) == (3, 2, 80, 1, 1)
    assert first.staff == ("AB", "NN")
    assert town.routes(date(2026, 1, 1)) == ()


def test_a_driving_list_has_its_visits_in_time_order_and_what_must_be_known(town):
    rounds = town.driving_list("Rute 1", SUNDAY)
    assert [visit.id for visit in rounds.visits] == ["n:3", "n:2", "n:1", "n:4", "n:5"]
    assert rounds.citizens == {"n:1": KIRSTEN, "n:2": OLE}
    assert [alert.id for alert in rounds.alerts["n:1"]] == ["n:1"]
    assert rounds.alerts["n:2"] == ()
    assert [access.id for access in rounds.access["n:1"]] == ["n:1"]
    assert "n:2" not in rounds.access, "no source speaks of her ways in: nothing is known"
    assert (rounds.alerts_delivered, rounds.access_delivered) == (True, False)
    assert [one.table for one in rounds.deliveries] == ["visit"]
    assert town.driving_list("Rute 1", date(2026, 1, 1)).visits == ()
    assert [visit.id for visit in town.driving_list("", SUNDAY).visits] == ["n:7"]


def test_a_route_is_known_by_its_name(town):
    assert town.route_by("Rute 1") == town.route_by("rute 1") == "Rute 1"
    with pytest.raises(ReaderError) as caught:
        town.route_by("Rute")
    assert caught.value.facts["known"] == "Rute 1, Rute 2"


def test_damage_that_shows_at_a_question_is_told(damaged):
    with pytest.raises(ReaderError) as caught:
        damaged([KIRSTEN, *(of(Note, n, text="Sov godt. " * 200) for n in range(500)), *ALL_TABLES]).journal(
            "n:1", notes=500
        )
    assert caught.value.kind is STORE_DAMAGED


def test_a_closed_reader_is_not_asked(reading):
    reader = reading(KIRSTEN)
    reader.close()
    with pytest.raises(Exception, match="closed"):
        reader.journal("n:1")
