"""A workbook's container, looked through before it is opened: no bomb, no lie about sizes, no sheet beyond the memory.

The reader of workbooks holds a whole sheet as a rectangle, however few cells of it are filled, and a copy of every
text for each cell that refers to it. So the rectangle and the texts are measured here first, in constant memory.
"""

from __future__ import annotations

import lzma
import zipfile
import zlib
from collections.abc import Iterator
from copy import copy
from pathlib import Path
from typing import Final, Self

from backupreader.domain.errors import FILE_TROUBLE, SOURCE_DAMAGED
from backupreader.domain.trouble import ReaderError, Reason
from backupreader.language import N_
from sync.tables.wellformed import WellFormed

LARGEST: Final = 128 << 20  # bytes of the file
UNPACKED: Final = 512 << 20  # bytes of what is read of it
CELLS: Final = 5_000_000  # of one sheet's rectangle: 31 bytes each
TEXTS: Final = 100 << 20  # bytes of all cells' texts

_PIECE: Final = 1 << 20
# KeyError: not in the directory; RuntimeError and its kinds: a way of packing that nobody knows.
_FAULTS: Final = (
    KeyError, zipfile.BadZipFile, zlib.error, lzma.LZMAError, OSError, ValueError, EOFError, RuntimeError,
)  # fmt: skip
_PARTS: Final = (".xml", ".rels")
_READ: Final = ("xl/", "content.xml")
_DAMAGED: Final = Reason(N_("its zip container is damaged"))
_TOO_LARGE: Final = Reason(N_("it is larger than any export, or a bomb"))
_LOCKED: Final = Reason(N_("it is locked with a password"))
_OTHER: Final = Reason(N_("it is a zip archive, but neither a workbook of Excel (.xlsx) nor of OpenDocument (.ods)"))


def refused(path: Path, reason: Reason, row: int = 1) -> ReaderError:
    """The file cannot be read."""
    return ReaderError(SOURCE_DAMAGED, path=path, reason=reason, row=row)


def too_large(path: Path) -> ReaderError:
    """The file would fill the memory."""
    return refused(path, _TOO_LARGE)


def locked(path: Path) -> ReaderError:
    """The file needs a password."""
    return refused(path, _LOCKED)


def check_size(path: Path, limit: int = LARGEST) -> None:
    """Raise `ReaderError` for a file that is too large to be a table."""
    try:
        if path.stat().st_size > limit:
            raise too_large(path)
    except OSError as trouble:
        raise ReaderError(FILE_TROUBLE, path=path, reason=trouble.strerror or trouble) from trouble


class Container:
    """An open .xlsx or .ods, which `kind` tells. Use it as a context."""

    def __init__(self, path: Path) -> None:
        check_size(path)
        self.path = path
        try:
            self._archive = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, OSError, ValueError, RuntimeError) as wrong:
            raise refused(path, _DAMAGED) from wrong
        self._sizes: dict[str, int] = {}
        self.names = frozenset(self._archive.namelist())
        self.kind = "xlsx" if "xl/workbook.xml" in self.names else "ods" if "content.xml" in self.names else ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._archive.close()

    def check(self) -> None:
        """Unpack once everything that a reader would, and forget it. Raises `ReaderError`."""
        if not self.kind:
            raise refused(self.path, _OTHER)
        encrypted = any(info.flag_bits & 1 for info in self._archive.infolist())
        if encrypted or b"encryption-data" in self.part("META-INF/manifest.xml"):
            raise locked(self.path)
        parts = [info for info in self._archive.infolist() if info.filename.endswith(_PARTS)]
        if sum(info.file_size for info in parts) > UNPACKED:
            raise too_large(self.path)
        left = UNPACKED
        for info in parts:
            whole = WellFormed() if info.filename.startswith(_READ) else None
            for number, piece in enumerate(self.pieces(info.filename)):
                left -= len(piece)
                if left < 0:
                    raise too_large(self.path)
                utf_16 = number == 0 and b"\0" in piece[:4]  # no such program writes it, and nobody looks there
                if utf_16 or (whole is not None and not whole.see(piece)):
                    raise refused(self.path, _DAMAGED)
            if whole is not None and not whole.see(b"", last=True):
                raise refused(self.path, _DAMAGED)

    def pieces(self, name: str) -> Iterator[bytes]:
        """One part of it, in pieces; the directory's word on its size is not believed."""
        try:
            info = copy(self._archive.getinfo(name))
            info.file_size = UNPACKED + 1
            with self._archive.open(info) as stream:
                while piece := stream.read(_PIECE):
                    yield piece
        except _FAULTS as wrong:
            raise refused(self.path, _DAMAGED) from wrong

    def part(self, name: str, limit: int = 16 << 20) -> bytes:
        """One small part, whole; nothing where it is absent."""
        if name not in self.names:
            return b""
        found = b""
        for piece in self.pieces(name):
            found += piece
            if len(found) > limit:
                raise too_large(self.path)
        return found
