"""What an archive holds: the members of a ZIP, of a TAR, or the one file of a GZ, each ready to be read.

Nothing is written here and nothing is trusted: names are as the archive has them, sizes are what it claims.
"""

from __future__ import annotations

import gzip
import io
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Final, cast
from zoneinfo import ZoneInfo

from backupreader.domain.trouble import Reason
from backupreader.language import N_

TROUBLES: Final = (
    zipfile.BadZipFile,
    gzip.BadGzipFile,
    struct.error,
    tarfile.TarError,
    zlib.error,
    EOFError,
    RuntimeError,
    ValueError,
    OverflowError,
)
_LOCKED: Final = Reason(N_("it is locked with a password"))
_OTHER_WAY: Final = Reason(N_("it is packed in another way than exports are"))
_TOO_MANY: Final = Reason(N_("it holds more files than any export"))
_LONG_NAMES: Final = Reason(N_("its list of files is longer than any export's"))
_MOST: Final = 100_000
_LONGEST_LIST: Final = 32 << 20  # bytes: what zipfile reads at once
_LONGEST_READ: Final = 16 << 20  # bytes: what tarfile may ask for at once
_END: Final = b"PK\x05\x06"
_END_64: Final = b"PK\x06\x06"
_OFFICE: Final = frozenset({"[Content_Types].xml", "mimetype"})
_NO_TIME: Final = 1980  # the year of a ZIP member whose time nobody set


@dataclass(frozen=True, slots=True)
class Member:
    """One entry. `modified` is in seconds since 1970, None where it is not said; `plain` is no for links and devices.

    `open`, and reading what it gives, raises one of `TROUBLES` or OSError.
    """

    name: str
    open: Callable[[], IO[bytes]]
    modified: float | None = None
    folder: bool = False
    plain: bool = True


class Refused(Exception):
    """An archive that is not opened at all, and why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(str(reason))
        self.reason = reason


def is_office(path: Path) -> bool:
    """Is this ZIP one document (XLSX, DOCX, ODS, …), whatever it is called? Never raises."""
    try:
        with path.open("rb") as file:
            if _list_size(file) > _LONGEST_LIST:
                return False
            with zipfile.ZipFile(file) as archive:
                return bool(archive.namelist()) and not _OFFICE.isdisjoint(archive.namelist())
    except (*TROUBLES, OSError):
        return False


@contextmanager
def zipped(path: Path, zone: str) -> Generator[list[Member]]:
    """The members of a ZIP, also of a ZIP64. Their times are wall time in `zone`: the format knows no other."""
    with path.open("rb") as file:
        if _list_size(file) > _LONGEST_LIST:
            raise Refused(_LONG_NAMES)
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
            _refuse_many(len(entries))
            if any(entry.flag_bits & 1 for entry in entries):
                raise Refused(_LOCKED)
            if any(entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED} for entry in entries):
                raise Refused(_OTHER_WAY)  # LZMA may ask for 4 GiB
            yield [_zip_member(archive, entry, zone) for entry in entries]


@contextmanager
def tarred(path: Path) -> Generator[list[Member]]:
    """The members of a TAR that is not packed."""
    with path.open("rb") as file, tarfile.open(fileobj=_Bounded(file), mode="r:") as archive:
        entries: list[tarfile.TarInfo] = []
        for entry in archive:
            entries.append(entry)
            _refuse_many(len(entries))
        yield [_tar_member(archive, entry) for entry in entries]


@contextmanager
def gunzipped(path: Path, name: str) -> Generator[list[Member]]:
    """The one file of a GZ that is called `name`: the same without its ending. The name inside may be any."""

    def opened() -> IO[bytes]:
        return cast("IO[bytes]", gzip.open(path))

    yield [Member(name[: name.rindex(".")], opened)]


def _refuse_many(count: int) -> None:
    if count > _MOST:
        raise Refused(_TOO_MANY)


def _zip_member(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, zone: str) -> Member:
    kind = entry.external_attr >> 28 if entry.create_system == 3 else 0  # noqa: PLR2004 (3 is Unix: its mode's highest bits)
    return Member(
        _name(entry),
        lambda: archive.open(entry),
        _wall_time(entry, zone),
        folder=entry.is_dir(),
        plain=kind in {0, 4, 8},  # not said, a folder, a file; else a link, a device, a pipe
    )


def _name(entry: zipfile.ZipInfo) -> str:
    """The name as its writer meant it.

    Without the flag for UTF-8 the format says cp437, which Danish names are never in: Windows packs them in cp850
    (the same Æ and Å, and an Ø), and Unix programs in UTF-8 all the same.
    """
    name = entry.orig_filename
    if entry.flag_bits & 0x800 or name.isascii():
        return name
    raw = name.encode("cp437")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp850")


def _wall_time(entry: zipfile.ZipInfo, zone: str) -> float | None:
    try:
        moment = datetime(*entry.date_time, tzinfo=ZoneInfo(zone))
    except ValueError:
        return None
    return moment.timestamp() if moment.year > _NO_TIME else None


def _tar_member(archive: tarfile.TarFile, entry: tarfile.TarInfo) -> Member:
    def opened() -> IO[bytes]:
        return archive.extractfile(entry) or io.BytesIO()

    modified = float(entry.mtime)
    return Member(entry.name, opened, modified if modified > 0 else None, entry.isdir(), entry.isreg() or entry.isdir())


def _list_size(file: IO[bytes]) -> int:
    """How many bytes of a ZIP its list of members takes, by its own words. zipfile reads them all at once."""
    size = file.seek(0, io.SEEK_END)
    file.seek(max(0, size - 70_000))
    tail = file.read()
    file.seek(0)
    end, end_64 = tail.rfind(_END), tail.rfind(_END_64)
    found = int.from_bytes(tail[end + 12 : end + 16], "little") if end >= 0 else 0
    if found == 0xFFFFFFFF:  # noqa: PLR2004 (what a ZIP64 writes in the old place)
        found = 0
    return max(found, int.from_bytes(tail[end_64 + 40 : end_64 + 48], "little") if end_64 >= 0 else 0)


class _Bounded(io.BufferedIOBase):
    """A file that gives no more at once than any header needs: tarfile reads a header's text whole."""

    def __init__(self, file: IO[bytes]) -> None:
        super().__init__()
        self._file = file

    def read(self, size: int | None = -1, /) -> bytes:
        """At most `_LONGEST_READ`."""
        if size is None or not 0 <= size <= _LONGEST_READ:
            raise tarfile.ReadError("a header is too long")
        return self._file.read(size)

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """As a file's."""
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        """As a file's."""
        return self._file.tell()
