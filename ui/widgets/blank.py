"""What is seen while the window is blanked: nothing of anybody, and how to go on."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from backupreader.language import Language
from ui.look import NAME, Look
from ui.widgets.label import Label

_WAKING: Final = frozenset(
    {QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.TouchBegin, QEvent.Type.Wheel}
)


class BlankPage(QPushButton):
    """A calm page. `woken` tells of any key or touch, which does nothing else; that the mouse moved is none.

    It is one button, unseen, for whoever has it read aloud: what is said of it can be pressed.
    """

    woken = Signal()

    def __init__(self, look: Look, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        _ = language.text
        says = _("Blank. Press any key.")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.clicked.connect(self.woken)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(says)
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        layout = QVBoxLayout(self)
        layout.setSpacing(look.px(12))
        layout.addStretch(2)
        for label in (
            Label(look, says, NAME, bold=True),
            Label(
                look, _("Nobody is shown. The page that was open comes back as it was. Then Ctrl+L locks."), quiet=True
            ),
        ):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            label.setWordWrap(True)
            layout.addWidget(label)
        layout.addStretch(3)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """Nothing but its ground is seen of it."""

    def event(self, event: QEvent) -> bool:
        """A key is taken before it is a shortcut: what it does would be done to a page that nobody sees."""
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if event.type() in _WAKING:
            event.accept()
            self.woken.emit()
            return True
        return super().event(event)
