"""A folder: a share, a mounted stick, or the inbox itself.

Written beside the name as ``.part``, forced to the disk, and renamed.

The newest `KEPT` packages of a site stay in the folder and older ones of that site are taken away, so that a share
does not fill up: each package holds everything, and a PC that was off for a week needs only the newest.
"""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path
from typing import Final

from backupreader.domain.trouble import ReaderError
from backupreader.store.container import SUFFIX
from backupreader.store.files import Files, told

KEPT: Final = 4
PART: Final = ".part"
_SITE_AND_POSITION = re.compile(r"(.+)-([0-9]{16}-[0-9]{16})(-[0-9]+)?" + re.escape(SUFFIX))


class Folder:
    """See the module."""

    name = "folder"

    def claims(self, target: str) -> bool:
        """A path, plain or after ``folder:``; nothing with another scheme."""
        return "://" not in target and bool(target)

    def send(self, package: Path, target: str, files: Files) -> None:
        """Bring the package into the folder."""
        folder = Path(target.removeprefix("folder:"))
        files.make_folder(folder)
        part = folder / (package.name + PART)
        files.remove(part)
        files.copy(package, part)
        files.rename(part, folder / package.name)
        files.fsync_folder(folder)
        with suppress(ReaderError):
            keep_newest(folder, package.name, files)


def keep_newest(folder: Path, name: str, files: Files) -> None:
    """Take away the packages of the same site as `name` that are older than its newest `KEPT` positions.

    What cannot be taken away now goes the next time: the new package is there, and that is what counts.
    """
    named = _SITE_AND_POSITION.fullmatch(name)
    if named is None:
        return
    found: dict[str, list[Path]] = {}
    leaving: list[Path] = []
    with told(folder):
        entries = list(folder.iterdir())
    for path in entries:
        match = _SITE_AND_POSITION.fullmatch(path.name.removesuffix(PART))
        if match is None or match[1] != named[1] or path.name == name:
            continue
        if path.name.endswith(PART):  # left over by a crash: nobody is writing but us
            leaving.append(path)
        else:
            found.setdefault(match[2], []).append(path)
    newest = sorted({*found, named[2]})[-KEPT:]
    leaving += [path for position, paths in found.items() if position not in newest for path in paths]
    for path in leaving:
        with suppress(ReaderError):
            files.remove(path)


CARRIER: Final = Folder()
