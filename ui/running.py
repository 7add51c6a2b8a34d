"""The program's window, from its making until it is closed."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from backupreader.domain.errors import NO_DISPLAY
from backupreader.domain.trouble import ReaderError
from backupreader.language import Language
from backupreader.settings import Settings
from ui.look import load_fonts
from ui.window import Window

if TYPE_CHECKING:
    from ui.practice import Practise


class Leash(Protocol):
    """How the window under a practice ends it."""

    def let_go(self, end: Callable[[], None]) -> None:
        """Call `end`, on whatever thread, when the practice is to end."""
        ...


class _Ending(QObject):
    """Told on any thread, heard on the window's."""

    asked = Signal()


def open_window(  # noqa: PLR0913 (what kind of window)
    settings: Settings,
    language: Language,
    *,
    demo_words: str = "",
    practice: bool = False,
    leash: Leash | None = None,
    practise: Practise | None = None,
    evidence: Path | None = None,
) -> int:
    """Show the window until it is closed; the exit status of the program. Raises `ReaderError` (NO_DISPLAY).

    In `practice` every citizen is made up; `demo_words` stand on its lock screen. With a `leash` it stands over a real
    window, and ends when nobody touches it. `practise` begins a practice over this one; of a practice `evidence` is the
    data folder below which it is kept what was practised.
    """
    if sys.platform == "linux" and not any(
        os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    ):
        raise ReaderError(NO_DISPLAY)
    running = QApplication([sys.argv[0], "-style", "Fusion"])  # a call to setStyle costs ten times as much
    running.setApplicationName("backupreader")
    load_fonts()
    window = Window(
        settings,
        language,
        demo_words=demo_words,
        practice=practice,
        passing=leash is not None,
        practise=practise,
        evidence=evidence,
    )
    sys.excepthook = window.excepted
    if leash is not None:
        ending = _Ending(window)
        ending.asked.connect(window.close)
        leash.let_go(ending.asked.emit)
    window.resize(1280, 860)
    if settings.kiosk:
        window.showFullScreen()
    else:
        window.showMaximized()
    if leash is not None:
        window.raise_()
        window.activateWindow()
    return running.exec()
