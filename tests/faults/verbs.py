"""Every verb of the PC, and its window, as commands that can be run under a tracer, without a network, or in a watched home."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from backupreader import planfile
from backupreader.domain.errors import NO_PLAN, NO_PRINTER, PLAN_DOUBTS, STALE
from sync.export import export
from tests.faults.pc import NOW
from tests.sync.town import SITE, WORDS, backup_pc, exporter, write_export

ROOT: Final = Path(__file__).resolve().parents[2]
WINDOWED: Final = Path(__file__).parent / "windowed.py"
OTHER_WORDS: Final = "sol vind hav skog is"
CITIZENS: Final = 5
ON_THE_EXPORT_MACHINE: Final = frozenset({"export", "sources"})


@dataclass(frozen=True, slots=True)
class Run:
    """One command. `statuses`: with which it may end well."""

    name: str
    command: tuple[str, ...]
    statuses: tuple[int, ...] = (0,)


@dataclass(frozen=True, slots=True)
class Place:
    """A PC in a folder of its own: nothing received yet, one package in its inbox, and the files that the verbs name.

    `account` and `words`: who opens it. `surname`: of every citizen, with a number behind it.
    """

    folder: Path
    account: str = "Anna Holm"
    words: str = WORDS
    surname: str = "Kanariefugl"

    @classmethod
    def made(cls, folder: Path, **who: str) -> Place:
        """The PC, introduced to its export machine, with a package that has just come."""
        place = cls(folder, **who)
        write_export(folder / "journal", CITIZENS)
        for file in (folder / "journal").iterdir():
            file.write_text(file.read_text(encoding="utf-8").replace("Kanariefugl", place.surname), encoding="utf-8")
        machine = exporter(folder, folder / "room12" / "inbox")
        backup_pc(folder, machine)
        export(machine, NOW)
        (package,) = (folder / "room12" / "inbox").glob("*.package")
        shutil.copy(package, folder / "kept.package")
        place.lay_words("words.txt", WORDS)
        place.lay_words("other.txt", OTHER_WORDS)
        (signer,) = (place.data / "trust").glob("*.signer")
        shutil.copy(signer, folder / "nordby.signer")
        place.settings.write_text(f'site = "{SITE}"\ndata = "{place.data}"\n', encoding="utf-8")
        return place

    @property
    def data(self) -> Path:
        return self.folder / "room12"

    @property
    def settings(self) -> Path:
        return self.folder / "settings.toml"

    @property
    def printed(self) -> Path:
        """The one place where pages are asked for."""
        return self.folder / "pages.pdf"

    def lay_words(self, name: str, words: str) -> Path:
        """A file with words that open the vault."""
        path = self.folder / name
        path.write_text(words + "\n", encoding="utf-8")
        return path

    def runs(self) -> Iterator[Run]:
        """The verbs in an order in which each finds what it needs."""
        search = f"{self.surname}3"
        unlock = ("--passphrase-file", str(self.lay_words("words.txt", self.words)))
        citizen = ("--citizen", "journal:Patient/3", *unlock)
        yield self.verb("receive")
        yield self.verb("receive", "--json")
        yield self.verb("status", statuses=(0, STALE.status))
        yield self.verb("status", "--json", statuses=(0, STALE.status))
        yield self.verb("verify")
        yield self.verb("verify", str(self.folder / "kept.package"))
        yield self.verb("trust", "list")
        yield self.verb("trust", "remove", SITE)
        yield self.verb("trust", "add", str(self.folder / "nordby.signer"))
        yield self.verb("search", search, *unlock)
        yield self.verb("print", "journal", *citizen, "--out", str(self.printed))
        yield self.verb("print", "summary", *citizen, "--printer", "none", statuses=(0, NO_PRINTER.status))
        yield self.verb("print", "form-new-citizen", *unlock, "--out", str(self.printed))
        yield self.verb("sheets", "list", *unlock)
        yield self.verb("sheets", "report", *unlock, "--json")
        yield from self.outage(unlock)
        yield self.verb(
            "vault", "add-account", "Bo Lund", *unlock, "--new-passphrase-file", str(self.folder / "other.txt")
        )
        yield self.verb(
            "vault", "new-words", "Bo Lund", *unlock, "--new-passphrase-file", str(self.folder / "other.txt")
        )
        yield self.verb("vault", "remove-account", "Bo Lund", *unlock, "--out", str(self.folder))
        yield self.verb("vault", "recovery", *unlock)
        yield self.verb("vault", "codes", "--count", "1", *unlock, "--out", str(self.folder / "codes.pdf"))
        yield self.verb("vault", "codes", "--list")
        yield self.verb("plan", "check", str(planfile.EXAMPLES / "care-fmk"), statuses=(0, PLAN_DOUBTS.status))
        yield self.verb("plan", "now", statuses=(NO_PLAN.status,))
        yield self.verb("plan", "now", "--plan", str(planfile.EXAMPLES / "nexus-bekey"), "--at", "2026-12-25 15:30")
        yield self.verb("plan", "show", "--plan", str(planfile.EXAMPLES / "magna-cura"), "--json")
        care = str(planfile.EXAMPLES / "care-fmk")
        yield self.verb("plan", "print", "plan-card", "--plan", care, "--out", str(self.folder / "card.pdf"))
        yield self.verb(
            "plan", "print", "action-cards", "--plan", care, "--printer", "none", statuses=(0, NO_PRINTER.status)
        )
        yield self.verb("audit", "verify")
        yield self.verb("audit", "report", *unlock, "--out", str(self.folder / "report.csv"))
        yield self.verb("drill", "--yes", "--search", search, *unlock, "--out", str(self.folder / "test.pdf"))
        yield self.verb("shift-check", "--yes", "--by", "Anna", "--out", str(self.folder / "test.pdf"))
        yield self.verb("shift-check", "--list", "--json")
        yield self.verb("evidence", "--json", "--out", str(self.folder / "evidence.pdf"))
        yield self.window()

    def outage(self, unlock: tuple[str, ...]) -> Iterator[Run]:
        """An outage from its beginning to its end, on a PC that no plan has come to."""
        yield self.verb("outage", "show")
        said = ("--judged-by", "Bo Lund", "--why", "nothing can be seen", "--system", "journal", "--owner", "Bo Lund")
        yield self.verb("outage", "declare", *said, *unlock)
        for words in (
            ("systems", "journal", "locks"),
            ("reach", "global"),
            ("call", "it", "--result", "answered", "--who", "Per", "--words", "they look"),
            ("note", "the phones work"),
            ("decide", "two more at work", "--who", "Bo Lund"),
            ("act", "keys", "--whose", "Nord"),
            ("done", "region"),
            ("unit", "Nord", "down"),
            ("partner", "gp"),
            ("owner", "Cia Lund"),
            ("withdraw", "3", "--reason", "wrong"),
            ("hand-over", "--out", str(self.printed)),
            ("end",),
            ("log",),
            ("log", "--json"),
            ("report", "--out", str(self.printed)),
        ):
            yield self.verb("outage", *words, *unlock)
        yield self.verb("outage", "show", "--json")

    def verb(self, *words: str, statuses: tuple[int, ...] = (0,)) -> Run:
        command = (sys.executable, "-P", "-m", "backupreader", *words, "--settings", str(self.settings))
        return Run(" ".join(word for word in words if not word.startswith(("/", "--pass"))), command, statuses)

    def window(self, *dying_of: str, statuses: tuple[int, ...] = (0,)) -> Run:
        """The window, used; it dies of a signal at the end where one is named."""
        who = (self.account, self.words, f"{self.surname}3")
        told = (str(self.settings), str(self.data), *who, *dying_of)
        return Run(" ".join(("open", *dying_of)), (sys.executable, "-P", str(WINDOWED), *told), statuses)


def ran(run: Run, home: Path, *before: str, cwd: Path = ROOT, **more: str) -> subprocess.CompletedProcess[str]:
    """A command, after the words `before`, with nothing of our own environment but what it needs."""
    environment = {
        "PATH": os.environ.get("PATH", "/usr/bin:/bin"),
        "HOME": str(home),
        "PYTHONPATH": str(ROOT),
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONUTF8": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        **more,
    }
    return subprocess.run(
        [*before, *run.command], cwd=cwd, env=environment, capture_output=True, text=True, errors="replace", check=False
    )
