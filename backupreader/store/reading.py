"""A file read from front to back, each byte once, and what a disk says told to a person."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from backupreader.domain.errors import FILE_TROUBLE, NO_MEMORY, NO_SPACE
from backupreader.domain.trouble import ReaderError

CHUNK: Final = 1 << 20
_KINDS: Final = {errno.ENOSPC: NO_SPACE, errno.EDQUOT: NO_SPACE, errno.ENOMEM: NO_MEMORY}


class EndedEarly(Exception):
    """A file held fewer bytes than it was asked for."""


@contextmanager
def told(path: Path) -> Generator[None]:
    """What the disk says goes on as a `ReaderError`: NO_SPACE for a full disk or quota, FILE_TROUBLE for the rest.

    NO_MEMORY is no trouble of the disk, though a disk's calls may tell it.
    """
    try:
        yield
    except OSError as trouble:
        kind = _KINDS.get(trouble.errno or 0, FILE_TROUBLE)
        raise ReaderError(kind, path=path, reason=trouble.strerror or type(trouble).__name__) from trouble


class Reading:
    """A file being read from front to back, each byte once.

    `size` and `regular` are as they were when it was opened.
    """

    def __init__(self, path: Path, descriptor: int, read: Callable[[int, int], bytes]) -> None:
        self.path = path
        self._read = read
        self._descriptor = descriptor
        state = os.fstat(descriptor)
        self.size: int = state.st_size
        self.regular: bool = stat.S_ISREG(state.st_mode)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.close(self._descriptor)

    def start_at(self, place: int) -> None:
        """Read on from this byte."""
        with told(self.path):
            os.lseek(self._descriptor, place, os.SEEK_SET)

    def some(self) -> bytes:
        """The next bytes, at most one mebibyte; none at the end."""
        with told(self.path):
            return self._read(self._descriptor, CHUNK)

    def exactly(self, count: int) -> bytes:
        """The next `count` bytes. Raises `EndedEarly` when the file ends before that."""
        return b"".join(self.chunks(count))

    def chunks(self, count: int) -> Iterator[bytes]:
        """The next `count` bytes in pieces. Raises `EndedEarly` when the file ends before that."""
        while count:
            with told(self.path):
                chunk = self._read(self._descriptor, min(count, CHUNK))
            if not chunk:
                raise EndedEarly(self.path)
            count -= len(chunk)
            yield chunk
