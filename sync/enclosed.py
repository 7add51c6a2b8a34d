"""The plan that goes along in every package: the newest that can be used, or else the one before it, with why.

A plan that cannot be used holds up no data. What could be used last is kept on the export machine, with the moment at
which a newer one was first refused; so it travels in every package until that one is mended.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from backupreader import planfile
from backupreader.domain.plan import lint
from backupreader.domain.plan.about import NOWHERE, Spot
from backupreader.domain.plan.finding import Finding
from backupreader.domain.plan.plan import Plan
from backupreader.domain.trouble import ReaderError, Reason
from backupreader.settings import Settings
from backupreader.store import planarchive
from backupreader.store.canonical import Value
from backupreader.store.copies import Copies
from backupreader.store.planarchive import TOO_LARGE, Archive, NoArchive, refused


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosed:
    """What goes along, and what is to be told of it.

    `path` is None where the settings name no plan; `archive` is what stands in the package then: nothing. `plan` is the
    one at `path`, None where `stopping` keeps it out (`refusal` is that as an error); `since` is when it was first kept
    out (UTC), and `former` whether there was one before it that goes in its place. `doubts` are what somebody should
    mend in a plan that can be used. What is found says in which file on this machine.
    """

    path: Path | None = None
    archive: bytes = b""
    plan: Plan | None = None
    stopping: tuple[Finding, ...] = ()
    refusal: ReaderError | None = None
    doubts: tuple[Finding, ...] = ()
    since: str = ""
    former: bool = False


@dataclass(frozen=True, slots=True)
class _Former:
    """The files that could be used last, and since when newer ones cannot; empty where they can."""

    files: Mapping[str, str]
    since: str = ""


def enclose(settings: Settings, now: datetime, kept: Copies, *, dry_run: bool = False) -> Enclosed:
    """Read the plan that the settings name. `kept` remembers the last that could be used; not so in a dry run.

    Raises nothing about the plan: what is wrong with it is in what is returned.
    """
    if settings.plan is None:
        return Enclosed()
    newest, former = _newest(settings.plan, now, settings.expected), _former(kept)
    if newest.plan is not None:
        if not dry_run and former != _Former(newest.files):
            _keep(kept, _Former(newest.files))
        doubts = _placed(settings.plan, newest.findings)
        return Enclosed(path=settings.plan, archive=newest.archive, plan=newest.plan, doubts=doubts)
    since = former.since or now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    if not dry_run and not former.since:
        _keep(kept, _Former(former.files, since))
    return Enclosed(
        path=settings.plan,
        archive=planarchive.encode(Archive(former.files, refused(since, newest.findings))),
        stopping=_placed(settings.plan, newest.findings),
        refusal=newest.refusal,
        since=since,
        former=bool(former.files),
    )


@dataclass(frozen=True, slots=True)
class _Newest:
    """What lies where the settings say: its texts, the plan where it can be used, and all that is to be said of it."""

    files: Mapping[str, str]
    plan: Plan | None
    findings: tuple[Finding, ...]
    archive: bytes = b""
    refusal: ReaderError | None = None


def _newest(path: Path, now: datetime, expected: tuple[str, ...]) -> _Newest:
    try:
        files = planfile.gather(path)
    except ReaderError as trouble:
        reason = trouble.facts["findings"]
        assert isinstance(reason, Reason)
        return _Newest({}, None, (Finding(NOWHERE, reason),), refusal=trouble)
    read = planfile.read(files)
    if read.plan is None:
        return _stopped(path, read.findings)
    try:
        archive = planarchive.encode(Archive(files))
    except NoArchive:
        return _stopped(path, (Finding(Spot(planfile.PLAN), TOO_LARGE),))
    return _Newest(files, read.plan, lint.findings(read.plan, now.date(), expected), archive)


def _stopped(path: Path, findings: tuple[Finding, ...]) -> _Newest:
    return _Newest({}, None, findings, refusal=planfile.refused(path, findings))


def _placed(path: Path, findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """The findings with the paths of the files on this machine."""
    return tuple(
        replace(found, spot=Spot(planfile.place(path, found.spot.file), found.spot.line)) if found.spot.file else found
        for found in findings
    )


def _former(kept: Copies) -> _Former:
    """What is remembered; nothing where the record of it is lost, or no package could hold it."""
    match kept.read():
        case {"files": dict(files), "since": str(since)}:
            texts = {name: text for name, text in files.items() if isinstance(text, str)}
            try:
                planarchive.encode(Archive(texts))
            except NoArchive:
                return _Former({}, since)
            return _Former(texts, since)
        case _:
            return _Former({})


def _keep(kept: Copies, former: _Former) -> None:
    files: dict[str, Value] = dict(former.files)
    kept.write({"files": files, "since": former.since})
