"""The list that back-entry is done by: citizen by citizen, each sheet that must still be entered or scanned."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from backupreader.domain.ledger import Account
from backupreader.domain.papers import BackEntry
from backupreader.domain.sheetwords import told_pages, told_state
from backupreader.language import N_
from printing import page
from printing.block import Block, Words
from printing.grid import Cell, Grid, Group, header, plain, strong, widths
from printing.masthead import Head
from printing.paper import Desk, Paper
from printing.sections import Notice
from printing.text import Style

_WIDE: Final = page.wide(landscape=True)
_COLUMNS: Final = widths(_WIDE, 20, 16, 20, 13, 9, 11, 11)
_ROW: Final = 30.0  # points: room for a hand
_LARGE: Final = Style(size=18, leading=24, bold=True)


def head(found: BackEntry, desk: Desk) -> Head:
    """How many sheets there are to enter, of which PC, when and by whom."""
    _ = desk.language.text
    made = _("Made {moment} by {name}").format(moment=desk.moment(found.made_at), name=found.made_by)
    facts = ((_("PC: {pc} · {site}").format(pc=found.pc, site=found.site), True), (made, False))
    outage = found.report.outage
    name = _("Outage {number}").format(number=outage) if outage else _("All prints")
    return Head(name=name, title=_(PAPER.title), facts=facts)


def story(found: BackEntry, desk: Desk) -> Iterator[Block]:
    """A row for each sheet, citizen by citizen, with cells for a hand."""
    report, language, _ = found.report, desk.language, desk.language.text
    count = language.count("{n} sheet is to be entered", "{n} sheets are to be entered", len(report.to_enter))
    yield Words((count, True), style=_LARGE, above=4)
    if not report.whole:
        yield Notice(_("Some of the ledger was lost. There may be sheets that are not on this list."))
    if not report.to_enter:
        return
    yield Words((_("Ask first: does it stand in the mobile app already? Do not enter it twice."), True), above=4)
    top = header(
        _("Whose"), _("Sheet"), _("Document"), _("State"), _("In the app? y/n"), _("Entered: time, by"), _("Checked by")
    )
    yield Grid(_COLUMNS, [*_rows(found, desk)], top, above=6)


PAPER: Final = Paper(
    name="back-entry-list",
    title=N_("Sheets to be entered"),
    of=BackEntry,
    head=head,
    story=story,
    afterwards=N_("Confidential. Shred after use."),
    landscape=True,
)


def _rows(found: BackEntry, desk: Desk) -> Iterator[Group]:
    """Whose it is stands in each row: a list is shared out between those who enter."""
    for account in found.report.to_enter:
        sheet = account.sheet
        title = desk.language.text(found.titles.get(sheet.document, sheet.document))
        cells = (
            strong(_whose(account, found, desk)),
            strong(str(sheet.serial)),
            plain(title, told_pages(sheet, desk.language)),
            plain(told_state(account, desk.language)),
        )
        yield Group(((*cells, *[Cell()] * (len(_COLUMNS) - len(cells))),), (), _ROW)


def _whose(account: Account, found: BackEntry, desk: Desk) -> str:
    """The citizen's name, or her id where that is not known now; the route; or that it is nobody's."""
    sheet = account.sheet
    if sheet.citizen is not None:
        return found.names.get(sheet.citizen) or sheet.citizen
    return sheet.route or desk.language.text("no citizen")
