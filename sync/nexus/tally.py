"""What was delivered: for each table its files, their moment and how many records came; and each file's receipt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from backupreader.domain import moments
from backupreader.domain.records import TABLES, Delivery, Issue, Receipt
from sync.adapter import Item, Source
from sync.nexus.kinds import DELIVERS
from sync.nexus.survey import Survey

_TABLE_OF: Final[dict[type, str]] = {record: table for table, record in TABLES.items()}


class Tally:
    """Counts what comes out of each object. One that gave only an error is refused."""

    def __init__(self, source: Source, survey: Survey) -> None:
        self._source = source
        self._survey = survey
        self._filed: Counter[str] = Counter()
        self._refused: Counter[str] = Counter()
        self._became: Counter[str] = Counter()
        self._files: dict[str, dict[Path, None]] = {}
        for path, kinds in survey.kinds.items():
            for kind in sorted(kinds):
                for table in DELIVERS.get(kind, ()):
                    self._files.setdefault(table, {})[path] = None

    def count(self, path: Path, kind: str, out: list[Item]) -> None:
        """What one object of the kind `kind` in `path` gave; a page around objects has none and is not counted."""
        if not kind:
            return
        failed = kept = False
        for item in out:
            table = _TABLE_OF.get(type(item))
            if isinstance(item, Issue):
                failed = failed or item.severity == "error"
            elif table is not None:
                kept = True
                self._filed[table] += 1
                self._files.setdefault(table, {})[path] = None
        if failed and not kept:
            self._refused.update(DELIVERS.get(kind, ())[:1])
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

    def missing_pages(self) -> Iterator[Issue]:
        """An `Issue` for each page of a list that did not come."""
        for address, pages in self._survey.pages.items():
            for number in pages.missing()[:_MOST_TOLD]:
                file = self._source.label(pages.first) if pages.first else ""
                yield Issue(code="page-missing", file=file, column=address, value=str(number), severity="error")

    def deliveries(self) -> Iterator[Delivery]:
        """One for each table that was delivered, in the tables' order."""
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
        """The oldest of the times at which the table's files were written: the answers themselves state none."""
        zone = ZoneInfo(self._source.zone)
        written = [
            datetime.fromtimestamp(path.stat().st_mtime, zone).isoformat(timespec="seconds")
            for path in self._files[table]
        ]
        return self._source.taken_at or min(written, key=lambda moment: moments.order(moment, zone))

    def _complete(self, table: str) -> bool | None:
        """False where something was refused, a page is missing or an answer failed; else None: nothing tells."""
        lists = [
            pages
            for pages in self._survey.pages.values()
            if any(table in DELIVERS.get(kind, ()) for kind in pages.kinds)
        ]
        if self._refused[table] or self._survey.unreadable or any(pages.missing() for pages in lists):
            return False
        return None


_MOST_TOLD: Final = 100
