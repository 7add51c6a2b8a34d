"""The report of an outage: what was known, decided, done and told, by whom and when, with the whole log behind it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from backupreader.domain.acts import VIA, told_purpose
from backupreader.domain.outage.event import Clock, Entry
from backupreader.domain.plan import words
from backupreader.domain.planpapers import OutageReport
from backupreader.domain.review import Reading
from backupreader.language import N_
from printing import outagecells, page, wording
from printing.block import Block, Heading, Words
from printing.grid import Cell, Grid, Group, header, plain, strong, widths
from printing.masthead import Head
from printing.paper import Desk, Paper
from printing.sections import Notice
from printing.text import STRONG, Style

_WIDE: Final = page.wide(landscape=True)
_END: Final = Style(size=11, leading=15, bold=True)
_A_MINUTE: Final = 60


def head(found: OutageReport, desk: Desk) -> Head:
    """Which outage, by what plan, when and by whom the report was made."""
    _ = desk.language.text
    made = _("Made {moment} by {name}").format(moment=desk.moment(found.made_at), name=found.made_by)
    about = found.plan.about
    plan = wording.joined((_("Plan: {title}").format(title=about.title), about.version)) if about.title else ""
    facts = (
        (_("PC: {pc} · {site}").format(pc=found.pc, site=found.site), True),
        (made, False),
        (plan, False),
    )
    return Head(name=_("Outage {number}").format(number=found.event.number), title=_(PAPER.title), facts=facts)


def story(found: OutageReport, desk: Desk) -> Iterator[Block]:
    """How it went, what is still owed, and the log."""
    _, event = desk.language.text, found.event
    yield from outagecells.lost(event, desk)
    yield from _when(found, desk)
    yield from _owners(found, desk)
    if event.ended is not None:
        yield from outagecells.to_tell(found.to_tell, desk, _WIDE)
    yield from outagecells.decisions(event, desk, _WIDE)
    yield from _duties(found, desk)
    yield from outagecells.calls(found, desk, _WIDE)
    yield from outagecells.units(found, desk, _WIDE)
    yield from outagecells.partners(found, desk, _WIDE)
    yield from outagecells.sheets(found.sheets, desk)
    yield from _readers(found, desk)
    yield Heading(_("The whole log"))
    if event.entries:
        yield outagecells.log(found, event.entries, desk, _WIDE)
    else:
        yield Words((_("Nothing was written down."), False), above=4)
    lines = desk.language.count("{n} line", "{n} lines", len(event.entries))
    yield Words((f"{_('End of the report.')} {lines}", True), style=_END, above=8)


PAPER: Final = Paper(
    name="outage-report",
    title=N_("Report on the outage"),
    of=OutageReport,
    head=head,
    story=story,
    afterwards=N_("Confidential. Keep it with the outage's papers."),
    landscape=True,
)


def _when(found: OutageReport, desk: Desk) -> Iterator[Block]:
    """When it began, was declared and ended; who judged it critical, and why."""
    _, event = desk.language.text, found.event
    said = event.declared
    declared = _("nobody declared it")
    if said is not None:
        declared = _("{moment} by {name}").format(moment=desk.moment(said.written), name=said.by)
    systems = ", ".join(found.plan.system(one) for one in event.systems)
    rows = (
        (_("Began"), desk.moment(event.began)),
        (_("Declared"), declared),
        (_("Judged critical by"), (said.who or said.by) if said is not None else "–"),
        (_("Why"), (said.words if said is not None else "") or "–"),
        (_("Systems"), systems or _("nobody has said which")),
        (_("How far it goes"), words.reach(event.reach, desk.language) if event.reach else _("nobody has said")),
        (_("Up again"), outagecells.lasted(event, desk)),
        (_("Who has the case"), event.owner),
    )
    groups = [Group(((plain(title), plain(text, style=STRONG)),)) for title, text in rows]
    yield Grid(widths(_WIDE, 24, 76), groups, above=6)


def _owners(found: OutageReport, desk: Desk) -> Iterator[Block]:
    """Who had the case, from when on."""
    _ = desk.language.text
    entries = outagecells.standing(found.event, "owner")
    if not entries:
        return
    yield Heading(_("Who had the case"))
    rows = [Group(((plain(desk.moment(one.at)), strong(one.who), plain(one.by)),)) for one in entries]
    yield Grid(widths(_WIDE, 24, 46, 30), rows, header(_("From"), _("Who"), _("Written by")), above=2)


def _duties(found: OutageReport, desk: Desk) -> Iterator[Block]:
    """Each duty: when it was due, when and by whom it was done, and whether that was in time."""
    _ = desk.language.text
    if not found.clocks:
        return
    yield Heading(_("Duties"))
    rows = [_duty(clock, found, desk) for clock in found.clocks]
    top = header(_("Duty"), _("Who has it"), _("Due"), _("Done"), _("In time?"))
    yield Grid(widths(_WIDE, 32, 18, 17, 20, 13), rows, top, above=2)


def _duty(clock: Clock, found: OutageReport, desk: Desk) -> Group:
    done = found.event.done.get(clock.duty, ())
    when = plain(*(wording.joined((desk.moment(one.at), one.who or one.by), ", ") for one in done))
    due = plain(desk.moment(clock.due) if clock.due is not None else None)
    return Group(
        ((strong(clock.label), plain(clock.holder), due, when, plain(_in_time(clock, done, desk), style=STRONG)),)
    )


def _in_time(clock: Clock, done: tuple[Entry, ...], desk: Desk) -> str:
    """In words; empty where nothing was due at a stated time."""
    _ = desk.language.text
    if not done:
        return _("NOT DONE") if clock.state in {"overdue", "due", "soon"} else ""
    if clock.due is None or clock.state != "done":
        return desk.language.count("done once", "done {n} times", len(done))
    late = done[0].at.timestamp() - clock.due.timestamp()
    if late < _A_MINUTE:
        return _("in time")
    return _("LATE by {time}").format(time=desk.language.age(timedelta(seconds=late)))


def _readers(found: OutageReport, desk: Desk) -> Iterator[Block]:
    """Who opened the PC, by what and why, and how much of it."""
    _ = desk.language.text
    yield Heading(_("Who opened this PC"))
    if found.closed:
        lines = desk.language.count("{n} line", "{n} lines", found.closed)
        yield Notice(
            _("{lines} of the audit could not be opened with these words. There may be others.").format(lines=lines)
        )
    if not found.readers:
        yield Words((_("Nobody, as far as the audit says."), False), above=4)
        return
    top = header(_("Who"), _("Opened by, and why"), _("First"), _("Last"), _("Citizens seen"), _("Pages printed"))
    yield Grid(widths(_WIDE, 24, 28, 15, 15, 9, 9), [_reader(one, desk) for one in found.readers], top, above=2)


def _reader(one: Reading, desk: Desk) -> Group:
    actor = one.actor
    cells: tuple[Cell, ...] = (
        strong(actor.name, wording.joined((actor.role, ", ".join(actor.units)))),
        plain(desk.language.text(VIA[actor.via]), told_purpose(actor, desk.language)),
        plain(desk.moment(one.first)),
        plain(desk.moment(one.last)),
        plain(f"{one.citizens}"),
        plain(f"{one.pages}"),
    )
    return Group((cells,))
