"""Does she who reads know the citizen? Two buttons, which set the order in which the summary is read."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from backupreader.language import N_, Language
from ui.chapter import Reading
from ui.look import SMALL, Look
from ui.widgets.button import button

_BUTTONS: Final = (
    (Reading.KNOWN, N_("I know her"), "Ctrl+1"),
    (Reading.UNKNOWN, N_("I do not know her"), "Ctrl+2"),
)


class ReadingBar(QWidget):
    """`chosen` tells the order; None where the one that held was pressed again. Its keys work while it is seen."""

    chosen = Signal(object)

    def __init__(self, look: Look, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reading: Reading | None = None
        self.buttons: dict[Reading, QPushButton] = {}
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(look.px(8))
        for reading, sentence, key in _BUTTONS:
            words = language.text(sentence)
            made = button(f"{words}  {key}", name=words)
            made.setFont(look.font(SMALL))
            made.setCheckable(True)
            made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            made.clicked.connect(self._pressed)
            QShortcut(QKeySequence(key), self).activated.connect(made.click)
            self.buttons[reading] = made
            layout.addWidget(made)
        layout.addStretch(1)

    def tell(self, reading: Reading | None) -> None:
        """Show which order holds."""
        self._reading = reading
        for one, made in self.buttons.items():
            made.setChecked(one is reading)

    def _pressed(self) -> None:
        pressed = next(one for one, made in self.buttons.items() if made is self.sender())
        self.chosen.emit(None if pressed is self._reading else pressed)
