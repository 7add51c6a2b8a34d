"""Whether everything that a plan names by its id is there; and who is named at all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Final

from backupreader.domain.plan.about import Spot
from backupreader.domain.plan.contacts import Calling, Contact
from backupreader.domain.plan.duties import Duty
from backupreader.domain.plan.finding import Finding
from backupreader.domain.plan.guidance import Card, Room
from backupreader.domain.plan.plan import Plan
from backupreader.domain.trouble import Reason
from backupreader.language import N_

_DEAD: Final = {
    "role": N_("'{key}' names the role '{id}', which is not in the plan"),
    "system": N_("'{key}' names the system '{id}', which is not in the plan"),
    "contact": N_("'{key}' names the contact '{id}', which is not in the plan"),
    "act": N_("'{key}' names the act '{id}', which is not in the plan"),
    "duty": N_("'{key}' names the duty '{id}', which is not in the plan"),
    "template": N_("'{key}' names the template '{id}', which is not in the plan"),
}


@dataclass(frozen=True, slots=True)
class Reference:
    """What stands at `spot` names, under `key`, the `id` of a thing of some kind."""

    spot: Spot
    key: str
    kind: str
    id: str


def dead(plan: Plan) -> Iterator[Finding]:
    """Every reference to what is not there."""
    known = {
        "role": {one.id for one in plan.roles},
        "system": {one.id for one in plan.systems},
        "contact": {one.id for one in contacts(plan)},
        "act": {one.id for one in plan.acts},
        "duty": {one.id for one in duties(plan)},
        "template": {one.id for one in plan.templates},
    }
    for one in references(plan):
        if one.id not in known[one.kind]:
            yield Finding(one.spot, Reason(_DEAD[one.kind], {"key": one.key, "id": one.id}))


def contacts(plan: Plan) -> Iterator[Contact]:
    """The contacts of the plan and of its supplements."""
    return chain(plan.contacts, *(one.contacts for one in plan.supplements))


def callings(plan: Plan) -> Iterator[Calling]:
    """The callings of the plan and of its supplements."""
    return chain(plan.callings, *(one.callings for one in plan.supplements))


def cards(plan: Plan) -> Iterator[Card]:
    """The cards of the plan and of its supplements."""
    return chain(plan.cards, *(one.cards for one in plan.supplements))


def duties(plan: Plan) -> Iterator[Duty]:
    """The duties of the plan and of its supplements."""
    return chain(plan.duties, *(one.duties for one in plan.supplements))


def _rooms(plan: Plan) -> Iterator[Room]:
    return (one for one in (plan.room, *(each.room for each in plan.supplements)) if one is not None)


def references(plan: Plan) -> Iterator[Reference]:
    """Everything that is named, wherever; questions and outcomes, which only their guide names, apart."""
    yield from _of_contacts(plan)
    yield from _of_guidance(plan)
    for duty in duties(plan):
        yield from _named(duty.spot, "role", role=(duty.role,))
        yield from _named(duty.spot, "systems", system=duty.systems)
        yield from _named(duty.spot, "contact", contact=(duty.contact,))
        yield from _named(duty.spot, "since", act=(duty.act,))
        yield from _named(duty.spot, "follows", duty=(duty.follows,))
    for window in plan.windows:
        yield from _named(window.spot, "systems", system=window.systems)


def _of_contacts(plan: Plan) -> Iterator[Reference]:
    for room in _rooms(plan):
        yield from _named(room.spot, "contact", contact=(room.contact,))
    for system in plan.systems:
        yield from _named(system.spot, "supplier", contact=(system.supplier,))
    for contact in contacts(plan):
        yield from _named(contact.spot, "role", role=(contact.role,))
        yield from _named(contact.spot, "may_call", role=contact.may_call)
    for calling in callings(plan):
        yield from _named(calling.spot, "order", contact=calling.order)
        yield from _named(calling.spot, "systems", system=calling.systems)
        yield from _named(calling.spot, "roles", role=calling.roles)


def _of_guidance(plan: Plan) -> Iterator[Reference]:
    for guide in plan.guides:
        yield from _named(guide.spot, "systems", system=guide.systems)
        for outcome in guide.outcomes:
            yield from _named(outcome.spot, "contact", contact=(outcome.contact,))
    for card in cards(plan):
        yield from _named(card.spot, "role", role=(card.role,))
        yield from _named(card.spot, "systems", system=card.systems)
        yield from _named(card.spot, "contact", contact=(card.contact,))
    for partners in plan.partners:
        yield from _named(partners.spot, "role", role=(partners.role,))
        yield from _named(partners.spot, "template", template=(partners.template,))


def _named(spot: Spot, key: str, **ids: tuple[str, ...]) -> Iterator[Reference]:
    for kind, named in ids.items():
        for id_ in named:
            if id_:
                yield Reference(spot, key, kind, id_)
