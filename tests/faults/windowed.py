"""The window from the lock screen to a page that could be printed, as a person's keys lead there: run as a program.

    python windowed.py SETTINGS DATA NAME WORDS SEARCH [SIGNAL]

It is the real verb; only who presses the keys is made up. With the name of a signal the process dies of it at the end,
unlocked and with everything on the screen.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from backupreader import cli
from ui.widgets.topbar import TopBar
from ui.window import Window

SECONDS = 60


class Watched(Window):
    """The window, and somebody who begins to type when it is shown."""

    def showMaximized(self) -> None:  # noqa: N802 (Qt's name)
        self.show()
        QTimer.singleShot(0, self.use)

    def use(self) -> None:
        name, words, search, *dying_of = sys.argv[3:]
        lock = self.screen_now
        lock.name_field.setText(name)
        lock.words_field.setText(words)
        lock.try_words()
        until(lambda: self.info is not None)
        box = self.findChild(TopBar).search
        QTest.keyClicks(box, search)
        until(lambda: self.screen_now.name == "find" and self.screen_now.list.rows)
        self.grab()
        QTest.keyClick(box, Qt.Key.Key_Return)
        until(lambda: self.screen_now.name == "citizen" and self.screen_now.printable() is not None)
        self.grab()
        self.go("print", self.screen_now.printable())
        until(lambda: self.screen_now.name == "print" and self.screen_now.documents.model().rowCount())
        self.grab()
        if dying_of:
            os.kill(os.getpid(), signal.Signals[dying_of[0]])
        self.close()


def until(so: Callable[[], object]) -> None:
    """Let the window live until something is so."""
    late = QTimer(singleShot=True, interval=SECONDS * 1000)
    late.timeout.connect(lambda: os._exit(3))
    late.start()
    while not so():
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 1000)
    late.stop()


if __name__ == "__main__":
    import ui.window

    ui.window.Window = Watched
    cli.main(["--settings", sys.argv[1], "--data", sys.argv[2], "--language", "da"])
