"""A small fact that must survive any crash and any one damaged file: two copies, written in turn.

Each copy is canonical JSON ``{"counter", "digest", "value"}``. The one with the higher counter counts; one that is
damaged is passed over, so a crash or a bad sector costs at most the latest change.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from backupreader.domain.trouble import ReaderError
from backupreader.store import canonical
from backupreader.store.canonical import NotCanonical, Value
from backupreader.store.files import SECRET, Files

LARGEST: Final = 4 << 20


@dataclass(frozen=True, slots=True)
class _Copy:
    counter: int
    value: Value


class Copies:
    """Two copies, ``<name>-a.json`` and ``<name>-b.json``, in one folder."""

    def __init__(self, folder: Path, name: str, files: Files) -> None:
        self._paths = (folder / f"{name}-a.json", folder / f"{name}-b.json")
        self._files = files

    @property
    def present(self) -> bool:
        """Whether there is any copy, whole or not."""
        return any(path.exists() for path in self._paths)

    @property
    def alike(self) -> bool:
        """Whether both copies are whole and hold the same value."""
        first, second = map(self._read, self._paths)
        return first is not None and second is not None and first.value == second.value

    def look(self) -> tuple[Value | None, bool]:
        """As `read`; and whether all copies that are there are whole: what one held may have been newer than this."""
        found = [self._read(path) for path in self._paths]
        whole = all(copy is not None or not path.exists() for copy, path in zip(found, self._paths, strict=True))
        newest = max((copy for copy in found if copy), key=lambda copy: copy.counter, default=None)
        return (None if newest is None else newest.value), whole

    def read(self) -> Value | None:
        """The latest whole value; None where there is none."""
        return self.look()[0]

    def write(self, value: Value) -> None:
        """On the disk when this returns; the former value stays in the other copy until the next change."""
        self._write_older(value)

    def write_twice(self, value: Value) -> None:
        """As `write`, and where the disk allows it in the other copy too: then one damaged copy costs nothing."""
        self._write_older(value)
        with suppress(ReaderError):
            self._write_older(value)

    def write_both(self, value: Value) -> None:
        """As `write`, and nothing of the former value is left in any copy."""
        self._write_older(value)
        self._write_older(value)

    def remove(self) -> None:
        """Take both copies away, the older one first."""
        for path in sorted(self._paths, key=lambda path: copy.counter if (copy := self._read(path)) else 0):
            self._files.remove(path)

    def _write_older(self, value: Value) -> None:
        counters = [copy.counter if copy else 0 for copy in map(self._read, self._paths)]
        older = self._paths[0] if counters[0] <= counters[1] else self._paths[1]
        counter = max(counters) + 1
        whole: Value = {"counter": counter, "digest": _digest(counter, value), "value": value}
        self._files.make_folder(older.parent)
        self._files.replace(older, canonical.encode(whole), SECRET)

    def _read(self, path: Path) -> _Copy | None:
        try:
            whole = canonical.decode(self._files.read_whole(path, LARGEST))
        except (NotCanonical, ReaderError):
            return None
        if not isinstance(whole, dict) or whole.keys() != {"counter", "digest", "value"}:
            return None
        counter = whole["counter"]
        if not isinstance(counter, int) or counter < 1 or whole["digest"] != _digest(counter, whole["value"]):
            return None
        return _Copy(counter, whole["value"])


def _digest(counter: int, value: Value) -> str:
    return hashlib.sha256(canonical.encode({"counter": counter, "value": value})).hexdigest()
