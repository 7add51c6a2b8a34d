"""The outage that goes on, and the button that ends it after one question in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from backupreader.language import Language
from ui.look import BASE, SMALL, Look
from ui.plan import ours
from ui.rows import Mark
from ui.widgets.button import button
from ui.widgets.label import Label
from ui.widgets.marks import Marks

if TYPE_CHECKING:
    from ui.shell import Shell

_ROOMY: Final = 125  # per cent


class OutageLine(QWidget):
    """Away until an outage is told. `ended` tells that she has said twice that the systems are up.

    `following` is what is due next and who has it; in large letters the page has a place for it.
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
        self.following = Marks(look, BASE if look.scale <= _ROOMY else SMALL, lines=2)
        self.following.hide()
        words = QVBoxLayout()
        words.setSpacing(look.px(4))
        words.addWidget(self._label)
        if look.scale <= _ROOMY:
            words.addWidget(self.following)
        layout.addLayout(words, 1)
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

    def minute(self, shell: Shell) -> None:
        """Say what is due next and who has it, as far as that has been read."""
        here = shell.standing.here if shell.standing is not None else None
        event, told = here.event if here is not None else None, list[Mark]()
        if event is not None:
            from backupreader.domain.planpapers import BARE
            from ui.telling.outage import next_told

            following = next_told(ours(shell) or BARE, event, shell.now(), shell.settings.shifts, shell.language)
            told += [following] if following is not None else []
        self.following.tell(tuple(told))

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
