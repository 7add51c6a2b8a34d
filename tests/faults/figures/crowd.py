"""F12: eight receives at one moment, under three open readers of a real generation."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from backupreader.domain.errors import BUSY
from backupreader.domain.trouble import ReaderError
from backupreader.settings import Settings
from backupreader.store.database import SCHEMA
from backupreader.store.files import Files
from backupreader.store.generations import Store
from backupreader.store.manifest import Manifest
from backupreader.store.opening import open_newest
from sync import package
from sync.build import build
from sync.origin import Origin
from sync.read import read_all
from sync.receive import receive
from tests.faults.figure import Amount, Tried, Untried
from tests.faults.shim import NOT_HERE, Asked, Done, Warm
from tests.sync.town import SITE, backup_pc, exporter, session, write_export

FIGURES: Final = ("F12",)
WHAT: Final = "eight receives at one moment under three open readers: one receives, the others are busy or find it done"
GOAL: Final = {Amount.BOUNDED: 20, Amount.LONG: 1000}
AT_ONCE: Final = 8
READERS: Final = 3
NOW: Final = datetime(2026, 1, 1, 4, 30, tzinfo=ZoneInfo("Europe/Copenhagen"))


def tried(amount: Amount, folder: Path) -> Iterator[Tried | Untried]:
    """A round is a package, eight receives, and three readers that were open before."""
    if NOT_HERE:
        yield Untried(id="F12", what=WHAT, why=NOT_HERE)
        return
    town = _Town(folder)
    violations: list[str] = []
    with Warm(folder) as warm:
        for number in range(1, GOAL[amount] + 1):
            violations += [f"round {number}: {said}" for said in town.round(number, warm)]
    yield Tried(id="F12", what=WHAT, cases=GOAL[amount], goal=GOAL[amount], violations=tuple(violations))


class _Town:
    """A town of five and one of six citizens, built once and sealed anew each round, in turn."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        machine = exporter(folder)
        self._pc = backup_pc(folder, machine)
        self._session = session(self._pc)
        origin = Origin(machine.data, Files())
        self._own = origin.signer(SITE, datetime.now(NOW.tzinfo))
        self._vaults = origin.recipients(SITE)
        self._built = [self._made(machine, citizens) for citizens in (5, 6)]
        (folder / "sealed").mkdir()
        settings = folder / "settings.toml"
        settings.write_text(f'site = "{SITE}"\nlanguage = "en"\n', encoding="utf-8")
        words = ["receive", "--json", "--settings", str(settings), "--data", str(self._pc.data)]
        self._asked = [Asked(words=words)] * AT_ONCE
        self._deliver(0)
        receive(self._pc)

    def _made(self, machine: Settings, citizens: int) -> tuple[Path, bytes, Manifest]:
        write_export(self._folder / "journal", citizens)
        path, key = self._folder / f"{citizens}.db", package.new_key()
        built = build(read_all(machine), path, key, files=Files(), tick=lambda done, total: None)
        manifest = Manifest(
            schema=SCHEMA,
            site=SITE,
            signer=self._own.trusted().id,
            epoch=self._own.epoch,
            seq=1,
            created="",
            next_expected=None,
            taken_at={},
            counts={},
            units={},
            database_length=built.length,
            database_sha256=built.sha256,
            seals={},
            plan_length=0,
            plan_sha256="",
        )
        return path, key, manifest

    def _deliver(self, number: int) -> None:
        path, key, manifest = self._built[number % 2]
        created = (NOW + timedelta(hours=12 * number)).astimezone(ZoneInfo("UTC")).strftime("%Y-%m-%dT%H:%M:%SZ")
        numbered = replace(manifest, seq=number + 1, created=created)
        (sealed,) = package.seal(
            path, key, numbered, self._own.signer, self._vaults, b"", self._folder / "sealed", Files()
        )
        sealed.rename(self._pc.inbox_folder / sealed.name)

    def round(self, number: int, warm: Warm) -> Iterator[str]:
        """What went wrong."""
        readers = [open_newest(self._pc, self._session) for _ in range(READERS)]
        old, new = 5 + (number - 1) % 2, 5 + number % 2
        self._deliver(number)
        said = Counter(_said(done) for done in warm.at_once(self._asked))
        if said["received"] != 1 or not said.keys() <= {"received", "nothing", BUSY.code}:
            yield f"{dict(said)}"
        try:
            for reader in readers:
                if reader.counts()["citizen"] != old or len(reader.find("Kanariefugl", limit=20)) != old:
                    yield "an open reader lost its generation"
                reader.close()
            reader = open_newest(self._pc, self._session)
            if reader.counts()["citizen"] != new or reader.fallback is not None:
                yield f"the newest has {reader.counts()['citizen']} citizens, and it says {reader.fallback}"
            reader.close()
        except ReaderError as trouble:
            yield f"a reader: {trouble}"
        store = Store(self._pc.data, Files())
        if list(store.staging.iterdir()) or list(self._pc.inbox_folder.iterdir()):
            yield "something is left in staging or in the inbox"


def _said(done: Done) -> str:
    """The outcome of the one package, the code of a refusal, or that nothing was there."""
    if done["status"]:
        return BUSY.code if done["status"] == BUSY.status else f"ended with {done['status']}: {done['err']}"
    outcomes = [one["outcome"] for one in json.loads(done["out"])]
    return outcomes[0] if outcomes else "nothing"
