"""The window outlives what PySide6 takes from Python's own values, on every Python."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MANY_TOUCHES = """
import ui
from PySide6.QtCore import QObject, Signal
class Told(QObject):
    touched = Signal()
    said = Signal(bool)
told = Told()
for _ in range(200_000):
    told.touched.emit()
    told.said.emit(False)
    told.setObjectName("")
print("still here")
"""


def test_a_window_that_is_touched_for_a_whole_night_stays(tmp_path):
    ran = subprocess.run(
        [sys.executable, "-P", "-c", MANY_TOUCHES],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, ran.stdout) == (0, "still here\n"), ran.stderr
