"""A notice for the door: a template of the plan with the outage in it, as large as one page takes it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from backupreader.domain.planpapers import DoorNotice
from backupreader.language import N_
from printing import filledtext, page
from printing.block import Block, Words
from printing.masthead import Head
from printing.paper import Desk, Paper
from printing.text import Style, lay, width

_WIDE: Final = page.wide(landscape=False)
_HIGH: Final = 560.0  # points: what head and foot leave of a page, and the line below
_SIZES: Final = (54, 48, 42, 36, 32, 28, 24, 20, 16)
_HOLDS: Final = Style(size=14, leading=19)


def head(notice: DoorNotice, desk: Desk) -> Head:
    """What the template is called, and of which plan it is."""
    del desk
    return Head(name=notice.template.label, title=notice.site, facts=((notice.plan.about.title, False),))


def story(notice: DoorNotice, desk: Desk) -> Iterator[Block]:
    """The words; below, until when the number holds."""
    said = filledtext.text(notice.template, notice.plan, notice.event, desk)
    yield Words((said, True), style=_style(said), above=6)
    if holds := filledtext.holds(notice.template, notice.plan, notice.event, desk):
        yield Words((holds, False), style=_HOLDS, above=12)


PAPER: Final = Paper(
    name="door-notice",
    title=N_("Notice for the door"),
    of=DoorNotice,
    head=head,
    story=story,
    afterwards=N_("Take it down when the systems are up again."),
)


def _style(said: str) -> Style:
    """The largest letters in which all of it stands on one page and no word is broken."""
    for size in _SIZES:
        style = Style(size=size, leading=size * 1.25, bold=True)
        whole = all(width(word, size, bold=True) <= _WIDE for word in said.split())
        if whole and len(lay(((said, True),), style, _WIDE)) * style.leading <= _HIGH:
            return style
    return Style(size=_SIZES[-1], leading=_SIZES[-1] * 1.25, bold=True)
