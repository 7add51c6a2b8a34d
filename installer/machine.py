"""What a virtual environment cannot hold: looked for, installed where we may, else named in one line to copy.

The names are Debian's and Ubuntu's. ``apt-get`` takes ``libglib2.0-0`` also where it has become ``libglib2.0-0t64``.
"""

from __future__ import annotations

import ctypes
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from typing import Final

# What Qt 6.12 loads: (the shared library, the Debian package that holds it).
OFFSCREEN: Final = (
    ("libEGL.so.1", "libegl1"),
    ("libGL.so.1", "libgl1"),
    ("libxkbcommon.so.0", "libxkbcommon0"),
    ("libfontconfig.so.1", "libfontconfig1"),
    ("libdbus-1.so.3", "libdbus-1-3"),
    ("libglib-2.0.so.0", "libglib2.0-0"),
    ("libgssapi_krb5.so.2", "libgssapi-krb5-2"),  # linked by QtNetwork, which QtPdf links
)
X11: Final = (
    ("libxcb-cursor.so.0", "libxcb-cursor0"),
    ("libxcb-icccm.so.4", "libxcb-icccm4"),
    ("libxcb-keysyms.so.1", "libxcb-keysyms1"),
    ("libxcb-shape.so.0", "libxcb-shape0"),
    ("libxkbcommon-x11.so.0", "libxkbcommon-x11-0"),
)
WAYLAND: Final = (("libwayland-cursor.so.0", "libwayland-cursor0"), ("libwayland-egl.so.1", "libwayland-egl1"))

# What the tests of the window on a screen of its own run, which a person's PC never needs: (the program, its package).
SCREEN: Final = (
    ("Xvfb", "xvfb"),
    ("xdotool", "xdotool"),
    ("dbus-daemon", "dbus"),
    ("/usr/libexec/at-spi-bus-launcher", "at-spi2-core"),
)

# What the tests of printing run: a print service of their own, with a printer that prints into a file.
PRINTING: Final = (
    ("/usr/sbin/cupsd", "cups-daemon"),
    ("lp", "cups-client"),
    ("ipptool", "cups-ipp-utils"),
    ("/usr/lib/cups/backend/cups-pdf", "printer-driver-cups-pdf"),
)


def has_display() -> bool:
    """Is there a screen that a window can open on?"""
    if sys.platform in {"win32", "darwin"}:
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def missing_for_venv() -> list[str]:
    """The packages without which ``python3 -m venv`` makes nothing: Debian splits it off."""
    if importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip"):
        return []
    return ["python3-venv"]


def missing_for_window() -> list[str]:
    """The packages that Qt needs here and does not find: those of a kind of screen only where there is that screen."""
    if not sys.platform.startswith("linux"):
        return []
    wanted = list(OFFSCREEN)
    if os.environ.get("DISPLAY"):
        wanted += X11
    if os.environ.get("WAYLAND_DISPLAY"):
        wanted += WAYLAND
    return [package for library, package in wanted if not _loads(library)]


def missing_for_screen() -> list[str]:
    """The packages that give the tests a screen of their own, with a keyboard and a bus that a screen reader reads."""
    if not sys.platform.startswith("linux"):
        return []
    programs = [package for program, package in SCREEN if shutil.which(program) is None]
    return programs + [package for library, package in X11 if not _loads(library)]


def missing_for_printing() -> list[str]:
    """The packages that give the tests a print service; none but for root, for nobody else can start one."""
    if not sys.platform.startswith("linux") or os.geteuid() != 0:
        return []
    return [package for program, package in PRINTING if shutil.which(program) is None]


def missing_for_types() -> list[str]:
    """What the type checker pyright needs: it is a program for node."""
    return [] if shutil.which("node") else ["nodejs"]


def provide(packages: Iterable[str]) -> None:
    """Install Debian packages where we are root; else leave with the one line that a person can copy."""
    names = sorted(set(packages))
    if not names:
        return
    if shutil.which("apt-get") is None:
        sys.exit(
            f"This machine lacks what Debian calls {' '.join(names)}. "
            "Install it with this system's own package program, then start again."
        )
    if os.geteuid() != 0:
        sys.exit(f"This machine lacks a few libraries. Run this line once, then start again:\n  {apt_line(names)}")
    print(f"Installing system libraries: {' '.join(names)}", file=sys.stderr, flush=True)
    # The lists may never have been fetched, or be so old that they name files which are gone.
    said = _apt_get("update").stdout
    installed = _apt_get("install", "--no-install-recommends", *names)
    if installed.returncode:
        sys.exit(
            f"{said}{installed.stdout}apt-get could not install them; what it said stands above. "
            f"Run this line, then start again:\n  {apt_line(names)}"
        )


def offer(packages: Iterable[str], without: str) -> None:
    """As `provide`, for what can be done without: where it cannot be installed, `without` is said, and that is all."""
    try:
        provide(packages)
    except SystemExit as trouble:
        print(f"{without} {trouble}", file=sys.stderr, flush=True)


def _apt_get(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["apt-get", "-q", "-y", "-o", "DPkg::Lock::Timeout=300", *words],  # another installation may be at work
        env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )


def apt_line(names: Iterable[str]) -> str:
    """The line that installs `names`, for a person who may use sudo."""
    return f"sudo apt-get update && sudo apt-get install --no-install-recommends {' '.join(names)}"


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True
