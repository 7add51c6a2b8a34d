"""What is printed of the plan and of an outage: cards, guides, notices and lists; the hand-over, and the report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from backupreader.domain.outage.event import Clock, Event
from backupreader.domain.outage.handover import Tell
from backupreader.domain.plan.about import About
from backupreader.domain.plan.contacts import Calendar
from backupreader.domain.plan.guidance import Card, Guide, PartnerList, Template
from backupreader.domain.plan.plan import Plan
from backupreader.domain.review import Reading
from backupreader.domain.sheetlists import Report

BARE: Final = Plan(about=About(title="", owner=""), calendar=Calendar(country="DK"))
"""What a paper about an outage is made with where no plan has come: it names nothing, so ids stand for themselves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanCard:
    """The plan's card for the wall: whom to call at which hours; for a `unit`, with what it adds."""

    pc: str
    site: str
    plan: Plan
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PhoneList(PlanCard):
    """Every contact of the plan, and who keeps the entry."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionCard:
    """One action card of the plan."""

    pc: str
    site: str
    plan: Plan
    card: Card


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultGuide:
    """One fault guide of the plan."""

    pc: str
    site: str
    plan: Plan
    guide: Guide


@dataclass(frozen=True, slots=True, kw_only=True)
class DoorNotice:
    """One template of the plan, filled with what is known of an outage; with lines to fill by hand where none is."""

    pc: str
    site: str
    plan: Plan
    template: Template
    event: Event | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanText(DoorNotice):
    """The same, as a page to be read out, copied, or sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerSheet:
    """One partner list of the plan; who was told already in an outage is ticked."""

    pc: str
    site: str
    plan: Plan
    partners: PartnerList
    event: Event | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitTally:
    """The units of the plan, to be asked one after another; what is known of them in an outage is on it."""

    pc: str
    site: str
    plan: Plan
    event: Event | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver:
    """An outage as it is handed over at a change of shift. `clocks` are in order.

    `sheets` are the sheets of paper, None where the ledger cannot be read. `to_tell` are those who must be told that
    it is up again, and those who were.
    """

    pc: str
    site: str
    plan: Plan
    event: Event
    clocks: tuple[Clock, ...] = ()
    sheets: Report | None = None
    to_tell: tuple[Tell, ...] = ()
    made_at: datetime
    made_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OutageReport(HandOver):
    """All that is known of an outage, for whoever must answer for it.

    `readers` opened the PC in it; `closed` lines of the audit could not be opened, so that there may be others.
    """

    readers: tuple[Reading, ...] = ()
    closed: int = 0
