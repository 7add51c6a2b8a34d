"""The fault bench: every figure of the faults, tried and counted. ``run.py faults [--long] [--only F1,F7] [--json] [--write]``.

The table goes to standard output, progress to standard error. The exit status is 0 where every figure that could be tried is met, 1
where one is not. ``--long`` tries the figures themselves and writes their rows into ``installer/fault-figures.md``; rows of figures
that were not asked for, or cannot be tried on this machine, stay there as they are.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path
from typing import Final

from tests.faults import table
from tests.faults.figure import Amount, Tried, Untried

FIGURES: Final = {
    "figures.kills": ("F1",),
    "figures.failing": ("F2", "F3", "F4"),
    "figures.reads": ("F5",),
    "figures.realcuts": ("F6",),
    "figures.powercuts": ("F7",),
    "figures.harness": ("F8",),
    "figures.packages": ("F9",),
    "figures.replays": ("F10",),
    "figures.clocks": ("F11",),
    "figures.crowd": ("F12",),
    "figures.sticks": ("F13",),
    "figures.readers": ("F14",),
    "figures.pages": ("F15",),
    "figures.slots": ("F16",),
    "figures.network": ("F18",),
    "figures.leaks": ("F19",),
    "figures.paper": ("F20",),
    "figures.memory": ("F21",),
    "figures.soak": ("F22",),
}
"""The figures that each member tries, in the order of the table. F17, the drills, are journeys: tests/journeys/test_drills.py."""
TABLE: Final = Path(__file__).parents[2] / "installer" / "fault-figures.md"
MEMORY: Final = Path("/dev/shm")


def main() -> int:
    """Try what was asked for, print, and leave with 0 where all of it is met."""
    wanted = _asked()
    amount = Amount.LONG if wanted.long else Amount.BOUNDED
    results: list[Tried | Untried] = []
    members = [member for member, ids in FIGURES.items() if not wanted.only.isdisjoint(ids)]
    # Each in a process of its own, as many at once as there are cores; the bounded run keeps to one.
    workers = (os.cpu_count() or 1) if wanted.long else 1
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        for member, found in zip(members, pool.map(tried, members, [amount] * len(members)), strict=True):
            print(f"… {', '.join(FIGURES[member])}", file=sys.stderr, flush=True)
            asked = [result for result in found if result.id in wanted.only]
            results += asked
            if wanted.long or wanted.write:
                table.write(TABLE, [table.row(result, datetime.now(UTC).date()) for result in asked])
    if wanted.json:
        print(json.dumps({"rows": [_as_json(result) for result in results]}, ensure_ascii=False, indent=1))
    else:
        print(table.printed(results))
    return 0 if all(result.met for result in results if isinstance(result, Tried)) else 1


def tried(member: str, amount: Amount) -> list[Tried | Untried]:
    """What one member found, in a folder of its own that is gone afterwards."""
    module = importlib.import_module(f"tests.faults.{member}")
    with scratch() as folder:
        return list(module.tried(amount, folder))


@contextmanager
def scratch() -> Iterator[Path]:
    """A folder in memory where there is room for it: a disk that is really synced a million times wears, and waits."""
    roomy = MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > 4 << 30
    with tempfile.TemporaryDirectory(prefix="backupreader-faults-", dir=MEMORY if roomy else None) as folder:
        yield Path(folder)


def _asked() -> argparse.Namespace:
    every = [figure for ids in FIGURES.values() for figure in ids]
    parser = argparse.ArgumentParser(prog="run.py faults", description="What the program survives, tried and counted.")
    parser.add_argument("--json", action="store_true", help="one JSON document instead of the table")
    parser.add_argument("--long", action="store_true", help="the whole figures: the better part of an hour")
    parser.add_argument(
        "--write", action="store_true", help=f"write the rows into {TABLE.name} after a shorter run too"
    )
    parser.add_argument(
        "--only", type=_ids, default=frozenset(every), metavar="F1,F7", help=f"figures among {', '.join(every)}"
    )
    return parser.parse_args()


def _ids(text: str) -> frozenset[str]:
    every = {figure for ids in FIGURES.values() for figure in ids}
    wanted = frozenset(text.upper().replace(" ", "").split(","))
    if wanted - every:
        raise argparse.ArgumentTypeError(f"no such figure: {', '.join(sorted(wanted - every))}")
    return wanted


def _as_json(result: Tried | Untried) -> dict[str, object]:
    if isinstance(result, Untried):
        return {"id": result.id, "what": result.what, "met": None, "why": result.why}
    return {
        "id": result.id,
        "what": result.what,
        "cases": result.cases,
        "goal": result.goal,
        "violations": list(result.violations),
        "met": result.met,
    }


if __name__ == "__main__":
    sys.exit(main())
