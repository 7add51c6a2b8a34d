"""The slip with one person's words: handed to her once, folded, learnt, shredded.

All of it stands on the upper half of the page, so that the lower half folds over the words.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from backupreader.domain.papers import WordsSlip
from backupreader.language import N_
from printing import page
from printing.block import Block, Gap, Words
from printing.grid import Cell, Grid, Group
from printing.masthead import Head
from printing.paper import Desk, Paper
from printing.pen import Pen
from printing.text import Style

_WORD: Final = Style(size=30, leading=37, bold=True)
_PLACE: Final = Style(size=12, leading=37, ink=0.35)
_HOW: Final = Style(size=11, leading=15)
_NUMBER_WIDE: Final = 40.0


def head(slip: WordsSlip, desk: Desk) -> Head:
    """Whose words they are, and for which PC."""
    _ = desk.language.text
    units = ", ".join(slip.units) or _("the whole area")
    facts = (
        _("PC: {pc} · {site}").format(pc=slip.pc, site=slip.site),
        " · ".join(part for part in (slip.role, units) if part),
        desk.issued(slip.issued_at, slip.issued_by),
    )
    return Head(name=slip.person, title=_(PAPER.title), facts=tuple((fact, False) for fact in facts))


def story(slip: WordsSlip, desk: Desk) -> Iterator[Block]:
    """The words, one a line; how they are typed; what becomes of the slip."""
    _ = desk.language.text
    rows = tuple(
        (Cell((((f"{place}", False),),), _PLACE), Cell((((word, True),),), _WORD))
        for place, word in enumerate(slip.words.split(), start=1)
    )
    yield Grid((_NUMBER_WIDE, page.wide(landscape=False) - _NUMBER_WIDE), (Group(rows),), ruled=False)
    yield Words(
        (_("To open the PC: choose your name, and type the words in this order.") + " ", True),
        (_("Capitals and spaces do not matter."), False),
        style=_HOW,
        above=8,
    )
    yield Words(
        (
            _("Fold it, and keep it apart from the PC. Show it to nobody. Shred it when you know the words by heart."),
            True,
        ),
        style=_HOW,
    )
    yield Gap(10)
    yield _Fold(_("Fold here, the words inside"))


PAPER: Final = Paper(
    name="words-slip",
    title=N_("Words to open the PC"),
    of=WordsSlip,
    head=head,
    story=story,
    afterwards=N_("Shred when learnt."),
)


class _Fold(Words):
    """A dashed line over the page, with its words below."""

    def __init__(self, text: str) -> None:
        super().__init__((text, False), style=Style(size=10, leading=14, ink=0.35))

    def paint(self, pen: Pen, x: float, top: float, wide: float) -> None:
        """The line, then the words."""
        pen.rule(x, top, x + wide, top, 0.8, dashed=True)
        super().paint(pen, x, top - 1, wide)
