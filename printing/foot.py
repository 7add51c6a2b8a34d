"""The foot of every page: where from and how old, when and by whom printed, where the log stood; which page it is.

Laid out once a document and painted on each of its pages; only the page's number and the sheet's are each page's own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from printing import qr
from printing.text import FOOT, STRONG, Line, Spans, lay

if TYPE_CHECKING:
    from backupreader.domain.sheets import Serial
    from backupreader.language import Language
    from printing.pen import Pen

_RIGHT: Final = 176.0
_WORDS: Final = _RIGHT - qr.SIDE - 4  # beside the code
_ANCHOR: Final = re.compile(r"[0-9]+ · [0-9a-f ]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Foot:
    """What a foot says. `afterwards` is what becomes of the page; `numbered` pages belong to a sheet that counts."""

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
        self._numbered = foot.numbered
        self._afterwards = lay(((foot.afterwards, True),), FOOT, _WORDS if foot.numbered else _RIGHT)
        self._by_hand = lay(((language.text("Sheet no."), False),), FOOT, _WORDS)
        self._sheet = language.text("Sheet {number}")
        self._page = language.text("Page {number} of {total}")

    @property
    def high(self) -> float:
        """The height in points, with the rule above."""
        lines = max(len(self._left), 2 + len(self._afterwards)) * FOOT.leading + 6
        return max(lines, qr.SIDE + 2) if self._numbered else lines

    def paint(  # noqa: PLR0913, PLR0917 (where, and which page of how many on which sheet)
        self, pen: Pen, x: float, bottom: float, number: int, total: int, serial: Serial | None = None
    ) -> None:
        """From its lower left corner. A sheet without a serial has a line to write one on, where sheets are counted."""
        top = bottom + self.high - 4
        pen.rule(x, top + 1, x + self.wide, top + 1, 0.8)
        pen.lines(self._left, FOOT, x, top)
        right = x + self.wide - _RIGHT
        pen.rule(right - 6, top + 1, right - 6, bottom, 0.5)
        room = _WORDS if self._numbered else _RIGHT
        page: tuple[Line, ...] = lay(((self._page.format(number=number, total=total), True),), STRONG, room)
        pen.lines(page, STRONG, right, top, room, "right")
        under = pen.lines(self._afterwards, FOOT, right, top - STRONG.leading, room, "right")
        if not self._numbered:
            return
        if serial is None:
            pen.lines(self._by_hand, FOOT, right, under)
            pen.rule(right, bottom + 1, right + _RIGHT, bottom + 1, 0.5)
        else:
            said = lay(((self._sheet.format(number=serial), True),), FOOT, room)
            pen.lines(said, FOOT, right, under, room, "right")
            qr.paint(pen, str(serial), x + self.wide - qr.SIDE, top - qr.SIDE)
