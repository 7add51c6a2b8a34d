"""A desktop of its own for the tests: a screen, a session bus and the bus of accessibility, and a person's hands.

Xvfb is the screen, ``dbus-daemon`` and ``at-spi-bus-launcher`` are the buses, ``xdotool`` types. Everything that is started here is ended here.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import struct
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from tests.outside.wire import Bus

ROOT = Path(__file__).resolve().parents[2]
LAUNCHER = Path("/usr/libexec/at-spi-bus-launcher")
PROGRAMS = {"Xvfb": "xvfb", "xdotool": "xdotool", "dbus-daemon": "dbus", str(LAUNCHER): "at-spi2-core"}
SIZE = (1280, 860)
PATIENCE = 60.0
T = TypeVar("T")


def lacking() -> list[str]:
    """The Debian packages that a desktop needs and this machine does not have."""
    missing = [package for program, package in PROGRAMS.items() if shutil.which(program) is None]
    try:
        ctypes.CDLL("libxcb-cursor.so.0")
    except OSError:
        missing.append("libxcb-cursor0")
    return missing


@dataclass
class Desktop:
    """The screen and its buses. `keys` counts the keys that were pressed."""

    display: str
    session: str
    accessible: Bus
    frames: Path
    keys: int = field(default=0)

    @property
    def surroundings(self) -> dict[str, str]:
        """What a program is started with, to be shown here and read by a screen reader."""
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TZ") if name in os.environ}
        return {
            **kept,
            "PYTHONPATH": str(ROOT),
            "PYTHONUTF8": "1",
            "DISPLAY": self.display,
            "DBUS_SESSION_BUS_ADDRESS": self.session,
            "QT_QPA_PLATFORM": "xcb",
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
            "XDG_RUNTIME_DIR": str(self.frames),
        }

    def start(self, *command: str, log: Path) -> subprocess.Popen[str]:
        """A program of this environment's Python on this desktop; what it says of errors is in `log`."""
        with log.open("w") as file:
            return subprocess.Popen(
                [sys.executable, "-P", *command],
                cwd=log.parent,
                env=self.surroundings,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=file,
                text=True,
                bufsize=1,
            )

    # A person's hands.

    def focus(self) -> None:
        """Let the only window have the keys: there is no window manager here to do it."""
        found = until(lambda: self._do("search", "--onlyvisible", "--name", "BACKUP", check=False).split())
        self._do("windowfocus", "--sync", found[-1])

    def type(self, text: str) -> None:
        """Type letters, as fast as a person who types with two fingers never would."""
        self.keys += len(text)
        self._do("type", "--delay", "12", "--", text)

    def press(self, *names: str) -> None:
        """Press keys, one after the other, such as ``Return`` or ``ctrl+l``."""
        self.keys += len(names)
        self._do("key", "--delay", "30", *names)

    def _do(self, *words: str, check: bool = True) -> str:
        ran = subprocess.run(
            ["xdotool", *words],
            env={"DISPLAY": self.display, "PATH": os.environ["PATH"]},
            capture_output=True,
            text=True,
            check=False,
        )
        assert not check or ran.returncode == 0, ran.stderr
        return ran.stdout

    def picture(self) -> bytes:
        """What is on the glass, one byte a colour, four a pixel: read from the screen's own memory, not asked of the program."""
        raw = (self.frames / "Xvfb_screen0").read_bytes()
        (header, *_rest, colours) = struct.unpack(">20I", raw[:80])
        return raw[header + 12 * colours :]


@contextmanager
def desktop(folder: Path) -> Iterator[Desktop]:
    """A desktop for as long as it is needed."""
    with ExitStack() as stack:
        folder.chmod(0o700)
        told = stack.enter_context(_started(
            ["Xvfb", "-displayfd", "1", "-screen", "0", f"{SIZE[0]}x{SIZE[1]}x24", "-nolisten", "tcp", "-noreset",
             "-fbdir", str(folder)],
            {},
        ))  # fmt: skip
        display = f":{told}"
        session = stack.enter_context(
            _started(["dbus-daemon", "--session", "--nofork", "--print-address=1"], {"DISPLAY": display})
        )
        around = {"DISPLAY": display, "DBUS_SESSION_BUS_ADDRESS": session, "XDG_RUNTIME_DIR": str(folder)}
        stack.enter_context(_started([str(LAUNCHER), "--launch-immediately"], around, says=False))
        asked = Bus(session)
        stack.callback(asked.close)
        where = until(lambda: _address(asked))
        accessible = Bus(where)
        stack.callback(accessible.close)
        yield Desktop(display, session, accessible, folder)


def _address(bus: Bus) -> str:
    from tests.outside.wire import Refused

    try:
        return str(bus.call("org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress"))
    except Refused:
        return ""


@contextmanager
def _started(command: list[str], around: Mapping[str, str], *, says: bool = True) -> Iterator[str]:
    """A program that runs until it is no longer needed; the first line that it says, where it says one."""
    running = subprocess.Popen(
        command,
        env={"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/"), **around},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )
    assert running.stdout is not None
    try:
        yield running.stdout.readline().strip() if says else ""
    finally:
        running.terminate()
        running.wait(10)
        running.stdout.close()


def until(ready: Callable[[], T], what: Callable[[], str] = lambda: "what was waited for did not come") -> T:
    """What `ready` tells, as soon as it is true of anything. It asks another process each time, and waits for its answer."""
    end = time.monotonic() + PATIENCE
    while not (found := ready()):
        assert time.monotonic() < end, what()
    return found
