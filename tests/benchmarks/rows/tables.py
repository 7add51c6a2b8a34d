"""B3: one table read and checked through a profile."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from made import Made
from row import Goal, Line, side_by_side

from sync.adapter import Source
from sync.adapters.table import ADAPTER


def measure(made: Made, rounds: int) -> Iterator[Line]:
    folder = made.canonical.sources[0].path
    file = folder / "note.csv"
    source = Source(name="canonical", path=folder, adapter="table", profile="canonical")
    seconds = side_by_side({"ours": lambda: _count(ADAPTER.read(source, [file])), "peer": lambda: _bare(file)}, rounds)
    yield Line(
        id="B3",
        what="notes read and checked through a profile, against a bare csv pass",
        ours=seconds["ours"],
        peer=seconds["peer"],
        unit="s",
        goal=Goal("at most", 4),
    )


def _bare(file: Path) -> int:
    with file.open(encoding="utf-8", newline="") as stream:
        return _count(csv.reader(stream))


def _count(items: Iterator[object]) -> int:
    return sum(1 for _ in items)
