"""What a scene of the fault bench is: one verb at work on a folder, and how to tell afterwards whether a fault broke anything.

A member of ``scenes/`` makes a template folder once; each case works on a copy of it (hard links: nothing of ours is written in
place). `words` is what is run, `below` is the folder whose calls count, and `wrong` looks at the copy afterwards: it says, in a
sentence each, which of the invariants of ``figure.py`` no longer holds, and tries the same again without any fault.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Protocol

from backupreader.domain.errors import KINDS
from tests.faults.shim import Asked, Does, Done, Warm

DOCUMENTED: Final = {0, *(kind.status for kind in KINDS)}
KILLED: Final = -9


class Scene(Protocol):
    """See the module."""

    name: str
    template: Path

    def words(self, folder: Path) -> list[str]:
        """What is run in a copy of the template."""
        ...

    def below(self, folder: Path) -> Path:
        """The part of the copy that is on the failing disk."""
        ...

    def wrong(self, folder: Path, done: Done, warm: Warm) -> Iterator[str]:
        """What the run broke. `folder` is used up by looking."""
        ...


@dataclass
class Tally:
    """Cases counted, and violations said; each is told on standard error too, since a long run takes long."""

    cases: int = 0
    violations: list[str] = field(default_factory=list)

    def add(self, cases: int, wrong: Iterable[str]) -> None:
        self.cases += cases
        for said in wrong:
            print(said, file=sys.stderr, flush=True)
            self.violations.append(said)


def copied(template: Path, folder: Path) -> Path:
    """A copy of a template, whose files are links to the template's."""
    return Path(shutil.copytree(template, folder, copy_function=os.link, symlinks=True))


def outcome(done: Done) -> Iterator[str]:
    """Whether a process ended in a documented way, and said nothing that only a programmer understands."""
    if done["status"] not in {KILLED, *DOCUMENTED}:
        yield f"ended with {done['status']}: {done['err'].strip()[-300:]}"
    if "Traceback" in done["err"] or "Exception ignored" in done["err"]:
        yield f"a traceback: {done['err'].strip()[-300:]}"


def counted(warm: Warm, scene: Scene, work: Path, *, reads: bool = False) -> tuple[str, list[str]]:
    """A letter for each call of a whole run (see ``shim.c``), and what is wrong even without a fault."""
    folder = copied(scene.template, work / "whole")
    try:
        done = warm.run(Asked(words=scene.words(folder), below=scene.below(folder), reads=reads))
        wrong = [f"{scene.name}, no fault: {said}" for said in scene.wrong(folder, done, warm)]
        if done["status"]:
            wrong.append(f"{scene.name}, no fault: ended with {done['status']}: {done['err']}")
        return done["calls"], wrong
    finally:
        shutil.rmtree(folder)


def case(  # noqa: PLR0917 (all that a case is made of)
    warm: Warm, scene: Scene, work: Path, does: Does, at: int, code: int = 0, *, reads: bool = False
) -> list[str]:
    """One case: the violations."""
    folder = copied(scene.template, work / "case")
    try:
        asked = Asked(words=scene.words(folder), below=scene.below(folder), reads=reads, does=does, at=at, code=code)
        done = warm.run(asked)
        named = f"{scene.name}, {does.name.lower()} at {at}{f' ({os.strerror(code)})' if code else ''}"
        return [f"{named}: {said}" for said in scene.wrong(folder, done, warm)]
    finally:
        shutil.rmtree(folder)


def spread(calls: int, most: int | None) -> list[int]:
    """All points from 1 to `calls`, or at most so many, evenly spread from the first to the last."""
    if most is None or most >= calls:
        return list(range(1, calls + 1))
    return sorted({1 + round(number * (calls - 1) / max(1, most - 1)) for number in range(most)})
