"""A real CUPS for a test: its own, beside whatever this PC has, with printers that do what the test says.

It listens to a file of its own, which `lp`, `lpstat`, `cancel` and `ipptool` are led to by programs of those names on
the PATH; so tests of several workers do not meet, and this PC's own print service is left alone.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.printing.test_spoolcheck import advised

SOCKET = "/run/cups/cups.sock"
SERVER_BIN = Path("/usr/lib/cups")
PATIENCE = 120.0  # seconds, for a machine that has much else to do; each question waits for its answer
PROGRAMS = ("lp", "lpstat", "cancel", "ipptool", "lpadmin", "cupsenable", "cupsdisable", "cupsreject")
OPEN_TO_ROOT = """<Location />
Order allow,deny
Allow all
</Location>
<Policy default>
<Limit All>
Order deny,allow
</Limit>
</Policy>
"""
BACKEND = """#!/bin/sh
# what CUPS gives: job user title copies options [file]; the printer's own folder stands in its address
[ $# -eq 0 ] && { echo 'direct played "Unknown" "A printer of the tests"'; exit 0; }
folder=${DEVICE_URI#played:}
cat ${6:--} > "$folder/paper-$1"
echo "$5" > "$folder/options-$1"
. "$folder/part"
"""


@dataclass(frozen=True)
class Service:
    """A CUPS that runs; `folder` holds its spool (`spool`), and a folder for each printer that is played."""

    folder: Path
    programs: Path

    def ask(self, *words: str) -> str:
        done = subprocess.run(
            [str(self.programs / words[0]), *words[1:]],
            env={**os.environ, "LC_ALL": "C"},
            capture_output=True,
            text=True,
            check=False,
        )
        return done.stdout

    def printer(self, name: str, part: str = "exit 0", policy: str = "stop-printer") -> Path:
        """A printer that plays `part`, a piece of shell; what it was sent lies in the folder."""
        folder = self.folder / name
        folder.mkdir()
        folder.chmod(0o777)
        (folder / "part").write_text(part, encoding="utf-8")
        (folder / "part").chmod(0o644)
        words = ["-p", name, "-v", f"played:{folder}", "-m", "raw", "-o", f"printer-error-policy={policy}", "-E"]
        assert not self.ask("lpadmin", *words)
        return folder

    def pdf_printer(self, name: str) -> None:
        """Debian's PDF printer, with its filters."""
        if not (SERVER_BIN / "backend" / "cups-pdf").exists():
            pytest.skip("printer-driver-cups-pdf is not installed here")
        assert not self.ask(
            "lpadmin", "-p", name, "-v", "cups-pdf:/", "-m", "lsb/usr/cups-pdf/CUPS-PDF_noopt.ppd", "-E"
        )


def wait_until(ask) -> None:
    """Ask again and again; each question waits for CUPS's own answer."""
    until = time.monotonic() + PATIENCE
    while not ask():
        assert time.monotonic() < until


@contextmanager
def service() -> Iterator[Service]:
    """CUPS with the settings that the handbook asks for; skips where it cannot run."""
    if shutil.which("cupsd") is None or shutil.which("lp") is None:
        pytest.skip("CUPS (cups-daemon, cups-client) is not installed here")
    if os.geteuid() != 0:
        pytest.skip("only root can start a print service")
    folder = Path(tempfile.mkdtemp(prefix="br-cups-"))  # a socket's path is short
    try:
        yield from _running(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _running(folder: Path) -> Iterator[Service]:
    folder.chmod(0o755)  # its filters are not root
    socket = folder / "sock"
    made = Service(folder, folder / "programs")
    _lead_to(socket, made.programs)
    settings, files = _settings(folder, socket)
    running = subprocess.Popen(
        ["cupsd", "-f", "-c", str(settings), "-s", str(files)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        wait_until(lambda: running.poll() is not None or "is running" in made.ask("lpstat", "-r"))
        if running.poll() is not None:
            pytest.skip(f"CUPS cannot be started here: {(folder / 'ErrorLog').read_text()[-300:]}")
        yield made
    finally:
        running.terminate()
        running.wait()


def _lead_to(socket: Path, programs: Path) -> None:
    programs.mkdir()
    for name in PROGRAMS:
        real = shutil.which(name)
        if real is None:
            continue
        address = SOCKET.replace("/", "%2F"), str(socket).replace("/", "%2F")
        lead = f'export CUPS_SERVER="{socket}"\n'
        call = f'exec {real} "$@"'
        if name == "ipptool":  # by hand, for its address holds the socket
            call = f'first=$1; shift; exec {real} "$first" "$(echo "$1" | sed s#{address[0]}#{address[1]}#)" "$2"'
        (programs / name).write_text(f"#!/bin/sh\n{lead}{call}\n", encoding="utf-8")
        (programs / name).chmod(0o755)


def _settings(folder: Path, socket: Path) -> tuple[Path, Path]:
    server_bin = folder / "bin"
    (server_bin / "backend").mkdir(parents=True)
    for place in SERVER_BIN.iterdir():
        if place.name != "backend":
            (server_bin / place.name).symlink_to(place)
    for backend in (SERVER_BIN / "backend").iterdir():
        (server_bin / "backend" / backend.name).symlink_to(backend)
    (server_bin / "backend" / "played").write_text(BACKEND, encoding="utf-8")
    (server_bin / "backend" / "played").chmod(0o755)
    places = {"ServerRoot": "etc", "RequestRoot": "spool", "TempDir": "spool/tmp", "StateDir": "state"}
    places["CacheDir"] = "cache"
    for place in places.values():
        (folder / place).mkdir()
    settings = folder / "cupsd.conf"
    settings.write_text(advised().replace(SOCKET, str(socket)) + OPEN_TO_ROOT, encoding="utf-8")
    logs = {name: name for name in ("ErrorLog", "AccessLog", "PageLog")}
    files = folder / "files.conf"
    lines = [f"{name} {folder / place}\n" for name, place in {**places, **logs}.items()]
    files.write_text("".join([*lines, f"ServerBin {server_bin}\n"]), encoding="utf-8")
    return settings, files
