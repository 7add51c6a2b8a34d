"""Two at work where one would do, and never a wait for one who does not come.

Python waits without end for a thread that gets no memory to begin with (`Thread.start`, and every executor with it). So
nobody is waited for here: whoever asks does the work herself, piece after piece, and a second thread takes pieces from
the other end as soon as it comes. Only while it is at a piece is it waited for.
"""

from __future__ import annotations

import _thread
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from threading import Event, Lock
from typing import Final

Piece = Callable[[], Iterable[object]]
"""One piece of work, done by going through what it returns; it may be left between two steps of that."""
_TELL_SECONDS: Final = 0.2
_ROOM: Final = 16 << 20
"""What a thread takes to begin with: its stack, which is half of this, and its first frames."""


def abreast(pieces: Sequence[Piece]) -> Iterator[None]:
    """Do all pieces, each once and by one thread; yields now and then meanwhile.

    Raises the first trouble that is met; where the second thread could not even say what it was, MemoryError. Nobody
    is at work any more when this ends, however it ends.
    """
    work = Work(pieces)
    try:
        with suppress(RuntimeError, MemoryError):  # no second thread is to be had: all is done here
            if len(pieces) > 1:
                bytearray(_ROOM)  # one that got its stack and nothing else could tell of it to nobody
                _thread.start_new_thread(work.help, ())
        yield from work.all()
    finally:
        work.stop()


class Work:
    """Pieces that are being done by whoever asks (`all`) and by one other thread (`help`)."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self._waiting = deque(enumerate(pieces))
        self._unfinished = set(range(len(pieces)))
        self._stopped = Event()
        self._helping = Lock()
        self._trouble: BaseException | None = None

    def all(self) -> Iterator[None]:
        """What is left, piece by piece; then the wait for the other, if she is at work."""
        while self._trouble is None and (taken := self._next(self._waiting.popleft)) is not None:
            for _ in taken[1]():
                yield
                if self._trouble is not None:
                    raise self._trouble
            self._unfinished.remove(taken[0])
        while not self._helping.acquire(timeout=_TELL_SECONDS):
            yield
        self._helping.release()
        if self._trouble is not None:
            raise self._trouble
        if self._unfinished:
            raise MemoryError

    def help(self) -> None:
        """What the other thread does, if it ever begins: after `stop` nothing."""
        with self._helping:
            try:
                while (taken := self._next(self._waiting.pop)) is not None:
                    for _ in taken[1]():
                        if self._stopped.is_set():
                            return
                    self._unfinished.remove(taken[0])
            except BaseException as trouble:  # noqa: BLE001 (it is raised where the work was asked for)
                self._trouble = trouble

    def _next(self, take: Callable[[], tuple[int, Piece]]) -> tuple[int, Piece] | None:
        """A piece that nobody has begun; None where there is none, or none is to be begun."""
        with suppress(IndexError):  # the other may take the last one between a look and a grasp
            return None if self._stopped.is_set() else take()
        return None

    def stop(self) -> None:
        """Have nothing more begun, and wait until the other has left what she is at."""
        self._stopped.set()
        self._waiting.clear()
        with self._helping:
            pass
