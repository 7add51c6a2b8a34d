"""What is told of the ledger: what must still be done, with which sheets of whom; and the end report of an outage."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from backupreader.domain.ledger import FOLLOWS, Account, Accounts, State, Step, StepName
from backupreader.domain.sheetrules import Rule, SheetRules
from backupreader.domain.sheetsteps import refusal

_AFTER_RETURN: Final[Mapping[Rule, StepName]] = {Rule.ENTER: "entered", Rule.SCAN: "scanned", Rule.SHRED: "shredded"}
_OUT: Final = (State.ISSUED, State.MISSING)


@dataclass(frozen=True, slots=True)
class Due:
    """What was entered from a sheet, and until when a second person must have checked it."""

    account: Account
    until: datetime

    def overdue(self, now: datetime) -> bool:
        """Is it late?"""
        return now > self.until


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """How the sheets of an outage stand; with `outage` None those of all prints.

    `missing` never came back, or are said to be missing. `whole` is False where sheets may have been lost from the
    ledger: then nobody can say that none is missing.
    """

    outage: str | None
    total: int
    counts: Mapping[State, int]
    missing: tuple[Account, ...]
    to_enter: tuple[Account, ...]
    due: tuple[Due, ...]
    never_left: int
    whole: bool

    @property
    def back(self) -> int:
        """How many sheets are not missing."""
        return self.total - len(self.missing)

    @property
    def to_shred(self) -> int:
        """How many sheets that are here are not shredded yet; one that never left the printer is no sheet to shred."""
        return self.back - self.counts[State.SHREDDED] - self.never_left

    @property
    def is_closed(self) -> bool:
        """Is every sheet here, entered where it must be, and checked?"""
        return self.whole and not (self.missing or self.to_enter or self.due)


def report(accounts: Accounts, outage: str | None, rules: SheetRules) -> Report:
    """The report on the sheets of an outage, or on all."""
    chosen = accounts.of(outage)
    counts = dict.fromkeys(State, 0)
    for one in chosen:
        counts[one.state] += 1
    return Report(
        outage=outage,
        total=len(chosen),
        counts=counts,
        missing=in_order(one for one in chosen if one.state in _OUT),
        to_enter=to_enter(chosen, rules),
        due=due(chosen, rules),
        never_left=sum(one.never_left and one.state is State.STRUCK for one in chosen),
        whole=accounts.whole,
    )


def to_enter(accounts: Iterable[Account], rules: SheetRules) -> tuple[Account, ...]:
    """The sheets that must still be entered or scanned, back or not: citizen by citizen, document, number."""
    return in_order(one for one in accounts if _waits(one, rules))


def _waits(account: Account, rules: SheetRules) -> bool:
    rule = rules.of(account.sheet.document)
    if account.state is State.SCANNED:
        return rule is Rule.ENTER
    return account.state in {State.ISSUED, State.RETURNED} and rule is not Rule.SHRED


def due(accounts: Iterable[Account], rules: SheetRules) -> tuple[Due, ...]:
    """What was entered and not checked, the longest first. It may be checked at once, and must be until then."""
    within = rules.checked_within
    if within is None:
        return ()
    found = (Due(one, _until(one.entered, within)) for one in accounts if _unchecked(one) and one.entered is not None)
    return tuple(sorted(found, key=lambda one: (one.until, one.account.sheet.serial)))


def _unchecked(account: Account) -> bool:
    return account.state is State.ENTERED and account.checked is None


def _until(entered: Step, within: timedelta) -> datetime:
    return entered.at + within


def in_order(accounts: Iterable[Account]) -> tuple[Account, ...]:
    """Citizen by citizen, then route by route, each by document and number; what is about neither comes last."""
    return tuple(sorted(accounts, key=_place))


def _place(account: Account) -> tuple[int, str, str, int]:
    sheet = account.sheet
    kind = 0 if sheet.citizen is not None else 1 if sheet.route is not None else 2
    return kind, sheet.citizen or sheet.route or "", sheet.document, sheet.serial.number


def possible(account: Account, step: Step, rules: SheetRules) -> tuple[StepName, ...]:
    """The steps that may follow now, what is usual first. `step` says who would take it, and when."""
    names = FOLLOWS[account.state]
    may: list[StepName] = [name for name in names if refusal(account, _renamed(step, name), rules) is None]
    if account.live:
        may.append("undone")
    return tuple(may)


def _renamed(step: Step, name: StepName) -> Step:
    return Step(name=name, at=step.at, kept=step.kept, by=step.by, behalf=step.behalf, remark=step.remark or "…")


def following(account: Account, rules: SheetRules) -> StepName | None:
    """What is next for a sheet; None where nothing is."""
    rule, state = rules.of(account.sheet.document), account.state
    if state in _OUT:
        return "returned"
    if state is State.RETURNED:
        return _AFTER_RETURN[rule]
    if state is State.SCANNED and rule is Rule.ENTER:
        return "entered"
    if _unchecked(account) and rules.check_hours:
        return "checked"
    return None if state is State.SHREDDED or account.never_left else "shredded"
