"""The page that shows whether a printer prints what these pages need: for the yearly check and for drills.

It holds no citizen's data. Frame, letters, sizes and greys are those of every other page.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from backupreader.domain.papers import PrinterCheck
from backupreader.language import N_
from printing.block import Block, Heading, Words
from printing.grid import BLOCKED_GREY, HEADER_GREY
from printing.masthead import Head
from printing.paper import Desk, Paper
from printing.pen import Pen
from printing.sections import Notice
from printing.text import BODY, FOOT, NAME, Style, lay

_CM: Final = 72 / 2.54
_LETTERS: Final = Style(size=24, leading=34)
_BANNER: Final = Style(size=22, leading=30, bold=True)
_GREYS: Final = (0.0, 0.25, 0.5, 0.7, BLOCKED_GREY, HEADER_GREY, 0.93, 1.0)


def head(check: PrinterCheck, desk: Desk) -> Head:
    """Which PC printed it, and when."""
    _ = desk.language.text
    facts = ((_("PC: {pc} · {site}").format(pc=check.pc, site=check.site), True), (desk.moment(desk.now), True))
    return Head(name=_("Test page"), title=_("For the printer"), facts=facts)


def story(check: PrinterCheck, desk: Desk) -> Iterator[Block]:
    """What to look at, from the largest to the smallest."""
    del check
    _ = desk.language.text
    yield Words((_("TEST PAGE: no citizen's data"), True), style=_BANNER)
    yield Notice(_("Look: is the frame whole on all four sides? Can every line below be read? Is the page straight?"))
    yield Heading(_("Letters"))
    yield Words(("æøå ÆØÅ äö ÄÖ é ü ß", False), style=_LETTERS)
    yield Words(("æøå ÆØÅ äö ÄÖ é ü ß  0O 1lI 5S 8B", True), style=_LETTERS)
    yield Heading(_("Ten centimetres: lay a ruler on it"))
    yield _Ruler()
    yield Heading(_("Greys: each field must look unlike its neighbours"))
    yield _Greys()
    yield Heading(_("Sizes: the last line is the smallest type on any page"))
    for style in (NAME, BODY, FOOT):
        sample = _("{size} points: 1,5 tablet at 08:00, 0.25 mg, not 2.5 mg").format(size=f"{style.size:g}")
        yield Words((sample, style.bold), style=style, above=3)


PAPER: Final = Paper(
    name="test-page",
    title=N_("Test page"),
    of=PrinterCheck,
    head=head,
    story=story,
    afterwards=N_("Keep with the plan."),
)


class _Ruler(Block):
    """Ten centimetres, a stroke each millimetre, a number each centimetre."""

    above = 6.0

    def high(self, wide: float) -> float:
        """Strokes and numbers."""
        del wide
        return 34.0

    def paint(self, pen: Pen, x: float, top: float, wide: float) -> None:
        """From the left edge."""
        del wide
        pen.rule(x, top, x + 10 * _CM, top, 1.0)
        for millimetre in range(101):
            long = 16.0 if millimetre % 10 == 0 else 11.0 if millimetre % 5 == 0 else 7.0
            at = x + millimetre * _CM / 10
            pen.rule(at, top, at, top - long, 0.5)
        for number in range(11):
            pen.lines(lay(((f"{number}", False),), BODY, 20), BODY, x + number * _CM - 10, top - 17, 20, "centre")
        pen.lines(lay((("cm", False),), BODY, 30), BODY, x + 10 * _CM + 12, top - 17)


class _Greys(Block):
    """Fields from black to white, each with how much black it is."""

    above = 6.0

    def high(self, wide: float) -> float:
        """Fields and numbers."""
        del wide
        return 46.0

    def paint(self, pen: Pen, x: float, top: float, wide: float) -> None:
        """Side by side over the whole width."""
        side = wide / len(_GREYS)
        for place, grey in enumerate(_GREYS):
            left = x + place * side
            pen.shade(left, top - 30, side, 30, grey)
            pen.box(left, top - 30, side, 30, 0.5)
            share = lay(((f"{round((1 - grey) * 100)} %", False),), BODY, side)
            pen.lines(share, BODY, left, top - 32, side, "centre")
