"""The frame: nobody may take this window for the journal system itself.

An amber band with black diagonal strokes stands round every page, with a tab that says BACKUP, that nothing can be
written, and how old the data is. Over made-up data it is blue, with light strokes that lean the other way.
"""

from __future__ import annotations

from PySide6.QtCore import QLineF, QRect, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QColor,
    QFont,
    QFontMetrics,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QRegion,
    QResizeEvent,
)
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ui.look import BAND, PRACTICE_BAND, PRACTICE_STROKE, STROKE, Look
from ui.widgets.label import Label

_LEAST = 9  # pixels: no window is so narrow


class Frame(QWidget):
    """The band and its tab round one widget. `painted` is told once, after the first paint."""

    painted = Signal()
    resized = Signal()

    def __init__(self, look: Look, inside: QWidget, *, practice: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._inside, self._practice = look, inside, practice
        self._band, self._stroke = (PRACTICE_BAND, PRACTICE_STROKE) if practice else (BAND, STROKE)
        self._cover: QWidget | None = None
        self._line: Label | None = None
        self._tab = ""
        self._fresh = True
        self._font = look.font(bold=True)
        self._side = look.px(12)
        self._top = QFontMetrics(self._font).height() + look.px(10)
        self._label = QLabel(self)  # a label, before the page: a screen reader reads it first
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._label.setAutoFillBackground(True)
        palette = self._label.palette()
        palette.setColor(QPalette.ColorRole.Window, QColor(self._band))
        palette.setColor(QPalette.ColorRole.WindowText, QColor(self._stroke))
        self._label.setPalette(palette)
        self._label.hide()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(self._side, self._top, self._side, self._side)
        self._layout.addWidget(inside)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    @property
    def tab(self) -> str:
        """What stands on the tab."""
        return self._tab

    def tell(self, tab: str) -> None:
        """Write on the tab."""
        if tab != self._tab:
            self._tab = tab
            self._label.setText(tab)
            self._label.show()
            self._fit()

    def _fit(self) -> None:
        """Write as large as there is room: the age stands at the end, so the letters grow smaller before it is cut."""
        font, metrics, edges = QFont(self._font), QFontMetrics(self._font), self._look.px(32)
        room = self.width() - 4 * self._side - edges
        while metrics.horizontalAdvance(self._tab) > room and font.pixelSize() > _LEAST:
            font.setPixelSize(font.pixelSize() - 1)
            metrics = QFontMetrics(font)
        self._label.setFont(font)
        wide = metrics.horizontalAdvance(self._tab) + edges
        self._label.setGeometry((self.width() - wide) // 2, 0, wide, self._top)

    def cover(self, page: QWidget) -> None:
        """Show only this page inside; what was there is taken out whole, so that nothing can find it by its name."""
        self._cover = page
        self._layout.removeWidget(self._inside)
        self._inside.hide()
        self._inside.setParent(None)
        self._layout.addWidget(page)
        page.show()
        page.setFocus()
        self._place_line()

    def uncover(self) -> None:
        """Show again what was there before."""
        if self._cover is not None:
            self._layout.removeWidget(self._cover)
            self._cover.hide()
            self._cover.deleteLater()
            self._cover = None
            self._layout.addWidget(self._inside)
            self._inside.show()
            self._place_line()

    def whisper(self, sentence: str) -> None:
        """A line over the lower edge of what is shown, which moves nothing; empty takes it away."""
        if self._line is None:
            if not sentence:
                return
            self._line = Label(self._look, "", bold=True, wrap=True, parent=self)
            self._line.setAutoFillBackground(True)
            self._line.setBackgroundRole(QPalette.ColorRole.WindowText)
            self._line.setForegroundRole(QPalette.ColorRole.Window)
            self._line.setMargin(self._look.px(12))
            self._line.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._line.setText(sentence)
        self._line.setVisible(bool(sentence))
        self._place_line()
        if sentence:
            QAccessible.updateAccessibility(QAccessibleEvent(self._line, QAccessible.Event.Alert))

    @property
    def whispered(self) -> str:
        """What the line says; empty while it is away."""
        return "" if self._line is None or self._line.isHidden() else self._line.text()

    def _place_line(self) -> None:
        if self._line is not None:
            wide = self.width() - 2 * self._side
            high = self._line.heightForWidth(wide)
            self._line.setGeometry(self._side, self.height() - self._side - high, wide, high)
            self._line.raise_()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        """The tab stays in the middle, the line at the lower edge."""
        super().resizeEvent(event)
        self._fit()
        self._place_line()
        self.resized.emit()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """Draw the band; the page inside draws itself."""
        painter = QPainter(self)
        inside = self.rect().adjusted(self._side, self._top, -self._side, -self._side)
        band = event.region().subtracted(QRegion(inside))
        painter.setClipRegion(event.region())
        painter.fillRect(inside, self._look.colour("ground"))
        if not band.isEmpty():
            painter.setClipRegion(band)
            painter.fillRect(self.rect(), QColor(self._band))
            self._strokes(painter)
        painter.end()
        if self._fresh:
            self._fresh = False
            self.painted.emit()

    def _strokes(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self._stroke), self._look.px(8), Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
        height, step = self.height(), self._look.px(32)
        foot, head = (-1, height + 1) if self._practice else (height + 1, -1)
        painter.drawLines(
            [QLineF(x, foot, x + height + 2, head) for x in range(-height - step, self.width() + step, step)]
        )

    @property
    def tab_place(self) -> QRect:
        """Where the tab stands."""
        return self._label.geometry()
