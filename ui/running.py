"""The program's window, from its making until it is closed."""

from __future__ import annotations

import os
import sys

from PySide6.QtWidgets import QApplication

from backupreader.domain.errors import NO_DISPLAY, ReaderError
from backupreader.language import Language
from backupreader.settings import Settings
from ui.look import load_fonts
from ui.window import Window


def open_window(settings: Settings, language: Language, *, demo_words: str = "") -> int:
    """Show the window until it is closed; the exit status of the program. Raises `ReaderError` (NO_DISPLAY).

    `demo_words` stand on the lock screen of a demo: its citizens are made up.
    """
    if sys.platform == "linux" and not any(
        os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    ):
        raise ReaderError(NO_DISPLAY)
    running = QApplication([sys.argv[0], "-style", "Fusion"])  # a call to setStyle costs ten times as much
    running.setApplicationName("backupreader")
    load_fonts()
    window = Window(settings, language, demo_words=demo_words)
    sys.excepthook = window.excepted
    window.resize(1280, 860)
    window.showMaximized()
    return running.exec()
