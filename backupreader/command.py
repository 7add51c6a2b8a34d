"""What a command is: one verb of the command line, one file under ``commands/``.

A member's module defines ``def add(app: typer.Typer, language: Language) -> None`` which registers the verb (or a small
group of verbs), its help in that language, on `app`. The body of a verb takes a `Context` from ``typer.Context.obj``,
does its work through the packages below, tells its progress through `Context.progress`, and raises `ReaderError` for
anything that a person can be told: `cli` shows it and leaves with its status. A verb with ``--json`` prints one JSON
document on standard output and nothing else there. Heavy imports (pandas, reportlab, PySide6, cryptography) stand
inside the function that needs them.
"""

from __future__ import annotations

import getpass
import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from backupreader.domain.errors import FILE_TROUBLE
from backupreader.domain.trouble import ReaderError
from backupreader.language import Language
from backupreader.settings import Settings

Tick = Callable[[int, int | None], None]


@dataclass(frozen=True, slots=True)
class Context:
    """What every verb is given: the settings, the language, and the clock."""

    settings: Settings
    language: Language

    def now(self) -> datetime:
        """The local wall-clock time, with its zone."""
        return datetime.now(self.settings.timezone())

    def say(self, sentence: str, **facts: object) -> None:
        """One translated sentence on standard output; each fact in one line, since a stranger may have written it."""
        shown = {name: fact if isinstance(fact, int) else plain(str(fact)) for name, fact in facts.items()}
        print(self.language.text(sentence).format(**shown))  # noqa: T201 (this is the command line's voice)

    @contextmanager
    def progress(self, sentence: str) -> Generator[Tick]:
        """A progress bar on a terminal, nothing in a pipe. The tick takes (done, total or None)."""
        if not sys.stderr.isatty():
            yield _unseen
            return
        from rich.console import Console
        from rich.progress import Progress

        with Progress(console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task(self.language.text(sentence), total=None)
            yield lambda done, total: bar.update(task, completed=done, total=total)


def plain(text: str) -> str:
    """Text in one line, without anything that a terminal would obey: a stranger may have named the file."""
    return "".join(letter if letter.isprintable() else " " for letter in text)


def _unseen(done: int, total: int | None) -> None:
    """Progress that nobody watches."""


def read_passphrase(file: Path | None, prompt: str) -> str:
    """The passphrase from a file, from the terminal without echo, or from one line of standard input.

    Raises `ReaderError` (FILE_TROUBLE) when the file cannot be read.
    """
    if file is not None:
        try:
            return file.read_text(encoding="utf-8").strip()
        except OSError as trouble:
            raise ReaderError(FILE_TROUBLE, path=file, reason=trouble.strerror or trouble) from trouble
        except UnicodeDecodeError as trouble:
            raise ReaderError(FILE_TROUBLE, path=file, reason=trouble) from trouble
    if sys.stdin.isatty():
        return getpass.getpass(prompt + ": ")
    return sys.stdin.readline().strip()
