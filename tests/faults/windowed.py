"""The window from the lock screen to a page that could be printed, as a person's keys lead there: run as a program.

    python windowed.py SETTINGS DATA NAME WORDS SEARCH [SIGNAL]

With the name of a signal the process dies of it at the end, unlocked and with everything on the screen.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from backupreader import settings
from backupreader.language import Language
from ui.look import load_fonts, load_more_fonts
from ui.widgets.topbar import TopBar
from ui.window import Window

SECONDS = 60


def main(file: str, data: str, name: str, words: str, search: str, *dying_of: str) -> None:
    application = QApplication(["backupreader"])
    load_fonts()
    load_more_fonts()
    window = Window(settings.load(Path(file), Path(data), "da"), Language("da"))
    window.resize(1280, 860)
    window.show()

    def until(so: Callable[[], object]) -> None:
        QTimer.singleShot(SECONDS * 1000, lambda: sys.exit("the window did not get there"))
        while not so():
            application.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 1000)

    window.read_standing()
    lock = window.screen_now
    lock.name_field.setText(name)
    lock.words_field.setText(words)
    lock.try_words()
    until(lambda: window.info is not None)
    box = window.findChild(TopBar).search
    QTest.keyClicks(box, search)
    until(lambda: window.screen_now.name == "find" and window.screen_now.list.rows)
    window.grab()
    QTest.keyClick(box, Qt.Key.Key_Return)
    until(lambda: window.screen_now.name == "citizen" and window.screen_now.printable() is not None)
    window.grab()
    window.go("print", window.screen_now.printable())
    until(lambda: window.screen_now.name == "print" and window.screen_now.documents.model().rowCount())
    window.grab()
    if dying_of:
        os.kill(os.getpid(), signal.Signals[dying_of[0]])
    window.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
