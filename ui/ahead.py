"""The next page of a citizen, built while nobody waits: it knows nobody, is not seen, and has only to be entered.

Building it is a third of the time from choosing a citizen to reading of her; beside what is read of her, nothing in it
depends on who she is.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from ui.screen import Screen

NAME: Final = "citizen"
_REST: Final = 200  # milliseconds in which nothing else is gone to


class Ahead(QObject):
    """One screen `NAME`, made by `make` a little after `begin`; nothing is made after `drop` until it begins again."""

    def __init__(self, make: Callable[[str], Screen], parent: QObject) -> None:
        super().__init__(parent)
        self._make = make
        self.ready: Screen | None = None
        self._rest = QTimer(self, singleShot=True, interval=_REST)
        self._rest.timeout.connect(self._build)

    def begin(self) -> None:
        """Somebody has arrived somewhere: build it when she rests."""
        if self.ready is None:
            self._rest.start()

    def take(self, name: str) -> Screen:
        """The screen of this name: the one that is ready, or a new one."""
        if name != NAME or self.ready is None:
            return self._make(name)
        taken, self.ready = self.ready, None
        return taken

    def drop(self) -> None:
        """Throw it away: it was made in another look or language, or the window is locked."""
        self._rest.stop()
        if self.ready is not None:
            self.ready.leave()
            self.ready.deleteLater()
            self.ready = None

    def _build(self) -> None:
        self.ready = self._make(NAME)
        for part in (self.ready, *self.ready.findChildren(QWidget)):
            part.ensurePolished()
