"""How fast it is: every figure beside a peer's or a limit, taken in the same run. ``run.py bench [--json] [--size …] [--only B5,…]``.

The table goes to standard output, progress and absent peers to standard error. Nothing here passes or fails: a row that falls
short is answered by a profile. The goals hold at the sizes medium and large; at small, costs that do not grow weigh more.
"""

from __future__ import annotations

import argparse
import importlib
import json
import math
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from made import SIZES, Made
from row import Absent, Line

# The rows that each member of rows/ measures, in the order of the table.
ROWS = {
    "rows.build": ("B1",),
    "rows.memory": ("B2",),
    "rows.tables": ("B3",),
    "rows.fhir": ("B4",),
    "rows.receive": ("B5", "B6", "B14"),
    "rows.answer": ("B7",),
    "rows.keystroke": ("B8",),
    "rows.citizen": ("B9",),
    "rows.window": ("B10",),
    "rows.paper": ("B11", "B12", "B13"),
    "rows.lists": ("B15",),
    "rows.sites": ("B16",),
}


def main() -> int:
    """Measure, print, and leave with 0 whether the goals are met or not."""
    wanted = _asked()
    lines: list[Line] = []
    with tempfile.TemporaryDirectory(prefix="backupreader-bench-") as passing:
        made = Made(wanted.work or Path(passing), wanted.size)
        for member, ids in ROWS.items():
            asked = frozenset(ids) & wanted.only
            if asked:
                print(f"… {', '.join(sorted(asked))}", file=sys.stderr, flush=True)
                lines += _measured(importlib.import_module(member).measure(made, wanted.rounds), asked)
    if wanted.json:
        print(json.dumps({"rows": [_as_json(line) for line in lines]}, ensure_ascii=False, indent=1))
    else:
        print(_as_table(lines, wanted.size))
    return 0


def _asked() -> argparse.Namespace:
    every = [row for ids in ROWS.values() for row in ids]
    parser = argparse.ArgumentParser(
        prog="run.py bench", description="Speed, side by side with what one would compare it with."
    )
    parser.add_argument("--json", action="store_true", help="one JSON document instead of the table")
    parser.add_argument("--size", choices=SIZES, default="small", help="of the made-up municipality (default: small)")
    parser.add_argument(
        "--only", type=_rows, default=frozenset(every), metavar="B5,B8", help=f"rows among {', '.join(every)}"
    )
    parser.add_argument(
        "--rounds", type=int, default=5, help="how often each thing is timed; the median counts (default: 5)"
    )
    parser.add_argument("--work", type=Path, help="a folder in which what is made stays for the next run")
    return parser.parse_args()


def _rows(text: str) -> frozenset[str]:
    every = {row for ids in ROWS.values() for row in ids}
    rows = frozenset(text.upper().replace(" ", "").split(","))
    if rows - every:
        raise argparse.ArgumentTypeError(f"no such row: {', '.join(sorted(rows - every))}")
    return rows


def _measured(found: Iterable[Line | Absent], asked: frozenset[str]) -> Iterable[Line]:
    for line in found:
        if isinstance(line, Absent):
            print(f"  {line.id}: {line.what}", file=sys.stderr, flush=True)
        elif line.id in asked:
            yield line


def _as_json(line: Line) -> dict[str, object]:
    return {
        "id": line.id,
        "what": f"{line.what} ({line.unit})",
        "ours": _rounded(line.ours),
        "peer": _rounded(line.peer),
        "ratio": _rounded(line.ratio),
        "goal": str(line.goal),
        "met": line.met,
    }


def _as_table(lines: list[Line], size: str) -> str:
    head = ("row", "what", "ours", "peer", "", "ratio", "goal", "met")
    rows = [
        (x.id, x.what, _short(x.ours), _short(x.peer), x.unit, _short(x.ratio), str(x.goal), "yes" if x.met else "NO")
        for x in lines
    ]
    widths = [max(len(row[column]) for row in [head, *rows]) for column in range(len(head))]
    right = {2, 3, 5}
    printed = [
        "  ".join(
            cell.rjust(width) if column in right else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in [head, tuple("-" * width for width in widths), *rows]
    ]
    met = sum(line.met for line in lines)
    return "\n".join([*map(str.rstrip, printed), "", f"size {size}: {met} of {len(lines)} goals met"])


def _rounded(value: float) -> float:
    return float(f"{value:.4g}")


def _short(value: float) -> str:
    digits = max(0, 2 - math.floor(math.log10(abs(value)))) if value else 0
    return f"{value:,.{digits}f}" if math.isfinite(value) else str(value)


if __name__ == "__main__":
    sys.exit(main())
