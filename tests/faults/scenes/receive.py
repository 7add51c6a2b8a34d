"""``receive`` on a PC: the first package, the second, one that lets others go, and one that repairs what was damaged."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from backupreader.store.files import Files
from backupreader.store.planarchive import Archive, encode
from backupreader.store.plans import carried
from sync.receive import Word, receive
from tests.faults.scene import copied, outcome
from tests.faults.shim import Done, Warm
from tests.faults.world import World

MEBIBYTE = 1 << 20
LAST = 40
"""The number of the package that comes after everything."""
GOOD = {Word.RECEIVED, Word.ALREADY_HERE}


class Receive:
    """One package waits in the inbox. `prepare` makes the PC and returns it."""

    def __init__(self, name: str, folder: Path, prepare: Callable[[World], Path]) -> None:
        self.name = f"receive {name}"
        self.template = folder
        world = World.made(folder)
        (folder / "settings.toml").write_text('site = "nordby"\nlanguage = "en"\n', encoding="utf-8")
        self._package = prepare(world).name
        self._following = world.packed(LAST, size=300).name
        self._before, self._plan_before = world.newest(), plan_of(world)
        world.delivered(folder / "sent" / self._package)
        self._stays, self._after, self._plan_after = self._expected(folder)

    def _expected(self, folder: Path) -> tuple[set[int], int | None, str | None]:
        """What a run without a fault leaves of what was there, and the newest and the plan in use then."""
        world = World(copied(folder, folder.with_name(folder.name + "-expected")))
        before = set(world.whole())
        world.receive()
        return before & set(world.whole()), world.newest(), plan_of(world)

    def words(self, folder: Path) -> list[str]:
        return ["receive", "--json", "--settings", str(folder / "settings.toml"), "--data", str(folder / "pc")]

    def below(self, folder: Path) -> Path:
        return folder / "pc"

    def wrong(self, folder: Path, done: Done, warm: Warm) -> Iterator[str]:
        yield from outcome(done)  # I5
        yield from self.found(folder, reported='"outcome": "received"' in done["out"] and _whole(done["out"]))

    def found(self, folder: Path, *, reported: bool) -> Iterator[str]:
        """What is wrong with the PC as it was found after the fault; `reported`: success was."""
        world = World(folder)
        whole = world.whole()
        newest = next(iter(whole), None)
        if newest not in (self._before, self._after):
            yield f"the newest is {newest}"  # I1
        if reported and newest != self._after:
            yield "success was reported for what is not there"  # I2
        if not self._stays <= set(whole):
            yield f"older ones are gone: only {whole} are left"  # I6
        if plan_of(world) != (self._plan_after if newest == self._after else self._plan_before):
            yield f"the plan in use is {plan_of(world)}"
        waiting = (world.inbox / self._package).exists()
        if not waiting and newest != self._after:
            yield "the package is lost"  # I3
        world.inbox.mkdir(exist_ok=True)
        yield from self._again(world, waiting=waiting)

    def _again(self, world: World, *, waiting: bool) -> Iterator[str]:
        if not waiting:
            world.delivered(world.folder / "sent" / self._package)
        for name, newest in ((self._package, self._after), (self._following, LAST)):
            if name == self._following:
                world.delivered(world.folder / "sent" / name)
            said = [one.trouble.kind.code if one.trouble else one.word for one in world.receive()]
            if not set(said) <= GOOD or world.newest() != newest:
                yield f"{name} again: {said}, the newest is {world.newest()}"  # I3
            if world.staged():
                yield f"staging holds {[path.name for path in world.staged()]}"  # I4
        shutil.rmtree(world.store.folder)
        if plan_of(world) != self._plan_after:
            yield f"without its generations the plan in use is {plan_of(world)}"


def plan_of(world: World) -> str | None:
    """The title of the plan in use."""
    plan = carried(world.settings.data, Files()).plan
    return plan.about.title if plan else None


def first(world: World) -> Path:
    return world.packed(1, size=MEBIBYTE + 17, plan=b"ring 112")


def second(world: World) -> Path:
    world.word(world.packed(1))
    return world.packed(2, size=2 * MEBIBYTE)


def small(world: World) -> Path:
    world.word(world.packed(1))
    return world.packed(2, plan=b"ring 112")


def another_plan(world: World) -> Path:
    """The PC has a plan, of which it keeps a copy; the next package brings another."""
    former, newer = (
        encode(Archive({"plan.toml": f'title = "{title}"\nowner = "x"\n[holidays]\ncountry = "DK"\n'}))
        for title in ("former", "newer")
    )
    world.word(world.packed(1, size=300, plan=former))
    return world.packed(2, size=300, plan=newer)


def pruning(world: World) -> Path:
    for seq in range(1, 20):
        world.word(world.packed(seq, size=300))
    return world.packed(20, size=300)


def repair(world: World) -> Path:
    world.word(world.packed(1))
    newest = world.packed(2)
    world.word(newest)
    stored = world.store.list()[0].database
    stored.write_bytes(stored.read_bytes()[:-1])
    return newest


def repair_of_a_head(world: World) -> Path:
    newest = repair(world)
    (world.store.list()[0].path / "head").write_bytes(b"gone")
    return newest


def many_leaving(world: World) -> Path:
    """Twenty generations, of which the next receive lets most go."""
    keeping = replace(world.settings, keep_generations=30)
    for seq in range(1, 21):
        world.delivered(world.packed(seq, size=300, created="2026-11-20T05:30:00Z"))
        receive(keeping)
    return world.packed(21, size=300)


def sized(size: int) -> Callable[[World], Path]:
    """The second package, of so many mebibytes."""

    def prepare(world: World) -> Path:
        world.word(world.packed(1))
        return world.packed(2, size=size * MEBIBYTE + size)

    return prepare


def receives(folder: Path) -> Iterator[Receive]:
    """All but the large one."""
    for prepare in (first, second, another_plan, pruning, repair, repair_of_a_head, many_leaving):
        yield Receive(prepare.__name__.replace("_", " "), folder / prepare.__name__, prepare)


def _whole(out: str) -> bool:
    """Whether all of the report was written."""
    try:
        json.loads(out)
    except json.JSONDecodeError:
        return False
    return True
