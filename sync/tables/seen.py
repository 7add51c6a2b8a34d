"""Which ids a table has had: eight bytes an id, so that a municipality's millions of notes do not fill the memory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray


class Seen:
    """The ids of one table of one source."""

    def __init__(self) -> None:
        # Sorted runs, each at least twice as long as the next: as few searches as there are doublings.
        self._runs: list[NDArray[np.int64]] = []
        self._repeated: dict[str, int] = {}
        self._first: dict[str, int] = {}

    def again(self, ids: Sequence[str]) -> Mapping[int, str]:
        """For each of `ids` that the table had before, its place and the id that it gets instead: with ``#2``."""
        hashes = np.fromiter(map(hash, ids), np.int64, len(ids))
        old = np.zeros(len(ids), np.bool_)
        for run in self._runs:
            places = np.minimum(np.searchsorted(run, hashes), run.size - 1)
            old |= run[places] == hashes
        order = np.argsort(hashes, kind="stable")
        same = hashes[order][1:] == hashes[order][:-1]
        old[order[1:][same]] = True
        self._add(hashes[order])
        found: dict[int, str] = {}
        for place in np.flatnonzero(old).tolist():
            number = self._repeated[ids[place]] = self._repeated.get(ids[place], 1) + 1
            found[place] = f"{ids[place]}#{number}"
        return found

    def first(self, own: str, content: int) -> bool | None:
        """None when this id is new; else whether it had the same content before."""
        before = self._first.get(own)
        if before is None:
            self._first[own] = content
            return None
        return before == content

    def _add(self, run: NDArray[np.int64]) -> None:
        if not run.size:
            return
        self._runs.append(run)
        while len(self._runs) > 1 and self._runs[-2].size < 2 * self._runs[-1].size:
            last = self._runs.pop()
            self._runs[-1] = np.sort(np.concatenate([self._runs[-1], last]))
