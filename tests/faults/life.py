"""A PC's life: a package twice a day, and now and then a fault of the disk, the power, the carrier, the store or another machine."""

from __future__ import annotations

import errno
import os
import random
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final, TypeAlias

from backupreader.domain.errors import FILE_TROUBLE, NO_SPACE, OLDER_PACKAGE, OTHER_PC, PACKAGE_DAMAGED, UNKNOWN_SIGNER
from backupreader.domain.trouble import ReaderError
from backupreader.store.container import OTHER_FORMAT
from backupreader.store.files import Files
from backupreader.store.manifest import Position
from sync.receive import Outcome, Word
from tests.faults.powercut import Recording, after_cut, lay
from tests.faults.world import EPOCH, OTHER_SIGNER, OTHER_VAULT, Dying, Failing, Killed, TwoFaced, Unreadable, World

Wrong: TypeAlias = Iterator[str]
FIRST_DAY: Final = datetime(2026, 1, 1, 4, 30, tzinfo=UTC)
REMEMBERED: Final = 12
"""So many packages a carrier may bring once more."""
LONGEST_CALL: Final = 40
"""A receive changes its disk about so often: later points than the last are a receive without a fault."""


class Life:
    """One PC; `lived` is one package more a step. `chance` decides which fault comes when."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.world = World.made(folder)
        self.number = 0
        self._chance = random.Random(seed)
        self._opened: Position | None = None
        self._faults: dict[str, Callable[[Path], Wrong]] = {
            "killed": self._killed,
            "failing": self._failing,
            "unreadable": self._unreadable,
            "power": self._power,
            "carrier": self._carrier,
            "two faces": self._two_faces,
            "replay": self._replay,
            "stranger": self._stranger,
            "too far": self._too_far,
            "same number": self._same_number,
            "damaged store": self._damaged_store,
        }

    def lived(self, packages: int, rate: float, only: tuple[str, ...] = ()) -> Iterator[list[str]]:
        """What broke, a list a package; `only` names the faults that come."""
        names = only or tuple(self._faults)
        for _ in range(packages):
            self.number += 1
            package = self._packed(self.number)
            fault = self._chance.choice(names) if self._chance.random() < rate and self.number > 2 else None
            wrong = [] if fault is None else [f"{fault}: {said}" for said in self._faults[fault](package)]
            wrong += self._arrives(package)
            if fault is not None or self.number % 50 == 0:
                wrong += self._whole()
            self._person()
            yield [f"package {self.number}: {said}" for said in wrong]

    def _packed(self, number: int) -> Path:
        size = self._chance.choice([300, 2000, 20_000])
        created = (FIRST_DAY + timedelta(hours=12 * number)).strftime("%Y-%m-%dT%H:%M:%SZ")
        for old in sorted((self.world.folder / "sent").glob("*.package"))[:-REMEMBERED]:
            old.unlink()
        return self.world.packed(number, size=size, created=created)

    def _arrives(self, package: Path) -> Wrong:
        """The package, at last without a fault."""
        if not (self.world.inbox / package.name).exists():
            self.world.delivered(package)
        said = [_said(one) for one in self.world.receive()]
        newest = self.world.store.newest()
        if not set(said) <= {"received", "already-here"} or newest is None or newest.position.seq != self.number:
            yield f"the newest is {newest and newest.position}: {said}"  # I1, I3, I5
        if self.world.staged() or list(self.world.inbox.iterdir()):
            yield "something is left in staging or in the inbox"  # I4
        if newest is not None:
            try:
                self.world.store.verify(newest)
            except ReaderError as trouble:
                yield f"it is not whole: {trouble}"  # I2

    def _whole(self) -> Wrong:
        whole = self.world.whole()
        must = list(range(self.number, max(0, self.number - 8), -1))
        if whole[: len(must)] != must:
            yield f"of the newest eight only {whole[:8]} are left"  # I6
        if self._opened is not None and self._opened.seq not in whole:
            yield "what a person opened last is gone"  # I6

    def _person(self) -> None:
        """Now and then a person opens one, and not always the newest."""
        if self._chance.random() < 0.05:
            chosen = self._chance.choice(self.world.store.list()[:5])
            self.world.store.mark_opened(chosen)
            self._opened = chosen.position

    def _between(self, package: Path, *also: str, disk: Files | None = None) -> Wrong:
        """A receive on a bad disk: a documented word, the old or the new generation, and no package lost."""
        try:
            said = {_said(one) for one in self.world.receive(disk)}
        except ReaderError as trouble:
            said = {trouble.kind.code}
        except Killed:
            said = set()
        if not said <= {"received", "already-here", FILE_TROUBLE.code, NO_SPACE.code, *also}:
            yield f"{said}"  # I5
        newest = self.world.newest()
        if newest not in (self.number - 1, self.number) or ("received" in said and newest != self.number):
            yield f"{said}, and the newest is {newest}"  # I1, I2
        if newest != self.number and not (self.world.inbox / package.name).exists():
            yield "the package is lost"  # I3

    def _refused(self, path: Path, *codes: str) -> Wrong:
        """A package that must not be taken; it is taken away again."""
        laid = self.world.delivered(path, "strange.package")
        outcomes = self.world.receive()
        laid.unlink(missing_ok=True)
        said = [_said(one) for one in outcomes]
        if said != [said[0]] or said[0] not in codes:
            yield f"{said} in place of {codes}"
        if any(one.trouble is not None and one.trouble.facts.get("reason") is OTHER_FORMAT for one in outcomes):
            yield "what nobody signed was parsed"
        if (newest := self.world.store.newest()) is None or newest.position.seq >= self.number:
            yield "the newest is one that must be refused"

    def _killed(self, package: Path) -> Wrong:
        self.world.delivered(package)
        yield from self._between(package, disk=Dying(self._point(), torn=self._chance.random() < 0.5))

    def _failing(self, package: Path) -> Wrong:
        self.world.delivered(package)
        code = self._chance.choice([errno.EIO, errno.ENOSPC, errno.EDQUOT, errno.EROFS])
        yield from self._between(package, disk=Failing(self._point(), code, for_ever=self._chance.random() < 0.5))

    def _unreadable(self, package: Path) -> Wrong:
        self.world.delivered(package)
        damaged = (PACKAGE_DAMAGED.code, OLDER_PACKAGE.code)  # a stored head that is not given back counts by its name
        yield from self._between(package, *damaged, disk=Unreadable(self._point()))

    def _power(self, package: Path) -> Wrong:
        self.world.delivered(package)
        root = self.world.settings.data
        disk = Recording(root)
        self.world.receive(disk)
        disk.end()
        moment = self._chance.randrange(len(disk.moments))
        shutil.rmtree(root)
        lay(after_cut(disk.moments[moment], self._chance), root)
        self.world.inbox.mkdir(exist_ok=True)
        newest = self.world.newest()
        if newest not in (self.number - 1, self.number) or (moment == len(disk.moments) - 1 and newest != self.number):
            yield f"before change {moment} of {len(disk.moments)}: the newest is {newest}"

    def _carrier(self, package: Path) -> Wrong:
        data = bytearray(package.read_bytes())
        head = 12 + int.from_bytes(data[8:12], "big") + 64
        match self._chance.choice(["head", "database", "cut", "appended", "zeroed"]):
            case "head":
                data[self._chance.randrange(head)] ^= 1 << self._chance.randrange(8)
            case "database":
                data[self._chance.randrange(head, len(data))] ^= 1 << self._chance.randrange(8)
            case "cut":
                del data[self._chance.randrange(len(data)) :]
            case "appended":
                data += os.urandom(self._chance.choice([1, 4096]))
            case _:
                data[-256:] = bytes(256)
        spoilt = self.world.folder / "spoilt"
        spoilt.write_bytes(data)
        yield from self._refused(spoilt, PACKAGE_DAMAGED.code, UNKNOWN_SIGNER.code)

    def _two_faces(self, package: Path) -> Wrong:
        """Another content at the second reading: what is copied is what is judged."""
        good = package.read_bytes()
        spoilt = good[:-1] + bytes([good[-1] ^ 1])
        self.world.delivered(package)
        turn = self._chance.choice([1, 2])
        yield from self._between(
            package, PACKAGE_DAMAGED.code, disk=TwoFaced(lambda opening: spoilt if opening >= turn else good)
        )
        if self.world.newest() == self.number:
            yield "a damaged copy was taken"
        for left in self.world.inbox.iterdir():
            left.unlink()

    def _replay(self, package: Path) -> Wrong:
        older = self._chance.choice(sorted((self.world.folder / "sent").glob("*.package"))[:-2])
        yield from self._refused(older, OLDER_PACKAGE.code)

    def _stranger(self, package: Path) -> Wrong:
        if self._chance.random() < 0.5:
            yield from self._refused(self._once(signer=OTHER_SIGNER), UNKNOWN_SIGNER.code)
        else:
            yield from self._refused(self._once(recipients=(OTHER_VAULT,)), OTHER_PC.code)

    def _too_far(self, package: Path) -> Wrong:
        far = self.world.packed(self.number + 1001, size=300)
        yield from self._refused(far, PACKAGE_DAMAGED.code)
        far.unlink()

    def _same_number(self, package: Path) -> Wrong:
        """Another content under the number of the newest one here."""
        kept = self.world.folder / "sent" / f"nordby-{Position(EPOCH, self.number - 1)}.package"
        good = kept.read_bytes()
        yield from self._refused(self.world.packed(self.number - 1, content=-1), PACKAGE_DAMAGED.code)
        kept.write_bytes(good)

    def _damaged_store(self, package: Path) -> Wrong:
        """The newest one here goes bad: an older package is refused all the same, and its own repairs it."""
        newest = self.world.store.list()[0]
        part = self._chance.choice([newest.database, newest.path / "head"])
        data = bytearray(part.read_bytes())
        data[self._chance.randrange(len(data))] ^= 1
        part.write_bytes(data)
        if self.world.newest() != self.number - 2:
            yield "damage was not seen"
        sent = sorted((self.world.folder / "sent").glob("*.package"))
        yield from self._refused(self._chance.choice(sent[:-2]), OLDER_PACKAGE.code)
        self.world.delivered(sent[-2])
        yield from (f"repair: {said}" for said in map(_said, self.world.receive()) if said != "received")

    def _once(self, **changes: object) -> Path:
        """The package as another machine would make it; the true one is put back."""
        path = self.world.folder / "sent" / f"nordby-{Position(EPOCH, self.number)}.package"
        good = path.read_bytes()
        other = self.world.packed(self.number, **changes).rename(self.world.folder / "strange")
        path.write_bytes(good)
        return other

    def _point(self) -> int:
        return self._chance.randint(1, LONGEST_CALL)


def _said(outcome: Outcome) -> str:
    """Its word, or the code of the refusal."""
    return outcome.trouble.kind.code if outcome.word is Word.REFUSED and outcome.trouble else outcome.word.value
