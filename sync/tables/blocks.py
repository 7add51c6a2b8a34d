"""A file in blocks of whole rows, each with the line it stands on as an editor counts them.

The structure of a block is found first (`scanning`), so every row is known to have the right number of cells before
pandas splits them, and a row that has not is reported with its line. A block with a stray quote goes through `quotes`.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from backupreader.domain.errors import SOURCE_DAMAGED, ReaderError, Reason
from backupreader.language import N_
from sync.profile import ROWS, TextForm
from sync.tables.decoding import PIECE, pieces
from sync.tables.quotes import Splitter, Unclosed
from sync.tables.scanning import CR, Scan, scan

# The last rows of a piece wait for the next one, so that the end of the file is always seen together with its last row.
_HELD: Final = 4
_LONGEST_ROW: Final = 64 << 20
_NOT_CLOSED: Final = Reason(N_("a quoted cell is not closed"))
_CUT: Final = Reason(N_("its last row was cut"))
_NO_HEAD: Final = Reason(N_("it has no headings"))
_EMPTY: Final = Reason(N_("it is empty"))
_NO_TRAILER: Final = Reason(N_("its last line, which counts the rows, is missing"))
_NO_END: Final = Reason(N_("its last line has no end"))
_MISCOUNTED: Final = Reason(N_("it holds another number of rows than its last line says"))
Flags: TypeAlias = NDArray[np.bool_]
Places: TypeAlias = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Fault:
    """A row that is not as it should be. `kept`: its record is made nevertheless."""

    code: str
    line: int
    text: str
    kept: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """Some whole rows: the cells of each wanted column, the rows' lines, and what was wrong with rows of this piece."""

    cells: Mapping[int, Sequence[str]]
    lines: Sequence[int]
    faults: Sequence[Fault]


@dataclass(frozen=True, slots=True)
class _Part:
    """A block, and the bytes and line breaks that it took."""

    block: Block
    taken: int
    breaks: int


class Rows:
    """The rows of one file. `head` and `before` (the lines before it) are there at once; then read `blocks` to its end.

    `count` is the number of rows, also of those that were refused; `blank` of those that hold nothing, `first_blank`
    the line of the first of them. Raises `ReaderError` for a file that is cut or damaged.
    """

    def __init__(self, path: Path, form: TextForm, piece: int = PIECE) -> None:
        self.path = path
        self.form = form
        self.count = 0
        self.blank = 0
        self.first_blank = 0
        self._splitter = Splitter(form.delimiter, form.quote)
        self._pieces = pieces(path, form, piece)
        self._stated: int | None = None
        self._unended = False
        self._rest, self._last = b"", False
        self.before, self.head, self._line = self._read_head()

    def _read_head(self) -> tuple[tuple[str, ...], tuple[str, ...], int]:
        text = ""
        for piece, last in self._pieces:
            text += piece
            self._last = last
            found = self._head_of(text.removeprefix("\ufeff"))
            if found is not None:
                return found
        raise self._damaged(_NO_HEAD if text.strip("\ufeff\r\n\t ") else _EMPTY, 1)

    def _head_of(self, text: str) -> tuple[tuple[str, ...], tuple[str, ...], int] | None:
        before = self.form.head - 1
        lines = re.split(r"\r\n|\n|\r(?!\Z)", text, maxsplit=before) if before else [text]
        if len(lines) < self.form.head:
            return None
        try:
            line = next(self._splitter.rows(lines[-1], final=self._last), None)
        except Unclosed:
            raise self._damaged(_NOT_CLOSED, self.form.head) from None
        if line is None or not any(cell.strip() for cell in line.cells):
            return None
        self._rest = lines[-1][line.end :].encode()
        return (
            tuple(lines[:-1]),
            tuple(cell.replace("\0", "").strip() for cell in line.cells),
            self.form.head + line.breaks + 1,
        )

    def blocks(self, wanted: Sequence[int]) -> Iterator[Block]:
        """All rows after the head, with the cells of the columns at the places `wanted`."""
        while True:
            faults = self._zeros()
            if self._last:
                self._check_end()
            part = self._part(self._rest, wanted)
            yield Block(part.block.cells, part.block.lines, [*faults, *part.block.faults])
            self._line += part.breaks
            self._rest = self._rest[part.taken :]
            if self._last:
                break
            if len(self._rest) > _LONGEST_ROW:
                raise self._damaged(_NOT_CLOSED, self._line)
            more, self._last = next(self._pieces)
            self._rest += more.encode()
        if self._stated is not None and self._stated != self.count:
            raise self._damaged(_MISCOUNTED, self._line)

    def _zeros(self) -> list[Fault]:
        """Zero bytes, which no text holds, are shown as what they are: a letter that was lost."""
        if b"\0" not in self._rest:
            return []
        lines = {self._line + self._rest.count(b"\n", 0, found.start()) for found in re.finditer(b"\0", self._rest)}
        self._rest = self._rest.replace(b"\0", b"\xef\xbf\xbd")
        return [Fault("zero-byte", line, "", kept=True) for line in sorted(lines)]

    def _check_end(self) -> None:
        """What the profile says about the end of the file must be so: otherwise it was cut."""
        if self.form.trailer:
            whole = self._rest.rstrip(b"\r\n")
            start = max(whole.rfind(b"\n"), whole.rfind(b"\r")) + 1
            before, _, after = self.form.trailer.partition(ROWS)
            found = re.fullmatch(rf"{re.escape(before)}(\d+){re.escape(after)}", whole[start:].decode().strip())
            if found is None:
                raise self._damaged(_NO_TRAILER, self._last_line())
            self._stated = int(found[1])
            self._rest = self._rest[:start]
        elif self._rest and not self._rest.endswith((b"\n", b"\r")):
            if self.form.last_line_ends:
                raise self._damaged(_NO_END, self._last_line())
            self._unended = True
            self._rest += b"\n"

    def _last_line(self) -> int:
        return self._line + self._rest.rstrip(b"\r\n").count(b"\n")

    def _part(self, raw: bytes, wanted: Sequence[int]) -> _Part:
        found = scan(raw, self.form.delimiter, self.form.quote, final=self._last) if raw else None
        # pandas takes these three bytes at the start of anything for a mark that is not text.
        if found is None or raw.startswith(b"\xef\xbb\xbf"):
            return self._carefully(raw, wanted)
        ends = found.ends if self._last else found.ends[:-_HELD]
        stop = int(ends[-1]) + 1 if ends.size else 0
        breaks = raw.count(b"\n", 0, stop)
        if self._last and stop != len(raw):
            raise self._damaged(_NOT_CLOSED, self._line + breaks)
        return _Part(self._quickly(raw, found, ends, wanted), stop, breaks)

    def _quickly(self, raw: bytes, found: Scan, ends: Places, wanted: Sequence[int]) -> Block:
        if not ends.size:
            return Block(dict.fromkeys(wanted, ()), (), ())
        width = len(self.head)
        starts = np.concatenate([np.zeros(1, np.intp), ends[:-1] + 1])
        parted = np.searchsorted(found.delimiters, ends) - np.searchsorted(found.delimiters, starts)
        length = ends - starts - (found.data[np.maximum(ends - 1, 0)] == CR)
        lines = found.lines(starts) + self._line
        # A row of nothing but delimiters holds as little as an empty one.
        blank = (length <= 0) | ((length == width - 1) & (parted == width - 1) & (width > 1))
        comment = self._comments(raw, found, starts)
        ragged = (parted != width - 1) & ~blank & ~comment
        good = ~(blank | comment | ragged)
        self._count_blank(lines[blank])
        self.count += int((good | ragged).sum())
        faults = [
            Fault("row-ragged", int(lines[place]), raw[starts[place] : ends[place]].decode().rstrip("\r"))
            for place in np.flatnonzero(ragged)
        ]
        if self._unended and self._last and ragged[-1] and parted[-1] < width - 1:
            raise self._damaged(_CUT, int(lines[-1]))
        text = raw[: ends[-1] + 1]
        if not good.all():
            text = b"".join(raw[starts[place] : ends[place] + 1] for place in np.flatnonzero(good))
        return Block(self._split(text, width, wanted), lines[good].tolist(), faults)

    def _comments(self, raw: bytes, found: Scan, starts: Places) -> Flags:
        sign = self.form.comment.encode()
        marked = np.zeros(starts.size, np.bool_)
        if sign:
            for place in np.flatnonzero(found.data[starts] == sign[0]):
                marked[place] = raw.startswith(sign, int(starts[place]))
        return marked

    def _count_blank(self, lines: Places) -> None:
        if lines.size and not self.blank:
            self.first_blank = int(lines[0])
        self.blank += int(lines.size)

    def _split(self, text: bytes, width: int, wanted: Sequence[int]) -> Mapping[int, Sequence[str]]:
        if not text or not wanted:
            return dict.fromkeys(wanted, ())
        frame = pd.read_csv(
            io.BytesIO(text),
            sep=self.form.delimiter,
            quotechar=self.form.quote or '"',
            quoting=0 if self.form.quote else 3,
            header=None,
            names=list(range(width)),
            usecols=list(wanted),
            index_col=False,
            dtype=str,
            keep_default_na=False,
            na_filter=False,
            skip_blank_lines=False,
            encoding="utf-8",
            engine="c",
        )
        return {place: frame[place].tolist() for place in wanted}

    def _carefully(self, raw: bytes, wanted: Sequence[int]) -> _Part:
        try:
            rows = list(self._splitter.rows(raw.decode(), final=self._last))
        except Unclosed as unclosed:
            raise self._damaged(_NOT_CLOSED, self._line + unclosed.before) from None
        if not self._last:
            rows = rows[:-_HELD]
        cells: dict[int, list[str]] = {place: [] for place in wanted}
        lines: list[int] = []
        faults: list[Fault] = []
        for row in rows:
            line = self._line + row.before
            if self.form.comment and row.raw.startswith(self.form.comment):
                continue
            if not row.raw.strip(self.form.delimiter) and len(row.cells) in {1, len(self.head)}:
                self._count_blank(np.array([line]))
                continue
            self.count += 1
            if len(row.cells) != len(self.head):
                if self._unended and row is rows[-1] and len(row.cells) < len(self.head):
                    raise self._damaged(_CUT, line)
                faults.append(Fault("row-ragged", line, row.raw))
                continue
            if row.mended:
                faults.append(Fault("quote-mended", line, row.raw, kept=True))
            lines.append(line)
            for place in wanted:
                cells[place].append(row.cells[place])
        taken = len(raw.decode()[: rows[-1].end].encode()) if rows else 0
        breaks = rows[-1].before + rows[-1].breaks + 1 if rows else 0
        return _Part(Block(cells, lines, faults), taken, breaks)

    def _damaged(self, reason: Reason, row: int) -> ReaderError:
        return ReaderError(SOURCE_DAMAGED, path=self.path, reason=reason, row=row)
