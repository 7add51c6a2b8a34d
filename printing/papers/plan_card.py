"""The plan's card for the wall: whom to call at which hours of the week, how, and where the backup PC stands.

The hours are those of an ordinary week and of the public holidays of the coming year, by the same rules by which the
screen says whom to call now. What is called for one system only follows where it differs.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from backupreader.domain.plan import week
from backupreader.domain.plan.plan import Plan
from backupreader.domain.planpapers import PlanCard
from backupreader.language import N_
from printing import page, wording
from printing.block import Block, Heading, Words
from printing.grid import Grid, Group, strong, widths
from printing.masthead import Head
from printing.paper import Desk, Paper
from printing.plancells import contact_rows, governed, holiday_groups, holiday_words, number, special_grid, week_grid
from printing.sections import Notice

_WIDE: Final = page.wide(landscape=False)


def head(card: PlanCard, desk: Desk) -> Head:
    """Whose plan it is, who owns it, and until when it holds."""
    _ = desk.language.text
    plan = _plan(card)
    facts = (
        (wording.joined((plan.about.title, card.unit)), True),
        *governed(plan.about, desk),
    )
    return Head(name=_("Whom to call"), title=_(PAPER.title), facts=facts)


def story(card: PlanCard, desk: Desk) -> Iterator[Block]:
    """The week, the holidays, how each is called, what differs, where the PC is, and where to read on."""
    _ = desk.language.text
    plan = _plan(card)
    usual, free, special = week.ordinary(plan, desk.now), week.holidays(plan, desk.now), week.special(plan, desk.now)
    yield from _supplement(card, desk)
    yield week_grid(usual, desk, _WIDE, holiday_groups(free, desk))
    for said in holiday_words(free, desk):
        yield Words(*said, above=4)
    yield from _room(plan, desk)
    if special:
        yield Heading(_("Another is called first"))
        yield special_grid(special, plan, desk, _WIDE)
    named = week.named((*usual, *free, *(one for some in special for one in some.week)))
    if rows := contact_rows(named, plan, desk):
        yield Heading(_("How they are called"))
        yield Grid(widths(_WIDE, 36, 64), rows, above=2)
    yield from _next(plan, desk)


PAPER: Final = Paper(
    name="plan-card",
    title=N_("The plan's card for the wall"),
    of=PlanCard,
    head=head,
    story=story,
    afterwards=N_("Hang it up beside the PC. Throw away the former one."),
)


def _plan(card: PlanCard) -> Plan:
    return card.plan.of(card.unit) if card.unit else card.plan


def _supplement(card: PlanCard, desk: Desk) -> Iterator[Block]:
    """What a unit's own part says of itself; that it has none."""
    if not card.unit:
        return
    own = next((one for one in card.plan.supplements if one.unit == card.unit), None)
    if own is None:
        yield Notice(desk.language.text("{unit} has no part of its own in the plan.").format(unit=card.unit))
        return
    yield Words((own.about.title, True), above=4)
    for text, bold in governed(own.about, desk):
        yield Words((text, bold))


def _room(plan: Plan, desk: Desk) -> Iterator[Block]:
    """Where the backup PC stands, who gives the key, and what lies ready."""
    _, room = desk.language.text, plan.room
    if room is None:
        return
    contact = plan.contact(room.contact) if room.contact else None
    said = strong(
        _("The backup PC: {where}").format(where=room.where),
        _("Key or door code: {who}").format(who=room.key) if room.key else None,
        _("Ready there: {things}").format(things=", ".join(room.holds)) if room.holds else None,
        contact.label if contact is not None else room.contact,
    )
    yield Grid(widths(_WIDE, 74, 26), [Group(((said, number(contact)),))], above=8)


def _next(plan: Plan, desk: Desk) -> Iterator[Block]:
    """The guides and cards that there are."""
    _ = desk.language.text
    guides = "; ".join(one.label for one in plan.guides)
    cards = "; ".join(one.label for one in plan.cards)
    spans = (
        *(((_("How far does it go? Guide:") + " ", True), (guides + "  ", False)) if guides else ()),
        *(((_("What to do? Action cards:") + " ", True), (cards, False)) if cards else ()),
    )
    if spans:
        yield Words(*spans, above=6)
