"""A page about nobody, for a drill: does this printer print, and can a tired person read what comes out?"""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import datetime
from typing import Final

from reportlab.pdfgen.canvas import Canvas

from backupreader.language import Language
from printing import frame, page
from printing.block import Block, Words
from printing.pen import Letters, Pen
from printing.text import BODY, FOOT, Style

_TITLE: Final = Style(size=24, leading=30, bold=True)
_TEXT: Final = Style(size=14, leading=19)
_LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZÆØÅÄÖ abcdefghijklmnopqrstuvwxyzæøåäö 0123456789 ½ µ ≤ ≥"
_TOP: Final = frame.EDGE + frame.BAND + 40


def test_page(language: Language, now: datetime, site: str, by: str) -> bytes:
    """One page as a PDF, in the frame that every page carries; the same input gives the same bytes."""
    written = io.BytesIO()
    canvas = Canvas(written, invariant=1, pageCompression=1, lang=language.code)
    canvas.setTitle(language.text("Test page"))
    canvas.setCreator("Backup Reader")
    canvas.setPageSize(frame.A4)
    letters = Letters(canvas)
    frame.show(letters, language, landscape=False)
    pen, space = Pen(letters), page.wide(landscape=False)
    left, top = (frame.A4[0] - space) / 2, frame.A4[1] - _TOP
    for block in _blocks(language, now, site, by):
        top -= block.above
        block.paint(pen, left, top, space)
        top -= block.high(space)
    pen.put()
    canvas.showPage()
    canvas.save()
    return written.getvalue()


def _blocks(language: Language, now: datetime, site: str, by: str) -> Iterable[Block]:
    _ = language.text
    yield Words((_("Test page"), True), style=_TITLE)
    yield Words((_("This page was printed in a drill. It is about nobody."), False), style=_TEXT, above=6)
    yield Words((_("Is every line whole, from edge to edge, and easy to read?"), False), style=_TEXT, above=6)
    for style in (_TEXT, BODY, FOOT):
        yield Words((_LETTERS, False), style=style, above=12)
        yield Words((_LETTERS, True), style=style, above=3)
    printed = _("Printed {moment} by {name}").format(moment=language.moment(now), name=by)
    yield Words((f"{printed} · {site}", False), style=FOOT, above=24)
