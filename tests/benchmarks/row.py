"""What a row of the benchmarks is: a figure of ours beside one of a peer's or a limit, taken in the same run.

A member of ``rows/`` is a module with ``measure(made, rounds)``: an iterator of `Line`. It takes its input from `made.Made`, takes
every pair of figures with `side_by_side`, in turn and in the same process or the same kind of process, and yields one
`Line` for each peer. A peer that is not installed is said with `Absent`. ``bench.ROWS`` is the table. Nothing is asserted.
"""

from __future__ import annotations

import gc
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Goal:
    """What the ratio shall be: ours to the peer's ``at most`` the bound, or the peer's to ours ``at least`` it."""

    how: Literal["at most", "at least"]
    bound: float

    def ratio(self, ours: float, peer: float) -> float:
        return ours / peer if self.how == "at most" else peer / ours

    def met(self, ratio: float) -> bool:
        return ratio <= self.bound if self.how == "at most" else ratio >= self.bound

    def __str__(self) -> str:
        return f"{'≤' if self.how == 'at most' else '≥'} {self.bound:g}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One figure beside another. `ours` and `peer` are in `unit`, smaller being better; `what` says what is measured against what."""

    id: str
    what: str
    ours: float
    peer: float
    unit: str
    goal: Goal

    @property
    def ratio(self) -> float:
        return self.goal.ratio(self.ours, self.peer)

    @property
    def met(self) -> bool:
        return self.goal.met(self.ratio)


@dataclass(frozen=True, slots=True)
class Absent:
    """A peer that is not on this machine, and what would bring it here."""

    id: str
    what: str


def side_by_side(
    things: Mapping[str, Callable[[], object]], rounds: int, before: Callable[[], object] = gc.collect
) -> dict[str, float]:
    """The median seconds of each thing. They take turns, so that whatever slows the machine slows all; `before` is not timed."""
    taken: dict[str, list[float]] = {name: [] for name in things}
    for _ in range(rounds):
        for name, thing in things.items():
            before()
            start = time.perf_counter()
            thing()
            taken[name].append(time.perf_counter() - start)
    return {name: statistics.median(seconds) for name, seconds in taken.items()}


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which that share of them lies: the nearest one that was measured."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def program(code: str, *arguments: object) -> str:
    """Run a Python program in a fresh process of this environment; what it printed. Its cold start is part of what is timed."""
    paths = f"import sys; sys.path[:0] = {[str(ROOT), str(ROOT / 'tests' / 'benchmarks')]!r}\n"
    command = [sys.executable, "-P", "-c", paths + code, *map(str, arguments)]
    return subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout


def peak_mib() -> float:
    """The largest memory that this process has held so far, in MiB; not a number where the system does not tell.

    Not `getrusage` on Linux: its figure begins with what the process that started this one held.
    """
    status = Path("/proc/self/status")
    if status.exists():
        (line,) = (line for line in status.read_text(encoding="utf-8").splitlines() if line.startswith("VmHWM:"))
        return int(line.split()[1]) / 1024
    try:
        import resource
    except ImportError:  # Windows
        return float("nan")
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 20)
