"""F10: replay, rollback, freeze, mix and match, strangers, leaps, eviction, rotation: what is on the disk after each row.

A row of one package is tried twice: on its own, and together with the next good one, which must be taken all the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from sync.receive import Word
from tests.faults.arrivals import HERE, OLDER, OTHER, PASSED, PLAIN, TAKEN, Row
from tests.faults.figure import Amount, Tried
from tests.faults.stories import STORIES
from tests.faults.world import EPOCH, World, snapshots

FIGURES: Final = ("F10",)
GOAL: Final = 60


def tried(amount: Amount, folder: Path) -> Iterator[Tried]:
    """Every row; the long amount is the same."""
    rows = (*PLAIN, *STORIES)
    assert len({row.what for row in rows}) == len(rows)
    yield Tried(
        id="F10",
        what="rows of packages that a carrier or a compromised exporter may send",
        cases=len(rows),
        goal=GOAL,
        violations=tuple(_all(_alone, rows, folder / "alone")),
    )
    yield Tried(
        id="F10",
        what="the same beside the next good package",
        cases=len(PLAIN),
        goal=len(PLAIN),
        violations=tuple(_all(_beside, PLAIN, folder / "beside")),
    )


def _all(judge: Callable[[Row, World], Iterator[str]], rows: tuple[Row, ...], folder: Path) -> Iterator[str]:
    for number, row in enumerate(rows):
        place = folder / str(number)
        place.mkdir(parents=True)
        world = World.made(place)
        if world.word(world.packed(5)) is not TAKEN:
            yield f"{row.what}: the PC holds no generation 5"
            continue
        try:
            yield from (f"{row.what}: {wrong}" for wrong in judge(row, world))
        except Exception as escaped:  # noqa: BLE001 (whatever it is, it is no word and no code)
            yield f"{row.what}: {type(escaped).__name__} escaped: {escaped}"


def _alone(row: Row, world: World) -> Iterator[str]:
    (old,) = world.store.folder.iterdir()
    before = dict(snapshots(old))
    said = tuple(row.does(world))
    if said != row.says:
        yield f"said {said}"
    if tuple(world.whole()) != row.holds:
        yield f"holds {world.whole()}"
    if not row.spoils and old.exists() and dict(snapshots(old)) != before:
        yield "the generation before it was changed"
    yield from _goes_on(world, row)


def _goes_on(world: World, row: Row) -> Iterator[str]:
    """Staging is empty, and the exporter's next package is taken, once."""
    if world.staged():
        yield "something is left in staging"
    if row.signer is None:
        return
    for left in world.inbox.iterdir():  # the carrier takes away what was refused
        left.unlink()
    newest = world.store.list()[0].position
    following = world.packed(newest.seq + 1, epoch=newest.epoch, signer=row.signer)
    if [world.word(following), world.word(following)] != [TAKEN, HERE] or world.newest() != newest.seq + 1:
        yield "the next one is not taken"


def _beside(row: Row, world: World) -> Iterator[str]:
    assert row.given is not None
    strange = world.delivered(world.packed(**row.given), "a.package")  # type: ignore[arg-type]
    good = world.delivered(world.packed(6, content=6), "b.package")
    outcomes = world.receive()
    found = {o.path: o.trouble.kind.code if o.word is Word.REFUSED and o.trouble else o.word for o in outcomes}
    (said,) = row.says
    if said is TAKEN and (row.given["seq"], row.given.get("epoch", EPOCH)) == (6, EPOCH):
        right = list(found.values()).count(TAKEN) == 1  # both are the next one: whichever came first
    else:
        # Beside a package that the PC holds, older ones and those for other PCs are no trouble.
        right = found == {strange: PASSED if said in {OLDER, OTHER} else said, good: TAKEN}
    if not right:
        yield f"said {sorted(map(str, found.values()))}"
    if world.newest() not in {6, row.holds[0]} or 5 not in world.whole():
        yield f"holds {world.whole()}"
    if world.staged():
        yield "something is left in staging"
