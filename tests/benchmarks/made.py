"""What the rows measure with: one made-up municipality, taken as far as a row needs it. Each step is made when first asked for."""

from __future__ import annotations

import random
import shutil
import sqlite3
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from pathlib import Path
from zoneinfo import ZoneInfo

from backupreader import settings
from backupreader.domain.acts import Actor
from backupreader.settings import Settings
from backupreader.store import database, vault
from backupreader.store.files import Files
from backupreader.store.generations import Generation, Store
from backupreader.store.reader import Reader
from backupreader.store.seal import open_key
from backupreader.store.session import Session, begin
from backupreader.store.slots import Cost
from backupreader.store.trust import Trust
from backupreader.store.unlocked import Unlocked
from sync.export import export
from sync.origin import Origin
from sync.package import binding
from sync.receive import receive
from sync.sample import write as sample

SIZES = ("tiny", "small", "medium", "large")
NOW = datetime(2026, 11, 22, 8, 42, tzinfo=ZoneInfo("Europe/Copenhagen"))
WORDS = "kat hest sol regn vind"
SHEETS = {"tiny": 3}


class Made:
    """A made-up municipality of one size in `folder`; what is already there is taken as it is."""

    def __init__(self, folder: Path, size: str) -> None:
        self.folder = folder.absolute() / size
        self.size = size
        self.files = Files()
        self.sheets = SHEETS.get(size, 300)
        self.folder.mkdir(parents=True, exist_ok=True)

    @cached_property
    def source(self) -> Settings:
        """The export machine's settings, with the vendor files that they name."""
        return settings.load(self.source_file, self.folder / "export-machine", "da")

    @cached_property
    def source_file(self) -> Path:
        """The settings file of the export machine, beside the vendor files that it names."""
        return self._whole("vendor", sample.write) / "settings.toml"

    @cached_property
    def canonical(self) -> Settings:
        """The same municipality as canonical files: what any vendor can write."""
        folder = self._whole("canonical", sample.write_canonical)
        return settings.load(folder / "settings.toml", self.folder / "canonical-machine", "da")

    @cached_property
    def pc(self) -> Settings:
        """A backup PC that the export machine sends to and that trusts it; nothing has been received yet."""
        here = replace(self.source, data=self.folder / "pc")
        for data in (here.data, self.source.data):
            shutil.rmtree(data, ignore_errors=True)
        secret = vault.make_machine_secret(here.data / "vault" / "machine-secret", self.files)
        _vault, opened = vault.init(
            here.data / "vault",
            "bench",
            here.site,
            WORDS,
            self.files,
            Cost(8 * 1024, 1, 1),
            account="Målt",
            machine_secret=secret,
        )
        origin = Origin(self.source.data, self.files)
        origin.prepare()
        origin.enrol(opened.identity)
        Trust(here.data, self.files).add(origin.signer(self.source.site, NOW).trusted())
        return here

    @cached_property
    def package(self) -> Path:
        """The export of the vendor files, sealed to the PC."""
        assert self.pc is not None
        return export(replace(self.source, send_to=()), NOW).packages[0]

    @cached_property
    def generation(self) -> Generation:
        """The package, received."""
        package = self.package
        self.pc.inbox_folder.mkdir(parents=True, exist_ok=True)
        shutil.copy(package, self.pc.inbox_folder)
        receive(self.pc)
        found = Store(self.pc.data, self.files).newest()
        assert found is not None
        return found

    @cached_property
    def unlocked(self) -> Unlocked:
        """The PC's vault, open."""
        where = self.pc.data / "vault"
        return vault.load(where, self.files).unlock(
            WORDS, vault.read_machine_secret(where / "machine-secret", self.files)
        )

    @cached_property
    def session(self) -> Session:
        """One person's session, for all readers."""
        actor = Actor(name="Målt")
        return begin(self.pc, self.unlocked, actor, lambda: datetime.now(self.pc.timezone()), self.files)

    @cached_property
    def key(self) -> bytes:
        """The key of the received database."""
        manifest, identity = self.generation.manifest, self.unlocked.identity.id
        return open_key(manifest.seals[identity], self.unlocked.seed, binding(manifest, identity))

    @cached_property
    def plain(self) -> Path:
        """The same database without encryption: what plain SQLite would have."""
        path = self.folder / "plain.db"
        path.unlink(missing_ok=True)
        connection = database.sqlcipher.connect(str(self.generation.database))
        connection.execute(f"PRAGMA key = \"x'{self.key.hex()}'\"")
        connection.execute(f"PRAGMA cipher_page_size = {database.PAGE}")
        connection.execute("ATTACH DATABASE ? AS plain KEY ''", (str(path),))
        connection.execute(f"PRAGMA plain.page_size = {database.PAGE}")
        connection.execute("SELECT sqlcipher_export('plain')").fetchall()
        connection.execute(f"PRAGMA plain.user_version = {database.SCHEMA}")
        connection.close()
        return path

    def reader(self) -> Reader:
        """The received generation, opened as a person's unlock opens it: what is asked is in the audit first."""
        connection = database.open_reader(self.generation.database, self.key)
        return Reader(connection, self.generation.manifest, self.session)

    def plain_reader(self) -> Reader:
        """The same reader on the database without encryption."""
        connection = sqlite3.connect(f"{self.plain.as_uri()}?mode=ro&immutable=1", uri=True, isolation_level=None)
        connection.execute(f"PRAGMA cache_size = -{database.READ_CACHE >> 10}")
        return Reader(connection, self.generation.manifest)

    def questions(self, count: int) -> list[str]:
        """What people would type: names from citizens, words from notes; always the same ones."""
        dice = random.Random(7)
        reader = self.reader()
        people = [hit.citizen.name for hit in reader.find("", limit=1_000_000)]
        connection = database.open_reader(self.generation.database, self.key)
        texts = [text for (text,) in connection.execute("SELECT text FROM note ORDER BY rowid LIMIT 20000")]
        connection.close()
        reader.close()
        asked: list[str] = []
        while len(asked) < count:
            words = dice.choice(texts).split()
            start = dice.randrange(max(1, len(words) - 1))
            asked += [dice.choice(people), " ".join(words[start : start + dice.choice((1, 1, 2))]).strip(".,;:!?()\"'")]
        return asked[:count]

    def citizen(self) -> str:
        """The id of one citizen."""
        reader = self.reader()
        first = reader.find("", limit=1)[0].citizen.id
        reader.close()
        return first

    def note_bytes(self) -> int:
        """The bytes of all notes' texts."""
        connection = database.open_reader(self.generation.database, self.key)
        (total,) = connection.execute("SELECT sum(length(CAST(text AS BLOB))) FROM note").fetchone()
        connection.close()
        return int(total)

    def _whole(self, name: str, write: Callable[..., object]) -> Path:
        """The folder `name`, written by `write` unless an earlier run wrote it to its end."""
        folder = self.folder / name
        if not folder.exists():
            print(f"  making {name} ({self.size})", file=sys.stderr, flush=True)
            part = self.folder / f"{name}.part"
            shutil.rmtree(part, ignore_errors=True)
            part.mkdir(parents=True)
            write(part, size=self.size, country="DK", now=NOW)
            part.replace(folder)
        return folder
