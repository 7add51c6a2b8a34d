"""The papers about an outage, from the window: the sheet for the hand-over, and the report."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from backupreader.domain.acts import stamp
from backupreader.domain.errors import NO_OUTAGE, NO_PRINTER
from backupreader.domain.trouble import ReaderError
from backupreader.language import Language
from backupreader.settings import Settings
from ui.pages import Pages
from ui.sheetpapers import NONE, count
from ui.telling.printers import usual

if TYPE_CHECKING:
    from backupreader.store.session import Session
    from printing.jobs import Printer


def making(
    settings: Settings, session: Session, language: Language, name: str
) -> Callable[[None], tuple[Pages, Printer]]:
    """The press's part: ``hand-over`` or ``outage-report``, and this PC's usual printer.

    Raises NO_PRINTER or NO_OUTAGE.
    """

    def work(_held: None) -> tuple[Pages, Printer]:
        from backupreader.store import outagepapers
        from backupreader.store.files import Files
        from backupreader.store.outagelog import OutageLog
        from backupreader.store.plans import carried
        from printing.papers import member, paper
        from ui.spool import printers

        known = printers()
        if not known:
            raise ReaderError(NO_PRINTER, printer="–", reason=NONE)
        files, now = Files(), session.now()
        event = OutageLog(settings.data, files, session).last()
        if event is None:
            raise ReaderError(NO_OUTAGE)
        anchor = session.record("print", what=name)
        made = outagepapers.hand_over if name == "hand-over" else outagepapers.outage_report
        value = made(settings, session, carried(settings.data, files).plan, event, now)
        pdf = paper(name, value, language, now, anchor=stamp(anchor, language), outage=event.number)
        return Pages(pdf, count(pdf), member(name).title, what=name), known[usual(known)]

    return work
