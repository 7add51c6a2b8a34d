"""B8: every keystroke in the one box: all that the window asks for, at each beginning of what people type."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from made import Made
from row import Absent, Goal, Line, percentile

from backupreader.store.reader import Reader

HALF_A_FRAME_MS = 8
QUESTIONS = {"tiny": 6, "small": 100}


def measure(made: Made, rounds: int) -> Iterator[Line | Absent]:
    asked = made.questions(QUESTIONS.get(made.size, 500))
    typed = [question[:end] for question in asked for end in range(1, len(question) + 1)]
    ours, plain = made.reader(), made.plain_reader()
    for reader in (ours, plain):
        reader.warm()  # as the window does before the first key
    for text in typed[:20]:
        _ask(ours, text)
        _ask(plain, text)
    taken: dict[str, list[float]] = {"ours": [], "plain": []}
    for text in typed:
        taken["ours"].append(_timed(_ask, ours, text))
        taken["plain"].append(_timed(_ask, plain, text))
    ours.close()
    plain.close()
    late = percentile(taken["ours"], 0.99)
    what = f"{len(typed):,} keystrokes"
    yield Line(
        id="B8",
        what=f"{what}, p99, against half a frame",
        ours=late,
        peer=HALF_A_FRAME_MS,
        unit="ms",
        goal=Goal("at most", 1),
    )
    for share, name in ((0.5, "p50"), (0.99, "p99")):
        yield Line(
            id="B8",
            what=f"{what}, {name}, against the same without encryption",
            ours=percentile(taken["ours"], share),
            peer=percentile(taken["plain"], share),
            unit="ms",
            goal=Goal("at most", 1.5),
        )
    if shutil.which("rg"):
        notes = made.canonical.sources[0].path / "note.csv"
        sampled = typed[:: max(1, len(typed) // 200)]
        peer = percentile([_timed(_ripgrep, notes, text) for text in sampled], 0.99)
        yield Line(
            id="B8",
            what=f"{what}, p99, against ripgrep over the exported notes",
            ours=late,
            peer=peer,
            unit="ms",
            goal=Goal("at least", 20),
        )
    else:
        yield Absent("B8", "ripgrep is not installed; apt-get install ripgrep brings it into the comparison")


def _ask(reader: Reader, text: str) -> None:
    reader.look_for(text)


def _ripgrep(file: Path, text: str) -> None:
    subprocess.run(["rg", "-i", "-F", "-m", "50", "--", text, file], stdout=subprocess.DEVNULL, check=False)


def _timed(thing: Callable[..., object], *what: object) -> float:
    start = time.perf_counter()
    thing(*what)
    return (time.perf_counter() - start) * 1000
