"""A warm process that forks a child for each run of the command line: Python's start would cost more than most runs take.

Started by `shim.Warm` with the shim laid under it; one line of JSON in, one out. A child arms the shim for itself alone, waits
until all that were asked for together stand ready, runs the verb (or a function of the tests), and leaves.
"""

from __future__ import annotations

import ctypes
import importlib
import json
import os
import resource
import signal
import sys
from contextlib import redirect_stderr, redirect_stdout, suppress
from pathlib import Path
from typing import Any

from backupreader import cli
from backupreader.commands import COMMANDS
from backupreader.domain.trouble import OUR_FAULT, ReaderError
from backupreader.store.selftest import self_test
from sync.adapters import adapters
from tests.faults.shim import Done, Run

LONGEST_SECONDS = 120
PAGE = os.sysconf("SC_PAGE_SIZE")
LOADED = (
    "sync.receive",
    "sync.export",
    "backupreader.store.opening",
    "tests.faults.scenes",
    "typer",
)


def main() -> None:
    """Answer until the input ends."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    shim = ctypes.CDLL(None)
    shim.shim_kinds.restype = ctypes.c_char_p
    shim.shim_arm.argtypes = [ctypes.c_char_p, ctypes.c_int, ctypes.c_int, ctypes.c_long, ctypes.c_int]
    _warm()
    for line in sys.stdin:
        answers.write(json.dumps(_all(shim, json.loads(line))) + "\n")
        answers.flush()


def _warm() -> None:
    """Load all that a verb loads when it is at work, by letting some be refused."""
    for name in (*COMMANDS, *LOADED):
        importlib.import_module(name)
    adapters()
    self_test()
    with Path(os.devnull).open("w", encoding="utf-8") as nobody, redirect_stdout(nobody), redirect_stderr(nobody):
        for words in (["receive"], ["search", "x"], ["export"], ["vault", "recovery"]):
            cli.run([*words, "--data", "/dev/null/nowhere"])


def _all(shim: Any, runs: list[Run]) -> list[Done]:
    waits, gate = os.pipe()
    children = []
    for run in runs:
        notes = [os.memfd_create(name) for name in ("out", "err", "calls")]
        child = os.fork()
        if child == 0:
            os.close(gate)
            _child(shim, run, notes, waits)
        children.append((child, notes))
    os.close(waits)
    os.close(gate)  # all of them see the end of this pipe at one moment
    return [_ended(child, notes) for child, notes in children]


def _ended(child: int, notes: list[int]) -> Done:
    _, status = os.waitpid(child, 0)
    texts = []
    for note in notes:
        texts.append(os.pread(note, os.fstat(note).st_size, 0).decode("utf-8", "replace"))
        os.close(note)
    return {"status": os.waitstatus_to_exitcode(status), "calls": texts[2], "out": texts[0], "err": texts[1]}


def _child(shim: Any, run: Run, notes: list[int], waits: int) -> None:
    """Never returns."""
    status = OUR_FAULT
    try:
        signal.alarm(LONGEST_SECONDS)
        os.dup2(notes[0], 1)
        os.dup2(notes[1], 2)
        os.read(waits, 1)
        if run["memory"] is not None:
            used = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * PAGE
            resource.setrlimit(resource.RLIMIT_AS, (used + run["memory"], resource.RLIM_INFINITY))
        shim.shim_arm(run["below"].encode(), run["reads"], run["does"], run["at"], run["code"])
        status = _run(run["words"])
        sys.stdout.flush()
        sys.stderr.flush()
        os.write(notes[2], shim.shim_kinds())
    finally:
        os._exit(status)


def _run(words: list[str]) -> int:
    module, colon, name = words[0].partition(":")
    if not colon:
        return cli.run(words)
    try:
        getattr(importlib.import_module(module), name)(*words[1:])
    except ReaderError as trouble:
        cli.show(trouble, cli.Language("en"))
        return trouble.kind.status
    return 0


if __name__ == "__main__":
    with suppress(BrokenPipeError):  # whoever asked is gone
        main()
