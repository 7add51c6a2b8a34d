"""The dosage of a prescription (*DosageType*): what the contract defines exactly, and the rest in the source's words.

``GetMedicationHistory`` 2.x: several *dosage* elements, and *setDosage*, *maximumDosage* and *conditionalDosage* within
one, "follow each other in time". Only their lengths, which may be intervals, say when; so the doses of several steps
are shown with their quantities and times, and with days that are not said. A ramp, a frequency in anything but whole
times a day and a period that is no whole day or part of one stay text with an `Issue`: nothing is worked out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from backupreader.domain import moments
from backupreader.domain.records import Dose, MedicationKind, Slot
from sync.markup import Element
from sync.rivta.entry import Entry, coded, every, first, told, value
from sync.rivta.numbers import decimal, plain, whole

_KNOWN: Final = frozenset({
    "dosageInstruction", "shortNotation", "unitDose", "lengthOfTreatment", "setDosage", "conditionalDosage",
    "maximumDosage",
})  # fmt: skip
_PER_DAY: Final = frozenset({"/d", "1/d", "d-1"})
_DAYS: Final[Mapping[str, int]] = {"d": 1, "wk": 7}
_HOURS: Final = 24
_LONGEST_PERIOD: Final = 28  # days, of an occasionDosage
_CLOCK: Final = re.compile(r"(?:kl\.? ?|klockan )?([01]?\d|2[0-3])[:.]([0-5]\d)(?::00)?", re.IGNORECASE | re.ASCII)
_SLOTS: Final[Mapping[str, Slot]] = {
    "morgon": "morning",
    "eftermiddag": "afternoon",
    "kväll": "evening",
    "natt": "night",
}
_ZONED: Final = re.compile(r"T.*(?:Z|[+-]\d\d:\d\d)$")  # not the contracts' form: whose clock it is would be a guess
_MOST_TIMES: Final = 24


@dataclass(frozen=True, slots=True)
class Dosing:
    """What an order's dosage says: `doses` without ids yet; `text` as written; `instruction` what stands beside it."""

    doses: tuple[Dose, ...] = ()
    text: str | None = None
    instruction: str | None = None
    max_per_day: str | None = None
    kind: MedicationKind = "unknown"


@dataclass(slots=True)
class _Amount:
    quantity: str | None = None
    quantity_max: str | None = None
    unit: str | None = None
    text: str | None = None


@dataclass(slots=True)
class _Step:
    """One *dosage* element as it is read. `start` is the first day of the order, where it is known."""

    entry: Entry
    medication: str
    start: str | None
    unit: str | None

    def dose(self, amount: _Amount) -> Dose:
        return Dose(
            id="",
            medication=self.medication,
            citizen=self.entry.citizen,
            origin=self.entry.origin,
            quantity=amount.quantity,
            quantity_max=amount.quantity_max,
            unit=amount.unit,
            text=amount.text,
        )

    def text_only(self, element: Element) -> Dose:
        """What has no exact form here, in the source's own words."""
        words = told(element) or element.name
        self.entry.issue("dosage-as-text", f"dosage/{element.name}", words)
        return replace(self.dose(_Amount()), text=words)


def dosing(entry: Entry, drug: Element | None, medication: str, start: str | None, end: str | None) -> Dosing:
    """The dosage of one order, whose treatment begins and ends at `start` and `end` where these are known.

    A length of treatment without an end leaves the days to a person: which day is the last is not defined.
    """
    found = every(drug, "dosage")
    texts: list[str] = []
    beside: list[str] = []
    doses: list[Dose] = []
    highest: list[str] = []
    sets = conditions = 0
    for element in found:
        step = _Step(
            entry,
            medication,
            start[: len("2026-11-22")] if start and moments.day(start) and not _ZONED.search(start) else None,
            _unit(element),
        )
        texts += [text for path in ("dosageInstruction", "shortNotation") if (text := value(element, path))]
        for child in element.children:
            if child.name not in _KNOWN and (words := told(child)):
                entry.issue("dosage-as-text", f"dosage/{child.name}", words)
                beside.append(words)
        length = list(_length(element))
        beside += length
        unsaid = len(found) > 1 or (bool(length) and end is None)
        parts = [part for part in element.children if part.name in {"setDosage", "conditionalDosage"}]
        for part in parts:
            needed = part.name == "conditionalDosage"
            sets += not needed
            conditions += needed
            made = [_conditioned(dose, part) for dose in _kinds(step, part)] if needed else list(_kinds(step, part))
            doses += [_unplaced(dose) for dose in made] if unsaid or len(parts) > 1 else made
        for part in every(element, "maximumDosage"):
            per_day = _highest(step, part)
            (highest if per_day else beside).append(per_day or f"Maxdosering: {told(part)}")
        if unsaid or len(parts) > 1:
            entry.issue("dosage-days-unsaid", "dosage", "\n".join((*texts, *length)) or str(len(found)))
    own = [dose.text for dose in doses if dose.text]
    return Dosing(
        doses=tuple(replace(dose, id=f"{medication}/{number}") for number, dose in enumerate(doses, start=1)),
        text="\n".join(dict.fromkeys(texts)) or "\n".join(dict.fromkeys(own)) or None,
        instruction="\n".join(dict.fromkeys(beside)) or None,
        max_per_day=highest[0] if len(highest) == 1 else " / ".join(highest) or None,
        kind="mixed" if sets and conditions else "fixed" if sets else "prn" if conditions else "unknown",
    )


def _unit(dosage: Element) -> str | None:
    return coded(first(dosage, "unitDose")).text


def _length(dosage: Element) -> Iterator[str]:
    """*Behandlingstid*: how long, and whether that is the longest allowed."""
    length = first(dosage, "lengthOfTreatment")
    interval = first(length, "treatmentInterval")
    low, high, unit = value(interval, "low"), value(interval, "high"), value(interval, "unit")
    longest = value(length, "isMaximumTreatmentTime")
    if low or high:
        span = low if low == high else "–".join((low or "", high or ""))
        yield f"Behandlingstid: {span} {unit or ''}".strip() + (" (maxtid)" if longest in {"true", "1"} else "")


def _kinds(step: _Step, holder: Element) -> Iterator[Dose]:
    """Every kind of dosage in a *setDosage* or *conditionalDosage*."""
    for element in holder.children:
        if element.name == "frequencyDosage":
            yield _frequency(step, element)
        elif element.name == "periodDosage":
            yield _period(step, element)
        elif element.name in {"occasionDosage", "occasionDose"}:  # as the schema and as the description call it
            yield from _occasions(step, element)
        elif element.name == "singleDose":
            yield _single(step, element)
        elif element.name == "unstructuredDosageInformation":
            yield replace(step.dose(_Amount()), text=value(element, "text"))
        elif element.name != "conditionDescription":  # a ramp, or what nobody here knows: never silently left out
            yield step.text_only(element)


def _conditioned(dose: Dose, holder: Element) -> Dose:
    """A dose that is given only where the condition holds (*vid behov*)."""
    condition = value(holder, "conditionDescription")
    text = " – ".join(part for part in (condition, dose.text) if part)
    return replace(dose, prn=True, text=text or None)


def _unplaced(dose: Dose) -> Dose:
    """A dose of one step among several: on which days is not said."""
    return replace(dose, every_days=None, weekdays=None, day_no=1, start=None, end=None)


def _amount(step: _Step, holder: Element) -> _Amount:
    """A *PQIntervalType*. Only one end of the interval is no quantity to give; it stands as text."""
    dose = first(holder, "dose")
    low, high, own = plain(value(dose, "low")), plain(value(dose, "high")), value(dose, "unit")
    unit = step.unit if own in {None, "1"} and step.unit else own
    text = f"Doseringsenhet: {step.unit}" if step.unit and unit != step.unit else None
    if low is None or high is None:
        words = " ".join(f"{name} {found}" for name, found in (("low", low), ("high", high)) if found)
        step.entry.issue("dosage-as-text", "dosage/dose", f"{words} {unit or ''}".strip() or holder.name)
        return _Amount(unit=unit, text=" ".join(filter(None, (words, unit, text))) or None)
    numbers = (decimal(low), decimal(high))
    if None in numbers:
        step.entry.issue("number-odd", "dosage/dose", f"{low}–{high}")
        return _Amount(low if low == high else f"{low}–{high}", None, unit, text)
    if numbers[0] == numbers[1]:
        return _Amount(low, None, unit, text)
    return _Amount(low, high, unit, text)


def _frequency(step: _Step, element: Element) -> Dose:
    """So many times per unit of time: whole times a day are exact, anything else leaves the days to the text."""
    number, unit = value(element, "frequency/value"), value(element, "frequency/unit")
    times = whole(number)
    dose = step.dose(_amount(step, element))
    if unit in _PER_DAY and times is not None and 1 <= times <= _MOST_TIMES:
        return replace(dose, times_per_day=times, every_days=1)
    return _with_words(step, dose, element, f"{number} {unit}")


def _period(step: _Step, element: Element) -> Dose:
    """The time between two doses: whole days from the first day on, or hours that part a day evenly."""
    number, unit = value(element, "period/value"), value(element, "period/unit")
    length = whole(number)
    dose = step.dose(_amount(step, element))
    if unit == "h" and length is not None and 1 <= length < _HOURS and _HOURS % length == 0:
        return replace(dose, times_per_day=_HOURS // length, every_days=1)
    days = length * _DAYS[unit] if length and unit and unit in _DAYS else None
    if unit == "h" and length is not None and length % _HOURS == 0:
        days = length // _HOURS
    if days == 1:
        return replace(dose, times_per_day=1, every_days=1)
    if days and step.start:
        return replace(dose, times_per_day=1, every_days=days, start=step.start)
    return _with_words(step, dose, element, f"{number} {unit}")


def _occasions(step: _Step, element: Element) -> Iterator[Dose]:
    """Doses on the days of a period of so many days, at a clock time or an event of the day."""
    number, unit = value(element, "period/value"), value(element, "period/unit")
    days = whole(number)
    known = unit == "d" and days is not None and 1 <= days <= _LONGEST_PERIOD
    for occasion in element.all("administration"):
        dose = _timed(step.dose(_amount(step, occasion)), value(occasion, "time"))
        day = whole(value(occasion, "dayOfPeriod"))
        if known and days == 1 and day == 1:
            yield replace(dose, every_days=1)
        elif known and days and day and day <= days and step.start:
            yield replace(dose, every_days=days, day_no=day, start=step.start)
        else:
            yield _with_words(
                step, dose, element, f"dayOfPeriod {value(occasion, 'dayOfPeriod')}, period {number} {unit}"
            )


def _single(step: _Step, element: Element) -> Dose:
    """One dose, on the day and at the minute that is stated; without one "at once", which no list can place."""
    at = step.entry.moment(element, "time")
    dose = step.dose(_amount(step, element))
    if at is None or len(at) < len("2026-11-22T07:30") or _ZONED.search(at):
        return _with_words(step, dose, element, at or "omgående")
    words = at if at[16:] not in {"", ":00"} else None
    return replace(dose, time=at[11:16], every_days=1, start=at[:10], end=at[:10], text=words or dose.text)


def _highest(step: _Step, maximum: Element) -> str | None:
    """The most a day, where it is said as one quantity a day; every other limit stays in words."""
    frequency = maximum.first("frequencyDosage")
    if frequency is None or len(maximum.children) != 1 or value(frequency, "frequency/unit") not in _PER_DAY:
        return None
    if whole(value(frequency, "frequency/value")) != 1:
        return None
    dose = frequency.first("dose")
    low, high, unit = value(dose, "low"), value(dose, "high"), value(dose, "unit")
    if high is None or low not in {None, high, "0", "0.0"}:
        return None
    return " ".join(filter(None, (high, step.unit if unit in {None, "1"} and step.unit else unit)))


def _timed(dose: Dose, time: str | None) -> Dose:
    """A clock time or a part of the day where it is exactly one; other words (*innan lunch*) stay words."""
    if time is None:
        return replace(dose, times_per_day=1)
    if match := _CLOCK.fullmatch(time.strip()):
        return replace(dose, time=f"{int(match[1]):02}:{match[2]}")
    slot = _SLOTS.get(time.strip().lower())
    if slot is not None:
        return replace(dose, slot=slot)
    return replace(dose, times_per_day=1, text=" – ".join(part for part in (time, dose.text) if part))


def _with_words(step: _Step, dose: Dose, element: Element, words: str) -> Dose:
    """A dose whose days cannot be said exactly, with the words that say them."""
    step.entry.issue("dosage-as-text", f"dosage/{element.name}", words)
    return replace(dose, text=" – ".join(part for part in (words, dose.text) if part))
