"""The head of every page: what it is about in large letters, the document's title, facts, and the CAVE line.

It is laid out once a document and painted on each of its pages. Nothing here knows what a page is about: see ``whose``
for citizens and routes, and ``paper`` for the PC's own papers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from backupreader.domain.journal import Presence
from printing.block import Block, Gap, Words
from printing.text import HEADING, NAME, Line, Spans, Style, lay

if TYPE_CHECKING:
    from backupreader.language import Language
    from printing.pen import Pen

_FACTS: Final = Style(size=11, leading=14.5)
_CAVE: Final = Style(size=11.5, leading=15)
_MOST_CAVE_LINES: Final = 5
_TITLE_PART: Final = 0.36
_PAD: Final = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What a head says. Each of the `facts` is a line or more; `presence` is what kind of statement `cave` makes."""

    name: str
    title: str
    facts: Spans = ()
    cave: Spans = ()
    presence: Presence = Presence.VALUE


class Masthead:
    """The head of one document's pages, `wide` points wide."""

    def __init__(self, head: Head, language: Language, wide: float) -> None:
        self.wide = wide
        title_wide = wide * _TITLE_PART
        self._name = lay(((head.name, True),), NAME, wide - title_wide - 10)
        self._title = lay(((head.title, True),), HEADING, title_wide)
        self._facts = tuple(line for fact in head.facts if fact for line in lay((fact,), _FACTS, wide))
        self._presence = head.presence
        cave = lay(head.cave, _CAVE, wide - 2 * _PAD) if head.cave else ()
        self.opening: tuple[Block, ...] = ()
        """What the head has no room for, to stand at the top of the first page."""
        if len(cave) > _MOST_CAVE_LINES:
            self.opening = (Words(*head.cave), Gap(6))
            more = language.text("… more: the whole list stands at the top of page 1.")
            cave = (*cave[: _MOST_CAVE_LINES - 1], *lay(((more, True),), _CAVE, wide - 2 * _PAD))
        self._cave: tuple[Line, ...] = cave

    @property
    def high(self) -> float:
        """The height in points, with the space below."""
        first = max(len(self._name) * NAME.leading, len(self._title) * HEADING.leading)
        cave = len(self._cave) * _CAVE.leading + 7 if self._cave else 0
        return first + len(self._facts) * _FACTS.leading + cave + 8

    def paint(self, pen: Pen, x: float, top: float) -> None:
        """From (x, top) downwards."""
        title_wide = self.wide * _TITLE_PART
        pen.lines(self._title, HEADING, x + self.wide - title_wide, top - 3, title_wide, "right")
        under = pen.lines(self._name, NAME, x, top)
        top = min(under, top - len(self._title) * HEADING.leading)
        top = pen.lines(self._facts, _FACTS, x, top)
        if not self._cave:
            pen.rule(x, top - 3, x + self.wide, top - 3, 1.2)
            return
        high = len(self._cave) * _CAVE.leading + 4
        value = self._presence is Presence.VALUE
        if value:
            pen.shade(x, top - high - 1, self.wide, high, 0.88)
        pen.box(
            x, top - high - 1, self.wide, high, 2.0 if value else 0.8, dashed=self._presence is Presence.NOT_DELIVERED
        )
        pen.lines(self._cave, _CAVE, x + _PAD, top - 2)
