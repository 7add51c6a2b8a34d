"""The rules by which two statements of a record are one record, and by which a table can be compared at all."""

from __future__ import annotations

from dataclasses import replace

import pytest

from backupreader.domain.changes import (
    LEAST,
    Change,
    Changes,
    How,
    Reason,
    changed_fields,
    how,
    kept_back,
    of_unit,
    same,
    table_of,
    tells_address,
    told,
    verdict,
    without_address,
)
from backupreader.domain.records import Alert, Citizen, Medication, Origin, Visit

WHERE = Origin("a.csv", 1)
KIRSTEN = Citizen(
    id="n:1", name="Kirsten Møller", birth_date="1938-03-14", status="home", address="Skovvej 4", origin=WHERE
)
FURIX = Medication(id="F:1", citizen="n:1", drug="Furix", atc="C03CA01", substance="Furosemid", origin=WHERE)
CAVE = Alert(id="n:a", citizen="n:1", kind="allergy", text="penicillin", origin=WHERE)
VISIT = Visit(id="r:1", citizen="n:1", start="2026-11-22T08:00", zone="Europe/Copenhagen", origin=WHERE)


@pytest.mark.parametrize(
    ("before", "facts", "expected"),
    [
        (KIRSTEN, {"name": "Kirsten  MØLLER"}, True),
        (KIRSTEN, {"name": "Kirsten Holm"}, True),  # married: the birthday is the same
        (KIRSTEN, {"name": "Bent Fed", "birth_date": "1949-09-09"}, False),
        (replace(KIRSTEN, birth_date=None), {"name": "Bent Fed"}, False),  # no birthday is no same birthday
        (FURIX, {"drug": "Furosemid Orion"}, True),  # another maker's
        (FURIX, {"drug": "Furosemid Orion", "atc": None}, True),
        (FURIX, {"drug": "Pinex", "atc": "N02BE01", "substance": "Paracetamol"}, False),
        (replace(FURIX, atc=None, substance=None), {"drug": "Pinex"}, False),
        (FURIX, {"citizen": "n:2"}, False),
        (CAVE, {"text": "penicillin og lignende"}, True),
        (CAVE, {"kind": "fall"}, False),
        (CAVE, {"citizen": "n:2"}, False),
        (VISIT, {"start": "2026-11-23T10:00"}, True),
        (VISIT, {"citizen": None}, False),
    ],
)
def test_whether_an_id_names_the_same_thing_then_and_now(before, facts, expected):
    assert same(before, replace(before, **facts)) is expected


def test_records_of_two_kinds_are_never_the_same():
    assert not same(VISIT, CAVE)
    assert not same(CAVE, VISIT)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ({}, {"status": "completed"}, How.STOPPED),
        ({}, {"status": "entered-in-error"}, How.STOPPED),
        ({"status": "unknown"}, {"status": "stopped"}, How.STOPPED),
        ({"status": "stopped"}, {"status": "active"}, How.RESUMED),
        ({"status": "active"}, {"status": "unknown"}, How.CHANGED),
        ({}, {"status": "paused"}, How.PAUSED),
        ({"status": "paused"}, {"status": "active"}, How.RESUMED),
        ({"status": "paused"}, {"status": "stopped"}, How.STOPPED),
        ({"status": "paused", "paused_to": "2026-11-24"}, {"status": "paused"}, How.CHANGED),
        ({}, {"paused_from": "2026-11-22"}, How.PAUSED),
        ({"paused_from": "2026-11-22"}, {}, How.RESUMED),
        ({"paused_to": "2026-11-24"}, {"paused_to": "2026-11-25"}, How.CHANGED),
        ({}, {"strength": "40 mg"}, How.CHANGED),
    ],
)
def test_how_an_order_changed(before, after, expected):
    assert how(replace(FURIX, **before), replace(FURIX, **after)) is expected


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ({}, {"status": "hospital"}, How.WHEREABOUTS),
        ({"status": "hospital"}, {"status": "home"}, How.WHEREABOUTS),
        ({"status": "unknown", "status_source": "a"}, {"status": "unknown", "status_source": "b"}, How.WHEREABOUTS),
        ({}, {"status": "moved"}, How.ENDED),
        ({"status": "ended"}, {"status": "deceased"}, How.ENDED),
        ({"status": "ended"}, {"status": "home"}, How.WHEREABOUTS),
        ({}, {"status_since": "2026-11-22"}, How.CHANGED),
        ({}, {"phone": "1"}, How.CHANGED),
    ],
)
def test_how_a_citizen_changed(before, after, expected):
    assert how(replace(KIRSTEN, **before), replace(KIRSTEN, **after)) is expected


@pytest.mark.parametrize(
    ("record", "after", "expected"),
    [
        (CAVE, {"status": "inactive"}, How.WITHDRAWN),
        (CAVE, {"status": "unknown"}, How.CHANGED),
        (VISIT, {"status": "cancelled"}, How.CANCELLED),
        (VISIT, {"status": "cancelled", "start": "2026-11-22T09:00"}, How.CANCELLED),
        (VISIT, {"route": "Nord"}, How.MOVED),
        (VISIT, {"end": "2026-11-22T09:00"}, How.MOVED),
        (VISIT, {"staff": "Eva", "status": "done"}, How.CHANGED),
    ],
)
def test_how_a_warning_or_a_visit_changed(record, after, expected):
    assert how(record, replace(record, **after)) is expected


def test_where_a_row_stood_and_how_a_name_is_cut_up_is_no_change():
    assert changed_fields(KIRSTEN, replace(KIRSTEN, origin=Origin("b", 2), given="Kirsten", family="Møller")) == ()
    assert changed_fields(FURIX, replace(FURIX, reviewed_at="2026-11-22")) == ()
    assert {"id", "origin", "identifiers"}.isdisjoint(told(Citizen))
    assert {"dosage_text", "instruction", "status", "max_per_day"} <= set(told(Medication))


@pytest.mark.parametrize(
    ("before", "kept", "new", "expected"),
    [
        (0, 0, 100, None),
        (LEAST - 1, 0, LEAST, None),  # so few may all be new
        (LEAST, 0, LEAST, Reason.RENUMBERED),
        (100, 49, 60, Reason.RENUMBERED),
        (100, 50, 60, None),
        (100, 0, 50, Reason.RENUMBERED),
        (100, 0, 49, Reason.MOSTLY_GONE),
        (100, 10, 0, Reason.MOSTLY_GONE),
        (100, 100, 1000, None),
    ],
)
def test_when_a_table_s_ids_tell_nothing(before, kept, new, expected):
    assert verdict(before, kept, new) is expected


def test_a_protected_citizen_s_address_is_taken_out_of_a_change():
    hidden = replace(KIRSTEN, protected_address=True)
    moved = Change(how=How.CHANGED, before=hidden, after=replace(hidden, address="Bakken 1"), fields=("address",))
    assert tells_address(moved)
    assert without_address(moved) is None
    new = Change(how=How.NEW, before=None, after=hidden)
    bare = without_address(new)
    assert bare is not None
    assert bare.after.address is None
    assert bare.after.protected_address
    gone = without_address(Change(how=How.GONE, before=hidden, after=None))
    assert gone is not None
    assert gone.record.address is None
    assert not tells_address(Change(how=How.NEW, before=None, after=KIRSTEN))
    assert not tells_address(Change(how=How.NEW, before=None, after=FURIX))
    nowhere = replace(hidden, address=None)
    assert not tells_address(Change(how=How.CHANGED, before=nowhere, after=nowhere, fields=("status",)))


def test_the_table_of_each_kind_of_record():
    assert [table_of(one) for one in (KIRSTEN, CAVE, FURIX, VISIT)] == ["citizen", "alert", "medication", "visit"]


def test_changes_of_one_unit_are_its_citizens_alone_and_what_is_counted_stays():
    items = tuple(Change(how=How.NEW, before=None, after=FURIX, unit=unit) for unit in ("Nord", "Syd", ""))
    found = of_unit(Changes(former="1-1", items=items, others=4, private=2), "Nord")
    assert [one.unit for one in found.items] == ["Nord"]
    assert (found.unit, found.others, found.private) == ("Nord", 4, 2)


def test_what_is_kept_back_of_changes_is_counted_and_never_told():
    hidden = replace(KIRSTEN, protected_address=True)
    secret = replace(FURIX, private=True)
    items = (
        Change(how=How.CHANGED, before=FURIX, after=secret, fields=("private",)),
        Change(how=How.CHANGED, before=hidden, after=replace(hidden, address="Bakken 1"), fields=("address",)),
        Change(how=How.NEW, before=None, after=hidden),
        Change(how=How.NEW, before=None, after=FURIX),
    )
    changes = Changes(former="1-1", items=items, private=1, protected=1)
    assert kept_back(changes, private=False, protected=False) == changes
    found = kept_back(changes, private=True, protected=True)
    assert (found.private, found.protected) == (2, 3)
    assert [type(one.record) for one in found.items] == [Citizen, Medication]
    assert "Skovvej" not in repr(found.items)
    assert "Bakken" not in repr(found.items)
