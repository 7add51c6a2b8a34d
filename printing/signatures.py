"""Who signed on a sheet, and on whose behalf: blocks to fill in by hand, `WIDE` points wide."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from printing.block import Block, Heading
from printing.boxes import WIDE
from printing.grid import Cell, Grid, Group, header, widths

if TYPE_CHECKING:
    from printing.document import Sheet

_HIGH: Final = 20.0
_LINES: Final = 3


def initials(sheet: Sheet) -> Block:
    """Whose initials they are."""
    _ = sheet.language.text
    titles = (_("Initials"), _("Name and title"), _("Signature"))
    return _grid((*titles, *titles), (1, 3, 2.2, 1, 3, 2.2), 2, above=10)


def clarified(sheet: Sheet) -> list[Block]:
    """Whose signatures they are."""
    _ = sheet.language.text
    titles = (_("Name"), _("Job title"), _("Signature"))
    return [
        Heading(_("Whose signatures these are")),
        _grid((*titles, *titles), (3, 2, 2, 3, 2, 2), _LINES, above=5),
    ]


def delegated(sheet: Sheet) -> list[Block]:
    """For which tasks somebody signs by delegation, from when to when, and by whom she was given them."""
    _ = sheet.language.text
    titles = (
        _("Task"),
        _("Delegated to"),
        _("From"),
        _("Until"),
        _("Delegated by (name, job title)"),
        _("Signature"),
    )
    return [Heading(_("Delegations")), _grid(titles, (3, 2.4, 1.1, 1.1, 2.4, 2), _LINES, above=5)]


def _grid(titles: tuple[str, ...], shares: tuple[float, ...], rows: int, *, above: float) -> Grid:
    empty = Group((tuple(Cell() for _title in titles),), (), _HIGH)
    return Grid(widths(WIDE, *shares), (empty,) * rows, header(*titles), above=above)
