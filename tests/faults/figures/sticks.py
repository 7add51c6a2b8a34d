"""F13: a stick that is pulled while it is read, at each mebibyte; and files that answer differently the second time."""

from __future__ import annotations

import errno
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from backupreader.domain.errors import FILE_TROUBLE
from sync.receive import Word
from tests.faults.figure import Amount, Tried, Untried
from tests.faults.scene import Tally, copied, outcome
from tests.faults.shim import NOT_HERE, Asked, Does, Warm
from tests.faults.world import TwoFaced, World

FIGURES: Final = ("F13",)
PULLED: Final = "a stick pulled at each mebibyte of a package of {size} MiB that is read from it"
CHANGED: Final = "a package that is another, cut, longer or spoilt at any opening after the first"
SIZE: Final = {Amount.BOUNDED: 8, Amount.LONG: 500}
MEBIBYTE: Final = 1 << 20


def tried(amount: Amount, folder: Path) -> Iterator[Tried | Untried]:
    """First the stick, then the file with two faces."""
    size = SIZE[amount]
    what = PULLED.format(size=size)
    if NOT_HERE:
        yield Untried(id="F13", what=what, why=NOT_HERE)
    else:
        with Warm(folder) as warm:
            tally = _pulled(warm, folder / "stick", size)
        yield Tried(id="F13", what=what, cases=tally.cases, goal=size, violations=tuple(tally.violations))
    tally = _changed(folder)
    yield Tried(id="F13", what=CHANGED, cases=tally.cases, goal=20, violations=tuple(tally.violations))


def _pulled(warm: Warm, folder: Path, size: int) -> Tally:
    """From the n-th read on, nothing that lies on the stick can be read. The same PC meets it again and again."""
    world = World.made(folder)
    world.word(world.packed(1))
    stick = folder / "stick"
    stick.mkdir()
    world.packed(2, size=size * MEBIBYTE, plan=b"ring 112").rename(stick / "next.package")
    settings = folder / "settings.toml"
    settings.write_text(f'site = "nordby"\nlanguage = "en"\ninbox = "{stick}"\n', encoding="utf-8")
    words = ["receive", "--json", "--settings", str(settings), "--data", str(world.settings.data)]
    tally = Tally()
    calls = _reads(warm, folder, words, stick)
    before = calls - size - 1  # the heads, and at last one read that finds the end
    for at in range(1, before + size + 1):
        done = warm.run(Asked(words=words, below=stick, reads=True, does=Does.FAILS_FOR_EVER, at=at, code=errno.EIO))
        wrong = list(outcome(done))
        if done["status"] != FILE_TROUBLE.status:
            wrong.append(f"ended with {done['status']}")
        if world.whole() != [1] or world.staged():
            wrong.append(f"generations {world.whole()}, staging {world.staged()}")
        tally.add(int(at > before), [f"at read {at}: {said}" for said in wrong])
    done = warm.run(Asked(words=words))
    if [one["outcome"] for one in json.loads(done["out"])] != ["received"] or world.whole() != [2, 1]:
        tally.add(0, [f"put in again, it is not taken: {done['out']}"])
    return tally


def _reads(warm: Warm, folder: Path, words: list[str], stick: Path) -> int:
    """How many reads a whole receive makes, into a store of another PC."""
    copied(folder / "pc", folder / "other")
    done = warm.run(Asked(words=[*words[:-1], str(folder / "other")], below=stick, reads=True))
    shutil.rmtree(folder / "other")
    return len(done["calls"])


def _changed(folder: Path) -> Tally:
    """What is copied is what is judged, whatever was seen before."""
    template = folder / "two-faced"
    world = World.made(template)
    world.word(world.packed(1))
    package = world.packed(2, size=3 * MEBIBYTE)
    good, other = package.read_bytes(), world.packed(3, size=3 * MEBIBYTE).read_bytes()
    world.delivered(package)
    faces = {
        "another package": other,
        "a bit of its head": _flipped(good, 40),
        "a bit of its signature": _flipped(good, 12 + int.from_bytes(good[8:12], "big") + 5),
        "its first database byte": _flipped(good, len(good) - 3 * MEBIBYTE),
        "its last byte": _flipped(good, len(good) - 1),
        "cut by a byte": good[:-1],
        "cut to its head": good[: len(good) - 3 * MEBIBYTE],
        "empty": b"",
        "a byte longer": good + b"\0",
        "the other's database": good[: len(good) - 3 * MEBIBYTE] + other[-3 * MEBIBYTE :],
    }
    tally = Tally()
    for name, face in faces.items():
        for opening in (1, 2, 3):
            case = World(copied(template, folder / "case"))
            # a file of its own: the template's must stay as it is
            inbox = next(case.inbox.iterdir())
            inbox.unlink()
            inbox.write_bytes(good)
            disk = TwoFaced(lambda number, face=face, turn=opening: face if number >= turn else good)
            (said,) = case.receive(disk)
            tally.add(
                1, [f"{name} from opening {opening} on: {wrong}" for wrong in _judged(case, said.word, opening, name)]
            )
            shutil.rmtree(case.folder)
    return tally


def _judged(case: World, word: Word, opening: int, name: str) -> Iterator[str]:
    """There are two openings: one to put the packages in order, one to take it."""
    newest = 2 if opening > 2 else 3 if name == "another package" else 1
    if case.newest() != newest or (word is Word.RECEIVED) != (newest != 1):
        yield f"{word}, and the newest is {case.newest()}"
    if case.staged():
        yield "something stays in staging"


def _flipped(data: bytes, place: int) -> bytes:
    return data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]
