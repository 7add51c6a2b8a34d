"""Merged cells of a sheet: only the first of them holds the value, and the profile says whether it is all of theirs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sync.tables.container import CELLS, too_large
from sync.tables.looked import Range
from sync.tables.spreadcells import CellValue


class Merges:
    """The merged ranges that begin under the headings, whose last row is `head_line` (rows are counted from 0)."""

    def __init__(self, path: Path, ranges: Sequence[Range], head_line: int, last_row: int, *, fill: bool) -> None:
        self._fill = fill
        self._starting: dict[int, list[Range]] = {}
        self._filling: list[tuple[Range, CellValue]] = []
        area = 0
        for (top, left), (bottom, right) in ranges:
            area += (min(bottom, last_row) - top + 1) * (right - left + 1)
            if area > CELLS:
                raise too_large(path)
            if top >= head_line:
                self._starting.setdefault(top, []).append(((top, left), (bottom, right)))

    def apply(self, row: int, cells: list[CellValue], wanted: Sequence[int]) -> list[int]:
        """Fill the cells of that row; or give the columns whose value would be that of other cells too."""
        starting = self._starting.pop(row, ())
        if not self._fill:
            return [
                left
                for (top, left), (bottom, right) in starting
                if left < len(cells)
                and cells[left] != ""
                and any(left <= place <= right for place in wanted)
                and (bottom > top or right > left)
            ]
        self._filling = [(one, value) for one, value in self._filling if one[1][0] >= row]
        self._filling += [(one, cells[one[0][1]]) for one in starting if one[0][1] < len(cells)]
        for ((_, left), (_, right)), value in self._filling:
            for place in range(left, min(right + 1, len(cells))):
                cells[place] = value
        return []
