"""What a look at a sheet's own XML tells and its reader does not: errors in cells, merged cells, its size in memory."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TypeAlias

from sync.tables.container import CELLS, TEXTS, too_large

_ROWS: Final = 1 << 20  # what Excel and LibreOffice can hold
_COLUMNS: Final = 1 << 14

Place: TypeAlias = tuple[int, int]
Range: TypeAlias = tuple[Place, Place]


@dataclass(slots=True)
class Looked:
    """One sheet. Places are row and column, counted from 0; `merged` is None where the reader itself knows."""

    path: Path
    errors: dict[Place, str] = field(default_factory=dict[Place, str])
    merged: list[Range] | None = None
    _first: int | None = None
    _last: int = -1
    _width: int = 0
    _texts: int = 0

    def see(self, row: int, width: int, texts: int = 0) -> None:
        """A row with something in its first `width` columns. Raises `ReaderError` where the sheet becomes too large."""
        self._first = row if self._first is None else min(self._first, row)
        self._last = max(self._last, row)
        self._width = max(self._width, width)
        self._texts += texts
        if self.cells > CELLS or self._texts > TEXTS or row >= _ROWS or width > _COLUMNS:
            raise too_large(self.path)

    @property
    def cells(self) -> int:
        """Of its rectangle."""
        return 0 if self._first is None else (self._last - self._first + 1) * self._width


def check_all(path: Path, sheets: Iterable[Looked]) -> None:
    """Raise `ReaderError` where sheets that are opened together become too large."""
    if sum(sheet.cells for sheet in sheets) > CELLS:
        raise too_large(path)
