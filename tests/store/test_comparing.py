"""Two generations of the same town, compared: what is told, what is only counted, and what cannot be compared."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from backupreader.domain.acts import Actor
from backupreader.domain.changes import LEAST, Changes, How, Reason, Subject, Uncompared, table_of
from backupreader.domain.records import Alert, Citizen, Delivery, Dose, Medication, Origin, Unit, Visit
from backupreader.store import comparing, database
from backupreader.store.comparing import compare
from backupreader.store.files import Files
from backupreader.store.sides import Side
from sync.adapter import Item
from sync.build import build
from tests.store.conftest import KEY, manifest

WHERE = Origin("a.csv", 1)
NORTH, SOUTH = (
    Unit(id="nexus:nord", name="Team Nord", origin=WHERE),
    Unit(id="nexus:syd", name="Team Syd", origin=WHERE),
)
KIRSTEN = Citizen(
    id="nexus:1", name="Kirsten Møller", birth_date="1938-03-14", unit="nexus:nord", status="home", origin=WHERE
)
BENT = Citizen(id="nexus:2", name="Bent Fed", birth_date="1949-09-09", unit="nexus:syd", status="home", origin=WHERE)
MAREVAN = Medication(
    id="FMK:1",
    citizen="nexus:1",
    drug="Marevan",
    atc="B01AA03",
    strength="2,5 mg",
    dosage_text="1½ tablet",
    origin=WHERE,
)
MORNING = Dose(
    id="FMK:d1",
    medication="FMK:1",
    citizen="nexus:1",
    quantity="1,5",
    unit="tablet",
    time="08:00",
    every_days=1,
    origin=WHERE,
)
CAVE = Alert(id="nexus:a1", citizen="nexus:1", kind="allergy", text="penicillin", origin=WHERE)
VISIT = Visit(
    id="ruter:v1",
    citizen="nexus:1",
    start="2026-11-22T12:00",
    end="2026-11-22T12:20",
    zone="Europe/Copenhagen",
    route="Nord",
    title="Medicin",
    origin=WHERE,
)
LAST = replace(VISIT, id="ruter:last", start="2026-11-28T20:00", end=None)
TABLES = {"citizen": "nexus", "alert": "nexus", "medication": "FMK", "dose": "FMK", "visit": "ruter"}
TOWN = (NORTH, SOUTH, KIRSTEN, BENT, MAREVAN, MORNING, CAVE, VISIT, LAST)


def delivered(taken: str, *, without: Iterable[str] = (), partly: Iterable[str] = ()) -> Iterator[Delivery]:
    for table, source in TABLES.items():
        if table not in without:
            yield Delivery(
                source=source, table=table, taken_at=taken, complete=table not in partly, read=1, filed=1, refused=0
            )


class Person:
    """A session as far as a comparison asks one."""

    def __init__(self, *units: str) -> None:
        self.actor = Actor(name="Bo", units=units, via="account")

    def passes(self, *_: object) -> bool:
        return False

    def now(self):
        from datetime import UTC, datetime

        return datetime(2026, 11, 22, 8, tzinfo=UTC)


@pytest.fixture
def side(tmp_path: Path) -> Iterator[Callable[..., Side]]:
    """Builds a generation, and opens it as one side of a comparison."""
    made: list[Side] = []

    def make(*items: Item, taken: str, left_out: tuple[str, ...] = (), session: object = None, **how: object) -> Side:
        path = tmp_path / f"{len(made)}.db"
        everything = iter([*items, *delivered(taken, **how)])
        build(everything, path, KEY, files=Files(), tick=lambda _done, _total: None, left_out=left_out)
        made.append(Side(database.open_reader(path, KEY), manifest(seq=len(made) + 1), session))
        return made[-1]

    yield make
    for one in made:
        one.close()


@pytest.fixture
def compared(side: Callable[..., Side]) -> Callable[..., Changes]:
    """What is otherwise between two lists of items; `before` and `now` say how each was delivered."""

    def make(
        former: Iterable[Item],
        newer: Iterable[Item],
        *,
        before: dict | None = None,
        now: dict | None = None,
        units: tuple[str, ...] = (),
    ) -> Changes:
        session = Person(*units) if units else None
        found = compare(
            side(*former, taken="2026-11-21T17:30", session=session, **before or {}),
            side(*newer, taken="2026-11-22T05:30", session=session, **now or {}),
            lambda: False,
        )
        assert found is not None
        return found

    return make


def told(found: Changes) -> list[tuple[str, How]]:
    return [(change.record.id, change.how) for change in found.items]


def named(record: Subject) -> Subject:
    """As it is told: with its unit's name."""
    return replace(record, unit="Team Nord") if isinstance(record, Citizen) else record


def swapped(old: Item, *new: Item) -> tuple[Item, ...]:
    """The town with something else in place of one record."""
    return tuple(item for item in TOWN if item is not old) + new


def test_where_nothing_changed_nothing_is_told_and_nothing_is_marked(compared):
    found = compared(TOWN, TOWN)
    assert (found.items, found.marks, found.uncompared) == ((), {}, ())
    assert (found.others, found.private, found.protected) == (0, 0, 0)
    assert found.former is not None
    assert found.since["medication", "FMK"] == "2026-11-21T17:30"


def test_a_row_that_only_stands_elsewhere_in_its_file_has_not_changed(compared):
    moved = [replace(item, origin=Origin("b.csv", 77)) for item in reversed(TOWN)]
    assert compared(TOWN, moved).items == ()


def test_structured_doses_with_other_ids_in_another_order_have_not_changed(compared):
    evening = replace(MORNING, id="FMK:d2", time="20:00")
    newer = (*(item for item in TOWN if item is not MORNING), replace(evening, id="x:9"), replace(MORNING, id="x:8"))
    assert compared((*TOWN, evening), newer).items == ()


@pytest.mark.parametrize(
    ("old", "new", "how", "names"),
    [
        (MAREVAN, replace(MAREVAN, dosage_text="2 tabletter", strength="5 mg"), How.CHANGED, ("strength", "dosage_text")),
        (MAREVAN, replace(MAREVAN, status="stopped", end="2026-11-21"), How.STOPPED, ("status", "end")),
        (MAREVAN, replace(MAREVAN, status="paused"), How.PAUSED, ("status",)),
        (MAREVAN, replace(MAREVAN, drug="Warfarin"), How.CHANGED, ("drug",)),
        (KIRSTEN, replace(KIRSTEN, status="hospital"), How.WHEREABOUTS, ("status",)),
        (KIRSTEN, replace(KIRSTEN, status="deceased"), How.ENDED, ("status",)),
        (KIRSTEN, replace(KIRSTEN, phone="98 17 00 01"), How.CHANGED, ("phone",)),
        (CAVE, replace(CAVE, status="refuted"), How.WITHDRAWN, ("status",)),
        (CAVE, replace(CAVE, severity="svær"), How.CHANGED, ("severity",)),
        (VISIT, replace(VISIT, start="2026-11-22T14:00", end="2026-11-22T14:20"), How.MOVED, ("start", "end")),
        (VISIT, replace(VISIT, route="Syd"), How.MOVED, ("route",)),
        (VISIT, replace(VISIT, status="cancelled"), How.CANCELLED, ("status",)),
        (VISIT, replace(VISIT, staff="Eva"), How.CHANGED, ("staff",)),
    ],
)  # fmt: skip
def test_each_kind_of_change_is_told_with_the_fields_that_differ(compared, old, new, how, names):
    found = compared(TOWN, swapped(old, new))
    (change,) = found.items
    assert (change.how, change.fields) == (how, names)
    assert (named(change.before), named(change.after)) == (named(old), named(new))
    assert found.marks == {(table_of(new), new.id): how}
    assert (change.citizen, change.name, change.unit) == ("nexus:1", "Kirsten Møller", "Team Nord")


def test_a_dose_that_changed_is_a_change_of_its_order_which_shows_both(compared):
    found = compared(TOWN, swapped(MORNING, replace(MORNING, quantity="2")))
    (change,) = found.items
    assert (change.record.id, change.how, change.fields) == ("FMK:1", How.CHANGED, ("doses",))
    assert [dose.quantity for dose in change.doses_before + change.doses_after] == ["1,5", "2"]


@pytest.mark.parametrize("record", [MAREVAN, CAVE, VISIT], ids=lambda record: record.id)
def test_what_came_and_what_went_is_told(compared, record):
    without = tuple(item for item in TOWN if item not in {record, MORNING})
    whole = tuple(item for item in TOWN if item is not MORNING)
    assert told(compared(without, whole)) == [(record.id, How.NEW)]
    assert told(compared(whole, without)) == [(record.id, How.GONE)]


def test_of_a_citizen_who_is_new_or_gone_it_is_told_once(compared):
    hers = {KIRSTEN, MAREVAN, MORNING, CAVE, VISIT, LAST}
    others = (*tuple(item for item in TOWN if item not in hers), replace(LAST, id="ruter:x", citizen="nexus:2"))
    assert told(compared((*TOWN, others[-1]), others)) == [("nexus:1", How.GONE)]
    new = compared(others, (*TOWN, others[-1]))
    assert told(new) == [("nexus:1", How.NEW)]
    assert new.marks["medication", "FMK:1"] is How.NEW


def test_an_id_that_names_something_else_now_is_one_that_went_and_one_that_came(compared):
    other = replace(MAREVAN, drug="Pinex", atc="N02BE01", citizen="nexus:1")
    found = compared(TOWN, swapped(MAREVAN, other))
    assert told(found) == [("FMK:1", How.NEW), ("FMK:1", How.GONE)]
    assert found.marks == {("medication", "FMK:1"): How.NEW}
    given = replace(MAREVAN, citizen="nexus:2")
    assert {how for _, how in told(compared(TOWN, swapped(MAREVAN, given)))} == {How.NEW, How.GONE}


def orders(prefix: str, number: int, **more: object) -> list[Item]:
    return [replace(MAREVAN, id=f"FMK:{prefix}{n}", drug=f"Drug {n}", atc=None, **more) for n in range(number)]


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        (orders("a", 12), orders("b", 12), Reason.RENUMBERED),
        (orders("a", 12), orders("b", 6), Reason.RENUMBERED),
        (orders("a", 12), orders("a", 5), Reason.MOSTLY_GONE),
        (orders("a", 12), [], Reason.MOSTLY_GONE),
        (orders("a", 12), [replace(o, drug=f"Drug {n + 1}") for n, o in enumerate(orders("a", 12))], Reason.RENUMBERED),
    ],
)
def test_ids_that_changed_wholesale_are_said_and_nothing_is_told_as_stopped(compared, before, after, reason):
    town = tuple(item for item in TOWN if item not in {MAREVAN, MORNING})
    found = compared((*town, *before), (*town, *after))
    assert told(found) == []
    assert found.marks == {}
    assert found.uncompared == (Uncompared("medication", "FMK", reason),)


def test_a_few_orders_may_all_be_new(compared):
    town = tuple(item for item in TOWN if item not in {MAREVAN, MORNING})
    found = compared((*town, *orders("a", LEAST - 1)), (*town, *orders("b", LEAST - 1)))
    assert found.uncompared == ()
    assert len(found.items) == 2 * (LEAST - 1)


@pytest.mark.parametrize(
    ("before", "now", "reason"),
    [({"without": ["medication"]}, {}, Reason.NOT_BEFORE), ({}, {"without": ["medication"]}, Reason.NOT_NOW)],
)
def test_a_table_that_one_of_them_lacks_cannot_be_compared(compared, before, now, reason):
    bare = tuple(item for item in TOWN if item not in {MAREVAN, MORNING})
    found = compared(bare if before else TOWN, bare if now else TOWN, before=before, now=now)
    assert told(found) == []
    assert Uncompared("medication", "FMK", reason) in found.uncompared


@pytest.mark.parametrize("which", ["before", "now"])
def test_a_table_that_is_left_out_cannot_be_compared(compared, which):
    bare = tuple(item for item in TOWN if item != CAVE)
    former, newer = (bare, TOWN) if which == "before" else (TOWN, bare)
    found = compared(former, newer, **{which: {"left_out": ("alert",), "without": ["alert"]}})
    assert told(found) == []
    assert Uncompared("alert", "", Reason.LEFT_OUT) in found.uncompared


def test_where_rows_did_not_come_none_is_told_as_gone_and_where_they_had_not_none_as_surely_new(compared):
    less = tuple(item for item in TOWN if item not in {MAREVAN, MORNING})
    gone = compared(TOWN, less, now={"partly": ["medication"]})
    part = Uncompared("medication", "FMK", Reason.PART_NOW)
    assert (told(gone), gone.uncompared) == ([("FMK:1", How.MISSED)], (part,))
    new = compared(less, TOWN, before={"partly": ["medication"]})
    part = Uncompared("medication", "FMK", Reason.PART_BEFORE)
    assert (told(new), new.uncompared) == ([("FMK:1", How.MAYBE_NEW)], (part,))
    changed = compared(TOWN, swapped(MAREVAN, replace(MAREVAN, status="stopped")), now={"partly": ["medication"]})
    assert (told(changed), changed.uncompared) == ([("FMK:1", How.STOPPED)], ())


def test_without_doses_on_one_side_orders_are_compared_by_what_is_written(compared):
    bare = tuple(item for item in TOWN if item is not MORNING)
    found = compared(TOWN, bare, now={"without": ["dose"]})
    assert (told(found), found.uncompared) == ([], (Uncompared("dose", "", Reason.NOT_NOW),))


def test_a_day_that_went_by_is_no_cancelled_visit_and_a_new_day_at_the_end_no_new_one(compared):
    past = replace(VISIT, id="ruter:past", start="2026-11-21T20:00", end=None)
    beyond = replace(VISIT, id="ruter:beyond", start="2026-11-29T08:00", end=None)
    between = replace(VISIT, id="ruter:new", start="2026-11-23T08:00", end=None)
    found = compared((*TOWN, past), (*TOWN, beyond, between))
    assert told(found) == [("ruter:new", How.NEW)]
    gone = compared((*TOWN, between), TOWN)
    assert told(gone) == [("ruter:new", How.GONE)]


def test_a_visit_that_is_over_is_not_told_whatever_became_of_it(compared):
    past = replace(VISIT, id="ruter:past", start="2026-11-21T20:00", end=None)
    assert compared((*TOWN, past), (*TOWN, replace(past, status="done", staff="Eva"))).items == ()


def test_a_visit_moved_out_of_what_is_over_is_told(compared):
    moved = replace(VISIT, start="2026-11-22T04:00", end=None)
    assert told(compared(TOWN, swapped(VISIT, moved))) == [("ruter:v1", How.MOVED)]


def test_another_unit_s_changes_are_counted_and_not_told(compared):
    changed = swapped(
        KIRSTEN,
        replace(KIRSTEN, status="hospital"),
    )
    found = compared(TOWN, changed, units=("Team Syd",))
    assert (told(found), found.others) == ([], 1)
    assert found.marks == {("citizen", "nexus:1"): How.WHEREABOUTS}
    assert told(compared(TOWN, changed, units=("Team Nord",))) == [("nexus:1", How.WHEREABOUTS)]


def test_an_order_of_a_citizen_whom_nobody_sent_is_nobody_s_but_the_whole_area_s(compared):
    stranger = replace(MAREVAN, id="FMK:s", citizen="FMK:stranger")
    found = compared((*TOWN, stranger), (*TOWN, replace(stranger, status="stopped")), units=("Team Nord",))
    assert (told(found), found.others) == ([], 1)
    assert told(compared((*TOWN, stranger), (*TOWN, replace(stranger, status="stopped")))) == [("FMK:s", How.STOPPED)]


@pytest.mark.parametrize(
    "other", [MAREVAN, replace(MAREVAN, id="FMK:local", list="local")], ids=["itself", "another list"]
)
def test_private_medicine_is_counted_and_not_told_in_whichever_list_it_stands(compared, other):
    private = replace(MAREVAN, private=True)
    town = (*swapped(MAREVAN, private), *([other] if other is not MAREVAN else []))
    newer = tuple(
        replace(item, dosage_text="2") if item.id == other.id and isinstance(item, Medication) else item
        for item in town
    )
    found = compared(town, newer)
    assert (told(found), found.private) == ([], 1)


def test_where_a_protected_citizen_lives_is_counted_and_not_told(compared):
    hidden = replace(KIRSTEN, protected_address=True, address="Hemmelig 1")
    moved = replace(hidden, address="Hemmelig 2")
    found = compared(swapped(KIRSTEN, hidden), swapped(KIRSTEN, moved))
    assert (told(found), found.protected) == ([], 1)
    both = compared(swapped(KIRSTEN, hidden), swapped(KIRSTEN, replace(moved, status="hospital")))
    (change,) = both.items
    assert (change.how, change.fields, both.protected) == (How.WHEREABOUTS, ("status",), 1)
    assert "Hemmelig" not in repr(change)
    newly = compared(swapped(KIRSTEN, replace(hidden, protected_address=False)), swapped(KIRSTEN, moved))
    assert newly.items[0].fields == ("protected_address",)
    assert "Hemmelig" not in repr(newly.items)


def test_very_many_changes_are_counted_and_still_marked(compared, monkeypatch):
    monkeypatch.setattr(comparing, "MOST", 3)
    town = tuple(item for item in TOWN if item not in {MAREVAN, MORNING})
    before = orders("a", 20)
    found = compared((*town, *before), (*town, *(replace(order, strength="5 mg") for order in before)))
    assert len(found.items) == 3
    assert found.more == {"medication": 17}
    assert len(found.marks) == 20


def test_a_comparison_that_is_stopped_ends_with_nothing(side):
    asked: list[int] = []

    def stopped() -> bool:
        asked.append(1)
        return len(asked) > 3

    former, newer = side(*TOWN, taken="2026-11-21T17:30"), side(*TOWN, taken="2026-11-22T05:30")
    assert compare(former, newer, stopped) is None


def test_nobody_at_all_then_or_now_is_no_trouble(compared):
    assert compared((), ()).items == ()
    assert {how for _, how in told(compared((), TOWN))} == {How.NEW}


def test_what_cannot_be_read_as_a_moment_still_compares(compared):
    odd = replace(VISIT, id="ruter:odd", start="whenever")
    assert compared((*TOWN, odd), (*TOWN, odd)).items == ()
