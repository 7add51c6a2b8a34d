"""Which printers there are, and the way to them: CUPS where there is one; on Windows Qt's own printing.

Windows takes no PDF: there each page is drawn at the printer's resolution, white under it, over the whole sheet.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from backupreader.domain.errors import NO_PRINTER, ReaderError
from printing import jobs
from printing.jobs import Printer, State

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

_DPI: Final = 300


def printers() -> tuple[Printer, ...]:
    """Every printer of this PC."""
    return _of_windows() if sys.platform == "win32" else jobs.printers()


def send(pdf: bytes, printer: str, title: str) -> None:
    """Print the pages. `title` is seen in queues: it must not hold a name. Raises `ReaderError` (NO_PRINTER)."""
    if sys.platform == "win32":
        draw(pdf, _windows_printer(printer, title))
    else:
        jobs.submit(pdf, printer, title)


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


def _of_windows() -> tuple[Printer, ...]:
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
    printer.setResolution(_DPI)
    return printer
