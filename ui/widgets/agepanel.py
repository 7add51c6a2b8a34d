"""How old the data is, readable from the door: the age in the largest letters, its state as colour, word and shape."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from backupreader.language import Language
from backupreader.settings import Settings
from ui.look import BASE, NAME, SMALL, Look, State
from ui.widgets.label import Label
from ui.widgets.marks import Marks
from ui.widgets.shapes import draw_shape

if TYPE_CHECKING:
    from ui.standing import Standing

_HUGE, _LESS_HUGE = 52, 36
_ROOMY = 125  # per cent: above it the fields below need the room


class AgePanel(QWidget):
    """The panel at the top of the lock screen and of the page about the data."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._state = State.QUIET
        roomy = look.scale <= _ROOMY
        self._age = Label(look, " ", _HUGE if roomy else _LESS_HUGE, bold=True)
        self._word = Label(look, " ", NAME, bold=True)
        sizes = (17, BASE, BASE) if roomy else (BASE, SMALL, SMALL)
        self._lines = [Label(look, " ", pixels, wrap=True) for pixels in sizes]
        self._notes = Marks(look)
        self._notes.hide()
        top = QHBoxLayout()
        top.addWidget(self._age, 1)
        top.addSpacing(look.px(40))
        top.addWidget(self._word)
        layout = QVBoxLayout(self)
        above, below = (18, 20) if roomy else (4, 4)
        layout.setContentsMargins(look.px(28), look.px(above), look.px(28), look.px(below))
        layout.setSpacing(look.px(4 if roomy else 2))
        layout.addLayout(top)
        for line in self._lines:
            layout.addWidget(line)
        layout.addSpacing(look.px(2))
        layout.addWidget(self._notes)

    def tell(
        self,
        standing: Standing | None,
        settings: Settings,
        now: datetime,
        language: Language,
        *,
        newest: bool = True,
    ) -> None:
        """Say how the data stands; while that is still being read, an empty panel of the same size."""
        if standing is None:
            return
        from ui.standing import told

        said = told(standing, settings, now, language, newest=newest)
        self._state = said.state
        ink = QColor(self._look.palette.states[said.state].ink)
        texts = (said.age, said.word, *said.lines)
        for label, text in zip((self._age, self._word, *self._lines), texts, strict=True):
            label.setText(text or " ")
            palette = label.palette()
            palette.setColor(label.foregroundRole(), ink)
            label.setPalette(palette)
        self._notes.tell(said.notes)
        self.setAccessibleName(" ".join((*texts, *(mark.word for mark in said.notes))))
        self.update()

    @property
    def words(self) -> str:
        """All that it says."""
        return self.accessibleName()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """The state's ground, and its shape before its word."""
        pair = self._look.palette.states[self._state]
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(pair.ground))
        if self._look.contrast:
            painter.setPen(QPen(QColor(pair.ink), self._look.px(2)))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        painter.fillRect(0, 0, self._look.px(8), self.height(), QColor(pair.ink))
        if self._word.text().strip():
            painter.setBackground(QColor(pair.ground))
            side = self._look.px(26)
            place = self._word.geometry()
            box = QRectF(place.left() - side - self._look.px(8), place.center().y() - side / 2 + 1, side, side)
            draw_shape(painter, self._state, box, QColor(pair.ink))
        painter.end()
