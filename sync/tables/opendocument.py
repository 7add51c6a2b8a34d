"""A look at the sheets of an .ods before they are opened (see `looked`): OpenDocument 1.3 part 3, 9.1 and 19.6.

A cell and a row can say that they are repeated a million times, and cells can span others.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from sync.tables.container import Container, too_large
from sync.tables.looked import Looked, check_all

_LONGEST_TAG: Final = 16 << 20
_TAG = re.compile(
    rb"<(/?)table:(table|table-row|table-cell|covered-table-cell)(?=[\s/>])((?:[^>\"']|\"[^\"]*\"|'[^']*')*?)(/?)>"
)
_NAME = re.compile(rb"\btable:name=(?:\"([^\"]*)\"|'([^']*)')")
_NUMBER = re.compile(rb"\btable:number-(rows|columns)-(repeated|spanned)=[\"'](\d+)[\"']")
_ERROR = re.compile(rb"<text:p[^>]*>\s*(#(?:REF!|N/A|DIV/0!|VALUE!|NAME\?|NUM!|NULL!)|Err:\d+)\s*</text:p>")


@dataclass(frozen=True, slots=True)
class _Tag:
    closing: bool
    name: bytes
    said: bytes
    alone: bool
    content: bytes

    def number(self, what: bytes, how: bytes) -> int:
        found = [int(count[:9]) for which, kind, count in _NUMBER.findall(self.said) if (which, kind) == (what, how)]
        return max(found, default=1)


def look(container: Container) -> dict[str, Looked]:
    """Look at all sheets: they are opened together. Raises `ReaderError` for what would fill the memory."""
    sheets: dict[str, Looked] = {}
    looked = Looked(container.path, merged=[])
    row, column, rows = 0, 0, 1
    for tag in _tags(container):
        if tag.name == b"table":
            looked = Looked(container.path, merged=[])
            if not tag.closing:
                sheets[_called(tag.said)] = looked
            row = 0
        elif tag.name == b"table-row":
            if tag.closing or tag.alone:
                row += tag.number(b"rows", b"repeated") if tag.alone else rows
            else:
                column, rows = 0, tag.number(b"rows", b"repeated")
        elif not tag.closing:
            columns = tag.number(b"columns", b"repeated")
            if not tag.alone or b"office:value" in tag.said:
                length = len(tag.content) * min(columns * rows, 1 << 24)
                looked.see(row, column + columns, length)
                looked.see(row + rows - 1, column + columns)
                _see_cell(looked, tag, row, column)
            column += columns
    check_all(container.path, sheets.values())
    return sheets


def _see_cell(looked: Looked, tag: _Tag, row: int, column: int) -> None:
    error = _ERROR.match(tag.content) if b"table:formula" in tag.said else None
    if error is not None:
        looked.errors[row, column] = error[1].decode()
    down, across = tag.number(b"rows", b"spanned"), tag.number(b"columns", b"spanned")
    if (down > 1 or across > 1) and looked.merged is not None:
        looked.merged.append(((row, column), (row + down - 1, column + across - 1)))


def _called(said: bytes) -> str:
    found = _NAME.search(said)
    return "" if found is None else html.unescape((found[1] or found[2] or b"").decode("utf-8", "replace"))


def _tags(container: Container) -> Iterator[_Tag]:
    """The tags of tables, rows and cells, each with what stands between it and the next of them."""
    rest = b""
    for piece in container.pieces("content.xml"):
        rest += piece
        found = list(_TAG.finditer(rest))
        for one, after in pairwise(found):
            yield _tag(one, rest[one.end() : after.start()])
        if found:
            rest = rest[found[-1].start() :]
        if len(rest) > _LONGEST_TAG:
            raise too_large(container.path)
    last = _TAG.match(rest)
    if last is not None:
        yield _tag(last, rest[last.end() :])


def _tag(found: re.Match[bytes], content: bytes) -> _Tag:
    return _Tag(bool(found[1]), found[2], found[3], bool(found[4]), content)
