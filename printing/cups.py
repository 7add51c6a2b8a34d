"""CUPS's own programs, run: `lp`, `lpstat`, `cancel`, and `ipptool` where it is. Nothing else asks the print service.

They reach it through its file alone, so nothing goes over a network, and always answer in English.
"""

from __future__ import annotations

import os
import subprocess
from typing import Final

SERVICE: Final = "/run/cups/cups.sock"  # the print service of this PC itself: a file
_SECONDS: Final = 20  # a print server that does not answer in this time is out of reach


def run(command: list[str], given: bytes | None = None) -> subprocess.CompletedProcess[str]:
    """Run a CUPS program in the C locale. A program that hangs or is gone counts as one that failed.

    Left to themselves, CUPS's programs try port 631 of this PC where the service's file is missing; named by its file,
    a service that does not run is one that cannot be reached, and no server of another machine can be set.
    """
    environment = {**os.environ, "LC_ALL": "C", "LANGUAGE": "C", "CUPS_SERVER": SERVICE}
    if (original := environment.pop("LD_LIBRARY_PATH_ORIG", None)) is not None:
        environment["LD_LIBRARY_PATH"] = original  # a frozen program's own libraries are not for CUPS's programs
    try:
        done = subprocess.run(  # noqa: S603 (a fixed list of words, no shell)
            command, input=given or b"", capture_output=True, timeout=_SECONDS, check=False, env=environment
        )
    except (OSError, subprocess.TimeoutExpired) as trouble:
        return subprocess.CompletedProcess(command, 1, "", str(trouble))
    return subprocess.CompletedProcess(
        command, done.returncode, done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace")
    )


def address(job: int) -> str:
    """The URI of a job, by which `ipptool` asks for it: the host is the service's file, so no network is tried."""
    host = SERVICE.replace("/", "%2F")
    return f"ipp://{host}/jobs/{job}"
