"""F7 and F8: a power cut after any change, with everything unsynced there, gone or torn; and planted bugs that this must find."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from backupreader.store import vault
from backupreader.store.files import Files
from backupreader.store.identities import load_identities
from backupreader.store.slots import Cost
from sync.receive import Word
from tests.faults.powercut import Cut, Recording, after_cut
from tests.faults.world import SITE, World

PICKED = 4
"""Disks that chance picks a cut, beside the barest one."""


def cuts(original: World, scratch: Path, *, forget: str | None = None) -> Iterator[str]:
    """Cut a receive of generation 2 after every change; what was wrong on any of the disks that may be found then."""
    point, ended = 0, False
    while not ended:
        world = _copied(original, scratch / "running")
        disk = Recording(world.settings.data, point, forget=forget)
        try:
            outcomes = world.receive(disk)
            ended = True
            assert [outcome.word for outcome in outcomes] == [Word.RECEIVED]
        except Cut:
            pass
        for number, chance in enumerate([None, *(random.Random(point * 100 + n) for n in range(PICKED))]):
            found = _copied(original, scratch / "found")
            shutil.rmtree(found.settings.data)
            after_cut(disk.model, chance, found.settings.data)
            yield from (f"point {point} disk {number}: {what}" for what in _violations(found, ended=ended))
            shutil.rmtree(found.folder)
        shutil.rmtree(world.folder)
        point += 1


def _copied(original: World, folder: Path) -> World:
    shutil.copytree(original.folder, folder)
    return World(folder)


def _violations(found: World, *, ended: bool) -> list[str]:
    wrong = []
    newest = found.newest()
    if newest not in ((2,) if ended else (1, 2)):
        wrong.append(f"newest is {newest}")  # I1, I2
    if 1 not in found.whole():
        wrong.append("the old one is gone")  # I6
    found.inbox.mkdir(exist_ok=True)
    found.delivered(next((found.folder / "sent").glob("*2.package")))
    if (
        not all(outcome.word in {Word.RECEIVED, Word.ALREADY_HERE} for outcome in found.receive())
        or found.newest() != 2
    ):
        wrong.append("the same package again does not help")  # I3
    if found.staged():
        wrong.append("something stays in staging")  # I4
    return wrong


@pytest.fixture
def waiting(tmp_path: Path) -> World:
    """A PC that holds generation 1, with generation 2 in its inbox."""
    world = World.made(tmp_path / "original")
    assert world.word(world.packed(1)) is Word.RECEIVED
    world.delivered(world.packed(2, size=(1 << 20) + 5, plan=b"ring 112"))
    return world


def test_a_power_cut_after_any_change_leaves_the_old_or_the_new_generation(waiting: World, tmp_path: Path):
    assert list(cuts(waiting, tmp_path)) == []


@pytest.mark.parametrize("forgotten", ["sync", "sync generations", "sync 0000000000002500-0000000000000002"])
def test_a_forgotten_sync_is_found_by_this_test(waiting: World, tmp_path: Path, forgotten: str):
    """The harness itself: one dropped fsync, and disks turn up on which something is wrong."""
    assert next(cuts(waiting, tmp_path, forget=forgotten), None) is not None


def disks(folder: Path, work: Callable[[Files], object], scratch: Path) -> Iterator[tuple[Path, bool]]:
    """Cut `work` on a copy of a folder after every change: each disk that may be found then, and whether it had ended."""
    point, ended = 0, False
    while not ended:
        shutil.copytree(folder, scratch / "running")
        disk = Recording(scratch / "running", point)
        with suppress(Cut):
            work(disk)
            ended = True
        for chance in [None, *(random.Random(point * 100 + n) for n in range(PICKED))]:
            after_cut(disk.model, chance, scratch / "found")
            yield scratch / "found", ended
            shutil.rmtree(scratch / "found")
        shutil.rmtree(scratch / "running")
        point += 1


def test_a_power_cut_while_an_account_is_added_leaves_a_vault_that_opens(tmp_path: Path):
    cost = Cost(8 * 1024, 1, 1)
    _, opened = vault.init(
        tmp_path / "vault", "pc", SITE, "en to tre", Files(), cost, account="Anna", machine_secret=bytes(32)
    )

    def add(disk: Files) -> None:
        vault.load(tmp_path / "running", disk).with_account(opened, "Bo", "fire fem", bytes(32), cost)

    for found, ended in disks(tmp_path / "vault", add, tmp_path):
        accounts = vault.load(found, Files()).accounts
        assert accounts in ({("Anna", "Bo")} if ended else {("Anna",), ("Anna", "Bo")})
        assert vault.unlock(found, "en to tre", bytes(32)).seed == opened.seed


def test_a_power_cut_while_a_person_is_taken_out_leaves_a_vault_that_opens_old_and_new(tmp_path: Path):
    cost = Cost(8 * 1024, 1, 1)
    made, opened = vault.init(
        tmp_path / "vault", "pc", SITE, "en to tre", Files(), cost, account="Anna", machine_secret=bytes(32)
    )
    made.with_account(opened, "Bo", "fire fem", bytes(32), cost)

    def remove(disk: Files) -> None:
        vault.load(tmp_path / "running", disk).without_account(opened, "Bo")

    for found, ended in disks(tmp_path / "vault", remove, tmp_path):
        arriving = load_identities(found, Files())  # what receive would take before anybody unlocks
        assert made.identity in arriving
        again = vault.unlock(found, "en to tre", bytes(32))
        assert again.seeds[made.identity.id] == opened.seed
        assert arriving[0].id in again.seeds
        assert (again.identity == made.identity) == ("Bo" in vault.load(found, Files()).accounts)
        if ended:
            assert again.identity != made.identity
            assert load_identities(found, Files())[0] == again.identity
            assert not [copy for copy in found.glob("slots-*.json") if b'"Bo"' in copy.read_bytes()]
