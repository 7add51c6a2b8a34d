"""What the exporter sees of a generation and remembers of it, without a word about a person."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from backupreader.domain.plausibility import Delivered, Share, Traces
from backupreader.domain.records import Citizen, Delivery, Dose, Identifier, Medication, Note, Origin, Receipt, Unit
from backupreader.store import canonical
from backupreader.store.files import Files
from sync import traces
from sync.adapter import Item
from sync.build import build

KEY = bytes(32)
ZONE = ZoneInfo("Europe/Copenhagen")
TODAY = date(2026, 11, 22)
TOKEN = traces.token_of(b"a machine's own")


@pytest.fixture
def seen(tmp_path: Path) -> Any:
    """What is seen of some items."""

    def look(*items: Item) -> Traces:
        path = tmp_path / "built.db"
        build(iter(items), path, KEY, files=Files(), tick=lambda *_: None, now=datetime(2026, 11, 22, 5, tzinfo=UTC))
        return traces.trace(path, KEY, TOKEN, ZONE, TODAY)

    return look


def citizen(number: int, **facts: Any) -> Citizen:
    return Citizen(id=f"n:{number}", name="Ane", origin=Origin("citizen.csv", number), **facts)


def order(number: int, about: int = 1, **facts: Any) -> Medication:
    return Medication(id=f"n:{number}", citizen=f"n:{about}", drug="Furix", origin=Origin("m.csv", number), **facts)


@pytest.mark.parametrize(
    ("facts", "current"),
    [
        ({}, True),
        ({"status": "paused"}, True),
        ({"status": "unknown"}, True),
        ({"status": "stopped"}, False),
        ({"status": "entered-in-error"}, False),
        ({"end": "2026-11-21"}, False),
        ({"end": "2026-11-22"}, True),
        ({"end": "2026-11-22T03:00"}, True),
        ({"end": "2026"}, True),
        ({"end": "2025"}, False),
    ],
)
def test_a_citizen_has_medicine_while_an_order_is_current(seen: Any, facts: dict[str, Any], *, current: bool):
    found = seen(citizen(1), order(1, **facts))
    assert found.medicated == (frozenset({TOKEN("n:1")}) if current else frozenset())
    assert found.without_medicine == ({} if current else {TOKEN("n:1"): "citizen.csv:1"})


def test_a_list_that_knows_her_by_her_number_alone_is_hers(seen: Any):
    known = citizen(1, identifiers=(Identifier("cpr", "010150-1234"),))
    of_number = replace(order(1), id="card:1", citizen="card:0101501234")
    stranger = replace(order(2), id="card:2", citizen="card:3112991234")
    found = seen(known, of_number, stranger)
    assert found.medicated == {TOKEN("n:1"), TOKEN("card:3112991234")}
    assert found.without_medicine == {}


def test_how_many_citizens_each_source_delivers_is_remembered(seen: Any):
    found = seen(citizen(1), citizen(2), replace(citizen(3), id="fmk:3"))
    assert traces.read(canonical.decode(canonical.encode(traces.written(found)))).citizens == {"n": 2, "fmk": 1}


def test_who_is_no_longer_in_care_needs_no_medicine(seen: Any):
    found = seen(
        citizen(1, status="moved"),
        citizen(2, status="ended"),
        citizen(3, status="deceased"),
        citizen(4, deceased_at="2026-11-20"),
        citizen(5, status="hospital"),
    )
    assert list(found.without_medicine.values()) == ["citizen.csv:5"]


def test_a_token_tells_nobody_who_it_is_and_is_another_on_another_machine():
    assert len(TOKEN("n:1")) == 16
    assert TOKEN("n:1") != TOKEN("n:2")
    assert TOKEN("n:1") == traces.token_of(b"a machine's own")("n:1")
    assert TOKEN("n:1") != traces.token_of(b"another's")("n:1")


def test_orders_without_any_dosage_and_doses_without_any_time_are_counted(seen: Any):
    def dose(number: int, medication: int, **facts: Any) -> Dose:
        return Dose(
            id=f"n:{number}", medication=f"n:{medication}", citizen="n:1", origin=Origin("d.csv", number), **facts
        )

    found = seen(
        citizen(1),
        order(1),
        order(2, dosage_text=" "),
        order(3, dosage_text="1 daglig"),
        order(4),
        order(5, kind="prn"),
        order(6, status="stopped"),
        dose(1, 4),
        dose(2, 4, time="08:00"),
        dose(3, 4, slot="morning"),
        dose(4, 4, times_per_day=3),
        dose(5, 4, text="efter skema"),
        dose(6, 4, prn=True),
        dose(7, 5),
    )
    assert found.undosed == Share(2, 4, ("m.csv:1", "m.csv:2"))
    assert found.untimed == Share(1, 5, ("d.csv:1",))


def test_units_and_the_newest_note_are_known_by_their_places(seen: Any):
    def note(number: int, moment: str | None) -> Note:
        return Note(id=f"n:{number}", citizen="n:1", text="", written_at=moment, origin=Origin("note.csv", number))

    unit = Unit(id="n:u", name="Nord", origin=Origin("unit.csv", 3))
    found = seen(unit, citizen(1), note(1, "2026-11-20"), note(2, "2026-11-21"), note(3, None))
    assert (found.units, found.newest_note) == ({"Nord": "unit.csv:3"}, "note.csv:2")


def delivery(table: str, taken: str = "2026-11-22T05:30:00Z", filed: int = 1) -> Delivery:
    return Delivery(source="n", table=table, taken_at=taken, complete=True, read=filed, filed=filed, refused=0)


def receipt(file: str, sha256: str | None) -> Receipt:
    return Receipt(source="n", file=file, read=1, filed=1, refused=0, sha256=sha256)


def test_a_source_that_delivers_what_changes_every_day_is_known_by_its_files_and_its_date(seen: Any):
    found = seen(delivery("note"), delivery("unit", "2026-11-21"), receipt("a", "11"), receipt("b", "22"))
    assert list(found.sources) == ["n"]
    assert found.sources["n"].taken == int(datetime(2026, 11, 22, 5, 30, tzinfo=UTC).timestamp())


def test_what_the_files_are_called_makes_no_difference(seen: Any, tmp_path: Path):
    first = seen(delivery("note"), receipt("2026-11-21.csv", "22"), receipt("b", "11"))
    (tmp_path / "built.db").unlink()
    assert seen(delivery("note"), receipt("2026-11-22.csv", "22"), receipt("b", "11")).sources == first.sources


@pytest.mark.parametrize(
    "items",
    [
        (delivery("access"), receipt("a", "11")),
        (delivery("note", filed=0), receipt("a", "11")),
        (delivery("note"), receipt("a", "11"), receipt("b", None)),
        (delivery("note"),),
    ],
)
def test_a_list_that_may_stay_the_same_and_files_without_a_digest_are_not_compared(seen: Any, items: tuple[Item, ...]):
    assert seen(*items).sources == {}


FULL = Traces(
    medicated=frozenset({"0123456789abcdef"}),
    units={"Nord": "unit.csv:2"},
    undosed=Share(1, 2, ("m.csv:2",)),
    untimed=Share(3, 4),
    sources={"n": Delivered("abc", 7)},
    without_medicine={"a": "citizen.csv:2"},
)


def test_what_is_remembered_is_read_back_without_what_names_a_place_of_a_citizen():
    value = canonical.decode(canonical.encode(traces.written(FULL)))
    assert traces.read(value) == replace(FULL, undosed=Share(1, 2), without_medicine={})


@pytest.mark.parametrize(
    "value",
    [None, "", 7, [], {}, {"medicated": 7}, {**traces.written(FULL), "undosed": [1]}],  # type: ignore[dict-item]
)
def test_what_cannot_be_read_is_as_if_nothing_had_been_seen(value: Any):
    assert traces.read(value) == Traces()


def test_of_too_many_the_same_part_is_remembered_each_time(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(traces, "MOST_TOKENS", 2)
    written: Any = traces.written(Traces(medicated=frozenset("dacb")))
    assert written["medicated"] == ["a", "b"]
