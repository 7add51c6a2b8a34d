"""What lies between a warm process and its disk: the shim, built here, and the process, asked from here."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from enum import IntEnum
from pathlib import Path
from types import TracebackType
from typing import Final, Self, TypedDict, cast

HERE: Final = Path(__file__).parent
NOT_HERE: Final = (
    "needs Linux and a C compiler, to get between the program and its disk"
    if sys.platform != "linux" or shutil.which("gcc") is None
    else None
)
"""Why the shim cannot be used on this machine; None where it can."""


class Run(TypedDict):
    """One run: the words of the verb, or a function as ``["module:name", argument …]``; and what the shim does to it."""

    words: list[str]
    below: str
    reads: bool
    does: int
    at: int
    code: int
    memory: int | None


class Done(TypedDict):
    """How it ended: the exit status (negative: the signal), a letter for each call (see ``shim.c``), and what it said."""

    status: int
    calls: str
    out: str
    err: str


class Does(IntEnum):
    """What the shim does to the n-th call; see ``shim.c``."""

    COUNTS = 0
    KILLS = 1
    TEARS = 2  # kills in the middle of a write
    FAILS = 3
    FAILS_FOR_EVER = 4
    SHORTENS = 5
    FILLS = 6  # the disk is full after `at` bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One run: see `Run`."""

    words: list[str]
    below: Path | str = ""
    reads: bool = False
    does: Does = Does.COUNTS
    at: int = 0
    code: int = 0
    memory: int | None = field(default=None)

    def document(self) -> Run:
        return {
            "words": self.words,
            "below": str(self.below),
            "reads": self.reads,
            "does": int(self.does),
            "at": self.at,
            "code": self.code,
            "memory": self.memory,
        }


class Warm:
    """The warm process under the shim; use it in a ``with``. `folder` is where the shim is built."""

    def __init__(self, folder: Path) -> None:
        shim = folder / "shim.so"
        subprocess.run(
            ["gcc", "-shared", "-fPIC", "-O1", "-Wall", "-o", str(shim), str(HERE / "shim.c"), "-ldl"], check=True
        )
        root = HERE.parents[1]
        surroundings = {
            **os.environ,
            "LD_PRELOAD": str(shim),
            "PYTHONPATH": str(root),
            "LANG": "C.UTF-8",
            "PYTHONFAULTHANDLER": "1",
            "OPENBLAS_NUM_THREADS": "1",  # a process that forks has one thread
        }
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "tests.faults.warm"],
            cwd=root,
            env=surroundings,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.communicate()  # the end of its input ends it

    def at_once(self, asked: list[Asked]) -> list[Done]:
        """Run them all at one moment, each in a process of its own."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps([one.document() for one in asked]) + "\n")
        self._process.stdin.flush()
        return cast("list[Done]", json.loads(self._process.stdout.readline()))

    def run(self, asked: Asked) -> Done:
        """Run one."""
        return self.at_once([asked])[0]
