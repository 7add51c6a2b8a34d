"""What the papers of an outage say in the same way: clocks, the log, calls, units, partners, and sheets of paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from backupreader.domain.ledger import State
from backupreader.domain.outage.entrywords import CALLED, about, came_of
from backupreader.domain.outage.fold import crossed_out
from backupreader.domain.plan import words
from backupreader.domain.sheetwords import STATES
from printing import wording
from printing.block import Block, Heading, Words
from printing.grid import HEADER_GREY, Cell, Grid, Group, header, plain, strong, widths
from printing.sections import Notice
from printing.text import STRONG, Style

if TYPE_CHECKING:
    from datetime import datetime

    from backupreader.domain.outage.event import Clock, Entry, EntryKind, Event
    from backupreader.domain.outage.handover import Tell
    from backupreader.domain.planpapers import HandOver
    from backupreader.domain.sheetlists import Report
    from printing.paper import Desk

_ROW: Final = 28.0  # points: room for a hand
_FACT: Final = Style(size=12, leading=16)


def facts(found: HandOver, desk: Desk, wide: float) -> Block:
    """Since when, who has the case, what is down and how far it goes, beside each other."""
    _, event, language = desk.language.text, found.event, desk.language
    systems = ", ".join(found.plan.system(one) for one in event.systems)
    owned = _("since {moment}").format(moment=desk.moment(event.owned_since))
    told = (
        (_("Down since"), desk.moment(event.began), lasted(event, desk)),
        (_("Who has the case"), event.owner, owned),
        (_("Systems"), systems or _("nobody has said which"), ""),
        (_("How far it goes"), words.reach(event.reach, language) if event.reach else _("nobody has said"), ""),
    )
    cells = tuple(
        Cell((((title, False),), ((text, True),), *(((more, False),) for more in (rest,) if more)), _FACT)
        for title, text, rest in told
    )
    return Grid(widths(wide, 24, 26, 28, 22), [Group((cells,))], above=2)


def lasted(event: Event, desk: Desk) -> str:
    """How long it has lasted, or lasted until it ended."""
    ends = (event.ended or desk.now).timestamp()
    age = desk.language.age(timedelta(seconds=ends - event.began.timestamp()))
    if event.ended is None:
        return desk.language.text("for {time} now").format(time=age)
    return desk.language.text("up again since {moment}, after {time}").format(moment=desk.moment(event.ended), time=age)


def lost(event: Event, desk: Desk) -> Iterator[Block]:
    """That something of the log was lost, where it was."""
    if not event.whole:
        yield Notice(desk.language.text("Some of the log was lost. Something may have been done that is not on here."))


def standing(event: Event, *kinds: EntryKind) -> tuple[Entry, ...]:
    """The entries of some kinds that still stand, by when they happened."""
    crossed = crossed_out(event.entries)
    found = (one for one in event.entries if one.kind in kinds and one.number not in crossed)
    return tuple(sorted(found, key=lambda one: (one.at.timestamp(), one.number)))


def clocks(found: HandOver, desk: Desk, wide: float) -> Iterator[Block]:
    """The duties that are still to be done, overdue first; each with a place to sign."""
    _ = desk.language.text
    yield Heading(_("What is due next"))
    waiting = [one for one in found.clocks if one.state != "done"]
    if not waiting:
        yield Words((_("Nothing is due."), False), above=4)
        return
    top = header(_("When"), _("What"), _("Who has it"), _("Call"), _("Done: time, initials"))
    yield Grid(widths(wide, 20, 30, 17, 19, 14), [_clock(one, found, desk) for one in waiting], top, above=2)


def _clock(one: Clock, found: HandOver, desk: Desk) -> Group:
    late = one.state in {"overdue", "due"}
    when = words.due(one, desk.now, desk.language)
    duty = next((some for some in found.plan.duties if some.id == one.duty), None)
    contact = found.plan.contact(one.contact) if one.contact else None
    told = strong(f"! {when.upper()}" if late else when, moment(one.due, desk) if one.due is not None else None)
    cell = replace(told, shade=HEADER_GREY if late else None)
    called = plain(one.contact)
    if contact is not None:
        called = Cell((((contact.label, False),), ((contact.number or contact.mail, True),)))
    what = strong(one.label, duty.say if duty is not None else None)
    return Group(((cell, what, plain(one.holder), called, Cell()),), (), _ROW)


def moment(at: datetime, desk: Desk) -> str:
    """A moment by this site's clock; today's only as its time."""
    here = at.astimezone(desk.now.tzinfo)
    return desk.language.clock(here) if here.date() == desk.now.date() else desk.moment(at)


def decisions(event: Event, desk: Desk, wide: float) -> Iterator[Block]:
    """What was decided, by whom."""
    _ = desk.language.text
    found = standing(event, "decision")
    yield Heading(_("Decisions"))
    if not found:
        yield Words((_("No decision was written down."), False), above=4)
        return
    rows = [Group(((plain(desk.moment(one.at)), strong(one.who or one.by), plain(one.words)),)) for one in found]
    yield Grid(widths(wide, 22, 24, 54), rows, header(_("When"), _("Who decided"), _("What")), above=2)


def calls(found: HandOver, desk: Desk, wide: float) -> Iterator[Block]:
    """Who was called by whom, and what came of it."""
    _ = desk.language.text
    made = standing(found.event, "call")
    yield Heading(_("Calls"))
    if not made:
        yield Words((_("No call was written down."), False), above=4)
        return
    rows = [
        Group(
            (
                (
                    plain(desk.moment(one.at)),
                    strong(about(one, found.plan, desk.language), one.who),
                    plain(came_of(one, desk.language), style=STRONG),
                    plain(one.words),
                    plain(one.by),
                ),
            )
        )
        for one in made
    ]
    top = header(_("When"), _("Who was called"), _("What came of it"), _("What was said"), _("Written by"))
    yield Grid(widths(wide, 19, 24, 15, 25, 17), rows, top, above=2)


def units(found: HandOver, desk: Desk, wide: float) -> Iterator[Block]:
    """How each unit stands; of those of the plan that nobody has asked, that nobody has."""
    _ = desk.language.text
    known, unasked = found.event.units, [one for one in found.plan.units if one not in found.event.units]
    if not known and not unasked:
        return
    yield Heading(_("Units"))
    rows = [
        Group(
            (
                (
                    strong(unit),
                    plain(came_of(one, desk.language), style=STRONG),
                    plain(desk.moment(one.at)),
                    plain(one.by),
                ),
            )
        )
        for unit, one in sorted(known.items(), key=lambda pair: (pair[1].detail != "down", pair[0]))
    ]
    rows += [Group(((strong(unit), plain(_("not asked")), Cell(), Cell()),)) for unit in unasked]
    yield Grid(
        widths(wide, 36, 20, 22, 22), rows, header(_("Unit"), _("How it stands"), _("When"), _("Written by")), above=2
    )


def partners(found: HandOver, desk: Desk, wide: float) -> Iterator[Block]:
    """Who outside was told, and who was not."""
    _ = desk.language.text
    known = dict(found.event.partners)
    rows = [
        _partner(some.label, one.label, one.number or one.mail, known.pop(one.id, ()), desk)
        for some in found.plan.partners
        for one in some.partners
    ]
    rows += [_partner("", id_, "", told, desk) for id_, told in known.items()]
    if rows:
        yield Heading(_("Partners"))
        top = header(_("List"), _("Who"), _("Number"), _("Told"), _("By"))
        yield Grid(widths(wide, 22, 25, 19, 19, 15), rows, top, above=2)


def _partner(of: str, label: str, reached: str, told: Sequence[Entry], desk: Desk) -> Group:
    if not told:
        return Group(
            ((plain(of), strong(label), plain(reached), plain(desk.language.text("NOT TOLD"), style=STRONG), Cell()),)
        )
    when = plain(*(wording.joined((desk.moment(one.at), one.who), ", ") for one in told))
    return Group(((plain(of), strong(label), plain(reached), when, plain(*dict.fromkeys(one.by for one in told))),))


def sheets(report: Report | None, desk: Desk) -> Iterator[Block]:
    """How the sheets of paper of the outage stand, and the numbers of those that are not here."""
    _, language = desk.language.text, desk.language
    yield Heading(_("Sheets of paper"))
    if report is None:
        yield Notice(_("The ledger of the sheets of paper cannot be read. Count them by hand."))
        return
    if not report.whole:
        yield Notice(_("Some of the ledger was lost. Sheets may be missing that nobody knows of."))
    counted = [(STATES[state], report.counts[state]) for state in State if report.counts[state]]
    told = wording.joined(f"{_(name)}: {count}" for name, count in counted)
    total = language.count("{n} sheet was printed", "{n} sheets were printed", report.total)
    yield Words((wording.joined((total, told)), True), above=4)
    for title, serials in (
        (_("Not come back, or missing:"), [str(one.sheet.serial) for one in report.missing]),
        (_("Still to be entered or scanned:"), [str(one.sheet.serial) for one in report.to_enter]),
        (_("Still to be checked:"), [str(one.account.sheet.serial) for one in report.due]),
    ):
        if serials:
            yield Words((f"{title} ", True), (", ".join(serials), False), above=3)


def to_tell(found: Iterable[Tell], desk: Desk, wide: float) -> Iterator[Block]:
    """Who must be told that the systems are up again, and who was."""
    _ = desk.language.text
    rows = [
        Group(
            (
                (
                    strong(one.label, one.holder),
                    Cell((((one.number or one.mail, True),),)),
                    plain(desk.moment(one.told)) if one.told else plain(_("NOT TOLD"), style=STRONG),
                    Cell(),
                ),
            ),
            (),
            _ROW,
        )
        for one in found
    ]
    if rows:
        yield Heading(_("Who must be told that it is up again"))
        top = header(_("Who, and who tells her"), _("Number"), _("Told"), _("Time, initials"))
        yield Grid(widths(wide, 42, 22, 20, 16), rows, top, above=2)


def log(found: HandOver, entries: Iterable[Entry], desk: Desk, wide: float) -> Grid:
    """Entries line by line; one that was a mistake is crossed out, and can still be read."""
    _ = desk.language.text
    crossed = crossed_out(found.event.entries)
    rows = [_line(one, crossed.get(one.number), found, desk) for one in entries]
    top = header(_("No."), _("Happened"), _("Written"), _("Written by"), _("What"), _("Words"))
    return Grid(widths(wide, 6, 17, 17, 15, 24, 21), rows, top, above=2)


def _line(one: Entry, by: Entry | None, found: HandOver, desk: Desk) -> Group:
    _, struck = desk.language.text, by is not None
    what = strong(
        _(CALLED[one.kind]),
        wording.joined((about(one, found.plan, desk.language), came_of(one, desk.language))),
        one.who,
    )
    texts: tuple[Cell, ...] = (
        plain(desk.moment(one.at)),
        plain(desk.moment(one.written)),
        plain(one.by),
        what,
        plain(one.words),
    )
    cells = tuple(replace(cell, struck=struck) for cell in texts)
    number = plain(f"{one.number}", style=STRONG)
    if by is not None:
        number = Cell((*number.paragraphs, ((_("out: {number}").format(number=by.number), True),)))
    return Group(((number, *cells),))
