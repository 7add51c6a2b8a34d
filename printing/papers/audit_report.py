"""The report of the audit: who did what with whose data, when and why, line by line, and where the log stood.

All of it is people's text: names, what was searched for, reasons. It is laid out as every document lays it out, so that
none of it is read as anything but text, and what is long wraps.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from backupreader.domain.acts import SAID, VIA, Act, Actor, told_purpose, told_what
from backupreader.domain.papers import AuditReport, ReportLine
from backupreader.language import N_
from printing import page, wording
from printing.block import Block, Words
from printing.grid import Cell, Grid, Group, header, plain, strong, widths
from printing.masthead import Head
from printing.paper import Desk, Paper
from printing.text import STRONG, Style

_WIDE: Final = page.wide(landscape=True)
_COLUMNS: Final = widths(_WIDE, 6, 11, 21, 21, 19, 14, 8)
_DIGEST: Final = 12  # characters: enough to find the file by, as the anchor's
_END: Final = Style(size=11, leading=15, bold=True)


def head(report: AuditReport, desk: Desk) -> Head:
    """What was asked, of which PC, when and by whom."""
    _ = desk.language.text
    made = _("Made {moment} by {name}").format(moment=desk.moment(report.made_at), name=report.made_by)
    facts = (
        (_("Asked: {what}").format(what=report.asked), True),
        (_span(report, desk), False),
        (_("PC: {pc} · {site}").format(pc=report.pc, site=report.site) + f" · {made}", False),
    )
    return Head(name=_("Report of the log"), title=_("Log {anchor}").format(anchor=report.anchor), facts=facts)


def story(report: AuditReport, desk: Desk) -> Iterator[Block]:
    """What is wrong with the log; its lines; where it stood."""
    _ = desk.language.text
    if report.faults:
        faults = [Group(((Cell((((fault, True),),), _END),),)) for fault in report.faults]
        yield Grid(
            (_WIDE,),
            faults,
            header(_("SOMETHING IS WRONG WITH THE LOG. Do not rely on it before IT has looked at it:")),
        )
    if report.lines:
        top = header(
            _("No."), _("When"), _("Who"), _("What"), _("Whose data"), _("Reason"), _("Outage")
        )  # fmt: skip
        yield Grid(_COLUMNS, [_row(line, desk) for line in report.lines], top, above=6)
    else:
        yield Words((_("The log has no line of what was asked for."), False), above=6)
    yield Words((_end(report, desk), True), style=_END, above=8)


PAPER: Final = Paper(
    name="audit-report",
    title=N_("Report of the log"),
    of=AuditReport,
    head=head,
    story=story,
    afterwards=N_("Confidential. Shred after use."),
    landscape=True,
)


def _span(report: AuditReport, desk: Desk) -> str:
    """From the first line's moment to the last one's; a line that was written later may be the earliest."""
    _ = desk.language.text
    if not report.lines:
        return _("No lines")
    moments = [line.act.at for line in report.lines]
    return _("Lines of {start} to {end}").format(start=desk.moment(min(moments)), end=desk.moment(max(moments)))


def _end(report: AuditReport, desk: Desk) -> str:
    _ = desk.language.text
    lines = desk.language.count("{n} line", "{n} lines", len(report.lines))
    stood = _("The log stood at {anchor}").format(anchor=report.anchor)
    return f"{_('End of the report.')} {lines} · {stood}"


def _row(line: ReportLine, desk: Desk) -> Group:
    act = line.act
    late = desk.language.text("! WRITTEN LATER") if line.late else ""
    when = Cell((((desk.moment(act.at, seconds=True), False),), *([((late, True),)] if late else [])))
    cells = (
        plain(f"{line.number}", style=STRONG),
        when,
        _who(act.actor, desk),
        _what(act, desk),
        _whose(line, desk),
        _why(act, desk),
        plain(act.outage),
    )
    return Group((cells,))


def _who(actor: Actor, desk: Desk) -> Cell:
    _ = desk.language.text
    where = ", ".join(actor.units) or _("the whole area")
    return strong(actor.name, wording.joined((actor.role, where, _(VIA[actor.via]))))


def _what(act: Act, desk: Desk) -> Cell:
    _ = desk.language.text
    pages = desk.language.count("{n} page", "{n} pages", act.pages) if act.pages else ""
    words = f"“{act.words}”" if act.words else ""
    digest = f"SHA-256 {act.digest[:_DIGEST]}" if act.digest else ""
    return strong(_(SAID[act.kind]), wording.joined((told_what(act, desk.language), words, pages, digest)))


def _whose(line: ReportLine, desk: Desk) -> Cell:
    """Each name with its id; where the names are of another number than the ids, nobody's name is set to an id."""
    ids, names = line.act.citizens, line.names
    if len(names) == len(ids):
        return plain(*(f"{name} ({one})" if name else one for name, one in zip(names, ids, strict=True)))
    ids_said = desk.language.text("ids: {ids}").format(ids=", ".join(ids)) if ids else ""
    return plain(*names, ids_said)


def _why(act: Act, desk: Desk) -> Cell:
    """The reason of the act; where it has none of its own, why the PC was opened."""
    if act.reason or not act.actor.reason:
        return plain(act.reason)
    return plain(desk.language.text("PC opened for: {reason}").format(reason=told_purpose(act.actor, desk.language)))
