"""The store: one folder a generation, never changed, published with one rename (DESIGN.md, part 5).

    generations/<epoch>-<seq>/head      magic to signature, then the plan: exactly as it came
    generations/<epoch>-<seq>/data.db   the sealed database: exactly as it came
    staging/                            what is being copied or taken away; emptied at the start of every receive
    state/opened                        the position of the last generation that a person opened
    state/taken-a, -b                   the highest position that was taken from each signer

What can be computed from the folders is kept nowhere else. What was taken cannot, once a folder is damaged: whose it
was stands in its head only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from backupreader.domain.errors import PACKAGE_DAMAGED, STORE_DAMAGED, UNKNOWN_SIGNER
from backupreader.domain.trouble import ReaderError
from backupreader.store import container
from backupreader.store.container import Head
from backupreader.store.copies import Copies
from backupreader.store.files import Files, Reading
from backupreader.store.manifest import Manifest, Position
from backupreader.store.trust import Trust

HEAD: Final = "head"
DATABASE: Final = "data.db"
_NAME = re.compile(r"([0-9]{16})-([0-9]{16})")
_LONGEST_NOTE = 64


@dataclass(frozen=True, slots=True)
class Generation:
    """One published generation whose head is whole and signed.

    `retired`: its signer is no longer trusted for new packages. `digest` is that of its signed head.
    """

    path: Path
    manifest: Manifest
    retired: bool
    digest: bytes = b""

    @property
    def position(self) -> Position:
        """Where it stands in its exporter's line."""
        return self.manifest.position

    @property
    def database(self) -> Path:
        """The sealed database."""
        return self.path / DATABASE


class Store:
    """The generations under a PC's data folder, or what is kept of some in another folder of it."""

    def __init__(self, data: Path, files: Files, folder: str = "generations") -> None:
        self.folder = data / folder
        self.staging = data / "staging"
        self._state = data / "state"
        self._record = Copies(self._state, "taken", files)
        self._files = files
        self._trust = Trust(data, files)

    def list(self) -> tuple[Generation, ...]:
        """All generations with a whole, signed head, newest first; those of retired signers below all others.

        Only heads are read: a database may still turn out to be damaged, which `verify` tells.
        """
        keys, known = self._trust.all_keys(), self._trust.known_ids()
        found: list[Generation] = []
        for folder in self._folders():
            with suppress(ReaderError):  # `damaged` lists these
                head = self._head(folder, keys)
                found.append(Generation(folder, head.manifest, head.manifest.signer not in known, head.digest))
        return tuple(sorted(found, key=age_order, reverse=True))

    def newest(self) -> Generation | None:
        """The newest with a whole head."""
        return next(iter(self.list()), None)

    def damaged(self, listed: Iterable[Generation] | None = None) -> tuple[Path, ...]:
        """The folders whose head cannot be read or believed.

        With `listed`, those that this `list` left out: a disk that fails now and then must not answer twice.
        """
        whole = {generation.path for generation in (self.list() if listed is None else listed)}
        return tuple(folder for folder in self._folders() if folder not in whole)

    def damaged_positions(self, listed: Iterable[Generation] | None = None) -> tuple[Position, ...]:
        """What those folders are called."""
        return tuple(map(_position, self.damaged(listed)))

    def trouble(self, folder: Path) -> ReaderError | None:
        """Why the head in a folder cannot be read or believed; None where it can."""
        try:
            self._head(folder, self._trust.all_keys())
        except ReaderError as trouble:
            return trouble
        return None

    def position(self) -> Position | None:
        """The highest position that counts against a rollback: that of a signer that is still known.

        Damage on the disk must not let an older package in, nor keep a newer one out because a retired signer, perhaps
        a thief, went far ahead. Where the record of what was taken is lost, a folder with a damaged head counts by its
        name.
        """
        known, generations, taken = self._trust.known_ids(), self.list(), self._taken()
        counting = [generation.position for generation in generations if not generation.retired]
        if taken:
            counting += [position for signer, position in taken.items() if signer in known]
        else:
            counting += map(_position, self.damaged(generations))
        return max(counting, default=None)

    def note_taken(self, manifest: Manifest) -> None:
        """Remember that this signer has come so far; done before its package is published."""
        taken = self._taken()
        former = taken.get(manifest.signer)
        if former is None or former < manifest.position:
            everyone = {**taken, manifest.signer: manifest.position}
            self._record.write({signer: [one.epoch, one.seq] for signer, one in everyone.items()})

    def at(self, position: Position) -> Path | None:
        """The folder at a position, whole or damaged; None where there is none."""
        folder = self.folder / str(position)
        return folder if folder.is_dir() else None

    def verify(self, generation: Generation) -> None:
        """Signature, plan and every byte of the database.

        Raises STORE_DAMAGED or, where the disk fails, FILE_TROUBLE.
        """
        try:
            head = self._head(generation.path, self._trust.all_keys())
            with self._open(generation.database) as reading:
                container.check_database(reading, head.manifest)
        except ReaderError as trouble:
            if trouble.kind in {PACKAGE_DAMAGED, UNKNOWN_SIGNER}:
                raise ReaderError(STORE_DAMAGED, path=generation.path) from trouble
            raise

    def head(self, generation: Generation) -> Head:
        """Its signed head, and the plan archive behind it.

        Raises PACKAGE_DAMAGED or UNKNOWN_SIGNER when it is not whole.
        """
        return self._head(generation.path, self._trust.all_keys())

    def plan(self, generation: Generation) -> bytes:
        """The plan archive that came with it. Raises as `head`."""
        return self.head(generation).plan

    def prepare(self) -> None:
        """Make the folders, and take away whatever a crash left in staging."""
        self._files.make_folder(self.folder)
        self._files.make_folder(self._state)
        self._files.empty_folder(self.staging)

    def publish(self, staged: Path, head: Head) -> Path:
        """Publish a staged folder that holds its DATABASE: add the head, make all of it durable, and rename it once.

        A damaged folder of the same position is moved to staging first: it holds nothing that could be read.
        """
        target = self.folder / str(head.manifest.position)
        self._files.write_new(staged / HEAD, head.raw + head.plan)
        self._files.fsync_folder(staged)
        aside = self.staging / f"{target.name}.damaged"
        if target.exists():
            self._files.rename(target, aside)
        self._files.rename(staged, target)
        self._files.fsync_folder(self.folder)
        self._files.fsync_folder(self.staging)
        if aside.exists():
            with suppress(ReaderError):  # published all the same; the next receive empties staging
                self._files.remove_tree(aside)
        return target

    def prune(self, keep: int, days: int) -> tuple[Position, ...]:
        """Take away what `kept` does not keep; the positions that went.

        The newest of each signer stays too: who has a new key cannot flood out all that the one before has sent. One
        that the system holds on to stays for the next time.

        A folder whose head is not what was signed goes when `keep` whole generations are newer than it.
        """
        generations = self.list()
        keeping = kept([(g.position, g.manifest.created, g.retired) for g in generations], keep, days, self.opened())
        keeping |= set({one.manifest.signer: one.position for one in reversed(generations)}.values())
        leaving = [generation.path for generation in generations if generation.position not in keeping]
        whole = [generation.position for generation in generations]
        leaving += [folder for folder in self._spoilt() if sum(_position(folder) < other for other in whole) >= keep]
        gone: list[Position] = []
        for folder in leaving:
            aside = self.staging / folder.name
            # Windows does not rename a folder with an open file in it: a reader keeps its generation.
            with suppress(ReaderError):
                self._files.rename(folder, aside)
                self._files.fsync_folder(self.folder)
                gone.append(_position(folder))
                self._files.remove_tree(aside)
        return tuple(gone)

    def mark_opened(self, generation: Generation) -> None:
        """Note that a person opened it: it is kept until another is opened."""
        if self.opened() != generation.position:
            self._files.make_folder(self._state)
            self._files.replace(self._state / "opened", str(generation.position).encode("ascii"))

    def opened(self) -> Position | None:
        """The last generation that a person opened."""
        try:
            name = self._files.read_whole(self._state / "opened", _LONGEST_NOTE).decode("ascii", "replace")
        except ReaderError:
            return None
        return Position(int(name[:16]), int(name[17:])) if _NAME.fullmatch(name) else None

    def _taken(self) -> dict[str, Position]:
        """The highest position of each signer, by its id; nothing where the record is lost."""
        value = self._record.read()
        found: dict[str, Position] = {}
        for signer, place in value.items() if isinstance(value, dict) else ():
            match place:
                case [int(epoch), int(seq)]:
                    found[signer] = Position(epoch, seq)
                case _:
                    pass
        return found

    def _spoilt(self) -> Iterator[Path]:
        """The folders that can never be read again. One that the disk does not give back just now is not among them."""
        for folder in self.damaged():
            trouble = self.trouble(folder)
            if trouble is not None and trouble.kind is PACKAGE_DAMAGED and _position(folder) != self.opened():
                yield folder

    def _folders(self) -> tuple[Path, ...]:
        if not self.folder.is_dir():
            return ()
        return tuple(sorted(entry for entry in self.folder.iterdir() if _NAME.fullmatch(entry.name) and entry.is_dir()))

    def _open(self, path: Path) -> Reading:
        return self._files.open(path, follow=False)

    def _head(self, folder: Path, keys: Mapping[str, bytes]) -> Head:
        with self._open(folder / HEAD) as reading:
            head = container.read_head(reading, keys, database_follows=False)
        if folder.name != str(head.manifest.position):  # a true head in another's place
            raise ReaderError(PACKAGE_DAMAGED, path=folder, reason=container.BAD_LENGTH)
        return head


def kept(
    generations: Iterable[tuple[Position, str, bool]], keep: int, days: int, opened: Position | None
) -> frozenset[Position]:
    """Which of (position, created, retired) stay: the newest `keep`, the last one of `days` days, and the opened one.

    Days are those that the manifests state, so no clock of this PC can make anything go.
    """
    newest_first = sorted(generations, key=lambda item: (not item[2], item[0]), reverse=True)
    keeping = {position for position, _, _ in newest_first[:keep]}
    seen: list[str] = []
    for position, created, _ in newest_first:
        day = created[:10]
        if day not in seen:
            seen.append(day)
            if len(seen) <= days:
                keeping.add(position)
    if opened is not None:
        keeping.add(opened)
    return frozenset(keeping)


def age_order(generation: Generation) -> tuple[bool, Position]:
    """The newest is the largest; those of retired signers come below all others."""
    return not generation.retired, generation.position


def _position(folder: Path) -> Position:
    name = folder.name
    return Position(int(name[:16]), int(name[17:]))
