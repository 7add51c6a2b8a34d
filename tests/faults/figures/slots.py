"""F16: a slot file that was damaged or changed, in one copy or in both: every image has its verdict, and no harm is done.

It opens by the other copy, or is told as damaged, or as wrong words. Parameters out of range are told before any Argon2id
runs. Whatever opens, opens as the person whose words they are, and opens the newest generation.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Final

from backupreader.domain.trouble import ReaderError
from backupreader.settings import Settings
from backupreader.store.copies import Copies
from backupreader.store.files import Files
from backupreader.store.opening import open_newest
from tests.faults.figure import Amount, Tried
from tests.faults.pc import received
from tests.faults.slotimages import OPENS, Image, images
from tests.sync.town import session, unlocked

FIGURES: Final = ("F16",)
GOAL: Final = 60
AT_ONCE: Final = 0.05
"""Seconds of the processor; the cheapest vault of the tests takes less than a real one's Argon2id would by far."""


def tried(amount: Amount, folder: Path) -> Iterator[Tried]:
    """Every image; the long amount is the same."""
    place = folder / "slots"
    place.mkdir()
    pc = received(place, 5)
    paths = _two_copies(pc)
    older, newer = (path.read_bytes() for path in paths)
    cases, violations = 0, []
    for image in images(older, newer):
        cases += 1
        for path, data in zip(paths, image.copies, strict=True):
            path.unlink(missing_ok=True)
            if data is not None:
                path.write_bytes(data)
        violations += [f"{image.what}: {wrong}" for wrong in _judged(pc, image)]
    yield Tried(
        id="F16",
        what="images of the two copies of a slot file, each with the verdict that it must have",
        cases=cases,
        goal=GOAL,
        violations=tuple(violations),
    )


def _two_copies(pc: Settings) -> tuple[Path, Path]:
    """Both copies of the slot file with the same value, the older one first."""
    copies = Copies(pc.data / "vault", "slots", Files())
    value = copies.read()
    assert value is not None
    copies.write(value)
    copies.write(value)
    a, b = (pc.data / "vault" / f"slots-{letter}.json" for letter in "ab")
    return (a, b) if _counter(a) < _counter(b) else (b, a)


def _counter(path: Path) -> int:
    import json

    return int(json.loads(path.read_bytes())["counter"])


def _judged(pc: Settings, image: Image) -> Iterator[str]:
    begun = time.process_time()
    try:
        verdict = OPENS
        opened = unlocked(pc)
    except ReaderError as trouble:
        verdict = trouble.kind.code
    except Exception as escaped:  # noqa: BLE001 (whatever it is, nobody is told it by name)
        verdict = f"{type(escaped).__name__} escaped"
    took = time.process_time() - begun
    if verdict not in image.verdicts:
        yield f"{verdict} instead of {' or '.join(sorted(image.verdicts))}"
    if image.at_once and verdict != OPENS and took > AT_ONCE:
        yield f"told after {took:.3f} s"
    if verdict == OPENS:
        if (opened.account, opened.kind) != ("Anna Holm", "account"):
            yield f"opens as {opened.account!r}"
        with closing(open_newest(pc, session(pc, opened))) as reader:
            if reader.fallback is not None:
                yield "opens another generation than the newest"
