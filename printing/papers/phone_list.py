"""Every contact of the plan on paper, for when mail and screens are down: numbers, hours, and who keeps the entry."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from backupreader.domain.plan import words
from backupreader.domain.plan.contacts import Contact
from backupreader.domain.plan.plan import Plan
from backupreader.domain.planpapers import PhoneList
from backupreader.language import N_
from printing import page, wording
from printing.block import Block
from printing.grid import Cell, Grid, Group, header, plain, strong, widths
from printing.masthead import Head
from printing.paper import Desk, Paper
from printing.plancells import governed, how, number
from printing.sections import Notice

_WIDE: Final = page.wide(landscape=True)


def head(list_: PhoneList, desk: Desk) -> Head:
    """Whose plan it is, and until when it holds."""
    plan = _plan(list_)
    facts = ((wording.joined((plan.about.title, list_.unit)), True), *governed(plan.about, desk))
    return Head(name=desk.language.text(PAPER.title), title=list_.site, facts=facts)


def story(list_: PhoneList, desk: Desk) -> Iterator[Block]:
    """A row for each contact, in the plan's order; then those of the units."""
    _ = desk.language.text
    plan = _plan(list_)
    contacts = (*plan.contacts, *(one for own in plan.supplements for one in own.contacts))
    if not contacts:
        yield Notice(_("The plan names nobody."))
        return
    top = header(_("Who"), _("Number"), _("Hours"), _("How, and what for"), _("Who keeps this entry"))
    yield Grid(widths(_WIDE, 20, 17, 18, 29, 16), [_row(one, plan, desk) for one in contacts], top, above=4)


PAPER: Final = Paper(
    name="phone-list",
    title=N_("All numbers of the plan"),
    of=PhoneList,
    head=head,
    story=story,
    afterwards=N_("Keep with the plan."),
    landscape=True,
)


def _plan(list_: PhoneList) -> Plan:
    return list_.plan.of(list_.unit) if list_.unit else list_.plan


def _row(contact: Contact, plan: Plan, desk: Desk) -> Group:
    _, language = desk.language.text, desk.language
    checked = _("checked {day}").format(day=language.day(contact.checked)) if contact.checked else _("never checked")
    hours = plain(*words.hours(contact, language), words.holidays(contact, language))
    role = plan.role(contact.role) if contact.role else None
    kept = plain(contact.maintainer, checked)
    cells = (strong(contact.label, role), number(contact), hours, Cell(how(contact, plan, desk, hours=False)), kept)
    return Group((cells,))
