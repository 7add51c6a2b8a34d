"""A panel on the ground of a state, with its shape before its words: readable in grey, and from the door."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QWidget

from ui.look import Look, State
from ui.widgets.shapes import draw_shape


class Ground(QWidget):
    """The shape is `side` pixels at 100 % large, and stands before the words of the first line, whose top is `top`."""

    def __init__(self, look: Look, *, side: int, top: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look, self.state = look, State.QUIET
        self._side, self._top = side, top

    @property
    def before(self) -> int:
        """How much room its words leave at the left, at this size."""
        return self.look.px(self._side + 34)

    def show_state(self, state: State, words: Iterable[QLabel]) -> None:
        """Take another state, and write its words in the state's ink."""
        self.state = state
        ink = QColor(self.look.palette.states[state].ink)
        for label in words:
            palette = label.palette()
            palette.setColor(label.foregroundRole(), ink)
            label.setPalette(palette)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """The state's ground, an edge, and its shape."""
        look, pair = self.look, self.look.palette.states[self.state]
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(pair.ground))
        if look.contrast:
            painter.setPen(QPen(QColor(pair.ink), look.px(2)))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        painter.fillRect(0, 0, look.px(8), self.height(), QColor(pair.ink))
        painter.setBackground(QColor(pair.ground))
        side = look.px(self._side)
        draw_shape(painter, self.state, QRectF(look.px(20), look.px(self._top), side, side), QColor(pair.ink))
        painter.end()
