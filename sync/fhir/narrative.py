"""The plain text of a FHIR narrative (XHTML): tags are dropped, nothing is fetched, run or trusted."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Final

_BREAKS: Final = frozenset({
    "address", "blockquote", "br", "div", "dd", "dl", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p",
    "pre", "table", "tr", "ul",
})  # fmt: skip
_CELLS: Final = frozenset({"td", "th"})
_ROWS: Final = frozenset({"table", "tbody", "tfoot", "thead", "tr"})
_STRUCK: Final = frozenset({"del", "s", "strike"})
_CELL: Final = "\x1f"  # before what a cell holds
_SILENT: Final = frozenset({"script", "style", "head", "title"})


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._silent = 0
        self._in_cell = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _ROWS:
            self._in_cell = False
        if tag in _SILENT:
            self._silent += 1
        elif tag in _BREAKS:
            self._break()
        elif tag in _CELLS:
            self._in_cell = True
            self.pieces.append(_CELL)
        elif tag == "sup":  # 10⁹ must not read as 109
            self.pieces.append("^")
        elif tag in _STRUCK:
            self.pieces.append("[deleted: ")
        elif tag == "img":
            self.pieces.append(next((said for name, said in attrs if name == "alt" and said), ""))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _SILENT:
            self.handle_starttag(tag, attrs)
            if tag in _CELLS | _STRUCK:
                self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag in _CELLS:
            self._in_cell = False
        elif tag in _STRUCK:
            self.pieces.append("]")
        elif tag in _BREAKS:
            self._in_cell = self._in_cell and tag not in _ROWS
            self._break()

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.pieces.append(" ".join(data.split("\n")) if self._in_cell else data)

    def _break(self) -> None:
        """A new line; within a cell a blank, since its row is one line."""
        self.pieces.append(" " if self._in_cell else "\n")


def plain(markup: str) -> str | None:
    """What `markup` says, one line a block or row; None where it says nothing.

    An empty cell keeps its place: the third of a row must not read as the second. An unclosed
    silent tag hides the rest, as in a browser.
    """
    reader = _Text()
    reader.feed(markup)
    reader.close()
    lines = (_line(line) for line in "".join(reader.pieces).split("\n"))
    return "\n".join(line for line in lines if line) or None


def _line(written: str) -> str:
    """A line with single blanks; the cells of a row apart from each other, unless all of them are empty."""
    before, *cells = (" ".join(part.split()) for part in written.split(_CELL))
    return " ".join(filter(None, (before, " | ".join(cells).rstrip()))) if any(cells) else before
