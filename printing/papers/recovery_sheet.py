"""The sheet with the recovery code: for the safe, in a sealed envelope."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from backupreader.domain.papers import RecoverySheet
from backupreader.language import N_
from printing import page
from printing.block import Block, Heading, Words
from printing.grid import Cell, Grid, Group, widths
from printing.masthead import Head
from printing.paper import Desk, Paper
from printing.sections import Notice
from printing.text import Style

_GROUP: Final = Style(size=30, leading=44, bold=True)
_BODY: Final = Style(size=11, leading=15)
_IN_A_ROW: Final = 3


def head(sheet: RecoverySheet, desk: Desk) -> Head:
    """Of which PC it is, and which part."""
    _ = desk.language.text
    part = f" · {_('Part {part} of {parts}').format(part=sheet.part, parts=sheet.parts)}" if sheet.parts > 1 else ""
    facts = (
        (_("PC: {pc} · {site}").format(pc=sheet.pc, site=sheet.site), True),
        (desk.issued(sheet.issued_at, sheet.issued_by), False),
    )
    return Head(name=_("Recovery code") + part, title=_(PAPER.title), facts=facts)


def story(sheet: RecoverySheet, desk: Desk) -> Iterator[Block]:
    """Where it is kept, the code, what it can do, and how."""
    _ = desk.language.text
    yield Notice(_("Keep it in a sealed envelope in the safe. Write date and name over the seal."))
    yield _code(sheet.code)
    if sheet.parts > 1:
        other = _("It opens nothing alone: all {parts} parts are typed, in any order. Keep them in different safes.")
        yield Words((other.format(parts=sheet.parts), True), style=_BODY, above=8)
    yield Heading(_("What it can do"))
    yield Words(
        (
            _(
                "It opens this PC's vault without anybody's words, also when the PC is dead. Whoever has it, and the "
                "vault's files, can read everything. Its use stands in the log as that of the recovery code."
            ),
            False,
        ),
        style=_BODY,
        above=4,
    )
    yield Heading(_("How it is used on a new PC"))
    steps = (
        _("Install Backup Reader, and put the copy of this PC's vault in its place, as the handbook says."),
        _("Type the code where the words are asked for. Capitals, spaces and hyphens do not matter."),
        _("Let people in anew, make a new recovery code at once, and shred this one."),
    )
    for number, step in enumerate(steps, start=1):
        yield Words((f"{number}  {step}", False), style=_BODY, above=4)


PAPER: Final = Paper(
    name="recovery-sheet",
    title=N_("For the safe"),
    of=RecoverySheet,
    head=head,
    story=story,
    afterwards=N_("Shred when replaced."),
)


def _code(code: str) -> Block:
    """The groups as they are printed, in rows; a code without groups stands as it is."""
    groups = code.replace("-", " ").split()
    rows = [groups[start : start + _IN_A_ROW] for start in range(0, len(groups), _IN_A_ROW)]
    cells = tuple(
        tuple(Cell((((group, True),),), _GROUP, "centre") for group in (*row, *[""] * (_IN_A_ROW - len(row))))
        for row in rows
    )
    return Grid(widths(page.wide(landscape=False), *[1] * _IN_A_ROW), (Group(cells),), above=12)
