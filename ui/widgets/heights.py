"""How high the rows of a list are, of which only those that were seen have been measured.

Each other one is taken to be as high as the `estimate`. The offset of any row, and the row at any offset, cost the
logarithm of the number of rows: a list of half a million opens as fast as one of ten.
"""

from __future__ import annotations

from collections.abc import Callable


class Heights:
    """The heights of `count` rows; `measure` tells the height of one, and is asked once for each that is needed."""

    def __init__(self, count: int, estimate: int, measure: Callable[[int], int]) -> None:
        self.count = count
        self._estimate = max(1, estimate)
        self._measure = measure
        self._known: dict[int, int] = {}
        self._more: dict[int, int] = {}  # a Fenwick tree: by how much measured rows are higher than the estimate

    def high(self, row: int) -> int:
        """How high a row is: measured now, where it has not been."""
        found = self._known.get(row)
        if found is None:
            found = self._known[row] = max(1, self._measure(row))
            self._add(row, found - self._estimate)
        return found

    def guessed(self, row: int) -> int:
        """How high a row is as far as is known; nothing is measured."""
        return self._known.get(row, self._estimate)

    def forget(self, row: int) -> None:
        """The row has changed: measure it when it is needed again."""
        found = self._known.pop(row, None)
        if found is not None:
            self._add(row, self._estimate - found)

    def offset(self, row: int) -> int:
        """Where a row begins; of the row after the last, how high all are."""
        more, at = 0, row
        while at > 0:
            more += self._more.get(at, 0)
            at &= at - 1
        return row * self._estimate + more

    @property
    def total(self) -> int:
        """How high all rows are."""
        return self.offset(self.count)

    def row_at(self, offset: int) -> int:
        """The row that stands there; the first above all of them, and the number of rows below all of them."""
        row, left = 0, offset
        step = 1 << self.count.bit_length()
        while step:
            further = row + step
            if further <= self.count:
                high = step * self._estimate + self._more.get(further, 0)
                if high <= left:
                    row, left = further, left - high
            step >>= 1
        return row

    def _add(self, row: int, more: int) -> None:
        at = row + 1
        while at <= self.count:
            self._more[at] = self._more.get(at, 0) + more
            at += at & -at
