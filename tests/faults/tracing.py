"""Which network calls a command made, by the kernel's own account (strace), and a namespace that has no network at all."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

APART: Final = ("unshare", "-rn")
_CUPS: Final = frozenset({"lp", "lpstat"})
_STARTED: Final = re.compile(r'^(\d+) +execve\("[^"]*/(\w+)".* = 0$', re.MULTILINE)
_CALL: Final = re.compile(r"^(\d+) +(?=[a-z])(?!execve)(.*)$", re.MULTILINE)


def tracer(account: Path) -> tuple[str, ...]:
    """The words before a command that write its network calls into a file."""
    return ("strace", "-f", "--seccomp-bpf", "-qq", "-e", "trace=%network,execve", "-o", str(account))


@dataclass(frozen=True, slots=True)
class Calls:
    """Network calls of our own processes, and those of CUPS's own programs, which ask the print service over its file."""

    ours: tuple[str, ...]
    cups: tuple[str, ...]

    @property
    def network(self) -> tuple[str, ...]:
        """Everything but CUPS's programs on their own file: a socket of another family, or any socket of ours."""
        return (*self.ours, *(call for call in self.cups if re.search("AF_(?!UNIX)", call)))


def calls(account: str) -> Calls:
    """What an account tells."""
    cups = {process for process, program in _STARTED.findall(account) if program in _CUPS}
    found = _CALL.findall(account)
    return Calls(
        tuple(call for process, call in found if process not in cups),
        tuple(call for process, call in found if process in cups),
    )


def usable(wrapper: Sequence[str]) -> str | None:
    """Why a command cannot be run after these words; None where it can."""
    if shutil.which(wrapper[0]) is None:
        return f"{wrapper[0]} is not installed"
    if subprocess.run([*wrapper, "true"], capture_output=True, check=False).returncode:
        return f"{wrapper[0]} may not be used here"
    return None
