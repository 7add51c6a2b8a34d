"""F19: nothing that the program was shown lies anywhere but in the sealed database and on the pages that were asked for.

A name of the data, the words that open the vault, a search that finds nobody, and every key, raw and as digits, are
looked for behind all verbs, the window, an error of our own and two crashes of an unlocked window: in the home, the
working folder, the folders for temporary files, the spool, and the PC's own data.
"""

from __future__ import annotations

import base64
import os
import random
import string
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from pathlib import Path
from typing import Final

from backupreader.domain.trouble import OUR_FAULT
from backupreader.settings import Settings
from backupreader.store import wordlist
from backupreader.store.database import KEY_BYTES
from tests.faults.figure import Amount, Tried, Untried
from tests.faults.pc import database_key
from tests.faults.verbs import Place, Run, ran
from tests.sync.town import SITE, session, unlocked

FIGURES: Final = ("F19",)
EVERYWHERE: Final = (
    "/tmp",
    "/var/tmp",
    "/dev/shm",
    "/run/user",
    "/var/spool/cups",
    "/run/cups",
    "/var/crash",
    "/var/lib/systemd/coredump",
)
LARGEST: Final = 256 << 20
WITH_CORES: Final = ("sh", "-c", 'ulimit -c unlimited; exec "$@"', "sh")
ERROR_OF_OURS: Final = """
import sys
from backupreader import cli
from backupreader.store.reader import Reader
def look_for(self, words, *_, **__):
    names = [row for row in self._connection.execute("SELECT name FROM citizen")]
    raise RuntimeError(words, names)
Reader.look_for = look_for
cli.main(sys.argv[1:])
"""


def tried(amount: Amount, folder: Path) -> Iterator[Tried | Untried]:
    """Every verb, the window, an error and two crashes, once; the long amount is the same."""
    watch = _Watch(folder)
    place = watch.place
    searched = _token("zebra")
    missing = place.verb("search", searched, "--passphrase-file", str(folder / "pc" / "words.txt"))
    runs = [*place.runs(), missing, _error_of_ours(place, missing)]
    runs += [place.window(signal, statuses=(-number,)) for signal, number in (("SIGABRT", 6), ("SIGSEGV", 11))]
    violations = [wrong for run in runs for wrong in watch.run(run)]
    needles = {**watch.needles(), "the words of a search": searched}
    read, found = watch.looked_through(needles)
    yield Tried(
        id="F19",
        what=f"{len(needles)} secrets behind {len(runs)} runs, looked for in {read} files",
        cases=len(runs),
        goal=len(runs),
        violations=tuple(violations + found),
    )
    if (pattern := Path("/proc/sys/kernel/core_pattern")).exists() and pattern.read_text().startswith("|"):
        yield Untried(
            id="F19", what="core files", why="this system hands them to a program, which keeps them elsewhere"
        )


class _Watch:
    """A PC whose words and citizens nobody else has, and the folders that a program may be tempted to write to."""

    def __init__(self, folder: Path) -> None:
        self._begun = time.time() - 2
        self._folder = folder
        self._watched = [folder / name for name in ("home", "temporary", "working")]
        for place in (*self._watched, folder / "pc"):
            place.mkdir()
        made = Place.made(folder / "pc", surname=_token("Kanarie"))
        words = wordlist.propose_words("da")
        account = ("vault", "add-account", "Cia Lund", "--passphrase-file", str(folder / "pc" / "words.txt"))
        new = made.lay_words("cia.txt", words)
        done = ran(made.verb(*account, "--new-passphrase-file", str(new)), folder / "home")
        assert done.returncode == 0, done.stderr
        self.place = replace(made, account="Cia Lund", words=words)

    def run(self, run: Run) -> Iterator[str]:
        """One run with the watched folders as its own; it ends as it should, and tells no secret on the way."""
        home, temporary, working = self._watched
        here = working / run.name.replace("/", " ").replace(
            " ", "-"
        )  # a core file of one takes none of another's place
        here.mkdir(exist_ok=True)
        done = ran(run, home, *WITH_CORES, cwd=here, TMPDIR=str(temporary))
        if done.returncode not in run.statuses:
            yield f"{run.name}: ended with {done.returncode}: {done.stderr.strip()[-200:]}"
        if self.place.words in done.stdout + done.stderr:
            yield f"{run.name}: says the words that open the vault"
        if self.place.surname in done.stderr:
            yield f"{run.name}: says a name among the errors"

    def needles(self) -> dict[str, str | bytes]:
        """What must not be found, by what it is."""
        pc = Settings(site=SITE, data=self.place.data)
        opened = unlocked(pc)
        keys = {**dict(_keys(opened)), "the key of the database": database_key(pc, session(pc, opened))}
        return {"a name": self.place.surname, "the words of a person": self.place.words, **keys}

    def looked_through(self, needles: Mapping[str, str | bytes]) -> tuple[int, list[str]]:
        """How many files were looked through, and what was found where."""
        read, found = 0, []
        forms = {what: _forms(needle) for what, needle in needles.items()}
        for path in self._files():
            read += 1
            try:
                data = (os.fsencode(path) + b"\0" + path.read_bytes()).lower()
            except OSError:  # gone meanwhile, or not ours to read
                continue
            found += [f"{what} in {path}" for what, some in forms.items() if any(form in data for form in some)]
        return read, found

    def _files(self) -> Iterator[Path]:
        for place in (*self._watched, self.place.data):
            yield from _under(place)
        for place in map(Path, EVERYWHERE):  # what others laid there before is not ours
            for path in _under(place):
                if self._folder not in path.parents and _changed(path) >= self._begun:
                    yield path


def _under(folder: Path) -> Iterator[Path]:
    for where, _, names in os.walk(folder):
        for name in names:
            path = Path(where) / name
            if path.is_file() and not path.is_symlink() and _size(path) <= LARGEST:
                yield path


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return LARGEST + 1


def _changed(path: Path) -> float:
    try:
        return path.stat().st_ctime
    except OSError:
        return 0.0


def _keys(opened: object) -> Iterator[tuple[str, bytes]]:
    """Every 32 bytes that an open vault holds."""
    for field in fields(opened):  # type: ignore[arg-type]
        value = getattr(opened, field.name)
        for number, inner in enumerate(value.values() if isinstance(value, Mapping) else (value,)):
            if isinstance(inner, bytes) and len(inner) == KEY_BYTES:
                yield f"the vault's {field.name} {number}", inner


def _forms(needle: str | bytes) -> tuple[bytes, ...]:
    """How it may stand in a file, in small letters."""
    if isinstance(needle, bytes):
        return tuple(form.lower() for form in (needle, needle.hex().encode(), base64.b64encode(needle)))
    return tuple(needle.lower().encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le"))


def _token(start: str) -> str:
    """A word that nobody else has."""
    return start + "".join(random.SystemRandom().choices(string.ascii_lowercase, k=12))


def _error_of_ours(place: Place, run: Run) -> Run:
    """The same search, in which the program itself goes wrong with names in its hands."""
    words = run.command[run.command.index("backupreader") + 1 :]
    return Run("an error of our own", (sys.executable, "-P", "-c", ERROR_OF_OURS, *words), (OUR_FAULT,))
