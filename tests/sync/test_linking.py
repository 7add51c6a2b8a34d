"""Who of the citizens of several sources is one person, as the build files it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from backupreader.domain.records import Citizen, Document, Dose, Identifier, Medication, Note, Origin, Visit
from backupreader.store import database
from backupreader.store.files import Files
from sync.build import build

KEY = bytes(range(32))
HERE = Origin("x.csv", 3)
CPR = Identifier("cpr", "140338-1234")
NEXUS = Citizen(id="nexus:1", name="Kirsten Møller", identifiers=(CPR,), birth_date="1938-03-14", origin=HERE)
CARD = Citizen(id="fmk:1403381234", name="Kirsten Møller", identifiers=(Identifier("cpr", "1403381234"),), origin=HERE)


@pytest.fixture
def asked(tmp_path):
    """Builds the items and asks the finished database."""

    def ask(items, question):
        path = tmp_path / "data.db"
        path.unlink(missing_ok=True)
        build(items, path, KEY, files=Files(), tick=lambda _done, _total: None)
        connection = database.open_reader(path, KEY)
        try:
            return connection.execute(question).fetchall()
        finally:
            connection.close()

    return ask


SAME = "SELECT citizen, person FROM same_person ORDER BY citizen"
ISSUES = 'SELECT code, severity, file, "row", value, "table" FROM issue ORDER BY rowid'


def test_the_first_source_that_was_read_stands_for_her_and_every_row_stays(asked):
    assert asked([CARD, NEXUS], SAME) == [("fmk:1403381234", "fmk:1403381234"), ("nexus:1", "fmk:1403381234")]
    assert asked([NEXUS, CARD], SAME) == [("fmk:1403381234", "nexus:1"), ("nexus:1", "nexus:1")]
    assert asked([NEXUS, CARD], "SELECT id, name FROM citizen") == [(one.id, one.name) for one in (NEXUS, CARD)]


def test_whoever_one_source_alone_knows_is_not_told_of(asked):
    assert asked([NEXUS, replace(CARD, identifiers=())], SAME) == []


def test_ids_that_are_her_number_lead_to_her_in_every_table(asked):
    items = [
        NEXUS,
        Medication(id="fmk:m", citizen="fmk:1403381234", drug="Pinex", origin=HERE),
        Dose(id="fmk:d", medication="fmk:m", citizen="fmk:1403381234", origin=HERE),
        Document(
            id="pdf:d", citizen="pdf:140338-1234", title="P", media_type="application/pdf", content=b"", origin=HERE
        ),
        Visit(id="rute:v", citizen="rute:1403381234", start="2026-11-22T08:00", zone="Europe/Copenhagen", origin=HERE),
        Visit(id="rute:w", start="2026-11-22T08:00", zone="Europe/Copenhagen", origin=HERE),
    ]
    assert asked(items, SAME) == [
        ("fmk:1403381234", "nexus:1"),
        ("nexus:1", "nexus:1"),
        ("pdf:140338-1234", "nexus:1"),
        ("rute:1403381234", "nexus:1"),
    ]
    assert asked(items, ISSUES) == []


def test_a_number_that_nobody_has_leads_nowhere_and_is_told(asked):
    note = Note(id="pdf:n", citizen="pdf:0101501234", text="x", origin=HERE)
    assert asked([NEXUS, note], SAME) == []
    assert asked([NEXUS, note], ISSUES) == [("reference-unresolved", "error", "x.csv", 3, "pdf:0101501234", "note")]


def test_what_speaks_against_it_is_filed_where_it_stands(asked):
    other = replace(CARD, birth_date="1951-07-02", origin=Origin("card.xml", 9))
    found = asked([NEXUS, other], ISSUES)
    assert found == [
        ("number-other-birthday", "error", "x.csv", 3, "140338-1234 (1938-03-14)", "citizen"),
        ("number-other-birthday", "error", "card.xml", 9, "1403381234 (1951-07-02)", "citizen"),
    ]
    assert asked([NEXUS, other], SAME) == []


def test_visits_to_one_person_are_to_one_citizen(asked):
    visits = [
        Visit(
            id=f"rute:{number}",
            citizen=who,
            route="Nord",
            start="2026-11-22T08:00",
            zone="Europe/Copenhagen",
            origin=HERE,
        )
        for number, who in enumerate(("nexus:1", "fmk:1403381234"))
    ]
    rows = [NEXUS, CARD, *visits]
    assert asked(rows, "SELECT visits, citizens FROM route_day") == [(2, 1)]


def test_ten_thousand_citizens_of_two_sources_are_linked_in_one_pass(asked):
    """Comparing everyone with everyone would take hours here."""
    town = [
        Citizen(id=f"{source}:{number}", name="A", origin=HERE, identifiers=(Identifier("cpr", f"010101{number:04}"),))
        for source in ("a", "b")
        for number in range(10_000)
    ]
    assert asked(town, "SELECT count(*), count(DISTINCT person) FROM same_person") == [(20_000, 10_000)]
