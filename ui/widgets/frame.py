"""The frame: nobody may take this window for the journal system itself.

An amber band with black diagonal strokes stands round every page, with a tab that says BACKUP, that nothing can be
written, and how old the data is.
"""

from __future__ import annotations

from PySide6.QtCore import QLineF, QRect, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen, QRegion
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.look import BAND, STROKE, Look

_LEAST = 9  # pixels: no window is so narrow


class Frame(QWidget):
    """The band and its tab round one widget. `painted` is told once, after the first paint."""

    painted = Signal()

    def __init__(self, look: Look, inside: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._tab = ""
        self._fresh = True
        self._font = look.font(bold=True)
        self._side = look.px(12)
        self._top = QFontMetrics(self._font).height() + look.px(10)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(self._side, self._top, self._side, self._side)
        layout.addWidget(inside)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    @property
    def tab(self) -> str:
        """What stands on the tab."""
        return self._tab

    def tell(self, tab: str) -> None:
        """Write on the tab."""
        if tab != self._tab:
            self._tab = tab
            self.setAccessibleName(tab)
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """Draw the band; the page inside draws itself."""
        painter = QPainter(self)
        inside = self.rect().adjusted(self._side, self._top, -self._side, -self._side)
        band = event.region().subtracted(QRegion(inside))
        painter.setClipRegion(event.region())
        painter.fillRect(inside, self._look.colour("ground"))
        painter.setClipRegion(band)
        painter.fillRect(self.rect(), QColor(BAND))
        self._strokes(painter)
        self._label(painter)
        painter.end()
        if self._fresh:
            self._fresh = False
            self.painted.emit()

    def _strokes(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(STROKE), self._look.px(8), Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
        height, step = self.height(), self._look.px(32)
        painter.drawLines(
            [QLineF(x, height + 1, x + height + 2, -1) for x in range(-height - step, self.width() + step, step)]
        )

    def _label(self, painter: QPainter) -> None:
        font, metrics = QFont(self._font), QFontMetrics(self._font)
        room = self.width() - 4 * self._side - self._look.px(32)
        while metrics.horizontalAdvance(self._tab) > room and font.pixelSize() > _LEAST:
            font.setPixelSize(font.pixelSize() - 1)  # the age stands at the end: smaller, rather than cut
            metrics = QFontMetrics(font)
        wide = metrics.horizontalAdvance(self._tab) + self._look.px(32)
        place = QRect((self.width() - wide) // 2, 0, wide, self._top)
        painter.fillRect(place, QColor(BAND))
        painter.setPen(QColor(STROKE))
        painter.setFont(font)
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, self._tab)
