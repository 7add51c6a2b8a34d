"""What was delivered of each table, and what became of the objects of each file; which pages of a list did not come."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from backupreader.domain.records import Issue
from sync.adapter import Item, Source
from sync.counting import Counting
from sync.nexus.kinds import DELIVERS
from sync.nexus.survey import Survey

_MOST_TOLD: Final = 100


class Tally(Counting):
    """See `Counting`: a page around objects has no kind and is not counted."""

    def __init__(self, source: Source, survey: Survey) -> None:
        super().__init__(source, DELIVERS, {path: sorted(kinds) for path, kinds in survey.kinds.items()})
        self._survey = survey

    def count(self, path: Path, kind: str, out: list[Item]) -> None:
        """See `Counting`."""
        if kind:
            super().count(path, kind, out)

    def missing_pages(self) -> Iterator[Issue]:
        """An `Issue` for each page of a list that did not come."""
        for address, pages in self._survey.pages.items():
            for number in pages.missing()[:_MOST_TOLD]:
                file = self._source.label(pages.first) if pages.first else ""
                yield Issue(code="page-missing", file=file, column=address, value=str(number), severity="error")

    def _moment(self, path: Path) -> str:
        """When the file was written: the answers themselves state nothing."""
        written = datetime.fromtimestamp(path.stat().st_mtime, ZoneInfo(self._source.zone))
        return written.isoformat(timespec="seconds")

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
