"""A page: the frame, the head, the foot, and the blocks of a story laid out between them.

Every document's pages are made here and nowhere else. A citizen's pages are laid out before the first of them is
drawn, so that each can say "page 2 of 3" of that citizen, and nothing is built twice.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from printing import frame
from printing.band import Band
from printing.block import NO_ROOM, Block
from printing.foot import Foot, Footer
from printing.masthead import Head, Masthead
from printing.pen import Letters, Pen
from printing.text import BODY, lay

if TYPE_CHECKING:
    from backupreader.domain.sheets import Numbers
    from backupreader.language import Language
    from printing.document import PaperSize

_MARGIN: Final = frame.EDGE + frame.BAND + 9
_TOP: Final = frame.EDGE + frame.BAND + 11


def wide(*, landscape: bool, paper: PaperSize = "a4") -> float:
    """How wide a story is, in points."""
    return frame.size(landscape=landscape, paper=paper)[0] - 2 * _MARGIN


@dataclass(frozen=True, slots=True)
class _Placed:
    block: Block
    above: float


class Pages:
    """One story between a head and a foot, laid out. `draw` puts it on a canvas."""

    def __init__(  # noqa: PLR0913 (whose, from where, and on which paper)
        self,
        head: Head,
        foot: Foot,
        language: Language,
        *,
        landscape: bool,
        band: Band = Band.PLAIN,
        paper: PaperSize = "a4",
    ) -> None:
        self._language, self._landscape, self._band = language, landscape, band
        self._paper: PaperSize = paper
        self._size = frame.size(landscape=landscape, paper=paper)
        self._wide = wide(landscape=landscape, paper=paper)
        self._head = Masthead(head, language, self._wide)
        self._foot = Footer(foot, language, self._wide)
        self._pages: list[list[_Placed]] = []

    @property
    def room(self) -> float:
        """How high a page's body is, in points."""
        return self._size[1] - _TOP - self._head.high - self._foot.high - _MARGIN

    @property
    def left(self) -> float:
        """How much of the first page is left for the story."""
        return self.room - sum(block.high(self._wide) for block in self._head.opening)

    @property
    def count(self) -> int:
        """How many pages there are."""
        return len(self._pages)

    def fill(self, story: Iterable[object]) -> None:
        """Lay the story out."""
        blocks = [*self._head.opening, *(block for block in story if isinstance(block, Block))]
        self._pages = _flow(blocks, self._wide, self.room)

    def draw(self, letters: Letters, numbers: Numbers | None = None, used: int = 0, sides: int = 1) -> None:
        """Each page with its frame, head and foot, on the letters' canvas.

        `numbers` are those of the sheets, of which so many are `used` already: the first page begins a new sheet.
        """
        for number, placed in enumerate(self._pages, start=1):
            serial = None if numbers is None else numbers.at(used + (number - 1) // sides)
            letters.canvas.setPageSize(self._size)
            frame.show(letters, self._language, landscape=self._landscape, band=self._band, paper=self._paper)
            pen = Pen(letters)
            top = self._size[1] - _TOP
            self._head.paint(pen, _MARGIN, top)
            top -= self._head.high
            for item in placed:
                top -= item.above
                item.block.paint(pen, _MARGIN, top, self._wide)
                top -= item.block.high(self._wide)
            self._foot.paint(pen, _MARGIN, _MARGIN - 4, number, self.count, serial)
            pen.put()
            letters.canvas.showPage()


def empty(letters: Letters, language: Language, *, landscape: bool, band: Band, paper: PaperSize = "a4") -> None:
    """The back of a sheet that has no more pages: it says that nothing is missing on it."""
    size = frame.size(landscape=landscape, paper=paper)
    letters.canvas.setPageSize(size)
    frame.show(letters, language, landscape=landscape, band=band, paper=paper)
    pen = Pen(letters)
    pen.lines(
        lay(((language.text("This side is left empty."), False),), BODY, size[0]),
        BODY,
        0,
        size[1] / 2,
        size[0],
        "centre",
    )
    pen.put()
    letters.canvas.showPage()


def _flow(blocks: list[Block], space: float, room_: float) -> list[list[_Placed]]:
    """Blocks onto pages, in order: whole where they fit, else cut, else on the next page. At least one page."""
    pages: list[list[_Placed]] = [[]]
    left = room_
    waiting = list(reversed(blocks))
    while waiting:
        block = waiting.pop()
        fresh = not pages[-1]
        above = 0.0 if fresh else block.above
        needed = block.high(space)
        if block.leads and waiting:
            following = waiting[-1]
            least = needed + following.above + following.first(space)
            if above + least > left and not fresh:
                pages.append([])
                left = room_
                waiting.append(block)
                continue
        if above + needed <= left + NO_ROOM / 2:
            pages[-1].append(_Placed(block, above))
            left -= above + needed
            continue
        alone = all(item.block.leads for item in pages[-1])  # a page will never have more room than this one
        parts = block.cut(space, left - above, whole_page=alone)
        if parts is not None:
            pages[-1].append(_Placed(parts[0], above))
            waiting.append(parts[1])
        elif alone:
            pages[-1].append(_Placed(block, above))  # nothing can be cut from it: better over the foot than lost
        else:
            waiting.append(block)
        pages.append([])
        left = room_
    if not pages[-1] and len(pages) > 1:
        pages.pop()
    return pages
