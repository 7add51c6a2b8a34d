"""What is wrong, as large choices: each system of the plan with how it is seen, and last "I do not know"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QWidget

from backupreader.language import Language
from ui.look import Look
from ui.widgets.choice import Choice

if TYPE_CHECKING:
    from backupreader.domain.plan.plan import Plan

_ROOMY: Final = 125  # per cent
_ACROSS: Final = 3
_KEYS: Final = 9  # Alt and a digit; what comes after them is reached by the arrows


class WrongChoices(QWidget):
    """Empty until `tell`. `chosen` tells the system's id, empty for everything."""

    chosen = Signal(str)

    def __init__(self, look: Look, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._language = look, language
        self._told: tuple[tuple[str, str, str], ...] = ()
        self.choices: dict[Choice, str] = {}
        self._shortcuts: list[QShortcut] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(look.px(12))

    def tell(self, plan: Plan) -> None:
        """Offer the systems of this plan; nothing moves where they are the same as before."""
        _ = self._language.text
        offered = (
            *((system.id, system.label, "\n".join(system.symptoms) or " ") for system in plan.systems),
            ("", _("Everything, or I do not know"), _("whoever is called for all other things")),
        )
        if offered == self._told:
            return
        self._told = offered
        self._clear()
        across = _ACROSS if self._look.scale <= _ROOMY else 2
        for place, (system, title, under) in enumerate(offered):
            key = f"Alt+{place + 1}" if place < _KEYS else ""
            choice = Choice(self._look, title, under, key)
            choice.clicked.connect(self._choose)
            if key:
                shortcut = QShortcut(QKeySequence(key), self)
                shortcut.activated.connect(choice.click)
                self._shortcuts.append(shortcut)
            self.choices[choice] = system
            self._grid.addWidget(choice, place // across, place % across)
            choice.show()  # at once, not when Qt comes to it: it may be given the focus

    def focus_first(self) -> bool:
        """Enter opens the first one; False where there is none."""
        first = next(iter(self.choices), None)
        if first is not None:
            first.setFocus()
        return first is not None

    def _clear(self) -> None:
        for shortcut in self._shortcuts:
            shortcut.deleteLater()
        for choice in self.choices:
            self._grid.removeWidget(choice)
            choice.hide()
            choice.deleteLater()
        self._shortcuts.clear()
        self.choices.clear()

    def _choose(self) -> None:
        choice = self.sender()
        assert isinstance(choice, Choice)
        self.chosen.emit(self.choices[choice])
