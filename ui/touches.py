"""What hands do at the window: every touch puts off the lock, and a letter typed anywhere goes to the search box."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QInputEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget

from ui.dress import application

_TOUCHES: Final = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseMove,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
    }
)


class Touches(QObject):
    """Watches the application's events between `wake` and `sleep`."""

    touched = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._search: QLineEdit | None = None

    def wake(self) -> None:
        """Begin to watch."""
        application().installEventFilter(self)

    def sleep(self) -> None:
        """Cease to watch: while locked there is nothing to lock, and Qt need not ask for each event."""
        application().removeEventFilter(self)

    def write_into(self, search: QLineEdit) -> None:
        """Letters typed elsewhere go here from now on."""
        self._search = search

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        """Qt shows each event before anyone else sees it."""
        if isinstance(event, QInputEvent) and event.type() in _TOUCHES:  # asked first: Qt tells hundreds a page
            self.touched.emit()
            if isinstance(event, QKeyEvent) and self._writes(watched, event):
                assert self._search is not None
                self._search.setFocus()
                QApplication.sendEvent(self._search, event)
                return True
        return False

    def _writes(self, watched: QObject, event: QKeyEvent) -> bool:
        """Is this a letter that nobody else has a use for?"""
        control = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        if control or not event.text().isprintable() or not event.text():
            return False
        if (
            self._search is None
            or not self._search.isVisible()
            or not isinstance(watched, QWidget)
            or isinstance(watched, QLineEdit)
            or not watched.hasFocus()
        ):
            return False
        return not (event.text() == " " and isinstance(watched, QPushButton))
