"""A fault guide on paper alone: numbered questions that say where yes and no lead, and lettered ends with a number."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from backupreader.domain.plan import week, words
from backupreader.domain.plan.guidance import Outcome, Question
from backupreader.domain.planpapers import FaultGuide
from backupreader.language import N_
from printing import page
from printing.block import Block, Heading, Words
from printing.grid import Cell, Grid, Group, header, plain, strong, widths
from printing.masthead import Head
from printing.paper import Desk, Paper
from printing.plancells import by_contact, governed, how, number, whom
from printing.text import Spans, Style

_WIDE: Final = page.wide(landscape=False)
_PLACE: Final = Style(size=16, leading=20, bold=True)
_ASK: Final = Style(size=12, leading=16)
_NUMBER: Final = Style(size=14, leading=18, bold=True)
_LETTERS: Final = 26


def head(found: FaultGuide, desk: Desk) -> Head:
    """What it is about, and the plan that it is of."""
    _ = desk.language.text
    guide, plan = found.guide, found.plan
    systems = ", ".join(plan.system(one) for one in guide.systems)
    facts = [(_("Systems: {systems}").format(systems=systems), True)] if systems else []
    return Head(
        name=guide.label,
        title=_(PAPER.title),
        facts=(*facts, (plan.about.title, False), *governed(plan.about, desk)),
    )


def story(found: FaultGuide, desk: Desk) -> Iterator[Block]:
    """Where to begin, the questions, the ends."""
    _ = desk.language.text
    guide = found.guide
    places = _places(found)
    yield Words((_("Begin with 1. A number is the next question; a letter is the end, further down."), True), above=2)
    yield Grid(
        widths(_WIDE, 9, 63, 14, 14),
        [_question(one, places, desk) for one in guide.questions],
        header("", _("Ask or try"), _("Yes"), _("No")),
        above=6,
    )
    yield Heading(_("Where it ends"))
    yield Grid(
        widths(_WIDE, 9, 35, 31, 25),
        [_outcome(one, found, places, desk) for one in guide.outcomes],
        header("", _("How far it goes, and what to do"), _("Whom to call"), _("Number")),
        above=2,
    )


PAPER: Final = Paper(
    name="fault-guide",
    title=N_("Fault guide"),
    of=FaultGuide,
    head=head,
    story=story,
    afterwards=N_("Keep with the plan."),
)


def _places(found: FaultGuide) -> Mapping[str, str]:
    """The number of each question, and the letters of each outcome: A to Z, then AA."""
    guide = found.guide
    numbers = {one.id: f"{place}" for place, one in enumerate(guide.questions, start=1)}
    return numbers | {one.id: _letters(place) for place, one in enumerate(guide.outcomes)}


def _letters(place: int) -> str:
    more, last = divmod(place, _LETTERS)
    return (_letters(more - 1) if more else "") + chr(ord("A") + last)


def _question(one: Question, places: Mapping[str, str], desk: Desk) -> Group:
    _ = desk.language.text
    asked: tuple[Spans, ...] = (((one.ask, True),), *(((text, False),) for text in (one.how,) if text))
    leads = [
        Cell((((f"{word} → {places.get(to, to)}", True),),), _NUMBER, "centre")
        for word, to in ((_("yes"), one.yes), (_("no"), one.no))
    ]
    place = Cell((((places[one.id], True),),), _PLACE, "centre")
    return Group(((place, Cell(asked, _ASK), *leads),))


def _outcome(one: Outcome, found: FaultGuide, places: Mapping[str, str], desk: Desk) -> Group:
    said = Cell((((words.reach(one.reach, desk.language), True),), ((one.say, False),)), _ASK)
    place = Cell((((places[one.id], True),),), _PLACE, "centre")
    return Group(tuple(_reached(one, found, desk)), (place, said))


def _reached(one: Outcome, found: FaultGuide, desk: Desk) -> Iterator[tuple[Cell, Cell]]:
    """The outcome's own contact; else who answers at which hours; nobody, where nobody is to be called."""
    plan = found.plan
    contact = plan.contact(one.contact) if one.contact else None
    if contact is not None:
        yield Cell((*strong(contact.label).paragraphs, *how(contact, plan, desk))), number(contact)
        return
    if one.reach == "none":
        yield plain(desk.language.text("Nobody is to be called.")), Cell()
        return
    which = week.Which(system=found.guide.systems[0] if found.guide.systems else "", reach=one.reach)
    for stretch, hours in by_contact(week.ordinary(plan, desk.now, which), desk):
        told = whom(stretch, desk)
        yield Cell((*told.paragraphs, *(((text, False),) for text in hours))), number(stretch.contact)
