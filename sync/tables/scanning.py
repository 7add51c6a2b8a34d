"""Where the rows of a piece of text begin and end: all its bytes looked at at once, with no step a row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

LF: Final = 10
CR: Final = 13


@dataclass(frozen=True, slots=True)
class Scan:
    """The bytes, the places of all line breaks, of those that end a row, and of the delimiters that part cells."""

    data: NDArray[np.uint8]
    breaks: NDArray[np.intp]
    ends: NDArray[np.intp]
    delimiters: NDArray[np.intp]

    def lines(self, places: NDArray[np.intp]) -> NDArray[np.intp]:
        """How many line breaks stand before each of `places`."""
        return np.searchsorted(self.breaks, places)


def scan(raw: bytes, delimiter: str, quote: str, *, final: bool) -> Scan | None:
    """The structure of `raw` (UTF-8), or None when quotes or line ends are not as RFC 4180 has them.

    With `final` nothing follows.
    `delimiter` and `quote` are ASCII, so no byte of a longer letter is taken for one. An open quote at the end is no
    fault here: no row ends after it.
    """
    data = np.frombuffer(raw, np.uint8)
    breaks = np.flatnonzero(data == LF)
    delimiters = np.flatnonzero(data == ord(delimiter))
    ends = breaks
    quotes = np.flatnonzero(data == ord(quote)) if quote else np.zeros(0, np.intp)
    if quotes.size:
        if not _well_formed(data, quotes, ord(delimiter), ord(quote)):
            return None
        ends = _outside(breaks, quotes)
        delimiters = _outside(delimiters, quotes)
    returns = np.flatnonzero(data == CR)
    if returns.size:
        alone = returns[data[np.minimum(returns + 1, data.size - 1)] != LF]
        if not final:
            alone = alone[alone < data.size - 1]  # its LF may be in the next piece
        if _outside(alone, quotes).size:
            return None
    return Scan(data, breaks, ends, delimiters)


def _outside(places: NDArray[np.intp], quotes: NDArray[np.intp]) -> NDArray[np.intp]:
    """Those that an even number of quotes stands before: a doubled quote closes and opens again, which is the same."""
    before = np.searchsorted(quotes, places)
    return np.compress((before & 1) == 0, places)


def _well_formed(data: NDArray[np.uint8], quotes: NDArray[np.intp], delimiter: int, quote: int) -> bool:
    opening, closing = quotes[0::2], quotes[1::2]
    before = data[np.maximum(opening - 1, 0)]
    opens = (opening == 0) | (before == delimiter) | (before == LF) | (before == quote)
    after = data[np.minimum(closing + 1, data.size - 1)]
    closes = (closing == data.size - 1) | (after == delimiter) | (after == LF) | (after == CR) | (after == quote)
    return bool(opens.all() and closes.all())
