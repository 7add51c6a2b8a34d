"""The window asks, one thread answers.

A `Desk` is one worker thread with one thing that only it may touch: the reader. (A second desk, with nothing in its
hand, renders and prints.) A screen never holds that thing: it opens a `Line` to the desk and asks. On one line only
the latest question is answered: an earlier one that has not begun is never begun, and an answer that comes too late
is thrown away. Answers arrive on the window's thread. A `ReaderError` is an answer too; any other exception is our
own fault and goes out by `Desk.crashed`.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QObject, Qt, Signal

from backupreader.domain.trouble import ReaderError

Held = TypeVar("Held")
T = TypeVar("T")
Refused = Callable[[ReaderError], None]


@dataclass(slots=True)
class _Question:
    """One piece of work. `line` is None for the desk's own business, which is never void."""

    work: Callable[[], object]
    line: Line[Any] | None = None
    number: int = 0
    answered: Callable[[Any], None] | None = None
    refused: Refused | None = None
    answer: object = None
    trouble: BaseException | None = None

    @property
    def void(self) -> bool:
        """Has a later question on the same line, or a hanging up, made this one void?"""
        return self.line is not None and self.number != self.line.latest


class Line(Generic[Held]):
    """One place of asking, such as the search box: its next question makes the one before it void."""

    def __init__(self, desk: Desk[Held]) -> None:
        self._desk = desk
        self.latest = 0

    def ask(self, work: Callable[[Held], T], answered: Callable[[T], None], refused: Refused) -> None:
        """Have `work` done on the desk's thread with what the desk holds; then one of the other two is called, on ours.

        Nothing is answered when the desk holds nothing: the window is locked, and nobody waits.
        """
        self.latest += 1
        self._desk.put(_Question(lambda: self._desk.use(work), self, self.latest, answered, refused))

    def open(self, make: Callable[[], tuple[Held, T]], opened: Callable[[T], None], refused: Refused) -> None:
        """Have the desk make what it shall hold from now on, and say what is to be told about it."""
        self.latest += 1
        self._desk.put(_Question(lambda: self._desk.take(make), self, self.latest, opened, refused))

    def hang_up(self) -> None:
        """No answer is wanted any more: the one who asked is going away."""
        self.latest += 1


class _NothingHeld(Exception):
    """A question came after the desk had let go."""


class Desk(QObject, Generic[Held]):
    """One thread and what only it may touch: `held` from the start, or what a line has it `open`. `let_go` ends it."""

    crashed = Signal(object)
    answered = Signal()
    _done = Signal(object)

    def __init__(
        self, name: str, let_go: Callable[[Held], None], parent: QObject | None = None, *, held: tuple[Held, ...] = ()
    ) -> None:
        super().__init__(parent)
        self._let_go = let_go
        self._held = list(held)
        self._waiting: deque[_Question | None] = deque()
        self._more = threading.Semaphore(0)
        self._stopped = False
        self._thread = threading.Thread(target=self._serve, name=name, daemon=True)
        self._done.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def line(self) -> Line[Held]:
        """A new place of asking."""
        return Line(self)

    def put(self, question: _Question) -> None:
        """Queue a question; the thread begins with the first one. After `stop` none is taken any more."""
        if self._stopped:
            return
        if not self._thread.is_alive():
            self._thread.start()
        self._put(question)

    def _put(self, question: _Question | None) -> None:
        self._waiting.append(question)
        self._more.release()

    def drop(self) -> None:
        """Let go of what is held, after the question that is being answered."""
        if self._thread.is_alive():
            self._put(_Question(self._drop))

    def stop(self) -> None:
        """Let go and end the thread for good; waits for the question that is being answered."""
        self._stopped = True
        if self._thread.is_alive():
            self.drop()
            self._put(None)
            self._thread.join()

    def is_holding(self) -> bool:
        """Is there anything that questions can be asked of? Told after what has been asked for so far."""
        return bool(self._held)

    # On the desk's own thread from here on.

    def use(self, work: Callable[[Held], T]) -> T:
        """Do a piece of work with what is held."""
        if not self._held:
            raise _NothingHeld
        return work(self._held[0])

    def take(self, make: Callable[[], tuple[Held, T]]) -> T:
        """Make and hold a new thing in place of the one before, which stays where none can be made."""
        held, told = make()
        self._drop()
        self._held.append(held)
        return told

    def _next(self) -> _Question | None:
        self._more.acquire()
        return self._waiting.popleft()

    def _drop(self) -> None:
        while self._held:
            self._let_go(self._held.pop())

    def _serve(self) -> None:
        while (question := self._next()) is not None:
            if question.void:
                continue
            try:
                question.answer = question.work()
            except _NothingHeld:
                continue
            except BaseException as trouble:  # noqa: BLE001 (a thread that dies would leave the window waiting for ever)
                question.trouble = trouble
            self._done.emit(question)
            del question  # an answer must not outlive a lock because the thread is idle

    # On the window's thread again.

    def _deliver(self, question: _Question) -> None:
        trouble = question.trouble
        if trouble is not None and not isinstance(trouble, ReaderError):
            self.crashed.emit(trouble)
        elif question.void:
            return
        elif isinstance(trouble, ReaderError):
            if question.refused is not None:
                question.refused(trouble)
        elif question.answered is not None:
            question.answered(question.answer)
        self.answered.emit()
