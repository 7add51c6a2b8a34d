"""What is kept back until a reason is stated: private-marked medicine, and where a protected citizen lives.

Screen and paper share these rules. What is kept back leaves a mark and never a gap:

* An order that is kept back stays in its section as a stand-in, which has its id, its list, its status and its period,
  and neither name, substance, dosage nor indication. Its id stands in `Journal.withheld`. It belongs to its
  `MedicineList` as `withheld`, so that it is counted and told, and never compared, never given a box.
* So are the orders that are surely the same drug as a private-marked one that still holds, in whichever list: else the
  drug would stand there by its name as "only in the other list", or as "stopped, do not give" while the order that is
  kept back has it due.
* What was given of such a drug keeps its id, its order and its status.
* A protected citizen keeps her mark, and loses address, room and telephone; so do her statements in other sources.

Free text is left as it stands: notes, remarks, instructions, tasks of visits, a municipality's own documents, and the
contacts, of whom nobody knows whether they live with her.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from backupreader.domain.drugs import surely_same
from backupreader.domain.journal import Journal, Order
from backupreader.domain.lifecritical import without_private
from backupreader.domain.medicinelists import needed
from backupreader.domain.presence import is_current
from backupreader.domain.records import Administration, Citizen, Medication
from backupreader.domain.rounds import DrivingList
from backupreader.domain.tonight import Ours, Tonight


def withheld(journal: Journal, *, private: bool, protected: bool) -> Journal:
    """The journal with `private` medicine and `protected` addresses kept back, each where it is True."""
    if private:
        journal = _without_private(journal)
    if protected:
        journal = replace(
            journal,
            citizen=_without_address(journal.citizen, protected=False),
            address_withheld=journal.citizen.protected_address,
            also=without_addresses(journal.also, protected=journal.citizen.protected_address),
            namesakes=without_addresses(journal.namesakes, protected=False),
            same_number=without_addresses(journal.same_number, protected=journal.citizen.protected_address),
        )
    return journal


def withheld_list(rounds: DrivingList, *, protected: bool) -> DrivingList:
    """The driving list with `protected` addresses kept back, where it is True."""
    if not protected:
        return rounds
    hidden = {name for name, citizen in rounds.citizens.items() if citizen.protected_address}
    return replace(
        rounds,
        address_withheld=bool(hidden),
        citizens={name: _without_address(citizen, protected=False) for name, citizen in rounds.citizens.items()},
        also={name: without_addresses(also, protected=name in hidden) for name, also in rounds.also.items()},
    )


def withheld_tonight(tonight: Tonight, *, private: bool, protected: bool) -> Tonight:
    """Who is ours, without what makes her life-critical through `private` medicine, and without `protected` addresses.

    That she is life-critical is not kept back.
    """
    rules = tonight.rulebook.rules if tonight.rulebook is not None else ()
    people = tonight.people
    if private:
        people = tuple(replace(person, matches=without_private(rules, person.matches)) for person in people)
    if protected:
        people = tuple(_without_where(person) for person in people)
    return replace(tonight, people=people)


def _without_where(person: Ours) -> Ours:
    hidden = any(one.protected_address for one in (person.citizen, *person.also))
    return replace(
        person,
        citizen=_without_address(person.citizen, protected=hidden),
        also=without_addresses(person.also, protected=hidden),
    )


def _without_private(journal: Journal) -> Journal:
    orders = journal.orders.items
    drugs = kept_private([order.medication for order in orders])
    if not drugs:
        return journal
    ids = frozenset(drug.id for drug in drugs)
    known = {order.medication.id for order in orders}
    given = tuple(
        _bare(item) if item.medication in ids or (item.medication not in known and _is_of(item, drugs)) else item
        for item in journal.administrations.items
    )
    return replace(
        journal,
        orders=replace(
            journal.orders, items=tuple(_stand_in(order) if order.medication.id in ids else order for order in orders)
        ),
        administrations=replace(journal.administrations, items=given),
        withheld=ids,
    )


def _is_any_of(medication: Medication, among: Iterable[Medication]) -> bool:
    return any(surely_same(medication, other) for other in among)


def _is_of(item: Administration, drugs: Iterable[Medication]) -> bool:
    """Whether what was given on an order that nobody knows is, by its name, one of the drugs."""
    return any(surely_same(replace(drug, drug=item.drug or "", substance=None, atc=None), drug) for drug in drugs)


def _stand_in(order: Order) -> Order:
    drug = order.medication
    return Order(
        medication=Medication(
            id=drug.id,
            citizen=drug.citizen,
            drug="",
            origin=drug.origin,
            list=drug.list,
            kind="prn" if needed(order) else drug.kind,
            status=drug.status,
            start=drug.start,
            end=drug.end,
            paused_from=drug.paused_from,
            paused_to=drug.paused_to,
            private=True,
        ),
        doses=(),
        administrations=tuple(_bare(item) for item in order.administrations),
    )


def _bare(item: Administration) -> Administration:
    return Administration(
        id=item.id, citizen=item.citizen, origin=item.origin, medication=item.medication, status=item.status
    )


def kept_private(orders: Sequence[Medication]) -> tuple[Medication, ...]:
    """Of all that one person is given, the orders that are kept back with the private-marked ones, and those."""
    holding = [order for order in orders if order.private and is_current(order.status)]
    return tuple(order for order in orders if order.private or _is_any_of(order, holding))


def without_addresses(citizens: Iterable[Citizen], *, protected: bool = False) -> tuple[Citizen, ...]:
    """Each without address, room and telephone who is protected, by her own mark or as another says (`protected`)."""
    return tuple(_without_address(citizen, protected=protected) for citizen in citizens)


def _without_address(citizen: Citizen, *, protected: bool) -> Citizen:
    """Without address where she is protected, by this statement or as another says (`protected`)."""
    if not (citizen.protected_address or protected):
        return citizen
    return replace(citizen, address=None, postal_code=None, city=None, room=None, phone=None, protected_address=True)
