"""From which list a medicine sheet is made, and what of the other lists must stand on it too.

What harms is a drug that is given twice because two lists hold it, and one that is not given because only the other
list holds it. So a sheet is made from one list, and every order that any list has in force stands in exactly one place:

* `orders`: to be given as the list says, one box for each dose;
* `ask`: what the sheet's list does not have, or holds back while another list has it due: to be asked about first;
* paired with one of those: what it says differently is told beside it;
* unclear: it may be one of those, and nobody can say which: told, without a box.

The list is the local module's, where exact times are planned; the country's shared list where no local one holds
anything, or where the local one says of no order when it is given and the shared one does. Of several, the first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from zoneinfo import ZoneInfo

from backupreader.domain.journal import Journal, Order
from backupreader.domain.listdifferences import What, differences
from backupreader.domain.medicinelists import (
    Comparison,
    MedicineList,
    Only,
    Pair,
    Unclear,
    compare,
    in_force,
    lists_of,
    needed,
    signable,
)


@dataclass(frozen=True, slots=True)
class Asked:
    """An order of `list` that is not simply to be given; `instead` is what the sheet's own list says of that drug."""

    order: Order
    list: MedicineList
    instead: tuple[Order, ...]


@dataclass(frozen=True, slots=True)
class Signing:
    """What a medicine sheet is made of. `held` are orders of its list of which an `Asked` speaks in their place."""

    made_from: MedicineList | None
    lists: tuple[MedicineList, ...]
    orders: tuple[Order, ...]
    ask: tuple[Asked, ...]
    held: frozenset[str]
    comparisons: tuple[Comparison, ...]

    def title_of(self, order: Order) -> str:
        """The title of the list that holds an order."""
        holding = (one for one in self.lists if any(mine.medication is order.medication for mine in one.orders))
        return next(one.title for one in holding)

    def due_elsewhere(self, order: Order, days: Sequence[date], zone: ZoneInfo) -> frozenset[date]:
        """The days on which another list has the same drug due."""
        pairs = [pair for one in self.comparisons for pair in one.pairs if pair.here.medication is order.medication]
        return frozenset(day for day in days if any(signable(pair.there, [day], zone) for pair in pairs))

    def perhaps(self, order: Order) -> tuple[Order, ...]:
        """The other lists' orders that may be this one: what was given on them may have been given on it."""
        return tuple(
            other
            for comparison in self.comparisons
            for group in comparison.unclear
            if any(mine.medication is order.medication for mine in group.here)
            for other in group.there
        )


def signing(journal: Journal, days: Sequence[date], zone: ZoneInfo) -> Signing:
    """The sheet's orders on these days."""
    lists = lists_of(journal)
    base = made_from(lists, days, zone)
    if base is None:
        return Signing(None, lists, (), (), frozenset(), ())
    orders, ask, held = list(base.orders), list[Asked](), set[str]()
    comparisons: list[Comparison] = []
    for other in lists:
        if other is base or not other.orders:
            continue
        standing = [order for order in orders if order.medication.id not in held]
        so_far = replace(base, orders=(*standing, *(asked.order for asked in ask)))
        found = compare(so_far, other, days, zone)
        if _complete_each_other(found):
            orders += [order for order in other.orders if in_force(order, days, zone)]
            continue
        comparisons.append(found)
        ask += [Asked(one.order, other, one.ended) for one in found.only_there]
        held |= {order.medication.id for one in found.only_there for order in one.ended}
        for here, there in _held_back(found, days, zone):
            ask += [Asked(order, other, here) for order in there]
            held |= {order.medication.id for order in here}
    return Signing(base, lists, _with_given(orders, comparisons), tuple(ask), frozenset(held), tuple(comparisons))


def _complete_each_other(found: Comparison) -> bool:
    """Two lists of one system that have no drug in common are two parts of what it says.

    So are two of its own where the one has a drug fixed and the other when needed; a copy of the shared list is not.
    """
    if found.here.source != found.there.source:
        return False
    alone = (*found.only_here, *found.only_there)
    common = (
        *(((pair.here,), (pair.there,)) for pair in found.pairs),
        *((unclear.here, unclear.there) for unclear in found.unclear),
        *(((one.order,), one.ended) for one in alone),
    )
    copied = bool(found.here.central or found.there.central)
    return not any(
        here and there and (copied or {needed(order) for order in here} & {needed(order) for order in there})
        for here, there in common
    )


def _held_back(
    found: Comparison, days: Sequence[date], zone: ZoneInfo
) -> Iterator[tuple[tuple[Order, ...], tuple[Order, ...]]]:
    """What the sheet's list does not have due on these days, and the other list's orders of the same drug that are."""
    same = [((pair.here,), (pair.there,)) for pair in found.pairs]
    for here, there in (*same, *((unclear.here, unclear.there) for unclear in found.unclear)):
        due = tuple(order for order in there if signable(order, days, zone))
        if due and not any(signable(order, days, zone) for order in here):
            yield here, due


def made_from(lists: Sequence[MedicineList], days: Sequence[date], zone: ZoneInfo) -> MedicineList | None:
    """The list that a sheet is made from; None where no list holds any order."""
    filled = [one for one in lists if any(in_force(order, days, zone) for order in one.orders)]
    filled = filled or [one for one in lists if one.orders]
    local = [one for one in filled if not one.central]
    timed = [one for one in filled if _timed(one, days, zone)]
    among = [one for one in local if one in timed] or timed or local or filled
    return among[0] if among else None


def _timed(one: MedicineList, days: Sequence[date], zone: ZoneInfo) -> bool:
    """Does it say of any order when on the day it is given?"""
    return any(dose.time or dose.slot for order in one.orders if in_force(order, days, zone) for dose in order.doses)


def _with_given(orders: Sequence[Order], comparisons: Sequence[Comparison]) -> tuple[Order, ...]:
    """Each order with what was given on the same drug's order in another list: a dose given is given in all lists."""
    found: list[Order] = []
    for order in orders:
        others = [pair.there for one in comparisons for pair in one.pairs if pair.here.medication is order.medication]
        given = (*order.administrations, *(item for other in others for item in other.administrations))
        found.append(order if len(given) == len(order.administrations) else replace(order, administrations=given))
    return tuple(found)


def unlike_pairs(comparison: Comparison, day: date, zone: ZoneInfo) -> tuple[tuple[Pair, tuple[What, ...]], ...]:
    """The pairs that differ, each with what differs."""
    found = ((pair, differences(pair, day, zone)) for pair in comparison.pairs)
    return tuple((pair, what) for pair, what in found if what)


def number_of_differences(comparison: Comparison, day: date, zone: ZoneInfo) -> int:
    """How many drugs two lists do not agree on."""
    apart: tuple[Only | Unclear, ...] = (*comparison.only_here, *comparison.only_there, *comparison.unclear)
    return len(unlike_pairs(comparison, day, zone)) + len(apart)
