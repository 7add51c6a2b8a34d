"""The band that stands above every page while older data is read by choice: from when it is, and the one press back.

It cannot be closed. It is one line high where there is room, so that large letters leave room for the page.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from backupreader.language import Language
from ui.look import Look, State
from ui.widgets.button import button
from ui.widgets.label import Label
from ui.widgets.shapes import draw_shape

_ROOMY = 125  # per cent


class OlderBand(QWidget):
    """See the module. `taken` tells that the way back was pressed."""

    taken = Signal()

    def __init__(self, look: Look, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._sentence = Label(look, bold=True, wrap=True)
        palette = self._sentence.palette()
        palette.setColor(self._sentence.foregroundRole(), QColor(look.palette.states[State.STOP].ink))
        self._sentence.setPalette(palette)
        back = language.text("Back to the newest")
        self.action = button(f"{back if look.scale <= _ROOMY else language.text('Newest')}  F7")
        self.action.setAccessibleName(back)
        self.action.clicked.connect(self.taken)
        layout = QHBoxLayout(self)
        margin = look.px(8 if look.scale <= _ROOMY else 2)
        layout.setContentsMargins(look.px(48), margin, look.px(12), margin)
        layout.addWidget(self._sentence, 1)
        layout.addWidget(self.action)
        self.hide()

    def tell(self, sentence: str) -> None:
        """Say from when the data is; nothing for data that is not older."""
        self._sentence.setText(sentence)
        self.setAccessibleName(sentence)
        self.setVisible(bool(sentence))

    @property
    def sentence(self) -> str:
        """What it says; empty while it is away."""
        return "" if self.isHidden() else self._sentence.text()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """The ground and the shape of what must not be overlooked."""
        pair = self._look.palette.states[State.STOP]
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(pair.ground))
        painter.fillRect(0, 0, self._look.px(5), self.height(), QColor(pair.ink))
        painter.setBackground(QColor(pair.ground))
        side = self._look.px(20)
        place = QRectF(self._look.px(16), (self.height() - side) / 2, side, side)
        draw_shape(painter, State.STOP, place, QColor(pair.ink))
        painter.end()
