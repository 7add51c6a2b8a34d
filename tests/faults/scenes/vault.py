"""Changes of the vault, the first start of one, the note of what was opened, and the position that an export machine gives out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from backupreader.domain.errors import ALREADY_THERE, NOT_FOUND
from backupreader.domain.trouble import ReaderError
from backupreader.settings import Settings
from backupreader.store import vault
from backupreader.store.copies import Copies
from backupreader.store.files import Files
from backupreader.store.generations import Store
from sync.export import export
from sync.origin import Origin
from sync.receive import receive
from tests.faults.scene import KILLED, outcome
from tests.faults.shim import Asked, Done, Warm
from tests.sync.town import CHEAP, SITE, WORDS, backup_pc, exporter, write_export

NOW = datetime(2026, 11, 22, 8, 42, tzinfo=ZoneInfo("Europe/Copenhagen"))
OTHER_WORDS = "sne bog hus vej lys"
SUFFERED = {0, ALREADY_THERE.status, NOT_FOUND.status}
"""What a change says that was made before."""


class Accounts:
    """A change of who may open the vault. Anna Holm always may."""

    def __init__(self, folder: Path, change: str) -> None:
        self.name = f"vault {change}"
        self.template = folder
        self._change = change
        files = Files()
        place = folder / "pc" / "vault"
        secret = vault.make_machine_secret(place / "machine-secret", files)
        made, self.opened = vault.init(
            place, "pc", SITE, WORDS, files, CHEAP, account="Anna Holm", machine_secret=secret
        )
        if change == "remove-account":
            made.with_account(self.opened, "Bo Dahl", OTHER_WORDS, secret, CHEAP)
        self._before = set(vault.load(place, files).accounts)
        self._after = {"Anna Holm"} if change == "remove-account" else {"Anna Holm", "Bo Dahl"}
        (folder / "settings.toml").write_text(f'site = "{SITE}"\nlanguage = "en"\n', encoding="utf-8")
        (folder / "words").write_text(WORDS, encoding="utf-8")
        (folder / "new").write_text(OTHER_WORDS, encoding="utf-8")

    def words(self, folder: Path) -> list[str]:
        own = {"add-account": ["--new-passphrase-file", str(folder / "new")], "remove-account": ["--out", str(folder)]}
        place = ["--settings", str(folder / "settings.toml"), "--data", str(folder / "pc")]
        return [
            "vault",
            self._change,
            "Bo Dahl",
            "--passphrase-file",
            str(folder / "words"),
            *own[self._change],
            *place,
        ]

    def below(self, folder: Path) -> Path:
        return folder / "pc"

    def wrong(self, folder: Path, done: Done, warm: Warm) -> Iterator[str]:
        yield from outcome(done)
        yield from self.found(folder, reported=done["status"] == 0)
        again = warm.run(Asked(words=self.words(folder)))
        if again["status"] not in SUFFERED:
            yield f"the same again ended with {again['status']}: {again['err']}"
        yield from self.found(folder, reported=True)

    def found(self, folder: Path, *, reported: bool) -> Iterator[str]:
        """Anna still opens it, and the accounts are the old or the new ones."""
        place = folder / "pc" / "vault"
        try:
            accounts = set(vault.load(place, Files()).accounts)
            secret = vault.read_machine_secret(place / "machine-secret", Files())
            opened = vault.unlock(place, WORDS, secret)
        except ReaderError as trouble:
            yield f"the vault does not open: {trouble}"
            return
        if self.opened.seed not in opened.seeds.values():
            yield "what was sealed before no longer opens"
        if accounts != self._before and self._change == "remove-account" and opened.seed == self.opened.seed:
            yield "the key is still the one that a person knew who is gone"
        if accounts not in ((self._after,) if reported else (self._before, self._after)):
            yield f"the accounts are {sorted(accounts)}"


class FirstVault:
    """The first start of a vault."""

    name = "first vault"

    def __init__(self, folder: Path) -> None:
        self.template = folder
        (folder / "vault").mkdir(parents=True)

    def words(self, folder: Path) -> list[str]:
        return ["tests.faults.scenes.vault:make", str(folder / "vault")]

    def below(self, folder: Path) -> Path:
        return folder

    def wrong(self, folder: Path, done: Done, warm: Warm) -> Iterator[str]:
        yield from outcome(done)
        yield from self.found(folder, reported=done["status"] == 0)

    def found(self, folder: Path, *, reported: bool) -> Iterator[str]:
        """It can be made, or is made and opens."""
        place = folder / "vault"
        present = Copies(place, "slots", Files()).present
        if reported and not present:
            yield "success was reported for what is not there"
        try:
            if not present:
                make(str(place))
            vault.unlock(place, WORDS, vault.read_machine_secret(place / "machine-secret", Files()))
        except ReaderError as trouble:
            yield f"the vault is neither there nor can be made: {trouble}"


def make(folder: str, files: Files | None = None) -> None:
    """A vault, as its first start makes it."""
    place, files = Path(folder), files or Files()
    secret = vault.make_machine_secret(place / "machine-secret", files)
    vault.init(place, "pc", SITE, WORDS, files, CHEAP, account="Anna Holm", machine_secret=secret)


class Position:
    """An export machine gives out a position."""

    name = "give out a position"

    def __init__(self, folder: Path, *, former: int = 0) -> None:
        self.template = folder
        (folder / "export").mkdir(parents=True)
        for _ in range(former):
            give(str(folder / "export"))

    def words(self, folder: Path) -> list[str]:
        return ["tests.faults.scenes.vault:say", str(folder / "export")]

    def below(self, folder: Path) -> Path:
        return folder

    def wrong(self, folder: Path, done: Done, warm: Warm) -> Iterator[str]:
        yield from outcome(done)
        yield from self.found(folder, given=done["out"])

    def found(self, folder: Path, *, given: str) -> Iterator[str]:
        """None is given out twice, and each is above the one before."""
        place = str(folder / "export")
        later = [*given.split(), *(give(place) for _ in range(3))]
        if later != sorted(set(later)):
            yield f"positions {later}"


def give(folder: str, files: Files | None = None) -> str:
    """A position."""
    origin = Origin(Path(folder), files or Files())
    return str(origin.next_position(origin.signer(SITE, NOW), NOW))


def say(folder: str) -> None:
    """A position, told once it is given."""
    print(give(folder))


class Search:
    """A person opens the newest of two generations of a real town, and looks for somebody."""

    name = "search"

    def __init__(self, folder: Path) -> None:
        self.template = folder
        machine = exporter(folder, folder / "room12" / "inbox")
        pc = backup_pc(folder, machine)
        for citizens in (5, 6):
            write_export(folder / "journal", citizens)
            export(machine, NOW)
            receive(pc)
        self.newest = Store(pc.data, Files()).list()[0].position
        (folder / "settings.toml").write_text(f'site = "{SITE}"\nlanguage = "en"\n', encoding="utf-8")
        (folder / "words").write_text(WORDS, encoding="utf-8")

    def pc(self, folder: Path) -> Settings:
        return Settings(site=SITE, data=folder / "room12")

    def words(self, folder: Path) -> list[str]:
        place = ["--settings", str(folder / "settings.toml"), "--data", str(folder / "room12")]
        return ["search", "Kirsten", "--json", "--passphrase-file", str(folder / "words"), *place]

    def below(self, folder: Path) -> Path:
        return folder / "room12"

    def wrong(self, folder: Path, done: Done, warm: Warm) -> Iterator[str]:
        yield from outcome(done)
        if done["status"] not in {KILLED, 0}:
            yield f"a failing disk kept a person from reading: {done['err']}"
        if done["status"] == 0 and found(done) != 6:
            yield f"found {found(done)} citizens"
        yield from self.found(folder)
        again = warm.run(Asked(words=self.words(folder)))
        if again["status"] or found(again) != 6:
            yield f"the same again ended with {again['status']}: {again['err']}"
        if Store(folder / "room12", Files()).opened() != self.newest:
            yield "what was opened is not noted"

    def found(self, folder: Path) -> Iterator[str]:
        """What is noted is nothing, or what was opened."""
        if Store(folder / "room12", Files()).opened() not in (None, self.newest):
            yield "another generation is noted as opened"


def found(done: Done) -> int:
    """How many citizens a search found."""
    return len(json.loads(done["out"])["citizens"])
