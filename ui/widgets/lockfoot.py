"""The foot of the lock screen and of start: the languages, each by its own name, and the keys that work there."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from backupreader.language import CODES, Language
from ui.look import SMALL, Look
from ui.widgets.button import button
from ui.widgets.label import Label

_OWN_NAMES: Final = {"da": "Dansk", "sv": "Svenska", "nb": "Norsk", "en": "English"}


class LockFoot(QWidget):
    """`spoken` tells the code of the language that was chosen."""

    spoken = Signal(str)

    def __init__(self, look: Look, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.languages: dict[QPushButton, str] = {}
        foot = QHBoxLayout(self)
        foot.setContentsMargins(0, 0, 0, 0)
        foot.setSpacing(look.px(4))
        for code in CODES:
            choice = button(_OWN_NAMES[code], kind="plain")
            choice.setCheckable(True)
            choice.setChecked(code == language.code)
            choice.clicked.connect(self._speak)
            self.languages[choice] = code
            foot.addWidget(choice)
        foot.addStretch(1)
        keys = language.text("Larger Ctrl +   Smaller Ctrl −   Light or dark Ctrl+D   High contrast F8   Help F1")
        label = Label(look, keys, SMALL, quiet=True, wrap=True)
        label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        foot.addWidget(label, 6)

    def _speak(self) -> None:
        choice = self.sender()
        assert isinstance(choice, QPushButton)
        self.spoken.emit(self.languages[choice])
