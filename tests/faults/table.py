"""The table of figures: as it is printed, and as it stands in ``installer/fault-figures.md``, a row a figure or a part of one."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Final

from tests.faults.figure import MOST_NAMED, Tried, Untried

HEAD: Final = ("figure", "what was done", "cases", "goal", "violations", "met", "cores", "date", "version")
INTRODUCTION: Final = """\
# What the program survives

Written by `python3 installer/run.py faults --long`: each kind of fault, in how many cases it was tried on the real program, and how
often it broke one of the six promises: the newest readable generation is the old or the new one, whole; success is never reported for
what is not there; the same package again, and then the next, arrive; staging is empty, and no plaintext and no key lies on the disk;
the outcome is a documented word; older generations are untouched. The forgotten passphrase, the dead PC and the lost code sheet (F17)
are journeys of the ordinary tests: `tests/journeys/test_drills.py`.

"""
PROJECT: Final = Path(__file__).parents[2] / "pyproject.toml"
_NUMBER = re.compile(r"F(\d+)")


def row(result: Tried | Untried, today: date) -> tuple[str, ...]:
    """One row of the file."""
    if isinstance(result, Untried):
        found = ("–", "–", "–", f"not tried: {result.why}")
    else:
        found = (f"{result.cases:,}", f"{result.goal:,}", str(len(result.violations)), _met(result))
    machine = (str(os.cpu_count()), today.isoformat(), _version())
    return (result.id, result.what, *found, *machine)


def _version() -> str:
    return str(tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]["version"])


def _met(result: Tried) -> str:
    if result.met:
        return "yes"
    return "NO: " + ("; ".join(result.violations[:MOST_NAMED]) or "too few cases")


def write(path: Path, rows: Sequence[tuple[str, ...]]) -> None:
    """Put the rows in the place of those of the same figures; an untried figure takes no tried one's place."""
    kept = read(path)
    fresh = {one[0] for one in rows if one[2] != "–"} | ({one[0] for one in rows} - {one[0] for one in kept})
    every = [one for one in kept if one[0] not in fresh] + [one for one in rows if one[0] in fresh]
    every.sort(key=lambda one: (_order(one[0]), one[1]))
    lines = [_line(HEAD), _line(["---"] * len(HEAD)), *map(_line, every)]
    path.write_text(INTRODUCTION + "\n".join(lines) + "\n", encoding="utf-8")


def read(path: Path) -> list[tuple[str, ...]]:
    """The rows that stand in the file."""
    if not path.exists():
        return []
    lines = path.read_text(encoding="utf-8").splitlines()
    rows = [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in lines if line.startswith("| F")]
    return [one for one in rows if len(one) == len(HEAD)]


def printed(results: Iterable[Tried | Untried]) -> str:
    """The table on a terminal, and under it each violation that is named."""
    results = list(results)
    rows = [HEAD[:6], *(row(result, date.min)[:6] for result in results)]
    short = [(*one[:5], one[5] if one[5] == "yes" else one[5].partition(":")[0]) for one in rows]
    widths = [max(len(one[column]) for one in short) for column in range(6)]
    right = {2, 3, 4}
    lines = [
        "  ".join(
            cell.rjust(width) if column in right else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(one, widths, strict=True))
        ).rstrip()
        for one in short
    ]
    for result in results:
        told = [result.why] if isinstance(result, Untried) else result.violations[:MOST_NAMED]
        lines += [f"  {result.id}: {said}" for said in told]
    met = sum(result.met for result in results if isinstance(result, Tried))
    return "\n".join([*lines, "", f"{met} of {len(results)} figures met"])


def _order(figure: str) -> int:
    match = _NUMBER.match(figure)
    return int(match[1]) if match else 0


def _line(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "¦").replace("\n", " ") for cell in cells) + " |"
