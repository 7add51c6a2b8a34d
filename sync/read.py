"""From the settings' sources to one stream: which adapter reads which file, then everything that is in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from backupreader.domain.errors import FILE_TROUBLE, NO_SOURCE, NOT_CLAIMED, NOT_FOUND, TWO_CLAIMS, ReaderError
from backupreader.domain.records import Issue
from backupreader.settings import Settings, SourceSetting
from sync.adapter import Adapter, Item, Source
from sync.adapters import adapters


@dataclass(frozen=True, slots=True)
class Claimed:
    """One source, the adapter that reads it, and its files. Nothing reads the files in `left`."""

    source: Source
    adapter: Adapter
    files: tuple[Path, ...]
    left: tuple[Path, ...] = ()


def find(settings: Settings) -> list[Claimed]:
    """Who reads what, decided before anything is read.

    Raises `ReaderError`: NO_SOURCE for a path that is missing or empty; NOT_CLAIMED where nobody reads any file of it;
    TWO_CLAIMS for a file that two adapters claim; NOT_FOUND for an adapter that does not exist.
    """
    if not settings.sources:
        raise ReaderError(NO_SOURCE, path="[[source]]")
    return [part for setting in settings.sources for part in claim(source_of(settings, setting))]


def read_all(settings: Settings) -> Iterator[Item]:
    """Everything in all sources, in constant memory, and an issue for each file that nobody reads."""
    for part in find(settings):
        yield from read(part)


def read(part: Claimed) -> Iterator[Item]:
    """Everything in one source's files that one adapter reads."""
    base = part.source.path
    for path in part.left:
        yield Issue(code="file-not-read", file=path.relative_to(base).as_posix(), severity="note")
    yield from part.adapter.read(part.source, part.files)


def claim(source: Source, members: Sequence[Adapter] | None = None) -> list[Claimed]:
    """As `find`, for one source: one `Claimed` for each of `members` (all adapters) that claims any of its files."""
    files = _files(source.path)
    asked = _asked(source, adapters() if members is None else members)
    claimed: dict[str, list[Path]] = {}
    left: list[Path] = []
    for path in files:
        owners = [member for member in asked if _claims(member, source, path)]
        if len(owners) > 1:
            raise ReaderError(TWO_CLAIMS, path=path, first=owners[0].name, second=owners[1].name)
        if owners:
            claimed.setdefault(owners[0].name, []).append(path)
        else:
            left.append(path)
    if not claimed:
        raise ReaderError(NOT_CLAIMED, path=source.path)
    if source.profile is None and "table" in claimed:
        broken = _broken(source, claimed["table"], left)
        claimed["table"] = sorted([*claimed["table"], *broken])
        left = [path for path in left if path not in broken]
    parts = [Claimed(source, member, tuple(claimed[member.name])) for member in asked if member.name in claimed]
    return [Claimed(source, parts[0].adapter, parts[0].files, tuple(left)), *parts[1:]]


def source_of(settings: Settings, setting: SourceSetting) -> Source:
    """A source of the settings, with what the site says about all of them."""
    return Source(
        name=setting.name,
        path=setting.path,
        adapter=setting.adapter,
        profile=setting.profile,
        zone=settings.zone,
        country=settings.country,
    )


def _asked(source: Source, members: Sequence[Adapter]) -> Sequence[Adapter]:
    """A profile is a layout of tables: where one is stated, tables are meant."""
    name = source.adapter or ("table" if source.profile is not None else None)
    if name is None:
        return members
    member = next((one for one in members if one.name == name), None)
    if member is None:
        raise ReaderError(NOT_FOUND, what=name, known=", ".join(other.name for other in members))
    return (member,)


def _claims(member: Adapter, source: Source, path: Path) -> bool:
    if source.profile is None:
        return member.claims(path)
    from sync.adapters.table import belongs  # only where a profile is stated
    from sync.profile import load

    return belongs(load(source.profile), path, alone=source.path == path)


def _broken(source: Source, tables: Sequence[Path], left: Sequence[Path]) -> set[Path]:
    """The files that are called as those of the profile that `tables` are written in: its own, in a wrong form.

    Left unread they would be missing medicine or alerts that nobody is told of; reading them says what is wrong.
    """
    from sync.adapters.table import belongs, stated_or_found  # only where tables are read

    profile = stated_or_found(source, tables)
    return {path for path in left if belongs(profile, path, alone=False)}


def _files(base: Path) -> list[Path]:
    """The files under `base`, or `base` itself, in order; hidden files and the locks of office programs are no data."""
    try:
        if base.is_file():
            return [base]
        found = [path for path in base.rglob("*") if path.is_file()] if base.is_dir() else []
    except OSError as trouble:
        raise ReaderError(FILE_TROUBLE, path=base, reason=trouble.strerror or trouble) from trouble
    shown = [path for path in found if not any(part.startswith((".", "~$")) for part in path.relative_to(base).parts)]
    if not shown:
        raise ReaderError(NO_SOURCE, path=base)
    return sorted(shown)
