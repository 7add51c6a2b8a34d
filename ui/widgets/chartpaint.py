"""Draws a chart of measured values: a column a value, in the order of time, each with its value and its day as text.

The newest stands at the right; of the oldest, as many as there is no room for are left to the list beside it, and
their number is written at the left. No line leads over a gap.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen

from ui.figures import Chart, Column
from ui.look import SMALL, Look
from ui.visible import visible

_CENTRED: Final = int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter)
_RIGHT: Final = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_PLOT: Final = 84  # pixels at 100 % between the lowest and the highest


class ChartPen:
    """Measures and draws charts in one look."""

    def __init__(self, look: Look) -> None:
        self._look = look
        self._small, self._bold = look.font(SMALL), look.font(SMALL, bold=True)
        self._metrics, self._bold_metrics = QFontMetrics(self._small), QFontMetrics(self._bold)
        self._line = self._metrics.height()

    def draw(self, painter: QPainter | None, chart: Chart, place: QRect) -> int:
        """Draw it, or only measure it, without a painter; the height it needs."""
        px, line = self._look.px, self._line
        top = place.top() + line + px(8)
        bottom = top + px(_PLOT)
        days = max(column.day.count("\n") + 1 for column in chart.columns)
        gaps = line if any(column.gap for column in chart.columns) else 0
        high = bottom + px(10) + gaps + days * line + px(4) - place.top()
        if painter is None:
            return high
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(QRect(place.left(), place.top(), place.width(), high), self._look.colour("panel"))
        axis = self._axis(painter, chart, QRect(place.left(), top, place.width(), bottom - top))
        shown, step = self._fitting(chart, place.right() - axis)
        left = axis + (place.right() - axis - step * len(shown)) // 2
        points = [
            QPointF(left + step * (number + 0.5), bottom - column.height * (bottom - top))
            for number, column in enumerate(shown)
        ]
        self._joins(painter, shown, points)
        for column, point in zip(shown, points, strict=True):
            self._point(painter, column, point, step, bottom + px(8) + gaps)
        self._gaps(painter, shown, points, step, bottom + px(6))
        behind = len(chart.columns) - len(shown)
        if behind:
            painter.setPen(self._look.colour("second"))
            painter.setFont(self._bold)
            painter.drawText(QRect(axis + px(4), place.top(), px(90), line), 0, f"◂ +{behind}")
        painter.restore()
        return high

    def _fitting(self, chart: Chart, room: int) -> tuple[tuple[Column, ...], int]:
        """The newest columns for which there is room, and how wide each is."""
        words = [part for column in chart.columns for part in (*column.day.split("\n"), column.gap)]
        wide = max(self._metrics.horizontalAdvance(word) for word in words)
        wide = max(wide, *(self._bold_metrics.horizontalAdvance(visible(column.value)) for column in chart.columns))
        step = wide + self._look.px(12)
        number = max(1, room // step)
        return chart.columns[-number:], step

    def _axis(self, painter: QPainter, chart: Chart, place: QRect) -> int:
        """The highest and the lowest as written, with the unit; where the columns may begin."""
        px, line = self._look.px, self._line
        both = [visible(f"{value} {chart.unit}".strip()) for value in (chart.highest, chart.lowest)]
        wide = max(self._metrics.horizontalAdvance(word) for word in both)
        painter.setFont(self._small)
        for word, y in zip(both, (place.top(), place.bottom()), strict=True):
            painter.setPen(self._look.colour("ink"))
            painter.drawText(QRect(place.left() + px(6), y - line // 2, wide, line), _RIGHT, word)
            painter.setPen(QPen(self._look.colour("line"), px(1)))
            painter.drawLine(place.left() + wide + px(12), y, place.right(), y)
        return place.left() + wide + px(14)

    def _joins(self, painter: QPainter, shown: tuple[Column, ...], points: list[QPointF]) -> None:
        painter.setPen(QPen(self._look.colour("action"), self._look.px(2)))
        for number in range(1, len(shown)):
            if shown[number].joined:
                painter.drawLine(points[number - 1], points[number])

    def _gaps(self, painter: QPainter, shown: tuple[Column, ...], points: list[QPointF], step: int, top: int) -> None:
        painter.setFont(self._small)
        painter.setPen(self._look.colour("second"))
        for number in range(1, len(shown)):
            if shown[number].gap:
                middle = round((points[number - 1].x() + points[number].x()) / 2)
                painter.drawText(QRect(middle - step // 2, top, step, self._line), _CENTRED, shown[number].gap)

    def _point(self, painter: QPainter, column: Column, point: QPointF, step: int, under: int) -> None:
        """A filled point, or a ring where the value is not final; the value over it, the day at the foot."""
        px, radius = self._look.px, self._look.px(4)
        painter.setPen(QPen(self._look.colour("action"), px(2)))
        painter.setBrush(self._look.colour("action" if column.firm else "panel"))
        painter.drawEllipse(point, radius, radius)
        x = round(point.x()) - step // 2
        painter.setPen(self._look.colour("ink"))
        painter.setFont(self._bold)
        above = QRect(x, round(point.y()) - radius - self._line - px(2), step, self._line)
        painter.drawText(above, _CENTRED, visible(column.value))
        painter.setFont(self._small)
        for number, line in enumerate(column.day.split("\n")):
            painter.drawText(QRect(x, under + number * self._line, step, self._line), _CENTRED, line)
