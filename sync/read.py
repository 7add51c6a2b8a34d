"""From the settings' sources to one stream: which adapter reads which file, then everything that is in them."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from backupreader.domain.errors import FILE_TROUBLE, NO_SOURCE, NOT_CLAIMED, NOT_FOUND, TWO_CLAIMS
from backupreader.domain.records import Issue, Receipt
from backupreader.domain.trouble import ReaderError
from backupreader.settings import Settings, SourceSetting
from sync.adapter import Adapter, Item, Source
from sync.adapters import adapters
from sync.archives import Opened, is_hidden, measured, opened

_OF_THE_DISK: Final = frozenset({"lost+found", "System Volume Information", "$RECYCLE.BIN"})
"""Folders that file systems keep for themselves, and that nobody may enter."""


@dataclass(frozen=True, slots=True)
class Claimed:
    """One source, the adapter that reads it, and its files. Nothing reads the files in `left`.

    `said` is what was said of the archives that some of the files lay in.
    """

    source: Source
    adapter: Adapter
    files: tuple[Path, ...]
    left: tuple[Path, ...] = ()
    said: tuple[Issue | Receipt, ...] = ()


@contextmanager
def found(settings: Settings, work: Path | None = None) -> Generator[list[Claimed]]:
    """Who reads what, decided before anything is read. Archives are open for as long as the context lasts.

    `work` is where they are opened; see `sync.archives`. Raises `ReaderError`: NO_SOURCE for a path that is missing or
    empty; NOT_CLAIMED where nobody reads any file of it; TWO_CLAIMS for a file that two adapters claim; NOT_FOUND for
    an adapter that does not exist; what opening an archive raises.
    """
    if not settings.sources:
        raise ReaderError(NO_SOURCE, path="[[source]]")
    with ExitStack() as stack:
        sources = [source_of(settings, setting) for setting in settings.sources]
        yield [part for source in sources for part in stack.enter_context(claimed(source, work=work))]


def read_all(settings: Settings, work: Path | None = None) -> Iterator[Item]:
    """Everything in all sources, in constant memory, and an issue for each file that nobody reads."""
    with found(settings, work) as parts:
        for part in parts:
            yield from read(part)


def read(part: Claimed) -> Iterator[Item]:
    """Everything in one source's files that one adapter reads; every receipt with its file's size and digest."""
    yield from part.said
    for path in part.left:
        label = part.source.label(path)
        yield Issue(code="file-not-read", file=label, severity="note")
        yield measured(Receipt(source=part.source.name, file=label, read=0, filed=0, refused=0, left=1), path)
    paths = {part.source.label(path): path for path in part.files}
    for item in part.adapter.read(part.source, part.files):
        if isinstance(item, Receipt) and item.file in paths:
            yield measured(item, paths[item.file])
        else:
            yield item


@contextmanager
def claimed(
    source: Source, members: Sequence[Adapter] | None = None, work: Path | None = None
) -> Generator[list[Claimed]]:
    """As `found`, for one source: one `Claimed` for each of `members` (all adapters) that claims any of its files."""
    with opened(source, _files(source.path), work) as what:
        parts = _claim(what, adapters() if members is None else members)
        yield [replace(parts[0], said=(*_links(source), *what.said)), *parts[1:]]


def _claim(what: Opened, members: Sequence[Adapter]) -> list[Claimed]:
    source = what.source
    asked = _asked(source, members)
    claimed: dict[str, list[Path]] = {}
    left: list[Path] = []
    for path in what.files:
        owners = [member for member in asked if _claims(member, what, path)]
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
    """A profile is a layout of tables or of prints: where one is stated, those are meant."""
    name = source.adapter or (None if source.profile is None else _meant(source.profile))
    if name is None:
        return members
    member = next((one for one in members if one.name == name), None)
    if member is None:
        raise ReaderError(NOT_FOUND, what=name, known=", ".join(other.name for other in members))
    return (member,)


def _meant(profile: str) -> str:
    from sync.pdf.profile import is_of_prints  # only where a profile is stated

    return "pdf" if is_of_prints(profile) else "table"


def _claims(member: Adapter, what: Opened, path: Path) -> bool:
    if what.source.profile is None or member.name != "table":
        return member.claims(path)
    from sync.adapters.table import belongs  # only where a profile is stated
    from sync.profile import load

    return belongs(load(what.source.profile), path, alone=what.source.path.is_file() and len(what.files) == 1)


def _broken(source: Source, tables: Sequence[Path], left: Sequence[Path]) -> set[Path]:
    """The files that are called as those of the profile that `tables` are written in: its own, in a wrong form.

    Left unread they would be missing medicine or alerts that nobody is told of; reading them says what is wrong.
    """
    from sync.adapters.table import belongs, stated_or_found  # only where tables are read

    profile = stated_or_found(source, tables)
    return {path for path in left if belongs(profile, path, alone=False)}


def _files(base: Path) -> list[Path]:
    """The files under `base`, or `base` itself, in order; hidden files and the locks of office programs are no data.

    Raises NO_SOURCE, and FILE_TROUBLE for a folder that may not be entered: what lies in it would be missing unseen.
    """
    try:
        found = [base] if base.is_file() else [path for path in _walked(base) if path.is_file()]
    except OSError as trouble:
        where = Path(trouble.filename or base)
        raise ReaderError(FILE_TROUBLE, path=where, reason=trouble.strerror or trouble) from trouble
    if not found:
        raise ReaderError(NO_SOURCE, path=base)
    return sorted(found)


def _links(source: Source) -> Iterator[Issue]:
    """The links under the source that lead to a folder or to nothing: what they mean was not read."""
    if source.path.is_dir():
        for path in sorted(_walked(source.path, links=True)):
            if not path.is_file():
                yield Issue(code="link-not-followed", file=source.label(path))


def _walked(base: Path, *, links: bool = False) -> Iterator[Path]:
    """What lies under `base`, except folders and what is hidden; with `links`, links to folders too.

    Raises `OSError` where a folder cannot be listed.
    """
    folders = [base] if base.is_dir() else []
    while folders:
        for entry in folders.pop().iterdir():
            if is_hidden((entry.name,)) or entry.name in _OF_THE_DISK:
                continue
            if not entry.is_dir():
                yield entry
            elif not entry.is_symlink():
                folders.append(entry)
            elif links:
                yield entry
