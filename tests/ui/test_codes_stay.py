"""An event code at the lock screen: it opens the data once, and stays while it opens none."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from backupreader.domain.acts import Actor
from backupreader.domain.errors import CODE_USED, NO_NAME, NO_STORE, STORE_DAMAGED
from backupreader.domain.trouble import Kind, ReaderError
from backupreader.settings import Settings
from backupreader.store import codesheets, machine, vault
from backupreader.store.files import Files
from backupreader.store.generations import Store
from backupreader.store.opening import open_newest
from backupreader.store.outages import Outages
from backupreader.store.session import begin
from sync.export import export
from sync.receive import receive
from tests.sync.town import backup_pc, exporter, unlocked, write_export
from ui.opening import Asking, opening

NOW = datetime(2026, 11, 30, 2, 15, tzinfo=ZoneInfo("Europe/Copenhagen"))


class Pc:
    """A PC that holds a sheet with one code, and has received nothing yet."""

    def __init__(self, folder: Path) -> None:
        self._machine = exporter(folder, folder / "room12" / "inbox")
        self.settings = backup_pc(folder, self._machine)
        self.secret = machine.make(self.settings.machine_secret_place, Files())
        self._journal = folder / "journal"
        _, sheet = codesheets.issue(
            self.vault,
            unlocked(self.settings),
            1,
            self.secret,
            language="da",
            holder="Vagt",
            issued_by="Anna Holm",
            now=NOW,
            tick=lambda _done, _total: None,
        )
        self.code = sheet.codes[0][1]

    @property
    def vault(self) -> vault.Vault:
        return vault.load(self.settings.vault_folder, Files())

    @property
    def left(self) -> int:
        return self.vault.sheets[0].left

    def receive(self) -> None:
        write_export(self._journal, 5)
        export(self._machine, NOW)
        receive(self.settings)

    def open(self, name: str = "Eva Lund") -> None:
        reader, _ = opening(self.settings, Asking(name=name, words=self.code, code=True), lambda: NOW)()
        reader.close()


@pytest.fixture
def pc(tmp_path: Path) -> Pc:
    return Pc(tmp_path)


def refusal(call: Callable[[], object]) -> Kind:
    with pytest.raises(ReaderError) as refused:
        call()
    return refused.value.kind


def test_a_code_opens_the_data_once(pc: Pc):
    pc.receive()
    pc.open()
    assert pc.left == 0
    assert refusal(pc.open).code == "BR15"


def test_a_code_stays_where_nothing_was_received(pc: Pc):
    assert refusal(pc.open) is NO_STORE
    assert pc.left == 1
    assert not Outages(pc.settings.data, Files()).number


@pytest.mark.parametrize("name", ["", "  "])
def test_a_code_stays_where_nobody_says_who_she_is(pc: Pc, name: str):
    pc.receive()
    assert refusal(lambda: pc.open(name)) is NO_NAME
    assert pc.left == 1


def test_a_code_stays_where_all_data_is_damaged(pc: Pc):
    pc.receive()
    (generation,) = Store(pc.settings.data, Files()).list()
    generation.database.write_bytes(b"damaged")
    assert refusal(pc.open) is STORE_DAMAGED
    assert pc.left == 1


def test_of_two_at_the_same_code_the_later_is_shown_nothing(pc: Pc):
    def session(settings: Settings):
        opened = pc.vault.unlock(pc.code, pc.secret)
        return begin(settings, opened, Actor(name="Eva Lund"), lambda: NOW, Files())

    pc.receive()
    first, second = session(pc.settings), session(pc.settings)
    open_newest(pc.settings, first).close()
    open_newest(pc.settings, first).close()  # another look in the same session costs no other code
    assert refusal(lambda: open_newest(pc.settings, second)) is CODE_USED
    assert first.uncrossed is None
