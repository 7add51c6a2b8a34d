"""1.6's dosage: periods after each other, each so many days long, with a fixed part and one when needed.

A period begins where the one before it ended; the first begins on `ValidFrom` (FMK wiki, *Struktureret dosering* of
1.6.0). Where that day is not certain, the doses have no days, and a person is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Final

from backupreader.domain import moments
from backupreader.domain.records import Dose
from sync.fmk.doses import WEEK, Place, Rhythm, Unit, amount, any_day, at_time, counted, together, whole, with_text
from sync.fmk.entry import joined, present, spelled
from sync.markup import Element

_WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_PARTS_OF_DAY: Final = ("Morning", "Noon", "Evening", "Night")
_MOST: Final = ("MaximumDailyDose", "MaxPerDay")
_BARE: Final = re.compile(r"[0-9.]+")
_DURATION: Final = re.compile(r"PT(?:([0-9]+)H)?(?:([0-9]+)M)?")


@dataclass(slots=True)
class Periods:
    """The doses, and the table by which some of them are measured out."""

    doses: list[Dose] = field(default_factory=list[Dose])
    instruction: str | None = None


def periods(place: Place, dosage: Element, base: Dose, measure: Unit) -> Periods:
    """All periods of a dosage, in their order."""
    found = Periods(instruction=joined("\n", [spelled(table) for table in dosage.all("Parameter")]))
    if present(dosage, "IsSelfAdministration"):
        place.entry.note("Selvadministration", "ja")
    day, doubt = _beginning(place, dosage)
    elements = dosage.all("DosagePeriod")
    for element in elements:
        inner = place.at("DosagePeriod")
        first, day, uncertain = day, *_end(inner, element, day, is_last=element is elements[-1])
        last = day - timedelta(days=1) if day is not None else None
        period = replace(base, start=_text(first), end=_text(last))
        own = joined("; ", [doubt, uncertain, "starter efter forrige periode" if first is None and not doubt else None])
        found.doses += _period(inner, element, period, measure, own)
    if not found.doses:
        found.doses = [place.as_text(base, "Ingen dosering i denne periode")]
    return found


def _beginning(place: Place, dosage: Element) -> tuple[date | None, str | None]:
    """The first day, and why it is not certain: it waits for the handing out, a trigger or an episode."""
    condition = dosage.first("Precondition")
    if condition is None:
        return None, "startdato ikke angivet"
    inner = place.at("Precondition")
    valid = inner.entry.moment(condition, "ValidFrom", inner.column)
    moving = inner.entry.whether(condition, "UpdateValidFromUponHandover", inner.column)
    trigger, episode = condition.value("PRNTrigger"), condition.first("EpisodicTreatment")
    doubts = [
        f"gyldig fra {valid or '…'}, opdateres ved udlevering" if moving else None,
        f"betingelse for påbegyndt behandling: {trigger}" if trigger else None,
        f"PN-kur: {spelled(episode)}" if episode is not None else None,
        "startdato ikke angivet" if valid is None else None,
    ]
    return place.entry.day(valid), joined("; ", doubts)


def _end(place: Place, element: Element, first: date | None, *, is_last: bool) -> tuple[date | None, str | None]:
    """The day after a period, None where it is open or unknown; and why its end is not certain."""
    length, stated = element.value("PeriodLength"), element.value("EndDate/CalculatedEndDate")
    free = element.value("PeriodLengthFreeText")
    stated_day = place.entry.day(place.entry.moment(element, "EndDate/CalculatedEndDate", place.column))
    present(element, "EndDate/Unknown")
    days = whole(length)
    counted_day = _after(first, days - 1) if days else None
    if free is not None or (length is not None and not days):
        return None, f"varighed: {free or length}"
    if counted_day is not None and stated_day not in {None, counted_day}:
        return None, f"varighed {length} dage, slutdato {stated}"
    if length is None and stated is None:
        return None, None if is_last else "varighed ikke angivet"
    last = counted_day or stated_day
    return _after(last, 1), f"varighed: {length} dage" if last is None else None


def _period(place: Place, element: Element, period: Dose, measure: Unit, doubt: str | None) -> list[Dose]:
    if present(element, "Empty"):
        place.entry.note("Periode uden dosering", f"{period.start or '…'} – {period.end or 'ubestemt'}", doubt)
        return [place.as_text(period, joined("; ", ["Ingen dosering i denne periode", doubt]) or "")] if doubt else []
    if present(element, "Unspecified"):
        return [place.as_text(period, joined("; ", ["Dosering ikke angivet", doubt]) or "")]
    counting = replace(period, start=None, end=None) if doubt else period
    doses = [
        dose
        for name, needed in (("Fixed", False), ("PRN", True))
        for structure in element.all(name)
        for dose in together(list(_structure(place.at(name), structure, replace(counting, prn=needed), measure)))
    ]
    if not doses:
        doses = [place.as_text(counting, spelled(element))]
    if doubt is not None:  # the start is then the earliest that can be meant
        doses = [place.as_text(replace(dose, start=period.start), doubt) for dose in doses]
    return doses


def _structure(place: Place, structure: Element, period: Dose, measure: Unit) -> Iterator[Dose]:
    """One part of a period: its weeks, its numbered days, or any day."""
    period = _restricted(place, structure, period, measure)
    instruction = joined("\n", [*structure.values("Instruction"), *structure.values("Instruction/FreeText")])
    period = replace(period, text=with_text(period, instruction))
    written = structure.value("IterationInterval")
    rhythm = Rhythm(0 if written is None else whole(written), structure)
    weeks = structure.all("Week")
    for number, week in enumerate(weeks, start=1):
        for weekday in week.all("Weekday"):
            for dose in _choice(place.at("Week/Weekday"), weekday, period, measure):
                yield _on_weekday(place.at("Week/Weekday"), dose, rhythm, weekday.value("Label"), (number, len(weeks)))
    for day in structure.children:
        if day.name not in {"Day", "UnspecifiedDay", "AnyDay"}:
            continue
        inner, index = place.at(day.name), day.value("Index")
        free = day.name != "Day" or (index is None and period.prn)
        for dose in _choice(inner, day, period, measure):
            yield any_day(inner, dose, rhythm) if free else rhythm.on(inner, dose, whole(index))
    if not any(child.name in {"Week", "Day", "UnspecifiedDay", "AnyDay"} for child in structure.children):
        yield place.as_text(period, spelled(structure))


def _restricted(place: Place, structure: Element, period: Dose, measure: Unit) -> Dose:
    """The most a day, and the least time between two doses (as text where its unit is not written)."""
    restriction = structure.first("Restriction")
    holder, inner = (structure, place) if restriction is None else (restriction, place.at("Restriction"))
    most = next((text for name in _MOST if (text := holder.value(name))), None)
    apart = holder.value("MinimumDurationBetweenDoses")
    dose = replace(period, max_per_day=joined(" ", [most, measure.of(most)]) if most else None)
    if apart is not None and _BARE.fullmatch(apart):
        place.entry.issue("dosage-as-text", inner.at("MinimumDurationBetweenDoses").column, apart)
        return replace(dose, text=with_text(dose, f"mindste tid mellem doser: {apart} (enhed ikke angivet)"))
    return replace(dose, min_interval=_duration(apart))


def _duration(written: str | None) -> str | None:
    """``PT4H30M`` in words; as written where it is anything else."""
    match = _DURATION.fullmatch(written) if written else None
    if match is None:
        return written
    hours, minutes = match.groups()
    return joined(" ", [f"{hours} timer" if hours else None, f"{minutes} minutter" if minutes else None]) or written


def _choice(place: Place, day: Element, period: Dose, measure: Unit) -> Iterator[Dose]:
    """The doses of one day."""
    holder = day.first("Dosage")
    before = len(place.entry.issues)
    doses = [] if holder is None else list(_doses(place.at("Dosage"), holder, period, measure))
    if not doses and len(place.entry.issues) == before:
        doses = [place.without_time(period, spelled(day))]
    yield from doses


def _doses(place: Place, holder: Element, period: Dose, measure: Unit) -> Iterator[Dose]:
    for part in holder.all("PartOfDayDosage"):
        for name in _PARTS_OF_DAY:
            for element in part.all(name):
                yield at_time(place, _dose(place.at(f"PartOfDayDosage/{name}"), element, period, measure), name)
    for element in holder.all("TimeOfDayDosage"):
        for timed in element.all("TimeOfDay") if element.all("TimeOfDay/Time") else [element]:
            dose = _dose(place.at("TimeOfDayDosage"), timed, period, measure)
            yield at_time(place.at("TimeOfDayDosage"), dose, timed.value("Time"))
    for element in holder.all("TimesPerDayDosage"):
        inner, written = place.at("TimesPerDayDosage"), element.value("TimesPerDay")
        dose, times = _dose(inner, element, period, measure), whole(written)
        yield counted(dose, times) if times else inner.without_time(dose, f"antal gange pr. dag: {written}")
    for element in holder.all("UnlimitedDayDosage"):
        inner = place.at("UnlimitedDayDosage")
        dose = _dose(inner, element, period, measure)
        yield dose if dose.prn else inner.without_time(dose, "ubegrænset antal gange pr. dag")


def _dose(place: Place, element: Element, period: Dose, measure: Unit) -> Dose:
    """How much: a quantity or range, a table's word, or an infusion."""
    dose = amount(place, element, period, measure)
    table, infusion = element.value("AccordingToParameterSchema"), element.first("Infusion")
    if table is not None:
        place.entry.issue("dosage-as-text", place.at("AccordingToParameterSchema").column, table)
        dose = replace(dose, text=with_text(dose, f"antal efter skema: {table}"))
    if infusion is not None:
        dose = replace(dose, text=with_text(dose, f"infusion: {spelled(infusion)}"))
    if dose.quantity is None and dose.text == period.text:
        place.entry.issue("value-missing", place.at("Quantity").column, None, "error")
    return dose


def _on_weekday(place: Place, dose: Dose, rhythm: Rhythm, label: str | None, week: tuple[int, int]) -> Dose:
    """A dose on a named weekday of week `number` of `of`; `rhythm` is in weeks here.

    One week that is repeated each week is exact. Several weeks are exact only when the period starts on a Monday, since
    it is not said whether a week is one of the calendar.
    """
    number, of = week
    name = (label or "").casefold()
    first = moments.day(dose.start)
    if name not in _WEEKDAYS:
        return place.as_text(dose, f"ugedag: {label}")
    weekday = _WEEKDAYS.index(name) + 1
    if (rhythm.interval, of) == (1, 1):
        return replace(dose, weekdays=str(weekday))
    if first is None or first.isoweekday() != 1 or rhythm.interval not in {0, of}:
        return place.as_text(dose, f"uge {number} af {of}, ugedag {label}, gentages hver {rhythm.interval} uge")
    in_days = Rhythm((rhythm.interval or 0) * WEEK, rhythm.element)
    return in_days.on(place, dose, (number - 1) * WEEK + weekday)


def _after(day: date | None, days: int) -> date | None:
    try:
        return None if day is None else day + timedelta(days=days)
    except OverflowError:
        return None


def _text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
