"""An entry in the log of an outage, with words of a person's own, by the real command line."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from backupreader.domain.acts import Actor
from backupreader.settings import Settings
from backupreader.store import vault
from backupreader.store.files import Files
from backupreader.store.outagelog import OutageLog
from backupreader.store.session import Session, begin
from tests.faults.scene import outcome
from tests.faults.shim import Asked, Done, Warm
from tests.sync.town import CHEAP, SITE, WORDS

NOW = datetime(2026, 11, 22, 8, 42, tzinfo=ZoneInfo("Europe/Copenhagen"))
BEFORE, SAID = "they look at it", "Kanariefugl has no insulin"


class Entry:
    """A note is written in the log of an outage that goes on."""

    name = "write in the log of an outage"

    def __init__(self, folder: Path) -> None:
        self.template = folder
        files, place = Files(), folder / "pc" / "vault"
        secret = vault.make_machine_secret(place / "machine-secret", files)
        vault.init(place, "pc", SITE, WORDS, files, CHEAP, account="Anna Holm", machine_secret=secret)
        log = OutageLog(folder / "pc", files, session(folder))
        log.declare("Bo", "nothing can be seen", ["journal"], NOW, "Bo")
        log.write("note", words=BEFORE)
        (folder / "settings.toml").write_text(f'site = "{SITE}"\nlanguage = "en"\n', encoding="utf-8")
        (folder / "words").write_text(WORDS, encoding="utf-8")

    def words(self, folder: Path) -> list[str]:
        place = ["--settings", str(folder / "settings.toml"), "--data", str(folder / "pc")]
        return ["outage", "note", SAID, "--passphrase-file", str(folder / "words"), *place]

    def below(self, folder: Path) -> Path:
        return folder / "pc"

    def wrong(self, folder: Path, done: Done, warm: Warm) -> Iterator[str]:
        yield from outcome(done)
        before = yield from self.found(folder, reported=done["status"] == 0)
        again = warm.run(Asked(words=self.words(folder)))
        if again["status"]:
            yield f"the same again ended with {again['status']}: {again['err']}"
        after = yield from self.found(folder, reported=True)
        if after != before + 1:
            yield f"{before} entries, and after one more {after}"
        for path in (path for path in (folder / "pc").rglob("*") if path.is_file()):
            if b"insulin" in path.read_bytes():
                yield f"words lie open in {path.name}"

    def found(self, folder: Path, *, reported: bool) -> Generator[str, None, int]:
        """How many notes there are: the former one, and the new one whole or not at all."""
        event = OutageLog(folder / "pc", Files(), session(folder)).event()
        if event is None:
            yield "the outage is gone"
            return 0
        notes = [entry.words for entry in event.entries if entry.kind == "note"]
        if not event.whole:
            yield "something of the log is said to be lost"
        if notes[0] != BEFORE or set(notes[1:]) - {SAID}:
            yield f"the notes are {notes}"
        if reported and SAID not in notes:
            yield "success was reported for a note that is not there"
        return len(notes)


def session(folder: Path) -> Session:
    """Anna Holm's session; what it writes of itself does not matter here."""
    settings = Settings(site=SITE, data=folder / "pc")
    secret = vault.read_machine_secret(settings.vault_folder / "machine-secret", Files())
    opened = vault.unlock(settings.vault_folder, WORDS, secret)
    return begin(settings, opened, Actor(name="Anna Holm"), lambda: NOW, Files())
