"""Has any locked library a known flaw? ``run.py audit-libraries``, on a machine with internet.

pip-audit brings a score of libraries of its own, which have no place beside the program's: it lives in a passing
environment, as `uv` does in ``locks``. It asks about what this system would install of the lock, and installs nothing.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import venv
from pathlib import Path
from typing import Any, Final

from environment import RUNTIME, Environment

PIP_AUDIT: Final = "pip-audit==2.10.1"
FOUND: Final = 1
NOT_ASKED: Final = 3
"""No answer: nothing is known, neither good nor bad."""
_WORDS: Final = "--require-hashes --disable-pip --no-deps --format json --progress-spinner off --timeout 30"


def audit(lock: Path = RUNTIME) -> int:
    """Ask, and say what was found. 0: no known flaw; FOUND; NOT_ASKED where no service could be reached."""
    with tempfile.TemporaryDirectory(prefix="backupreader-audit-") as folder:
        environment = Environment(Path(folder))
        venv.create(folder, with_pip=True)
        installed = subprocess.run(
            [str(environment.python), "-m", "pip", "install", "--quiet", PIP_AUDIT], check=False
        ).returncode
        if installed:
            print(f"{PIP_AUDIT} could not be installed; what pip said stands above.", file=sys.stderr)
            return NOT_ASKED
        asked = subprocess.run(
            [str(environment.python), "-m", "pip_audit", *_WORDS.split(), "-r", str(lock)],
            capture_output=True,
            text=True,
            check=False,
        )
    return told(asked.stdout, asked.stderr)


def told(answer: str, trouble: str) -> int:
    """What pip-audit's answer (JSON) says, for a person; its status."""
    try:
        libraries: list[dict[str, Any]] = json.loads(answer)["dependencies"]
    except (ValueError, KeyError, TypeError):
        reason = (trouble.strip().splitlines() or ["it said nothing"])[-1]
        print(f"No service of known flaws could be asked: {reason}", file=sys.stderr)
        return NOT_ASKED
    skipped = [f"{library['name']}: {library['skip_reason']}" for library in libraries if "skip_reason" in library]
    flaws = [
        f"{library['name']} {library['version']}: {flaw['id']} (mended in: {', '.join(flaw['fix_versions']) or '–'})"
        for library in libraries
        for flaw in library.get("vulns", [])
    ]
    if len(skipped) == len(libraries):
        print("No service of known flaws could be asked: none of these libraries is known to it.", file=sys.stderr)
        return NOT_ASKED
    print("\n".join([*flaws, *skipped]) or f"No known flaw in {len(libraries)} libraries.")
    if flaws:
        return FOUND
    return NOT_ASKED if skipped else 0
