"""What is kept back until a reason is stated, and that nothing looks complete without it."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from backupreader.domain.dosage import Standing
from backupreader.domain.journal import Journal, Order, Presence, Section
from backupreader.domain.lifecritical import Hit, Match, Rulebook, RuleHead
from backupreader.domain.medicinelists import lists_of
from backupreader.domain.records import Administration, Citizen, Delivery, Dose, Medication, Origin, Visit
from backupreader.domain.rounds import DrivingList
from backupreader.domain.shifts import shift_at
from backupreader.domain.signing import signing
from backupreader.domain.tonight import Ours, Tonight
from backupreader.domain.withheld import withheld, withheld_list, withheld_tonight

HERE = Origin("x", 1)
ZONE = ZoneInfo("Europe/Copenhagen")
TODAY = date(2026, 11, 22)
SECRET = {
    "substance": "disulfiram", "atc": "N07BB01", "form": "brusetabletter", "strength": "400 mg", "route": "oral",
    "indication": "mod alkohol", "dosage_text": "1 tablet hver anden dag", "instruction": "opløses i vand",
    "prescriber": "Lars Holm", "stop_reason": "ønske", "remark": "tales der ikke om", "max_per_day": "2",
}  # fmt: skip


def order(order_id: str, drug: str, *, by: str | None = None, **facts: object) -> Order:
    medication = Medication(
        id=order_id, citizen="c", drug=drug, origin=HERE, list=by, **{"start": "2026-01-01", "kind": "fixed", **facts}
    )
    dose = Dose(
        id=f"{order_id}#1", medication=order_id, citizen="c", origin=HERE, quantity="7", time="08:00", every_days=1
    )
    return Order(medication=medication, doses=(dose,), administrations=(given_of(drug, order_id),))


def given_of(drug: str, medication: str | None) -> Administration:
    return Administration(
        id=f"a-{medication}", citizen="c", origin=HERE, medication=medication, drug=drug, status="given",
        given_at="2026-11-21T08:00", quantity="7", by="NN", note="slugt",
    )  # fmt: skip


def section(*items: object) -> Section:
    sources = tuple(
        Delivery(source=source, table="t", taken_at="2026-11-22T05:30", complete=True, read=1, filed=1, refused=0)
        for source in ("nexus", "fmk")
    )
    return Section(items, Presence.VALUE if items else Presence.NOTHING_RECORDED, sources, len(items))


def journal(
    *orders: Order, also: tuple[Citizen, ...] = (), loose: tuple[Administration, ...] = (), **facts: object
) -> Journal:
    empty = {
        field.name: section()
        for field in fields(Journal)
        if field.name
        not in {"citizen", "unit", "namesakes", "also", "told", "same_number", "withheld", "address_withheld"}
    }
    given_ = section(*(item for one in orders for item in one.administrations), *loose)
    return Journal(
        citizen=citizen(**facts), unit=None, namesakes=(), also=also,
        **{**empty, "orders": section(*orders), "administrations": given_},
    )  # fmt: skip


def citizen(number: str = "c", **facts: object) -> Citizen:
    return Citizen(
        id=number, name="Kirsten", origin=HERE, address="Skovvej 4", postal_code="9999", city="Sandby", room="12",
        phone="70 10 20 30", **facts,
    )  # fmt: skip


def kept_back(*orders: Order, loose: tuple[Administration, ...] = ()) -> Journal:
    return withheld(journal(*orders, loose=loose), private=True, protected=False)


def test_an_order_that_is_kept_back_is_there_without_what_it_is():
    secret = order("nexus:1", "Antabus", private=True, status="paused", paused_from="2026-11-20", **SECRET)
    found = kept_back(secret, order("nexus:2", "Pinex"))
    stand_in, open_one = found.orders.items
    assert found.withheld == {"nexus:1"}
    assert (stand_in.medication.status, stand_in.medication.private, stand_in.medication.drug) == ("paused", True, "")
    assert stand_in.medication.paused_from == "2026-11-20"
    assert stand_in.doses == ()
    assert open_one.medication.drug == "Pinex"
    assert found.orders.total == 2
    said = repr(stand_in) + repr(found.administrations.items[0])
    assert not [word for word in (*SECRET.values(), "Antabus", "slugt") if f"'{word}'" in said]


def test_the_same_drug_without_a_mark_is_kept_back_in_every_list():
    found = kept_back(
        order("nexus:1", "Disulfiram", substance="disulfiram"),
        order("fmk:1", "Antabus", by="FMK", private=True, **SECRET),
        order("nexus:2", "Antabus", status="stopped"),
        order("nexus:3", "Pinex"),
    )
    assert found.withheld == {"nexus:1", "nexus:2", "fmk:1"}


def test_a_private_order_that_no_longer_holds_hides_itself_only():
    found = kept_back(order("nexus:1", "Sertralin", private=True, status="stopped"), order("nexus:2", "Sertralin"))
    assert found.withheld == {"nexus:1"}


def test_what_was_given_of_it_tells_neither_drug_nor_time_whichever_order_it_names():
    secret = order("nexus:1", "Antabus", private=True)
    loose = (given_of("Antabus 400 mg", None), given_of("antabus", "gone:7"), given_of("Pinex", None))
    found = kept_back(secret, loose=loose).administrations.items
    assert [item.drug for item in found] == [None, None, None, "Pinex"]
    assert [item.given_at for item in found] == [None, None, None, "2026-11-21T08:00"]
    assert [item.status for item in found] == ["given"] * 4
    assert found[1].id == loose[0].id


def test_lists_count_it_and_never_compare_it():
    found = kept_back(
        order("nexus:1", "Antabus", private=True), order("nexus:2", "Pinex"), order("fmk:1", "Metadon", by="FMK", private=True)
    )  # fmt: skip
    here, there = lists_of(found)
    assert ([one.medication.drug for one in here.orders], len(here.withheld)) == (["Pinex"], 1)
    assert ([*there.orders], len(there.withheld), there.title) == ([], 1, "FMK")
    plan = signing(found, [TODAY], ZONE)
    assert [one.medication.drug for one in plan.orders] == ["Pinex"]
    assert plan.made_from == here


def test_nothing_changes_without_private_medicine_or_when_a_reason_was_stated():
    ordinary, private = journal(order("nexus:1", "Pinex")), journal(order("nexus:1", "Antabus", private=True))
    assert withheld(ordinary, private=True, protected=True) == ordinary
    assert withheld(private, private=False, protected=False) == private


def test_a_protected_citizen_keeps_her_mark_and_loses_where_she_lives_in_every_source():
    found = withheld(journal(protected_address=True, also=(citizen("d"),)), private=False, protected=True)
    for one in (found.citizen, *found.also):
        assert one.protected_address
        assert (one.address, one.postal_code, one.city, one.room, one.phone) == (None,) * 5
        assert one.name == "Kirsten"
    assert withheld(journal(protected_name=True), private=False, protected=True).citizen.address == "Skovvej 4"


def test_a_driving_list_keeps_back_protected_addresses_only():
    rounds = DrivingList(
        route="Nord", day=TODAY, visits=(Visit(id="v", start="2026-11-22T08:00", zone="Europe/Copenhagen", origin=HERE),),
        citizens={"c": citizen(protected_address=True), "d": citizen("d")}, also={"c": (citizen("e"),), "d": (citizen("f"),)},
        alerts={}, alerts_delivered=True, access={}, access_delivered=True, deliveries=(),
    )  # fmt: skip
    found = withheld_list(rounds, protected=True)
    assert (found.citizens["c"].address, found.also["c"][0].phone) == (None, None)
    assert (found.citizens["d"], found.also["d"][0].phone) == (rounds.citizens["d"], "70 10 20 30")
    assert withheld_list(rounds, protected=False) == rounds


DRUGS = st.sampled_from(
    ["Antabus", "Disulfiram", "Antabus 400 mg", "Pinex", "Metadon", "", "Insulin", "Insulin Lantus"]
)
ORDERS = st.lists(
    st.tuples(
        st.sampled_from(["nexus", "fmk"]), DRUGS, st.booleans(), st.sampled_from(["active", "stopped", "unknown"])
    ),
    max_size=8,
)


@given(ORDERS)
def test_every_order_is_shown_or_counted_and_no_private_one_is_named(chosen):
    orders = [
        order(f"{source}:{number}", drug, private=private, status=status, remark=f"secret-{number}")
        for number, (source, drug, private, status) in enumerate(chosen)
    ]
    found = kept_back(*orders)
    lists = lists_of(found)
    shown = {one.medication.id for each in lists for one in each.orders}
    counted = {one.medication.id for each in lists for one in each.withheld}
    assert shown | counted == {one.medication.id for one in orders}
    assert not shown & counted
    assert counted == found.withheld
    for one in orders:
        assert not (one.medication.private and one.medication.id in shown)
        assert (f"{one.medication.remark}'" in repr(found)) == (one.medication.id in shown)
    assert withheld(found, private=True, protected=False).withheld >= found.withheld
    assert found == replace(found)


def test_that_she_is_life_critical_is_told_and_the_private_medicine_that_makes_her_so_is_not():
    def hit(clause: int, text: str, *, private: bool) -> tuple[Hit, Standing]:
        found = Hit(rule="r", clause=clause, table="medication", record=text, text=text, private=private)
        return found, Standing.CURRENT

    def after(*hits: tuple[Hit, Standing], private: bool = True) -> tuple[Match, ...]:
        person = Ours(
            citizen=Citizen(id="c", name="A", address="Hemmelig 1", protected_address=True, origin=HERE),
            ids=("c",),
            matches=(Match(rule="r", hits=hits), Match(rule="", hits=(), withheld=True)),
        )
        now = datetime(2026, 11, 22, 2, tzinfo=ZONE)
        rule = RuleHead(id="r", labels={"en": "R"}, clauses=2, tables=("medication",))
        book = Rulebook(owner="o", version="1", approved="", revise_by="", example=False, rules=(rule,))
        tonight = Tonight(at=now, shift=shift_at(now), people=(person,), rulebook=book)
        (shown,) = withheld_tonight(tonight, private=private, protected=True).people
        assert shown.citizen.address is None
        assert withheld_tonight(tonight, private=False, protected=False) == tonight
        return shown.matches

    both = (hit(0, "Antabus", private=True), hit(0, "Furix", private=False), hit(1, "Pinex", private=False))
    first, second = after(*both)
    assert [found.text for found, _ in first.hits] == ["Furix", "Pinex"]
    assert second.withheld
    first, second = after(hit(0, "Antabus", private=True), hit(1, "Pinex", private=False))
    assert (first.withheld, first.rule, first.hits) == (True, "", ())
    assert after(*both, private=False)[0].hits == both
