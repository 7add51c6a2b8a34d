"""The same medicine sheet as others would print it: twelve rows, a head, a foot, a QR code a page, an embedded typeface."""

from __future__ import annotations

import html
import io

import segno
from sheets import HEAD, cells

import ui  # noqa: F401 (before Qt: see there)
from printing import fonts

REGULAR = fonts.FOLDER / fonts.REGULAR[0]
WIDTHS = (120, 60, 80, 36, *[62] * 7)


def platypus(count: int) -> int:
    """As the reportlab manual shows it: a Paragraph in every cell, a Table a sheet, the barcode widget in the page's head."""
    from reportlab.graphics.barcode.qr import QrCodeWidget
    from reportlab.graphics.renderPDF import draw
    from reportlab.graphics.shapes import Drawing
    from reportlab.lib import colors
    from reportlab.lib.pagesizes import A4, landscape
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Table, TableStyle

    pdfmetrics.registerFont(TTFont("Peer", str(REGULAR)))
    style = ParagraphStyle("cell", fontName="Peer", fontSize=9, leading=11)

    def frame(canvas, document) -> None:
        canvas.setFont("Peer", 9)
        canvas.drawString(40, 570, f"BACKUP · Målt Måling {document.page}")
        canvas.drawString(40, 20, f"Side {document.page}")
        code = Drawing(60, 60)
        code.add(QrCodeWidget(f"BR/{document.page}", barWidth=60, barHeight=60))
        draw(code, canvas, 760, 525)

    story = []
    for number in range(count):
        rows = [HEAD, *cells(number)]
        table = Table(
            [[Paragraph(html.escape(cell), style) for cell in row] for row in rows], colWidths=WIDTHS, repeatRows=1
        )
        table.setStyle(TableStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("VALIGN", (0, 0), (-1, -1), "TOP")]))
        story += [table, PageBreak()]
    SimpleDocTemplate(io.BytesIO(), pagesize=landscape(A4), topMargin=80).build(
        story, onFirstPage=frame, onLaterPages=frame
    )
    return count


def qt(count: int) -> int:
    """A QPainter on a QPdfWriter: lines and strings at their places."""
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRectF
    from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication, QPageLayout, QPageSize, QPainter, QPdfWriter

    running = QGuiApplication.instance() or QGuiApplication(["bench", "-platform", "offscreen"])
    family = QFontDatabase.applicationFontFamilies(QFontDatabase.addApplicationFont(str(REGULAR)))[0]
    kept = QByteArray()
    device = QBuffer(kept)
    device.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(device)
    writer.setResolution(72)
    writer.setPageLayout(
        QPageLayout(QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Landscape, QMarginsF())
    )
    painter = QPainter(writer)
    painter.setFont(QFont(family, 9))
    for number in range(count):
        if number:
            writer.newPage()
        painter.drawText(40, 30, f"BACKUP · Målt Måling {number}")
        painter.drawText(40, 570, f"Side {number + 1}")
        for y, line in enumerate(segno.make(f"BR/{number}").matrix):
            for x, dark in enumerate(line):
                if dark:
                    painter.fillRect(QRectF(760 + 2 * x, 20 + 2 * y, 2, 2), 1)
        for row, texts in enumerate([HEAD, *cells(number)]):
            left = 20
            for width, text in zip(WIDTHS, texts, strict=True):
                painter.drawRect(left, 80 + 24 * row, width, 24)
                painter.drawText(QRectF(left + 2, 80 + 24 * row, width - 4, 24), text)
                left += width
    painter.end()
    assert running is not None
    assert kept.size() > 0
    return count


def weasyprint(count: int) -> int:
    """An HTML table a sheet, with the code as SVG."""
    from weasyprint import HTML

    sheets = []
    for number in range(count):
        rows = "".join(
            f"<tr>{''.join(f'<td>{html.escape(cell)}</td>' for cell in row)}</tr>" for row in [HEAD, *cells(number)]
        )
        code = segno.make(f"BR/{number}").svg_inline(scale=2)
        sheets.append(f"<section>BACKUP · Målt Måling {number} {code}<table>{rows}</table>Side {number + 1}</section>")
    style = (
        f"@font-face{{font-family:Peer;src:url({REGULAR.as_uri()})}}@page{{size:A4 landscape}}"
        "section{break-after:page;font:9pt Peer}td{border:1px solid}table{border-collapse:collapse}"
    )
    HTML(string=f"<style>{style}</style>{''.join(sheets)}").write_pdf()
    return count


def typst(count: int) -> int:
    """A Typst table a sheet; its codes need a package from elsewhere and are left out, to its advantage."""
    import tempfile
    from pathlib import Path

    import typst as engine

    def words(text: str) -> str:
        return f'"{text}"'

    sheets = []
    for number in range(count):
        body = ", ".join(words(cell) for row in [HEAD, *cells(number)] for cell in row)
        sheets.append(
            f"#{words(f'BACKUP · Målt Måling {number}')}\n#table(columns: 11, {body})\n#{words(f'Side {number + 1}')}"
        )
    text = '#set page("a4", flipped: true)\n#set text(font: "Noto Sans", size: 9pt)\n' + "\n#pagebreak()\n".join(sheets)
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "sheets.typ"
        source.write_text(text, encoding="utf-8")
        engine.compile(str(source), font_paths=[str(fonts.FOLDER)])
    return count
