"""The foot of every page: where from and how old, when and by whom printed, where the log stood; which page it is.

Laid out once a document and painted on each of its pages.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from printing.text import FOOT, STRONG, Line, Spans, lay

if TYPE_CHECKING:
    from backupreader.language import Language
    from printing.pen import Pen

_RIGHT: Final = 150.0
_ANCHOR: Final = re.compile(r"[0-9]+ · [0-9a-f ]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Foot:
    """What a foot says. `afterwards` is what becomes of the page; `numbered` pages have a line for a number by hand."""

    texts: tuple[Spans, ...]
    afterwards: str
    numbered: bool = True


def logged(anchor: str, outage: str, language: Language) -> Spans:
    """Where the audit stood when the page was made, and in which outage; empty where neither is said.

    An `anchor` that is no number in the audit is a sentence, that there is none: it is bold.
    """
    spans: list[tuple[str, bool]] = []
    if anchor:
        numbered = _ANCHOR.fullmatch(anchor) is not None
        spans.append((language.text("Log {anchor}").format(anchor=anchor) if numbered else anchor, not numbered))
    if outage:
        spans.append(((" · " if spans else "") + language.text("Outage {number}").format(number=outage), False))
    return tuple(spans)


class Footer:
    """The foot of one document's pages, `space` points wide."""

    def __init__(self, foot: Foot, language: Language, space: float) -> None:
        self.wide = space
        self._left = tuple(line for text in foot.texts if text for line in lay(text, FOOT, space - _RIGHT - 12))
        self._afterwards = lay(((foot.afterwards, True),), FOOT, _RIGHT)
        self._sheet_no = lay(((language.text("Sheet no."), False),), FOOT, _RIGHT) if foot.numbered else ()
        self._page = language.text("Page {number} of {total}")

    @property
    def high(self) -> float:
        """The height in points, with the rule above."""
        return max(len(self._left), 2 + len(self._afterwards)) * FOOT.leading + 6

    def paint(self, pen: Pen, x: float, bottom: float, number: int, total: int) -> None:
        """From its lower left corner."""
        top = bottom + self.high - 4
        pen.rule(x, top + 1, x + self.wide, top + 1, 0.8)
        pen.lines(self._left, FOOT, x, top)
        right = x + self.wide - _RIGHT
        pen.rule(right - 6, top + 1, right - 6, bottom, 0.5)
        page: tuple[Line, ...] = lay(((self._page.format(number=number, total=total), True),), STRONG, _RIGHT)
        pen.lines(page, STRONG, right, top, _RIGHT, "right")
        pen.lines(self._afterwards, FOOT, right, top - 12, _RIGHT, "right")
        if self._sheet_no:
            pen.lines(self._sheet_no, FOOT, right, top - 12)
            pen.rule(right, bottom + 1, right + 70, bottom + 1, 0.5)
