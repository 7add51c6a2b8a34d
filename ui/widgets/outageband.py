"""The line at the foot of every page while an outage goes on: its number, for how long, and the next duty.

One line high where there is room; it cannot be closed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from backupreader.language import Language
from ui.look import BASE, SMALL, Look
from ui.widgets.button import button
from ui.widgets.marks import Marks

if TYPE_CHECKING:
    from ui.rows import Mark

_ROOMY: Final = 125  # per cent


class OutageBand(QWidget):
    """See the module. `opened` tells that the outage's page is wanted."""

    opened = Signal()

    def __init__(self, look: Look, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._marks = Marks(look, BASE if look.scale <= _ROOMY else SMALL, lines=2)
        self.open = button(f"{language.text('Outage')}  Ctrl+O", kind="plain", name=language.text("Outage"))
        self.open.clicked.connect(self.opened)
        layout = QHBoxLayout(self)
        margin = look.px(4 if look.scale <= _ROOMY else 0)
        layout.setContentsMargins(look.px(20), margin, look.px(12), margin)
        layout.addWidget(self._marks, 1)
        layout.addWidget(self.open)
        self.hide()

    def tell(self, marks: Sequence[Mark]) -> None:
        """Say how the outage stands; nothing where none goes on."""
        self._marks.tell(tuple(marks))
        self.setAccessibleName(". ".join(mark.word for mark in marks))
        self.setVisible(bool(marks))

    @property
    def words(self) -> str:
        """What it says; empty while it is away."""
        return "" if self.isHidden() else self.accessibleName()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """A line above it."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._look.colour("panel"))
        painter.fillRect(0, 0, self.width(), self._look.px(2), self._look.colour("second"))
        painter.end()
