"""A session: everything that is shown is in the audit before, and what needs a reason is not shown without one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from backupreader.domain.acts import Act, Actor
from backupreader.domain.barriers import Barrier
from backupreader.domain.errors import NEEDS_REASON
from backupreader.domain.records import Access, AccessCode, Citizen, Document, Medication, Note, Origin, Unit, Visit
from backupreader.domain.trouble import ReaderError
from backupreader.store import database
from backupreader.store.audit import Audit
from backupreader.store.auditreading import entries
from backupreader.store.files import Files
from backupreader.store.outages import Outages
from backupreader.store.reader import Reader
from backupreader.store.seal import public_of, vault_id
from backupreader.store.session import Session
from tests.store.conftest import KEY, manifest

SEED = bytes(range(32))
NOW = datetime(2026, 11, 30, 2, 10, tzinfo=ZoneInfo("Europe/Copenhagen"))
HERE = Origin("export.csv", 1)
DAY = date(2026, 11, 30)
ITEMS = (
    Unit(id="n:area", name="Område Nord", origin=HERE),
    Unit(id="n:nord", name="Team Nord", parent="n:area", origin=HERE),
    Unit(id="n:syd", name="Team Syd", origin=HERE),
    Citizen(id="n:1", name="Kirsten Nord", unit="n:nord", origin=HERE),
    Citizen(id="n:2", name="Kirsten Syd", unit="n:syd", origin=HERE),
    Citizen(id="n:3", name="Kirsten Uden", origin=HERE),
    Citizen(
        id="n:4", name="Jan Skjult", unit="n:nord", protected_address=True, address="Hemmelig 1", phone="12", origin=HERE
    ),
    Citizen(id="n:5", name="Ole Besøgt", unit="n:syd", origin=HERE),
    Medication(id="n:m1", citizen="n:1", drug="Antabus 200 mg", private=True, origin=HERE),
    Medication(id="n:m2", citizen="n:1", drug="Pinex 500 mg", origin=HERE),
    Note(id="n:n1", citizen="n:1", text="Sov godt i nord", author="NN", origin=HERE),
    Note(id="n:n2", citizen="n:2", text="Sov godt i syd", author="MM", title="Nat", origin=HERE),
    Document(
        id="n:d2", citizen="n:2", title="Plan syd", media_type="text/plain", content=b"x", text="godt", origin=HERE
    ),
    Document(
        id="n:d3", title="Syd 1_2026-11-30", route="Syd 1", media_type="text/plain", content=b"x", text="x", origin=HERE
    ),
    Document(id="n:d4", title="Ukendt", route="Ukendt", media_type="text/plain", content=b"x", text="x", origin=HERE),
    Access(id="n:a2", citizen="n:2", kind="keybox", origin=HERE),
    AccessCode(id="n:c2", citizen="n:2", access="n:a2", code="4711", origin=HERE),
    Visit(id="n:v1", citizen="n:1", route="Nord 1", unit="n:nord", start="2026-11-30T08:00", zone="Europe/Copenhagen", origin=HERE),
    Visit(id="n:v4", citizen="n:4", route="Nord 1", unit="n:nord", start="2026-11-30T09:00", zone="Europe/Copenhagen", origin=HERE),
    Visit(id="n:v5", citizen="n:5", route="Nord 2", unit="n:nord", start="2026-11-30T08:00", zone="Europe/Copenhagen", origin=HERE),
    Visit(id="n:v2", citizen="n:2", route="Syd 1", unit="n:syd", start="2026-11-30T08:00", zone="Europe/Copenhagen", origin=HERE),
)  # fmt: skip


class Desk:
    """A reader in the session of one person, and the audit that it writes."""

    def __init__(self, folder: Path, path: Path, *units: str) -> None:
        self.folder = folder / "audit"
        audit = Audit(self.folder, {vault_id(public_of(SEED)): public_of(SEED)}, Files())
        actor = Actor(name="Anna Holm", role="sygeplejerske", units=units)
        nobody: Any = None
        self.session = Session(nobody, actor, audit, lambda: NOW, Outages(folder, Files()))
        self.reader = Reader(database.open_reader(path, KEY), manifest(), self.session)

    @property
    def acts(self) -> list[Act]:
        found = entries(self.folder, {vault_id(public_of(SEED)): SEED}, Files())
        return [entry.act for entry in found if entry.act is not None]

    @property
    def kinds(self) -> list[str]:
        return [act.kind for act in self.acts]


@pytest.fixture
def desk(tmp_path: Path, built: Callable[..., Path]) -> Callable[..., Desk]:
    path = built(ITEMS)
    return lambda *units: Desk(tmp_path, path, *units)


def refused(question: Callable[[], object]) -> bool:
    """Whether a question is answered with the wish for a reason; any other trouble is the test's."""
    try:
        question()
    except ReaderError as trouble:
        if trouble.kind is not NEEDS_REASON:
            raise
        return True
    return False


QUESTIONS: dict[str, Callable[[Reader], object]] = {
    "search": lambda reader: reader.find("kirsten"),
    "search notes": lambda reader: reader.search_notes("godt"),
    "search documents": lambda reader: reader.search_documents("godt"),
    "view": lambda reader: reader.journal("n:1"),
    "codes": lambda reader: reader.access_codes("n:1"),
    "document": lambda reader: reader.document("n:d2"),
    "list of a route": lambda reader: reader.driving_list("Nord 1", DAY),
    "list of a unit": lambda reader: reader.citizens_of("n:nord"),
    "list of documents": lambda reader: reader.documents(),
}


@pytest.mark.parametrize("what", QUESTIONS)
def test_every_answer_about_people_is_in_the_audit_before(desk: Callable[..., Desk], what: str):
    at = desk()
    QUESTIONS[what](at.reader)
    (act,) = at.acts
    assert act.kind == what.split(maxsplit=1)[0]
    assert (act.actor.name, act.at) == ("Anna Holm", NOW)


def test_the_audit_has_the_words_of_a_search_and_whom_a_list_names(desk: Callable[..., Desk]):
    at = desk()
    at.reader.find("kirsten n")
    at.reader.citizens_of("n:nord")
    at.reader.driving_list("Nord 1", DAY)
    search, unit, route = at.acts
    assert search.words == "kirsten n"
    assert (unit.what, set(unit.citizens)) == ("Team Nord", {"n:1", "n:4"})
    assert (route.what, set(route.citizens)) == ("Nord 1 2026-11-30", {"n:1", "n:4"})


def test_own_citizens_are_read_without_a_reason_and_others_are_not(desk: Callable[..., Desk]):
    reader = desk("Team Nord").reader
    assert [refused(lambda who=who: reader.journal(who)) for who in ("n:1", "n:2", "n:3", "n:4")] == [
        False,
        True,
        False,
        False,
    ]


def test_who_is_visited_by_the_own_unit_is_one_s_own(desk: Callable[..., Desk]):
    assert not refused(lambda: desk("Team Nord").reader.journal("n:5"))


def test_a_unit_s_own_are_those_of_the_units_below_it_too(desk: Callable[..., Desk]):
    reader = desk("område nord").reader
    assert not refused(lambda: reader.journal("n:1"))
    assert refused(lambda: reader.journal("n:2"))


def test_a_manager_of_the_whole_area_needs_no_reason_for_a_unit(desk: Callable[..., Desk]):
    reader = desk().reader
    assert not any(refused(lambda who=who: reader.journal(who)) for who in ("n:1", "n:2", "n:5"))


def test_a_unit_that_is_not_there_makes_nobody_one_s_own(desk: Callable[..., Desk]):
    reader = desk("Team Vest").reader
    assert refused(lambda: reader.journal("n:1"))


@pytest.mark.parametrize("what", ["view", "codes", "document", "list of a route"])
def test_a_stated_reason_opens_at_once_and_is_written_down_once(desk: Callable[..., Desk], what: str):
    at = desk("Team Nord")
    ask: Callable[[], object] = {
        "view": lambda: at.reader.journal("n:2"),
        "codes": lambda: at.reader.access_codes("n:2"),
        "document": lambda: at.reader.document("n:d2"),
        "list of a route": lambda: at.reader.driving_list("Syd 1", DAY),
    }[what]
    assert refused(ask)
    assert at.kinds == ["refused"]
    at.session.state(Barrier.OTHER_UNIT, "Syd 1" if what == "list of a route" else "n:2", "She has fallen")
    ask()
    ask()
    assert at.kinds == ["refused", "break-glass", what.split(maxsplit=1)[0], what.split(maxsplit=1)[0]]
    assert (at.acts[1].reason, at.acts[1].what) == ("She has fallen", "other-unit")


def test_a_print_of_another_unit_s_route_takes_a_reason_and_one_of_no_known_route_does_not(desk: Callable[..., Desk]):
    at = desk("Team Nord")
    assert refused(lambda: at.reader.document("n:d3"))
    assert at.reader.document("n:d4") is not None
    at.session.state(Barrier.OTHER_UNIT, "Syd 1", "I drive there")
    assert at.reader.document("n:d3") is not None
    assert at.reader.document("n:none") is None


def test_whether_a_reason_was_stated_can_be_asked_and_is_not_written_down(desk: Callable[..., Desk]):
    at = desk("Team Nord")
    assert not at.session.has_stated(Barrier.PROTECTED, "n:4")
    at.session.state(Barrier.PROTECTED, "n:4", "I drive there")
    assert at.session.has_stated(Barrier.PROTECTED, "n:4")
    assert not at.session.has_stated(Barrier.PRIVATE, "n:4")
    assert at.kinds == []


def test_a_reason_is_for_one_citizen_only(desk: Callable[..., Desk]):
    at = desk("Område Øst")
    at.session.state(Barrier.OTHER_UNIT, "n:2", "She has fallen")
    at.reader.journal("n:2")
    assert refused(lambda: at.reader.journal("n:1"))


def test_one_s_own_stand_first_among_those_who_are_found(desk: Callable[..., Desk]):
    names = [(hit.citizen.name, hit.hers) for hit in desk("Team Syd").reader.find("kirsten")]
    assert names[-1] == ("Kirsten Nord", False)
    assert all(hers for _, hers in names[:-1])


def test_a_note_of_another_unit_s_citizen_is_found_and_nothing_of_it_is_told(desk: Callable[..., Desk]):
    at = desk("Team Nord")
    hits = {hit.note.id: hit for hit in at.reader.search_notes("godt")}
    assert (hits["n:n1"].note.text, hits["n:n1"].withheld) == ("Sov godt i nord", False)
    hidden = hits["n:n2"]
    assert hidden.withheld
    assert "syd" not in repr(hidden.note).casefold().replace("n:syd", "")
    assert hidden.citizen.name == ""
    (document,) = at.reader.search_documents("godt")
    assert document.withheld
    assert (document.document.title, document.excerpt, document.document.text) == ("", "", None)


def test_private_medicine_is_kept_back_and_marked_until_a_reason_is_stated(desk: Callable[..., Desk]):
    at = desk("Team Nord")
    drugs = [order.medication.drug for order in at.reader.journal("n:1").orders.items]
    assert sorted(drugs) == ["", "Pinex 500 mg"]
    assert at.reader.journal("n:1").withheld == {"n:m1"}
    at.session.state(Barrier.PRIVATE, "n:1", "Her doctor asked")
    again = at.reader.journal("n:1")
    assert sorted(order.medication.drug for order in again.orders.items) == ["Antabus 200 mg", "Pinex 500 mg"]
    assert [act.what for act in at.acts if act.kind == "break-glass"] == ["private-medicine"]


def test_a_protected_address_is_kept_back_until_a_reason_is_stated(desk: Callable[..., Desk]):
    at = desk("Team Nord")
    assert at.reader.journal("n:4").citizen.address is None
    assert at.reader.driving_list("Nord 1", DAY).citizens["n:4"].phone is None
    at.session.state(Barrier.PROTECTED, "n:4", "I drive there")
    assert at.reader.journal("n:4").citizen.address == "Hemmelig 1"
    assert at.reader.driving_list("Nord 1", DAY).citizens["n:4"].address is None
    at.session.state(Barrier.PROTECTED, "Nord 1", "I drive there")
    assert at.reader.driving_list("Nord 1", DAY).citizens["n:4"].address == "Hemmelig 1"


def test_without_a_session_nothing_is_written_down_and_nothing_held_back(
    reading: Callable[..., Reader], tmp_path: Path
):
    reader = reading(*ITEMS)
    assert len(reader.journal("n:1").orders.items) == 2
    assert reader.journal("n:4").citizen.address == "Hemmelig 1"
    assert not (tmp_path / "audit").exists()


def test_an_outage_is_in_every_act_until_it_ends(tmp_path: Path, desk: Callable[..., Desk]):
    at, outages = desk(), Outages(tmp_path, Files())
    at.reader.find("a")
    assert outages.begin(NOW, "Anna").number == "2026-001"
    assert outages.begin(NOW, "Bo").number == "2026-001"
    at.reader.find("b")
    assert outages.end(NOW) is not None
    assert outages.end(NOW) is None
    at.reader.find("c")
    assert outages.begin(NOW, "Bo").number == "2026-002"
    at.reader.find("d")
    assert [act.outage for act in at.acts] == ["", "2026-001", "", "2026-002"]


def test_days_of_an_outage_are_counted_from_its_beginning_or_from_newer_data(tmp_path: Path, desk: Callable[..., Desk]):
    at, outages = desk(), Outages(tmp_path, Files())
    session, today = at.session, NOW.date()
    assert session.outage_day(today) == 0
    outages.begin(NOW, "Anna")
    assert [session.outage_day(today + timedelta(days=days)) for days in (-1, 0, 1, 27)] == [1, 1, 2, 28]
    session.made = NOW + timedelta(days=20)
    assert [session.outage_day(today + timedelta(days=days)) for days in (20, 21)] == [1, 2]
    session.made = NOW - timedelta(days=20)
    assert session.outage_day(today) == 1
    outages.end(NOW)
    assert session.outage_day(today) == 0


def test_the_first_outage_of_a_year_is_its_first(tmp_path: Path):
    outages = Outages(tmp_path, Files())
    outages.begin(NOW, "Anna")
    outages.end(NOW)
    assert outages.begin(NOW.replace(year=2027), "Anna").number == "2027-001"
