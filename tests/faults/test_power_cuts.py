"""F7 on the vault's own changes: a power cut after each, with everything unsynced there, gone or torn (``figures/powercuts`` does the rest)."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from backupreader.store import vault
from backupreader.store.files import Files
from backupreader.store.identities import load_identities
from backupreader.store.slots import Cost
from tests.faults.powercut import Recording, after_cut, lay
from tests.faults.world import SITE

PICKED = 4
"""Disks that chance picks a cut, beside the barest one."""


def disks(folder: Path, work: Callable[[Files], object], scratch: Path) -> Iterator[tuple[Path, bool]]:
    """Do `work` on a copy of a folder: each disk that may be found after a cut in it, and whether it had ended by then."""
    shutil.copytree(folder, scratch / "running")
    disk = Recording(scratch / "running")
    work(disk)
    disk.end()
    for moment, model in enumerate(disk.moments):
        for chance in [None, *(random.Random(moment * 100 + n) for n in range(PICKED))]:
            lay(after_cut(model, chance), scratch / "found")
            yield scratch / "found", moment == len(disk.moments) - 1
            shutil.rmtree(scratch / "found")
    shutil.rmtree(scratch / "running")


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
