"""The card on the wall of the room: one page for whoever has never used this PC. It holds nobody's data.

What a ward fills in by hand has a line. ``installer/nurse-card.md`` is the same card, to be changed by a site.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from backupreader.domain.papers import WallCard
from backupreader.language import N_
from printing import page
from printing.block import Block, Heading, Words
from printing.grid import Cell, Grid, Group
from printing.masthead import Head
from printing.paper import Desk, Paper
from printing.pen import Pen
from printing.text import BODY, Style, lay

STEPS: Final = (
    N_("Look at the screen. The large line says from when the data is. What happened after that is not in it."),
    N_("Write your name and your words, and press Enter. Capital letters and spaces do not matter."),
    N_("No words? Ring the on-duty head: she reads out a code that works once. Press “I have a code”."),
    N_("Write anything you know: a name, a birthday, the last four digits, a street. Arrows choose, Enter opens."),
    N_("Check name and birthday before you act. If two citizens have the same name, the page says so."),
    N_("Read from the top: warnings (CAVE), medicine due, next visits, what to do, relatives, getting in."),
    N_(
        "Another unit's citizen, private medicine, a protected address: state a reason. It opens at once and is logged."
    ),
    N_("Ctrl+P prints what you see. “Print for the shift” on the start page prints for a whole unit or route."),
    N_("Sign each dose on the medicine sheet with initials and time. The paper is the journal now."),
    N_("Ctrl+L locks. F9 covers the page for a moment. What is printing goes on."),
)
MEANINGS: Final = (
    (N_("none known"), N_("somebody has stated that there is none")),
    (N_("nothing recorded"), N_("the journal system sent this, and it was empty")),
    (N_("not delivered"), N_("the journal system did not send this: nothing is known; ask or ring")),
    (N_("status not known"), N_("the source does not say whether this medicine is in force: ask the prescriber")),
    (N_("only in FMK: ask before giving"), N_("two medicine lists do not agree: ring the prescriber first")),
    (
        N_("not shown: state a reason"),
        N_("there is more medicine than you see: do not give from this list before you have"),
    ),
    (N_("PRACTICE, in a blue frame"), N_("every citizen is made up: nothing there is true")),
)
LAST: Final = N_(
    "F1 is help, with a tour of six steps. F6 shows what has changed since the former data, F7 reads that data. "
    "Esc goes back. Nothing that you do here can change or delete anything."
)
_STEP: Final = Style(size=12, leading=16)
_NUMBER: Final = Style(size=15, leading=16, bold=True)
_NUMBER_WIDE: Final = 28.0
_MEANING_WIDE: Final = 190.0


def head(card: WallCard, desk: Desk) -> Head:
    """What it is for, and at which PC it hangs."""
    _ = desk.language.text
    facts = ((_("PC: {pc} · {site}").format(pc=card.pc, site=card.site), False),)
    return Head(name=_("When the journal system is down"), title=_(PAPER.title), facts=facts)


def story(card: WallCard, desk: Desk) -> Iterator[Block]:
    """What is filled in by hand, the steps, and what the words on the screen mean."""
    del card
    _ = desk.language.text
    yield _Line(_("Where the PC stands, and who has the key or door code"))
    yield _Line(_("On-duty head, phone"))
    steps = tuple(
        (Cell((((str(number), True),),), _NUMBER), Cell((((_(step), False),),), _STEP))
        for number, step in enumerate(STEPS, start=1)
    )
    wide = page.wide(landscape=False)
    yield Grid((_NUMBER_WIDE, wide - _NUMBER_WIDE), (Group(steps),), ruled=False, above=8)
    yield Heading(_("It says – it means"))
    meanings = tuple(
        (Cell((((_(said), True),),), BODY), Cell((((_(means), False),),), BODY)) for said, means in MEANINGS
    )
    yield Grid((_MEANING_WIDE, wide - _MEANING_WIDE), (Group(meanings),))
    yield Words((_(LAST), True), style=_STEP, above=8)


PAPER: Final = Paper(
    name="wall-card",
    title=N_("Card for the wall"),
    of=WallCard,
    head=head,
    story=story,
    afterwards=N_("Keep with the plan."),
)


class _Line(Block):
    """A word, and a line to write on."""

    above = 4.0

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    def high(self, wide: float) -> float:
        """Room to write by hand."""
        return max(26.0, len(lay(((self._text, False),), BODY, wide / 2)) * BODY.leading + 4)

    def paint(self, pen: Pen, x: float, top: float, wide: float) -> None:
        """The word to the left, the line over the rest."""
        lines = lay(((self._text, True),), BODY, wide / 2)
        pen.lines(lines, BODY, x, top - self.high(wide) + len(lines) * BODY.leading + 2)
        begins = x + min(wide / 2, max(line.width for line in lines)) + 8
        pen.rule(begins, top - self.high(wide) + 2, x + wide, top - self.high(wide) + 2, 0.8)
