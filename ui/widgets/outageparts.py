"""The parts of the outage's page as buttons, each with its key: what can be written in the log."""

from __future__ import annotations

from collections.abc import Container
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from backupreader.language import N_, Language
from ui.look import Look
from ui.telling.outage import Part, Turn
from ui.widgets.button import button

PARTS: Final[tuple[tuple[Part, str], ...]] = (
    ("call", N_("Call")),
    ("decision", N_("Decision")),
    ("note", N_("Note")),
    ("happened", N_("It happened")),
    ("units", N_("Units")),
    ("partners", N_("Partners")),
    ("owner", N_("Hand over")),
    ("systems", N_("What is down")),
    ("up", N_("Up again")),
)
"""The parts in the order of their keys, Alt+1 … Alt+9; without one it is what is due."""
_ROOMY: Final = 125  # per cent


class OutageParts(QWidget):
    """`turned` tells the `Turn` to the part that is wanted. The keys work on the whole page `of` which they are."""

    turned = Signal(object)

    def __init__(self, look: Look, language: Language, of: QWidget) -> None:
        super().__init__()
        self.buttons: dict[Part, QPushButton] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(look.px(6))
        across = 3 if look.scale <= _ROOMY else 2
        for place, (part, word) in enumerate(PARTS):
            key, name = f"Alt+{place + 1}", language.text(word)
            one = self.buttons[part] = button(f"{name}  {key}", name=name)
            one.clicked.connect(self._press)
            QShortcut(QKeySequence(key), of).activated.connect(one.click)
            grid.addWidget(one, place // across, place % across)

    def close_all_but(self, parts: Container[Part]) -> None:
        """Only these can be gone to; where there are none, the buttons are away."""
        for part, one in self.buttons.items():
            one.setEnabled(part in parts)
        self.setVisible(any(one.isEnabled() for one in self.buttons.values()))

    def _press(self) -> None:
        self.turned.emit(next(Turn(part) for part, one in self.buttons.items() if one is self.sender()))
