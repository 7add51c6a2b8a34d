"""What the system is told about this process before it holds anything: none of it is to be seen from outside.

No core file, no crash report, no reading of its memory by another program of the same user; what it writes is for this
user only. Called first thing for every verb, so that no verb is forgotten.

Python's own switches from the environment (``PYTHON…``) are not fought here: whoever sets the environment of this
process is its user or its administrator, and the switches have been obeyed before this line runs. The packaged program
does not read them at all, and ``run.py`` starts with ``-P``. Only faulthandler is switched off again: it would print
at a crash where no sentence of ours can stand.
"""

from __future__ import annotations

import contextlib
import ctypes
import faulthandler
import os
import sys
from pathlib import Path
from typing import Final

if sys.platform != "win32":
    import resource

_PR_SET_DUMPABLE: Final = 4  # linux/prctl.h
_OTHERS: Final = 0o007
_NOBODY_ELSE: Final = 0o077
# errhandlingapi.h: no boxes in front of the screen for a missing disk, a crash or a missing file
_NO_BOXES: Final = 0x0001 | 0x0002 | 0x8000
_WER_FAULT_REPORTING_FLAG_NOHEAP: Final = 1  # werapi.h


def seclude() -> None:
    """From here on nothing of this process reaches a core file, a crash report, or another user's eyes."""
    faulthandler.disable()
    if sys.platform == "win32":
        _without_reports()
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # children inherit it
    if sys.platform == "linux":
        _without_memory_for_others()
    _for_this_user_only()


def _without_memory_for_others() -> None:
    """The limit is not asked where core dumps go through a pipe (systemd-coredump, apport); this always is.

    It also keeps debuggers and /proc/PID/mem from other processes of the same user; root may read on.
    """
    with contextlib.suppress(OSError, AttributeError):  # a C library without it
        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


def _for_this_user_only() -> None:
    """077; a mask that lets a group in and keeps others out was chosen by whoever set this up, and stays."""
    before = os.umask(_NOBODY_ELSE)
    if before & _OTHERS == _OTHERS:
        os.umask(before)


if sys.platform == "win32":

    def _without_reports() -> None:
        """Windows' own crash reports: no box, no memory in them; none at all for the packaged program."""
        kernel = ctypes.windll.kernel32
        kernel.SetErrorMode(_NO_BOXES)
        with contextlib.suppress(OSError, AttributeError):  # WER may have been taken out of a locked Windows
            kernel.WerSetFlags(_WER_FAULT_REPORTING_FLAG_NOHEAP)
            if getattr(sys, "frozen", False):  # never for the python.exe that others use too
                ctypes.windll.wer.WerAddExcludedApplication(Path(sys.executable).name, False)
