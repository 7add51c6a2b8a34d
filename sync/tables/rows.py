"""What every kind of table file is read as: blocks of whole rows of text, each row with the line it stands on."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Fault:
    """A row, or a cell of it, that is not as it should be. `kept`: its record is made nevertheless."""

    code: str
    line: int
    text: str
    kept: bool = False
    place: int | None = None
    lost: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """Some whole rows: the cells of each wanted column, the rows' lines, and what was wrong with rows of this piece.

    `moments` are the lines on which a column's cell was a date of the spreadsheet's own, no text.
    """

    cells: Mapping[int, Sequence[str]]
    lines: Sequence[int]
    faults: Sequence[Fault]
    moments: Mapping[int, Sequence[int]] = field(default_factory=dict[int, Sequence[int]])


@dataclass(slots=True)
class Passed:
    """Rows that are none of the table's: how many, and the line of the first of them."""

    count: int = 0
    first: int = 0

    def see(self, lines: Sequence[int]) -> None:
        """Count these."""
        if lines and not self.count:
            self.first = lines[0]
        self.count += len(lines)


class Table(ABC):
    """An open file, or a sheet of it. Its headings are there at once; the counts, when `blocks` was read to its end.

    `before` are the lines before the headings; the last line of these is `head_line`. `count` is the number of rows,
    also of those that were refused. `blank` rows hold nothing, `footers` are totals and footnotes, `heads` are the
    headings once again: none of them is counted.
    """

    path: Path
    before: tuple[str, ...]
    head: tuple[str, ...]
    head_line: int
    count: int

    def __init__(self, path: Path) -> None:
        self.path = path
        self.count = 0
        self.blank = Passed()
        self.footers = Passed()
        self.heads = Passed()

    @abstractmethod
    def blocks(self, wanted: Sequence[int]) -> Iterator[Block]:
        """All rows after the head, with the cells of the columns at the places `wanted`. Raises `ReaderError`."""
