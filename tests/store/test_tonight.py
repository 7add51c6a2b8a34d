"""Tonight: everyone who is ours in one answer, out of a real generation, in somebody's session."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from backupreader import rulefile
from backupreader.domain.acts import Act, Actor
from backupreader.domain.barriers import Barrier
from backupreader.domain.records import Alert, Citizen, Delivery, Identifier, Medication, Origin, Unit, Visit
from backupreader.domain.tonight import Filter, Ours, Tonight, choose
from backupreader.store import database
from backupreader.store.audit import Audit
from backupreader.store.auditreading import entries
from backupreader.store.files import Files
from backupreader.store.outages import Outages
from backupreader.store.reader import Reader
from backupreader.store.seal import public_of, vault_id
from backupreader.store.session import Session
from sync.adapter import Item
from sync.build import build
from tests.store.conftest import KEY, manifest

SEED = bytes(range(32))
NOW = datetime(2026, 11, 30, 2, 10, tzinfo=ZoneInfo("Europe/Copenhagen"))
HERE = Origin("export.csv", 1)


def citizen(number: int, unit: str | None = "n:nord", **facts: object) -> Citizen:
    return Citizen(id=f"n:{number}", name=f"Borger {number:05}", unit=unit, origin=HERE, **facts)  # type: ignore[arg-type]


def visit(number: int, who: str, start: str, **facts: object) -> Visit:
    return Visit(id=f"n:v{number}", citizen=who, start=start, zone="Europe/Copenhagen", origin=HERE, **facts)  # type: ignore[arg-type]


def delivery(table: str, source: str = "n", *, complete: bool = True) -> Delivery:
    taken = "2026-11-29T17:30:00+01:00"
    return Delivery(source=source, table=table, taken_at=taken, complete=complete, read=1, filed=1, refused=0)


UNITS = (
    Unit(id="n:nord", name="Team Nord", origin=HERE),
    Unit(id="n:syd", name="Team Syd", origin=HERE),
)
ALL = tuple(
    delivery(table) for table in ("citizen", "medication", "alert", "condition", "intervention", "access", "visit")
)


class Desk:
    """A reader in the session of one person, and the audit that it writes."""

    def __init__(self, folder: Path, path: Path, *units: str) -> None:
        self.folder = folder / "audit"
        audit = Audit(self.folder, {vault_id(public_of(SEED)): public_of(SEED)}, Files())
        nobody: Any = None
        actor = Actor(name="Anna Holm", units=units)
        self.session = Session(nobody, actor, audit, lambda: NOW, Outages(folder, Files()))
        self.reader = Reader(database.open_reader(path, KEY), manifest(), self.session)

    def ask(self, now: datetime = NOW) -> Tonight:
        return self.reader.tonight(now)

    def one(self, number: int) -> Ours:
        return next(person for person in self.ask().people if f"n:{number}" in person.ids)

    @property
    def acts(self) -> list[Act]:
        found = entries(self.folder, {vault_id(public_of(SEED)): SEED}, Files())
        return [entry.act for entry in found if entry.act is not None]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Callable[..., Desk]]:
    made: list[Desk] = []

    def make(*items: Item, units: tuple[str, ...] = (), rules: bool = True) -> Desk:
        path = tmp_path / f"{len(made)}.db"
        given = rulefile.load(None) if rules else None
        build(iter(items), path, KEY, files=Files(), tick=lambda *_: None, rules=given)
        made.append(Desk(tmp_path / str(len(made)), path, *units))
        return made[-1]

    yield make
    for one in made:
        one.reader.close()


def test_only_ones_own_are_there_by_name_and_the_audit_has_them_in_one_line(desk) -> None:
    people = (citizen(3), citizen(1), citizen(2, "n:syd"), citizen(4, None), citizen(5, "n:syd"))
    visited = visit(1, "n:5", "2026-11-30T03:00", unit="n:nord")
    at = desk(*UNITS, *people, visited, *ALL, units=("Team Nord",))
    assert [person.citizen.id for person in at.ask().people] == ["n:1", "n:3", "n:4", "n:5"]
    (act,) = at.acts
    assert (act.kind, act.what, act.citizens) == ("list", "tonight", ("n:1", "n:3", "n:4", "n:5"))


def test_the_whole_area_is_hers_who_has_it(desk) -> None:
    at = desk(*UNITS, citizen(1), citizen(2, "n:syd"), *ALL)
    assert [person.unit for person in at.ask().people] == ["Team Nord", "Team Syd"]


def test_nobody_at_all_is_an_empty_answer(desk) -> None:
    found = desk(*UNITS, *ALL).ask()
    assert (found.people, found.lacking & {"citizen"}) == ((), frozenset())


def test_the_shift_is_that_of_the_clock_and_routes_and_visits_are_of_it(desk) -> None:
    visits = (
        visit(1, "n:1", "2026-11-29T23:30", route="Nat 1"),
        visit(2, "n:1", "2026-11-30T06:30", route="Nat 2"),
        visit(3, "n:1", "2026-11-30T08:00", route="Dag 1"),
        visit(4, "n:1", "2026-11-30T04:00", route="Nat 3", status="cancelled"),
        visit(5, "n:1", "2026-12-01T02:10", route="Nat 1"),
        visit(6, "n:1", "2026-11-29T22:59", route="Aften"),
    )
    at = desk(*UNITS, citizen(1), *visits, *ALL)
    assert (at.ask().shift.name, at.ask().shift.date.isoformat()) == ("night", "2026-11-29")
    assert at.one(1).routes == ("Nat 1", "Nat 2")
    assert at.one(1).visits == ("2026-11-30T06:30", "2026-11-30T08:00")


def test_warnings_are_counted_and_the_first_allergies_named(desk) -> None:
    alerts = [Alert(id=f"n:a{n}", citizen="n:1", kind="allergy", text=f"stof {n}", origin=HERE) for n in range(900)]
    other = (
        Alert(id="n:b", citizen="n:2", kind="no-known-allergy", text="Ingen", origin=HERE),
        Alert(id="n:c", citizen="n:3", kind="no-known-allergy", text="Ingen", status="unknown", origin=HERE),
        Alert(id="n:d", citizen="n:4", kind="fall", text="Falder", status="refuted", origin=HERE),
    )
    at = desk(*UNITS, *(citizen(number) for number in range(1, 5)), *alerts, *other, *ALL)
    many, none, doubtful, refuted = (at.one(number) for number in range(1, 5))
    assert ([alert.text for alert in many.allergies], many.more_allergies) == (["stof 0", "stof 1"], 898)
    assert (none.allergies, none.more_allergies, none.alerts) == ((), 0, {"no-known-allergy"})
    assert [alert.status for alert in doubtful.allergies] == ["unknown"]
    assert (refuted.alerts, refuted.alerts_known) == (frozenset(), True)


def test_where_nobody_delivered_warnings_or_medicine_that_is_known_of_each(desk) -> None:
    at = desk(*UNITS, citizen(1), Citizen(id="m:1", name="Anden", origin=HERE), *ALL, delivery("citizen", "m"))
    here = at.ask()
    assert not at.one(1).unasked
    other = next(person for person in here.people if person.citizen.id == "m:1")
    assert not other.alerts_known
    assert other.unasked == {"medication", "alert", "condition", "intervention", "access", "visit"}
    assert not here.lacking & {"medication"}
    bare = desk(*UNITS, citizen(1), delivery("citizen"), delivery("visit", complete=False))
    assert {"medication", "alert"} <= bare.ask().lacking
    assert bare.ask().incomplete == {"visit"}


def test_a_rule_is_matched_over_all_ids_of_one_person(desk) -> None:
    number = (Identifier("cpr", "7403381234", None, True),)
    first = citizen(1, identifiers=number, birth_date="1938-03-74", marital_status="Enlig")
    second = Citizen(id="fmk:1", name="Borger 00001", identifiers=number, origin=HERE)
    drug = Medication(id="fmk:m", citizen="fmk:1", drug="NovoRapid", atc="A10AB05", origin=HERE)
    at = desk(*UNITS, first, second, drug, *ALL)
    (person,) = at.ask().people
    assert set(person.ids) == {"n:1", "fmk:1"}
    assert [match.rule for match in person.matches] == ["insulin"]


def test_private_marked_medicine_only_counts_until_a_reason_is_stated(desk) -> None:
    drug = Medication(id="n:m", citizen="n:1", drug="NovoRapid", atc="A10AB05", private=True, origin=HERE)
    at = desk(*UNITS, citizen(1), citizen(2), drug, *ALL)
    (match,) = at.one(1).matches
    assert (match.withheld, match.rule, match.hits) == (True, "", ())
    assert "NovoRapid" not in repr(at.ask())
    assert len(choose(at.ask().people, Filter(life_critical=True), {}).people) == 1
    assert not choose(at.ask().people, Filter(rule="insulin"), {}).people
    assert "break-glass" not in [act.kind for act in at.acts]
    at.session.state(Barrier.PRIVATE, "n:1", "I give her medicine now")
    assert at.one(1).matches[0].rule == "insulin"
    assert [act.citizens for act in at.acts if act.kind == "break-glass"] == [("n:1",)]


def test_a_protected_address_is_not_in_the_answer(desk) -> None:
    at = desk(*UNITS, citizen(1, protected_address=True, address="Hemmelig 1", phone="12345678", room="7"), *ALL)
    assert "Hemmelig" not in repr(at.ask())
    assert (at.one(1).citizen.address, at.one(1).citizen.phone, at.one(1).citizen.room) == (None, None, None)
    assert at.one(1).citizen.protected_address


def test_a_citizen_without_name_or_number_and_one_with_five_numbers_are_there(desk) -> None:
    numbers = tuple(Identifier("local", str(number)) for number in range(5))
    at = desk(*UNITS, citizen(2, identifiers=numbers), Citizen(id="n:1", name="", origin=HERE), *ALL)
    assert [len(person.citizen.identifiers) for person in at.ask().people] == [0, 5]


def test_a_generation_without_rules_says_so(desk) -> None:
    at = desk(*UNITS, citizen(1), *ALL, rules=False)
    assert at.ask().rulebook is None
    assert at.one(1).matches == ()


def test_ten_thousand_are_answered_at_once_and_named_in_one_line_of_the_audit(desk) -> None:
    people = (citizen(number, identifiers=(Identifier("cpr", f"{number:010}"),)) for number in range(10_000))
    drugs = (
        Medication(id=f"n:m{number}", citizen=f"n:{number}", drug="Insulin", origin=HERE)
        for number in range(0, 10_000, 3)
    )
    at = desk(*UNITS, *people, *drugs, *ALL)
    found = at.ask()
    assert len(found.people) == 10_000
    assert sum(bool(person.matches) for person in found.people) == 3334
    (act,) = at.acts
    assert len(act.citizens) == 10_000
