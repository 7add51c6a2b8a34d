"""Why she opens the PC: one of a few, the first by itself."""

from __future__ import annotations

from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from backupreader.domain.acts import PURPOSES
from backupreader.language import Language
from ui.look import Look

_ROOMY = 125  # per cent


class Purposes(QWidget):
    """A row of choices; the arrows go from one to the next."""

    def __init__(self, look: Look, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        across = QHBoxLayout(self) if look.scale <= _ROOMY else QVBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(look.px(4))
        self.choices: dict[str, QRadioButton] = {}
        for purpose, sentence in PURPOSES.items():
            choice = QRadioButton(language.text(sentence))
            choice.setAccessibleName(language.text("Why you open it: {reason}").format(reason=language.text(sentence)))
            choice.setChecked(not self.choices)
            self._group.addButton(choice)
            self.choices[purpose] = choice
            across.addWidget(choice)
        across.addStretch(1)

    @property
    def purpose(self) -> str:
        """The one that is chosen, by the word that the audit keeps."""
        return next(purpose for purpose, choice in self.choices.items() if choice.isChecked())

    def choose(self, purpose: str) -> None:
        """Choose one."""
        self.choices[purpose].setChecked(True)
