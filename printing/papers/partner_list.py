"""Who outside must be told: a row for each, with a box to tick, the time and initials; and what they are told."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from backupreader.domain.plan.guidance import Partner
from backupreader.domain.planpapers import PartnerSheet
from backupreader.language import N_
from printing import filledtext, page
from printing.block import Block, Heading, Words
from printing.grid import Cell, Grid, Group, header, plain, strong, widths
from printing.masthead import Head
from printing.paper import Desk, Paper
from printing.plancells import NUMBER, governed
from printing.sections import Notice
from printing.text import Style

_WIDE: Final = page.wide(landscape=True)
_COLUMNS: Final = widths(_WIDE, 30, 20, 8, 14, 16, 12)
_ROW: Final = 32.0  # points: room for a hand
_TEXT: Final = Style(size=12, leading=17)
_BOX: Final = Style(size=15, leading=20)


def head(found: PartnerSheet, desk: Desk) -> Head:
    """Which list it is, who tells them, and in which outage."""
    _ = desk.language.text
    list_, plan, event = found.partners, found.plan, found.event
    facts = [(_("Told by: {role}").format(role=plan.role(list_.role)), True)] if list_.role else []
    if event is not None:
        facts.append((_("Outage {number}").format(number=event.number), True))
    return Head(
        name=list_.label,
        title=_(PAPER.title),
        facts=(*facts, (plan.about.title, False), *governed(plan.about, desk)),
    )


def story(found: PartnerSheet, desk: Desk) -> Iterator[Block]:
    """A row for each partner, then what they are told."""
    _ = desk.language.text
    list_ = found.partners
    if not list_.partners:
        yield Notice(_("The list names nobody."))
    else:
        top = header(
            _("Who"), _("Number"), _("Told"), _("Time"), _("Who was reached"), _("Initials")
        )  # fmt: skip
        yield Grid(_COLUMNS, [_row(one, found, desk) for one in list_.partners], top, above=4)
    template = next((one for one in found.plan.templates if one.id == list_.template), None)
    if template is not None:
        yield Heading(_("What they are told"))
        yield Words((filledtext.text(template, found.plan, found.event, desk), False), style=_TEXT, above=2)


PAPER: Final = Paper(
    name="partner-list",
    title=N_("Who must be told"),
    of=PartnerSheet,
    head=head,
    story=story,
    afterwards=N_("Keep it with the outage's papers."),
    landscape=True,
)


def _row(one: Partner, found: PartnerSheet, desk: Desk) -> Group:
    """With the time and the name where the log says that it was told."""
    told = found.event.partners.get(one.id, ()) if found.event is not None else ()
    last = told[-1] if told else None
    box = Cell((((" ", False),),), _BOX, ticks=1) if last is None else Cell((((desk.language.text("told"), True),),))
    cells = (
        strong(one.label, one.note, one.mail if one.number else None),
        Cell((((one.number, True),),), NUMBER) if one.number else plain(one.mail),
        box,
        plain(desk.moment(last.at) if last is not None else None),
        plain(last.who if last is not None else None),
        plain(last.by if last is not None else None),
    )
    return Group((cells,), (), _ROW)
