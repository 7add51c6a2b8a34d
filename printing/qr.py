"""The QR code of a sheet's number: what a hand scanner types. Drawn as one path, in black, with its quiet zone."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from printing.pen import Pen

SIDE: Final = 46.0
"""Points, with the quiet zone: modules of 0.56 mm, which a hand scanner reads from a creased page."""
_MASK: Final = 4  # any of the eight is read; trying all of them for the prettiest takes nine times as long
_QUIET: Final = 4  # modules (ISO/IEC 18004)
_DARK: Final = re.compile(rb"\x01+")


def paint(pen: Pen, text: str, x: float, y: float, side: float = SIDE) -> None:
    """Draw it with its lower left corner at (x, y), in points."""
    modules, areas = _areas(text)
    step = side / (modules + 2 * _QUIET)
    pen.stamp(x + _QUIET * step, y + _QUIET * step, step, areas)


@lru_cache(maxsize=4)
def _areas(text: str) -> tuple[int, str]:
    """How many modules a side has, and the runs of dark ones in each row as rectangles of the PDF."""
    import segno  # which brings a web client's libraries with it: loaded with the first code

    rows = segno.make(text, error="q", micro=False, mask=_MASK).matrix
    high = len(rows)
    runs = (
        f"{run.start()} {high - number} {run.end() - run.start()} 1 re"
        for number, row in enumerate(rows, start=1)
        for run in _DARK.finditer(row)
    )
    return high, "\n".join(runs)
