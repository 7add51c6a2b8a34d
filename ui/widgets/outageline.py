"""The outage that goes on, and the button that ends it after one question in its place."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from backupreader.language import Language
from ui.look import Look
from ui.widgets.button import button
from ui.widgets.label import Label

_ROOMY: Final = 125  # per cent


class OutageLine(QWidget):
    """Away until an outage is told. `ended` tells that she has said twice that the systems are up.

    The answer that changes nothing stands where the button stood: a second press too many ends nothing.
    """

    ended = Signal()

    def __init__(self, look: Look, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._language = language
        self._told = ""
        self._label = Label(look, " ", 17, bold=True, wrap=True)
        _ = language.text
        self.up = button(_("The systems are up again"))
        self.yes = button(_("Yes, the outage is over"), kind="main")
        self.no = button(_("No, not yet"))
        self.up.clicked.connect(self._ask)
        self.no.clicked.connect(self._calm)
        self.yes.clicked.connect(self._end)
        layout = QHBoxLayout() if look.scale <= _ROOMY else QVBoxLayout()
        self.setLayout(layout)
        layout.setContentsMargins(look.px(28), look.px(4), look.px(4), look.px(4))
        layout.setSpacing(look.px(12))
        layout.addWidget(self._label, 1)
        answers = (self.yes, self.no, self.up) if look.scale <= _ROOMY else (self.no, self.yes, self.up)
        for answer in answers:
            layout.addWidget(answer, 0, Qt.AlignmentFlag.AlignRight)
        self.hide()

    @property
    def words(self) -> str:
        """What it says; empty while it is away."""
        return "" if self.isHidden() else self._label.text()

    def tell(self, sentence: str) -> None:
        """Say which outage goes on; nothing where none does."""
        self._told = sentence
        self._calm()
        self.setVisible(bool(sentence))

    def _ask(self) -> None:
        self.no.setMinimumWidth(self.up.width())
        self._show(self._language.text("Can the journal system be used again, by everyone?"), asking=True)
        self.no.setFocus()

    def _calm(self) -> None:
        self.yes.setEnabled(True)
        self._show(self._told, asking=False)

    def _show(self, sentence: str, *, asking: bool) -> None:
        self._label.setText(sentence)
        self.up.setVisible(not asking)
        self.yes.setVisible(asking)
        self.no.setVisible(asking)

    def _end(self) -> None:
        self.yes.setEnabled(False)
        self.ended.emit()
