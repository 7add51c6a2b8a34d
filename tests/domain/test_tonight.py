"""Who is ours tonight: where each is, and choosing whom to see."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from backupreader.domain.lifecritical import Match
from backupreader.domain.records import Citizen, Origin, Unit
from backupreader.domain.shifts import shift_at
from backupreader.domain.tonight import (
    ANY_RULE,
    DONE,
    LEFT,
    Facet,
    Filter,
    Ours,
    Tick,
    Tonight,
    choose,
    of_route,
    of_unit,
    ticked,
)

HERE = Origin("x", 1)
TICK = Tick(at=datetime(2026, 11, 22, 2, tzinfo=UTC), by="Bo")


def ours(number: int, *statuses: str, **facts: object) -> Ours:
    stated = [
        Citizen(id=f"s{place}:{number}", name=f"B {number}", status=status, origin=HERE)  # type: ignore[arg-type]
        for place, status in enumerate(statuses or ("home",))
    ]
    return Ours(citizen=stated[0], also=tuple(stated[1:]), ids=tuple(one.id for one in stated), **facts)  # type: ignore[arg-type]


PEOPLE = (
    ours(1, unit="Nord", routes=("Nat 1",), alerts=frozenset({"fall"}), matches=(Match(rule="insulin", hits=()),)),
    ours(2, "hospital", unit="Nord", matches=(Match(rule="", hits=(), withheld=True),)),
    ours(3, unit="Syd", routes=("Nat 1", "Nat 2"), alerts=frozenset({"fall", "allergy"})),
    ours(4, "deceased", unit="Syd"),
    ours(5, "unknown"),
)


@pytest.mark.parametrize(
    ("statuses", "gone", "where"),
    [
        (("home",), False, "home"),
        (("deceased",), True, "deceased"),
        (("moved", "ended"), True, "moved"),
        (("deceased", "home"), False, "home"),
        (("home", "deceased"), False, "home"),
        (("unknown", "deceased"), True, "deceased"),
        (("unknown",), False, "unknown"),
        (("moved", "unknown"), True, "moved"),
        (("unknown", "respite"), False, "respite"),
    ],
)
def test_nobody_is_put_apart_whom_any_source_places_with_us(statuses, gone, where) -> None:
    person = ours(1, *statuses)
    assert (person.gone, person.where) == (gone, where)


def test_everyone_is_seen_and_counted_who_is_still_ours() -> None:
    chosen = choose(PEOPLE, Filter(), {})
    assert [person.citizen.name for person in chosen.people] == ["B 1", "B 2", "B 3", "B 5"]
    assert chosen.gone == 1
    assert chosen.counts[Facet.WHERE] == {"home": 2, "hospital": 1, "unknown": 1}
    assert chosen.counts[Facet.UNIT] == {"Nord": 2, "Syd": 1, "": 1}
    assert chosen.counts[Facet.ROUTE] == {"Nat 1": 2, "Nat 2": 1}
    assert chosen.counts[Facet.ALERT] == {"fall": 2, "allergy": 1}
    assert chosen.counts[Facet.RULE] == {ANY_RULE: 2, "insulin": 1}


@pytest.mark.parametrize(
    ("wanted", "seen"),
    [
        (Filter(unit="Nord"), [1, 2]),
        (Filter(unit=""), [5]),
        (Filter(route="Nat 1"), [1, 3]),
        (Filter(route="Nat 1", unit="Syd"), [3]),
        (Filter(alert="fall", where="home", route="Nat 2"), [3]),
        (Filter(life_critical=True), [1, 2]),
        (Filter(rule="insulin"), [1]),
        (Filter(rule="nobody has this"), []),
        (Filter(gone=True), [4]),
        (Filter(gone=True, unit="Nord"), []),
        (Filter(ticked=DONE), [3]),
        (Filter(ticked=LEFT), [1, 2, 5]),
    ],
)
def test_what_is_chosen_holds_for_all_who_are_seen(wanted, seen) -> None:
    chosen = choose(PEOPLE, wanted, {"s0:3": TICK})
    assert [int(person.citizen.name[2:]) for person in chosen.people] == seen


def test_a_count_says_how_many_would_be_seen_if_that_were_chosen_instead() -> None:
    wanted = Filter(unit="Nord", where="home")
    counts = choose(PEOPLE, wanted, {}).counts
    assert counts[Facet.UNIT] == {"Nord": 1, "Syd": 1}
    assert counts[Facet.WHERE] == {"home": 1, "hospital": 1}
    for facet, found in counts.items():
        for value, number in found.items():
            if wanted.chosen(facet) != value:
                assert len(choose(PEOPLE, wanted.toggled(facet, value), {}).people) == number, (facet, value)


@pytest.mark.parametrize("facet", Facet)
def test_what_is_chosen_twice_is_chosen_no_longer(facet) -> None:
    once = Filter().toggled(facet, "x")
    assert once.chosen(facet) == "x"
    assert not once.empty
    assert once.toggled(facet, "y").chosen(facet) == "y"
    assert once.toggled(facet, "x") == Filter()


def test_all_life_critical_and_one_rule_take_turns() -> None:
    every = Filter(life_critical=True)
    assert every.chosen(Facet.RULE) == ANY_RULE
    assert every == Filter().toggled(Facet.RULE, ANY_RULE)
    assert every.toggled(Facet.RULE, "insulin").chosen(Facet.RULE) == "insulin"
    assert every.toggled(Facet.RULE, "insulin").toggled(Facet.RULE, ANY_RULE) == every
    assert every.toggled(Facet.RULE, ANY_RULE) == Filter()


def test_ticks_are_counted_among_those_who_are_seen() -> None:
    assert ticked(PEOPLE, {"s0:1": TICK, "s0:9": TICK}) == 1
    assert choose((), Filter(life_critical=True), {}).people == ()
    assert choose([replace(PEOPLE[0], matches=())], Filter(life_critical=True), {}).people == ()


def everyone(*people: Ours) -> Tonight:
    now = datetime(2026, 11, 22, 2, tzinfo=ZoneInfo("Europe/Copenhagen"))
    return Tonight(at=now, shift=shift_at(now), people=people, rulebook=None)


def test_a_unit_s_citizens_are_all_whom_any_source_places_there_and_the_others_are_counted() -> None:
    first, second, third = (ours(number) for number in (1, 2, 3))
    here = replace(first, citizen=replace(first.citizen, unit="u1"))
    elsewhere = replace(second, also=(replace(second.citizen, unit="u1"),))
    unit = Unit(id="u1", name="Nord", origin=HERE)
    found = of_unit(everyone(here, elsewhere, third), unit, 5)
    assert found.people == (here, elsewhere)
    assert (found.unit, found.others) == ("Nord", 3)
    assert of_unit(everyone(here), unit, 0).others == 0


def test_a_route_s_citizens_are_those_whom_it_visits_on_the_shift() -> None:
    found = of_route(everyone(*PEOPLE), "Nat 1", 2)
    assert [person.ids for person in found.people] == [PEOPLE[0].ids, PEOPLE[2].ids]
    assert (found.route, found.others) == ("Nat 1", 0)


def test_a_namesake_is_known_on_a_narrowed_list_too() -> None:
    twin = replace(PEOPLE[1], citizen=replace(PEOPLE[1].citizen, name=" b 1"))
    found = of_route(everyone(PEOPLE[0], twin), "Nat 1", 1)
    assert len(found.people) == 1
    assert set(found.same_names.values()) == {2}
