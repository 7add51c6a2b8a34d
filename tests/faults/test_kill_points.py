"""F1 on the vault's own changes, in process: die before every one, and look at what each slot then opens (``figures/kills`` does the rest)."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from backupreader.domain.trouble import ReaderError
from backupreader.store import codesheets, vault
from backupreader.store.copies import Copies
from backupreader.store.files import Files
from backupreader.store.identities import load_identities
from backupreader.store.slots import Cost
from tests.faults.world import SITE, Dying, Killed


def points(run: Callable[[Dying], object]) -> Iterator[int]:
    """How many changes a whole run makes, counted by doing it."""
    counting = Dying(1 << 30)
    run(counting)
    return iter(range(1, counting.calls + 1))


def test_killing_a_change_of_accounts_leaves_the_old_or_the_new_ones(tmp_path: Path):
    cost = Cost(8 * 1024, 1, 1)
    made, opened = vault.init(
        tmp_path / "vault", "pc", SITE, "en to tre", Files(), cost, account="Anna", machine_secret=bytes(32)
    )
    for point in points(lambda disk: _add(tmp_path, "whole", disk, opened, cost)):
        folder = tmp_path / f"vault-{point}"
        with pytest.raises(Killed):
            _add(tmp_path, folder.name, Dying(point), opened, cost)
        accounts = vault.load(folder, Files()).accounts
        assert accounts in {("Anna",), ("Anna", "Bo"), ("Bo",)}
        again = vault.unlock(folder, "fire fem" if accounts == ("Bo",) else "en to tre", bytes(32))
        assert again.seeds[made.identity.id] == opened.seed  # what was sealed before goes on to open
        assert (again.identity == made.identity) == ("Anna" in accounts)
        assert load_identities(folder, Files())[0] == again.identity
        assert made.identity in load_identities(folder, Files())  # and what is on its way is taken
        if accounts == ("Bo",):
            assert not [copy for copy in folder.glob("slots-*.json") if b'"name":"Anna"' in copy.read_bytes()]
    assert made.accounts == ("Anna",)


def test_killing_the_use_of_an_event_code_never_leaves_a_vault_that_does_not_open(tmp_path: Path):
    cost = Cost(8 * 1024, 1, 1)
    made, opened = vault.init(
        tmp_path / "vault", "pc", SITE, "en to tre", Files(), cost, account="Anna", machine_secret=bytes(32)
    )
    _, sheet = codesheets.issue(
        made,
        opened,
        2,
        bytes(32),
        language="da",
        holder="Bo",
        issued_by="Anna",
        now=datetime(2026, 11, 30, tzinfo=UTC),
        tick=lambda _done, _total: None,
    )

    def use(name: str, disk: Files) -> None:
        shutil.copytree(tmp_path / "vault", tmp_path / name)
        vault.load(tmp_path / name, disk).unlock(sheet.codes[0][1], bytes(32)).spend()

    for point in points(lambda disk: use("whole", disk)):
        folder = tmp_path / f"code-{point}"
        with pytest.raises(Killed):
            use(folder.name, Dying(point))
        closed = vault.load(folder, Files())
        assert closed.unlock("en to tre", bytes(32)).seed == opened.seed
        (record,) = closed.sheets
        spent = not [slot for slot in closed.slots if (slot.sheet, slot.number) == (1, 1)]
        assert spent == (1 in record.spent)
        if spent:  # nobody was shown anything yet: the code is gone for good, from both copies
            with pytest.raises(ReaderError):
                closed.unlock(sheet.codes[0][1], bytes(32))
            assert Copies(folder, "slots", Files()).alike
        assert closed.unlock(sheet.codes[1][1], bytes(32)).number == 2


def _add(tmp_path: Path, name: str, disk: Files, opened: vault.Unlocked, cost: Cost) -> None:
    shutil.copytree(tmp_path / "vault", tmp_path / name)
    loaded = vault.load(tmp_path / name, disk)
    loaded.with_account(opened, "Bo", "fire fem", bytes(32), cost).without_account(opened, "Anna")


def test_killing_the_first_start_of_a_vault_never_keeps_it_from_being_made(tmp_path: Path):
    cost = Cost(8 * 1024, 1, 1)

    def make(folder: Path, disk: Files) -> None:
        secret = vault.make_machine_secret(folder / "machine-secret", disk)
        vault.init(folder, "pc", SITE, "en to tre", disk, cost, account="Anna", machine_secret=secret)

    for point in points(lambda disk: make(tmp_path / "whole", disk)):
        folder = tmp_path / f"vault-{point}"
        with pytest.raises(Killed):
            make(folder, Dying(point))
        if not Copies(folder, "slots", Files()).present:
            make(folder, Files())
        secret = vault.read_machine_secret(folder / "machine-secret", Files())
        assert vault.unlock(folder, "EN to-tre", secret).account == "Anna"
