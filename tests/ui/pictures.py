"""Draws every page of the window into a folder, to be looked at: ``python3 installer/run.py pictures FOLDER [--quick]``.

In four languages, light and dark, at 100, 150 and 200 %, with ordinary data, with cruel data (a name of 60 letters, 40 drugs, ten allergies, a street of
200 letters), with little, and with nothing delivered at all. Each language, look and size has its contact sheet, ``all-da-light-100.png``.
``--quick`` draws one language, light, at 100 %; ``--language CODE`` and ``--scale N`` draw those alone.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QElapsedTimer, QEventLoop, QRect, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from backupreader.language import CODES, Language
from tests.ui import everypage, town
from ui.look import Look, load_fonts, load_more_fonts
from ui.window import Window

SIZE = (1280, 860)
_DRAWING = 1_000
_ACROSS, _SMALL = 6, (426, 286)
_CAPTION = 18


def main(words: list[str]) -> None:
    """Draw everything that is asked for."""
    asked = _asked(words)
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    application.setStyle("Fusion")
    load_fonts()
    load_more_fonts()
    asked.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        full = town.found(Path(scratch) / "full")
        bare = town.found(Path(scratch) / "bare", delivered=False)
        empty = replace(full, settings=replace(full.settings, data=Path(scratch) / "none"))
        for code in ("da",) if asked.quick else asked.language or CODES:
            for dark in (False,) if asked.quick else (False, True):
                for scale in (100,) if asked.quick else asked.scale or (100, 150, 200):
                    look, kind = Look(dark=dark, scale=scale), f"{code}-{'dark' if dark else 'light'}-{scale}"
                    drawn = [
                        (name, _save(window, asked.folder / f"{kind}-{name}.png"))
                        for data, pc in (("full", full), ("bare", bare), ("empty", empty))
                        for name, window in pages(pc, Language(code), look, data)
                    ]
                    contact(drawn).save(str(asked.folder / f"all-{kind}.png"))
                    print(asked.folder / f"all-{kind}.png", flush=True)


def _asked(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="run.py pictures", description="Every page of the window, to be looked at.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--quick", action="store_true", help="Danish, light, at 100 %%")
    parser.add_argument("--language", action="append", choices=CODES)
    parser.add_argument("--scale", action="append", type=int)
    return parser.parse_args(words)


def pages(pc: town.Pc, language: Language, look: Look, data: str = "full") -> Iterator[tuple[str, Window]]:
    """The window on each page in turn; where no data came there is only the lock."""
    pc = replace(pc, settings=replace(pc.settings, language=language.code))
    window = Window(pc.settings, language, look, clock=lambda _zone: pc.now)
    window.resize(*SIZE)
    window.show()
    window.read_standing()
    everypage.wait(lambda: window.standing is not None and window.plan is not None)
    everypage.settle(window)
    if data == "empty":
        yield "empty-lock", window
    else:
        before = "" if data == "full" else f"{data}-"
        for page in everypage.every(window):
            if page.startswith(("print", "document")):
                linger()
            yield f"{before}{page}", window
    window.close()


def contact(drawn: Iterable[tuple[str, QImage]]) -> QImage:
    """Many pictures on one, each with its name, to be looked at quickly."""
    drawn = list(drawn)
    wide, high = _SMALL[0], _SMALL[1] + _CAPTION
    sheet = QImage(_ACROSS * wide, -(-len(drawn) // _ACROSS) * high, QImage.Format.Format_RGB32)
    sheet.fill(Qt.GlobalColor.gray)
    painter = QPainter(sheet)
    painter.setFont(Look().font(13))
    for number, (name, small) in enumerate(drawn):
        left, top = number % _ACROSS * wide, number // _ACROSS * high
        painter.drawText(QRect(left + 4, top, wide, _CAPTION), 0, name)
        painter.drawImage(left + 2, top + _CAPTION, small)
    painter.end()
    return sheet


def _save(window: Window, path: Path) -> QImage:
    """Keep the picture; it in small."""
    picture = window.grab().toImage()
    picture.save(str(path))
    return picture.scaled(*_SMALL, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)


def linger() -> None:
    """Qt draws the pages of a PDF behind the scenes, and does not tell when it is done."""
    timer = QElapsedTimer()
    timer.start()
    while timer.elapsed() < _DRAWING:
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
