"""Every change that receive, export and the vault make to a disk goes through here, and nowhere else.

`Files` has two floors. The lower one (`open_new` … `close`) is one system call each: a test slips a failing or dying
device under it by overriding them. The upper one says what callers mean: "this file, whole and on the disk, or a
`ReaderError`". Everything upstairs is made only of calls downstairs.

Who may read: a secret file is its user's alone. Any other is as readable as the folder it stands in, whatever the mask
of the process: what a person changes by hand, under her own user, must not keep the receiving user out. A folder that
is made in one that passes its group on (setgid) lets that group in too.

Durability: what a file holds counts after `fsync_file`, a name after `fsync_folder` of its folder (no-op on Windows).
"""

from __future__ import annotations

import errno
import hashlib
import os
import stat
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from backupreader.domain.errors import ALREADY_THERE, BUSY, FILE_TROUBLE
from backupreader.domain.trouble import ReaderError, Reason
from backupreader.language import N_
from backupreader.store.reading import EndedEarly, Reading, told

__all__ = ["SECRET", "SHARED", "EndedEarly", "Files", "Reading", "told"]

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

SECRET: Final = 0o600
SHARED: Final = 0o644
_ALWAYS: Final = getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
# A name in an inbox may be a link to a device, or a pipe that nobody writes to: neither is followed or waited for.
_PATIENT: Final = getattr(os, "O_NONBLOCK", 0)
_CAUTIOUS: Final = getattr(os, "O_NOFOLLOW", 0) | _PATIENT
_A_MOMENT: Final = 0.002
NOT_REGULAR: Final = Reason(N_("it is not an ordinary file"))
_PATIENCE: Final = 2.0
TOO_LONG: Final = Reason(N_("it is too long"))
CHANGED: Final = Reason(N_("it was changed while it was read"))


class Files:
    """The disk. One instance a program; a test passes one of its own that fails on purpose."""

    # --- one system call each: what a test overrides ---

    def open_new(self, path: Path, mode: int) -> int:
        """A new, empty file for writing; OSError (EEXIST) where the name is taken."""
        return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _ALWAYS, mode)

    def open_end(self, path: Path, mode: int) -> int:
        """A file for writing at its end only, made where it is missing; no link is followed and no pipe waited for."""
        return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | _ALWAYS | _CAUTIOUS, mode)

    def open_lock(self, path: Path) -> int:
        """A file to hold a lock on, made where it is missing."""
        return os.open(path, os.O_RDWR | os.O_CREAT | _ALWAYS, SHARED)

    def open_old(self, path: Path, *, follow: bool) -> int:
        """An existing file for reading; no pipe is waited for, and without `follow` no link is followed."""
        return os.open(path, os.O_RDONLY | _ALWAYS | (_PATIENT if follow else _CAUTIOUS))

    def open_again(self, path: Path) -> int:
        """An existing file, so that it can be synced: Windows syncs only what is open for writing."""
        return os.open(path, os.O_RDWR | _ALWAYS)

    def read(self, descriptor: int, count: int) -> bytes:
        """Up to `count` bytes; none at the end."""
        return os.read(descriptor, count)

    def write(self, descriptor: int, data: memoryview) -> int:
        """Write some of `data`; how many bytes were taken."""
        return os.write(descriptor, data)

    def sync(self, descriptor: int) -> None:
        """Force what was written to the disk."""
        os.fsync(descriptor)

    def close(self, descriptor: int) -> None:
        """Give the descriptor back."""
        os.close(descriptor)

    def move(self, old: Path, new: Path) -> None:
        """One atomic rename; a file (never a folder that holds anything) under the new name is replaced.

        Windows refuses it while another program, such as a virus scanner, looks at one of them: it is tried again.
        """
        until = time.monotonic() + (_PATIENCE if sys.platform == "win32" else 0)
        while True:
            try:
                return os.replace(old, new)  # noqa: PTH105 (one call, named as the system names it)
            except PermissionError:
                if time.monotonic() >= until:
                    raise
                time.sleep(_A_MOMENT)

    def unlink(self, path: Path) -> None:
        """Take one name away."""
        os.unlink(path)  # noqa: PTH108

    def mkdir(self, path: Path) -> None:
        """Make one folder."""
        os.mkdir(path)  # noqa: PTH102

    def rmdir(self, path: Path) -> None:
        """Take one empty folder away."""
        os.rmdir(path)  # noqa: PTH106

    def allow(self, what: int | Path, mode: int) -> None:
        """Who may read an open file or enter a folder. Where the file system has no such thing, it stays as it is."""
        if sys.platform != "win32":
            with suppress(OSError):
                os.chmod(what, mode)  # noqa: PTH101 (of a descriptor too)

    def sync_folder(self, path: Path) -> None:
        """Force the names in a folder to the disk."""
        if os.name == "nt":
            return
        descriptor = os.open(path, os.O_RDONLY | _ALWAYS)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    # --- what callers mean ---

    def write_new(self, path: Path, data: bytes, mode: int = SHARED) -> None:
        """A new file that holds `data`, on the disk when this returns. Raises ALREADY_THERE where the name is taken."""
        with self._writing(path, mode) as descriptor:
            self._write_all(descriptor, memoryview(data))

    def replace(self, path: Path, data: bytes, mode: int = SHARED) -> None:
        """`path` holds its old content or all of `data`, whatever happens; on the disk when this returns."""
        part = path.with_name(path.name + ".part")
        self.remove(part)
        self.write_new(part, data, mode)
        self.rename(part, path)
        self.fsync_folder(path.parent)

    def append(self, path: Path, data: bytes, mode: int = SHARED) -> None:
        """`data` at the end of `path`, on the disk when this returns; a crash may leave some of it."""
        with told(path):
            fresh = not path.exists()
            descriptor = self.open_end(path, mode)
            try:
                self._write_all(descriptor, memoryview(data))
                self.sync(descriptor)
            finally:
                self.close(descriptor)
            if fresh:
                self.sync_folder(path.parent)

    def copy_hashing(self, source: Reading, target: Path, length: int) -> str:
        """Copy the next `length` bytes of `source` into the new file `target`; their SHA-256 in hexadecimal.

        Each byte is read once: what was hashed is what lies in `target`. Raises `EndedEarly` when `source` has fewer.
        """
        digest = hashlib.sha256()
        with self._writing(target, SHARED) as descriptor:
            for chunk in source.chunks(length):
                digest.update(chunk)
                self._write_all(descriptor, memoryview(chunk))
        return digest.hexdigest()

    def append_from(self, head: bytes, source: Path, target: Path) -> None:
        """A new file `target` that holds `head` and then all of `source`, on the disk when this returns."""
        with _unchanged(source), self.open(source) as reading, self._writing(target, SHARED) as descriptor:
            self._write_all(descriptor, memoryview(head))
            for chunk in reading.chunks(reading.size):
                self._write_all(descriptor, memoryview(chunk))

    def copy(self, source: Path, target: Path) -> None:
        """A new file `target` with the bytes of `source`, on the disk when this returns."""
        self.append_from(b"", source, target)

    def digest(self, path: Path) -> tuple[int, str]:
        """A file's length in bytes and its SHA-256 in hexadecimal."""
        digest, length = hashlib.sha256(), 0
        with self.open(path) as reading:
            while chunk := reading.some():
                digest.update(chunk)
                length += len(chunk)
        return length, digest.hexdigest()

    def open(self, path: Path, *, follow: bool = True) -> Reading:
        """Open for reading; use it in a ``with``."""
        with told(path):
            descriptor = self.open_old(path, follow=follow)
        return Reading(path, descriptor, self.read)

    def read_whole(self, path: Path, limit: int) -> bytes:
        """All of a small file. Raises FILE_TROUBLE when it is longer than `limit` bytes, or no ordinary file."""
        with _unchanged(path), self.open(path) as reading:
            if not reading.regular:
                raise ReaderError(FILE_TROUBLE, path=path, reason=NOT_REGULAR)
            if reading.size > limit:
                raise ReaderError(FILE_TROUBLE, path=path, reason=TOO_LONG)
            return reading.exactly(reading.size)

    def rename(self, old: Path, new: Path) -> None:
        """One atomic rename. Not on the disk before `fsync_folder` of the folders concerned."""
        with told(new):
            self.move(old, new)

    def remove(self, path: Path) -> None:
        """Take a file away; one that is not there is fine."""
        with told(path), suppress(FileNotFoundError):
            self.unlink(path)

    def remove_tree(self, path: Path) -> None:
        """Take a folder and all that is in it away; links are taken away, never followed."""
        with told(path):
            self._remove_tree(path)

    def empty_folder(self, path: Path) -> None:
        """Take everything in a folder away, and make it where it is missing."""
        self.make_folder(path)
        with told(path):
            for entry in sorted(path.iterdir()):
                self._remove_tree(entry)

    def make_folder(self, path: Path) -> None:
        """The folder and those above it, on the disk when this returns; one that is there is fine."""
        if path.is_dir():
            return
        if path.parent != path:
            self.make_folder(path.parent)
        with told(path):
            with suppress(FileExistsError):
                self.mkdir(path)
                if (above := path.parent.stat().st_mode) & stat.S_ISGID:
                    self.allow(path, stat.S_ISGID | 0o700 | above & 0o070)
            self.sync_folder(path.parent)

    def fsync_file(self, path: Path) -> None:
        """What another library wrote into this file is on the disk when this returns."""
        with told(path):
            descriptor = self.open_again(path)
            try:
                self.sync(descriptor)
            finally:
                self.close(descriptor)

    def fsync_folder(self, path: Path) -> None:
        """What was renamed or made in this folder is on the disk when this returns."""
        with told(path):
            self.sync_folder(path)

    @contextmanager
    def lock(self, path: Path, patience: float = 0.0) -> Generator[None]:
        """Hold an exclusive lock between processes.

        Raises BUSY when another still holds it after `patience` seconds; a dead process holds nothing.
        """
        with told(path):
            descriptor = self.open_lock(path)
            self.allow(descriptor, SECRET | 0o066 & path.parent.stat().st_mode)
        try:
            _lock(descriptor, time.monotonic() + patience)
            try:
                yield
            finally:
                _unlock(descriptor)
        finally:
            os.close(descriptor)

    @contextmanager
    def _writing(self, path: Path, mode: int) -> Generator[int]:
        """A new file that is on the disk at the end, or taken away again."""
        with told(path):
            try:
                descriptor = self.open_new(path, mode)
            except FileExistsError:
                raise ReaderError(ALREADY_THERE, path=path) from None
            try:
                try:
                    if mode == SHARED:
                        self.allow(descriptor, SECRET | SHARED & path.parent.stat().st_mode)
                    yield descriptor
                    self.sync(descriptor)
                finally:
                    self.close(descriptor)
            except BaseException:
                with suppress(OSError):
                    self.unlink(path)
                raise

    def _write_all(self, descriptor: int, data: memoryview) -> None:
        while data:
            taken = self.write(descriptor, data)
            if taken <= 0:
                raise OSError(errno.EIO, os.strerror(errno.EIO))
            data = data[taken:]

    def _remove_tree(self, path: Path) -> None:
        if path.is_dir() and not _leads_elsewhere(path.lstat()):
            for entry in sorted(path.iterdir()):
                self._remove_tree(entry)
            self.rmdir(path)
        else:
            self.unlink(path)


@contextmanager
def _unchanged(path: Path) -> Generator[None]:
    try:
        yield
    except EndedEarly:
        raise ReaderError(FILE_TROUBLE, path=path, reason=CHANGED) from None


def _leads_elsewhere(entry: os.stat_result) -> bool:
    """Whether it is a link, or what Windows has of that kind: a junction is no symbolic link there, and no folder."""
    return stat.S_ISLNK(entry.st_mode) or bool(
        getattr(entry, "st_file_attributes", 0) & stat.FILE_ATTRIBUTE_REPARSE_POINT
    )


def _unlock(descriptor: int) -> None:
    """At once; Windows gives a lock back some time after the file is closed. A lock that is lost is given back too."""
    with suppress(OSError):
        if sys.platform == "win32":
            msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)
        else:
            fcntl.flock(descriptor, fcntl.LOCK_UN)


def _lock(descriptor: int, until: float) -> None:
    while True:
        try:
            if sys.platform == "win32":
                msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
            else:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as trouble:
            if time.monotonic() >= until:
                raise ReaderError(BUSY) from trouble
            time.sleep(_A_MOMENT)
        else:
            return
