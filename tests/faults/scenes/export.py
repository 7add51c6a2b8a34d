"""``export`` of a small town, from its files to a share; and the sealing and sending of a large database alone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from backupreader.domain.trouble import ReaderError
from backupreader.settings import Settings
from backupreader.store import container
from backupreader.store.carried import TrustedSigner
from backupreader.store.files import Files
from backupreader.store.generations import Store
from sync import package
from sync.carriers.folder import CARRIER
from sync.export import export
from sync.receive import Word, receive
from tests.faults.scene import outcome
from tests.faults.shim import Done, Warm
from tests.faults.world import SIGNER, SITE, World, database
from tests.sync.town import backup_pc, exporter, write_export

NOW = datetime(2026, 11, 22, 8, 42, tzinfo=ZoneInfo("Europe/Copenhagen"))
MEBIBYTE = 1 << 20
PLAINTEXT = b"Kanariefugl"
GOOD = {Word.RECEIVED, Word.ALREADY_HERE, Word.SUPERSEDED}


class Export:
    """The export machine has sent a town once; now one more citizen is there. The PC has the first generation."""

    def __init__(self, folder: Path, citizens: int = 5, leave_out: tuple[str, ...] = ()) -> None:
        self.name = " without ".join([f"export of {citizens + 1} citizens", *leave_out])
        self.template = folder
        self._leave_out = leave_out
        self._citizens = citizens
        write_export(folder / "journal", citizens)
        machine = self.machine(folder)
        pc = backup_pc(folder, machine)
        export(machine, NOW)
        receive(_at(folder, pc))
        write_export(folder / "journal", citizens + 1)

    def machine(self, folder: Path) -> Settings:
        """The export machine's settings in a copy."""
        return replace(exporter(folder, folder / "share"), leave_out=self._leave_out)

    def words(self, folder: Path) -> list[str]:
        file = folder / "settings.toml"
        file.write_text(
            f'site = "{SITE}"\nlanguage = "en"\nsend_to = ["{folder / "share"}"]\n'
            f'leave_out = {json.dumps(self._leave_out)}\n[[source]]\nname = "journal"\npath = "{folder / "journal"}"\n',
            encoding="utf-8",
        )
        return ["export", "--settings", str(file), "--data", str(folder / "export")]

    def below(self, folder: Path) -> Path:
        return folder / "export"

    def wrong(self, folder: Path, done: Done, warm: Warm) -> Iterator[str]:
        yield from outcome(done)  # I5
        yield from self.found(folder, reported=done["status"] == 0)
        yield from self.again(folder)

    def again(self, folder: Path) -> Iterator[str]:
        """The next export arrives, and nothing is left over."""
        try:
            export(self.machine(folder), NOW)
        except ReaderError as trouble:
            yield f"the next export: {trouble}"
        if self._on_the_pc(folder) != self._citizens + 1:
            yield "the next export does not arrive"  # I3
        left = [*(folder / "export" / "outbox" / "work").iterdir(), *folder.rglob("*.part")]
        if left:
            yield f"left over: {[path.name for path in left]}"  # I4

    def found(self, folder: Path, *, reported: bool) -> Iterator[str]:
        """What is wrong with the machine and the share as they were found after the fault."""
        plain = [path for path in _files(folder / "export", folder / "share") if PLAINTEXT in path.read_bytes()]
        if plain:
            yield f"plaintext in {plain}"  # I4
        (folder / "share").mkdir(exist_ok=True)
        newest = self._on_the_pc(folder)
        if newest not in (self._citizens, self._citizens + 1):
            yield f"the PC has {newest}"  # I1
        if reported and newest != self._citizens + 1:
            yield "success was reported for what is not there"  # I2

    def _on_the_pc(self, folder: Path) -> int | str:
        """How many citizens the newest whole generation has after a receive, or what receive refuses."""
        pc = _at(folder, Settings(site=SITE, data=folder / "room12"))
        refused = [said.trouble for said in receive(pc) if said.word not in GOOD]
        if refused:
            return f"refused: {refused}"
        store = Store(pc.data, Files())
        newest = store.list()[0]
        try:
            store.verify(newest)
        except ReaderError as trouble:
            return str(trouble)
        return newest.manifest.counts["citizen"].rows


class Send:
    """A large database is sealed into the outbox and sent to a share, in a process of its own."""

    def __init__(self, folder: Path, size: int) -> None:
        self.name = f"seal and send of {size >> 20} MiB"
        self.template = folder
        world = World.made(folder)
        (folder / "outbox").mkdir()
        for seq in range(1, 6):  # the share is full: the oldest goes
            CARRIER.send(world.packed(seq, size=300), str(folder / "share"), Files())
        (folder / "work.db").write_bytes(database(1, size))

    def words(self, folder: Path) -> list[str]:
        return ["tests.faults.scenes.export:send", str(folder)]

    def below(self, folder: Path) -> Path:
        return folder

    def wrong(self, folder: Path, done: Done, warm: Warm) -> Iterator[str]:
        yield from outcome(done)
        yield from self.found(folder, reported=done["status"] == 0)
        send(str(folder))
        yield from self.found(folder, reported=True)
        if left := list(folder.rglob("*.part")):
            yield f"left over: {left}"

    def found(self, folder: Path, *, reported: bool) -> Iterator[str]:
        """What stands under a package's name is one, whole."""
        sent = folder / "share" / _NAME
        if reported and not sent.exists():
            yield "success was reported for what is not there"
        for path in (folder / "outbox" / _NAME, sent):
            if path.exists() and (said := _not_whole(path)):
                yield f"{path.relative_to(folder)}: {said}"


_NAME = "nordby-0000000000002500-0000000000000009.package"


def send(folder: str, files: Files | None = None) -> None:
    """What an export does with a finished database."""
    world = World(Path(folder))
    work, files = world.folder / "work.db", files or Files()
    manifest = world.manifest(9, work)
    (path,) = package.seal(work, bytes(32), manifest, SIGNER, (world.identity,), b"", world.folder / "outbox", files)
    CARRIER.send(path, str(world.folder / "share"), files)


def _not_whole(path: Path) -> str | None:
    try:
        with Files().open(path) as reading:
            head = container.read_head(reading, {TrustedSigner(SITE, SIGNER.public).id: SIGNER.public})
            container.check_database(reading, head.manifest)
    except ReaderError as trouble:
        return str(trouble)
    return None


def _at(folder: Path, pc: Settings) -> Settings:
    return Settings(site=SITE, data=folder / pc.data.name, inbox=folder / "share")


def _files(*folders: Path) -> Iterator[Path]:
    for folder in folders:
        yield from (path for path in folder.rglob("*") if path.is_file())
