"""A backup PC with real generations: exported, sealed, carried and received by the program's own code."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from backupreader.settings import Settings
from sync.export import export
from sync.receive import receive
from tests.sync.town import backup_pc, exporter, write_export

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
