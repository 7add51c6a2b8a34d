"""The sheet on which an outage is handed over at a change of shift, to be signed by who gives and who takes it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from backupreader.domain.outage.entrywords import about
from backupreader.domain.plan import planned, words
from backupreader.domain.planpapers import HandOver
from backupreader.language import N_
from printing import outagecells, page, wording
from printing.block import Block, Heading, Words
from printing.grid import Cell, Grid, Group, header, plain, strong, widths
from printing.masthead import Head
from printing.paper import Desk, Paper
from printing.text import Style

_WIDE: Final = page.wide(landscape=False)
_AHEAD: Final = 7  # days in which planned downtime is told
_SIGN: Final = 40.0  # points: room for a hand
_END: Final = Style(size=11, leading=15, bold=True)


def head(found: HandOver, desk: Desk) -> Head:
    """Which outage, when and by whom the sheet was made."""
    _ = desk.language.text
    made = _("Made {moment} by {name}").format(moment=desk.moment(found.made_at), name=found.made_by)
    facts = ((_("PC: {pc} · {site}").format(pc=found.pc, site=found.site), True), (made, False))
    return Head(name=_("Outage {number}").format(number=found.event.number), title=_(PAPER.title), facts=facts)


def story(found: HandOver, desk: Desk) -> Iterator[Block]:
    """How it stands, what is due, what was decided and done, what is planned, and who signs."""
    event = found.event
    yield outagecells.facts(found, desk, _WIDE)
    yield from outagecells.lost(event, desk)
    yield from _why(found, desk)
    yield from outagecells.clocks(found, desk, _WIDE)
    if event.ended is not None:
        yield from outagecells.to_tell(found.to_tell, desk, _WIDE)
    yield from outagecells.decisions(event, desk, _WIDE)
    yield from outagecells.calls(found, desk, _WIDE)
    yield from outagecells.units(found, desk, _WIDE)
    yield from outagecells.partners(found, desk, _WIDE)
    yield from _more(found, desk)
    yield from _planned(found, desk)
    yield from outagecells.sheets(found.sheets, desk)
    yield _signatures(desk)


PAPER: Final = Paper(
    name="hand-over",
    title=N_("Hand-over of the outage"),
    of=HandOver,
    head=head,
    story=story,
    afterwards=N_("Confidential. Keep it with the outage's papers."),
)


def _why(found: HandOver, desk: Desk) -> Iterator[Block]:
    """Who judged it critical, and why."""
    said = found.event.declared
    if said is None:
        text = desk.language.text("Nobody has said yet who judged it critical, and why.")
        yield Words((text, True), above=4)
        return
    judged = desk.language.text("Judged critical by {name}:").format(name=said.who or said.by)
    yield Words((f"{judged} ", True), (said.words, False), above=4)


def _more(found: HandOver, desk: Desk) -> Iterator[Block]:
    """What else was written down and still stands: duties done, acts, notes, the guide's end."""
    _ = desk.language.text
    entries = outagecells.standing(found.event, "done", "act", "note", "guide")
    if not entries:
        return
    yield Heading(_("Done, and noted"))
    rows = [
        Group(
            (
                (
                    plain(desk.moment(one.at)),
                    strong(about(one, found.plan, desk.language) or _("Note"), one.who),
                    plain(one.words),
                    plain(one.by),
                ),
            )
        )
        for one in entries
    ]
    yield Grid(widths(_WIDE, 20, 34, 30, 16), rows, header(_("When"), _("What"), _("Words"), _("Written by")), above=2)


def _planned(found: HandOver, desk: Desk) -> Iterator[Block]:
    """Planned downtime that goes on, or comes within days."""
    _ = desk.language.text
    ahead = (*planned.going(found.plan, desk.now), *planned.coming(found.plan, desk.now, _AHEAD))
    if not ahead:
        return
    yield Heading(_("Planned downtime"))
    for one in ahead:
        when = words.planned(one, desk.now, desk.language)
        systems = ", ".join(found.plan.system(system) for system in one.window.systems)
        told = wording.joined((one.window.label, systems, one.window.say))
        yield Words((f"{when}  ", True), (told, False), above=4)


def _signatures(desk: Desk) -> Block:
    """Who hands over and who takes over: name, role, time, signature."""
    _ = desk.language.text
    rows = [
        Group(((strong(who), Cell(), Cell(), Cell(), Cell()),), (), _SIGN)
        for who in (_("Hands over"), _("Takes over, and has the case from now on"))
    ]
    top = header("", _("Name"), _("Role, phone"), _("Date, time"), _("Signature"))
    return Grid(widths(_WIDE, 22, 24, 18, 14, 22), rows, top, above=14)
