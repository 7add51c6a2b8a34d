"""Which citizens go to which site's PCs, with everything about them and nothing about others."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import pytest

from backupreader.domain.linking import link
from backupreader.domain.records import (
    AccessCode,
    Citizen,
    Delivery,
    Document,
    Dose,
    Identifier,
    Issue,
    Medication,
    Note,
    Origin,
    Receipt,
    Unit,
    Visit,
)
from backupreader.settings import Settings, SiteSetting, load
from backupreader.store import database
from backupreader.store.files import Files
from backupreader.store.rows import Shelf
from sync import share
from sync.adapter import Item
from sync.build import build, gather
from sync.read import read_all
from sync.sample.write import write
from sync.sites import Site, sites, units_of, unknown

KEY = bytes(32)
NOW = datetime(2026, 11, 22, 5, 30, tzinfo=UTC)
UNITS = (
    Unit(id="n:1", name="Nord", origin=Origin("unit.csv", 2)),
    Unit(id="n:11", name="Nord nat", parent="n:1", origin=Origin("unit.csv", 3)),
    Unit(id="n:2", name="Syd", origin=Origin("unit.csv", 4)),
    Unit(id="n:3", name="Øst", origin=Origin("unit.csv", 5)),
)
Kind = TypeVar("Kind")


def citizen(name: str, unit: str | None, row: int = 0, **facts: Any) -> Citizen:
    return Citizen(id=f"n:{name}", name=name, unit=unit, origin=Origin("citizen.csv", row or len(name)), **facts)


def note(about: str, row: int = 1) -> Note:
    return Note(id=f"n:{about}-{row}", citizen=f"n:{about}", text=about, origin=Origin("note.csv", row))


def visit(number: int, about: str | None, unit: str | None, route: str | None = None) -> Visit:
    return Visit(
        id=f"n:{number}",
        start="2026-11-22T07:00",
        zone="Europe/Copenhagen",
        citizen=about and f"n:{about}",
        unit=unit,
        route=route,
        origin=Origin("visit.csv", number),
    )


def receipt(file: str) -> Receipt:
    return Receipt(source="n", file=file, read=9, filed=9, refused=0)


def site(name: str, *named: str, left_out: tuple[str, ...] = ()) -> Site:
    return Site(name=name, named=named, left_out=left_out, targets=())


@pytest.fixture
def shared(tmp_path: Path) -> Callable[..., list[Item]]:
    """What a site gets of some items."""

    def take(wanted: Site, *items: Item) -> list[Item]:
        whole, part, files = tmp_path / f"{wanted.name}.whole", tmp_path / f"{wanted.name}.part", Files()
        gather(iter(items), whole, KEY, files=files, tick=lambda *_: None, zone="Europe/Copenhagen", now=NOW)
        files.write_new(part, b"")
        return list(share.take(whole, KEY, part, wanted))

    return take


def of(items: Iterable[Item], kind: type[Kind]) -> list[Kind]:
    return [item for item in items if isinstance(item, kind)]


def ids(items: Iterable[Item], kind: type[Any]) -> set[str]:
    return {item.id for item in of(items, kind)}


def test_without_sites_there_is_one_that_has_everything():
    (only,) = sites(Settings(site="nordby", send_to=("x",)))
    assert only == Site(name="nordby", named=None, left_out=(), targets=("x",))
    assert only.whole
    assert not sites(Settings(leave_out=("note",)))[0].whole


def test_a_neighbour_s_units_are_a_site_s_too_and_what_it_does_not_say_is_as_for_all():
    settings = Settings(
        send_to=("x",),
        leave_out=("medication", "dose"),
        sites=(
            SiteSetting(name="nord", units=("Nord",)),
            SiteSetting(name="syd", units=("Syd",), neighbours=("nord",), send_to=(), leave_out=()),
        ),
    )
    assert sites(settings) == (
        Site(name="nord", named=("Nord",), left_out=("medication", "dose"), targets=("x",)),
        Site(name="syd", named=("Syd", "Nord"), left_out=(), targets=()),
    )


@pytest.mark.parametrize(
    ("named", "found"),
    [
        (("nord",), {"n:1", "n:11"}),
        (("n:11",), {"n:11"}),
        (("11", "SYD"), {"n:11", "n:2"}),
        (("Vest",), set()),
    ],
)
def test_a_unit_is_meant_by_its_name_or_id_with_the_units_below_it(named: tuple[str, ...], found: set[str]):
    assert units_of(named, UNITS) == found
    assert unknown(named, UNITS) == tuple(name for name in named if name == "Vest")


def test_units_in_a_circle_are_all_meant():
    circle = [
        Unit(id="n:a", name="A", parent="n:b", origin=Origin("u", 1)),
        Unit(id="n:b", name="B", parent="n:a", origin=Origin("u", 2)),
    ]
    assert units_of(("A",), circle) == {"n:a", "n:b"}


def test_a_site_gets_the_citizens_of_its_units_with_everything_about_them(shared: Callable[..., list[Item]]):
    got = shared(
        site("nord", "Nord"),
        *UNITS,
        citizen("Ane", "n:1", identifiers=(Identifier("cpr", "010150-1234"),)),
        citizen("Boes", "n:11"),
        citizen("Carlo", "n:2"),
        note("Ane"),
        note("Carlo", 2),
        Medication(id="n:m", citizen="n:Ane", drug="Furix", origin=Origin("m.csv", 2)),
        Dose(id="n:d", citizen="n:Ane", medication="n:m", origin=Origin("m.csv", 2)),
        AccessCode(id="n:k", citizen="n:Carlo", access="n:a", code="1234", origin=Origin("k.csv", 2)),
        Delivery(source="n", table="note", taken_at="2026-11-22", complete=True, read=2, filed=2, refused=0),
    )
    assert ids(got, Citizen) == {"n:Ane", "n:Boes"}
    assert next(one for one in of(got, Citizen) if one.name == "Ane").identifiers[0].value == "010150-1234"
    assert ids(got, Note) == {"n:Ane-1"}
    assert (ids(got, Medication), ids(got, Dose), of(got, AccessCode)) == ({"n:m"}, {"n:d"}, [])
    assert of(got, Unit) == list(UNITS)
    assert len(of(got, Delivery)) == 1
    assert of(got, Issue) == []


def test_whoever_belongs_to_no_unit_goes_everywhere_and_it_is_said(shared: Callable[..., list[Item]]):
    items = (*UNITS, citizen("Ane", None), citizen("Boes", "n:99"), note("Dorthe"), citizen("Carlo", "n:2"))
    for where in (site("nord", "Nord"), site("syd", "Syd")):
        got = shared(where, *items)
        assert {"n:Ane", "n:Boes"} <= ids(got, Citizen)
        assert ids(got, Note) == {"n:Dorthe-1"}  # whom no source delivered
        assert [(item.code, item.row) for item in of(got, Issue)] == [(share.NO_UNIT, 3), (share.NO_UNIT, 4)]


def test_a_citizen_whom_a_unit_visits_is_on_that_unit_s_pcs_too(shared: Callable[..., list[Item]]):
    items = (*UNITS, citizen("Ane", "n:1"), visit(1, "Ane", "Syd"), visit(2, "Ane", "n:1"))
    assert ids(shared(site("syd", "Syd"), *items), Visit) == {"n:1", "n:2"}
    assert ids(shared(site("oest", "Øst"), *items), Visit) == set()


def test_visits_and_documents_about_nobody_go_by_their_unit_or_else_everywhere(shared: Callable[..., list[Item]]):
    def printed(number: int, route: str | None) -> Document:
        return Document(
            id=f"n:{number}", title="", media_type="", content=b"", route=route, origin=Origin(f"{number}.pdf", 0)
        )

    items = (
        *UNITS,
        visit(1, None, "n:2", "S1"),
        visit(2, None, "Nord nat", "N1"),
        visit(3, None, None, "X"),
        visit(4, None, "Somewhere", "Y"),
        printed(1, "S1"),
        printed(2, "N1"),
        printed(3, "X"),
        printed(4, None),
        *(receipt(f"{number}.pdf") for number in range(1, 5)),
    )
    got = shared(site("nord", "Nord"), *items)
    assert ids(got, Visit) == ids(got, Document) == {"n:2", "n:3", "n:4"}
    assert [item.file for item in of(got, Receipt)] == ["2.pdf", "3.pdf", "4.pdf"]


def test_a_print_of_a_route_goes_where_those_live_whom_it_visits_when_no_unit_is_said(
    shared: Callable[..., list[Item]],
):
    whole = Document(id="n:d", title="", media_type="", content=b"", route="S1", origin=Origin("s1.pdf", 0))
    items = (*UNITS, citizen("Bo", "Syd"), visit(1, "Bo", None, "S1"), whole, receipt("s1.pdf"))
    assert ids(shared(site("syd", "Syd"), *items), Document) == {"n:d"}
    got = shared(site("nord", "Nord"), *items)
    assert ids(got, Document) == set()
    assert of(got, Receipt) == []


def test_a_citizen_who_is_at_a_site_by_another_source_is_not_said_to_be_nowhere(tmp_path: Path):
    number = (Identifier("cpr", "0101501234", valid=True),)
    here = citizen("Ane", "n:2", identifiers=number)
    there = Citizen(id="m:9", name="Ane", unit="m:1", identifiers=number, origin=Origin("m.csv", 2))
    unit = Unit(id="m:1", name="Team Vest", origin=Origin("unit.csv", 9))
    whole = tmp_path / "whole"
    gather(
        iter((*UNITS, unit, here, there)),
        whole,
        KEY,
        files=Files(),
        tick=lambda *_: None,
        zone="Europe/Copenhagen",
        now=NOW,
    )
    assert share.not_meant(whole, KEY, [site("syd", "Syd")])[0] == {}
    assert share.not_meant(whole, KEY, [site("nord", "Nord")])[0] == {"Syd": 1, "Team Vest": 1}


def test_all_ids_of_one_person_stay_together(shared: Callable[..., list[Item]]):
    number = (Identifier("cpr", "0101501234", valid=True),)
    born = {"birth_date": "1950-01-01", "identifiers": number}
    card = Citizen(id="fmk:7", name="Ane", origin=Origin("card.xml", 1), **born)  # type: ignore[arg-type]
    order = Medication(id="fmk:m", citizen="fmk:7", drug="Furix", origin=Origin("card.xml", 2))
    items = (*UNITS, citizen("Ane", "n:1", **born), citizen("Carlo", "n:2"), card, order)
    got = shared(site("nord", "Nord"), *items)
    assert ids(got, Citizen) == {"n:Ane", "fmk:7"}
    assert ids(got, Medication) == {"fmk:m"}
    assert of(got, Issue) == []
    other = shared(site("syd", "Syd"), *items)
    assert (ids(other, Citizen), ids(other, Medication)) == ({"n:Carlo"}, set())


def test_a_number_that_two_have_links_nobody_at_any_site(shared: Callable[..., list[Item]]):
    number = (Identifier("cpr", "010150-1234", valid=True),)
    items = (*UNITS, citizen("Ane", "n:1", identifiers=number), citizen("Boes", "n:2", identifiers=number))
    assert ids(shared(site("nord", "Nord"), *items), Citizen) == {"n:Ane", "n:Boes"}


def issue(file: str, row: int, table: str | None = None) -> Issue:
    return Issue(code="date-unreadable", file=file, row=row, value="secret", table=table)


def test_what_was_told_of_other_sites_citizens_does_not_come(shared: Callable[..., list[Item]]):
    got = shared(
        site("nord", "Nord"),
        *UNITS,
        citizen("Ane", "n:1", 2),
        citizen("Carlo", "n:2", 3),
        note("Carlo", 1),
        Note(id="n:own", citizen="n:Ane", text="", origin=Origin("ane.xml", 1)),
        issue("citizen.csv", 2),  # a row of this site
        issue("citizen.csv", 3),  # a row of another
        issue("citizen.csv", 9),  # a row that was refused: nobody knows whose
        issue("note.csv", 0),  # a file in which only others are
        issue("ane.xml", 7),  # a file in which only this site's are
        issue("empty.csv", 1),  # a file that gave nothing
        *(receipt(file) for file in ("citizen.csv", "note.csv", "ane.xml", "empty.csv")),
    )
    assert [(item.file, item.row, item.value) for item in of(got, Issue)] == [
        ("citizen.csv", 2, "secret"),
        ("citizen.csv", 9, None),
        ("ane.xml", 7, "secret"),
        ("empty.csv", 1, None),
    ]
    assert [item.file for item in of(got, Receipt)] == ["citizen.csv", "ane.xml", "empty.csv"]


def test_a_place_that_two_sources_call_the_same_tells_no_value_of_the_other(shared: Callable[..., list[Item]]):
    got = shared(
        site("nord", "Nord"), *UNITS, citizen("Ane", "n:1", 2), citizen("Carlo", "n:2", 2), issue("citizen.csv", 2)
    )
    assert [item.value for item in of(got, Issue)] == [None]


def test_what_is_left_out_comes_neither_as_a_record_nor_in_an_issue(shared: Callable[..., list[Item]]):
    everything = Site(name="all", named=None, left_out=("medication", "dose"), targets=())
    got = shared(
        everything,
        *UNITS,
        citizen("Ane", "n:1"),
        note("Ane"),
        Medication(id="n:m", citizen="n:Ane", drug="Furix", origin=Origin("m.csv", 2)),
        issue("m.csv", 2),
        issue("m.csv", 9),
        issue("x.csv", 1, "dose"),
        issue("note.csv", 1),
        receipt("m.csv"),
        *(
            Delivery(source="n", table=table, taken_at="2026", complete=True, read=1, filed=1, refused=0)
            for table in ("note", "medication", "dose")
        ),
    )
    assert (len(of(got, Citizen)), len(of(got, Note)), of(got, Medication)) == (1, 1, [])
    assert [item.file for item in of(got, Issue)] == ["note.csv"]
    assert [item.table for item in of(got, Delivery)] == ["note"]
    assert of(got, Receipt) == []


def test_nothing_in_a_site_s_generation_tells_of_another_site_s_citizens(tmp_path: Path):
    made = write(tmp_path, size="tiny", country="DK", now=NOW, flawed=True)
    settings = load(made.settings, tmp_path / "data")
    whole, part, path, files = tmp_path / "whole", tmp_path / "part", tmp_path / "built.db", Files()
    items = list(read_all(settings))
    gather(iter(items), whole, KEY, files=files, tick=lambda *_: None, zone=settings.zone, now=NOW)
    files.write_new(part, b"")
    lived_in = Counter(one.unit for one in of(items, Citizen))
    unit = min((unit for unit in of(items, Unit) if lived_in[unit.id]), key=lambda unit: lived_in[unit.id])
    build(share.take(whole, KEY, part, site("one", unit.id)), path, KEY, files=files, tick=lambda *_: None, now=NOW)

    connection = database.open_reader(path, KEY)
    try:
        here = {one.id for one in Shelf(connection).records(Citizen)}
        said = "\n".join(_everything(connection))
    finally:
        connection.close()
    others = [one for one in of(items, Citizen) if one.id not in here]
    assert len(others) > len(here) > 0
    words = {word for one in others for word in (one.id, *(number.value for number in one.identifiers))}
    assert not [word for word in words if re.search(rf"\b{re.escape(word)}\b", said)]


def _everything(connection: Any) -> Iterator[str]:
    """Every value of every table."""
    for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall():
        if not name.startswith(("note_text", "sqlite", "document_text")):
            for row in connection.execute(f'SELECT * FROM "{name}"'):
                yield "\t".join(map(str, row))


def test_units_that_no_site_names_and_names_that_mean_no_unit_are_told(tmp_path: Path):
    whole = tmp_path / "whole"
    items = (*UNITS, citizen("Ane", "n:1"), citizen("Carlo", "n:2"))
    gather(iter(items), whole, KEY, files=Files(), tick=lambda *_: None, zone="Europe/Copenhagen", now=NOW)
    nord = site("nord", "Nord", "Vest")
    assert share.not_meant(whole, KEY, [nord]) == ({"Syd": 1}, {"nord": ("Vest",)})
    everything = Site(name="all", named=None, left_out=("note",), targets=())
    assert share.not_meant(whole, KEY, [everything]) == ({}, {"all": ()})


def test_who_is_kept_apart_in_the_whole_is_kept_apart_at_every_site(shared: Callable[..., list[Item]]):
    cpr, replaced = Identifier("cpr", "010150-1234"), Identifier("replacement", "0101501VJ4")
    everyone = [
        citizen("Ane", "n:1", identifiers=(cpr,), birth_date="1950-01-01"),
        Citizen(id="m:1", name="Ane", unit="n:2", identifiers=(cpr, replaced), origin=Origin("m", 1)),
        Citizen(
            id="k:1", name="Bo", unit="n:2", identifiers=(replaced,), birth_date="1951-07-07", origin=Origin("k", 1)
        ),
    ]
    got = of(shared(site("nord", "Nord"), *UNITS, *everyone), Citizen)
    assert link(everyone).groups == link(got).groups == ()


@pytest.mark.parametrize(
    "number",
    [Identifier("cpr", "111111-1111"), Identifier("cpr", "010150-1234", None, valid=False), Identifier("local", "77")],
)
def test_a_number_that_means_nobody_brings_nobody_from_another_site(
    number: Identifier, shared: Callable[..., list[Item]]
):
    items = (*UNITS, citizen("Ane", "n:1", identifiers=(number,)), citizen("Boes", "n:2", identifiers=(number,)))
    assert ids(shared(site("nord", "Nord"), *items), Citizen) == {"n:Ane"}


def test_a_refused_print_that_is_called_by_a_citizen_s_number_goes_where_she_goes(shared: Callable[..., list[Item]]):
    number = (Identifier("cpr", "010150-1234", valid=True),)
    hers, nobodys = "Medicinlister/2026-11-22/Ane 0101501234.pdf", "Medicinlister/2026-11-22/311299-1234.pdf"
    items = (
        *UNITS,
        citizen("Ane", "n:1", identifiers=number),
        citizen("Boes", "n:2"),
        *(receipt(file) for file in (hers, nobodys)),
        *(Issue(code="pdf-damaged", file=file, severity="error") for file in (hers, nobodys)),
    )
    for where, files in (("Nord", [hers, nobodys]), ("Syd", [nobodys])):
        got = shared(site(where, where), *items)
        assert [one.file for one in of(got, Receipt)] == [one.file for one in of(got, Issue)] == files


def test_with_medicine_its_prints_are_left_out_and_what_is_told_of_them(shared: Callable[..., list[Item]]):
    def printed(kind: str | None) -> Document:
        return Document(
            id=f"p:{kind}",
            title="",
            media_type="",
            content=b"Furix",
            kind=kind,
            citizen="n:Ane",
            origin=Origin(f"{kind}.pdf", 0),
        )

    kinds = ("medicine-list", "report", None)
    items = (
        *UNITS,
        citizen("Ane", "n:1"),
        *map(printed, kinds),
        *(receipt(f"{kind}.pdf") for kind in kinds),
        *(Issue(code="print-copied", file=f"{kind}.pdf", value="Furix") for kind in kinds),
    )
    got = shared(Site(name="all", named=None, left_out=("medication", "dose", "administration"), targets=()), *items)
    kept = ["report.pdf", "None.pdf"]
    assert [one.origin.file for one in of(got, Document)] == kept
    assert [one.file for one in of(got, Receipt)] == [one.file for one in of(got, Issue)] == kept
    everything = shared(Site(name="notes", named=None, left_out=("note",), targets=()), *items)
    assert len(of(everything, Document)) == 3
