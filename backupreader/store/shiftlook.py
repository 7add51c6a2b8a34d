"""What this PC finds by itself for a shift check: its newest data by the signed heads, and the dates of its plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from backupreader.domain import moments
from backupreader.domain.plan.about import About
from backupreader.domain.shiftcheck import Point, Verdict, of_cards, of_data, overdue_documents
from backupreader.domain.trouble import ReaderError
from backupreader.settings import Settings
from backupreader.store.files import Files
from backupreader.store.generations import Store
from backupreader.store.plans import carried


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What this PC finds by itself: its two points, and which documents of the plan are overdue."""

    data: Verdict
    cards: Verdict
    overdue: tuple[About, ...] = ()

    @property
    def verdicts(self) -> dict[Point, Verdict]:
        """The same by point."""
        return {"data": self.data, "cards": self.cards}


def look(settings: Settings, now: datetime, files: Files) -> Looked:
    """Look at the newest data's heads and at the plan; it never raises what a person can be told."""
    plan = carried(settings.data, files).plan
    late = timedelta(minutes=settings.late_after_minutes)
    return Looked(
        data=of_data(_taken(settings, files), now, settings.expected, late),
        cards=of_cards(plan, now.date()),
        overdue=overdue_documents(plan, now.date()) if plan is not None else (),
    )


def _taken(settings: Settings, files: Files) -> datetime | None:
    """When the oldest table of the newest generation was taken."""
    try:
        newest = Store(settings.data, files).newest()
    except ReaderError:
        return None
    if newest is None:
        return None
    zone = settings.timezone()
    texts = (text for tables in newest.manifest.taken_at.values() for text in tables.values())
    return moments.instant(moments.oldest(texts, zone), zone)
