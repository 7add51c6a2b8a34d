"""What the power is cut in: an action on a folder, and how to tell whether a disk that may be found afterwards is sound."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from backupreader.store import vault
from backupreader.store.copies import Copies
from backupreader.store.files import Files
from backupreader.store.generations import Store
from sync.export import export
from tests.faults.powercut import Disk, Node, Recording, after_cut, digest, lay
from tests.faults.scene import copied
from tests.faults.scenes.export import NOW, Export, Send, send
from tests.faults.scenes.receive import Receive
from tests.faults.scenes.vault import OTHER_WORDS, Accounts, FirstVault, Position, give, make
from tests.faults.world import World
from tests.sync.town import CHEAP

MOST_AGAIN: Final = 40
"""So many disks in turn that were met before, and a moment has no others to show."""


@dataclass(frozen=True, slots=True)
class Cut:
    """`act` is done in a copy of `template`, whose part `root` is on the disk that loses its power.

    `sound` says what is wrong with a copy as it may be found; it is given what `act` returned where that had ended.
    """

    name: str
    template: Path
    root: str
    act: Callable[[Path, Files], object]
    sound: Callable[[Path, object], Iterator[str]]


def states(cut: Cut, work: Path, most: int, seen: set[bytes]) -> Iterator[list[str]]:
    """What is wrong, for each distinct disk: at each moment the barest one, and up to `most` more that chance picks."""
    folder = copied(cut.template, work / "running")
    disk = Recording(folder / cut.root)
    result = cut.act(folder, disk)
    disk.end()
    shutil.rmtree(folder)
    for moment, model in enumerate(disk.moments):
        ended = moment == len(disk.moments) - 1
        for found in _disks(model, random.Random(f"{cut.name} {moment}"), most):
            said = digest(f"{cut.name} {ended}", found)
            if said in seen:
                continue
            seen.add(said)
            folder = copied(cut.template, work / "found")
            shutil.rmtree(folder / cut.root)
            lay(found, folder / cut.root)
            yield [
                f"{cut.name}, before change {moment}: {what}" for what in cut.sound(folder, result if ended else None)
            ]
            shutil.rmtree(folder)


def _disks(model: Node, chance: random.Random, most: int) -> Iterator[Disk]:
    """The barest disk, then others until chance brings up nothing new."""
    barest = after_cut(model, None)
    yield barest
    found, again = {digest("", barest)}, 0
    while len(found) <= most and again < MOST_AGAIN:
        disk = after_cut(model, chance)
        said = digest("", disk)
        if said in found:
            again += 1
            continue
        again = 0
        found.add(said)
        yield disk


def of_receive(scene: Receive) -> Cut:
    """A receive. Where nothing was pruned or repaired, staging is empty for good once success was told."""
    plain = scene.name in {"receive first", "receive second", "receive small"}

    def sound(folder: Path, result: object) -> Iterator[str]:
        world = World(folder)
        if plain and result is not None and world.staged():
            yield f"after success, staging may hold {[path.name for path in world.staged()]}"
        yield from scene.found(folder, reported=result is not None)

    return Cut(scene.name, scene.template, "pc", lambda folder, disk: World(folder).receive(disk), sound)


def of_send(scene: Send) -> Cut:
    """Sealing and sending."""

    def sound(folder: Path, result: object) -> Iterator[str]:
        yield from scene.found(folder, reported=result is not None)
        send(str(folder))
        yield from scene.found(folder, reported=True)

    def act(folder: Path, disk: Files) -> object:
        send(str(folder), disk)
        return True

    return Cut(scene.name, scene.template, "", act, sound)


def of_export(scene: Export, *, again: int) -> Cut:
    """A whole export. The next one is tried on one disk in `again`: it takes as long as all the rest."""
    looked = 0

    def sound(folder: Path, result: object) -> Iterator[str]:
        nonlocal looked
        looked += 1
        yield from scene.found(folder, reported=result is not None)
        if looked % again == 0 or result is not None:
            yield from scene.again(folder)

    return Cut(
        scene.name, scene.template, "", lambda folder, disk: export(scene.machine(folder), NOW, files=disk), sound
    )


def of_accounts(scene: Accounts) -> Cut:
    """A change of who may open the vault."""

    def act(folder: Path, disk: Files) -> object:
        place = folder / "pc" / "vault"
        loaded = vault.load(place, disk)
        if scene.name.endswith("add-account"):
            secret = vault.read_machine_secret(place / "machine-secret", disk)
            assert secret is not None
            return loaded.with_account(scene.opened, "Bo Dahl", OTHER_WORDS, secret, CHEAP)
        return loaded.without_account(scene.opened, "Bo Dahl")

    return Cut(
        scene.name, scene.template, "pc", act, lambda folder, result: scene.found(folder, reported=result is not None)
    )


def of_first_vault(scene: FirstVault) -> Cut:
    """The first start."""

    def act(folder: Path, disk: Files) -> object:
        make(str(folder / "vault"), disk)
        return True

    return Cut(
        scene.name, scene.template, "", act, lambda folder, result: scene.found(folder, reported=result is not None)
    )


def of_position(scene: Position) -> Cut:
    """A position given out."""
    return Cut(
        scene.name,
        scene.template,
        "",
        lambda folder, disk: give(str(folder / "export"), disk),
        lambda folder, result: scene.found(folder, given=str(result or "")),
    )


def of_copies(folder: Path) -> Cut:
    """A fact in two copies, written for the fourth time."""
    for value in ("one", "two", "three"):
        Copies(folder / "state", "fact", Files()).write(value)

    def act(place: Path, disk: Files) -> object:
        Copies(place / "state", "fact", disk).write("four")
        return True

    def sound(place: Path, result: object) -> Iterator[str]:
        value = Copies(place / "state", "fact", Files()).read()
        if value not in ({"four"} if result else {"three", "four"}):
            yield f"the fact is {value}"

    return Cut("write a fact", folder, "", act, sound)


def of_opened(folder: Path) -> Cut:
    """The note of what was opened: another generation than the last time."""
    world = World.made(folder)
    for seq in (1, 2):
        world.word(world.packed(seq))
    new, old = world.store.list()
    world.store.mark_opened(old)

    def act(place: Path, disk: Files) -> object:
        store = Store(place / "pc", disk)
        store.mark_opened(store.list()[0])
        return True

    def sound(place: Path, result: object) -> Iterator[str]:
        noted = World(place).store.opened()
        if noted not in ({new.position} if result else {old.position, new.position}):
            yield f"noted as opened: {noted}"
        if World(place).whole() != [2, 1]:
            yield "the generations are not whole"

    return Cut("note what was opened", folder, "pc", act, sound)
