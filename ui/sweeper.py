"""Unused objects are swept away on the window's own thread only.

Python's collector of cycles runs on whichever thread happens to allocate. A widget that is taken away on the reader's
thread takes the whole program with it; so while a window is open the collector is off, and a timer does its work here.
"""

from __future__ import annotations

import gc
from typing import Final

from PySide6.QtCore import QObject, QTimer

_INTERVAL: Final = 1_000  # milliseconds


class Sweeper(QObject):
    """Sweeps from now until `stop`, whenever Python's own thresholds say that it is time."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self, interval=_INTERVAL)
        self._timer.timeout.connect(self.sweep)
        self._timer.start()

    def sweep(self) -> None:
        """Collect the oldest generation that is due, which takes the younger ones with it."""
        counts, thresholds = gc.get_count(), gc.get_threshold()
        for generation in (2, 1, 0):
            if counts[generation] > thresholds[generation]:
                gc.collect(generation)
                return

    def stop(self) -> None:
        """Leave it to Python again: no other thread of ours is left."""
        self._timer.stop()
        gc.enable()
