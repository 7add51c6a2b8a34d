"""A made-up town on a made-up PC: few citizens, among them the cruel ones, put there the whole real way.

Built, sealed, signed, carried to the inbox and received by the program's own code; only the Argon2id costs are small.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import chain
from pathlib import Path

from backupreader.domain.records import Delivery, Issue, Unit
from backupreader.settings import Settings
from backupreader.store import vault
from backupreader.store.files import Files
from backupreader.store.slots import Cost
from backupreader.store.trust import Trust
from sync import package
from sync.adapter import Item
from sync.build import build
from sync.export import NO_PLAN, _draft
from sync.measure import measure
from sync.origin import Origin as ExportMachine
from sync.receive import receive
from tests.ui import townsfolk
from tests.ui.townsfolk import NOW, PDF, TAKEN, WHERE, ZONE

__all__ = ["NOW", "PDF", "TAKEN", "WHERE", "ZONE"]
NAME, WORDS = "Anna Holm", "regn lampe sti bro kaffe"


@dataclass(frozen=True)
class Pc:
    """A backup PC that has received."""

    settings: Settings
    now: datetime


def items(*, delivered: bool = True) -> Iterator[Item]:
    """Everything; without `delivered` only citizens and units, so that all else is not delivered."""
    yield Unit(id="nexus:nord", name="Team Nord", origin=WHERE, phone="99 31 72 07")
    yield Unit(id="nexus:syd", name="Plejehjemmet Søgården", origin=WHERE)
    yield from townsfolk.citizens()
    tables = {"unit": 2, "citizen": 7}
    if delivered:
        yield from townsfolk.kirsten()
        yield from townsfolk.cruel()
        yield from townsfolk.route()
        yield Issue(
            code="bad-date",
            file="medicin.csv",
            row=14,
            column="Slutdato",
            value="31-02-2026",
            severity="error",
            table="medication",
        )
        yield Issue(code="left-unread", file="borger.csv", column="Skostørrelse", severity="note", table="citizen")
        tables |= {
            "contact": 3, "alert": 14, "access": 2, "access_code": 1, "condition": 2, "intervention": 4, "note": 6,
            "dose": 8, "administration": 2, "visit": 18, "measurement": 2, "document": 2,
        }  # fmt: skip
        yield Delivery(
            source="FMK",
            table="medication",
            taken_at="2026-11-22T05:10:00+01:00",
            complete=False,
            read=48,
            filed=47,
            refused=1,
        )
    for table, rows in tables.items():
        yield Delivery(source="nexus", table=table, taken_at=TAKEN, complete=True, read=rows, filed=rows, refused=0)


def found(folder: Path, *, delivered: bool = True, language: str = "da", more: Iterable[Item] = ()) -> Pc:
    """The PC with its vault and one generation, in `folder`; `more` came from further sources."""
    files = Files()
    settings = Settings(site="nordby", language=language, data=folder / "pc")
    export = Settings(site="nordby", data=folder / "export")
    secret = vault.make_machine_secret(settings.data / "vault" / "machine-secret", files)
    made, _code = vault.init(
        settings.data / "vault",
        "room12",
        "nordby",
        WORDS,
        files,
        Cost(8 * 1024, 1, 1),
        account=NAME,
        machine_secret=secret,
    )
    machine = ExportMachine(export.data, files)
    machine.prepare()
    files.empty_folder(machine.work)
    own = machine.signer("nordby", NOW)
    Trust(settings.data, files).add(own.trusted())
    path, key = machine.work / "data.db", package.new_key()
    built = build(chain(items(delivered=delivered), more), path, key, files=files, tick=lambda _done, _total: None)
    manifest = replace(_draft(export, NOW - timedelta(hours=3), own, built, measure(path, key)), epoch=own.epoch)
    settings.inbox_folder.mkdir(parents=True)
    for packed in package.seal(path, key, manifest, own.signer, (made.identity,), NO_PLAN, machine.outbox, files):
        shutil.copy(packed, settings.inbox_folder)
    outcomes = receive(settings, files)
    assert outcomes, outcomes
    return Pc(settings, NOW)
