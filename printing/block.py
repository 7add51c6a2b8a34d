"""What a story is made of: blocks that know their height, can be split, and paint themselves with a `Pen`.

A `Block` is a reportlab flowable, so that any reportlab frame can hold it; `page` lays blocks out itself, because it
must know how many pages a citizen has before the first is drawn, without building the document twice.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Final

from reportlab.platypus import Flowable

from printing.pen import Letters, Pen
from printing.text import BODY, HEADING, Line, Span, Style, lay

_HEADING_LINE: Final = Style(size=HEADING.size, leading=HEADING.leading)  # its remark is not bold
NO_ROOM: Final = 1.0  # points: less than this is the end of a page


class Block(Flowable, ABC):
    """A piece of a page. `above` is the space over it, but not at the top; `leads` binds it to what follows."""

    above = 0.0
    leads = False

    @abstractmethod
    def high(self, wide: float) -> float:
        """The height in points at a width in points."""

    def first(self, wide: float) -> float:
        """The height of the least that can stand at the foot of a page."""
        return self.high(wide)

    def cut(self, wide: float, room: float, *, whole_page: bool) -> tuple[Block, Block] | None:
        """What fits into `room`, and the rest; None when nothing does. `whole_page`: there will never be more room."""
        del wide, room, whole_page
        return None

    @abstractmethod
    def paint(self, pen: Pen, x: float, top: float, wide: float) -> None:
        """Draw it with its upper left corner at (x, top)."""

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: ARG002, N803 (reportlab's names)
        """Reportlab's question for the size."""
        self._wide = aW
        return aW, self.high(aW)

    def split(self, availWidth: float, availHeight: float) -> list[Flowable]:  # noqa: N803 (reportlab's names)
        """Reportlab's question for what fits."""
        return list(self.cut(availWidth, availHeight, whole_page=False) or ())

    def draw(self) -> None:
        """Reportlab's order to draw at the origin."""
        pen = Pen(Letters(self.canv))
        self.paint(pen, 0, self.high(self._wide), self._wide)
        pen.put()


class Gap(Block):
    """Empty space."""

    def __init__(self, points: float) -> None:
        super().__init__()
        self._points = points

    def high(self, wide: float) -> float:
        """As many points as stated."""
        del wide
        return self._points

    def paint(self, pen: Pen, x: float, top: float, wide: float) -> None:
        """Nothing."""


class Words(Block):
    """A text of one or more spans, broken into lines; it splits between any two lines."""

    def __init__(
        self, *spans: Span, style: Style = BODY, above: float = 0.0, indent: float = 0.0, leads: bool = False
    ) -> None:
        super().__init__()
        self.above = above
        self.leads = leads
        self._spans = spans
        self._style = style
        self._indent = indent
        self._laid: tuple[float, tuple[Line, ...]] | None = None

    def _lines(self, wide: float) -> tuple[Line, ...]:
        if self._laid is None or self._laid[0] != wide:
            self._laid = (wide, lay(self._spans, self._style, wide - self._indent))
        return self._laid[1]

    def high(self, wide: float) -> float:
        """All lines under each other."""
        return len(self._lines(wide)) * self._style.leading

    def first(self, wide: float) -> float:
        """Two lines, or the only one: no line stands alone at the foot of a page."""
        return min(2, len(self._lines(wide))) * self._style.leading

    def cut(self, wide: float, room: float, *, whole_page: bool) -> tuple[Block, Block] | None:
        """At least two lines on each side where there are as many."""
        lines = self._lines(wide)
        fitting = int((room + 0.01) // self._style.leading)
        fitting = min(fitting, len(lines) - 2 if len(lines) > 3 else len(lines) - 1)  # noqa: PLR2004 (two lines a side)
        if fitting < 1 or (fitting == 1 and len(lines) > 2 and not whole_page):  # noqa: PLR2004
            return None
        return self._part(wide, lines[:fitting]), self._part(wide, lines[fitting:])

    def _part(self, wide: float, lines: tuple[Line, ...]) -> Words:
        part = Words(*self._spans, style=self._style, indent=self._indent)
        part._laid = (wide, lines)
        return part

    def paint(self, pen: Pen, x: float, top: float, wide: float) -> None:
        """The lines from the top."""
        pen.lines(self._lines(wide), self._style, x + self._indent, top)


class Heading(Words):
    """The title of a section, ruled below, never alone at the foot of a page. `remark` follows in plain letters."""

    def __init__(self, title: str, remark: str = "") -> None:
        spans: tuple[Span, ...] = ((title, True), ("  " + remark, False)) if remark else ((title, True),)
        super().__init__(*spans, style=_HEADING_LINE, above=10, leads=True)

    def high(self, wide: float) -> float:
        """The line and its rule."""
        return super().high(wide) + 3

    def first(self, wide: float) -> float:
        """It is not split."""
        return self.high(wide)

    def cut(self, wide: float, room: float, *, whole_page: bool) -> tuple[Block, Block] | None:
        """Never."""
        del wide, room, whole_page
        return None

    def paint(self, pen: Pen, x: float, top: float, wide: float) -> None:
        """The words over a heavy rule."""
        super().paint(pen, x, top, wide)
        y = top - self.high(wide) + 2
        pen.rule(x, y, x + wide, y, 1.2)
