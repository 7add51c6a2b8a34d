"""The QR code of a sheet's number: what a hand scanner types. Drawn as one path, in black, with its quiet zone."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

import segno

if TYPE_CHECKING:
    from printing.pen import Pen

SIDE: Final = 46.0
"""Points, with the quiet zone: modules of 0.56 mm, which a hand scanner reads from a creased page."""
_MASK: Final = 4  # any of the eight is read; trying all of them for the prettiest takes nine times as long
_QUIET: Final = 4  # modules (ISO/IEC 18004)


def paint(pen: Pen, text: str, x: float, y: float, side: float = SIDE) -> None:
    """Draw it with its lower left corner at (x, y), in points."""
    rows = _runs(text)
    step = side / (len(rows) + 2 * _QUIET)
    top = y + side - _QUIET * step
    for number, runs in enumerate(rows, start=1):
        for first, length in runs:
            pen.shade(x + (_QUIET + first) * step, top - number * step, length * step, step, 0.0)


@lru_cache(maxsize=4)
def _runs(text: str) -> tuple[tuple[tuple[int, int], ...], ...]:
    """The dark modules of each row, from above, as (first, how many)."""
    matrix = segno.make(text, error="q", micro=False, mask=_MASK).matrix
    return tuple(tuple(_of_row(row)) for row in matrix)


def _of_row(row: bytearray) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for place, dark in enumerate(row):
        if not dark:
            continue
        if runs and sum(runs[-1]) == place:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        else:
            runs.append((place, 1))
    return runs
