"""One action card of the plan: when it is of use, whom to call, and its steps, large, each with a box to tick."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from backupreader.domain.plan import week
from backupreader.domain.planpapers import ActionCard
from backupreader.language import N_
from printing import page, wording
from printing.block import Block, Words
from printing.grid import Cell, Grid, Group, header, strong, widths
from printing.masthead import Head
from printing.paper import Desk, Paper
from printing.plancells import by_contact, governed, how, number, whom
from printing.text import Style

_WIDE: Final = page.wide(landscape=False)
_CONDITION: Final = Style(size=14, leading=19)
_NUMBER: Final = Style(size=17, leading=23, bold=True)
_CALL: Final = Style(size=12, leading=16)
_STEP: Final = Style(size=17, leading=23)
_LARGE: Final = Style(size=22, leading=27, bold=True)


def head(found: ActionCard, desk: Desk) -> Head:
    """What it is called, who it is for, who owns it, and until when it holds."""
    _ = desk.language.text
    card, plan = found.card, found.plan
    who = wording.joined(
        (
            _("For: {role}").format(role=plan.role(card.role)) if card.role else None,
            _("Systems: {systems}").format(systems=", ".join(plan.system(one) for one in card.systems))
            if card.systems
            else None,
        )
    )
    facts = ((who, True), *governed(card.about, desk)) if who else governed(card.about, desk)
    return Head(name=card.about.title, title=_(PAPER.title), facts=facts)


def story(found: ActionCard, desk: Desk) -> Iterator[Block]:
    """When it is of use, whom to call, the steps."""
    _ = desk.language.text
    card = found.card
    if card.condition:
        yield Words((_("Use it when:") + " ", True), (card.condition, False), style=_CONDITION, above=2)
    yield _calling(found, desk)
    for system in found.plan.systems:
        if system.id in card.systems and system.instead:
            instead = _("Instead of {system}:").format(system=system.label) + " "
            yield Words((instead, True), (" · ".join(system.instead), False), style=_CALL, above=4)
    if not card.steps:
        yield Words((_("The card has no steps."), True), style=_CONDITION, above=8)
        return
    steps = [
        Group(((Cell((((f"{place}", True),),), _NUMBER, "centre"), _step(text), Cell()),))
        for place, text in enumerate(card.steps, start=1)
    ]
    yield Grid(widths(_WIDE, 8, 74, 18), steps, header("", _("Step"), _("Time, initials")), above=8)


PAPER: Final = Paper(
    name="action-card",
    title=N_("Action card"),
    of=ActionCard,
    head=head,
    story=story,
    afterwards=N_("Keep it with the outage's papers when it has been used."),
)


def _step(text: str) -> Cell:
    return Cell((((text, False),),), _STEP, ticks=1)


def _calling(found: ActionCard, desk: Desk) -> Block:
    """The card's own contact; where it has none, who answers at which hours of the week."""
    _ = desk.language.text
    card, plan = found.card, found.plan
    contact = plan.contact(card.contact) if card.contact else None
    if contact is not None:
        told = strong(contact.label)
        cell = Cell((*told.paragraphs, *how(contact, plan, desk)), _CALL)
        return Grid(
            widths(_WIDE, 60, 40), [Group(((cell, number(contact, _LARGE)),))], header(_("Whom to call"), ""), above=6
        )
    which = week.Which(system=card.systems[0] if card.systems else "", role=card.role)
    rows = [
        Group(((Cell(tuple(((text, False),) for text in hours)), whom(one, desk), number(one.contact)),))
        for one, hours in by_contact(week.ordinary(plan, desk.now, which), desk)
    ]
    return Grid(widths(_WIDE, 26, 44, 30), rows, header(_("Hours"), _("Whom to call"), _("Number")), above=6)
