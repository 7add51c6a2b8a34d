"""F14: what reads strangers' bytes: no crash, no hang over five seconds, less than 512 MiB.

Bounded, every reader is given inputs damaged by chance for a moment; long, each is fuzzed for minutes (``FUZZING_SECONDS``,
five minutes by itself), guided by what the bytes reach. Every case is one input; the hours stand in the words.
"""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from tests.faults.figure import Amount, Tried, Untried
from tests.faults.readers import readers
from tests.faults.verbs import ROOT

FIGURES: Final = ("F14",)
PROGRAM: Final = Path(__file__).resolve().parents[1] / "fuzzing.py"
MOMENT: Final = 0.6
"""Seconds that each reader gets in the bounded amount."""
SLOWEST: Final = 5
MEMORY: Final = 512
LONGEST: Final = 1 << 17
FEWEST: Final = 10
"""Inputs that each reader gets in any case."""


def tried(amount: Amount, folder: Path) -> Iterator[Tried | Untried]:
    """Every reader with damage by chance; in the long amount every reader guided too."""
    yield _by_chance(MOMENT if amount is Amount.BOUNDED else 10 * MOMENT)
    if amount is Amount.LONG:
        if find_spec("atheris") is None:
            yield Untried(id="F14", what="guided fuzzing", why="the fuzzer is not made for this machine")
            return
        seconds = int(os.environ.get("FUZZING_SECONDS", "300"))
        with tempfile.TemporaryDirectory() as work:
            names = [reader.name for reader in readers(Path(work))]
        for name in names:
            yield _guided(name, seconds)


def _by_chance(seconds: float) -> Tried:
    ran = subprocess.run(
        [sys.executable, "-P", str(PROGRAM), "plain", str(seconds)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    told = [json.loads(line) for line in ran.stdout.splitlines()]
    violations = [f"{one['reader']}: {one['wrong']}" for one in told if one["wrong"]]
    violations += [f"{one['reader']}: took {one['slowest']} s" for one in told if one["slowest"] > SLOWEST]
    violations += [f"{one['reader']}: {one['mib']} MiB" for one in told if one["mib"] > MEMORY]
    violations += [f"{one['reader']}: {one['inputs']} inputs only" for one in told if one["inputs"] < FEWEST]
    if ran.returncode:
        violations.append(f"ended with {ran.returncode}: {ran.stderr[-300:]}")
    return Tried(
        id="F14",
        what=f"{len(told)} readers given damaged inputs for {seconds:g} s each",
        cases=sum(one["inputs"] for one in told),
        goal=FEWEST * len(told),
        violations=tuple(violations),
    )


def _guided(name: str, seconds: int) -> Tried:
    limits = [f"-timeout={SLOWEST}", f"-rss_limit_mb={MEMORY}", f"-max_total_time={seconds}", "-print_final_stats=1"]
    limits += [f"-max_len={LONGEST}", "-len_control=0"]
    with tempfile.TemporaryDirectory() as kept:  # what it ends on is laid here, and told
        ran = subprocess.run(
            [sys.executable, "-P", str(PROGRAM), "guided", name, *limits, f"-artifact_prefix={kept}/"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
        )
        ended_on = [f"{path.name}: {path.read_bytes()[:200]!r}" for path in Path(kept).iterdir()]
    stats = {key: int(value) for key, value in re.findall(r"stat::(\w+): +(\d+)", ran.stderr)}
    # After its last word the timer of the fuzzer may still ring, when the interpreter no longer listens.
    well = ran.returncode == 0 or (ran.returncode == -signal.SIGALRM and stats)
    told = re.search(r"=== Uncaught.*", ran.stdout + ran.stderr, re.DOTALL)
    words = told[0][:600] if told else ran.stderr[-600:]
    violations = ended_on + ([] if well else [f"ended with {ran.returncode}: {words}"])
    return Tried(
        id="F14",
        what=f"{name}: guided for {seconds / 60:g} min, at most {stats.get('peak_rss_mb')} MiB",
        cases=stats.get("number_of_executed_units", 0),
        goal=FEWEST,
        violations=tuple(violations),
    )
