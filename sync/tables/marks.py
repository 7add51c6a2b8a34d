"""Bytes and letters that no text holds: each is told with its line, and nothing that a person wrote is changed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from sync.tables.decoding import GARBLED
from sync.tables.rows import Fault

_AROUND: Final = 20
_MARK: Final = re.compile(b"(?:\\A|(?<=\n))(?:\xef\xbb\xbf)+")
# The letters of `GARBLED` as UTF-8 holds them: a quick look before the careful one.
_QUICK: Final = re.compile(b"\xc3\x83|\xc3\xa2\xe2\x82\xac")


def zeros(rest: bytes, line: int) -> tuple[bytes, list[Fault]]:
    """Zero bytes are shown as what they are: a letter that was lost. `rest` begins on `line`."""
    if b"\0" not in rest:
        return rest, []
    rows = _rows(rest, (found.start() for found in re.finditer(b"\0", rest)), line)
    return rest.replace(b"\0", b"\xef\xbf\xbd"), [Fault("zero-byte", row, "", kept=True) for row in rows]


def marks(rest: bytes, line: int, quote: str) -> tuple[bytes, list[Fault]]:
    """The mark that begins a file, at the start of a row: two files were joined. It is no letter of the row's.

    On a new line within a quoted cell it is one of the cell's, and stays.
    """
    if b"\xef\xbb\xbf" not in rest:
        return rest, []
    places: list[int] = []
    parts: list[bytes] = []
    quotes, seen, kept = 0, 0, 0
    for found in _MARK.finditer(rest):
        quotes += rest.count(quote.encode(), seen, found.start()) if quote else 0
        seen = found.start()
        if quotes % 2 == 0:
            places.append(seen)
            parts.append(rest[kept:seen])
            kept = found.end()
    return b"".join([*parts, rest[kept:]]), [
        Fault("mark-within", row, "", kept=True) for row in _rows(rest, places, line)
    ]


def garbled(rest: bytes, line: int) -> list[Fault]:
    """Rows in which å stands as two wrong letters: somebody wrote them in another encoding than he stated."""
    if _QUICK.search(rest) is None:
        return []
    text = rest.decode()
    faults: dict[int, Fault] = {}
    seen = 0
    for match in GARBLED.finditer(text):
        start, end = match.span()
        line += text.count("\n", seen, start)
        seen = start
        if line not in faults:
            before = text[max(start - _AROUND, 0) : start].rpartition("\n")[2]
            after = text[end : end + _AROUND].partition("\n")[0]
            faults[line] = Fault("text-garbled", line, before + text[start:end] + after, kept=True)
    return list(faults.values())


def _rows(rest: bytes, places: Iterable[int], line: int) -> Iterator[int]:
    """The lines of `places`, which rise; each line once."""
    seen, last = 0, 0
    for place in places:
        line += rest.count(b"\n", seen, place)
        seen = place
        if line != last:
            yield line
        last = line
