from __future__ import annotations

import errno
import os
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from backupreader.domain.errors import NO_STORE, NOT_FOUND, OTHER_PC, STORE_DAMAGED
from backupreader.domain.trouble import Kind, ReaderError
from backupreader.settings import Settings
from backupreader.store import vault
from backupreader.store.choice import SHRUNK
from backupreader.store.files import Files
from backupreader.store.generations import Generation, Store
from backupreader.store.opening import DAMAGED, open_newest
from backupreader.store.reader import Reader
from backupreader.store.session import Session
from sync import plausibility
from sync.export import export
from sync.receive import Word, receive
from tests.sync.town import CHEAP, backup_pc, exporter, session, unlocked, write_export

NOW = datetime(2026, 11, 22, 8, 42, tzinfo=ZoneInfo("Europe/Copenhagen"))


@pytest.fixture
def pc(tmp_path: Path) -> Settings:
    """A PC with two generations: five citizens, then six."""
    machine = exporter(tmp_path, tmp_path / "room12" / "inbox")
    made = backup_pc(tmp_path, machine)
    for citizens in (5, 6):
        write_export(tmp_path / "journal", citizens)
        export(machine, NOW)
    receive(made)
    return made


def generations(pc: Settings) -> tuple[Generation, ...]:
    return Store(pc.data, Files()).list()


def opened(pc: Settings, session_: Session | None = None, generation: str | None = None) -> tuple[int, str | None]:
    reader: Reader = open_newest(pc, session_ or session(pc), generation=generation)
    try:
        return reader.counts()["citizen"], reader.fallback
    finally:
        reader.close()


def refusal(call: Callable[[], object]) -> Kind:
    with pytest.raises(ReaderError) as refused:
        call()
    return refused.value.kind


def test_the_newest_generation_is_opened_and_remembered_as_opened(pc: Settings):
    assert opened(pc) == (6, None)
    assert Store(pc.data, Files()).opened() == generations(pc)[0].position


def test_another_generation_is_opened_by_its_name(pc: Settings):
    assert opened(pc, generation=generations(pc)[1].path.name) == (5, None)
    assert refusal(lambda: opened(pc, generation="yesterday")) is NOT_FOUND


@pytest.mark.parametrize("part", ["head", "data.db"])
def test_a_damaged_newest_generation_is_passed_over_and_that_is_said(pc: Settings, part: str):
    path = generations(pc)[0].path / part
    data = path.read_bytes()
    path.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    assert opened(pc) == (5, DAMAGED)
    path.write_bytes(data)
    assert opened(pc) == (6, None)


@pytest.mark.parametrize("head", ["newest", "both"])
def test_a_head_that_the_disk_gives_back_only_the_second_time_is_told(pc: Settings, head: str):
    """What was left out of the list is told as damaged, whatever a second look would say."""

    class Hesitating(Files):
        def __init__(self) -> None:
            self.left = {g.path / "head" for g in (generations(pc)[:1] if head == "newest" else generations(pc))}

        def open_old(self, path: Path, *, follow: bool) -> int:
            if path in self.left:
                self.left.remove(path)
                raise OSError(errno.EIO, os.strerror(errno.EIO))
            return super().open_old(path, follow=follow)

    if head == "both":
        assert refusal(lambda: open_newest(pc, session(pc), files=Hesitating())) is STORE_DAMAGED
        return
    reader = open_newest(pc, session(pc), files=Hesitating())
    assert (reader.counts()["citizen"], reader.fallback) == (5, DAMAGED)
    reader.close()


def test_where_no_generation_is_whole_that_is_told(pc: Settings):
    for generation in generations(pc):
        generation.database.write_bytes(b"")
    assert refusal(lambda: opened(pc)) is STORE_DAMAGED
    for generation in generations(pc):
        (generation.path / "head").write_bytes(b"")
    assert refusal(lambda: opened(pc)) is STORE_DAMAGED


def test_where_nothing_was_received_that_is_told(tmp_path: Path):
    empty = backup_pc(tmp_path, exporter(tmp_path))
    assert refusal(lambda: opened(empty)) is NO_STORE


def test_a_vault_that_was_made_anew_does_not_open_what_was_sealed_to_the_old_one(pc: Settings, tmp_path: Path):
    other = backup_pc(tmp_path, exporter(tmp_path), "room13")
    assert refusal(lambda: opened(pc, session(other))) is OTHER_PC


def test_a_seal_that_does_not_open_is_damage(pc: Settings):
    stranger = session(pc)
    stranger.unlocked = replace(stranger.unlocked, seeds={stranger.unlocked.identity.id: bytes(32)})
    assert refusal(lambda: opened(pc, stranger)) is STORE_DAMAGED


def test_a_full_disk_keeps_nobody_from_reading(pc: Settings):
    class Full(Files):
        def open_new(self, path: Path, mode: int) -> int:
            raise OSError(28, "No space left on device")

    reader = open_newest(pc, session(pc), files=Full())
    assert reader.counts()["citizen"] == 6
    reader.close()


def test_a_generation_that_holds_too_little_is_not_opened_by_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A compromised exporter, whose own check was switched off."""
    monkeypatch.setattr(plausibility, "check", lambda *_, **__: ())
    machine = exporter(tmp_path, tmp_path / "room12" / "inbox")
    pc = backup_pc(tmp_path, machine)
    for citizens in (50, 6):
        write_export(tmp_path / "journal", citizens)
        export(machine, NOW)
    receive(pc)
    assert opened(pc) == (50, SHRUNK)
    assert opened(pc, generation=generations(pc)[0].path.name) == (6, None)


def test_what_was_on_its_way_when_a_person_left_is_received_and_opened_with_the_former_key(tmp_path: Path):
    machine = exporter(tmp_path, tmp_path / "room12" / "inbox")
    pc = backup_pc(tmp_path, machine)
    write_export(tmp_path / "journal", 5)
    export(machine, NOW)
    receive(pc)
    write_export(tmp_path / "journal", 6)
    export(machine, NOW)  # sealed to the key that she knew, and not here yet
    opener = unlocked(pc)
    closed = vault.load(pc.vault_folder, Files())
    closed.with_account(opener, "Bo Ek", "sol vind hav skog is", bytes(32), CHEAP).without_account(opener, "Bo Ek")
    assert opened(pc) == (5, None)
    (outcome,) = receive(pc)
    assert outcome.word is Word.RECEIVED
    assert opened(pc) == (6, None)
    stranger = session(pc)
    stranger.unlocked = replace(stranger.unlocked, seeds={"0" * 32: bytes(32)})
    assert refusal(lambda: opened(pc, stranger)) is OTHER_PC
