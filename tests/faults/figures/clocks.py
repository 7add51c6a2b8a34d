"""F11: every clock that a PC may show, and data of every age: it is received, opened and printed, and its age is told exactly.

One real generation is sealed anew for each clock and age, received, and opened. What ``status`` and the panel of the
lock screen say is compared with what one finds who walks through the minutes. The long amount asks the command line too.
"""

from __future__ import annotations

import contextlib
import io
import itertools
import json
import shutil
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from backupreader.command import Context
from backupreader.commands import status
from backupreader.domain.errors import STALE
from backupreader.domain.trouble import ReaderError
from backupreader.language import Language
from backupreader.store.files import Files
from backupreader.store.generations import Store
from backupreader.store.opening import open_newest
from printing.document import Sheet, Subject
from printing.documents import document
from printing.render import render
from sync import package
from sync.origin import Origin
from sync.receive import Word, receive
from tests.faults.clocks import AGES, CLOCKS, Clock, Due, due
from tests.faults.figure import Amount, Tried
from tests.faults.pc import database_key, received
from tests.faults.verbs import Run, ran
from tests.sync.town import SITE, WORDS, session, unlocked
from ui import standing

FIGURES: Final = ("F11",)
LANGUAGE: Final = Language("en")
PANEL: Final = {"good": "GOOD", "late": "LATE", "old": "OLD"}
UNDER_A_CLOCK: Final = """
import sys
from datetime import datetime
from zoneinfo import ZoneInfo
from backupreader import cli, command
shown = datetime.fromisoformat(sys.argv.pop(1)).astimezone(ZoneInfo("Europe/Copenhagen"))
command.Context.now = lambda self: shown
cli.main(sys.argv[1:])
"""


def tried(amount: Amount, folder: Path) -> Iterator[Tried]:
    """Every clock with every age."""
    place = folder / "clocks"
    place.mkdir()
    line = _Line(place)
    cases, violations = 0, []
    for number, (clock, age) in enumerate(itertools.product(CLOCKS, AGES), start=2):
        cases += 1
        try:
            violations += [f"{clock.name}, {age} old: {wrong}" for wrong in line.wrong(clock, age, number, amount)]
        except Exception as escaped:  # noqa: BLE001 (whatever it is, nobody can read under this clock)
            violations.append(f"{clock.name}, {age} old: {type(escaped).__name__} escaped: {escaped}")
    yield Tried(
        id="F11",
        what=f"{len(CLOCKS)} clocks with data of {len(AGES)} ages: received, opened, printed, told",
        cases=cases,
        goal=72,
        violations=tuple(violations),
    )


@dataclass(frozen=True, slots=True)
class _Shown(Context):
    """What a verb is given on a PC whose clock shows this."""

    shown: datetime

    def now(self) -> datetime:
        return self.shown


class _Line:
    """An export machine that sends the same database again and again, said to be taken at another moment."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._pc = received(folder, 5)
        self._vault = unlocked(self._pc)
        self._key = database_key(self._pc, session(self._pc, self._vault))
        self._own = Origin(folder / "export", Files()).signer(SITE, datetime.now(UTC))
        (newest,) = Store(self._pc.data, Files()).list()
        self._manifest = newest.manifest
        self._work = folder / "work.db"
        shutil.copy(newest.database, self._work)
        (folder / "words.txt").write_text(WORDS, encoding="utf-8")
        (folder / "settings.toml").write_text(f'site = "{SITE}"\ndata = "{self._pc.data}"\n', encoding="utf-8")

    def wrong(self, clock: Clock, age: timedelta, number: int, amount: Amount) -> Iterator[str]:
        taken = clock.true.astimezone(UTC) - age
        words = self._received(taken, number)
        if words != [Word.RECEIVED]:
            yield f"receive says {words}"
        for shown in clock.readings:
            right = due(shown, taken, self._pc.expected, timedelta(minutes=self._pc.late_after_minutes))
            yield from self._reads(shown, number)
            yield from self._status(shown, right)
            yield from self._panel(shown, right, taken)
            if amount is Amount.LONG:
                yield from self._by_the_command_line(shown, right)

    def _received(self, taken: datetime, number: int) -> list[Word]:
        manifest = replace(
            self._manifest,
            seq=number,
            created=taken.strftime("%Y-%m-%dT%H:%M:%SZ"),
            next_expected=None,
            taken_at={
                "journal": dict.fromkeys(self._manifest.taken_at["journal"], taken.isoformat(timespec="seconds"))
            },
        )
        vaults = (self._vault.identity,)
        files = Files()
        for path in package.seal(
            self._work, self._key, manifest, self._own.signer, vaults, b"", self._pc.inbox_folder, files
        ):
            assert path.exists()
        return [outcome.word for outcome in receive(self._pc)]

    def _reads(self, clock: Clock, number: int) -> Iterator[str]:
        """A person opens the newest, looks somebody up, and prints."""
        with closing(open_newest(self._pc, session(self._pc, self._vault))) as reader:
            if (reader.info.seq, reader.fallback) != (number, None):
                yield f"opens {reader.info.seq}: {reader.fallback}"
            (hit,) = reader.find("kanariefugl3")
            subject = Subject(journal=reader.journal(hit.citizen.id))
        sheet = Sheet(
            language=LANGUAGE,
            now=clock.shows,
            day=clock.shows.date(),
            site=SITE,
            printed_by="Anna Holm",
            generation="1-1",
        )
        for name in ("summary", "medicine-sheet"):
            if render(document(name), [subject], sheet, io.BytesIO()).pages < 1:
                yield f"prints no {name}"

    def _status(self, clock: Clock, right: Due) -> Iterator[str]:
        said = io.StringIO()
        stale = False
        with contextlib.redirect_stdout(said):
            try:
                status._status(_Shown(self._pc, LANGUAGE, clock.shows), as_json=True)
            except ReaderError as trouble:
                if trouble.kind is not STALE:
                    raise
                stale = True
        yield from _unlike(json.loads(said.getvalue()), right, stale=stale)

    def _panel(self, clock: Clock, right: Due, taken: datetime) -> Iterator[str]:
        """What is read from the door."""
        panel = standing.told(standing.reading(self._pc)(None), self._pc, clock.shows, LANGUAGE)
        age = "Age not known" if right.age is None else f"{LANGUAGE.age(right.age)} old"
        if (panel.age, panel.word) != (age, PANEL[right.state]):
            yield f"the panel says {panel.age!r}, {panel.word} instead of {age!r}, {PANEL[right.state]}"
        if LANGUAGE.clock(taken.astimezone(clock.shows.tzinfo)) not in panel.lines[0]:
            yield f"the panel says {panel.lines[0]!r}"
        coming = right.following
        wait = None if coming is None else f"(in {LANGUAGE.age(coming - clock.shows.astimezone(UTC))})"
        if ("Next expected" in panel.lines[2], wait is None or wait in panel.lines[2]) != (wait is not None, True):
            yield f"the panel says {panel.lines[2]!r}"

    def _by_the_command_line(self, clock: Clock, right: Due) -> Iterator[str]:
        """The real verbs, in a process of their own whose clock shows the same."""
        words = ("--settings", str(self._folder / "settings.toml"), "--language", "en")
        start = (sys.executable, "-P", "-c", UNDER_A_CLOCK, clock.shows.isoformat())
        told = ran(Run("status", (*start, "status", "--json", *words)), self._folder)
        yield from _unlike(json.loads(told.stdout), right, stale=told.returncode == STALE.status)
        unlock = ("--passphrase-file", str(self._folder / "words.txt"))
        asked = ran(Run("search", (*start, "search", "kanariefugl3", *unlock, *words)), self._folder)
        if asked.returncode or "Kanariefugl3" not in asked.stdout:
            yield f"search ends with {asked.returncode}: {asked.stderr[-200:]}"


def _unlike(said: dict[str, object], right: Due, *, stale: bool) -> Iterator[str]:
    (source,) = said["sources"]  # type: ignore[misc]
    minutes = None if right.age is None else int(right.age.total_seconds() // 60)
    told = (said["state"], source["age_minutes"], source["ahead"], stale)
    expected = (right.state, minutes, right.age is None, right.state != "good")
    if told != expected:
        yield f"status says {told} instead of {expected}"
