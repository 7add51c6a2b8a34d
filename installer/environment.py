"""The virtual environment of a checkout: exactly what a lock file names, every file checked by its hash, made once.

A stamp inside says which locks it satisfies, for which Python and in which folder. It is written last and removed
first, so that a set-up which was interrupted is made anew, and one that is whole is taken at once.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
RUNTIME: Final = ROOT / "installer" / "requirements.lock"
TEST: Final = ROOT / "installer" / "requirements-test.lock"  # the runtime's, and what the tests and checks need

_STAMP = "locks-installed"
_LOCK = "set-up.lock"


@dataclass(frozen=True, slots=True)
class Environment:
    """A virtual environment in `folder`. `least` is the lock that every use needs; other locks add to it."""

    folder: Path
    least: Path = RUNTIME

    @property
    def python(self) -> Path:
        """Its interpreter."""
        return self.program("python")

    def program(self, name: str) -> Path:
        """One of its programs."""
        return self.folder / "Scripts" / f"{name}.exe" if os.name == "nt" else self.folder / "bin" / name

    def holds(self, lock: Path) -> bool:
        """Is everything that `lock` names installed here, and usable from here?"""
        try:
            made, *locks = (self.folder / _STAMP).read_text(encoding="utf-8").splitlines()
        except (OSError, ValueError):
            return False
        return made == self._made() and _digest(lock) in locks and self.python.exists()

    def set_up(self, lock: Path) -> None:
        """Make the environment hold `lock`. Waits while another does the same; leaves with a sentence on failure."""
        self._refuse_other_folders()
        self.folder.mkdir(parents=True, exist_ok=True)
        with self._alone():
            if self.holds(lock):
                return
            print(f"Setting up in {self.folder} (the first time only).", file=sys.stderr, flush=True)
            if not self.holds(self.least):
                self._make_anew()
            (self.folder / _STAMP).unlink(missing_ok=True)
            self._install(lock)
            stamp = "\n".join([self._made(), _digest(lock), _digest(self.least)])
            (self.folder / _STAMP).write_text(stamp, encoding="utf-8")

    def _made(self) -> str:
        """What makes an environment useless when it changes: Python's version, and the folder."""
        return f"{sys.implementation.name} {sys.version_info.major}.{sys.version_info.minor} in {self.folder}"

    def _refuse_other_folders(self) -> None:
        """The folder is emptied when it is made anew: it must be a virtual environment, or our own half-made one."""
        names = {entry.name for entry in self.folder.iterdir()} if self.folder.exists() else set[str]()
        if names and not names & {"pyvenv.cfg", _LOCK}:
            sys.exit(f"{self.folder} is no virtual environment. Name another folder in BACKUPREADER_VENV.")

    def _make_anew(self) -> None:
        for entry in self.folder.iterdir():
            if entry.is_dir() and not entry.is_symlink():
                shutil.rmtree(entry)
            elif entry.name != _LOCK:  # held open by us, and the sign that this folder may be emptied
                entry.unlink()
        # From inside a virtual environment, the Python that it was made from: the one here may just have been removed.
        base = getattr(sys, "_base_executable", None) or sys.executable
        if subprocess.run([base, "-m", "venv", str(self.folder)], stdout=sys.stderr, check=False).returncode:
            sys.exit("Python could not make a virtual environment; what it said stands above.")

    def _install(self, lock: Path) -> None:
        pip = [str(self.python), "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
        if not sys.stderr.isatty():
            pip.append("--quiet")
        # --no-deps: the lock is complete, and pip need not ask for what else there is.
        exactly = ["--require-hashes", "--only-binary=:all:", "--no-deps", "-r", str(lock)]
        if subprocess.run([*pip, *exactly], stdout=sys.stderr, check=False).returncode:
            sys.exit(
                "The libraries could not be installed; what pip said stands above. Start again when that is mended."
            )

    @contextmanager
    def _alone(self) -> Generator[None]:
        """One set-up at a time; the others wait. The system lets go when the process ends, however it ends."""
        with (self.folder / _LOCK).open("a+b") as file:
            if not _try_lock(file.fileno()):
                print("Another set-up is at work here; waiting for it.", file=sys.stderr, flush=True)
                _wait_for_lock(file.fileno())
            yield


def _digest(lock: Path) -> str:
    return hashlib.sha256(lock.read_bytes()).hexdigest()


if sys.platform == "win32":
    import msvcrt

    def _try_lock(file: int) -> bool:
        os.lseek(file, 0, os.SEEK_SET)
        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _wait_for_lock(file: int) -> None:
        while True:
            os.lseek(file, 0, os.SEEK_SET)
            try:
                msvcrt.locking(file, msvcrt.LK_LOCK, 1)  # tries for ten seconds, then raises
            except OSError:
                continue
            return

else:
    import fcntl

    def _try_lock(file: int) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True

    def _wait_for_lock(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_EX)
