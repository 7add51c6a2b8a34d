"""Renew the two lock files from ``pyproject.toml``: ``run.py lock``.

One list serves Linux and Windows and every Python from 3.11 (``--universal``; markers stand on the lines that differ),
and each file in it has its hashes. The test list is the runtime's with the group ``dev`` added. `uv` resolves them: no
other tool makes one list for all systems. It lives in a passing environment of its own; no program of ours needs it.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import venv
from pathlib import Path
from typing import Final

from environment import ROOT, RUNTIME, TEST, Environment

UV: Final = "uv==0.13.9"
RESOLVE: Final = "pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate"


def renew() -> int:
    """Write both lock files anew, each library at the newest version that ``pyproject.toml`` allows."""
    with tempfile.TemporaryDirectory(prefix="backupreader-lock-") as folder:
        environment = Environment(Path(folder))
        venv.create(folder, with_pip=True)
        subprocess.run([str(environment.python), "-m", "pip", "install", "--quiet", UV], check=True)
        uv = str(environment.program("uv"))
        for lock, more in ((RUNTIME, []), (TEST, ["--group", "dev", "--constraints", str(RUNTIME)])):
            resolve = [uv, *RESOLVE.split(), "pyproject.toml", *more, "--upgrade", "--output-file", str(lock)]
            if status := subprocess.run(resolve, cwd=ROOT, check=False).returncode:
                print("The lists were not renewed; what uv said stands above.", file=sys.stderr)
                return status
    print(f"Renewed {RUNTIME.name} and {TEST.name}. Run the tests before you commit them.")
    return 0
