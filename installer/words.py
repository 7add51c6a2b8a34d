"""What each word of ``run.py`` does: set up what it needs, then run it.

``test``, ``check``, ``bench``, ``catalogues``, ``pictures``, ``sbom``, ``audit-libraries`` and ``lock`` are a
checkout's own words; any other is passed on to ``backupreader`` in the same environment. Nothing is set up twice: see
``environment.py``.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Final

import audit
import locks
import machine
from environment import ROOT, RUNTIME, TEST, Environment

HELP: Final = """\
usage: python3 installer/run.py WORD …        (Windows: py installer\\run.py WORD …)

  demo         a made-up municipality, all the way to the window; where there is no screen, to pages in ./demo-pages
  test         the tests; further words go to pytest
  check        what a developer runs: format, lint, types, layers, catalogues, tests; stops at the first failure
  bench        how fast it is, beside what one would compare it with  [--size SIZE] [--only B5,B8] [--json]
  faults       what it survives, each kind of fault tried and counted  [--long] [--only F1,F7] [--json]
  catalogues   renew the translations' catalogues from the code  [--check]
  pictures     draw the README's pictures anew; with FOLDER, every page of the window in every language and size
  sbom         what the program is made of, as CycloneDX 1.6  [--out FILE] [--at MOMENT]
  audit-libraries  asks, with internet, whether a locked library has a known flaw
  lock         renew the lists of locked libraries from pyproject.toml
  any other    a word of backupreader: `open --help` lists them

The first run sets up what is needed, in .venv or in the folder that BACKUPREADER_VENV names; later ones start at once.
"""
WINDOW: Final = {"demo", "open", "test", "check", "bench", "faults", "pictures"}
DEVELOPER: Final = {"test", "check", "bench", "faults", "catalogues", "pictures"}
PAGES: Final = "demo-pages"


def main(arguments: list[str]) -> int:
    """Run one word; returns or leaves with its exit status."""
    if not arguments or arguments[0] in {"-h", "--help", "help"}:
        print(HELP, end="")
        return 0 if arguments else 2
    word, rest = arguments[0], arguments[1:]
    try:
        return _run(word, rest)
    except KeyboardInterrupt:
        return 130


def _run(word: str, rest: list[str]) -> int:
    if word == "lock":
        return locks.renew()
    if word == "audit-libraries":
        return audit.audit()
    if word == "demo":
        rest = _demo(rest)
    environment = Environment(Path(os.environ.get("BACKUPREADER_VENV") or ROOT / ".venv").absolute())
    _set_up(environment, word, rest)
    if word == "check":
        return _check(environment, rest)
    if word == "test":
        os.chdir(ROOT)
    return _become(_command(environment, word, rest))


def _set_up(environment: Environment, word: str, rest: list[str]) -> None:
    """The system's libraries are looked for on each start: it takes a millisecond, and machines change."""
    lock = TEST if word in DEVELOPER else RUNTIME
    ready = environment.holds(lock)
    missing = [] if ready else machine.missing_for_venv()
    if word in WINDOW and "--headless" not in rest:
        missing += machine.missing_for_window()
    machine.provide(missing)
    if word in {"test", "check"}:
        machine.offer(machine.missing_for_screen(), "The tests that need a screen of their own will be left out.")
        machine.offer(machine.missing_for_printing(), "The tests that need a print service will be left out.")
    if not ready:
        environment.set_up(lock)


def _demo(rest: list[str]) -> list[str]:
    """The demo's words; where there is no screen it prints its pages instead of opening a window."""
    asked = any(word == "--headless" or word.startswith("--headless=") for word in rest)
    if asked or "--help" in rest or machine.has_display():
        return rest
    print(f"There is no screen here: the pages will lie in {Path(PAGES).absolute()}", file=sys.stderr, flush=True)
    return [*rest, "--headless", PAGES]


def _command(environment: Environment, word: str, rest: list[str]) -> list[str]:
    own = {
        # A file's tests stay together on one worker, so that what they share is made once.
        "test": ["-P", "-m", "pytest", "-n", "auto", "--dist", "loadfile"],
        "bench": [str(ROOT / "tests" / "benchmarks" / "bench.py")],
        "faults": ["-P", "-m", "tests.faults.bench"],
        "catalogues": [str(ROOT / "installer" / "catalogues.py")],
        "sbom": ["-P", str(ROOT / "installer" / "sbom.py")],
        "pictures": ["-P", "-m", "tests.ui.shown"],
    }
    # -P: never a module from the folder that a person happens to stand in
    return [str(environment.python), *own.get(word, ["-P", "-m", "backupreader", word]), *rest]


def _check(environment: Environment, rest: list[str]) -> int:
    """Every check in turn; stops at the first that fails."""
    python = [str(environment.python), "-P"]
    steps = {
        "format": [*python, "-m", "ruff", "format", "--check", "."],
        "lint": [*python, "-m", "ruff", "check", "."],
        "types (mypy)": [*python, "-m", "mypy"],
        "types (pyright)": [*python, "-m", "pyright", "--pythonpath", str(environment.python)],
        "layers": [str(environment.program("lint-imports")), "--no-logo"],
        "catalogues": _command(environment, "catalogues", ["--check"]),
        "tests": _command(environment, "test", rest),
    }
    for name, command in steps.items():
        print(f"== {name}", flush=True)
        if "pyright" in name and not _node():
            continue
        status = subprocess.run(command, cwd=ROOT, env=_surroundings(command), check=False).returncode
        if status:
            print(f"== {name}: failed", flush=True)
            return status
    print("== all checks passed", flush=True)
    return 0


def _node() -> bool:
    """Node for pyright: installed where we may; else said aloud, and that one check is left out."""
    try:
        machine.provide(machine.missing_for_types())
    except SystemExit as trouble:
        print(f"== NOT CHECKED: pyright is a program for node, which is not here. {trouble}", flush=True)
        return False
    return True


def _surroundings(command: list[str]) -> dict[str, str]:
    """The program's environment variables: our packages, and no window where tests run."""
    surroundings = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")])),
    }
    if "backupreader" not in command:
        surroundings.setdefault("QT_QPA_PLATFORM", "offscreen")
    return surroundings


def _become(command: list[str]) -> int:
    """Go on as `command`: its signals and its exit status are then its own."""
    if os.name != "nt":  # there, exec would return to the prompt at once
        sys.stdout.flush()
        os.execve(command[0], command, _surroundings(command))  # noqa: S606 (no shell is wanted)
    return subprocess.run(command, env=_surroundings(command), check=False).returncode
