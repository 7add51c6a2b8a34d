"""A page: the frame, the head, the foot, and the blocks of a story laid out between them.

Every document's pages are made here and nowhere else. A citizen's pages are laid out before the first of them is
drawn, so that each can say "page 2 of 3" of that citizen, and nothing is built twice.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from backupreader.domain.records import Delivery
from printing import frame, wording
from printing.block import NO_ROOM, Block, Gap, Words
from printing.masthead import Masthead
from printing.pen import Letters, Pen
from printing.text import FOOT, STRONG, Line, lay

if TYPE_CHECKING:
    from backupreader.domain.journal import Journal
    from printing.document import Document, Sheet, Subject

_MARGIN: Final = frame.EDGE + frame.BAND + 9
_TOP: Final = frame.EDGE + frame.BAND + 11
_FOOT_RIGHT: Final = 150.0


def wide(*, landscape: bool) -> float:
    """How wide a story is, in points."""
    return frame.size(landscape=landscape)[0] - 2 * _MARGIN


class _Footer:
    """Where from and how old, when and by whom printed; on the right which page, and a line for the sheet's number."""

    def __init__(self, subject: Subject, sheet: Sheet, space: float) -> None:
        _ = sheet.language.text
        self.wide = space
        printed = wording.joined(
            (
                _("Printed {moment} by {name}").format(moment=sheet.language.moment(sheet.now), name=sheet.printed_by),
                sheet.site,
                _("generation {name}").format(name=sheet.generation) if sheet.generation else None,
            )
        )
        texts = (wording.ages(_deliveries(subject), sheet), printed)
        self._left = tuple(line for text in texts for line in lay(((text, False),), FOOT, space - _FOOT_RIGHT - 12))
        self._sheet_no = lay(((_("Sheet no."), False),), FOOT, _FOOT_RIGHT)
        self._shred = lay(((_("Shred after use."), True),), FOOT, _FOOT_RIGHT)
        self._page = _("Page {number} of {total}")

    @property
    def high(self) -> float:
        """The height in points, with the rule above."""
        return max(len(self._left), 3) * FOOT.leading + 6

    def paint(self, pen: Pen, x: float, bottom: float, number: int, total: int) -> None:
        """From its lower left corner."""
        top = bottom + self.high - 4
        pen.rule(x, top + 1, x + self.wide, top + 1, 0.8)
        pen.lines(self._left, FOOT, x, top)
        right = x + self.wide - _FOOT_RIGHT
        pen.rule(right - 6, top + 1, right - 6, bottom, 0.5)
        page: tuple[Line, ...] = lay(((self._page.format(number=number, total=total), True),), STRONG, _FOOT_RIGHT)
        pen.lines(page, STRONG, right, top, _FOOT_RIGHT, "right")
        pen.lines(self._shred, FOOT, right, top - 12, _FOOT_RIGHT, "right")
        pen.lines(self._sheet_no, FOOT, right, top - 12)
        pen.rule(right, bottom + 1, right + 70, bottom + 1, 0.5)


def _deliveries(subject: Subject) -> Iterable[Delivery]:
    if subject.driving_list is not None:
        return subject.driving_list.deliveries
    return _of_journal(subject.journal) if subject.journal is not None else ()


def _of_journal(journal: Journal) -> Iterable[Delivery]:
    sections = (
        journal.alerts,
        journal.contacts,
        journal.conditions,
        journal.interventions,
        journal.notes,
        journal.orders,
        journal.administrations,
        journal.measurements,
    )
    return (delivery for section in sections for delivery in section.deliveries)


@dataclass(frozen=True, slots=True)
class _Placed:
    block: Block
    above: float


class Pages:
    """One document about one subject, laid out. `draw` puts it on a canvas."""

    def __init__(self, document: Document, subject: Subject, sheet: Sheet) -> None:
        self._sheet, self._landscape = sheet, document.landscape
        self._size = frame.size(landscape=document.landscape)
        self._wide = wide(landscape=document.landscape)
        self._head = Masthead(document, subject, sheet, self._wide)
        self._foot = _Footer(subject, sheet, self._wide)
        self._before: tuple[Block, ...] = (Words(*self._head.cave), Gap(6)) if self._head.cave_cut else ()
        self._pages: list[list[_Placed]] = []

    @property
    def room(self) -> float:
        """How high a page's body is, in points."""
        return self._size[1] - _TOP - self._head.high - self._foot.high - _MARGIN

    @property
    def left(self) -> float:
        """How much of the first page is left for the story."""
        return self.room - sum(block.high(self._wide) for block in self._before)

    @property
    def count(self) -> int:
        """How many pages there are."""
        return len(self._pages)

    def fill(self, story: Iterable[object]) -> None:
        """Lay the story out."""
        blocks = [*self._before, *(block for block in story if isinstance(block, Block))]
        self._pages = _flow(blocks, self._wide, self.room)

    def draw(self, letters: Letters) -> None:
        """Each page with its frame, head and foot, on the letters' canvas."""
        for number, placed in enumerate(self._pages, start=1):
            letters.canvas.setPageSize(self._size)
            frame.show(letters, self._sheet.language, landscape=self._landscape)
            pen = Pen(letters)
            top = self._size[1] - _TOP
            self._head.paint(pen, _MARGIN, top)
            top -= self._head.high
            for item in placed:
                top -= item.above
                item.block.paint(pen, _MARGIN, top, self._wide)
                top -= item.block.high(self._wide)
            self._foot.paint(pen, _MARGIN, _MARGIN - 4, number, self.count)
            pen.put()
            letters.canvas.showPage()


def room(document: Document, subject: Subject, sheet: Sheet) -> float:
    """How high a story may be that must fit on one page."""
    return Pages(document, subject, sheet).left


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
