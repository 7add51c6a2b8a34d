"""What a plan says: whom to call and when, what to try first, who does what, and what is due when.

A plan is data with an owner and a date by which it must be revised; the program knows no number and no name of its own.
It is written by the municipality in its own language, and its words are shown as they are, never translated. It holds
nothing about any citizen, and may be read by whoever stands before the PC. Ids are short words that a plan uses to name
one part from another.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from backupreader.domain.plan.about import NOWHERE, About, Spot
from backupreader.domain.plan.contacts import Calendar, Calling, Contact, Role, System
from backupreader.domain.plan.duties import Act, Duty, Window
from backupreader.domain.plan.guidance import Card, Guide, PartnerList, Room, Template


@dataclass(frozen=True, slots=True, kw_only=True)
class Supplement:
    """What one unit adds of its own. Its callings come before the common ones, its room in place of the common one."""

    unit: str
    about: About
    contacts: tuple[Contact, ...] = ()
    callings: tuple[Calling, ...] = ()
    cards: tuple[Card, ...] = ()
    duties: tuple[Duty, ...] = ()
    room: Room | None = None
    spot: Spot = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One municipality's plan, with what its units add. Every id is that of one thing of its kind."""

    about: About
    calendar: Calendar
    roles: tuple[Role, ...] = ()
    systems: tuple[System, ...] = ()
    contacts: tuple[Contact, ...] = ()
    callings: tuple[Calling, ...] = ()
    guides: tuple[Guide, ...] = ()
    cards: tuple[Card, ...] = ()
    acts: tuple[Act, ...] = ()
    duties: tuple[Duty, ...] = ()
    windows: tuple[Window, ...] = ()
    templates: tuple[Template, ...] = ()
    partners: tuple[PartnerList, ...] = ()
    units: tuple[str, ...] = ()
    room: Room | None = None
    supplements: tuple[Supplement, ...] = ()

    def contact(self, id_: str) -> Contact | None:
        """The contact of this id, of the plan or of a supplement."""
        own = (contact for supplement in self.supplements for contact in supplement.contacts)
        return next((one for one in (*self.contacts, *own) if one.id == id_), None)

    def role(self, id_: str) -> str:
        """What a role is called; its id where the plan does not say."""
        return next((one.label for one in self.roles if one.id == id_), id_)

    def system(self, id_: str) -> str:
        """What a system is called; its id where the plan does not say."""
        return next((one.label for one in self.systems if one.id == id_), id_)

    def of(self, unit: str) -> Plan:
        """The plan as it holds for a unit: with its own supplement put in; unchanged where it has none."""
        own = next((one for one in self.supplements if one.unit == unit), None)
        if own is None:
            return self
        return replace(
            self,
            contacts=(*self.contacts, *own.contacts),
            callings=(*own.callings, *self.callings),
            cards=(*own.cards, *self.cards),
            duties=(*self.duties, *own.duties),
            room=own.room or self.room,
            supplements=tuple(one for one in self.supplements if one is not own),
        )
