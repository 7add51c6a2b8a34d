"""Export: read the sources, build, check, seal, send. The whole flow of the export machine, one step a function.

A crash at any point leaves nothing behind but a work folder, which the next export empties, or a whole package in the
outbox. Plaintext never touches the disk: the database is written under its key from the first page on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Final

from backupreader.domain.errors import ReaderError, Reason
from backupreader.domain.records import Delivery
from backupreader.settings import Settings
from backupreader.store import database as databases
from backupreader.store import manifest as manifests
from backupreader.store.files import Files
from backupreader.store.manifest import Manifest, Position
from backupreader.store.seal import self_test
from sync import package, plausibility
from sync.build import Built, Tick, build
from sync.carrier import carrier_for
from sync.carriers.folder import keep_newest
from sync.measure import Measures, measure
from sync.origin import Origin, OwnSigner
from sync.read import read_all

NO_PLAN: Final = b""
"""The municipality's contingency plan has its signed place in every package; nothing fills it yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """What an export found and did.

    `packages` is empty after a dry run; `accepted` are the doubts that a person accepted.
    """

    position: Position | None
    packages: tuple[Path, ...]
    rows: Mapping[str, int]
    deliveries: tuple[Delivery, ...]
    issues: Mapping[str, int]
    accepted: tuple[Reason, ...]
    targets: tuple[str, ...]


def export(  # noqa: PLR0913 (the verb's options)
    settings: Settings,
    now: datetime,
    *,
    accept_shrink: bool = False,
    dry_run: bool = False,
    tick: Tick | None = None,
    files: Files | None = None,
) -> Exported:
    """Export once. `now` carries its zone.

    Raises NO_RECIPIENT before anything is read, BUSY, NOT_PLAUSIBLE, what reading and building raise, and NO_TARGET,
    NO_SPACE or FILE_TROUBLE when a target could not be reached (the other targets have it then, and the outbox too).
    """
    self_test()
    disk = files or Files()
    origin = Origin(settings.data, disk)
    recipients = () if dry_run else origin.recipients(settings.site)
    origin.prepare()
    with disk.lock(origin.lock):
        own = origin.signer(settings.site, now)
        key = package.new_key()
        disk.empty_folder(origin.work)
        try:
            path = origin.work / "data.db"
            built = build(read_all(settings), path, key, files=disk, tick=tick or _silent, zone=settings.zone)
            draft = _draft(settings, now, own, built, measure(path, key))
            last = origin.last_sent()
            accepted = plausibility.check(draft, last, settings.timezone(), accept_shrink=accept_shrink)
            if dry_run:
                return _told(None, (), built, accepted, ())
            position = origin.next_position(own, now)
            manifest = replace(
                draft,
                epoch=position.epoch,
                seq=position.seq,
                prev=last.database_sha256 if last else None,
                shrink_accepted=bool(accepted),
            )
            packages = package.seal(path, key, manifest, own.signer, recipients, NO_PLAN, origin.outbox, disk)
            origin.note_sent(_as_sent(manifest))
            _send(packages, settings.send_to, origin.outbox, disk)
            with suppress(ReaderError):  # sent is sent; what should go, goes the next time
                keep_newest(origin.outbox, packages[0].name, disk)
        finally:
            with suppress(ReaderError):  # sealed under a key that is gone; the next export empties it
                disk.empty_folder(origin.work)
    return _told(position, packages, built, accepted, settings.send_to)


def next_expected(now: datetime, clocks: Sequence[str]) -> datetime | None:
    """The next of the local clock times at which new data is expected; None where none are.

    An hour that the clocks skip is moved on.
    """
    days = (now.date(), now.date() + timedelta(days=1))
    moments = [datetime.combine(day, time.fromisoformat(clock), now.tzinfo) for day in days for clock in clocks]
    later = [moment for moment in moments if moment.timestamp() > now.timestamp()]
    return min(later, key=datetime.timestamp, default=None)


def _draft(settings: Settings, now: datetime, own: OwnSigner, built: Built, measures: Measures) -> Manifest:
    """The manifest without its position, seals and plan."""
    expected = next_expected(now, settings.expected)
    return Manifest(
        schema=databases.SCHEMA,
        site=settings.site,
        signer=own.trusted().id,
        epoch=own.epoch,
        seq=1,
        created=_utc(now),
        next_expected=_utc(expected) if expected else None,
        taken_at=_taken_at(built.deliveries),
        counts=measures.counts,
        units=measures.units,
        database_length=built.length,
        database_sha256=built.sha256,
        seals={},
        plan_length=0,
        plan_sha256=manifests.EMPTY_SHA256,
    )


def _taken_at(deliveries: Sequence[Delivery]) -> dict[str, dict[str, str]]:
    """By source, then table; the oldest moment where a source delivered a table in several parts."""
    found: dict[str, dict[str, str]] = {}
    for delivery in deliveries:
        tables = found.setdefault(delivery.source, {})
        tables[delivery.table] = min(delivery.taken_at, tables.get(delivery.table, delivery.taken_at))
    return found


def _as_sent(manifest: Manifest) -> Manifest:
    """What is remembered needs no seals and no plan."""
    return replace(manifest, plan_length=0, plan_sha256=manifests.EMPTY_SHA256)


def _send(packages: Sequence[Path], targets: Sequence[str], outbox: Path, files: Files) -> None:
    """To every target, also after one could not be reached; then the first trouble is raised."""
    troubles: list[ReaderError] = []
    for target in targets:
        try:
            carrier = carrier_for(target, outbox)
            for path in packages:
                carrier.send(path, target, files)
        except ReaderError as trouble:
            troubles.append(trouble)
    if troubles:
        raise troubles[0]


def _told(
    position: Position | None,
    packages: tuple[Path, ...],
    built: Built,
    accepted: tuple[Reason, ...],
    targets: tuple[str, ...],
) -> Exported:
    return Exported(
        position=position,
        packages=packages,
        rows=dict(built.counts),
        deliveries=tuple(built.deliveries),
        issues=dict(built.issues_by_severity),
        accepted=accepted,
        targets=targets,
    )


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _silent(done: int, total: int | None) -> None:
    """Nobody watches."""
