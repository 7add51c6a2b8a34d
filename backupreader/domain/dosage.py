"""What is due on a day, at which times, and what cannot be said: pure rules over an order's structured dosage.

Nothing is guessed. A rule that is not stated, contradicts itself or cannot be read gives `Verdict.UNKNOWN`, which
every screen and page shows with the prescriber's text and an empty box. Clock times are local wall time in the site's
zone; a slot (*morning*) and "three times a day" never become a clock time. A period, a pause and their ends are
inclusive: by the day where a day was delivered, by the clock where a clock time was.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Final
from zoneinfo import ZoneInfo

from backupreader.domain.journal import Order
from backupreader.domain.period import Place, span, within
from backupreader.domain.records import Dose, Medication, Slot

SLOTS: Final[tuple[Slot, ...]] = ("morning", "noon", "afternoon", "evening", "night")
_CLOCK: Final = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]")
_WEEKDAYS: Final = re.compile(r"[1-7]+")
_MOST_BOXES: Final = 24  # more unnamed doses a day than hours is a misread number, not a dosage


class Verdict(Enum):
    """What can be said of one dose on one day."""

    DUE = "due"
    NOT_DUE = "not-due"
    UNKNOWN = "unknown"  # shown with an empty box; a person decides
    PRN = "prn"  # in force; given only when needed


class Why(Enum):
    """The reason of a verdict that is not simply *due*."""

    BEFORE_START = "before-start"
    AFTER_END = "after-end"
    PAUSED = "paused"
    STOPPED = "stopped"
    NOT_IN_FORCE = "not-in-force"  # a draft, or entered in error
    OTHER_DAY = "other-day"
    OTHER_SHIFT = "other-shift"  # its clock time lies in another shift than the one that is asked about
    SHIFT = "shift"  # it has no clock time: in which shift it is given is not said
    STATUS = "status"  # the order's status is unknown, invalid, or contradicts its period
    PERIOD = "period"  # a start, end or pause falls on this day or cannot be read to the day
    DAYS = "days"  # on which days is not said, or contradicts itself
    TIMES = "times"  # how often or when on the day is not said
    TEXT = "text"  # there is no structured dosage at all


@dataclass(frozen=True, slots=True)
class When:
    """One time on a day: a clock time ``HH:MM``, else a slot, else `number` of `of` unnamed times, else not said."""

    time: str | None = None
    slot: Slot | None = None
    number: int = 0
    of: int = 0


@dataclass(frozen=True, slots=True)
class Cell:
    """The verdict on one row for one day."""

    verdict: Verdict
    why: Why | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """What one dose asks for on one day: its times in order, each with its verdict."""

    cells: tuple[tuple[When, Cell], ...]

    @property
    def boxes(self) -> int:
        """How many doses are certainly due."""
        return sum(cell.verdict is Verdict.DUE for _, cell in self.cells)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of an administration sheet: an order's dose at one time, and a verdict for each day asked for."""

    medication: Medication
    dose: Dose | None
    when: When
    cells: tuple[Cell, ...]

    @property
    def prn(self) -> bool:
        """Given only when needed: it stands apart."""
        return is_prn(self.medication, self.dose)

    @property
    def shown(self) -> bool:
        """Something is or may be due on at least one of the days."""
        return any(cell.verdict is not Verdict.NOT_DUE for cell in self.cells)


_SURE: Final = Cell(Verdict.DUE)
_ON_NEED: Final = Cell(Verdict.PRN)
_OUTSIDE: Final = {
    Place.BEFORE: Cell(Verdict.NOT_DUE, Why.BEFORE_START),
    Place.AFTER: Cell(Verdict.NOT_DUE, Why.AFTER_END),
    Place.UNSURE: Cell(Verdict.UNKNOWN, Why.PERIOD),
    Place.INSIDE: None,
}


def is_prn(medication: Medication, dose: Dose | None) -> bool:
    """Whether a dose is given only when needed: the dose says so, or the whole order does."""
    return medication.kind == "prn" or (dose is not None and dose.prn)


def whens(dose: Dose | None) -> tuple[When, ...]:
    """The times on a day that a dose names, in order; one unsaid `When` where it names none."""
    if dose is None:
        return (When(),)
    if dose.time is not None:
        return (When(time=dose.time),) if _CLOCK.fullmatch(dose.time) else (When(),)
    if dose.slot is not None:
        return (When(slot=dose.slot),)
    times = dose.times_per_day
    if times is not None and 1 <= times <= _MOST_BOXES:
        return tuple(When(number=number, of=times) for number in range(1, times + 1))
    return (When(),)


def due_times(medication: Medication, dose: Dose | None, day: date, zone: ZoneInfo) -> Due:
    """What `dose` of `medication` asks for on the calendar day `day` in `zone`; None is an order without structure."""
    return Due(tuple((when, _cell(medication, dose, when, day, zone)) for when in whens(dose)))


def administration_rows(order: Order, days: Sequence[date], zone: ZoneInfo) -> tuple[Row, ...]:
    """One row for each exact time, slot or unnamed time of an order, in the order of the clock.

    Rows that are never due are among them. An order without doses is one row whose days are unknown (in its period).
    """
    rows = [
        Row(order.medication, dose, when, tuple(_cell(order.medication, dose, when, day, zone) for day in days))
        for dose in order.doses or (None,)
        for when in whens(dose)
    ]
    return tuple(sorted(rows, key=lambda row: when_key(row.when)))


def when_key(when: When) -> tuple[int, str, int]:
    """Sorts clock times first, then slots in the order of the day, then unnamed times."""
    if when.time is not None:
        return (0, when.time, 0)
    if when.slot is not None:
        return (1, "", SLOTS.index(when.slot))
    return (2, "", when.number) if when.of else (3, "", 0)


def _cell(  # noqa: PLR0911 (one return a rule)
    medication: Medication, dose: Dose | None, when: When, day: date, zone: ZoneInfo
) -> Cell:
    """The rules in the order in which they overrule each other: certainly not due, then doubt, then due."""
    if medication.status in {"draft", "entered-in-error"}:
        return Cell(Verdict.NOT_DUE, Why.NOT_IN_FORCE)
    periods = [_period(medication.start, medication.end, when, day, zone)]
    if dose is not None:
        periods += [_period(dose.start, dose.end, when, day, zone), _days(dose, day, zone)]
    periods += [_stopped(medication), _paused(medication, when, day, zone)]
    for cell in periods:
        if cell is not None and cell.verdict is Verdict.NOT_DUE:
            return cell
    for cell in periods:
        if cell is not None:
            return cell
    if medication.status in {"unknown", "invalid"}:
        return Cell(Verdict.UNKNOWN, Why.STATUS)
    if is_prn(medication, dose):
        return _ON_NEED
    if dose is None:
        return Cell(Verdict.UNKNOWN, Why.TEXT)
    return Cell(Verdict.UNKNOWN, Why.TIMES) if when == When() else _SURE


def _stopped(medication: Medication) -> Cell | None:
    """A stopped order is due no more. With an end still to come it contradicts itself, and a person decides."""
    if medication.status not in {"stopped", "completed"}:
        return None
    return Cell(Verdict.UNKNOWN, Why.STATUS) if medication.end else Cell(Verdict.NOT_DUE, Why.STOPPED)


def _paused(medication: Medication, when: When, day: date, zone: ZoneInfo) -> Cell | None:
    """A pause without an end lasts; one without a beginning has begun; *paused* without either is paused throughout."""
    if not medication.paused_from and not medication.paused_to:
        return Cell(Verdict.NOT_DUE, Why.PAUSED) if medication.status == "paused" else None
    place = within(medication.paused_from, medication.paused_to, day, when.time, zone)
    if place is Place.INSIDE:
        return Cell(Verdict.NOT_DUE, Why.PAUSED)
    return Cell(Verdict.UNKNOWN, Why.PERIOD) if place is Place.UNSURE else None


def _period(start: str | None, end: str | None, when: When, day: date, zone: ZoneInfo) -> Cell | None:
    return _OUTSIDE[within(start, end, day, when.time, zone)]


def _days(dose: Dose, day: date, zone: ZoneInfo) -> Cell | None:
    """Is it one of the dose's days? None: yes. Weekdays and a period of other than a week contradict each other."""
    unsaid, other = Cell(Verdict.UNKNOWN, Why.DAYS), Cell(Verdict.NOT_DUE, Why.OTHER_DAY)
    every = dose.every_days
    if dose.weekdays is not None:
        if not _WEEKDAYS.fullmatch(dose.weekdays) or every not in {None, 1, 7}:
            return unsaid
        return None if str(day.isoweekday()) in dose.weekdays else other
    if every == 1:
        return None
    first = span(dose.start, zone)
    if (
        every is None
        or every < 1
        or not 1 <= dose.day_no <= every
        or first is None
        or first[0].date() != first[1].date()
    ):
        return unsaid
    return None if (day - first[0].date()).days % every == dose.day_no - 1 else other


class Standing(Enum):
    """Where an order stands on a day, for the heading it is listed under."""

    CURRENT = "current"
    UNSURE = (
        "unsure"  # unknown or invalid status, or a period that cannot be read: shown among the current ones, marked
    )
    FUTURE = "future"
    PAUSED = "paused"
    ENDED = "ended"
    DRAFT = "draft"
    ERROR = "error"


def standing(  # noqa: PLR0911 (one return a rule)
    medication: Medication, day: date, zone: ZoneInfo
) -> Standing:
    """Where an order stands on `day`; a day of which only a part is in force counts as in force."""
    fixed = {"draft": Standing.DRAFT, "entered-in-error": Standing.ERROR}.get(medication.status)
    if fixed is not None:
        return fixed
    if medication.status in {"stopped", "completed"}:
        return Standing.ENDED
    place = within(medication.start, medication.end, day, None, zone)
    if place is Place.BEFORE:
        return Standing.FUTURE
    if place is Place.AFTER:
        return Standing.ENDED
    pause = _paused(medication, When(), day, zone)
    if pause is not None and pause.verdict is Verdict.NOT_DUE:
        return Standing.PAUSED
    if medication.status in {"unknown", "invalid"}:
        return Standing.UNSURE
    return Standing.CURRENT
