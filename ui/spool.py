"""Which printers there are, and the way to them: CUPS where there is one; on Windows Qt's own printing.

Windows takes no PDF: there each page is drawn in grey at the printer's resolution, white under it, over the whole
sheet. Qt tells whether a printer is idle or printing, and nothing of its paper or of a job once it is handed over:
all that is said as not known. This way is tried with a printer of Qt's that writes a file; on Windows itself it has
not been tried.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from backupreader.domain.errors import NO_PRINTER
from backupreader.domain.trouble import ReaderError
from backupreader.store.files import Files
from backupreader.store.lastprinter import LastPrinter
from printing import jobs, queue, spoolcheck
from printing.jobs import Job, Printer, State
from printing.preflight import Looked
from printing.queue import Progress
from printing.resume import rest
from printing.resume import resume as resume_on_cups

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

_DPI: Final = 300


def printers() -> tuple[Printer, ...]:
    """Every printer of this PC."""
    return of_qt() if sys.platform == "win32" else jobs.printers()


def look(data: Path) -> Looked:
    """What there is to know before a print begins. On Windows nobody asks the print service what it keeps."""
    windows = sys.platform == "win32"
    return Looked(
        printers=printers(),
        system=windows or shutil.which("lp") is not None,
        last=LastPrinter(data, Files()).name,
        spool=None if windows else spoolcheck.look(),
    )


def remember(printer: str, data: Path) -> None:
    """Pages went to this printer; `look` tells of it the next time."""
    LastPrinter(data, Files()).used(printer)


def send(pdf: bytes, printer: str, title: str, *, sides: int = 1, media: str = "A4") -> Job:
    """Print the pages, each on its sheet or on both sides, turned at the long edge.

    `title` is seen in queues: it must not hold a name. Raises `ReaderError` (NO_PRINTER).
    """
    if sys.platform == "win32":
        prepared = _windows_printer(printer, title)
        prepare(prepared, sides=sides, media=media)
        draw(pdf, prepared)
        return Job(printer, "")
    return jobs.submit(pdf, printer, title, sides=sides, media=media)


def progress(job: Job) -> Progress:
    """How a job stands. On Windows Qt does not tell."""
    return Progress(queue.JobState.UNKNOWN) if sys.platform == "win32" else queue.progress(job)


def resume(  # noqa: PLR0913 (what a job is made of, each by its name)
    pdf: bytes, printer: str, title: str, from_sheet: int, *, former: Job | None = None, sides: int = 1
) -> Job:
    """Print the rest of a job's pages from a sheet on, on this printer or another; see `printing.resume`.

    On Windows the former job cannot be cancelled from here: a person does it in the printer's own window.
    """
    if sys.platform == "win32":
        return send(rest(pdf, from_sheet, sides), printer, title, sides=sides)
    return resume_on_cups(pdf, printer, title, from_sheet, former=former, sides=sides)


def cancel(job: Job) -> bool:
    """Take a job off its queue; whether it is off. On Windows it is not: Qt cannot."""
    return False if sys.platform == "win32" else jobs.cancel(job)


def prepare(printer: QPrinter, *, sides: int = 1, media: str = "A4") -> None:
    """Set a printer of Qt's: grey, at 300 dots an inch, on this paper (A4 or A3), on one side or on both."""
    from PySide6.QtGui import QPageSize
    from PySide6.QtPrintSupport import QPrinter

    sizes = {"A4": QPageSize.PageSizeId.A4, "A3": QPageSize.PageSizeId.A3}
    printer.setResolution(_DPI)
    printer.setColorMode(QPrinter.ColorMode.GrayScale)
    printer.setPageSize(QPageSize(sizes[media]))
    duplex = {1: QPrinter.DuplexMode.DuplexNone, 2: QPrinter.DuplexMode.DuplexLongSide}
    printer.setDuplex(duplex[sides])


def draw(pdf: bytes, printer: QPrinter) -> None:
    """Draw every page on a printer of Qt's. Raises `ReaderError` (NO_PRINTER) when it does not take them."""
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRect, Qt
    from PySide6.QtGui import QImage, QPageLayout, QPainter
    from PySide6.QtPdf import QPdfDocument

    buffer, document, painter = QBuffer(), QPdfDocument(), QPainter()
    buffer.setData(QByteArray(pdf))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document.load(buffer)
    printer.setFullPage(True)
    for page in range(document.pageCount()):
        size = document.pagePointSize(page)
        wide = size.width() > size.height()
        printer.setPageOrientation(QPageLayout.Orientation.Landscape if wide else QPageLayout.Orientation.Portrait)
        if not (painter.begin(printer) if page == 0 else printer.newPage()):
            raise ReaderError(NO_PRINTER, printer=printer.printerName(), reason=printer.printerState().name)
        sheet = QRect(0, 0, printer.width(), printer.height())
        image = QImage(sheet.size(), QImage.Format.Format_Grayscale8)
        image.fill(Qt.GlobalColor.white)
        over = QPainter(image)
        over.drawImage(sheet, document.render(page, sheet.size()))
        over.end()
        painter.drawImage(sheet, image)
    painter.end()
    document.close()


def of_qt() -> tuple[Printer, ...]:
    """The printers that Qt knows: idle is ready, active is busy, and anything else needs a look."""
    from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

    states = {QPrinter.PrinterState.Idle: State.READY, QPrinter.PrinterState.Active: State.BUSY}
    found = sorted(QPrinterInfo.availablePrinters(), key=QPrinterInfo.printerName)
    return tuple(
        Printer(info.printerName(), states.get(info.state(), State.TROUBLE), default=info.isDefault()) for info in found
    )


def _windows_printer(name: str, title: str) -> QPrinter:
    from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

    info = QPrinterInfo.printerInfo(name)
    if info.isNull():
        raise ReaderError(NO_PRINTER, printer=name, reason=jobs.State.OFFLINE.value)
    printer = QPrinter(info)
    printer.setDocName(title)
    return printer
