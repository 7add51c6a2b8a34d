"""Two lists of medicine side by side: which order of one is which of the other, and in what they differ.

Lists are never merged. An order is paired with one of another list only where it is surely the same drug and no other
order could be meant (see `drugs`). Where several could be meant, or the names only begin alike, that is said and
nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeVar
from zoneinfo import ZoneInfo

from backupreader.domain.dosage import Standing, administration_rows, is_prn, standing
from backupreader.domain.drugs import label, perhaps_same, same_form, surely_same
from backupreader.domain.fold import fold, words
from backupreader.domain.journal import Journal, Order
from backupreader.domain.presence import source_of
from backupreader.domain.records import Citizen, Delivery, Medication

T = TypeVar("T")

_CENTRAL: Final = {"fmk": "FMK", "nll": "NLL", "faellesmedicinkort": "FMK", "nationellalaekemedelslistan": "NLL"}
"""The shared lists of a country, by how a source may call them: FMK in Denmark, the NLL in Sweden."""
_DANISH: Final = frozenset({"cpr", "replacement"})
_IN_FORCE: Final = frozenset({Standing.CURRENT, Standing.UNSURE, Standing.PAUSED, Standing.FUTURE})


@dataclass(frozen=True, slots=True, kw_only=True)
class MedicineList:
    """One citizen's list as one source delivered it. `name` is what the source calls it, else the source's name.

    `withheld` are stand-ins for orders that are kept back (see `withheld`): never compared, never given a box.
    """

    name: str
    source: str
    orders: tuple[Order, ...]
    delivery: Delivery | None
    withheld: tuple[Order, ...] = ()

    @property
    def title(self) -> str:
        """Its name, and whose copy of it this is where that is another."""
        return self.name if fold(self.name) == fold(self.source) else f"{self.name} ({self.source})"

    @property
    def central(self) -> str | None:
        """The country's shared list that this is a copy of; None for a local one."""
        parts = words(self.name)
        return next((_CENTRAL[part] for part in (*parts, "".join(parts)) if part in _CENTRAL), None)


def lists_of(journal: Journal) -> tuple[MedicineList, ...]:
    """Her lists in the order of the sources; a source that delivered medicine, but none for her, has an empty one."""
    deliveries = {delivery.source: delivery for delivery in reversed(journal.orders.deliveries)}
    found: dict[tuple[str, str], list[Order]] = {}
    for order in journal.orders.items:
        source = _source(order.medication, deliveries)
        found.setdefault((source, order.medication.list or source), []).append(order)
    for source in deliveries:
        if not any(known == source for known, _ in found):
            found[source, source] = []
    rank = {source: place for place, source in enumerate(reversed(deliveries))}
    ordered = sorted(found.items(), key=lambda entry: rank.get(entry[0][0], len(rank)))
    return tuple(
        MedicineList(
            name=name,
            source=source,
            orders=tuple(order for order in orders if order.medication.id not in journal.withheld),
            delivery=deliveries.get(source),
            withheld=tuple(order for order in orders if order.medication.id in journal.withheld),
        )
        for (source, name), orders in ordered
    )


def _source(medication: Medication, deliveries: Iterable[str]) -> str:
    """Whose order it is: the source that its id names, or the only one that delivered any."""
    known = set(deliveries)
    named = source_of(medication.id)
    return known.pop() if len(known) == 1 and named not in known else named


def confirmable(citizen: Citizen, lists: Sequence[MedicineList]) -> str | None:
    """The shared list against which her medicine would have to be confirmed; None where no such list is known of."""
    central = next((one.central for one in lists if one.central), None)
    if central is not None:
        return central
    return "FMK" if any(number.kind in _DANISH for number in citizen.identifiers) else None


def confirmed_at(lists: Iterable[MedicineList]) -> str | None:
    """When the oldest copy of a shared list was taken, beside which nothing newer is sure; None where none came."""
    return min((one.delivery.taken_at for one in lists if one.central and one.delivery), default=None)


@dataclass(frozen=True, slots=True)
class Pair:
    """One drug as two lists have it."""

    here: Order
    there: Order


@dataclass(frozen=True, slots=True)
class Only:
    """An order in force that another list does not have in force. `ended`: that list's orders of it that are not."""

    order: Order
    ended: tuple[Order, ...]


@dataclass(frozen=True, slots=True)
class Unclear:
    """Orders that mean the same drug, or may, of which nobody can say which is which."""

    here: tuple[Order, ...]
    there: tuple[Order, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two lists beside each other. Every order that either has in force stands in exactly one place."""

    here: MedicineList
    there: MedicineList
    pairs: tuple[Pair, ...]
    only_here: tuple[Only, ...]
    only_there: tuple[Only, ...]
    unclear: tuple[Unclear, ...]


def in_force(order: Order, days: Sequence[date], zone: ZoneInfo) -> bool:
    """Whether it holds on the first of the days, begins later, is paused, or may be due on any of them."""
    return standing(order.medication, days[0], zone) in _IN_FORCE or signable(order, days, zone)


def signable(order: Order, days: Sequence[date], zone: ZoneInfo) -> bool:
    """Whether it has, or may have, a dose on any of the days."""
    return any(row.shown for row in administration_rows(order, days, zone))


def compare(here: MedicineList, there: MedicineList, days: Sequence[date], zone: ZoneInfo) -> Comparison:
    """What each has in force on the days, drug by drug."""
    mine, past_mine = _parted(here.orders, lambda order: in_force(order, days, zone))
    theirs, past_theirs = _parted(there.orders, lambda order: in_force(order, days, zone))
    pairs: list[Pair] = []
    unclear: list[Unclear] = []
    alone_here: list[Order] = []
    alone_there: list[Order] = []
    for ours, others in _drugs(mine, theirs):
        found, left, left_there = _paired(ours, others)
        pairs += found
        if left and left_there:
            unclear.append(Unclear(tuple(left), tuple(left_there)))
        else:
            alone_here += left
            alone_there += left_there
    return Comparison(
        here,
        there,
        tuple(pairs),
        tuple(Only(order, _same_drug(order, past_theirs)) for order in alone_here),
        tuple(Only(order, _same_drug(order, past_mine)) for order in alone_there),
        tuple(unclear),
    )


def _same_drug(order: Order, among: Iterable[Order]) -> tuple[Order, ...]:
    return tuple(other for other in among if surely_same(order.medication, other.medication))


def _parted(items: Iterable[T], test: Callable[[T], bool]) -> tuple[list[T], list[T]]:
    parts: tuple[list[T], list[T]] = ([], [])
    for item in items:
        parts[0 if test(item) else 1].append(item)
    return parts


def _drugs(here: Sequence[Order], there: Sequence[Order]) -> Iterator[tuple[list[Order], list[Order]]]:
    """The orders of each drug: all that hang together because they are, or may be, the same."""
    waiting = [(order, True) for order in here] + [(order, False) for order in there]
    while waiting:
        met, reached = [waiting.pop(0)], 0
        while reached < len(met):
            order, side = met[reached]
            reached += 1
            near, waiting = _near(order, waiting, of_other_side=not side)
            met += near
        yield [order for order, side in met if side], [order for order, side in met if not side]


def _near(
    order: Order, waiting: list[tuple[Order, bool]], *, of_other_side: bool
) -> tuple[list[tuple[Order, bool]], list[tuple[Order, bool]]]:
    """Those of the other list that are, or may be, the same drug; and the rest."""
    return _parted(
        waiting, lambda other: other[1] is of_other_side and perhaps_same(order.medication, other[0].medication)
    )


def _paired(here: list[Order], there: list[Order]) -> tuple[list[Pair], list[Order], list[Order]]:
    """The pairs, and what is left on both sides: alone on both, or alike in name, strength, form and need."""
    if len(here) == len(there) == 1 and surely_same(here[0].medication, there[0].medication):
        return [Pair(here[0], there[0])], [], []
    pairs: list[Pair] = []
    for order in here:
        twins = [other for other in there if _alike(order, other)]
        if len(twins) == 1 and sum(_alike(other, twins[0]) for other in here) == 1:
            pairs.append(Pair(order, twins[0]))
    mine, theirs = {id(pair.here) for pair in pairs}, {id(pair.there) for pair in pairs}
    return (
        pairs,
        [order for order in here if id(order) not in mine],
        [order for order in there if id(order) not in theirs],
    )


def _alike(one: Order, other: Order) -> bool:
    first, second = one.medication, other.medication
    return (
        surely_same(first, second)
        and bool(label(first))
        and label(first) == label(second)
        and same_form(first.form, second.form)
        and needed(one) == needed(other)
    )


def needed(order: Order) -> bool:
    """Whether all of it is given only when needed."""
    return is_prn(order.medication, None) or (bool(order.doses) and all(dose.prn for dose in order.doses))
