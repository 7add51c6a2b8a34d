"""The page that goes before a print of the municipality's own: from whom it is, and how old.

Its pages are printed as the source wrote them, without a frame and without a foot, so nothing on them says that they
are old. This page does, inside the frame, and how many pages belong to it.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Final

from backupreader.language import N_
from printing import frame, leaves, page, qr, wording
from printing.block import Block, Gap, Words
from printing.document import Sheet
from printing.foot import logged
from printing.foreign import Following
from printing.pdf import blank
from printing.pen import Letters, Pen
from printing.sections import Notice
from printing.text import FOOT, HEADING, Style

_TITLE: Final = Style(size=24, leading=30, bold=True)
_FACTS: Final = Style(size=14, leading=19)
_AGE: Final = Style(size=18, leading=24, bold=True)
_TITLE_ROOM: Final = 240.0  # points
_FACTS_ROOM: Final = 120.0
_TOP: Final = frame.EDGE + frame.BAND + 40


def cover(following: Following, sheet: Sheet) -> bytes:
    """One page as a PDF; the same input gives the same bytes."""
    written = io.BytesIO()
    canvas = blank(N_("Cover page"), sheet.language, written)
    canvas.setPageSize(frame.A4)
    letters = Letters(canvas)
    frame.show(letters, sheet.language, landscape=False, band=sheet.band)
    pen, space = Pen(letters), page.wide(landscape=False)
    left, top = (frame.A4[0] - space) / 2, frame.A4[1] - _TOP
    for block in _blocks(following, sheet):
        top -= block.above
        block.paint(pen, left, top, space)
        top -= block.high(space)
    if sheet.numbers is not None:
        qr.paint(pen, str(sheet.numbers.at(0)), left + space - qr.SIDE, frame.EDGE + frame.BAND + 12)
    pen.put()
    canvas.showPage()
    canvas.save()
    return written.getvalue()


def _kept(words: Words, room: float) -> Iterable[Block]:
    """As much as there is room for, so that no title, however long, pushes the age off the page."""
    parts = words.cut(page.wide(landscape=False), room, whole_page=True)
    if words.high(page.wide(landscape=False)) <= room or parts is None:
        return (words,)
    return (parts[0], Words(("…", True), style=_FACTS))


def _blocks(following: Following, sheet: Sheet) -> Iterable[Block]:
    language, _ = sheet.language, sheet.language.text
    yield Words((_("A print of the municipality's own"), True), style=HEADING)
    yield from _kept(Words((following.title, True), style=_TITLE, above=6), _TITLE_ROOM)
    yield from _kept(Words(("\n".join(following.facts), False), style=_FACTS, above=3), _FACTS_ROOM)
    yield Words((wording.ages(following.deliveries, sheet), True), style=_AGE, above=24)
    pages = language.count(
        "{n} page follows, as the source wrote it.", "{n} pages follow, as the source wrote them.", following.pages
    )
    yield Words((pages, True), style=_FACTS, above=24)
    yield Notice(_("The pages that follow do not say how old they are. Keep this page with them."))
    yield Gap(24)
    yield Words((leaves.printed(sheet), False), style=FOOT)
    if log := logged(sheet.anchor, sheet.outage, language):
        yield Words(*log, style=FOOT)
    yield Words((_("Shred after use."), True), style=FOOT)
    if sheet.numbers is not None:
        number = _("Sheet {number}").format(number=sheet.numbers.at(0))
        yield Words((number, True), ("  " + _("It stands for the pages that follow, too."), False), style=FOOT)
