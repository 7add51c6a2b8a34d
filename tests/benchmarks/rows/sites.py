"""B16: the generations of several sites from one reading, by two processes and by one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from made import NOW, Made
from row import Goal, Line, side_by_side

from backupreader.domain.records import Unit
from backupreader.store import database
from backupreader.store.files import Files
from backupreader.store.rows import Shelf
from sync.build import gather
from sync.making import Whole, Work, shares
from sync.read import read_all
from sync.sites import Site

SITES = 8
KEY = bytes(32)


def measure(made: Made, rounds: int) -> Iterator[Line]:
    folder = made.folder / "sites"
    folder.mkdir(exist_ok=True)
    whole = Whole(path=folder / "whole.db", key=KEY)
    whole.path.unlink(missing_ok=True)
    zone, files = made.canonical.zone, Files()
    gather(read_all(made.canonical), whole.path, KEY, files=files, tick=lambda *_: None, zone=zone, now=NOW)
    works = [
        Work(
            site=Site(name=f"site{number}", named=units, left_out=(), targets=()),
            path=folder / f"{number}.db",
            key=KEY,
            secret=KEY,
            zone=zone,
            now=NOW,
            files=files,
        )
        for number, units in enumerate(_shared(whole))
    ]

    def made_by(processes: ProcessPoolExecutor) -> None:
        for done in shares(works, whole, processes):
            done.work.path.unlink()

    spawn = get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=spawn) as one, ProcessPoolExecutor(2, mp_context=spawn) as two:
        for processes in (one, two):  # how long a process takes to start is no part of it
            made_by(processes)
        seconds = side_by_side({"ours": lambda: made_by(two), "peer": lambda: made_by(one)}, max(1, min(3, rounds)))
    whole.path.unlink()
    yield Line(
        id="B16",
        what=f"{len(works)} sites' generations by 2 processes, against 1",
        ours=seconds["ours"],
        peer=seconds["peer"],
        unit="s",
        goal=Goal("at least", 1.7),
    )


def _shared(whole: Whole) -> Sequence[tuple[str, ...]]:
    """The municipality's units, dealt out to the sites."""
    connection = database.open_reader(whole.path, whole.key)
    try:
        lived_in = "WHERE id IN (SELECT unit FROM citizen) ORDER BY rowid"
        units = [unit.id for unit in Shelf(connection).records(Unit, lived_in)]
    finally:
        connection.close()
    return [dealt for number in range(SITES) if (dealt := tuple(units[number::SITES]))]
