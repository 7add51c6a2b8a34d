"""Archives among a source's files, opened into a private folder as if they were folders: ``backup.zip/Borgere.csv``.

ZIP, GZ, TGZ and TAR.GZ are opened, also in each other to the depth of two; an office document is a ZIP too, but is
none here. Strangers' archives are opened in such a way that no path leaves its folder and no bomb goes off:

* a member that is a link or a device, whose name leads out of the archive or can stand on no disk, that comes under
  the same name as another one, or that is an archive deeper than the second, is left closed: an `Issue`;
* an archive that is cut, locked with a password, or larger than any export when opened ends the reading: `ReaderError`.

The opened files are journals in plain text, as is the export that they came in. They lie in a folder of their own
that only this user may enter, and go when the reading is over, however it ends. An export has that folder in its work
folder, which the next export empties after a power cut.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import unicodedata
from collections import Counter
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from backupreader.domain.errors import FILE_TROUBLE, NO_SPACE, SOURCE_DAMAGED
from backupreader.domain.records import Issue, Receipt
from backupreader.domain.trouble import ReaderError, Reason
from backupreader.language import N_
from sync.adapter import Source
from sync.members import TROUBLES, Member, Refused, gunzipped, is_office, tarred, zipped

_DEEPEST: Final = 2
MOST_BYTES: Final = 2 << 30  # of one source, opened
_FREE_BYTES: Final = 10 << 20  # so little is never called a bomb
_RATIO: Final = 200  # text as repetitive as a table's is packed to a fiftieth at best
_PIECE: Final = 1 << 20
_LONGEST_PART: Final = 240  # bytes: what every file system takes
_LONGEST_NAME: Final = 1_000
_BROKEN: Final = N_("it was cut or is no archive: {found}")
_TOO_LARGE: Final = Reason(N_("opened, it is larger than any export"))
_BOMB: Final = Reason(N_("opened, it would be far larger than any export is that is packed as small as this"))
_ALL_REFUSED: Final = Reason(N_("no file in it can be opened safely"))
_TAR_ENDINGS: Final = (".tgz", ".tar.gz")
_ENDINGS: Final = (*_TAR_ENDINGS, ".gz", ".zip")
_DRIVE: Final = re.compile(r"[A-Za-z]:")
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f]")
_NOT_ON_WINDOWS: Final = re.compile(r'[<>:"|?*]|[. ]\Z|\A(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|\Z)', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Opened:
    """A source with its archives opened: every file of it, and what was said while opening."""

    source: Source
    files: tuple[Path, ...]
    said: tuple[Issue | Receipt, ...] = ()


def is_archive(path: Path) -> bool:
    """Is this a file to be opened? Told by its ending; an office document under the name of a ZIP is not."""
    return _ending(path.name) is not None and not (path.suffix.lower() == ".zip" and is_office(path))


def measured(receipt: Receipt, path: Path) -> Receipt:
    """The receipt with the size and the SHA-256 of its file. Raises `ReaderError` FILE_TROUBLE."""
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            return replace(receipt, size=file.tell(), sha256=digest)
    except OSError as trouble:
        raise ReaderError(FILE_TROUBLE, path=path, reason=trouble.strerror or trouble) from trouble


def inside(name: str, *, windows: bool = os.name == "nt") -> tuple[str, ...] | None:
    r"""The parts of a member's name; None for one that leads out of its archive, or that no disk can hold.

    Old programs write ``\`` between the parts. What only Windows cannot hold is taken elsewhere.
    """
    name = name.replace("\\", "/")
    parts = tuple(part for part in name.split("/") if part not in {"", "."})
    if not parts or name.startswith("/") or ".." in parts or _DRIVE.match(name) or _CONTROL.search(name):
        return None
    try:
        lengths = [len(part.encode()) for part in parts]
    except UnicodeEncodeError:
        return None
    if max(lengths) > _LONGEST_PART or sum(lengths) > _LONGEST_NAME:
        return None
    return None if windows and any(_NOT_ON_WINDOWS.search(part) for part in parts) else parts


@contextmanager
def opened(
    source: Source, files: Sequence[Path], work: Path | None = None, *, room: int = MOST_BYTES
) -> Generator[Opened]:
    """`files` of `source` with the archives' members in the archives' place, for as long as the context lasts.

    Together they may be of `room` bytes. They lie under `work`, or in the system's folder for passing files where
    nobody states one. Each archive has its `Receipt`: how many files it holds, and how many were opened or refused.
    """
    archives = dict.fromkeys(path for path in files if is_archive(path))
    if not archives:
        yield Opened(source, tuple(files))
        return
    with TemporaryDirectory(prefix="opened-", dir=work) as private:
        base, spool = Path(private, "files"), Path(private, "inner")
        base.mkdir(mode=0o700)
        spool.mkdir(mode=0o700)
        opening = _Opening(replace(source, unpacked=base), base, spool, room)
        for path in archives:
            opening.archive(path, base / source.label(path), 1)
        found = sorted(path for path in base.rglob("*") if path.is_file())
        if not found and len(archives) == len(files):
            raise ReaderError(SOURCE_DAMAGED, path=next(iter(archives)), reason=_ALL_REFUSED, row=1)
        left = [path for path in files if path not in archives]
        try:
            yield Opened(opening.source, tuple(sorted([*left, *found])), tuple(opening.said))
        except ReaderError as told:
            where = told.facts.get("path")
            if not isinstance(where, Path) or not where.is_relative_to(base):
                raise
            facts = {**told.facts, "path": opening.shown(where)}  # the private folder is gone when this is read
            raise ReaderError(told.kind, **facts) from told


class _Opening:
    """One source's archives, one after the other: what was said of them, and how large they are so far."""

    def __init__(self, source: Source, base: Path, spool: Path, room: int) -> None:
        self.source = source
        self.said: list[Issue | Receipt] = []
        self._base = base
        self._spool = spool
        self._spooled = 0
        self._room = room

    def shown(self, path: Path) -> Path:
        """Where a file of the opened folder would stand if its archives were folders."""
        outer = self.source.path
        return (outer if outer.is_dir() else outer.parent) / path.relative_to(self._base)

    def archive(self, path: Path, target: Path, depth: int) -> None:
        """Open the archive at `path`, which is called as `target`, into the folder `target`; and those in it."""
        try:
            held, refused = self._opened(path, target, depth)
        except Refused as told:
            raise ReaderError(SOURCE_DAMAGED, path=self.shown(target), reason=told.reason, row=1) from None
        except (*TROUBLES, OSError) as trouble:
            raise self._told(trouble, target) from trouble
        label = self.source.label(target)
        receipt = Receipt(source=self.source.name, file=label, read=held, filed=held - refused, refused=refused)
        self.said.append(measured(receipt, path))

    def _told(self, trouble: Exception, target: Path) -> ReaderError:
        """EINVAL comes of an offset in the archive that leads to before its beginning."""
        number = trouble.errno if isinstance(trouble, OSError) and not isinstance(trouble, TROUBLES) else errno.EINVAL
        if number == errno.EINVAL:
            reason = Reason(_BROKEN, {"found": trouble})
            return ReaderError(SOURCE_DAMAGED, path=self.shown(target), reason=reason, row=1)
        if number == errno.ENOSPC:
            return ReaderError(NO_SPACE, path=self._spool)
        return ReaderError(FILE_TROUBLE, path=self.shown(target), reason=os.strerror(number or errno.EIO))

    def _opened(self, path: Path, target: Path, depth: int) -> tuple[int, int]:
        """How many files the archive holds, and how many of them were refused."""
        place = _Place(target, depth, path.stat().st_mtime, _Allowance(path))
        ending = _ending(target.name)
        if ending == ".zip":
            with zipped(path, self.source.zone) as members:
                return self._take(members, place)
        with gunzipped(path, target.name) as members:
            if ending not in _TAR_ENDINGS:
                return self._take(members, place)
            tar = self._spooling(members[0], ".tar", place)
        try:
            with tarred(tar) as members:
                return self._take(members, replace(place, allowance=_Allowance(tar)))
        finally:
            self._forget(tar)

    def _take(self, members: Sequence[Member], place: _Place) -> tuple[int, int]:
        """Open every member that may be, except hidden ones, which are no data on a disk either."""
        named = [(member, inside(member.name)) for member in members if not member.folder]
        named = [(member, parts) for member, parts in named if parts is None or not is_hidden(parts)]
        times = Counter(_folded(parts) for _, parts in named if parts is not None)
        refused = 0
        for member, parts in named:
            if parts is None:
                code = "archive-name-refused"
            elif not member.plain:
                code = "archive-link"
            elif times[_folded(parts)] > 1:
                code = "archive-name-repeated"
            else:
                code = self._member(member, parts, place)
            if code:
                refused += 1
                label = self.source.label(place.target)
                self.said.append(Issue(code=code, file=label, value=member.name[:200], severity="error"))
        return len(named), refused

    def _member(self, member: Member, parts: Sequence[str], place: _Place) -> str:
        """Write one member, or open it where it is itself an archive: nothing, or the code of why not."""
        target = place.target.joinpath(*parts)
        try:
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            ending = _ending(target.name)
            if ending is None:
                self._write(member, target, place)
                return ""
            inner = self._spooling(member, ending, place)
            if not is_archive(inner):
                inner.rename(target)
                return ""
            if place.depth == _DEEPEST:
                return "archive-too-deep"
            self.archive(inner, target, place.depth + 1)
            self._forget(inner)
        except (FileExistsError, NotADirectoryError):  # one is called as the folder of another
            return "archive-name-repeated"
        return ""

    def _spooling(self, member: Member, ending: str, place: _Place) -> Path:
        """A member as a file beside the opened ones."""
        self._spooled += 1
        path = self._spool / f"{self._spooled}{ending}"
        self._write(member, path, place)
        return path

    def _forget(self, spooled: Path) -> None:
        self._room += spooled.stat().st_size
        spooled.unlink()

    def _write(self, member: Member, path: Path, place: _Place) -> None:
        with member.open() as packed, path.open("xb") as file:
            while piece := packed.read(_PIECE):
                self._room -= len(piece)
                place.allowance.spend(len(piece))
                if self._room < 0:
                    raise Refused(_TOO_LARGE)
                file.write(piece)
        written = min(member.modified or place.modified, place.modified)  # no file is younger than its archive
        os.utime(path, (written, written))


class _Allowance:
    """How many bytes an archive may hold before it is called a bomb."""

    def __init__(self, packed: Path) -> None:
        self._left = max(_FREE_BYTES, _RATIO * packed.stat().st_size)

    def spend(self, count: int) -> None:
        """Raises `Refused` when nothing is left."""
        self._left -= count
        if self._left < 0:
            raise Refused(_BOMB)


@dataclass(frozen=True, slots=True)
class _Place:
    """An archive that is being opened: the folder it is opened into, how deep, its time, and what it may still hold."""

    target: Path
    depth: int
    modified: float
    allowance: _Allowance


def _ending(name: str) -> str | None:
    return next((ending for ending in _ENDINGS if name.lower().endswith(ending) and len(name) > len(ending)), None)


def is_hidden(parts: Sequence[str]) -> bool:
    """Hidden files and the locks of office programs are no data."""
    return any(part.startswith((".", "~$")) for part in parts)


def _folded(parts: Sequence[str]) -> str:
    """A name as the most forgetful file system tells it from another."""
    return unicodedata.normalize("NFC", "/".join(parts)).casefold()
