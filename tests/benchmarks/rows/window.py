"""B10: from the start of the process to the first paint of the lock screen."""

from __future__ import annotations

from collections.abc import Iterator

from made import Made
from row import Goal, Line, program, side_by_side

# Ends the process as soon as a window has been painted once: what is timed is the whole life of the process.
PAINTED = """
import os
os.environ["QT_QPA_PLATFORM"] = "offscreen"
from PySide6 import QtWidgets
from PySide6.QtCore import QEvent, QObject, QTimer
class FirstPaint(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            QTimer.singleShot(0, lambda: os._exit(0))
        return False
class Application(QtWidgets.QApplication):
    def __init__(self, words):
        super().__init__(words)
        self.waiting = FirstPaint()
        self.installEventFilter(self.waiting)
QtWidgets.QApplication = Application
"""
OURS = f"""
import ui
{PAINTED}
from backupreader.cli import run
sys.exit(run(["open", "--data", sys.argv[1], "--language", "da"]))
"""
BARE = f"""
{PAINTED}
application = Application(["bare"])
window = QtWidgets.QLabel("BACKUP")
window.resize(1280, 860)
window.show()
application.exec()
"""


def measure(made: Made, rounds: int) -> Iterator[Line]:
    assert made.generation is not None
    seconds = side_by_side({"ours": lambda: program(OURS, made.pc.data), "peer": lambda: program(BARE)}, max(3, rounds))
    yield Line(
        id="B10",
        what="process start to the lock screen's first paint, against a bare Qt window",
        ours=seconds["ours"] * 1000,
        peer=seconds["peer"] * 1000,
        unit="ms",
        goal=Goal("at most", 1.3),
    )
