"""What was delivered for each of the tables that a medicine card holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from backupreader.domain import moments
from backupreader.domain.records import TABLES, Delivery
from sync.adapter import Item, Source
from sync.fmk.cards import Outcome

_DELIVERED: Final = ("citizen", "medication", "dose")
_TABLE_OF: Final[dict[type, str]] = {TABLES[table]: table for table in _DELIVERED}


@dataclass(slots=True)
class Tally:
    """Counts records by their table; `stamps` says when each file's cards were fetched."""

    source: Source
    stamps: Mapping[Path, str]
    zone: ZoneInfo
    filed: Counter[str] = field(default_factory=Counter[str])
    refused: Counter[str] = field(default_factory=Counter[str])

    def count(self, item: Item) -> None:
        """A record, or an issue, which counts for nothing here."""
        table = _TABLE_OF.get(type(item))
        if table is not None:
            self.filed[table] += 1

    def became(self, outcome: Outcome) -> None:
        """A card that was refused: its citizen, and its entries."""
        if outcome.refused:
            self.refused["citizen"] += 1
            self.refused["medication"] += outcome.refused - 1

    def deliveries(self) -> Iterator[Delivery]:
        """One for each table. The oldest card says how old all is; whether all citizens came, no card tells."""
        taken = min(self.stamps.values(), key=lambda stamp: moments.order(stamp, self.zone), default=None)
        if taken is None:
            return
        for table in _DELIVERED:
            filed, refused = self.filed[table], self.refused[table]
            yield Delivery(
                source=self.source.name,
                table=table,
                taken_at=self.source.taken_at or taken,
                complete=False if any(self.refused.values()) else None,
                read=filed + refused,
                filed=filed,
                refused=refused,
            )
