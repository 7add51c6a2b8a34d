"""What an adapter is: the reader of one source system's way of exporting.

An adapter answers two questions, and never writes:

* `claims(path)`: is this file yours? Decided from the name and at most the first 64 KiB; never raises for any content.
* `read(source, files)`: what is in them? A stream of `Record`, `Issue` and `Delivery`, in constant memory:
  - every row or resource of every file ends as a record or as an `Issue` that names file, row and column; nothing is
    dropped;
  - records may come in any order and may refer to records that never come (an `Issue` later, by `build`);
  - ids are unique a table and stable between exports: ``<source name>:<the source's own id>``;
  - after each file one `Receipt` of it: how many rows (resources, or the file itself) it holds, and how many of them
    were filed, refused or left unread on purpose; it adds up, and what was refused or left has its `Issue`;
  - last, one `Delivery` for each table that the source *delivers* (also when it delivered zero rows), and none for a
    table that it does not deliver: the difference between "nothing recorded" and "not delivered";
  - a file that cannot be read at all (cut, wrong encoding, a stated column missing) raises `ReaderError`; a value that
    cannot be read is an `Issue` of severity ``error``, and its record still comes without that value wherever a record
    makes sense.

Members live in ``adapters/``, one source system a file, listed in ``adapters/__init__.py``; the conformance suite of
``tests/sync/test_adapters.py`` runs on every one of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeAlias

from backupreader.domain.records import Delivery, Issue, Receipt, Record

Item: TypeAlias = Record | Issue | Receipt | Delivery


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One source system's export as the settings name it.

    `path` is a file or a folder. `adapter` and `profile` are None when they are to be found by asking. `taken_at` is
    stated by a caller that knows it; otherwise the adapter uses the export's own statement, else the files' oldest
    modification time. `zone` and `country` are the site's. `unpacked` is the folder in which the archives among the
    source's files were opened, laid out as the archives lie under `path`. `thorough`: name also each element that
    nothing reads, where finding these costs time.
    """

    name: str
    path: Path
    adapter: str | None = None
    profile: str | None = None
    taken_at: str | None = None
    zone: str = "Europe/Copenhagen"
    country: str = "DK"
    unpacked: Path | None = None
    thorough: bool = False

    def label(self, path: Path) -> str:
        """The file's name as records and issues show it: relative to the source, archives as if they were folders.

        What is no letter in it (the name came from a system of other letters) stands as its number.
        """
        for base in (self.unpacked, self.path):
            if base is not None and path != base and path.is_relative_to(base):
                return _in_letters(path.relative_to(base).as_posix())
        return _in_letters(path.name)


def _in_letters(name: str) -> str:
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


class Adapter(Protocol):
    """See the module's text: it is the contract."""

    name: str

    def claims(self, path: Path) -> bool:
        """Is this file written in the form that this adapter reads?"""
        ...

    def read(self, source: Source, files: Sequence[Path]) -> Iterator[Item]:
        """Everything in `files`, which this adapter has claimed."""
        ...
