"""All that a generation knows about one citizen, in sections that say what is not known.

A section is never a bare list: `Section.empty` tells *none known* from *nothing recorded* from *not delivered*.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Generic, TypeVar

from backupreader.domain.records import (
    Access,
    Administration,
    Alert,
    Citizen,
    Condition,
    Contact,
    Delivery,
    Document,
    Dose,
    Intervention,
    Measurement,
    Medication,
    Note,
    Unit,
    Visit,
)

T = TypeVar("T")


class Presence(Enum):
    """The states of a section on every screen and page."""

    VALUE = "value"
    NONE_KNOWN = "none-known"  # the source stated that there is none
    NOTHING_RECORDED = "nothing-recorded"  # the table came, with no row for this citizen
    NOT_DELIVERED = "not-delivered"  # no source delivered this table: nothing is known
    LEFT_OUT = "left-out"  # kept out of this copy by the municipality's decision: nothing is known here


@dataclass(frozen=True, slots=True)
class Section(Generic[T]):
    """One table's rows for one citizen, with who delivered that table and when.

    `items` may be fewer than `total` where a screen asked for the newest only.
    """

    items: tuple[T, ...]
    presence: Presence
    deliveries: tuple[Delivery, ...]
    total: int

    @property
    def taken_at(self) -> str | None:
        """The oldest moment any of the section's sources was taken; None when not delivered."""
        return min((delivery.taken_at for delivery in self.deliveries), default=None)

    @property
    def complete(self) -> bool:
        """False when any source said that rows are missing from this table."""
        return all(delivery.complete is not False for delivery in self.deliveries)


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """A medication order with its structured doses and what was given of it, newest first."""

    medication: Medication
    doses: tuple[Dose, ...]
    administrations: tuple[Administration, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Journal:
    """Everything about one citizen, current and past; what is wrong or ended keeps its status and is never left out.

    `citizen` stands for her (see `persons`): where several sources state her, `also` is what the others state, as they
    state it, and `told` says when each of them was asked. `same_number` are other citizens who have a person number of
    hers: something kept them apart (see `linking`), and what is hers may stand on their pages. `withheld` are the ids
    of orders that are kept back until a reason is stated (see `withheld`): what stands in `orders` for one has no name;
    `address_withheld` says that her address, room and telephone are kept back so.
    """

    citizen: Citizen
    unit: Unit | None
    namesakes: tuple[Citizen, ...]
    alerts: Section[Alert]
    contacts: Section[Contact]
    access: Section[Access]
    conditions: Section[Condition]
    interventions: Section[Intervention]
    notes: Section[Note]
    orders: Section[Order]
    administrations: Section[Administration]
    visits: Section[Visit]
    measurements: Section[Measurement]
    documents: Section[Document]
    also: tuple[Citizen, ...] = ()
    told: tuple[Delivery, ...] = ()
    same_number: tuple[Citizen, ...] = ()
    address_withheld: bool = False
    withheld: frozenset[str] = frozenset()
