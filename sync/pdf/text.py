"""The words of a PDF, read in a process of its own, within a time and a memory that no file can exceed.

PDFium is C++ and reads strangers' files: what makes it crash, hang or eat memory ends the child, never the export. The
next file gets a new child.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Generator, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Timer
from time import monotonic
from types import TracebackType
from typing import IO, Any, Final, Literal, Self

from backupreader.domain.errors import SELF_TEST
from backupreader.domain.trouble import ReaderError

SECONDS: Final = 4.0
"""How long one file may take: some thousand pages."""
_START_SECONDS: Final = 60.0  # a cold disk and a virus scanner; no file is to blame for them
_READY: Final = b"{}\n"
_LENGTH_BYTES: Final = 8
_LONGEST_LINE: Final = 64 << 20
_CHILD: Final = Path(__file__).with_name("child.py")
_REPLACED: Final = str.maketrans({"\r": None, "\ufffe": "-\n", "\0": "\ufffd", "\f": "\n"})
"""PDFium ends lines with CR LF and marks a word that is divided at the end of a line with U+FFFE."""


@dataclass(frozen=True, slots=True)
class Text:
    """What is known of one PDF's words.

    `state`: ``whole``; ``partly`` where some pages were not read in time or memory, or could not be read; ``locked``
    with a password; ``damaged``, so that it cannot be opened at all. `count` is the number of its pages, None where it
    was not learnt; `pages` are the texts of those that were read; `pictures` the numbers (1 is the first) of those on
    which something stands, but no text; `unread` of those which alone could not be read.
    """

    state: Literal["whole", "partly", "locked", "damaged"]
    count: int | None = None
    pages: tuple[str, ...] = ()
    pictures: tuple[int, ...] = ()
    unread: tuple[int, ...] = ()

    @property
    def words(self) -> str | None:
        """All pages' texts with a form feed between them, so that a place in it says its page; None for no text."""
        return "\f".join(self.pages) if any(page.strip() for page in self.pages) else None


class TextReader:
    """Reads one PDF after the other. A context manager: the child ends with it."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._child: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        """The child is started when the first PDF is read."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, wrong: BaseException | None, trace: TracebackType | None
    ) -> None:
        """The child ends."""
        self._end()

    def read(self, content: bytes) -> Text:
        """The words of one PDF. Takes no longer than the seconds given, whatever it holds.

        Raises `ReaderError` (SELF_TEST) where PDFium does not start at all; for no content.
        """
        fresh, until = self._child is None, monotonic() + self._seconds
        answers = self._ask(content, self._seconds)
        left = until - monotonic()
        if not answers and not fresh and left > 0:  # a former file may have hurt the child: once more, in a new one
            answers = self._ask(content, left)
        return _text(answers)

    def _ask(self, content: bytes, seconds: float) -> list[Any]:
        """The child's answers; the last is not ``{}`` where it did not come to its end."""
        child = self._child = self._child or _start()
        assert child.stdin is not None
        assert child.stdout is not None
        with _killed_after(seconds, child):
            answers = list(_answers(child.stdin, child.stdout, content))
        if not answers or answers[-1] != {}:
            self._end()
        return answers

    def _end(self) -> None:
        if self._child is not None:
            child, self._child = self._child, None
            child.kill()
            with suppress(OSError):  # what it did not take any more
                child.communicate()


def _start() -> subprocess.Popen[bytes]:
    """A child that is ready. Raises `ReaderError` (SELF_TEST) where none can be had: that is no file's fault."""
    try:
        child = subprocess.Popen(  # noqa: S603 (this interpreter, and a file of ours)
            [sys.executable, "-I", str(_CHILD)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except OSError as trouble:
        raise ReaderError(SELF_TEST, what=f"PDF ({trouble})") from trouble
    assert child.stdout is not None
    with _killed_after(_START_SECONDS, child):
        ready = child.stdout.readline(_LONGEST_LINE)
    if ready != _READY:
        child.kill()
        child.communicate()
        raise ReaderError(SELF_TEST, what=f"PDF ({_CHILD.name})")
    return child


@contextmanager
def _killed_after(seconds: float, child: subprocess.Popen[bytes]) -> Generator[None]:
    watch = Timer(seconds, child.kill)
    watch.start()
    try:
        yield
    finally:
        watch.cancel()
        watch.join()


def _answers(given: IO[bytes], told: IO[bytes], content: bytes) -> Iterator[Any]:
    try:
        given.write(len(content).to_bytes(_LENGTH_BYTES, "big"))
        given.write(content)
        given.flush()
        while (line := told.readline(_LONGEST_LINE)).endswith(b"\n"):
            answer = json.loads(line)
            yield answer
            if answer == {}:
                return
    except (OSError, ValueError):  # it ended, or wrote what it never writes
        return


def _text(answers: list[Any]) -> Text:
    if not answers or answers[0] in ("locked", "damaged"):
        return Text(answers[0] if answers else "partly")
    count, told = int(answers[0]), [answer for answer in answers[1:] if answer != {}]
    unread = tuple(number for number, page in enumerate(told, start=1) if page is False)
    return Text(
        state="whole" if len(told) == count and not unread else "partly",
        count=count,
        pages=tuple(_clean(page) if isinstance(page, str) else "" for page in told),
        pictures=tuple(number for number, page in enumerate(told, start=1) if page is None),
        unread=unread,
    )


def _clean(page: str) -> str:
    """The text as it can be stored: what is no letter at all stands as a replacement character."""
    return page.translate(_REPLACED).encode("utf-8", "replace").decode("utf-8")
