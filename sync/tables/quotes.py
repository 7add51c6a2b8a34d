"""The careful way through text that the fast way does not take: stray quotes, and lines that end with CR alone.

A quote that was not doubled is read as it was meant: a quoted cell ends where a quote stands before a delimiter or the
end of a line. Such a cell is reported. Where that reading would swallow rows, the file is refused instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """One row: its cells and its text without the end of the line, and whether a quote was mended.

    `before` line breaks stand before it in the text, `breaks` within it; `end` is the place after it and its own break.
    """

    cells: tuple[str, ...]
    raw: str
    before: int
    breaks: int
    end: int
    mended: bool


class Unclosed(Exception):
    """A quoted cell that is never closed, or only after it has swallowed other rows; `before` it stand line breaks."""

    def __init__(self, before: int) -> None:
        super().__init__(before)
        self.before = before


class Splitter:
    """Splits text into rows, for one delimiter and quote (may be empty: then quotes mean nothing).

    With `escape`, that sign before a quote or before itself says that it is text.
    """

    def __init__(self, delimiter: str, quote: str, escape: str = "") -> None:
        self._delimiter = delimiter
        self._quote = quote
        self._escape = escape if quote else ""
        sign = re.escape(self._escape)
        self._escaped = re.compile(f"{sign}({sign}|{re.escape(quote)})") if self._escape else None
        self._bare = re.compile(f"[^{re.escape(delimiter)}\r\n]*")
        self._closing = (delimiter, "\n", "\r", "")

    def rows(self, text: str, *, final: bool) -> Iterator[Line]:
        """The whole rows at the start of `text`. With `final` the last may lack its end. Raises `Unclosed`."""
        position, before = 0, 0
        while position < len(text):
            line = self._row(text, position, before, final=final)
            if line is None:
                return
            yield line
            before += line.breaks + 1
            position = line.end

    def _row(self, text: str, start: int, before: int, *, final: bool) -> Line | None:
        cells: list[str] = []
        mended, position = False, start
        while True:
            if self._quote and text.startswith(self._quote, position):
                end = self._close(text, position + 1)
                if end is None and final:
                    raise Unclosed(before)
                if end is None:
                    return None
                inner = text[position + 1 : end]
                stray = self._is_stray(inner, before)
                mended = mended or stray
                cells.append(self._text(inner))
                position = end + 1
            else:
                match = self._bare.match(text, position)
                assert match is not None
                cells.append(match[0])
                position = match.end()
            if not text.startswith(self._delimiter, position):
                break
            position += 1
        raw, rest = text[start:position], text[position : position + 2]
        if not final and rest in {"", "\r"}:
            return None
        end = position + (2 if rest == "\r\n" else len(rest[:1]))
        return Line(tuple(cells), raw, before, _breaks(raw), end, mended)

    def _text(self, inner: str) -> str:
        """What stands between two quotes, as it was meant."""
        if self._escaped is None or self._escape not in inner:
            return inner.replace(self._quote * 2, self._quote)
        text, end = "", 0
        for found in self._escaped.finditer(inner):
            text += inner[end : found.start()].replace(self._quote * 2, self._quote) + found[1]
            end = found.end()
        return text + inner[end:].replace(self._quote * 2, self._quote)

    def _is_stray(self, inner: str, before: int) -> bool:
        if self._escaped is not None:
            inner = self._escaped.sub("", inner)
        plain = inner.replace(self._quote * 2, "")
        if self._quote not in plain:
            return False
        if "\n" in inner and any(sign in plain for sign in (self._delimiter + self._quote, "\n" + self._quote)):
            raise Unclosed(before)
        return True

    def _close(self, text: str, position: int) -> int | None:
        """Where the quote stands that closes the cell whose text begins at `position`."""
        while (position := text.find(self._quote, position)) >= 0:
            following = text[position + 1 : position + 2]
            if self._escape and self._is_escaped(text, position):
                position += 1
            elif following == self._quote:
                position += 2
            elif following in self._closing:
                return position
            else:
                position += 1
        return None

    def _is_escaped(self, text: str, position: int) -> bool:
        start = position
        while text.startswith(self._escape, start - 1) and start > 0:
            start -= 1
        return (position - start) % 2 == 1


def _breaks(text: str) -> int:
    return text.count("\n") + text.count("\r") - text.count("\r\n")
