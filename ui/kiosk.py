"""The window as the only thing on the screen: it fills it, has no edge to take hold of, and is not closed by hand.

It ends when the system's session ends. What else the system lets a person do is the system's to say: see the handbook.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget


class Kiosk(QObject):
    """Holds one window so. `may_close` is False until the session ends."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.may_close = False
        window.setWindowFlag(Qt.WindowType.FramelessWindowHint)
        running = QGuiApplication.instance()
        assert isinstance(running, QGuiApplication)
        running.commitDataRequest.connect(self.session_ends)

    def session_ends(self) -> None:
        """The system has said that its session ends."""
        self.may_close = True
