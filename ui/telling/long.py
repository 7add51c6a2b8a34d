"""Long texts: their first lines at once, and all of them when that is asked for, in pieces that a page can draw.

Nothing is lost between the pieces: put together, they are the text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from ui.chapter import ToWhole, View
from ui.rows import Kind, Row

LONG: Final = 4_000
"""A text of more characters than this is not shown whole at once."""
_FIRST: Final = 1_200
_PIECE: Final = 2_000


def pieces(text: str, longest: int = _PIECE) -> Iterator[str]:
    """The text in pieces of at most so many characters, parted after a line or a word where there is one."""
    start = 0
    while len(text) - start > longest:
        end = start + longest
        for sign in ("\n", " "):
            at = text.rfind(sign, start + longest // 2, end)
            if at >= 0:
                end = at + 1
                break
        yield text[start:end]
        start = end
    yield text[start:]


def long_rows(row: Row, text: str, view: View) -> tuple[Row, ...]:
    """The row with the text as its last detail; of a long one its beginning, and the row that opens it."""
    if len(text) <= LONG:
        return (replace(row, details=(*row.details, text) if text else row.details),)
    record = row.origin.id if row.origin is not None else ""
    if record not in view.whole:
        first = next(pieces(text, _FIRST))
        title = view.language.text("Read all of it: {number} characters").format(number=f"{len(text):,}")
        return (
            replace(row, details=(*row.details, first.rstrip() + " …")),
            Row(kind=Kind.ACTION, title=title, target=ToWhole(record), origin=row.origin),
        )
    first, *others = pieces(text)
    rest = (Row(kind=Kind.TEXT, title=piece, origin=row.origin) for piece in others)
    return (replace(row, details=(*row.details, first)), *rest)
