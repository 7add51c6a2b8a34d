"""When nobody touches the window: it blanks itself, then says that it will lock, and then it locks.

Blanked, nothing of a citizen is on the screen, in the title or under a name that a screen reader finds; what is asked
for and printed goes on. A key or a touch brings the same page back.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from backupreader.settings import Settings

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.pane import Pane

_MINUTE: Final = 60_000  # milliseconds
_WARNED: Final = 30_000
"""How long before the lock it is said."""


class Blanking(QObject):
    """See the module: all but the lock itself. `touched` puts everything off."""

    def __init__(self, pane: Pane, settings: Settings) -> None:
        super().__init__(pane)
        self._pane = pane
        self._title = ""
        self._focused: QWidget | None = None
        self.covered = False
        self.soon = QTimer(self, singleShot=True, interval=settings.blank_minutes * _MINUTE)
        self.last = QTimer(self, singleShot=True, interval=settings.idle_lock_minutes * _MINUTE - _WARNED)
        self._blanks = settings.blank_minutes > 0
        self.soon.timeout.connect(self.blank)
        self.last.timeout.connect(self._warn)

    def touched(self) -> None:
        """Somebody is here."""
        if self._blanks:
            self.soon.start()
        self.last.start()
        self._pane.frame.whisper("")

    def stop(self) -> None:
        """Nobody is to be waited for; what was covered is seen again, where it is still there."""
        self.soon.stop()
        self.last.stop()
        self._pane.frame.whisper("")
        self.wake()

    def blank(self) -> None:
        """Cover everything."""
        if self.covered:
            return
        from ui.widgets.blank import BlankPage

        self.covered = True
        self._title, self._focused = self._pane.windowTitle(), QApplication.focusWidget()
        page = BlankPage(self._pane.look, self._pane.language)
        page.woken.connect(self.wake)
        self._pane.setWindowTitle(self._pane.language.text("PRACTICE") if self._pane.practice else "BACKUP")
        self._pane.frame.cover(page)

    def wake(self) -> None:
        """The same page as before, and the focus where it was."""
        if not self.covered:
            return
        self.covered = False
        self._pane.frame.uncover()
        self._pane.setWindowTitle(self._title)
        focused, self._focused = self._focused, None
        with suppress(RuntimeError):  # it has been thrown away meanwhile
            if focused is not None and focused.isVisible():
                focused.setFocus()

    def _warn(self) -> None:
        self._pane.frame.whisper(
            self._pane.language.text("This window locks itself in half a minute. Press any key to go on.")
        )
