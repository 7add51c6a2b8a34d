"""What the papers of an outage are made of: its log, its clocks, the sheets of paper, and who opened this PC in it."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING

from backupreader.domain.outage.clocks import clocks
from backupreader.domain.outage.handover import to_tell
from backupreader.domain.papers import ReportLine
from backupreader.domain.planpapers import BARE, HandOver, OutageReport
from backupreader.domain.review import Asked, answering, readings
from backupreader.domain.sheetlists import Report, report
from backupreader.domain.trouble import ReaderError
from backupreader.store.auditreading import entries
from backupreader.store.files import Files
from backupreader.store.ledger import Ledger

if TYPE_CHECKING:
    from backupreader.domain.outage.event import Event
    from backupreader.domain.plan.plan import Plan
    from backupreader.settings import Settings
    from backupreader.store.session import Session


def hand_over(settings: Settings, session: Session, plan: Plan | None, event: Event, now: datetime) -> HandOver:
    """The sheet of a hand-over; `now` carries the site's zone. Where the ledger cannot be read, it says so."""
    identity, known = session.unlocked.identity, plan or BARE
    return HandOver(
        pc=identity.name,
        site=identity.site,
        plan=known,
        event=event,
        clocks=clocks(known, event, now, settings.shifts),
        sheets=_sheets(settings, session, event),
        to_tell=to_tell(plan, event),
        made_at=now,
        made_by=session.actor.name,
    )


def outage_report(settings: Settings, session: Session, plan: Plan | None, event: Event, now: datetime) -> OutageReport:
    """The report; `now` carries the site's zone. Raises FILE_TROUBLE where the audit cannot be read."""
    made = hand_over(settings, session, plan, event, now)
    found = list(entries(settings.audit_folder, session.unlocked.seeds, Files()))
    lines = (ReportLine(one.anchor.number, one.act) for one in found if one.act is not None)
    return OutageReport(
        pc=made.pc,
        site=made.site,
        plan=made.plan,
        event=event,
        clocks=made.clocks,
        sheets=made.sheets,
        to_tell=made.to_tell,
        made_at=now,
        made_by=made.made_by,
        readers=readings(answering(lines, Asked(outage=event.number))),
        closed=sum(one.closed for one in found),
    )


def _sheets(settings: Settings, session: Session, event: Event) -> Report | None:
    with suppress(ReaderError):
        return report(Ledger(settings.data, session, Files()).read(), event.number, settings.sheets)
    return None
