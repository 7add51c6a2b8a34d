"""The one place in the window where an error is shown: a strip in the page, never a dialog."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.look import Look, State
from ui.widgets.button import button
from ui.widgets.label import Label
from ui.widgets.shapes import draw_shape

_ROOMY: Final = 125  # per cent


class Notice(QWidget):
    """One sentence of what is so, one of what to do; away until something is told.

    It can offer one thing to do about it: `taken` tells that this was pressed.
    """

    taken = Signal()

    def __init__(self, look: Look, close: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._state = State.STOP
        self._sentence = Label(look, bold=True, wrap=True)
        self._hint = Label(look, wrap=True)
        self.close_button = button(close, kind="plain")
        self.close_button.clicked.connect(self.hide)
        self.action = button("")
        self.action.clicked.connect(self.taken)
        self.action.hide()
        words = QVBoxLayout()
        words.addWidget(self._sentence)
        words.addWidget(self._hint)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(look.px(48), look.px(12), look.px(12), look.px(12))
        layout.addLayout(words, 1)
        if look.scale <= _ROOMY:
            layout.addWidget(self.action)
        else:
            words.addWidget(self.action, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self.close_button)
        self.hide()

    def tell(self, sentence: str, hint: str, state: State = State.STOP, offer: str = "") -> None:
        """Show the two sentences until they are closed or the page is left; `offer` is what can be done about it."""
        self._state = state
        self.action.setText(offer)
        self.action.setAccessibleName(offer)
        self.action.setVisible(bool(offer))
        for label, text in ((self._sentence, sentence), (self._hint, hint)):
            label.setText(text)
            palette = label.palette()
            palette.setColor(label.foregroundRole(), QColor(self._look.palette.states[state].ink))
            label.setPalette(palette)
        self._hint.setVisible(bool(hint))
        self.setAccessibleName(f"{sentence} {hint}")
        self.show()

    @property
    def sentence(self) -> str:
        """What it says; empty while it is away."""
        return "" if self.isHidden() else f"{self._sentence.text()} {self._hint.text()}".strip()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """The state's ground and shape."""
        pair = self._look.palette.states[self._state]
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(pair.ground))
        if self._look.contrast:
            painter.setPen(QPen(QColor(pair.ink), self._look.px(2)))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        painter.fillRect(0, 0, self._look.px(5), self.height(), QColor(pair.ink))
        painter.setBackground(QColor(pair.ground))
        side = self._look.px(20)
        draw_shape(painter, self._state, QRectF(self._look.px(16), self._look.px(14), side, side), QColor(pair.ink))
        painter.end()
