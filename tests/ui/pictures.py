"""Draws every page of the window into a folder, to be looked at: ``python -m tests.ui.pictures FOLDER [--quick]``.

In four languages, light and dark, at 100, 150 and 200 %, with ordinary data, with cruel data (a name of 60 letters, 40 drugs, ten
allergies) and with nothing delivered at all. ``--quick`` draws one language, light, at 100 %.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QElapsedTimer, QEventLoop
from PySide6.QtWidgets import QApplication

from backupreader.domain.tonight import Filter
from backupreader.language import CODES, Language
from tests.ui import town
from ui.chapters import CHAPTERS
from ui.look import Look, load_fonts, load_more_fonts
from ui.pages import Printable
from ui.window import Window

_SIZE = (1280, 860)
_PATIENCE = 20_000
_DRAWING = 1_000


def main(folder: Path, *, quick: bool) -> None:
    """Draw everything."""
    application = QApplication([])
    application.setStyle("Fusion")
    load_fonts()
    load_more_fonts()
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        full = town.found(Path(scratch) / "full")
        bare = town.found(Path(scratch) / "bare", delivered=False)
        empty = replace(full, settings=replace(full.settings, data=Path(scratch) / "none"))
        for code in ("da",) if quick else CODES:
            for dark in (False,) if quick else (False, True):
                for scale in (100,) if quick else (100, 150, 200):
                    look = Look(dark=dark, scale=scale)
                    kind = f"{code}-{'dark' if dark else 'light'}-{scale}"
                    for data, pc in (("full", full), ("bare", bare), ("empty", empty)):
                        for page, window in pages(pc, Language(code), look, data):
                            window.grab().save(str(folder / f"{kind}-{data}-{page}.png"))


def pages(pc: town.Pc, language: Language, look: Look, data: str) -> Iterator[tuple[str, Window]]:
    """The window on each page in turn."""
    window = Window(pc.settings, language, look, clock=lambda _zone: pc.now)
    window.resize(*_SIZE)
    window.show()
    window.read_standing()
    wait(lambda: window.standing is not None)
    yield "lock", window
    lock = window.screen_now
    lock.name_field.setText(town.NAME)
    lock.words_field.setText("wrong words")
    lock.try_words()
    wait(lock.unlock.isEnabled)
    yield "lock-wrong", window
    if data != "empty":
        lock.words_field.setText(town.WORDS)
        lock.try_words()
        yield "lock-opening", window
        wait(lambda: window.info is not None)
        yield from open_pages(window, data)
    window.close()


def open_pages(window: Window, data: str) -> Iterator[tuple[str, Window]]:
    """The pages of an open window."""
    wait(lambda: bool(window.screen_now.citizens.under.strip()))
    yield "start", window
    window.go("find", "m" if data == "full" else "")
    wait(lambda: window.screen_now.list.rows)
    yield "find", window
    window.go("find", "xyzzy")
    wait(lambda: window.screen_now.list.rows)
    yield "find-nobody", window
    for citizen, word in (("nexus:1", "kirsten"), ("nexus:3", "cruel"), ("nexus:4", "little")):
        window.go("citizen", citizen)
        wait(lambda: window.screen_now._journal is not None)
        for number, chapter in enumerate(CHAPTERS):
            window.screen_now.chapters.choose(number)
            wait(lambda: True)
            yield f"{word}-{chapter.key}", window
    window.go("driving")
    wait(lambda: window.screen_now.routes.rows)
    wait(lambda: window.screen_now._list is not None or data == "bare")
    former = window.screen_now._list
    window.screen_now.steer(window_key_down())
    wait(lambda: window.screen_now._list is not former or data == "bare")
    yield "driving", window
    for document, word in (("medicine-sheet", "nexus:1"), ("summary", "nexus:3")):
        window.go("print", Printable(document, "Kirsten Møller", citizen=word))
        wait(lambda: window.screen_now._pages is not None)
        linger()
        yield f"print-{document}", window
    for wanted, word in ((Filter(), "citizens"), (Filter(life_critical=True), "life-critical")):
        window.go("citizens", wanted)
        wait(lambda: window.screen_now.list.rows)
        yield word, window
    window.go("data")
    wait(lambda: window.screen_now._known is not None)
    yield "data", window
    window.go("keys")
    yield "keys", window
    window.go("shift")
    wait(lambda: window.screen_now.groups.rows and window.screen_now.sum.text().strip())
    yield "shift", window
    window.blank()
    yield "blank", window
    window._blanking.wake()
    window.show_round()
    for step in range(1, 7):
        wait(lambda: True)
        yield f"tour-{step}", window
        window._tour.pointer.on.click()


def window_key_down():
    """The key that chooses the next route."""
    from PySide6.QtCore import Qt

    return Qt.Key.Key_Down


def wait(ready: Callable[[], object]) -> None:
    """Let the window work until something is so, and then until it has nothing left to draw."""
    timer = QElapsedTimer()
    timer.start()
    while not ready():
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 50)
        assert timer.elapsed() < _PATIENCE, "the window did not get ready"
    for _ in range(20):
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)


def linger() -> None:
    """Qt draws the pages of a PDF behind the scenes, and does not tell when it is done."""
    timer = QElapsedTimer()
    timer.start()
    while timer.elapsed() < _DRAWING:
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)


if __name__ == "__main__":
    main(Path(sys.argv[1]), quick="--quick" in sys.argv)
