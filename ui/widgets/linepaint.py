"""Draws one line of a summary: the word of its group at the left, then all that is said, run on as one line."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QTextLayout, QTextOption

from ui.look import BASE, SMALL, Look
from ui.rows import Kind, Row
from ui.visible import visible
from ui.widgets.marks import MarkPen

_LEAD: Final = 116  # pixels at 100 %
_NARROW: Final = 4  # less than this part of the line left: what follows begins under the title


class LinePen:
    """Measures and draws brief rows in one look."""

    def __init__(self, look: Look) -> None:
        self._look, self.lead = look, look.px(_LEAD)
        self._marks = MarkPen(look)
        self._label, self._title, self._text = look.font(SMALL, bold=True), look.font(BASE, bold=True), look.font(BASE)
        self._struck = QFont(self._title)
        self._struck.setStrikeOut(True)
        self._title_metrics, self._text_metrics = QFontMetrics(self._title), QFontMetrics(self._text)
        self._high = self._title_metrics.height()
        fonts = (self._label, self._title, self._text, self._struck)
        self._metrics = {font.key(): QFontMetrics(font) for font in fonts}

    def draw(self, painter: QPainter | None, row: Row, place: QRect) -> int:
        """Draw the row, or only measure it, without a painter; the height it needs."""
        top, label = self.word(painter, row, place)
        left = place.left() + self.lead
        bottom = self._said(painter, row, QRect(left, top, max(1, place.right() - left), 0))
        return max(bottom, top + label) + self._look.px(2) - place.top()

    def word(self, painter: QPainter | None, row: Row, place: QRect) -> tuple[int, int]:
        """The word of the group, with a line over it, where one begins: from where on to draw, and how high it is."""
        px, top = self._look.px, place.top() + self._look.px(1)
        if row.lead:
            top += px(3)
            if painter is not None:
                painter.fillRect(QRect(place.left(), place.top(), place.width(), px(1)), self._look.colour("line"))
        width = self.lead - px(10)
        return top, self._flow(painter, self._label, "second", visible(row.lead), QRect(place.left(), top, width, 0))

    def _said(self, painter: QPainter | None, row: Row, place: QRect) -> int:
        """Title, marks and the rest; where it ends."""
        px, room, top = self._look.px, place.width(), place.top()
        plain, title = row.kind is Kind.TEXT, visible(row.title).replace("\n", " ")
        font = self._text if plain else self._struck if row.struck else self._title
        wide = (self._text_metrics if plain else self._title_metrics).horizontalAdvance(title)
        ink = "action" if row.kind is Kind.ACTION else "ink"
        high = self._flow(painter, font, ink, title, place)
        x, gap = (wide + px(10) if title else 0), self._marks.gap
        if title and wide > room:
            x, top = 0, top + high
        for mark in row.marks:
            width = min(self._marks.width(mark), room)
            if x and x + width > room:
                x, top = 0, top + self._high + px(4)
            if painter is not None:
                spot = QRect(place.left() + x, top + (self._high - self._marks.height) // 2, width, self._marks.height)
                self._marks.draw(painter, mark, spot)
            x += width + gap
        text = visible("  ·  ".join(part for part in (*row.details, row.aside) if part)).replace("\n", " ")
        if not text:
            return top + (self._high if x or not title else 0)
        first = self._text_metrics.horizontalAdvance(text.partition(" ")[0])
        if x and (room - x < room // _NARROW or first > room - x):
            x, top = 0, top + self._high + px(1)
        return top + self._flow(painter, self._text, "ink", text, QRect(place.left(), top, room, 0), x)

    def _flow(  # noqa: PLR0913, PLR0917 (what, how and where)
        self, painter: QPainter | None, font: QFont, ink: str, text: str, place: QRect, indent: int = 0
    ) -> int:
        """Text wrapped into the place's width, its first line `indent` pixels in; its height."""
        if not text:
            return 0
        metrics = self._metrics[font.key()]
        if metrics.horizontalAdvance(text) <= place.width() - indent:
            if painter is not None:
                painter.setFont(font)
                painter.setPen(self._look.colour(ink))
                spot = QRect(place.left() + indent, place.top(), place.width() - indent, metrics.height())
                painter.drawText(spot, int(Qt.TextFlag.TextSingleLine), text)
            return metrics.height()
        layout = QTextLayout(text, font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        layout.setTextOption(option)
        layout.beginLayout()
        high = 0.0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(1, place.width() - indent))
            line.setPosition(QPointF(indent, high))
            high += line.height()
            indent = 0
        layout.endLayout()
        if painter is not None:
            painter.setPen(self._look.colour(ink))
            layout.draw(painter, QPointF(place.topLeft()))
        return round(high)
