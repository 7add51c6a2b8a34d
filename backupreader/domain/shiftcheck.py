"""The shift check: five points in two minutes, looked at by whoever begins a shift, while nothing is down.

Two points this PC judges by itself, the data and the plan's dates; the other three a person says: whether a page came
out of the printer, whether the clock is right, whether paper and toner lie ready.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, Literal, get_args

from backupreader.domain.freshness import State, between, judge
from backupreader.domain.plan.about import About
from backupreader.domain.plan.plan import Plan
from backupreader.domain.shifts import Name
from backupreader.language import N_, Language

Point = Literal["data", "print", "clock", "paper", "cards"]
POINTS: Final[tuple[Point, ...]] = get_args(Point)
"""The points in the order in which they are gone through."""
Verdict = Literal["good", "not-good", "not-done"]
VERDICTS: Final[tuple[Verdict, ...]] = get_args(Verdict)

NAMES: Final[Mapping[Point, str]] = {
    "data": N_("the data"),
    "print": N_("the test page"),
    "clock": N_("the clock"),
    "paper": N_("paper and toner"),
    "cards": N_("the plan's dates"),
}
"""Each point in a word, as a list of them names it."""
ASKED: Final[Mapping[Point, str]] = {
    "data": N_("Is the data as new as it should be?"),
    "print": N_("Is the test page in your hand, and can you read all of it?"),
    "clock": N_("Is it {clock} now? Look at your telephone or your watch."),
    "paper": N_("Is there paper in the printer, and more paper and toner beside it?"),
    "cards": N_("Is every page of the plan within its date?"),
}
HINTS: Final[Mapping[Point, str]] = {
    "data": N_("Tell IT now: the data on this PC is too old."),
    "print": N_("Look at the printer: paper, toner, switched on. If that does not help, call IT."),
    "clock": N_("Have IT set the clock: ages and due times on this PC are wrong too."),
    "paper": N_("Fetch paper and toner now. At night nobody brings it."),
    "cards": N_("Tell whoever owns the plan. What it says is still used."),
}
"""What to do about each point that is not good."""
UNDONE: Final[Mapping[Point, str]] = {
    "data": N_("It could not be looked at. Tell IT."),
    "print": N_("Print a test page before the shift ends."),
    "clock": N_("Hold this PC's clock against another one before the shift ends."),
    "paper": N_("Look for paper and toner before the shift ends."),
    "cards": N_("There is no plan on this PC. Tell IT."),
}
"""What to do about each point that was not done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftCheck:
    """One check: when, in which shift, by whom (as she wrote it), and of each point how it was found.

    A point that is not named was not done.
    """

    at: datetime
    shift: Name
    day: date
    by: str
    verdicts: Mapping[Point, Verdict]

    def of(self, point: Point) -> Verdict:
        """How a point was found."""
        return self.verdicts.get(point, "not-done")

    @property
    def wrong(self) -> tuple[Point, ...]:
        """The points that are not good, in order."""
        return tuple(point for point in POINTS if self.of(point) == "not-good")

    @property
    def undone(self) -> tuple[Point, ...]:
        """The points that were not done, in order."""
        return tuple(point for point in POINTS if self.of(point) == "not-done")

    @property
    def is_good(self) -> bool:
        """Was every point done, and good?"""
        return not self.wrong and not self.undone


def of_data(taken_at: datetime | None, now: datetime, expected: Sequence[str], late_after: timedelta) -> Verdict:
    """Whether the oldest of the newest data is as new as it should be; None: there is none, or it cannot be read."""
    if taken_at is None:
        return "not-good"
    return "good" if judge(taken_at, now, expected, late_after).state is State.GOOD else "not-good"


def overdue_documents(plan: Plan, today: date) -> tuple[About, ...]:
    """What of a plan should have been revised before today: itself, its cards, and what its units add."""
    whole = [plan.about, *(card.about for card in plan.cards)]
    for own in plan.supplements:
        whole += [own.about, *(card.about for card in own.cards)]
    return tuple(about for about in whole if about.is_overdue(today))


def of_cards(plan: Plan | None, today: date) -> Verdict:
    """Whether all of a plan is within its dates; without a plan that cannot be looked at."""
    if plan is None:
        return "not-done"
    return "not-good" if overdue_documents(plan, today) else "good"


def is_due(last: datetime | None, now: datetime, every_hours: int) -> bool:
    """Is it time for a check, when the last one was at `last` (None: never)? 0 hours: it is never asked for."""
    return bool(every_hours) and (last is None or between(last, now) > timedelta(hours=every_hours))


def told(points: Sequence[Point], language: Language) -> str:
    """Points in a row: ``the test page, the clock``."""
    return ", ".join(language.text(NAMES[point]) for point in points)


def result(check: ShiftCheck, language: Language) -> str:
    """How a check went, in one sentence."""
    wrong, undone = told(check.wrong, language), told(check.undone, language)
    if check.is_good:
        return language.text("The shift check is done: all is good.")
    if not undone:
        return language.text("The shift check is done. Not good: {points}.").format(points=wrong)
    if not wrong:
        return language.text("The shift check is recorded. Not done: {points}.").format(points=undone)
    sentence = language.text("The shift check is recorded. Not good: {points}; not done: {others}.")
    return sentence.format(points=wrong, others=undone)
