"""The numbered sheet of single-use event codes: held by the on-duty head, who reads one out and writes down to whom."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from backupreader.domain.papers import CodeSheet
from backupreader.language import N_
from printing import page
from printing.block import Block
from printing.grid import Cell, Grid, Group, header, widths
from printing.masthead import Head
from printing.paper import Desk, Paper
from printing.text import Style

_WIDE: Final = page.wide(landscape=True)
_COLUMNS: Final = widths(_WIDE, 4, 40, 12, 22, 13, 9)
_NUMBER: Final = Style(size=44, leading=54, bold=True)
_RULES: Final = Style(size=11, leading=14)
_WORDS: Final = Style(size=13, leading=17, bold=True)
_PLACE: Final = Style(size=13, leading=17)
_ROW: Final = 32.0  # points: room for two lines by hand


def head(sheet: CodeSheet, desk: Desk) -> Head:
    """Which sheet it is, of which PC, and who holds it."""
    _ = desk.language.text
    facts = (
        (_("PC: {pc} · {site}").format(pc=sheet.pc, site=sheet.site), True),
        (_("Held by {name}").format(name=sheet.holder) + f" · {desk.issued(sheet.issued_at, sheet.issued_by)}", False),
    )
    name = _("Code sheet {number}").format(number=sheet.number)
    return Head(name=name, title=_(PAPER.title), facts=facts)


def story(sheet: CodeSheet, desk: Desk) -> Iterator[Block]:
    """The rules beside the sheet's number, then a row for each code."""
    _ = desk.language.text
    yield _rules(sheet, desk)
    top = header(
        _("No."), _("Code"), _("Used: date, time"), _("Given to: name, role, unit"), _("Reason"), _("Signature")
    )
    yield Grid(_COLUMNS, [_row(place, code) for place, code in sheet.codes], top, above=6)


PAPER: Final = Paper(
    name="code-sheet",
    title=N_("Event codes for the on-duty head"),
    of=CodeSheet,
    head=head,
    story=story,
    afterwards=N_("Keep locked up, apart from the PC."),
    landscape=True,
)


def _row(place: int, code: str) -> Group:
    """One code, its words well apart, and empty cells for a hand."""
    words = "  ".join(code.split())
    cells = (Cell((((f"{place}", False),),), _PLACE), Cell((((words, True),),), _WORDS))
    return Group(((*cells, *[Cell()] * (len(_COLUMNS) - len(cells))),), (), _ROW)


def _rules(sheet: CodeSheet, desk: Desk) -> Block:
    _ = desk.language.text
    cancel = f"backupreader vault codes --cancel {sheet.number}"
    rules = (
        (_("Read a code out only to someone you know, or whom you call back by the number in the plan."), True),
        (_("Before you do, ask for name, role, unit and reason, and write them here."), False),
        (_("Strike the code through once it is read out. Each code opens the PC once."), False),
        (_("When two codes are left: order a new sheet."), False),
        (
            _("Sheet lost, or seen by others: have it cancelled on the PC at once: {command}").format(command=cancel),
            True,
        ),
    )
    number = Cell((((f"{sheet.number}", True),),), _NUMBER, "centre")
    return Grid(widths(_WIDE, 13, 87), (Group(((Cell(tuple((rule,) for rule in rules), _RULES),),), (number,)),))
