"""The window of the made-up town on a real screen, going from page to page as it is told: run by the tests, which read it from outside.

``python -m tests.outside.shown FOLDER LANGUAGE [bare]``. For each line that comes in it goes one page further, and says the page's name.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QEventLoop, QSocketNotifier
from PySide6.QtWidgets import QApplication

import ui  # first: it makes some of Python's values lasting
from backupreader.language import Language
from tests.ui import everypage, town
from ui.look import Look, load_fonts, load_more_fonts
from ui.window import Window

assert ui


def main(folder: Path, language: str, *, bare: bool) -> None:
    running = QApplication(["backupreader", "-style", "Fusion"])
    running.setApplicationName("backupreader")
    load_fonts()
    load_more_fonts()
    pc = town.found(folder, language=language, delivered=not bare)
    window = Window(pc.settings, Language(language), Look(), clock=lambda _zone: pc.now)
    window.resize(1280, 860)
    window.show()
    pages = everypage.every(window)
    asked = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
    waiting = QEventLoop()
    asked.activated.connect(waiting.quit)
    while True:
        asked.setEnabled(True)
        waiting.exec()  # the window lives on, and answers who reads it
        asked.setEnabled(False)
        if not sys.stdin.readline():
            break
        print(next(pages, ""), flush=True)
    window.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], bare="bare" in sys.argv[3:])
