"""F15: damage to the pages of a stored generation, real SQLCipher under real seals.

Before an open, every damage is found by the digest: the reader falls back to the generation before, soon, and says
so. After an open, a damaged page is told as STORE_DAMAGED at the question that meets it; no answer is ever another one
than the whole file gives; and the next open falls back.
"""

from __future__ import annotations

import itertools
import os
import random
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Final

from backupreader.domain.errors import STORE_DAMAGED
from backupreader.domain.trouble import ReaderError
from backupreader.settings import Settings
from backupreader.store.database import PAGE
from backupreader.store.files import Files
from backupreader.store.generations import Store
from backupreader.store.opening import DAMAGED, open_newest
from backupreader.store.reader import Reader
from backupreader.store.session import Session
from tests.faults.figure import Amount, Tried
from tests.faults.pc import received
from tests.sync.town import session

FIGURES: Final = ("F15",)
CITIZENS: Final = (850, 851)
PAGES: Final = 100
SOON: Final = 2.0
BEFORE: Final = {Amount.BOUNDED: 180, Amount.LONG: PAGES * 6}
AFTER: Final = {Amount.BOUNDED: 30, Amount.LONG: PAGES * 6}
ASKED: Final = 40
"""Journals that are read after each damage."""

Damage = Callable[[bytes, int], bytes]
Image = tuple[Damage, int]


def flipped(data: bytes, page: int) -> bytes:
    place = page * PAGE + 100
    return data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]


def zeroed(data: bytes, page: int) -> bytes:
    return data[: page * PAGE] + bytes(PAGE) + data[(page + 1) * PAGE :]


def swapped(data: bytes, page: int) -> bytes:
    other = (page + 1) % (len(data) // PAGE)
    pages = [data[start : start + PAGE] for start in range(0, len(data), PAGE)]
    pages[page], pages[other] = pages[other], pages[page]
    return b"".join(pages)


def cut(data: bytes, page: int) -> bytes:
    return data[: page * PAGE]


def appended(data: bytes, page: int) -> bytes:
    return data + data[page * PAGE : (page + 1) * PAGE]


def doubled(data: bytes, page: int) -> bytes:
    """One page in the place of the one behind it, as a disk that writes to the wrong place does."""
    other = (page + 1) % (len(data) // PAGE)
    return data[: other * PAGE] + data[page * PAGE : (page + 1) * PAGE] + data[(other + 1) * PAGE :]


DAMAGES: Final[tuple[Damage, ...]] = (flipped, zeroed, swapped, cut, appended, doubled)


def tried(amount: Amount, folder: Path) -> Iterator[Tried]:
    """The first 100 pages of a generation in each of six ways: before it is opened, and under an open reader."""
    place = folder / "pages"
    place.mkdir()
    pc = received(place, *CITIZENS)
    stored = _Stored(pc, session(pc))
    pages = range(min(PAGES, len(stored.good) // PAGE))
    images = list(itertools.product(DAMAGES, pages))
    random.Random(15).shuffle(images)
    before, after = images[: BEFORE[amount]], images[: AFTER[amount]]
    yield Tried(
        id="F15",
        what="damaged pages of a stored generation, found at the open; the generation before opens within two seconds",
        cases=len(before),
        goal=BEFORE[amount],
        violations=tuple(_violations(stored.at_the_open, before)),
    )
    violations = list(_violations(stored.under_a_reader, after))
    if not stored.met:
        violations.append("no question has met a damaged page")
    yield Tried(
        id="F15",
        what=f"pages damaged under an open reader, of which {stored.met} were met by a question",
        cases=len(after),
        goal=AFTER[amount],
        violations=tuple(violations),
    )


def _violations(judge: Callable[[Damage, int], Iterator[str]], images: Sequence[Image]) -> Iterator[str]:
    for damage, page in images:
        try:
            yield from (f"page {page} {damage.__name__}: {wrong}" for wrong in judge(damage, page))
        except Exception as escaped:  # noqa: BLE001 (whatever it is, nobody is told it by name)
            yield f"page {page} {damage.__name__}: {type(escaped).__name__} escaped: {escaped}"


class _Stored:
    """The newest generation's file, which is damaged and made whole again, and the readers of it."""

    def __init__(self, pc: Settings, session_: Session) -> None:
        self.met = 0
        self._pc = pc
        self._session = session_
        self._path = Store(pc.data, Files()).list()[0].database
        self.good = self._path.read_bytes()
        with closing(self._open()) as reader:
            self._answers = _answers(reader)

    def at_the_open(self, damage: Damage, page: int) -> Iterator[str]:
        self._lay(damage(self.good, page))
        yield from self._falls_back()
        self._lay(self.good)

    def under_a_reader(self, damage: Damage, page: int) -> Iterator[str]:
        """The bytes change in the very file that the reader holds open."""
        self._lay(self.good)
        with closing(self._open()) as reader:
            self._lay(damage(self.good, page))
            try:
                if _answers(reader) != self._answers:
                    yield "another answer than the whole file gives"
            except ReaderError as trouble:
                self.met += 1
                if trouble.kind is not STORE_DAMAGED:
                    yield f"told as {trouble.kind.code}"
        yield from self._falls_back()
        self._lay(self.good)

    def _falls_back(self) -> Iterator[str]:
        begun = time.monotonic()
        with closing(self._open()) as reader:
            took = time.monotonic() - begun
            if reader.counts()["citizen"] != CITIZENS[0]:
                yield "the damaged generation was opened"
            if reader.fallback != DAMAGED:
                yield "nothing is said of it"
        if took > SOON:
            yield f"the generation before opened after {took:.1f} s"

    def _open(self) -> Reader:
        return open_newest(self._pc, self._session)

    def _lay(self, data: bytes) -> None:
        """Write it into the same file, whose descriptors stay good."""
        descriptor = os.open(self._path, os.O_WRONLY)
        try:
            os.pwrite(descriptor, data, 0)
            os.ftruncate(descriptor, len(data))
        finally:
            os.close(descriptor)


def _answers(reader: Reader) -> list[object]:
    """What the screens ask: everyone by name, their journals, the search, the units, what came."""
    hits = reader.find("", limit=CITIZENS[-1])
    step = len(hits) // ASKED
    return [
        [hit.citizen for hit in hits],
        [reader.journal(hit.citizen.id) for hit in hits[::step]],
        [hit.citizen for hit in reader.find("kanariefugl7 1930")],
        reader.units(),
        reader.receipts(),
        reader.issues(),
        reader.people(),
    ]
