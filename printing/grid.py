"""A table on paper: a header that repeats, rows that are never split, and cells that stand beside several rows.

A `Group` is one or more rows that belong together, with lead cells on their left that span them all (a drug beside its
times). A group is kept on one page where a page can hold it; where it is split between its rows, the lead cells are
repeated. Only a row taller than a whole page is split, between its lines.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from printing.block import Block
from printing.pen import Align, Pen
from printing.text import BODY, STRONG, Line, Span, Style, lay

PAD = 3.0
HEADER_GREY = 0.86
BLOCKED_GREY = 0.80
STRUCK = 0.54  # of a line's height: through the small letters


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: paragraphs, each of spans, under each other; an empty square before the first `ticks` of them."""

    paragraphs: tuple[tuple[Span, ...], ...] = ()
    style: Style = BODY
    align: Align = "left"
    shade: float | None = None
    ticks: int = 0
    corner: str = ""  # a small mark in the lower right corner of a box
    struck: bool = False  # a line through each of its lines, which can still be read


def plain(*texts: str | None, style: Style = BODY, align: Align = "left") -> Cell:
    """A cell of plain texts under each other; what is None or empty is left out."""
    return Cell(tuple(((text, False),) for text in texts if text), style, align)


def strong(text: str, *more: str | None) -> Cell:
    """A cell with a bold first text and plain ones under it."""
    return Cell((((text, True),), *(((line, False),) for line in more if line)))


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that belong together; `lead` cells stand to their left. `least` is the height of a row in points."""

    rows: tuple[tuple[Cell, ...], ...]
    lead: tuple[Cell, ...] = ()
    least: float = 0.0


@dataclass(frozen=True, slots=True)
class _Box:
    """A cell with its lines."""

    cell: Cell
    lines: tuple[tuple[Line, bool], ...]  # (line, with a square before it)

    @property
    def high(self) -> float:
        return len(self.lines) * self.cell.style.leading + 2 * PAD


@dataclass(frozen=True, slots=True)
class _Laid:
    """A group with its lines and heights."""

    lead: tuple[_Box, ...]
    rows: tuple[tuple[_Box, ...], ...]
    highs: tuple[float, ...]

    @property
    def high(self) -> float:
        return sum(self.highs)


class Grid(Block):
    """See the module's text. `columns` are widths in points, lead columns first; `dashed` rows are to be cut apart."""

    def __init__(  # noqa: PLR0913 (what it holds, and how it is ruled)
        self,
        columns: Sequence[float],
        groups: Sequence[Group],
        header: Sequence[Cell] = (),
        *,
        above: float = 0.0,
        ruled: bool = True,
        dashed: bool = False,
    ) -> None:
        super().__init__()
        self.above = above
        self._columns = tuple(columns)
        self._ruled = ruled
        self._dashed = dashed
        self._header = _row(tuple(header), self._columns, 0.0) if header else None
        self._groups = tuple(_group(group, self._columns) for group in groups)
        self._body = sum(group.high for group in self._groups)

    def _part(self, groups: tuple[_Laid, ...], body: float) -> Grid:
        """A part of this grid, `body` points high: told, not added up again for each page of a long one."""
        part = Grid(self._columns, (), above=self.above, ruled=self._ruled, dashed=self._dashed)
        part._header, part._groups, part._body = self._header, groups, body
        return part

    @property
    def _head(self) -> float:
        return self._header[1] if self._header else 0.0

    def high(self, wide: float) -> float:
        """The header and all groups."""
        del wide
        return self._head + self._body

    def first(self, wide: float) -> float:
        """The header and the first group."""
        del wide
        return self._head + (self._groups[0].high if self._groups else 0.0)

    def cut(self, wide: float, room: float, *, whole_page: bool) -> tuple[Block, Block] | None:
        """Between two groups; within one only on a page that it has to itself."""
        del wide
        space = room - self._head
        taken, count = 0.0, 0
        for group in self._groups:
            if group.high > space - taken + 0.01:
                break
            taken += group.high
            count += 1
        if count:
            return self._part(self._groups[:count], taken), self._part(self._groups[count:], self._body - taken)
        if not whole_page or not self._groups:
            return None
        first, *others = self._groups
        here, there = _split(first, space)
        rest = self._body - first.high + there.high
        return self._part((here,), here.high), self._part((there, *others), rest)

    def paint(self, pen: Pen, x: float, top: float, wide: float) -> None:
        """Header, then groups, ruled round each cell."""
        del wide
        if self._header:
            boxes, high = self._header
            _paint_row(pen, boxes, self._columns, x, top, high, shade=HEADER_GREY)
            top -= high
        for group in self._groups:
            leads = len(group.lead)
            right = x + sum(self._columns[:leads])
            _paint_row(pen, group.lead, self._columns[:leads], x, top, group.high, ruled=self._ruled)
            for boxes, high in zip(group.rows, group.highs, strict=True):
                _paint_row(pen, boxes, self._columns[leads:], right, top, high, ruled=self._ruled, dashed=self._dashed)
                top -= high
            if not self._ruled:
                pen.rule(x, top, x + sum(self._columns), top, 0.4)


def _box(cell: Cell, wide: float) -> _Box:
    space = wide - 2 * PAD - (cell.style.size + 3 if cell.ticks else 0)
    lines = [
        (line, not number and place < cell.ticks)
        for place, paragraph in enumerate(cell.paragraphs)
        for number, line in enumerate(lay(paragraph, cell.style, space))
    ]
    return _Box(cell, tuple(lines))


def _row(cells: tuple[Cell, ...], columns: tuple[float, ...], least: float) -> tuple[tuple[_Box, ...], float]:
    boxes = tuple(_box(cell, wide) for cell, wide in zip(cells, columns, strict=True))
    return boxes, max(least, *(box.high for box in boxes))


def _group(group: Group, columns: tuple[float, ...]) -> _Laid:
    leads = len(group.lead)
    lead = tuple(_box(cell, wide) for cell, wide in zip(group.lead, columns[:leads], strict=True))
    rows = [_row(row, columns[leads:], group.least) for row in group.rows]
    highs = [high for _, high in rows]
    missing = max((box.high for box in lead), default=0.0) - sum(highs)
    if missing > 0:  # the lead is taller than its rows: they share the room
        highs = [high + missing / len(highs) for high in highs]
    return _Laid(lead, tuple(boxes for boxes, _ in rows), tuple(highs))


def _split(group: _Laid, room: float) -> tuple[_Laid, _Laid]:
    """A group that is taller than a page, in what fits and the rest; at least a line or a row fits."""
    count = sum(1 for end in _ends(group.highs) if end <= room)
    if 0 < count < len(group.rows) and max((box.high for box in group.lead), default=0.0) <= room:
        return (
            _Laid(group.lead, group.rows[:count], group.highs[:count]),
            _again(_Laid(group.lead, group.rows[count:], group.highs[count:])),
        )
    # A single row, or a lead, that no page can hold: between lines.
    here, there = zip(*(_cut_box(box, room) for box in group.lead), strict=True) if group.lead else ((), ())
    first = tuple(_cut_box(box, room) for box in group.rows[0])
    here_row, there_row = tuple(box for box, _ in first), tuple(box for _, box in first)
    rest_rows = (there_row, *group.rows[1:])
    rest_highs = (max((box.high for box in there_row), default=0.0), *group.highs[1:])
    return _Laid(tuple(here), (here_row,), (room,)), _again(_Laid(tuple(there), rest_rows, rest_highs))


def _again(group: _Laid) -> _Laid:
    """The heights of what is left, with room for its lead."""
    missing = max((box.high for box in group.lead), default=0.0) - group.high
    if missing <= 0:
        return group
    return replace(group, highs=(*group.highs[:-1], group.highs[-1] + missing))


def _ends(highs: tuple[float, ...]) -> list[float]:
    ends = [0.0]
    for high in highs:
        ends.append(ends[-1] + high)
    return ends[1:]


def _cut_box(box: _Box, room: float) -> tuple[_Box, _Box]:
    count = max(1, int((room - 2 * PAD + 0.01) // box.cell.style.leading))
    return replace(box, lines=box.lines[:count]), replace(box, lines=box.lines[count:])


def _paint_row(  # noqa: PLR0913, PLR0917 (a rectangle is four numbers)
    pen: Pen,
    boxes: tuple[_Box, ...],
    columns: tuple[float, ...],
    x: float,
    top: float,
    high: float,
    *,
    shade: float | None = None,
    ruled: bool = True,
    dashed: bool = False,
) -> None:
    for box, wide in zip(boxes, columns, strict=True):
        cell = box.cell
        grey = shade if cell.shade is None else cell.shade
        if grey is not None:
            pen.shade(x, top - high, wide, high, grey)
        _paint_lines(pen, box, x, top, wide, high)
        if cell.corner:
            mark = lay(((cell.corner, True),), STRONG, wide - PAD)
            pen.lines(mark, STRONG, x, top - high + len(mark) * STRONG.leading + 1, wide - PAD, "right")
        if dashed:
            _to_cut(pen, x, top, wide, high)
        elif ruled:
            pen.box(x, top - high, wide, high)
        x += wide


def _to_cut(pen: Pen, x: float, top: float, wide: float, high: float) -> None:
    """Dashed edges that lie dash on dash on those of the cells beside: each is drawn the same way."""
    for y in (top, top - high):
        pen.rule(x, y, x + wide, y, 0.8, dashed=True)
    for side in (x, x + wide):
        pen.rule(side, top, side, top - high, 0.8, dashed=True)


def _paint_lines(  # noqa: PLR0913, PLR0917 (a rectangle is four numbers)
    pen: Pen, box: _Box, x: float, top: float, wide: float, high: float
) -> None:
    style, align = box.cell.style, box.cell.align
    inset = style.size + 3 if box.cell.ticks else 0.0
    y = top - PAD
    if align == "centre":
        y -= (high - box.high) / 2
    for line, square in box.lines:
        if square:
            side = style.size - 2
            pen.box(x + PAD, y - style.leading + (style.leading - side) / 2, side, side, 0.8)
        pen.line(line, style, x + PAD + inset, y, wide - 2 * PAD - inset, align)
        if box.cell.struck and line.width:
            middle = y - style.leading * STRUCK
            pen.rule(x + PAD + inset, middle, x + PAD + inset + line.width, middle, 0.8)
        y -= style.leading


def widths(total: float, *parts: float) -> tuple[float, ...]:
    """`total` points shared out in proportion to `parts`."""
    whole = sum(parts)
    return tuple(total * part / whole for part in parts)


def header(*titles: str) -> tuple[Cell, ...]:
    """A header row of bold titles."""
    return tuple(Cell((((title, True),),), STRONG) for title in titles)
