"""B9: a citizen's page in the window: from being chosen to being painted, all that it needs read from the database."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from made import Made
from row import Goal, Line, percentile

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from ui.window import Window

LIMIT_MS = 50
PAGES = {"tiny": 5, "small": 100}


def measure(made: Made, rounds: int) -> Iterator[Line]:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from backupreader.language import Language
    from ui.look import load_fonts, load_more_fonts
    from ui.window import Window

    running = QApplication.instance() or QApplication(["bench"])
    assert isinstance(running, QApplication)
    load_fonts()
    load_more_fonts()
    chosen = _chosen(made)
    window = Window(made.pc, Language("da"))
    window.resize(1280, 860)
    window.show()
    _open_up(running, window, made)
    for citizen in chosen[:3]:
        _turn_to(running, window, citizen)
    taken = [_turn_to(running, window, citizen) for citizen in chosen]
    window.close()
    yield Line(
        id="B9",
        what=f"a citizen's page, chosen to painted, p99 of {len(chosen)}, against the limit",
        ours=percentile(taken, 0.99),
        peer=LIMIT_MS,
        unit="ms",
        goal=Goal("at most", 1),
    )


def _chosen(made: Made) -> list[str]:
    reader = made.reader()
    everyone = [hit.citizen.id for hit in reader.find("", limit=1_000_000)]
    reader.close()
    return random.Random(7).choices(everyone, k=PAGES.get(made.size, 500))


def _open_up(running: QApplication, window: Window, made: Made) -> None:
    """Unlock without the words, which cost a second on purpose: the desk makes its reader on its own thread."""
    assert made.key
    from ui.opening import Opened

    def opening():
        reader = made.reader()
        return reader, Opened(reader.info, made.session)

    window.desk.line().open(opening, window.unlocked, window.tell)
    _until(running, lambda: window.info is not None)


def _turn_to(running: QApplication, window: Window, citizen: str) -> float:
    """How long it takes from a page at rest: whoever chooses has first read."""
    _until(running, lambda: window.ahead.ready is not None)
    start = time.perf_counter()
    window.go("citizen", citizen)
    seen = _Seen(window)
    _until(running, lambda: seen.painted)
    return (time.perf_counter() - start) * 1000


class _Seen:
    """Tells when what is known of her has been painted, after it was answered."""

    def __init__(self, window: Window) -> None:
        from PySide6.QtCore import QEvent, QObject

        class Watch(QObject):
            painted = False

            def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
                if event.type() == QEvent.Type.Paint and window.screen_now.printable() is not None:
                    self.painted = True
                return False

        self._watch = Watch()
        self._list = window.screen_now.content.viewport()
        self._list.installEventFilter(self._watch)

    @property
    def painted(self) -> bool:
        return self._watch.painted


def _until(running: QApplication, so: Callable[[], bool]) -> None:
    from PySide6.QtCore import QEventLoop

    while not so():
        # Without a limit of time, with which Qt does not wait but turns round and round, and holds up who is to answer.
        running.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
