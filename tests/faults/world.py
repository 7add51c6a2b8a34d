"""An export machine, a carrier and a PC in one folder, whose packages a test may change as it likes.

The databases are random bytes: receive looks into none. Everything else is the real thing.
"""

from __future__ import annotations

import errno
import hashlib
import os
import random
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from backupreader.domain.trouble import ReaderError
from backupreader.settings import Settings
from backupreader.store.carried import TrustedSigner, VaultIdentity
from backupreader.store.files import Files
from backupreader.store.form import SCHEMA
from backupreader.store.generations import Store
from backupreader.store.manifest import EMPTY_SHA256, Count, Manifest, Position, UnitCount
from backupreader.store.seal import Signer, public_of
from backupreader.store.trust import Trust
from sync import package, receive
from sync.receive import Outcome, Word

SITE = "nordby"
EPOCH = 2500
SEED = bytes(range(32))
SIGNER = Signer(bytes(range(32, 64)))
OTHER_SIGNER = Signer(bytes(range(64, 96)))
OTHER_VAULT = VaultIdentity("room99", SITE, public_of(bytes(32)))
LARGEST = 64 << 20
"""Python makes up to 256 MiB at one go."""
CANARY = b"Kirsten-Kanariefugl-Moelgaard"
"""Stands in every database as plaintext would: it must never be found outside the folders where databases may lie."""


@dataclass(frozen=True, slots=True)
class World:
    """One folder; see the module."""

    folder: Path
    files: Files = field(default_factory=Files)

    @property
    def settings(self) -> Settings:
        return Settings(site=SITE, data=self.folder / "pc")

    @property
    def inbox(self) -> Path:
        return self.settings.inbox_folder

    @property
    def store(self) -> Store:
        return Store(self.settings.data, Files())

    @property
    def identity(self) -> VaultIdentity:
        return VaultIdentity("room12", SITE, public_of(SEED))

    @classmethod
    def made(cls, folder: Path) -> World:
        """A PC with a vault that trusts `SIGNER`, and an empty inbox."""
        world = cls(folder)
        files = Files()
        place = world.settings.data / "vault"
        files.make_folder(place)
        files.write_new(place / "identity.vault", world.identity.encode())
        Trust(world.settings.data, files).add(TrustedSigner(SITE, SIGNER.public))
        world.inbox.mkdir(parents=True)
        (folder / "sent").mkdir()
        return world

    def manifest(self, seq: int, database: Path, **changes: object) -> Manifest:
        """A plausible manifest of a database."""
        data = database.read_bytes()
        made = Manifest(
            schema=SCHEMA,
            site=SITE,
            signer=TrustedSigner(SITE, SIGNER.public).id,
            epoch=EPOCH,
            seq=seq,
            created=f"2026-11-{1 + seq // 2 % 28:02d}T{5 + 12 * (seq % 2):02d}:30:00Z",
            next_expected="2026-11-22T16:30:00Z",
            taken_at={"nexus": {"citizen": "2026-11-22T05:30:00+01:00"}},
            counts={"citizen": Count(300, 300), "note": Count(30_000, 300, "2026-11-22T05:10:00+01:00")},
            units={"nexus:nord": UnitCount("Nord", 300)},
            database_length=len(data),
            database_sha256=hashlib.sha256(data).hexdigest(),
            seals={},
            plan_length=0,
            plan_sha256=EMPTY_SHA256,
        )
        return replace(made, **changes)

    def packed(
        self,
        seq: int = 1,
        *,
        size: int = 5000,
        plan: bytes = b"",
        signer: Signer = SIGNER,
        recipients: tuple[VaultIdentity, ...] | None = None,
        content: int | None = None,
        **changes: object,
    ) -> Path:
        """A package, as the export machine sends it. `content` chooses the database's bytes; the same one gives the same bytes."""
        work = self.folder / "work.db"
        work.write_bytes(database(content if content is not None else seq, size))
        manifest = self.manifest(seq, work, signer=TrustedSigner(SITE, signer.public).id, **changes)
        (path,) = package.seal(
            work,
            os.urandom(32),
            manifest,
            signer,
            (self.identity,) if recipients is None else recipients,
            plan,
            self.folder / "sent",
            Files(),
        )
        work.unlink()
        return path

    def delivered(self, path: Path, name: str | None = None) -> Path:
        """The carrier lays a copy into the inbox."""
        return Path(shutil.copy(path, self.inbox / (name or path.name)))

    def receive(self, files: Files | None = None) -> tuple[Outcome, ...]:
        """One run of receive."""
        return receive.receive(self.settings, files)

    def word(self, path: Path | None = None) -> Word | str:
        """What one receive says of the only package: its word, or the code of the refusal.

        A package that is given is laid into the inbox first, and taken away again if it is still there.
        """
        laid = self.delivered(path) if path is not None else None
        (outcome,) = self.receive()
        if laid is not None:
            laid.unlink(missing_ok=True)
        return outcome.trouble.kind.code if outcome.word is Word.REFUSED and outcome.trouble else outcome.word

    def whole(self) -> list[int]:
        """The numbers of the generations whose every byte is right, newest first."""
        found = []
        for generation in self.store.list():
            try:
                self.store.verify(generation)
            except ReaderError:
                continue
            found.append(generation.position.seq)
        return found

    def newest(self) -> int | None:
        """The number of the newest readable generation."""
        return next(iter(self.whole()), None)

    def staged(self) -> list[Path]:
        """What lies in staging."""
        return sorted(self.store.staging.iterdir()) if self.store.staging.is_dir() else []


def database(content: int, size: int) -> bytes:
    """The bytes of a made-up database."""
    chance = random.Random(content)
    return b"".join(chance.randbytes(min(LARGEST, size - done)) for done in range(0, size, LARGEST))


def position(seq: int) -> Position:
    return Position(EPOCH, seq)


class Counting(Files):
    """A disk on which every call that changes something first asks `before`."""

    def __init__(self, before: Callable[[int, str], None]) -> None:
        self.calls = 0
        self._before = before

    def _count(self, what: str) -> None:
        self.calls += 1
        self._before(self.calls, what)

    def open_new(self, path: Path, mode: int) -> int:
        self._count("open")
        return super().open_new(path, mode)

    def open_end(self, path: Path, mode: int) -> int:
        self._count("open")
        return super().open_end(path, mode)

    def open_lock(self, path: Path) -> int:
        self._count("lock")
        return super().open_lock(path)

    def write(self, descriptor: int, data: memoryview) -> int:
        self._count("write")
        return super().write(descriptor, data)

    def sync(self, descriptor: int) -> None:
        self._count("sync")
        super().sync(descriptor)

    def close(self, descriptor: int) -> None:
        super().close(descriptor)
        self._count("close")

    def move(self, old: Path, new: Path) -> None:
        self._count("move")
        super().move(old, new)

    def unlink(self, path: Path) -> None:
        self._count("unlink")
        super().unlink(path)

    def mkdir(self, path: Path) -> None:
        self._count("mkdir")
        super().mkdir(path)

    def rmdir(self, path: Path) -> None:
        self._count("rmdir")
        super().rmdir(path)

    def sync_folder(self, path: Path) -> None:
        self._count("sync folder")
        super().sync_folder(path)


class Killed(BaseException):
    """The process died here. No handler of ours catches it, and the disk takes nothing after it."""


class Dying(Counting):
    """A disk under a process that dies just before its `last` change, with half of a write on the disk where `torn`."""

    def __init__(self, last: int, *, torn: bool = False) -> None:
        super().__init__(self._die)
        self._last = last
        self._torn = torn

    def _die(self, number: int, what: str) -> None:
        if number >= self._last:
            raise Killed(what)

    def write(self, descriptor: int, data: memoryview) -> int:
        if self._torn and self.calls + 1 == self._last and len(data) > 1:
            super(Counting, self).write(descriptor, data[: len(data) // 2])
        return super().write(descriptor, data)


class Failing(Counting):
    """A disk that answers the `first` change with an error, and every later one too where `for_ever`."""

    def __init__(self, first: int, code: int, *, for_ever: bool = False) -> None:
        super().__init__(self._fail)
        self._first = first
        self._code = code
        self._for_ever = for_ever

    def _fail(self, number: int, what: str) -> None:
        if number == self._first or (self._for_ever and number > self._first):
            raise OSError(self._code, os.strerror(self._code))


class Unreadable(Files):
    """A disk that fails at its n-th read, and at every later one too where `for_ever`."""

    def __init__(self, failing: int, *, for_ever: bool = False) -> None:
        self.reads = 0
        self._failing = failing
        self._for_ever = for_ever

    def read(self, descriptor: int, count: int) -> bytes:
        self.reads += 1
        if self.reads == self._failing or (self._for_ever and self.reads > self._failing):
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return super().read(descriptor, count)


class TwoFaced(Files):
    """A carrier's file system that gives other bytes at every opening of a package: those of `answer`, counted from 1."""

    def __init__(self, answer: Callable[[int], bytes]) -> None:
        self._answer = answer
        self._openings = 0

    def open_old(self, path: Path, *, follow: bool) -> int:
        if path.suffix == ".package":
            self._openings += 1
            path.write_bytes(self._answer(self._openings))
        return super().open_old(path, follow=follow)


def snapshots(folder: Path) -> Iterator[tuple[Path, bytes]]:
    """Every file under a folder with its bytes."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.relative_to(folder), path.read_bytes()
