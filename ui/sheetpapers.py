"""The papers about sheets of paper, from the window: the list for back-entry, and the report on all sheets."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from backupreader.domain.acts import stamp
from backupreader.domain.errors import NO_PRINTER
from backupreader.domain.sheetlists import report
from backupreader.domain.trouble import ReaderError, Reason
from backupreader.language import N_, Language
from backupreader.settings import Settings
from ui.accounting import Stand
from ui.pages import Pages
from ui.telling.printers import usual

if TYPE_CHECKING:
    from backupreader.store.session import Session
    from printing.jobs import Printer

LIST: Final = "back-entry-list"
REPORT: Final = "ledger-report"
NONE: Final = Reason(N_("this PC knows no printer"))


def making_paper(
    settings: Settings, session: Session, language: Language, stand: Stand, name: str
) -> Callable[[None], tuple[Pages, Printer]]:
    """The press's part: one of the papers, and this PC's usual printer. Raises NO_PRINTER.

    A report on which nothing is owed any more is the end report: the ledger keeps that it was made.
    """

    def work(_held: None) -> tuple[Pages, Printer]:
        from backupreader.domain.papers import BackEntry, SheetsReport
        from printing.papers import member, paper
        from ui.spool import printers

        known = printers()
        if not known:
            raise ReaderError(NO_PRINTER, printer="–", reason=NONE)
        found, identity = report(stand.accounts, None, settings.sheets), session.unlocked.identity
        now = session.now()
        told = [*found.missing, *found.to_enter, *(one.account for one in found.due)]
        citizens = tuple(dict.fromkeys(one.sheet.citizen for one in told if one.sheet.citizen is not None))
        anchor = session.record("print", citizens=citizens, what=name)
        value = (BackEntry if name == LIST else SheetsReport)(
            pc=identity.name,
            site=identity.site,
            report=found,
            names=stand.names,
            titles=stand.titles,
            made_at=now,
            made_by=session.actor.name,
        )
        made = paper(name, value, language, now, anchor=stamp(anchor, language), outage=session.outage)
        if name == REPORT and found.is_closed:
            _reported(settings, session, stand)
        pages = Pages(made, count(made), member(name).title, what=name, citizens=citizens)
        return pages, known[usual(known)]

    return work


def _reported(settings: Settings, session: Session, stand: Stand) -> None:
    from backupreader.store.files import Files
    from backupreader.store.ledger import Ledger

    ledger = Ledger(settings.data, session, Files())
    for outage in sorted({job.outage for job in stand.accounts.jobs}):
        ledger.reported(outage)


def count(pdf: bytes) -> int:
    """How many pages a PDF has."""
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice
    from PySide6.QtPdf import QPdfDocument

    buffer, document = QBuffer(), QPdfDocument()
    buffer.setData(QByteArray(pdf))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document.load(buffer)
    count = document.pageCount()
    document.close()
    return count
