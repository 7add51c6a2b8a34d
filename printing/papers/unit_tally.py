"""The tally of the plan's units: which are without their systems, since when, and which are up again; by hand.

It is the blank form of the same name with the units on it already, and with what the log of an outage knows of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from backupreader.domain.outage.entrywords import came_of
from backupreader.domain.planpapers import UnitTally
from backupreader.language import N_
from printing import page
from printing.block import Block, Words
from printing.grid import Cell, Grid, Group, header, plain, strong, widths
from printing.masthead import Head
from printing.paper import Desk, Paper

_WIDE: Final = page.wide(landscape=True)
_COLUMNS: Final = widths(_WIDE, 22, 17, 13, 17, 12, 12, 7)
_ROW: Final = 32.0  # points: room for a hand
_EMPTY: Final = 3  # rows for units that the plan does not name


def head(found: UnitTally, desk: Desk) -> Head:
    """By which plan, and in which outage."""
    _, event = desk.language.text, found.event
    facts = [(found.plan.about.title, False)]
    if event is not None:
        facts.append((_("Outage {number}").format(number=event.number), True))
    return Head(name=_(PAPER.title), title=found.site, facts=tuple(facts))


def story(found: UnitTally, desk: Desk) -> Iterator[Block]:
    """A row for each unit, and some for others."""
    _ = desk.language.text
    yield Words((_("One line a unit and system. Ask each unit that is down again, until it is up."), True), above=2)
    top = header(
        _("Unit"),
        _("How it stands"),
        _("Which system"),
        _("Told by (name, telephone)"),
        _("Down since (date, time)"),
        _("Up again (date, time)"),
        _("Initials"),
    )
    rows = [_row(unit, found, desk) for unit in found.plan.units]
    yield Grid(_COLUMNS, [*rows, *[_row("", found, desk)] * _EMPTY], top, above=6)


PAPER: Final = Paper(
    name="unit-tally",
    title=N_("Units, down and up"),
    of=UnitTally,
    head=head,
    story=story,
    afterwards=N_("Keep it with the outage's papers."),
    landscape=True,
)


def _row(unit: str, found: UnitTally, desk: Desk) -> Group:
    """With how it stands, where the log says so; else to be ticked."""
    _ = desk.language.text
    said = found.event.units.get(unit) if found.event is not None else None
    state = Cell((((_("up"), False),), ((_("DOWN"), False),)), ticks=2)
    if said is not None:
        state = strong(came_of(said, desk.language), f"{desk.moment(said.at)} {said.by}")
    return Group(((strong(unit), state, *[plain()] * (len(_COLUMNS) - 2)),), (), _ROW)
