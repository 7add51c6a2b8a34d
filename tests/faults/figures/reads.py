"""F5: each read fails, the reader's among them; and every damaged page of a real generation: the one before, said, within two seconds."""

from __future__ import annotations

import errno
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from backupreader.domain.trouble import ReaderError
from backupreader.store.database import PAGE
from backupreader.store.files import Files
from backupreader.store.generations import Store
from backupreader.store.opening import DAMAGED, open_newest
from tests.faults.figure import Amount, Tried, Untried
from tests.faults.scene import Tally, case, copied, counted, outcome, spread
from tests.faults.scenes.export import Export
from tests.faults.scenes.receive import receives
from tests.faults.scenes.vault import Search, found
from tests.faults.shim import NOT_HERE, Asked, Does, Done, Warm
from tests.sync.town import session

FIGURES: Final = ("F5",)
FAILING: Final = "EIO once and for ever at each read of receive, export and search"
PAGES: Final = "each page of a stored generation damaged: the one before is opened, and said, within 2 s"
GOAL: Final = {Amount.BOUNDED: (80, 30), Amount.LONG: (500, 52)}
MOST: Final = 150
"""Points of one scene in the long run: a store of twenty generations is read in many small pieces, over and over."""
LONGEST_SECONDS: Final = 2.0


class FailingSearch(Search):
    """A search on a disk that does not give everything back: the older generation is right, where it is said."""

    name = "search, reading"

    def wrong(self, folder: Path, done: Done, warm: Warm) -> Iterator[str]:
        yield from outcome(done)
        if done["status"] == 0:
            older = json.loads(done["out"])["fallback"]
            if found(done) != (5 if older else 6):
                yield f"{found(done)} citizens, and it says {older}"
        again = warm.run(Asked(words=self.words(folder)))
        if again["status"] or found(again) != 6:
            yield f"without the fault it ended with {again['status']}: {again['err']}"


def tried(amount: Amount, folder: Path) -> Iterator[Tried | Untried]:
    """Reads that fail, then pages that are wrong."""
    failing, pages = GOAL[amount]
    if NOT_HERE:
        yield Untried(id="F5", what=FAILING, why=NOT_HERE)
    else:
        with Warm(folder) as warm:
            tally = _reads(warm, amount, folder)
        yield Tried(id="F5", what=FAILING, cases=tally.cases, goal=failing, violations=tuple(tally.violations))
    tally = _pages(amount, folder)
    yield Tried(id="F5", what=PAGES, cases=tally.cases, goal=pages, violations=tuple(tally.violations))


def _reads(warm: Warm, amount: Amount, folder: Path) -> Tally:
    tally = Tally()
    every = amount is Amount.LONG
    scenes = [
        *((scene, 6) for scene in receives(folder)),
        (FailingSearch(folder / "search"), 8),
        (Export(folder / "export"), 3),
    ]
    for scene, most in scenes:
        calls, wrong = counted(warm, scene, folder, reads=True)
        tally.add(0, wrong)
        for does in (Does.FAILS, Does.FAILS_FOR_EVER):
            for at in spread(len(calls), MOST if every else most):
                tally.add(1, case(warm, scene, folder, does, at, errno.EIO, reads=True))
    return tally


def _pages(amount: Amount, folder: Path) -> Tally:
    """Each page with one flipped bit, on the generation that would be opened."""
    scene = Search(folder / "pages")
    pc = scene.pc(copied(scene.template, folder / "damaged"))
    opened = session(pc)
    newest = Store(pc.data, Files()).list()[0]
    good = newest.database.read_bytes()
    tally = Tally()
    newest.database.unlink()  # its bytes are the template's too
    for page in spread(len(good) // PAGE, None if amount is Amount.LONG else 30):
        place = (page - 1) * PAGE + 100
        newest.database.write_bytes(good[:place] + bytes([good[place] ^ 1]) + good[place + 1 :])
        begun = time.perf_counter()
        try:
            reader = open_newest(pc, opened)
        except ReaderError as trouble:
            tally.add(1, [f"page {page}: {trouble}"])
            continue
        took = time.perf_counter() - begun
        if reader.fallback != DAMAGED or reader.counts()["citizen"] != 5:
            tally.add(0, [f"page {page}: the damaged generation was opened"])
        if took > LONGEST_SECONDS:
            tally.add(0, [f"page {page}: it took {took:.1f} s"])
        reader.close()
        tally.cases += 1
    return tally
