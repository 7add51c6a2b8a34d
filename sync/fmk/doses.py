"""The parts of one dose that both versions of the schema share: how much, at which time, on which days.

A dose is refined step by step with `dataclasses.replace`. What `Dose` cannot say becomes text, its days or times stay
unsaid (so that nobody is told that it is due), and an `Issue` tells of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from backupreader.domain.records import Dose, Slot
from sync.fmk.entry import Entry, joined, spelled
from sync.markup import Element

WEEK: Final = 7
_WEEKDAYS: Final = ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag")
_SLOTS: Final[dict[str, Slot]] = {"morning": "morning", "noon": "noon", "evening": "evening", "night": "night"}
_CLOCK: Final = re.compile(r"((?:[01][0-9]|2[0-3]):[0-5][0-9])(?::00(?:\.0+)?)?")
_WHOLE: Final = re.compile(r"[0-9]{1,5}")
_NUMBER: Final = re.compile(r"[0-9]+(?:\.[0-9]+)?")


@dataclass(frozen=True, slots=True)
class Unit:
    """A dose's unit in the singular and the plural (the same where the source has only one)."""

    singular: str | None
    plural: str | None

    def of(self, quantity: str | None) -> str | None:
        """The form that goes with a quantity: singular above 0 up to 1, by the rule of FMK's dosis-til-tekst."""
        if quantity is None or not _NUMBER.fullmatch(quantity):
            return self.singular if self.singular == self.plural else joined("/", [self.singular, self.plural])
        return self.singular if 0 < Decimal(quantity) <= 1 else self.plural


def unit(entry: Entry, dosage: Element, column: str) -> Unit:
    """`UnitText`, or `UnitTexts`; an `Issue` where there is none."""
    one = dosage.value("UnitText")
    singular, plural = dosage.value("UnitTexts/Singular"), dosage.value("UnitTexts/Plural")
    if one is None and singular is None and plural is None:
        entry.issue("unit-missing", f"{column}/UnitText", None)
    return Unit(one or singular or plural, one or plural or singular)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a dose stands: its entry, and the path of its element for issues."""

    entry: Entry
    column: str

    def at(self, name: str) -> Place:
        """An element in it."""
        return Place(self.entry, f"{self.column}/{name}")

    def as_text(self, dose: Dose, text: str) -> Dose:
        """A dose whose days cannot be said: the text stands in their place, and an `Issue` tells of it."""
        told = joined("; ", [text, _days(dose)]) or ""
        self.entry.issue("dosage-as-text", self.column, told)
        return replace(dose, every_days=None, day_no=1, weekdays=None, text=with_text(dose, told))

    def without_time(self, dose: Dose, text: str) -> Dose:
        """A dose whose time on the day cannot be said."""
        self.entry.issue("dosage-as-text", self.column, text)
        return replace(dose, time=None, slot=None, times_per_day=None, text=with_text(dose, text))


def _days(dose: Dose) -> str | None:
    """What a dose says of its days, in words, for where they stand as text."""
    if dose.weekdays:
        return "ugedage: " + ", ".join(_WEEKDAYS[int(number) - 1] for number in dose.weekdays)
    if dose.every_days is None:
        return None
    return "hver dag" if dose.every_days == 1 else f"hver {dose.every_days}. dag, dag {dose.day_no}"


def with_text(dose: Dose, text: str | None) -> str | None:
    """The dose's text with another below it."""
    return joined("\n", [dose.text, text])


def amount(place: Place, holder: Element, dose: Dose, measure: Unit) -> Dose:
    """How much: one quantity or a range, as written (`Minimal…` in 1.4, `Minimum…` in 1.6)."""
    exact = holder.value("Quantity")
    low = holder.value("MinimalQuantity") or holder.value("MinimumQuantity")
    high = holder.value("MaximalQuantity") or holder.value("MaximumQuantity")
    for text in (exact, low, high):
        if text is not None and not _NUMBER.fullmatch(text):
            place.entry.issue("number-odd", place.at("Quantity").column, text)
    if exact is not None and (low is not None or high is not None):
        text = joined(" ", [exact, f"({low or '…'}–{high or '…'})", measure.of(high or exact)]) or ""
        place.entry.issue("dosage-as-text", place.column, text)
        return replace(dose, text=with_text(dose, text))
    if exact is not None:
        return replace(dose, quantity=exact, unit=measure.of(exact))
    if low is not None and high is not None:
        return replace(dose, quantity=low, quantity_max=high, unit=measure.of(high))
    if low is not None or high is not None:
        text = joined(" ", ["mindst" if low else "højst", low or high, measure.of(low or high)]) or ""
        place.entry.issue("dosage-as-text", place.column, text)
        return replace(dose, text=with_text(dose, text))
    return replace(dose, unit=None)


def at_time(place: Place, dose: Dose, written: str | None) -> Dose:
    """A clock time, or a part of the day; unchanged where none is written."""
    if written is None:
        return dose
    slot, clock = _SLOTS.get(written.casefold()), _CLOCK.fullmatch(written)
    if slot is not None:
        return replace(dose, slot=slot)
    if clock is not None:
        return replace(dose, time=clock[1])
    return place.without_time(dose, f"tidspunkt: {written}")


def counted(dose: Dose, times: int) -> Dose:
    """So many times a day; of a dose when needed that is the most (dosis-til-tekst: *højst 3 gange daglig*)."""
    if dose.prn:
        return replace(dose, max_per_day=dose.max_per_day or f"{times} gang{'' if times == 1 else 'e'}")
    return replace(dose, times_per_day=times)


def whole(text: str | None) -> int | None:
    """A whole number that is not negative; None of anything else."""
    return int(text) if text is not None and _WHOLE.fullmatch(text) else None


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How a period repeats: `interval` in days, 0 when it does not; None when that is not said or cannot be read."""

    interval: int | None
    element: Element

    def on(self, place: Place, dose: Dose, number: int | None) -> Dose:
        """The dose on day `number` of the period, where 1 is the day it starts (its start in `dose`).

        A period of a week is told by its weekdays, which are exact since it starts on a day.
        """
        first = place.entry.day(dose.start)
        last = place.entry.day(dose.end)
        if number is None or number < 1 or self.interval is None or (first is None and self.interval != 1):
            return place.as_text(dose, spelled(self.element))
        if self.interval == 0:
            return self._once(place, dose, _later(first, number - 1), last)
        if number > self.interval:
            return place.as_text(dose, spelled(self.element))
        if self.interval == WEEK and first is not None:
            return replace(dose, weekdays=str((first.weekday() + number - 1) % WEEK + 1))
        return replace(dose, every_days=self.interval, day_no=number)

    def _once(self, place: Place, dose: Dose, day: date | None, last: date | None) -> Dose:
        if day is None or (last is not None and day > last):
            return place.as_text(dose, spelled(self.element))
        return replace(dose, start=day.isoformat(), end=day.isoformat(), every_days=1)


def any_day(place: Place, dose: Dose, rhythm: Rhythm) -> Dose:
    """A dose on no certain day of the period: when needed, any of them; else a person must be told."""
    if not dose.prn or rhythm.interval not in {None, 0, 1}:
        return place.as_text(dose, joined(", ", ["på valgfri dag", spelled(rhythm.element)]) or "")
    return replace(dose, every_days=1)


def together(doses: list[Dose]) -> list[Dose]:
    """Doses that differ in nothing but their weekdays, as one each; two on the same weekday stay two."""
    merged: list[tuple[Dose, set[str]]] = []
    for dose in doses:
        days, plain = set(dose.weekdays or ""), replace(dose, weekdays=None)
        fitting = (known for other, known in merged if known and other == plain and not known & days)
        found = next(fitting, None) if days else None
        if found is None:
            merged.append((plain, days))
        else:
            found |= days
    return [replace(dose, weekdays="".join(sorted(days)) or None) for dose, days in merged]


def _later(first: date | None, days: int) -> date | None:
    try:
        return None if first is None else first + timedelta(days=days)
    except OverflowError:
        return None
