"""The papers about the PC itself; what a member is stands in ``paper``."""

from __future__ import annotations

import importlib
import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from backupreader.domain.errors import NOT_FOUND
from backupreader.domain.practice import PRACTICE_PC
from backupreader.domain.trouble import ReaderError
from backupreader.language import Language
from printing import text
from printing.band import Band
from printing.foot import Foot, logged
from printing.page import Pages
from printing.paper import Desk, OfPc, Paper
from printing.pdf import blank
from printing.pen import Letters

_MODULES: Final = {
    "words-slip": "printing.papers.words_slip",
    "code-sheet": "printing.papers.code_sheet",
    "recovery-sheet": "printing.papers.recovery_sheet",
    "audit-report": "printing.papers.audit_report",
    "test-page": "printing.papers.test_page",
    "wall-card": "printing.papers.wall_card",
    "ledger-report": "printing.papers.ledger_report",
    "back-entry-list": "printing.papers.back_entry_list",
    "plan-card": "printing.papers.plan_card",
    "phone-list": "printing.papers.phone_list",
    "action-card": "printing.papers.action_card",
    "fault-guide": "printing.papers.fault_guide",
    "door-notice": "printing.papers.door_notice",
    "plan-text": "printing.papers.plan_text",
    "partner-list": "printing.papers.partner_list",
    "unit-tally": "printing.papers.unit_tally",
    "hand-over": "printing.papers.hand_over",
    "outage-report": "printing.papers.outage_report",
    "evidence": "printing.papers.evidence",
}

PAPERS: Final[tuple[str, ...]] = tuple(_MODULES)


def paper(  # noqa: PLR0913 (what, of what, in which words, when, and where the log stood)
    name: str, value: OfPc, language: Language, now: datetime, *, anchor: str = "", outage: str = ""
) -> bytes:
    """The paper of that name about `value`, as a PDF; `now` carries the site's zone.

    `anchor` and `outage` stand in the foot of each page, as in `printing.document.Sheet`. Raises `ReaderError`
    (NOT_FOUND) with the known names, and TypeError for a value of another paper.
    """
    return several(name, (value,), language, now, anchor=anchor, outage=outage)


def several(  # noqa: PLR0913 (as `paper`)
    name: str, values: Sequence[OfPc], language: Language, now: datetime, *, anchor: str = "", outage: str = ""
) -> bytes:
    """One PDF of several values: each begins on a page of its own, and its pages are counted by themselves."""
    found = member(name)
    for value in values:
        if not isinstance(value, found.of):
            raise TypeError(f"{name} is made of {found.of.__name__}, not of {type(value).__name__}")
    desk, written = Desk(language, now), io.BytesIO()
    try:
        canvas = blank(found.title, language, written)
        letters = Letters(canvas)
        for value in values:
            _pages(found, value, desk, logged(anchor, outage, language)).draw(letters)
        canvas.save()
    finally:
        text.forget()
    return written.getvalue()


def member(name: str) -> Paper[Any]:
    """The paper of that name; its module is loaded now. Raises `ReaderError` (NOT_FOUND) with the known names."""
    if name not in _MODULES:
        raise ReaderError(NOT_FOUND, what=name, known=", ".join(PAPERS))
    found: Paper[Any] = importlib.import_module(_MODULES[name]).PAPER
    return found


def _pages(found: Paper[Any], value: OfPc, desk: Desk, log: text.Spans) -> Pages:
    pages = Pages(
        found.head(value, desk), _foot(found, value, desk, log), desk.language,
        landscape=found.landscape, band=Band.PRACTICE if value.pc == PRACTICE_PC else Band.PLAIN,
    )  # fmt: skip
    pages.fill(found.story(value, desk))
    return pages


def _foot(found: Paper[Any], value: OfPc, desk: Desk, log: text.Spans) -> Foot:
    _ = desk.language.text
    printed = _("Printed {moment} on {pc}, {site}").format(moment=desk.moment(desk.now), pc=value.pc, site=value.site)
    return Foot(texts=(((printed, False),), log), afterwards=_(found.afterwards), numbered=False)
