"""A plan's files, taken from a disk."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Final

from backupreader.domain.errors import PLAN_UNREADABLE
from backupreader.domain.plan.finding import Finding
from backupreader.domain.plan.plan import Plan
from backupreader.domain.trouble import ReaderError, Reason
from backupreader.language import N_
from backupreader.planfile.reading import PLAN, UNITS, read

LARGEST: Final = 1 << 20
MOST: Final = 200
_MOST_TOLD: Final = 10
_LINK = N_("{file} is a link; a plan's files must lie in its folder themselves")
_NO_FILE = N_("{file} is no file")
_TOO_LARGE = N_("{file} is larger than {most} KiB")
_TOO_MANY = N_("there are more than {most} files")
_NO_UTF8 = N_("{file}, line {line}, holds a letter that is not written in UTF-8")
_TROUBLE = N_("{file}: {reason}")
_FINDING = N_("{file}, line {line}: {finding}")
_MORE = N_("and {count} more")


def gather(path: Path) -> dict[str, str]:
    """The texts of a plan that is one file, or a folder with `plan.toml` and `units/NAME.toml`, by these names.

    Other files of the folder are no part of it. Raises PLAN_UNREADABLE where one cannot be taken.
    """
    if not _is_folder(path):
        return {PLAN: _text(path, path, links=True)}
    units = path / UNITS
    try:
        names = sorted(file.name for file in units.iterdir()) if units.is_dir() else []
    except OSError as trouble:
        raise _untaken(path, _TROUBLE, file=UNITS, reason=trouble.strerror or trouble) from trouble
    if units.is_symlink():
        raise _untaken(path, _LINK, file=UNITS)
    own = [name for name in names if name.endswith(".toml") and not name.startswith(".")]
    if len(own) >= MOST:
        raise _untaken(path, _TOO_MANY, most=MOST)
    return {PLAN: _text(path, path / PLAN)} | {UNITS + name: _text(path, units / name) for name in own}


def load(path: Path) -> Plan:
    """The plan of a file or a folder. Raises PLAN_UNREADABLE with what is wrong, by file and line: the first ten."""
    found = read(gather(path))
    if found.plan is None:
        raise refused(path, found.findings)
    return found.plan


def refused(path: Path, findings: tuple[Finding, ...]) -> ReaderError:
    """The trouble of a plan that cannot be used."""
    told = [_told(path, finding) for finding in findings[:_MOST_TOLD]]
    if len(findings) > _MOST_TOLD:
        told.append(Reason(_MORE, {"count": len(findings) - _MOST_TOLD}))
    return ReaderError(PLAN_UNREADABLE, path=path, findings=tuple(told))


def place(path: Path, file: str) -> str:
    """The path of a file of the plan that was gathered from `path`."""
    return str(path / file if _is_folder(path) else path)


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # a share that does not answer: what it says is told when its file is opened
        return False


def _told(path: Path, finding: Finding) -> Reason:
    file = finding.spot.file if _is_folder(path) else path.name
    return Reason(_FINDING, {"file": file, "line": finding.spot.line, "finding": finding.reason})


def _text(path: Path, file: Path, *, links: bool = False) -> str:
    try:
        data = _bytes(path, file, links=links)
    except OSError as trouble:
        raise _untaken(path, _TROUBLE, file=file.name, reason=trouble.strerror or trouble) from trouble
    except ValueError as trouble:  # a name that no file can have
        raise _untaken(path, _TROUBLE, file=file.name, reason=trouble) from trouble
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as trouble:
        line = data.count(b"\n", 0, trouble.start) + 1
        raise _untaken(path, _NO_UTF8, file=file.name, line=line) from trouble


def _bytes(path: Path, file: Path, *, links: bool) -> bytes:
    found = file.stat() if links else file.lstat()
    if stat.S_ISLNK(found.st_mode):
        raise _untaken(path, _LINK, file=file.name)
    if not stat.S_ISREG(found.st_mode):
        raise _untaken(path, _NO_FILE, file=file.name)
    with file.open("rb") as opened:
        if not stat.S_ISREG(os.fstat(opened.fileno()).st_mode):
            raise _untaken(path, _NO_FILE, file=file.name)
        data = opened.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise _untaken(path, _TOO_LARGE, file=file.name, most=LARGEST >> 10)
    return data


def _untaken(path: Path, sentence: str, **facts: object) -> ReaderError:
    return ReaderError(PLAN_UNREADABLE, path=path, findings=Reason(sentence, facts))
