"""Receive for as long as the PC runs.

The file system's events are hints; scanning, at the start and every 30 seconds, is the rule.

Network shares give no events, sticks come and go, and a copy may end long after its first event: so a package that is
refused is looked at again whenever its size or time changes, and not before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from threading import Event
from typing import Final

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver

from backupreader.domain.errors import BUSY, FILE_TROUBLE, NO_SPACE
from backupreader.domain.trouble import ReaderError
from backupreader.settings import Settings
from backupreader.store.files import Files
from backupreader.store.trust import Trust
from sync.inbox import Stamp
from sync.receive import Outcome, receive

SCAN_SECONDS: Final = 30.0
_PASSING: Final = {BUSY, FILE_TROUBLE, NO_SPACE}


class Hints(FileSystemEventHandler):
    """Sets an event whenever something happens in a folder that can be watched; keeps still where it cannot."""

    def __init__(self, folder: Path) -> None:
        self.event = Event()
        self._folder = folder
        self._observer: BaseObserver | None = None

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Something happened there; what it was is found out by scanning."""
        if event.event_type not in {"opened", "closed_no_write"}:  # our own reading is no news
            self.event.set()

    def start(self) -> None:
        """Watch from now on, if that is not so already.

        A folder that is not there, or a system out of watches, leaves the scanning.
        """
        if self._observer is not None and self._observer.is_alive():
            return
        observer = Observer()
        with suppress(OSError):
            observer.schedule(self, str(self._folder))
            observer.start()
            self._observer = observer

    def stop(self) -> None:
        """End the watching thread."""
        if self._observer is not None:
            self._observer.stop()
            self._observer.join()


def watch(
    settings: Settings,
    tell: Callable[[Outcome | ReaderError], None],
    *,
    files: Files | None = None,
    more: Callable[[Event], bool] | None = None,
) -> None:
    """Receive again and again, telling each outcome once.

    Returns when `more` does not want to wait for the event any longer.

    A disk that is full, a share that is gone or another receive at work are told and tried again; what cannot pass by
    itself is raised.
    """
    hints = Hints(settings.inbox_folder)
    wait = more or _wait
    memory = _Memory(tell)
    try:
        while True:
            hints.event.clear()
            try:
                memory.hear(
                    receive(settings, files, skip=memory.settled(Trust(settings.data, files or Files()).keys()))
                )
            except ReaderError as trouble:
                if trouble.kind not in _PASSING:
                    raise
                memory.hear_trouble(trouble)
            hints.start()
            if not wait(hints.event):
                return
    finally:
        hints.stop()


class _Memory:
    """What has been told already, and which packages need no second look."""

    def __init__(self, tell: Callable[[Outcome | ReaderError], None]) -> None:
        self._tell = tell
        self._told: dict[Stamp | None, str] = {}
        self._settled: set[Stamp] = set()
        self._signers: frozenset[str] = frozenset()

    def settled(self, signers: Iterable[str]) -> set[Stamp]:
        """The packages whose outcome stands until they change, or until other signers are trusted."""
        if frozenset(signers) != self._signers:
            self._signers = frozenset(signers)
            self._settled.clear()
        return self._settled

    def hear(self, outcomes: Iterable[Outcome]) -> None:
        """Tell what is new of a run that came to its end."""
        self._told.pop(None, None)
        for outcome in outcomes:
            if outcome.trouble is None or outcome.trouble.kind not in _PASSING:
                self._settled.add(outcome.stamp)
            self._once(outcome.stamp, outcome, f"{outcome.word.value} {outcome.trouble}")

    def hear_trouble(self, trouble: ReaderError) -> None:
        """Tell why a run could not begin, once until one can."""
        self._once(None, trouble, str(trouble))

    def _once(self, about: Stamp | None, news: Outcome | ReaderError, text: str) -> None:
        if self._told.get(about) != text:
            self._told[about] = text
            self._tell(news)


def _wait(event: Event) -> bool:
    event.wait(SCAN_SECONDS)
    return True
