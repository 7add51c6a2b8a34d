"""How far a fault goes, in one large word with its shape and colour."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.look import Look, State
from ui.widgets.ground import Ground
from ui.widgets.label import Label

_LARGE: Final = 40


class ReachPanel(Ground):
    """Empty until `tell`."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, side=36, top=18, parent=parent)
        self._word = Label(look, " ", _LARGE, bold=True, wrap=True)
        self._meaning = Label(look, " ", 17, wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(self.before, look.px(8), look.px(16), look.px(8))
        layout.setSpacing(0)
        layout.addWidget(self._word)
        layout.addWidget(self._meaning)

    def tell(self, word: str, meaning: str, state: State) -> None:
        """Say how far it goes, and what that means."""
        self._word.setText(word)
        self._meaning.setText(meaning)
        self.setAccessibleName(f"{word}: {meaning}")
        self.show_state(state, (self._word, self._meaning))

    @property
    def words(self) -> str:
        """What it says."""
        return self.accessibleName()
