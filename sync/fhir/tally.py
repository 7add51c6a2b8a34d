"""What was delivered: for each table its files, their moment, and how many records came or were refused.

And what became of the resources of each file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from backupreader.domain import moments
from backupreader.domain.records import TABLES, Delivery, Issue, Receipt
from sync.adapter import Item, Source
from sync.fhir.families import DELIVERS
from sync.fhir.survey import Survey

_TABLE_OF: Final[dict[type, str]] = {record: table for table, record in TABLES.items()}


class Tally:
    """Counts what comes out of each resource. `filed` are records; a resource that gave only an error is refused."""

    def __init__(self, source: Source, survey: Survey) -> None:
        self._source = source
        self._survey = survey
        self._filed: Counter[str] = Counter()
        self._refused: Counter[str] = Counter()
        self._became: Counter[str] = Counter()
        self._files: dict[str, dict[Path, None]] = {}
        for path, kinds in survey.kinds.items():
            for kind in kinds:
                for table in DELIVERS.get(kind, ()):
                    self._files.setdefault(table, {})[path] = None

    def count(self, path: Path, kind: str, out: list[Item]) -> None:
        """What one resource of the type `kind` in `path` gave."""
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
            self._refused.update(DELIVERS.get(kind, ())[:1])
        self._became["filed" if kept else "refused" if failed else "left"] += 1

    def receipt(self, file: str) -> Receipt:
        """What became of the resources that were counted since the last receipt, all of the file shown as `file`.

        Left are those that only others refer to, those that no screen shows, repeats, and the lines of the export's own
        log and list of contents.
        """
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
        """The oldest of the moments of the files that carry the table."""
        zone = ZoneInfo(self._source.zone)
        stated = [self._survey.taken_at(path) for path in self._files[table]]
        return self._source.taken_at or min(stated, key=lambda moment: moments.order(moment, zone))

    def _complete(self, table: str) -> bool | None:
        """False where something was refused or a manifest promised more; None where there is no manifest to tell."""
        kinds = [kind for kind, tables in DELIVERS.items() if table in tables and kind in self._survey.promised]
        came: Counter[str] = Counter()
        for counted in self._survey.kinds.values():
            came.update(counted)
        if self._refused[table] or any(came[kind] < self._survey.promised[kind] for kind in kinds):
            return False
        return True if kinds else None
