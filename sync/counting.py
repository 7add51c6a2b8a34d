"""What an adapter that reads object by object delivered: counted as it comes, told as receipts and deliveries."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from backupreader.domain import moments
from backupreader.domain.records import TABLES, Delivery, Issue, Receipt
from sync.adapter import Item, Source

_TABLE_OF: Final[dict[type, str]] = {record: table for table, record in TABLES.items()}


class Counting(ABC):
    """Counts what comes out of each object. `filed` are records; an object that gave only an error is refused.

    `delivers` are the tables that an export carrying a kind of object delivers, also when it holds none of them; an
    object that is refused is missing from the first. `kinds` are those in each file.
    """

    def __init__(
        self, source: Source, delivers: Mapping[str, tuple[str, ...]], kinds: Mapping[Path, Iterable[str]]
    ) -> None:
        self._source = source
        self._delivers = delivers
        self._filed: Counter[str] = Counter()
        self._refused: Counter[str] = Counter()
        self._became: Counter[str] = Counter()
        self._files: dict[str, dict[Path, None]] = {}
        for path, found in kinds.items():
            for kind in found:
                for table in delivers.get(kind, ()):
                    self._files.setdefault(table, {})[path] = None

    @abstractmethod
    def _moment(self, path: Path) -> str:
        """When the contents of the file were taken."""

    @abstractmethod
    def _complete(self, table: str) -> bool | None:
        """Whether all of the table came; None where nothing tells."""

    def count(self, path: Path, kind: str, out: list[Item]) -> None:
        """What one object of that kind in `path` gave."""
        failed = kept = False
        for item in out:
            if item.__class__ is Issue:
                failed = failed or (isinstance(item, Issue) and item.severity == "error")
            else:
                kept = True
                table = _TABLE_OF[item.__class__]
                self._filed[table] += 1
                files = self._files.setdefault(table, {})
                if path not in files:
                    files[path] = None
        if failed and not kept:
            self._refused.update(self._delivers.get(kind, ())[:1])
        self._became["filed" if kept else "refused" if failed else "left"] += 1

    def receipt(self, file: str) -> Receipt:
        """What became of the objects that were counted since the last receipt, all of the file shown as `file`."""
        became, self._became = self._became, Counter()
        filed, refused = became["filed"], became["refused"]
        return Receipt(
            source=self._source.name,
            file=file,
            read=filed + refused,
            filed=filed,
            refused=refused,
            left=became["left"],
        )

    def deliveries(self) -> Iterator[Delivery]:
        """One for each table that was delivered, in the tables' order; the oldest of its files' moments counts."""
        for table in TABLES:
            if table in self._files:
                filed, refused = self._filed[table], self._refused[table]
                yield Delivery(
                    source=self._source.name,
                    table=table,
                    taken_at=self._taken_at(table),
                    complete=self._complete(table),
                    read=filed + refused,
                    filed=filed,
                    refused=refused,
                )

    def _taken_at(self, table: str) -> str:
        zone = ZoneInfo(self._source.zone)
        found = [self._moment(path) for path in self._files[table]]
        return self._source.taken_at or min(found, key=lambda moment: moments.order(moment, zone))
