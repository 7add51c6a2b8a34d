"""Export: read the sources, build, check, seal, send. The whole flow of the export machine, one step a function.

Where the settings name several sites, each has a generation of its own with its own line of positions; one that is not
plausible holds up no other. A crash at any point leaves nothing behind but a work folder, which the next export
empties, or a whole package in the outbox. Plaintext never touches the disk: every database is written under its key
from the first page on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import cast
from zoneinfo import ZoneInfo

from backupreader import rulefile
from backupreader.domain import moments
from backupreader.domain.errors import NOT_PLAUSIBLE
from backupreader.domain.lifecritical import Rules
from backupreader.domain.plausibility import Doubt
from backupreader.domain.records import Delivery
from backupreader.domain.trouble import ReaderError
from backupreader.settings import Settings
from backupreader.store import container
from backupreader.store import database as databases
from backupreader.store import manifest as manifests
from backupreader.store.carried import VaultIdentity
from backupreader.store.files import Files
from backupreader.store.manifest import Manifest
from backupreader.store.selftest import self_test
from sync import package, plausibility, rotation, share
from sync.build import Built, Gathered, Tick, gather
from sync.carrier import carrier_for
from sync.carriers.folder import keep_newest
from sync.enclosed import Enclosed, enclose
from sync.exported import Exported, SiteExported
from sync.making import Made, Whole, Work, make, shares
from sync.measure import Measures
from sync.origin import Origin, OwnSigner
from sync.read import read_all
from sync.sites import Site, sites


def export(  # noqa: PLR0913 (the verb's options)
    settings: Settings,
    now: datetime,
    *,
    accept_shrink: bool = False,
    dry_run: bool = False,
    tick: Tick | None = None,
    files: Files | None = None,
    executor: Executor | None = None,
) -> Exported:
    """Export once. `now` carries its zone; `executor` is where the generations of several sites are made.

    Raises NO_RECIPIENT and RULES_UNREADABLE before anything is read, BUSY, NOT_PLAUSIBLE where no site's generation was
    plausible, what reading and building raise, and NO_TARGET, NO_SPACE or FILE_TROUBLE when a target could not be
    reached (the other targets have it then, and the outbox too).
    """
    self_test()
    disk = files or Files()
    origin = Origin(settings.data, disk)
    wanted = sites(settings)
    names = [site.name for site in wanted]
    recipients = None if dry_run else origin.recipients_of(names)
    rules = rulefile.load(settings.life_critical)
    origin.prepare()
    with disk.lock(origin.lock):
        own = origin.signer(settings.site, now)
        disk.empty_folder(origin.work)
        plan = enclose(settings, now, origin.plan, dry_run=dry_run)
        run = _Run(settings, now, origin, own, disk, recipients, rules, plan, accept_shrink=accept_shrink)
        try:
            done = run.all(wanted, tick or _silent, executor)
        finally:
            with suppress(ReaderError):  # sealed under a key that is gone; the next export empties it
                disk.empty_folder(origin.work)
    if run.troubles:
        raise run.troubles[0]
    if done.refused and not any(site.rows and not site.refused for site in done.sites):
        raise ReaderError(NOT_PLAUSIBLE, reasons=done.refused)
    return done


class _Run:
    """One export, under its lock. `recipients` is None where nothing is to be sealed."""

    def __init__(  # noqa: PLR0913, PLR0917 (all that an export is made of)
        self,
        settings: Settings,
        now: datetime,
        origin: Origin,
        own: OwnSigner,
        files: Files,
        recipients: Mapping[str, tuple[VaultIdentity, ...]] | None,
        rules: Rules,
        plan: Enclosed,
        *,
        accept_shrink: bool,
    ) -> None:
        self.troubles: list[ReaderError] = []
        self._settings = settings
        self._now = now
        self._origin = origin
        self._own = own
        self._successor = origin.successor()
        self._files = files
        self._recipients = recipients
        self._rules = rules
        self._plan = plan
        self._accept_shrink = accept_shrink

    def all(self, wanted: Sequence[Site], tick: Tick, executor: Executor | None) -> Exported:
        """Read once, and make and send the generation of every site."""
        works = {
            site.name: self._work(site) for site in wanted if self._recipients is None or self._recipients[site.name]
        }
        done: dict[str, SiteExported] = {}
        items = read_all(self._settings, self._origin.work)
        without: Mapping[str, int] = {}
        unknown: Mapping[str, tuple[str, ...]] = {}
        if wanted[0].whole and len(wanted) == 1:
            made = make(works[wanted[0].name], items, tick)
            told: Gathered = made.built
            done[wanted[0].name] = self._finished(made)
        else:
            whole = Whole(path=self._origin.work / "whole.db", key=package.new_key())
            told = gather(
                items, whole.path, whole.key, files=self._files, tick=tick, zone=self._settings.zone, now=self._now
            )
            without, unknown = share.not_meant(whole.path, whole.key, wanted)
            rows = sum(told.counts.values())
            for made in shares(tuple(works.values()), whole, executor):
                done[made.work.site.name] = self._finished(made)
                rows += sum(made.built.counts.values())
                tick(rows, None)
        return Exported(
            sites=tuple(
                replace(done.get(site.name, SiteExported(site=site.name, pcs=0)), unknown=unknown.get(site.name, ()))
                for site in wanted
            ),
            rows=dict(told.counts),
            deliveries=told.deliveries,
            receipts=told.receipts,
            issues=dict(told.issues_by_severity),
            without_site=without,
            found=told.found,
            plan=self._plan,
        )

    def _work(self, site: Site) -> Work:
        return Work(
            site=site,
            path=self._origin.work / f"{site.name}.db",
            key=package.new_key(),
            secret=self._own.signer.secret,
            zone=self._settings.zone,
            now=self._now,
            files=self._files,
            rules=self._rules,
        )

    def _finished(self, made: Made) -> SiteExported:
        """Check a generation, seal it, and send it."""
        site, origin, files = made.work.site, self._origin, self._files
        # the municipality's own name goes on with the line it had when it was the only site
        line = None if site.name == self._settings.site else site.name
        prefix = site.name if self._settings.sites else ""
        last = origin.last_sent(line)
        draft = _draft(self._settings, self._now, self._own, made.built, made.measures, site)
        told = SiteExported(
            site=site.name,
            pcs=len((self._recipients or {}).get(site.name, ())),
            rows=dict(made.built.counts),
            left_out=site.left_out,
        )
        try:
            accepted = plausibility.check(
                draft,
                last,
                self._settings.timezone(),
                accept_shrink=self._accept_shrink,
                seen=made.seen,
                before=origin.last_traces(line),
            )
        except ReaderError as refusal:
            doubts = cast("tuple[Doubt, ...]", refusal.facts["reasons"])
            return replace(told, refused=_named(doubts, prefix))
        told = replace(told, accepted=_named(accepted, prefix))
        if self._recipients is None:
            return told
        position = origin.next_position(self._own, self._now, line)
        manifest = replace(
            draft,
            epoch=position.epoch,
            seq=position.seq,
            prev=last.database_sha256 if last else None,
            shrink_accepted=bool(accepted),
            successor=rotation.announced(self._successor, position, site=site.name, by=draft.signer),
        )
        packages = package.seal(
            made.work.path,
            made.work.key,
            manifest,
            self._own.signer,
            self._recipients[site.name],
            self._plan.archive,
            origin.outbox,
            files,
        )
        digests = tuple(_digest(path, self._own, files) for path in packages)
        origin.note_sent(_as_sent(manifest), made.seen, line)
        self.troubles += _send(packages, site.targets, origin.outbox, files)
        with suppress(ReaderError):  # sent is sent; what should go, goes the next time
            keep_newest(origin.outbox, packages[0].name, files)
        files.remove(made.work.path)
        return replace(told, position=position, packages=packages, digests=digests, targets=site.targets)


def _named(doubts: Sequence[Doubt], site: str) -> tuple[Doubt, ...]:
    """The doubts, with the name of the site where there are several."""
    return tuple(replace(doubt, site=site) for doubt in doubts)


def next_expected(now: datetime, clocks: Sequence[str]) -> datetime | None:
    """The next of the local clock times at which new data is expected; None where none are.

    An hour that the clocks skip is moved on.
    """
    days = (now.date(), now.date() + timedelta(days=1))
    moments = [datetime.combine(day, time.fromisoformat(clock), now.tzinfo) for day in days for clock in clocks]
    later = [moment for moment in moments if moment.timestamp() > now.timestamp()]
    return min(later, key=datetime.timestamp, default=None)


def _draft(  # noqa: PLR0913, PLR0917 (what a manifest tells of)
    settings: Settings, now: datetime, own: OwnSigner, built: Built, measures: Measures, site: Site | None = None
) -> Manifest:
    """The manifest without its position, seals and plan."""
    expected = next_expected(now, settings.expected)
    return Manifest(
        schema=databases.SCHEMA,
        site=settings.site if site is None else site.name,
        signer=own.trusted().id,
        epoch=own.epoch,
        seq=1,
        created=_utc(now),
        next_expected=_utc(expected) if expected else None,
        taken_at=_taken_at(built.deliveries, settings.timezone()),
        counts=measures.counts,
        units=measures.units,
        database_length=built.length,
        database_sha256=built.sha256,
        seals={},
        plan_length=0,
        plan_sha256=manifests.EMPTY_SHA256,
        left_out=() if site is None else tuple(sorted(site.left_out)),
    )


def _taken_at(deliveries: Sequence[Delivery], zone: ZoneInfo) -> dict[str, dict[str, str]]:
    """By source, then table; the oldest moment where a source delivered a table in several parts."""
    found: dict[str, dict[str, str]] = {}
    for delivery in deliveries:
        tables = found.setdefault(delivery.source, {})
        both = (tables.get(delivery.table, delivery.taken_at), delivery.taken_at)
        tables[delivery.table] = moments.oldest(both, zone) or delivery.taken_at
    return found


def _as_sent(manifest: Manifest) -> Manifest:
    """What is remembered needs no seals and no plan."""
    return replace(manifest, plan_length=0, plan_sha256=manifests.EMPTY_SHA256)


def _digest(package: Path, own: OwnSigner, files: Files) -> bytes:
    """Of the signed head as it lies on the disk."""
    with files.open(package) as reading:
        return container.read_head(reading, {own.trusted().id: own.signer.public}).digest


def _send(packages: Sequence[Path], targets: Sequence[str], outbox: Path, files: Files) -> list[ReaderError]:
    """To every target, also after one could not be reached; what could not."""
    troubles: list[ReaderError] = []
    for target in targets:
        try:
            carrier = carrier_for(target, outbox)
            for path in packages:
                carrier.send(path, target, files)
        except ReaderError as trouble:
            troubles.append(trouble)
    return troubles


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _silent(done: int, total: int | None) -> None:
    """Nobody watches."""
