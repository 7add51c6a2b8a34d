"""B2: the memory that building a generation takes does not grow with the municipality."""

from __future__ import annotations

import json
from collections.abc import Iterator

from made import Made
from row import Goal, Line, program

PEAK_MIB = 500
EXPORT = """
import json
from pathlib import Path
from made import Made
from row import peak_mib
made = Made(Path(sys.argv[1]), sys.argv[2])
from sync.build import build
from sync.read import read_all
from backupreader.store.files import Files
target = made.folder / "measured.db"
built = build(read_all(made.canonical), target, bytes(32), files=Files(), tick=lambda done, total: None)
target.unlink()
print(json.dumps([sum(built.counts.values()), peak_mib()]))
"""
SMALLER = {"tiny": "tiny", "small": "tiny", "medium": "small", "large": "medium"}


def measure(made: Made, rounds: int) -> Iterator[Line]:
    smaller = Made(made.folder.parent, SMALLER[made.size])
    assert smaller.canonical is not None
    few_rows, few = json.loads(program(EXPORT, made.folder.parent, smaller.size))
    rows, peak = json.loads(program(EXPORT, made.folder.parent, made.size))
    yield Line(
        id="B2",
        what=f"peak memory of a build of {rows:,} rows, against the limit",
        ours=peak,
        peer=PEAK_MIB,
        unit="MiB",
        goal=Goal("at most", 1),
    )
    yield Line(
        id="B2",
        what=f"peak memory of a build of {rows:,} rows, against {few_rows:,}",
        ours=peak,
        peer=few,
        unit="MiB",
        goal=Goal("at most", 1.3),
    )
