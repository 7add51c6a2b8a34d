"""The end report on the sheets of paper: is any missing, and which; how all stand; who still owes what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from backupreader.domain.ledger import Account, State
from backupreader.domain.papers import SheetsReport
from backupreader.domain.sheetwords import STATES, told_pages, told_remark, told_state
from backupreader.language import N_
from printing import page, wording
from printing.block import Block, Heading, Words
from printing.grid import Grid, Group, header, plain, strong, widths
from printing.masthead import Head
from printing.paper import Desk, Paper
from printing.sections import Notice
from printing.text import STRONG, Style

_WIDE: Final = page.wide(landscape=False)
_COUNTS: Final = widths(_WIDE, 70, 30)
_COLUMNS: Final = widths(_WIDE, 24, 30, 26, 20)
_LARGE: Final = Style(size=30, leading=38, bold=True)
_END: Final = Style(size=11, leading=15, bold=True)


def head(found: SheetsReport, desk: Desk) -> Head:
    """Of which outage and PC, when and by whom."""
    _ = desk.language.text
    made = _("Made {moment} by {name}").format(moment=desk.moment(found.made_at), name=found.made_by)
    facts = (
        (_("PC: {pc} · {site}").format(pc=found.pc, site=found.site), True),
        (made, False),
    )
    return Head(name=of_outage(found, desk), title=_(PAPER.title), facts=facts)


def story(found: SheetsReport, desk: Desk) -> Iterator[Block]:
    """The answer in large letters; the count of each state; which sheets are missing, not entered, not checked."""
    report, language, _ = found.report, desk.language, desk.language.text
    missing = len(report.missing)
    said = language.count("{n} sheet missing", "{n} sheets missing", missing)
    if not report.whole:
        said = language.count("At least {n} sheet missing", "At least {n} sheets missing", missing)
    yield Words((said, True), style=_LARGE, above=6)
    if not report.whole:
        yield Notice(_("Some of the ledger was lost. Sheets may be missing that nobody knows of."))
    yield Grid(_COUNTS, [*_counts(found, desk)], header(_("Sheets of paper"), _("How many")), above=8)
    for title, sheets in (
        (_("Missing"), report.missing),
        (_("Not entered or scanned yet"), [one for one in report.to_enter if one not in report.missing]),
        (_("Not checked by a second person yet"), [one.account for one in report.due]),
    ):
        if sheets:
            yield Heading(title)
            top = header(_("Sheet"), _("Whose"), _("Document"), _("State"))
            yield Grid(_COLUMNS, [*_rows(sheets, found, desk)], top, above=2)
    closed = _("Everything is entered, and checked.") if report.is_closed else _("This is not finished.")
    yield Words((_("End of the report.") + " " + closed, True), style=_END, above=10)


PAPER: Final = Paper(
    name="ledger-report",
    title=N_("Report on the sheets of paper"),
    of=SheetsReport,
    head=head,
    story=story,
    afterwards=N_("Keep with the outage's papers."),
)


def of_outage(found: SheetsReport, desk: Desk) -> str:
    """Of which outage it is."""
    outage = found.report.outage
    if outage is None:
        return desk.language.text("All prints")
    if not outage:
        return desk.language.text("Prints outside an outage")
    return desk.language.text("Outage {number}").format(number=outage)


def whose(account: Account, found: SheetsReport, desk: Desk) -> str:
    """The citizen's name, or her id where that is not known now; the route; or that it is nobody's."""
    sheet = account.sheet
    if sheet.citizen is not None:
        return found.names.get(sheet.citizen) or sheet.citizen
    return sheet.route or desk.language.text("no citizen")


def _counts(found: SheetsReport, desk: Desk) -> Iterator[Group]:
    report, _ = found.report, desk.language.text
    for state in State:
        count = report.counts[state] - (report.never_left if state is State.STRUCK else 0)
        yield Group(((plain(_(STATES[state])), plain(f"{count}", style=STRONG)),))
    if report.never_left:
        never = _("struck, because they never left the printer")
        yield Group(((plain(never), plain(f"{report.never_left}", style=STRONG)),))
    yield Group(((strong(_("All sheets that were given a number")), plain(f"{report.total}", style=STRONG)),))
    yield Group(((plain(_("Of them here and still to be shredded")), plain(f"{report.to_shred}", style=STRONG)),))


def _rows(sheets: Iterable[Account], found: SheetsReport, desk: Desk) -> Iterator[Group]:
    for one in sheets:
        sheet = one.sheet
        printed = desk.language.text("Printed {moment} by {name}").format(
            moment=desk.moment(one.job.at), name=one.job.by
        )
        title = desk.language.text(found.titles.get(sheet.document, sheet.document))
        yield Group(
            (
                (
                    strong(str(sheet.serial)),
                    plain(whose(one, found, desk)),
                    plain(wording.joined((title, told_pages(sheet, desk.language))), printed),
                    plain(told_state(one, desk.language), told_remark(one, desk.language)),
                ),
            )
        )
