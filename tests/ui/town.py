"""A made-up town on a made-up PC: few citizens, among them the cruel ones, put there the whole real way.

Built, sealed, signed, carried to the inbox and received by the program's own code; only the Argon2id costs are small.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import chain
from pathlib import Path

from backupreader import rulefile
from backupreader.domain.acts import Act
from backupreader.domain.records import Delivery, Issue, Unit
from backupreader.domain.sheets import Sheet
from backupreader.settings import Settings
from backupreader.store import codesheets, vault
from backupreader.store.auditreading import entries
from backupreader.store.carried import VaultIdentity
from backupreader.store.database import SCHEMA
from backupreader.store.files import Files
from backupreader.store.ledger import Ledger
from backupreader.store.planarchive import Archive, encode
from backupreader.store.slots import Cost
from backupreader.store.trust import Trust
from sync import package
from sync.adapter import Item
from sync.build import build
from sync.export import _draft
from sync.measure import measure
from sync.origin import Origin as ExportMachine
from sync.receive import receive
from tests.ui import townplan, townsfolk
from tests.ui.townsfolk import NOW, PDF, TAKEN, WHERE, ZONE

__all__ = ["NOW", "PDF", "TAKEN", "WHERE", "ZONE"]
NAME, WORDS = "Anna Holm", "regn lampe sti bro kaffe"
BO, BO_WORDS = "Bo Friis", "sne dør hav blad stol"
COST = Cost(8 * 1024, 1, 1)


@dataclass(frozen=True)
class Pc:
    """A backup PC that has received, what was issued for it, and the export machine that sends to it."""

    settings: Settings
    now: datetime
    export: Path
    identity: VaultIdentity
    seeds: Mapping[str, bytes]
    codes: tuple[str, ...]


def items(*, delivered: bool = True) -> Iterator[Item]:
    """Everything; without `delivered` only citizens and units, so that all else is not delivered."""
    yield Unit(id="nexus:nord", name="Team Nord", origin=WHERE, phone="99 31 72 07")
    yield Unit(id="nexus:syd", name="Plejehjemmet Søgården", origin=WHERE)
    yield from townsfolk.citizens()
    tables = {"unit": 2, "citizen": 7}
    if delivered:
        yield from townsfolk.kirsten()
        yield from townsfolk.private()
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


def found(
    folder: Path,
    *,
    delivered: bool = True,
    language: str = "da",
    more: Iterable[Item] = (),
    plan: Mapping[str, str] = townplan.FILES,
) -> Pc:
    """The PC with its vault and one generation, in `folder`; `more` came from further sources, `plan` came along."""
    files = Files()
    settings = Settings(site="nordby", language=language, data=folder / "pc")
    secret = vault.make_machine_secret(settings.data / "vault" / "machine-secret", files)
    made, opened = vault.init(
        settings.data / "vault",
        "room12",
        "nordby",
        WORDS,
        files,
        COST,
        account=NAME,
        machine_secret=secret,
        role="leder",
    )
    made = made.with_account(opened, BO, BO_WORDS, secret, COST, role="SSA", units=("Team Nord",))
    made, sheet = codesheets.issue(
        made,
        opened,
        2,
        secret,
        language="da",
        holder="Vagtcentralen",
        issued_by=NAME,
        now=NOW,
        tick=lambda _n, _of: None,
    )
    codes = tuple(f"{sheet.number}-{number:02} {words}" for number, words in sheet.codes)
    pc = Pc(settings, NOW, folder / "export", made.identity, opened.seeds, codes)
    machine = ExportMachine(pc.export, files)
    machine.prepare()
    Trust(settings.data, files).add(machine.signer("nordby", NOW).trusted())
    settings.inbox_folder.mkdir(parents=True)
    send(pc, chain(items(delivered=delivered), more), plan=plan)
    return pc


def send(
    pc: Pc,
    delivered: Iterable[Item],
    *,
    seq: int = 1,
    hours: float = 3,
    prev: str | None = None,
    schema: int = SCHEMA,
    plan: Mapping[str, str] = townplan.FILES,
) -> str:
    """One more generation, made so many hours ago, all the real way; the digest that the next one names as `prev`.

    Of another `schema` its head says so, as one by another version of the program does.
    """
    files = Files()
    settings = Settings(site="nordby", data=pc.export)
    machine = ExportMachine(pc.export, files)
    own = machine.signer("nordby", NOW)
    files.empty_folder(machine.work)
    path, key = machine.work / "data.db", package.new_key()
    rules = rulefile.load(None)
    built = build(delivered, path, key, files=files, tick=lambda _done, _total: None, rules=rules)
    draft = _draft(settings, pc.now - timedelta(hours=hours), own, built, measure(path, key))
    manifest = replace(draft, epoch=own.epoch, seq=seq, prev=prev, schema=schema)
    archive = encode(Archive(plan))
    for packed in package.seal(path, key, manifest, own.signer, (pc.identity,), archive, machine.outbox, files):
        shutil.copy(packed, pc.settings.inbox_folder)
    outcomes = receive(pc.settings, files)
    assert outcomes, outcomes
    return manifest.database_sha256


def copied(pc: Pc, folder: Path) -> Pc:
    """The same PC in a folder of its own, for what cannot be undone."""
    shutil.copytree(pc.settings.data, folder / "pc")
    shutil.copytree(pc.export, folder / "export")
    return replace(pc, settings=replace(pc.settings, data=folder / "pc"), export=folder / "export")


def acts(pc: Pc) -> list[Act]:
    """The audit, read back from the disk."""
    found = entries(pc.settings.audit_folder, pc.seeds, Files())
    return [entry.act for entry in found if entry.act is not None]


def print_sheets(window) -> tuple[str, ...]:
    """Sheets as if they had been printed, of the window's session: their numbers."""
    settings, session = window.settings, window.session
    ledger = Ledger(settings.data, session, Files())
    numbers = ledger.reserve()
    made = [
        (document, citizen, page, pages)
        for citizen in ("nexus:1", "nexus:3")
        for document, pages in (("medicine-sheet", 2), ("summary", 1))
        for page in range(1, pages + 1)
    ]
    sheets = [
        Sheet(serial=numbers.at(place), document=document, citizen=citizen, route=None, pages=(page,), of=pages)
        for place, (document, citizen, page, pages) in enumerate(made)
    ]
    ledger.issue(numbers, sheets, "Ward")
    return tuple(str(sheet.serial) for sheet in sheets)
