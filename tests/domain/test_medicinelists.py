from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backupreader.domain.drugs import perhaps_same, surely_same
from backupreader.domain.journal import Journal, Order, Presence, Section
from backupreader.domain.listdifferences import What, differences
from backupreader.domain.medicinelists import (
    Pair,
    compare,
    confirmable,
    confirmed_at,
    in_force,
    lists_of,
    signable,
)
from backupreader.domain.records import Administration, Citizen, Delivery, Dose, Identifier, Medication, Origin
from backupreader.domain.signing import made_from, number_of_differences, signing, unlike_pairs

HERE = Origin("x", 1)
ZONE = ZoneInfo("Europe/Copenhagen")
TODAY = date(2026, 11, 22)
DAYS = [TODAY + timedelta(days=number) for number in range(3)]
MORNING = {"time": "08:00", "quantity": "1", "unit": "tablet", "every_days": 1}


def order(order_id: str, drug: str, *doses: dict[str, object], given: tuple[str, ...] = (), **facts: object) -> Order:
    medication = Medication(id=order_id, citizen="c", drug=drug, origin=HERE, **{"start": "2026-01-01", **facts})
    return Order(
        medication=medication,
        doses=tuple(
            Dose(id=f"{order_id}.{place}", medication=order_id, citizen="c", origin=HERE, **dose)
            for place, dose in enumerate(doses)
        ),
        administrations=tuple(
            Administration(id=f"{order_id}.{at}", citizen="c", origin=HERE, given_at=at, status="given") for at in given
        ),
    )


def local(number: int, drug: str, *doses: dict[str, object], **facts: object) -> Order:
    return order(f"nexus:{number}", drug, *(doses or (MORNING,)), **facts)


def fmk(number: int, drug: str, *doses: dict[str, object], **facts: object) -> Order:
    return order(f"fmk:{number}", drug, *(doses or (MORNING,)), list="FMK", **facts)


def delivery(source: str, taken: str = "2026-11-22T05:30") -> Delivery:
    return Delivery(source=source, table="medication", taken_at=taken, complete=True, read=1, filed=1, refused=0)


def section(items, *deliveries: Delivery) -> Section:
    return Section(tuple(items), Presence.VALUE if items else Presence.NOTHING_RECORDED, deliveries, len(items))


def journal(*orders: Order, sources: tuple[Delivery, ...] = (), numbers: tuple[Identifier, ...] = ()) -> Journal:
    deliveries = sources or (delivery("nexus"), delivery("fmk", "2026-11-22T05:10"))
    nothing = section(())
    return Journal(
        citizen=Citizen(id="nexus:1", name="Kirsten", origin=HERE, identifiers=numbers),
        unit=None, namesakes=(), alerts=nothing, contacts=nothing, access=nothing, conditions=nothing,
        interventions=nothing, notes=nothing, orders=section(orders, *deliveries), administrations=nothing,
        visits=nothing, measurements=nothing, documents=nothing,
    )  # fmt: skip


def compared(*orders: Order):
    here, there = lists_of(journal(*orders))
    return compare(here, there, DAYS[:1], ZONE)


def plan(*orders: Order, days=DAYS, **more):
    return signing(journal(*orders, **more), days, ZONE)


def ids(orders) -> list[str]:
    return [one.medication.id for one in orders]


# --- the lists ---


def test_each_source_s_list_stands_by_itself_with_its_own_taken_at():
    first, second = lists_of(journal(local(1, "Pinex"), fmk(1, "Pinex"), local(2, "Furix")))
    assert (first.name, first.title, ids(first.orders), first.central) == (
        "nexus",
        "nexus",
        ["nexus:1", "nexus:2"],
        None,
    )
    assert (second.title, second.central, second.delivery.taken_at) == ("FMK", "FMK", "2026-11-22T05:10")


def test_a_source_that_delivered_medicine_but_none_for_her_has_an_empty_list():
    assert [(one.title, len(one.orders)) for one in lists_of(journal(local(1, "Pinex")))] == [("nexus", 1), ("fmk", 0)]


def test_two_copies_of_one_list_are_not_one_list():
    copies = lists_of(journal(order("nexus:1", "Pinex", MORNING, list="FMK"), fmk(1, "Pinex")))
    assert [one.title for one in copies] == ["FMK (nexus)", "FMK"]


def test_an_order_whose_id_names_no_source_is_of_the_only_one_that_delivered():
    (only,) = lists_of(journal(order("m1", "Pinex"), sources=(delivery("Nexus"),)))
    assert (only.title, only.delivery) == ("Nexus", delivery("Nexus"))
    titles = [one.title for one in lists_of(journal(order("m1", "Pinex")))]
    assert titles == ["nexus", "fmk", "m1"]


@pytest.mark.parametrize(
    ("name", "central"),
    [
        ("FMK", "FMK"),
        ("FMK-kort", "FMK"),
        ("Fælles Medicinkort", "FMK"),
        ("NLL", "NLL"),
        ("nexus", None),
        ("lokal", None),
    ],
)
def test_a_country_s_shared_list_is_known_by_its_name(name, central):
    assert lists_of(journal(order("nexus:1", "Pinex", list=name)))[0].central == central


def test_against_which_shared_list_her_medicine_is_not_confirmed_and_since_when():
    danish = (Identifier("cpr", "1403381234"),)
    alone = journal(local(1, "Pinex"), sources=(delivery("nexus"),), numbers=danish)
    assert (confirmable(alone.citizen, lists_of(alone)), confirmed_at(lists_of(alone))) == ("FMK", None)
    both = journal(local(1, "Pinex"), fmk(1, "Pinex"))
    assert (confirmable(both.citizen, lists_of(both)), confirmed_at(lists_of(both))) == ("FMK", "2026-11-22T05:10")
    swedish = journal(local(1, "Pinex"), sources=(delivery("nexus"),), numbers=(Identifier("personnummer", "1"),))
    assert confirmable(swedish.citizen, lists_of(swedish)) is None


# --- which is which ---


def drug(name: str, **facts: object) -> Medication:
    return Medication(id="x", citizen="c", drug=name, origin=HERE, **facts)


@pytest.mark.parametrize(
    ("one", "other", "sure", "perhaps"),
    [
        (drug("Pinex", atc="N02BE01"), drug("Panodil", atc="N02BE01"), True, True),
        (drug("Pinex", atc="N02BE01"), drug("Furix", atc="C03CA01"), False, False),
        (drug("Pinex", atc="N02BE"), drug("Panodil", atc="N02BE"), False, False),
        (drug("Insulin Lantus", atc="A10AE04"), drug("Insulin NovoRapid", atc="A10AB05"), False, False),
        (drug("Insulin Lantus"), drug("Insulin NovoRapid"), False, True),
        (drug("Hjertemagnyl", atc="B01AC06"), drug("Hjertemagnyl", atc="N02BA01"), True, True),
        (drug("Pinex 500 mg"), drug("pinex"), True, True),
        (drug("Pinex", substance="Paracetamol"), drug("Panodil", substance="paracetamol"), True, True),
        (drug("Pinex", substance="Paracetamol"), drug("Paracetamol"), True, True),
        (drug("Kodipar", substance="paracetamol, kodein"), drug("Paracetamol"), False, True),
        (drug("Contalgin"), drug("Contalgin Uno"), True, True),
        (drug("NovoRapid", substance="insulin aspart"), drug("NovoMix", substance="Insulin aspart"), False, True),
        (
            drug("Actrapid", atc="A10AB01", substance="insulin, human"),
            drug("Insulatard", substance="insulin, human"),
            False,
            True,
        ),
        (drug("Lantus", atc="A10AE04", substance="insulin glargin"), drug("Lantus"), True, True),
        (drug("D vitamin"), drug("D mannose"), False, False),
        (drug("5-ASA"), drug("5-ASA"), True, True),
        (drug("5-ASA"), drug("5-HTP"), False, False),
        (drug("5-ASA"), drug("Pinex"), False, False),
    ],
)
def test_only_what_is_surely_one_drug_is_paired(one, other, sure, perhaps):
    assert (surely_same(one, other), perhaps_same(one, other)) == (sure, perhaps)
    assert (surely_same(other, one), perhaps_same(other, one)) == (sure, perhaps)


def test_two_lists_that_agree_have_only_pairs():
    found = compared(local(1, "Pinex", atc="N02BE01"), fmk(1, "Panodil", atc="N02BE01"))
    assert [(pair.here.medication.id, pair.there.medication.id) for pair in found.pairs] == [("nexus:1", "fmk:1")]
    assert (found.only_here, found.only_there, found.unclear) == ((), (), ())
    assert number_of_differences(found, TODAY, ZONE) == 0


def test_what_only_one_list_has_in_force_is_told_with_what_has_ended_in_the_other():
    stopped = fmk(1, "Furix", status="stopped", stop_reason="lavt kalium")
    found = compared(local(1, "Furix"), local(2, "Pinex"), stopped, fmk(3, "Marevan"))
    assert [(ids([one.order]), ids(one.ended)) for one in found.only_here] == [
        (["nexus:1"], ["fmk:1"]),
        (["nexus:2"], []),
    ]
    assert ids(one.order for one in found.only_there) == ["fmk:3"]
    assert number_of_differences(found, TODAY, ZONE) == 3


def test_several_orders_of_one_drug_are_paired_only_where_they_are_alike_in_strength_form_and_need():
    both = [
        (local(1, "Furix", strength="40 mg"), fmk(1, "Furix", strength="40 mg")),
        (local(2, "Furix", strength="20mg"), fmk(2, "Furix", strength="20 mg")),
    ]
    found = compared(*(one for pair in both for one in pair))
    assert len(found.pairs) == 2
    unequal = compared(local(1, "Furix"), local(2, "Furix"), fmk(1, "Furix"), fmk(2, "Furix"))
    assert not unequal.pairs
    assert [(ids(one.here), ids(one.there)) for one in unequal.unclear] == [
        (["nexus:1", "nexus:2"], ["fmk:1", "fmk:2"])
    ]
    needed = fmk(2, "Furix", {"quantity": "1", "prn": True}, strength="40 mg")
    found = compared(local(1, "Furix", strength="40 mg"), fmk(1, "Furix", strength="40 mg"), needed)
    assert ids(one.order for one in found.only_there) == ["fmk:2"]


def test_names_that_only_begin_alike_are_not_paired_and_not_called_missing():
    found = compared(local(1, "Insulin Lantus"), fmk(1, "Insulin NovoRapid"))
    assert [(ids(one.here), ids(one.there)) for one in found.unclear] == [(["nexus:1"], ["fmk:1"])]


# --- what differs ---


@pytest.mark.parametrize(
    ("mine", "theirs", "expected"),
    [
        ({}, {}, ()),
        ({"status": "active"}, {"status": "paused"}, (What.STATUS,)),
        ({"status": "active"}, {"status": "unknown"}, ()),
        ({"paused_from": "2026-12-01"}, {}, (What.STATUS,)),
        ({"strength": "2,5 mg"}, {"strength": "2.5mg"}, ()),
        ({"strength": "2,5 mg"}, {"strength": "5 mg"}, (What.STRENGTH,)),
        ({"strength": "2,5 mg"}, {}, ()),
        ({"form": "tabletter"}, {"form": "tablet"}, ()),
        ({"form": "tabletter"}, {"form": "depottabletter"}, (What.RELEASE,)),
        ({"form": "filmovertrukne tabletter"}, {"form": "tabletter"}, (What.FORM,)),
        ({"drug": "Pinex 500 mg depottabletter"}, {"drug": "Pinex 500 mg"}, (What.RELEASE,)),
        ({"form": "depottabletter"}, {}, ()),
        ({"route": "oral"}, {"route": "Oral anvendelse"}, ()),
        ({"route": "oral"}, {"route": "sublingual"}, (What.ROUTE,)),
        ({"dosage_text": "1 tablet"}, {"dosage_text": "2 tabletter"}, (What.DOSAGE,)),
        ({"dosage_text": "1 tablet"}, {"dosage_text": "1  Tablet."}, ()),
        ({"dosage_text": "1 tablet"}, {"dosage_text": " "}, ()),
        ({"max_per_day": "4"}, {"max_per_day": "8"}, (What.DOSAGE,)),
        ({"instruction": "knuses ikke"}, {"instruction": "må knuses"}, (What.DOSAGE,)),
        ({"kind": "prn"}, {}, (What.DOSAGE,)),
        ({"start": "2026-02-01"}, {}, (What.PERIOD,)),
        ({"start": None}, {}, ()),
        ({"end": "2026-12-01"}, {}, (What.PERIOD,)),
        ({"end": "2026-12-01"}, {"end": "2026-12-01T10:00"}, ()),
        ({"end": "snart"}, {"end": "senere"}, (What.PERIOD,)),
        ({"atc": "N02BE01"}, {"atc": "N02BE51"}, (What.ATC,)),
        ({"drug": "Pinex Retard"}, {}, (What.NAME,)),
        ({"drug": "Panodil", "substance": "Paracetamol"}, {"substance": "paracetamol"}, ()),
        ({"drug": "Panodil", "atc": "N02BE01"}, {"atc": "N02BE01"}, ()),
        ({"drug": "Panodil"}, {}, (What.NAME,)),
        ({"drug": "Panodil 500 mg", "atc": "N02BE01"}, {"atc": "N02BE01", "strength": "1 g"}, (What.NAME,)),
        ({"drug": "Panodil 500 mg", "atc": "N02BE01"}, {"atc": "N02BE01", "strength": "500mg"}, ()),
        ({"drug": "Fiasp", "atc": "A10AB05"}, {"drug": "NovoRapid", "atc": "A10AB05"}, (What.NAME,)),
        ({"drug": "Insulin Lantus", "atc": "A10AE04"}, {"drug": "Lantus", "atc": "A10AE04"}, ()),
        ({"drug": "Pinex 30"}, {"drug": "Pinex 50"}, (What.NAME,)),
        ({"drug": "Pinex 30"}, {"drug": "Pinex 300 mg"}, (What.NAME,)),
        ({"drug": "Pinex 2"}, {"drug": "Pinex 2,5"}, (What.NAME,)),
        ({"drug": "Pinex 2.5 mg"}, {"drug": "Pinex", "strength": "2,5mg"}, ()),
        ({"drug": "Pinex 500 mg tabletter"}, {"drug": "Pinex 500mg"}, ()),
        ({"dosage_text": "1-2 tabletter"}, {"dosage_text": "1,2 tabletter"}, (What.DOSAGE,)),
        ({"form": "kapsler"}, {"form": "kapsel"}, ()),
        ({"form": "tablet"}, {"form": "tabletter med modificeret udløsning"}, (What.RELEASE,)),
        ({"form": "ml"}, {"form": "mg"}, (What.FORM,)),
        ({"route": "oral"}, {"route": "oralt i sonde"}, (What.ROUTE,)),
    ],
)  # fmt: skip
def test_what_both_state_and_is_not_the_same_is_a_difference(mine, theirs, expected):
    made = [order(name, **{"drug": "Pinex", **facts}) for name, facts in (("nexus:1", mine), ("fmk:1", theirs))]
    assert differences(Pair(*made), TODAY, ZONE) == expected
    assert differences(Pair(*made[::-1]), TODAY, ZONE) == expected


@pytest.mark.parametrize(
    ("mine", "theirs", "differs"),
    [
        ([MORNING], [MORNING], False),
        ([MORNING], [{**MORNING, "quantity": "1.0"}], False),
        ([MORNING], [{**MORNING, "quantity": "10"}], True),
        ([{**MORNING, "quantity": "0,5"}], [{**MORNING, "quantity": "0.50"}], False),
        ([MORNING], [{**MORNING, "time": "09:00"}], True),
        ([MORNING], [{"slot": "morning", "quantity": "1", "every_days": 1}], False),
        ([MORNING, {**MORNING, "time": "20:00"}], [{"times_per_day": 2, "quantity": "1", "every_days": 1}], False),
        ([MORNING], [{"times_per_day": 2, "quantity": "1", "every_days": 1}], True),
        ([MORNING], [{**MORNING, "every_days": 2}], True),
        ([MORNING], [{**MORNING, "quantity_max": "2"}], True),
        ([MORNING], [{**MORNING, "prn": True}], True),
        ([MORNING], [], True),
        ([MORNING], [{**MORNING, "unit": "tabletter"}], False),
        ([MORNING], [{**MORNING, "unit": "ml"}], True),
        ([MORNING], [{**MORNING, "unit": None}], False),
        ([{**MORNING, "start": "2026-11-20"}], [{**MORNING, "start": "2026-11-01"}], False),
        ([{**MORNING, "end": "2026-11-23"}], [{**MORNING, "end": "2026-11-26"}], True),
        (
            [{**MORNING, "every_days": 3, "start": "2026-11-20"}],
            [{**MORNING, "every_days": 3, "start": "2026-11-21"}],
            True,
        ),
        (
            [{**MORNING, "every_days": 3, "start": "2026-11-20"}],
            [{**MORNING, "every_days": 3, "start": "2026-11-23"}],
            False,
        ),
    ],
)
def test_a_dosage_is_compared_amount_by_amount_and_by_the_clock_where_both_have_one(mine, theirs, differs):
    pair = Pair(order("nexus:1", "Pinex", *mine), order("fmk:1", "Pinex", *theirs))
    assert (differences(pair, TODAY, ZONE) == (What.DOSAGE,)) is differs


def test_only_pairs_that_differ_are_told():
    found = compared(local(1, "Pinex"), fmk(1, "Pinex"), local(2, "Furix", strength="1"), fmk(2, "Furix", strength="2"))
    assert [(pair.here.medication.id, what) for pair, what in unlike_pairs(found, TODAY, ZONE)] == [
        ("nexus:2", (What.STRENGTH,))
    ]


# --- the sheet ---


def test_a_sheet_is_made_from_the_local_list():
    assert plan(fmk(1, "Pinex"), local(1, "Pinex")).made_from.title == "nexus"


def test_where_no_local_list_holds_anything_it_is_made_from_the_shared_one():
    assert plan(fmk(1, "Pinex")).made_from.title == "FMK"
    assert plan(fmk(1, "Pinex"), local(1, "Furix", status="stopped")).made_from.title == "FMK"
    assert plan(fmk(1, "Pinex", status="stopped")).made_from.title == "FMK"


def test_where_the_local_list_never_says_when_it_is_made_from_the_one_that_does():
    untimed = local(1, "Pinex", {"quantity": "1", "every_days": 1})
    assert plan(untimed, fmk(1, "Pinex")).made_from.title == "FMK"
    assert plan(untimed, fmk(1, "Pinex", {"quantity": "1"})).made_from.title == "nexus"


def test_without_orders_there_is_no_sheet():
    nothing = plan()
    assert (nothing.made_from, nothing.orders, nothing.ask, nothing.comparisons) == (None, (), (), ())
    assert made_from((), DAYS, ZONE) is None


def test_a_drug_that_both_lists_hold_is_signed_once():
    made = plan(local(1, "Pinex"), fmk(1, "Pinex"))
    assert (ids(made.orders), made.ask) == (["nexus:1"], ())
    assert made.title_of(made.orders[0]) == "nexus"


def test_a_drug_that_only_the_other_list_holds_is_asked_about_with_what_the_sheet_s_list_says_of_it():
    made = plan(local(1, "Pinex"), local(2, "Furix", status="stopped"), fmk(1, "Furix"), fmk(2, "Marevan"))
    assert [(asked.order.medication.id, ids(asked.instead), asked.list.title) for asked in made.ask] == [
        ("fmk:1", ["nexus:2"], "FMK"),
        ("fmk:2", [], "FMK"),
    ]


def test_a_drug_that_the_sheet_s_list_pauses_and_the_other_has_due_is_asked_about_and_not_called_paused():
    made = plan(local(1, "Pinex"), local(2, "Eliquis", status="paused"), fmk(2, "Eliquis"))
    assert [(asked.order.medication.id, ids(asked.instead)) for asked in made.ask] == [("fmk:2", ["nexus:2"])]
    assert made.held == {"nexus:2"}


def test_where_nobody_can_say_which_is_paused_what_is_due_is_asked_about():
    paused = [local(number, "Furix", status="paused") for number in (1, 2)]
    made = plan(local(3, "Pinex"), *paused, fmk(1, "Furix"), fmk(2, "Furix", status="paused"))
    assert [(asked.order.medication.id, ids(asked.instead)) for asked in made.ask] == [
        ("fmk:1", ["nexus:1", "nexus:2"])
    ]
    assert made.held == {"nexus:1", "nexus:2"}


def test_two_lists_of_one_system_without_a_drug_in_common_complete_each_other():
    nexus = (delivery("nexus"),)
    shared = order("nexus:2", "Furix", MORNING, list="FMK")
    made = plan(local(1, "Pinex"), shared, sources=nexus)
    assert (ids(made.orders), made.ask, made.comparisons) == (["nexus:1", "nexus:2"], (), ())
    assert made.title_of(shared) == "FMK (nexus)"
    rivals = plan(local(1, "Pinex"), shared, order("nexus:3", "Pinex", MORNING, list="FMK"), sources=nexus)
    assert (ids(rivals.orders), ids(one.order for one in rivals.ask)) == (["nexus:1"], ["nexus:2"])


def test_a_drug_that_one_system_has_fixed_on_one_list_and_when_needed_on_another_is_both():
    prn = {"quantity": "1", "prn": True}
    lists = (local(1, "Pinex", list="Fast"), local(2, "Pinex", prn, list="PN"), local(3, "Oxynorm", prn, list="PN"))
    stopped = local(4, "Oxynorm", list="Fast", status="stopped")
    found = plan(*lists, stopped, sources=(delivery("nexus"),))
    assert (ids(found.orders), found.ask) == (["nexus:1", "nexus:4", "nexus:2", "nexus:3"], ())
    again = plan(*lists, local(5, "Pinex", prn, list="Fast"), sources=(delivery("nexus"),))
    assert ids(asked.order for asked in again.ask) == ["nexus:3"]


def test_what_two_other_lists_hold_is_asked_about_once():
    sources = (delivery("nexus"), delivery("fmk"), delivery("hospital"))
    made = plan(local(1, "Pinex"), fmk(1, "Furix"), order("hospital:1", "Furix", MORNING), sources=sources)
    assert ids(asked.order for asked in made.ask) == ["fmk:1"]
    held = plan(
        local(1, "Furix", status="paused"), local(2, "Pinex"), fmk(1, "Furix"), order("hospital:1", "Furix", MORNING),
        sources=sources,
    )  # fmt: skip
    assert ids(asked.order for asked in held.ask) == ["fmk:1"]


def test_what_was_given_on_the_other_list_s_order_was_given():
    made = plan(local(1, "Pinex", given=("2026-11-21T22:00",)), fmk(1, "Pinex", given=("2026-11-22T02:00",)))
    assert [item.given_at for item in made.orders[0].administrations] == ["2026-11-21T22:00", "2026-11-22T02:00"]


def test_on_which_days_another_list_has_a_drug_due_is_known():
    made = plan(local(1, "Pinex"), fmk(1, "Pinex", {**MORNING, "weekdays": "1", "every_days": None}))
    assert made.due_elsewhere(made.orders[0], DAYS, ZONE) == {date(2026, 11, 23)}
    alone = plan(local(1, "Pinex"), local(2, "Furix"), fmk(1, "Pinex"))
    assert alone.due_elsewhere(alone.orders[1], DAYS, ZONE) == frozenset()


def test_which_orders_of_another_list_may_be_one_is_known():
    made = plan(local(1, "Insulin Lantus"), local(2, "Pinex"), fmk(1, "Insulin NovoRapid"))
    assert [ids(made.perhaps(one)) for one in made.orders] == [["fmk:1"], []]


DRUGS = st.sampled_from(
    [
        {"drug": "Pinex", "atc": "N02BE01"},
        {"drug": "Panodil", "atc": "N02BE01"},
        {"drug": "Pinex"},
        {"drug": "Insulin Lantus"},
        {"drug": "Insulin NovoRapid"},
        {"drug": "Furix", "strength": "40 mg"},
        {"drug": "Furix", "strength": "20 mg"},
        {"drug": "Furix Retard"},
        {"drug": "NovoMix 30"},
        {"drug": "NovoMix 50"},
    ]
)
STATES = st.sampled_from(
    [
        {},
        {"status": "paused"},
        {"status": "stopped"},
        {"status": "stopped", "end": "2026-11-30"},
        {"status": "unknown"},
        {"status": "draft"},
        {"end": "2026-11-01"},
        {"start": "2026-11-23"},
        {"paused_from": "2026-11-20", "paused_to": "2026-11-22"},
    ]
)
DOSAGES = st.lists(
    st.sampled_from([MORNING, {"slot": "night", "quantity": "1"}, {"prn": True}, {"weekdays": "3", "time": "09:00"}]),
    max_size=2,
)
WHOSE = st.sampled_from([("nexus", None), ("fmk", "FMK"), ("nexus", "FMK"), ("pdf", None)])
SOURCES = tuple(delivery(source) for source in ("nexus", "fmk", "pdf"))


@st.composite
def many(draw) -> list[Order]:
    found = []
    for place in range(draw(st.integers(0, 8))):
        source, name = draw(WHOSE)
        facts = {**draw(DRUGS), **draw(STATES), "list": name}
        found.append(order(f"{source}:{place}", facts.pop("drug"), *draw(DOSAGES), **facts))
    return found


@given(many())
def test_every_order_in_force_stands_on_the_sheet_exactly_once(orders):
    made = plan(*orders, sources=SOURCES)
    signed, asked = set(ids(made.orders)), ids(one.order for one in made.ask)
    paired = {pair.there.medication.id for found in made.comparisons for pair in found.pairs}
    unclear = {one.medication.id for found in made.comparisons for group in found.unclear for one in group.there}
    assert len(asked) == len(set(asked))
    for one in orders:
        if in_force(one, DAYS, ZONE):
            order_id = one.medication.id
            places = [order_id in signed, order_id in asked, order_id in (paired | unclear) - set(asked)]
            assert places.count(True) == 1, order_id


@given(many())
def test_no_drug_has_boxes_twice_because_two_lists_hold_it(orders):
    made = plan(*orders, sources=SOURCES)
    boxes = {
        one.medication.id for one in (*made.orders, *(asked.order for asked in made.ask)) if signable(one, DAYS, ZONE)
    }
    for found in made.comparisons:
        for pair in found.pairs:
            assert len(boxes & {pair.here.medication.id, pair.there.medication.id}) <= 1
    signed = [one for one in made.orders if in_force(one, DAYS, ZONE)]
    for place, one in enumerate(signed):
        for other in signed[place + 1 :]:
            if made.title_of(one) != made.title_of(other):
                assert not surely_same(one.medication, other.medication)


@given(many())
def test_what_is_due_in_any_list_has_a_box_or_is_told_beside_one(orders):
    made = plan(*orders, sources=SOURCES)
    boxes = {
        one.medication.id for one in (*made.orders, *(asked.order for asked in made.ask)) if signable(one, DAYS, ZONE)
    }
    for one in orders:
        if signable(one, DAYS, ZONE) and one.medication.id not in boxes:
            beside = [
                here.medication.id
                for found in made.comparisons
                for group in (
                    *(((pair.here,), (pair.there,)) for pair in found.pairs),
                    *((group.here, group.there) for group in found.unclear),
                )
                if one.medication.id in ids(group[1])
                for here in group[0]
            ]
            assert boxes & set(beside), one.medication.id
