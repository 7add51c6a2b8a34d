"""One site's generation: built, counted and looked at, here or by another process.

The sources are read once. Where there is more than one site, or something is left out, they are read into a sealed work
database (`build.gather`), and each site's share is made from there on an executor: processes of this machine, or any
other `concurrent.futures.Executor`. At most as many are at work as it has workers, so memory stays bounded.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future, as_completed
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from backupreader.domain.errors import KINDS
from backupreader.domain.lifecritical import Rules
from backupreader.domain.plausibility import Traces
from backupreader.domain.trouble import ReaderError
from backupreader.seclusion import seclude
from backupreader.store import database
from backupreader.store.files import SECRET, Files
from sync import share
from sync.adapter import Item
from sync.build import Built, Tick, build
from sync.measure import Measures, measure
from sync.sites import Site
from sync.traces import token_of, trace

WORKERS: Final = 4
"""Each holds a few hundred megabytes at most."""
_FOR_THREADS: Final = 64 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """The work database with everything that was read."""

    path: Path
    key: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """One generation to make, at `path` under `key`. `secret` is the machine's own (see `traces`).

    `rules` say who is life-critical.
    """

    site: Site
    path: Path
    key: bytes = field(repr=False)
    secret: bytes = field(repr=False)
    zone: str
    now: datetime
    files: Files
    rules: Rules | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """A finished generation that nobody has sealed yet, and what was seen of it."""

    work: Work
    built: Built
    measures: Measures
    seen: Traces


@dataclass(frozen=True, slots=True)
class _Trouble:
    """A `ReaderError` on its way from another process."""

    code: str
    facts: Mapping[str, object]


def make(work: Work, items: Iterable[Item], tick: Tick) -> Made:
    """Make one generation of `items`. Raises what `build` raises."""
    built = build(
        items,
        work.path,
        work.key,
        files=work.files,
        tick=tick,
        zone=work.zone,
        now=work.now,
        left_out=work.site.left_out,
        rules=work.rules,
    )
    with database.writing(work.path):
        seen = trace(work.path, work.key, token_of(work.secret), ZoneInfo(work.zone), work.now.date())
        return Made(work, built, measure(work.path, work.key), seen)


def shares(works: Sequence[Work], whole: Whole, executor: Executor | None = None) -> Iterator[Made]:
    """Make each generation of its share of `whole`, in the order in which they are done.

    Raises the first trouble, when those at work are done; what has not begun then never begins.
    """
    workers = min(len(works), os.cpu_count() or 1, WORKERS)
    if executor is None and workers == 1:
        yield from (_told(_share(work, whole)) for work in works)
        return
    with ExitStack() as stack:
        pool = executor or stack.enter_context(_processes(workers))
        running: list[Future[Made | _Trouble]] = [pool.submit(_share, work, whole) for work in works]
        try:
            for future in as_completed(running):
                yield _told(future.result())
        finally:
            for future in running:
                future.cancel()


def _processes(workers: int) -> Executor:
    """Processes of their own. Raises MemoryError where there is not enough for the threads of Python that feed them.

    They would be waited for without end (see `backupreader.store.abreast`).
    """
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    bytearray(_FOR_THREADS)
    return ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=seclude)  # they hold keys


def _told(done: Made | _Trouble) -> Made:
    """What was made. Raises the trouble that came instead."""
    if isinstance(done, _Trouble):
        raise ReaderError(next(kind for kind in KINDS if kind.code == done.code), **done.facts)
    return done


def _share(work: Work, whole: Whole) -> Made | _Trouble:
    """Runs in another process: troubles come back as values, since an error does not survive the way."""
    part = work.path.with_name(work.path.name + ".share")
    try:
        work.files.write_new(part, b"", SECRET)
        try:
            return make(work, share.take(whole.path, whole.key, part, work.site), _silent)
        finally:
            work.files.remove(part)
    except ReaderError as trouble:
        return _Trouble(trouble.kind.code, trouble.facts)


def _silent(done: int, total: int | None) -> None:
    """Nobody watches."""
