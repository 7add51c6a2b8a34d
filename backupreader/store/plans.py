"""The plan on a PC: read from the signed heads, before any unlock; no secret and no database is touched.

    state/plans/<epoch>-<seq>/head      a copy of the head that first brought the plan in use

The newest head whose plan can be used counts. A plan is replaced by another plan, never by none: where the newest data
brings none, or one that cannot be used here, the one before it stays in use, and what is told with it says so. The copy
outlives the generation that it came with: a plan that was here once can be read whatever is pruned or damaged.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Final, Literal

from backupreader.domain.plan import telling
from backupreader.domain.plan.about import NOWHERE
from backupreader.domain.plan.finding import Finding
from backupreader.domain.plan.plan import Plan
from backupreader.domain.trouble import ReaderError, Reason
from backupreader.language import N_, Language
from backupreader.store import planarchive
from backupreader.store.canonical import encode
from backupreader.store.files import Files
from backupreader.store.generations import Generation, Store, age_order
from backupreader.store.planarchive import Archive, NoArchive

COPIES: Final = "state/plans"
NOT_BROUGHT: Final = Reason(N_("the newest data brought no plan"))
OTHER_FORMAT: Final = Reason(N_("the newest data brought a plan that this version of the program cannot read"))
DAMAGED: Final = Reason(N_("the newest data is damaged, and with it any plan that it brought"))
RETIRED: Final = Reason(N_("the plan in use came from an export machine that is no longer trusted"))
UNREADABLE: Final = Reason(N_("the disk of this PC does not give the newest one back"))


@dataclass(frozen=True, slots=True)
class Kept:
    """Why a newer plan is not in use, or what speaks against the one that is.

    `reason` is English, for a log; people are `told` it in their language. `where`: the export machine could not use
    the newest plan, or this PC cannot. `findings` are what is wrong with the newest plan, `since` (UTC) when the export
    machine first found it so; `more` is how many others there are.
    """

    reason: str
    where: Literal["export", "here"]
    findings: tuple[Finding, ...] = ()
    since: str = ""
    more: int = 0

    def told(self, language: Language) -> tuple[str, ...]:
        """Each reason in the person's language, with file and line where it has them."""
        told = (*telling.told(self.findings, language), *telling.more(self.more, language))
        return told or (self.reason,)


@dataclass(frozen=True, slots=True)
class Carried:
    """The plan that is in use on this PC.

    `plan` is None where none can be used, or none ever came. `files` are its texts by name, and `digest` is theirs: the
    same plan has the same digest, whatever else came with it. `came`: when the package was made that first brought it,
    as far as is known here. `kept`: why a newer plan is not in use.
    """

    plan: Plan | None = None
    files: Mapping[str, str] = field(default_factory=dict[str, str])
    digest: str = ""
    came: str = ""
    kept: Kept | None = None


def carried(data: Path, files: Files) -> Carried:
    """The plan in use under a PC's data folder. Raises nothing that a person could be told."""
    return _found(data, files).carried


def keep(data: Path, files: Files) -> None:
    """Copy the head that first brought the plan in use, so that it outlives its generation. Raises what the disk says.

    To be called by whoever holds the lock of the store.
    """
    first = _found(data, files).first
    if first is None:
        return
    store, copies = Store(data, files), Store(data, files, COPIES)
    name = str(first.position)
    if name not in {copy.path.name for copy in copies.list()}:
        head = (copies if first.path.parent == copies.folder else store).head(first)
        staged = store.staging / f"{name}.plan"
        try:
            files.make_folder(copies.folder)
            files.make_folder(staged)
            copies.publish(staged, head)
        except ReaderError:
            with suppress(ReaderError):  # what cannot be taken away now goes at the start of the next receive
                files.empty_folder(store.staging)
            raise
    for folder in (*(copy.path for copy in copies.list()), *copies.damaged()):
        if folder.name != name:
            files.remove_tree(folder)


@dataclass(frozen=True, slots=True)
class _Found:
    """What is in use, and the generation that first brought it."""

    carried: Carried = field(default_factory=Carried)
    first: Generation | None = None


def _found(data: Path, files: Files) -> _Found:
    store, copies = Store(data, files), Store(data, files, COPIES)
    try:
        here = store.list()
        damaged = store.damaged_positions(here)
        heads = sorted((*here, *copies.list()), key=age_order, reverse=True)
    except (OSError, ReaderError):
        return _Found(Carried(kept=_here(UNREADABLE)))
    kept: Kept | None = None
    for place, generation in enumerate(heads):
        plan, told, archive = _usable(store, generation)
        kept = kept or told
        if plan is None:
            continue
        line = _line(store, heads[place:], archive)
        if kept is None and any(position > generation.position for position in damaged):
            kept = _here(DAMAGED)
        if kept is None and generation.retired:
            kept = _here(RETIRED)
        carried = Carried(plan, archive.files, _digest(archive), line[-1].manifest.created, kept)
        return _Found(carried, line[-1])
    if kept is not None and kept.findings == (Finding(NOWHERE, NOT_BROUGHT),):  # nothing was to be brought
        kept = None
    if kept is None and damaged:
        kept = _here(DAMAGED)
    return _Found(Carried(kept=kept))


def _usable(store: Store, generation: Generation) -> tuple[Plan | None, Kept | None, Archive]:
    """The plan of one head; what is to be told of it; and its archive."""
    try:
        archive = _archive(store.plan(generation))
    except ReaderError:
        return None, _here(UNREADABLE), Archive()
    if archive is None:
        return None, _here(OTHER_FORMAT), Archive()
    kept: Kept | None = None
    if archive.refused is not None:
        refused = archive.refused
        kept = _kept("export", refused.findings, refused.since, refused.more)
    if not archive.files:
        return None, kept or _here(NOT_BROUGHT), archive
    plan, findings = _read(tuple(sorted(archive.files.items())))
    if plan is None:
        return None, _kept("here", findings), archive
    return plan, kept, archive


def _line(store: Store, newest_first: Sequence[Generation], archive: Archive) -> list[Generation]:
    """The generations from the first on that bring the same files, without a break."""
    line = [newest_first[0]]
    for generation in newest_first[1:]:
        if line[-1].manifest.plan_sha256 != generation.manifest.plan_sha256:
            other: Archive | None = None
            with suppress(ReaderError):
                other = _archive(store.plan(generation))
            if other is None or other.files != archive.files:
                break
        line.append(generation)
    return line


@lru_cache(maxsize=8)
def _archive(data: bytes) -> Archive | None:
    """The archive of these bytes; None where this version cannot read it."""
    try:
        return planarchive.decode(data)
    except NoArchive:
        return None


@lru_cache(maxsize=4)
def _read(files: tuple[tuple[str, str], ...]) -> tuple[Plan | None, tuple[Finding, ...]]:
    """The plan that these texts are, read once; and what stops it."""
    from backupreader import planfile

    read = planfile.read(dict(files))
    return read.plan, tuple(finding for finding in read.findings if finding.stops)


def _digest(archive: Archive) -> str:
    """Of the files alone: what was refused after them does not make them another plan."""
    return hashlib.sha256(encode(dict(archive.files))).hexdigest()


def _here(reason: Reason) -> Kept:
    return _kept("here", (Finding(NOWHERE, reason),))


def _kept(where: Literal["export", "here"], findings: tuple[Finding, ...], since: str = "", more: int = 0) -> Kept:
    kept = Kept("", where, findings, since, more)
    return replace(kept, reason="; ".join(kept.told(Language("en"))))
