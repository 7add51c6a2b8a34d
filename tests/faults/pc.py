"""A backup PC with real generations: exported, sealed, carried and received by the program's own code."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from backupreader.settings import Settings
from backupreader.store import database
from backupreader.store.opening import open_newest
from backupreader.store.session import Session
from sync.export import export
from sync.receive import receive
from tests.sync.town import backup_pc, exporter, write_export

if TYPE_CHECKING:
    from sqlite3 import Connection

NOW: Final = datetime(2026, 11, 22, 8, 42, tzinfo=ZoneInfo("Europe/Copenhagen"))


def received(folder: Path, *citizens: int, now: datetime = NOW) -> Settings:
    """The PC's settings; one generation for each number of citizens, which grow, oldest first."""
    machine = exporter(folder, folder / "room12" / "inbox")
    pc = backup_pc(folder, machine)
    for count in citizens:
        write_export(folder / "journal", count)
        export(machine, now)
    receive(pc)
    return pc


def database_key(pc: Settings, session: Session) -> bytes:
    """The key of the newest generation's database, noted on its way from the vault to SQLCipher."""
    noted: list[bytes] = []
    open_reader = database.open_reader

    def noting(path: Path, key: bytes) -> Connection:
        noted.append(key)
        return open_reader(path, key)

    database.open_reader = noting
    try:
        open_newest(pc, session).close()
    finally:
        database.open_reader = open_reader
    return noted[-1]
