"""Tables of text (CSV, TSV, …) in the layout of a profile."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from backupreader.domain.errors import NOT_CLAIMED, TWO_CLAIMS
from backupreader.domain.trouble import ReaderError
from sync.adapter import Adapter, Item, Source
from sync.profile import SHIPPED, Profile, load
from sync.tables.claiming import fits, is_manifest, layouts, layouts_by_head


class TableAdapter:
    """Claims files whose name and headings are exactly those of a shipped profile; a stated profile claims by name."""

    name = "table"

    def claims(self, path: Path) -> bool:
        """See `Adapter`."""
        return profile_of(path) is not None

    def read(self, source: Source, files: Sequence[Path]) -> Iterator[Item]:
        """See `Adapter`. With no profile stated, all files must be in the form of one shipped profile."""
        from sync.tables.delivering import Export  # pandas: only where a table is read

        yield from Export(source, stated_or_found(source, files), files).items()


def profile_of(path: Path) -> str | None:
    """The shipped profile that a file is certainly written in."""
    return next((name for name in SHIPPED if fits(load(name), path)), None)


def belongs(profile: Profile, path: Path, *, alone: bool) -> bool:
    """Is this one of a stated profile's files? A file that stands `alone` may also be called otherwise."""
    return (
        is_manifest(profile, path) or bool(layouts(profile, path)) or (alone and bool(layouts_by_head(profile, path)))
    )


def stated_or_found(source: Source, files: Sequence[Path]) -> Profile:
    """The profile that the source names, else the shipped one that its files are written in."""
    if source.profile is not None:
        return load(source.profile)
    found = {name: path for path in files if (name := profile_of(path)) is not None}
    if not found:
        raise ReaderError(NOT_CLAIMED, path=source.path)
    first, *others = found
    if others:
        raise ReaderError(TWO_CLAIMS, path=source.path, first=first, second=others[0])
    return load(first)


ADAPTER: Final[Adapter] = TableAdapter()
