"""A file in blocks of whole rows, each with the line it stands on as an editor counts them.

The structure of a block is found first (`scanning`), so every row is known to have the right number of cells before
pandas splits them, and a row that has not is reported with its line. A block with a stray quote goes through `quotes`.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from backupreader.domain.errors import SOURCE_DAMAGED
from backupreader.domain.trouble import ReaderError, Reason
from backupreader.language import N_
from sync.tables.decoding import PIECE, pieces
from sync.tables.ending import Ending
from sync.tables.footers import Footers
from sync.tables.marks import garbled, marks, zeros
from sync.tables.opening import Opening, opening
from sync.tables.quotes import Line, Splitter, Unclosed
from sync.tables.rows import Block, Fault, Passed, Table
from sync.tables.scanning import CR, Scan, scan
from sync.tables.textform import TextForm

# The last rows of a piece wait for the next one, so that the end of the file is always seen together with its last row.
_HELD: Final = 4
_LONGEST_ROW: Final = 64 << 20
_NOT_CLOSED: Final = Reason(N_("a quoted cell is not closed"))
_CUT: Final = Reason(N_("its last row was cut"))
_NO_HEAD: Final = Reason(N_("it has no headings"))
_EMPTY: Final = Reason(N_("it is empty"))
_MISCOUNTED: Final = Reason(N_("it holds another number of rows than its last line says"))
Flags: TypeAlias = NDArray[np.bool_]
Places: TypeAlias = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class _Part:
    """A block, and the bytes and line breaks that it took."""

    block: Block
    taken: int
    breaks: int


class Rows(Table):
    """The rows of one file of text. Raises `ReaderError` for a file that is cut or damaged."""

    def __init__(self, path: Path, form: TextForm, piece: int = PIECE) -> None:
        super().__init__(path)
        self.form = form
        self._splitter = Splitter(form.delimiter, form.quote, form.escape)
        self._footers = Footers(form)
        self._ending = Ending(form)
        self._pieces = pieces(path, form, piece)
        self._last = False
        found = self._open()
        self.before, self.head, self.head_line = found.before, found.head, found.line
        self._line = found.line + 1
        self._marked = 0  # the last line whose mark was told: another piece may bring one more of it
        self._rest = found.rest.encode()
        self._heads = {line.encode() for line in found.raw} if len(found.raw) == 1 < len(self.head) else set[bytes]()

    def _open(self) -> Opening:
        text = ""
        for piece, last in self._pieces:
            text += piece
            self._last = last
            try:
                found = opening(text.removeprefix("\ufeff"), self.form, self._splitter, final=last)
            except Unclosed:
                raise self._damaged(_NOT_CLOSED, self.form.head) from None
            if found is not None:
                return found
        raise self._damaged(_NO_HEAD if text.strip("\ufeff\r\n\t ") else _EMPTY, 1)

    def blocks(self, wanted: Sequence[int]) -> Iterator[Block]:
        """See `Table`."""
        while True:
            self._rest, faults = zeros(self._rest, self._line)
            self._rest, marked = marks(self._rest, self._line, self.form.quote)
            marked = [fault for fault in marked if fault.line > self._marked]
            self._marked = marked[-1].line if marked else self._marked
            if self._last:
                self._check_end()
            part = self._part(self._rest, wanted)
            faults += marked + garbled(self._rest[: part.taken], self._line)
            yield Block(part.block.cells, part.block.lines, [*faults, *part.block.faults])
            self._line += part.breaks
            self._rest = self._rest[part.taken :]
            if self._last:
                break
            if len(self._rest) > _LONGEST_ROW:
                raise self._damaged(_NOT_CLOSED, self._line)
            more, self._last = next(self._pieces)
            self._rest += more.encode()
        stated = self._ending.stated if self._footers.stated is None else self._footers.stated
        if stated is not None and stated != self.count:
            raise self._damaged(_MISCOUNTED, self._line)

    def _check_end(self) -> None:
        found = self._ending.check(self._rest)
        if found.reason is not None:
            raise self._damaged(found.reason, self._line + self._rest.rstrip(b"\r\n").count(b"\n"))
        self._rest = found.rest

    def _part(self, raw: bytes, wanted: Sequence[int]) -> _Part:
        found = scan(raw, self.form.delimiter, self.form.quote, final=self._last) if raw else None
        # pandas takes these three bytes at the start of anything for a mark that is not text.
        escaped = bool(self.form.escape) and self.form.escape.encode() in raw
        if found is None or escaped or raw.startswith(b"\xef\xbb\xbf"):
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
        passed = blank | self._comments(raw, found, starts) | self._head_again(raw, starts, length, lines)
        passed |= self._footnotes(raw, starts, ends, passed, lines)
        ragged = (parted != width - 1) & ~passed
        good = ~(passed | ragged)
        self.blank.see(lines[blank].tolist())
        self.count += int((good | ragged).sum())
        faults = [
            Fault("row-ragged", int(lines[place]), raw[starts[place] : ends[place]].decode().rstrip("\r"))
            for place in np.flatnonzero(ragged)
        ]
        if self._ending.unended and self._last and ragged[-1] and parted[-1] < width - 1:
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

    def _head_again(self, raw: bytes, starts: Places, length: Places, lines: Places) -> Flags:
        """Lists with a heading on every page, and files that were put together, hold it again."""
        again = np.zeros(starts.size, np.bool_)
        for head in self._heads:
            for place in np.flatnonzero(length == len(head)):
                again[place] = again[place] or raw.startswith(head, int(starts[place]))
        self.heads.see(lines[again].tolist())
        return again

    def _footnotes(self, raw: bytes, starts: Places, ends: Places, passed: Flags, lines: Places) -> Flags:
        noted = np.zeros(starts.size, np.bool_)
        if self._footers:
            for place in np.flatnonzero(~passed):
                noted[place] = self._footers.is_line(raw[starts[place] : ends[place]].decode().rstrip("\r"))
            self.footers.see(lines[noted].tolist())
        return noted

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
            passed = self._passed(row)
            if passed is not None:
                passed.see([line])
                continue
            self.count += 1
            if len(row.cells) != len(self.head):
                if self._ending.unended and row is rows[-1] and len(row.cells) < len(self.head):
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

    def _passed(self, row: Line) -> Passed | None:
        """Where a row is counted that is none of the table's."""
        if not row.raw.strip(self.form.delimiter) and len(row.cells) in {1, len(self.head)}:
            return self.blank
        if row.raw.encode() in self._heads:
            return self.heads
        return self.footers if self._footers and self._footers.is_line(row.raw) else None

    def _damaged(self, reason: Reason, row: int) -> ReaderError:
        return ReaderError(SOURCE_DAMAGED, path=self.path, reason=reason, row=row)
