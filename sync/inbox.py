"""The inbox: where a carrier lays packages on the PC.

Whose is it? The carrier's. A package that is refused stays where it is, so that nothing is ever lost here and the
person who looks for it finds it; the carrier or a person takes it away. Only in the PC's own inbox (``data/inbox``,
none named in the settings) is a package taken away once the store holds it whole; a share or a stick is never written
to. Names that do not end in ``.package`` (among them ``.part``, still being written) are not looked at.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from backupreader.domain.trouble import ReaderError
from backupreader.settings import Settings
from backupreader.store import container
from backupreader.store.files import Files, told
from backupreader.store.manifest import Position

Stamp: TypeAlias = tuple[str, int, int]
"""A file's name, size and modification time in nanoseconds: changes when the file does."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A package in the inbox. `position` is None when its head was refused."""

    path: Path
    position: Position | None
    stamp: Stamp


class Inbox:
    """The inbox of a PC's settings."""

    def __init__(self, settings: Settings, files: Files) -> None:
        self.folder = settings.inbox_folder
        self._own = settings.inbox is None
        self._files = files

    def prepare(self) -> None:
        """Make the PC's own inbox where it is missing."""
        if self._own:
            self._files.make_folder(self.folder)

    def stamps(self) -> tuple[Stamp, ...]:
        """The stamps of all packages, by name. Raises FILE_TROUBLE when a named inbox is not there."""
        found: list[Stamp] = []
        with told(self.folder):
            for path in sorted(self.folder.iterdir()):
                if path.name.endswith(container.SUFFIX):
                    with suppress(FileNotFoundError):  # the carrier took it away meanwhile
                        state = path.lstat()
                        found.append((path.name, state.st_size, state.st_mtime_ns))
        return tuple(found)

    def waiting(self, signers: Mapping[str, bytes], skip: Collection[Stamp] = ()) -> tuple[Waiting, ...]:
        """All packages, oldest position first, refused heads last; those whose stamp is in `skip` are not opened.

        The positions only order the work: each is judged again when taken.
        """
        found = [
            Waiting(self.folder / stamp[0], self._peek(self.folder / stamp[0], signers), stamp)
            for stamp in self.stamps()
            if stamp not in skip
        ]
        return tuple(
            sorted(found, key=lambda item: (item.position is None, item.position or Position(0, 0), item.path.name))
        )

    def taken(self, path: Path) -> None:
        """The store holds this package whole: take it out of the PC's own inbox.

        One that cannot be taken away is found again, and passed over.
        """
        if self._own:
            with suppress(ReaderError):
                self._files.remove(path)

    def _peek(self, path: Path, signers: Mapping[str, bytes]) -> Position | None:
        try:
            with self._files.open(path, follow=False) as reading:
                return container.read_head(reading, signers).manifest.position
        except ReaderError:
            return None
