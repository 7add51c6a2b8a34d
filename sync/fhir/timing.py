"""FHIR Timing: when a dose is due, as far as `Dose` can say it exactly; what it cannot say stays in words beside it.

Nothing is guessed. "Twice a week" without weekdays names no day; "every second day" counts from the stated start, and
without one names no day. Meal codes name the slot that the meal stands in and keep their words. Every x hours is a
number a day where it comes out even.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from backupreader.domain.records import Slot
from sync.fhir.concept import joined, labelled, range_text, said
from sync.fhir.frequency import frequency
from sync.fhir.reading import Reading
from sync.fhir.shape import Json, part, parts, whole, word, words

_SLOTS: Final[dict[str, Slot]] = {
    "MORN": "morning", "MORN.early": "morning", "MORN.late": "morning", "NOON": "noon",
    "AFT": "afternoon", "AFT.early": "afternoon", "AFT.late": "afternoon",
    "EVE": "evening", "EVE.early": "evening", "EVE.late": "evening", "NIGHT": "night",
    "HS": "night", "WAKE": "morning", "CM": "morning", "CD": "noon", "CV": "evening",
    "ACM": "morning", "ACD": "noon", "ACV": "evening", "PCM": "morning", "PCD": "noon", "PCV": "evening",
}  # fmt: skip
_EVENTS: Final = {
    "HS": "before sleep", "WAKE": "after waking",
    "C": "at a meal", "CM": "at breakfast", "CD": "at lunch", "CV": "at dinner",
    "AC": "before meal", "ACM": "before breakfast", "ACD": "before lunch", "ACV": "before dinner",
    "PC": "after meal", "PCM": "after breakfast", "PCD": "after lunch", "PCV": "after dinner", "PHS": "after sleep",
    "MORN.early": "early morning", "MORN.late": "late morning",
    "AFT.early": "early afternoon", "AFT.late": "late afternoon",
    "EVE.early": "early evening", "EVE.late": "late evening",
}  # fmt: skip
_DAYS: Final = {"mon": "1", "tue": "2", "wed": "3", "thu": "4", "fri": "5", "sat": "6", "sun": "7"}
_A_DAY: Final = {"QD": 1, "BID": 2, "TID": 3, "QID": 4}
_CLOCK: Final = re.compile(r"((?:[01][0-9]|2[0-3]):[0-5][0-9])(?::[0-5][0-9](?:\.[0-9]+)?)?")
_ONE: Final = re.compile(r"1(?:\.0+)?")
_MIDNIGHT: Final = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})T00:00(?::00(?:\.0+)?)?(?:Z|\+00:00)")


@dataclass(frozen=True, slots=True)
class Moment:
    """One time at which a dose is due, on the days that a `Rule` says."""

    time: str | None = None
    slot: Slot | None = None
    times_per_day: int | None = None
    words: str | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """What a Timing says. `words` is what did not fit into the rest."""

    moments: tuple[Moment, ...] = (Moment(),)
    weekdays: str | None = None
    every_days: int | None = None
    start: str | None = None
    end: str | None = None
    words: str | None = None
    interval: str | None = None


def bounds(reading: Reading, holder: Json, key: str) -> tuple[str | None, str | None]:
    """A period of medicine.

    A moment of exactly midnight UTC is a day that the export wrote as a moment, and is read as that day.

    FMK's export writes every date so; read as a moment, the last day of a treatment would end one or two hours after
    local midnight.
    """
    start, end = reading.period(holder, key)
    return as_day(start), as_day(end)


def as_day(moment: str | None) -> str | None:
    """The day of a moment that is exactly midnight UTC; any other moment as it is."""
    match = _MIDNIGHT.fullmatch(moment) if moment else None
    return match[1] if match else moment


def rule(reading: Reading, timing: Json, *, in_turn: bool = False) -> Rule:
    """What `timing` says of the days and the times on them; `in_turn`: it follows another one, or comes before it."""
    repeat = part(timing, "repeat")
    start, end = bounds(reading, repeat, "boundsPeriod")
    said_words = [labelled("code", said(part(timing, "code")))] if part(timing, "code") else []
    said_words += [
        labelled("duration", reading.quantity_text(repeat, "boundsDuration")),
        labelled("duration", range_text(repeat, "boundsRange", reading.decimals)),
    ]
    count = whole(repeat, "count")
    if count is not None:
        said_words.append(f"count: {count}")
    often = frequency(reading, repeat, start)
    every, a_day = often.every_days, often.a_day
    if not repeat:
        code = next((found for item in parts(part(timing, "code"), "coding") if (found := word(item, "code"))), None)
        a_day = _A_DAY.get(code or "")
        every = 1 if a_day else None
    weekdays = _weekdays(reading, repeat)
    unsaid = _unsaid(reading, repeat, end) or (in_turn and start is None and end is None)
    if unsaid:
        every = weekdays = None
        said_words.append(", ".join(words(repeat, "dayOfWeek")))
    if weekdays is not None:
        every = None
        if word(repeat, "periodUnit") == "wk":  # three a week on three named days is once on each
            a_day = 1 if whole(repeat, "frequency") in {None, len(weekdays)} else None
    moments = _moments(reading, repeat, a_day, said_words)
    bare = every is None and weekdays is None and often.words is None and not unsaid
    if (moments[0].time or moments[0].slot) and bare:
        every = 1  # "in the morning", and no word of any other period: FHIR's timing repeats daily
    said_words.append(often.words)
    return Rule(moments, weekdays, every, start, end, joined("; ", said_words), often.interval)


def _unsaid(reading: Reading, repeat: Json, end: str | None) -> bool:
    """Do the days stay unknown whatever else is said?

    So it is where the doses end after a count or a length whose last day is not stated, where one of the weekdays
    cannot be read, and where weekdays come in another period than a week ("every second Monday").
    """
    limited = {"count", "boundsDuration", "boundsRange"} & repeat.keys()
    if limited and end is None:
        return True
    days = words(repeat, "dayOfWeek")
    unit, length = word(repeat, "periodUnit"), reading.number(repeat, "period")
    weekly = unit in {None, "h"} or (unit in {"d", "wk"} and _ONE.fullmatch(length or "1") is not None)
    return bool(days) and not (weekly and _DAYS.keys() >= set(days))


def _weekdays(reading: Reading, repeat: Json) -> str | None:
    days = words(repeat, "dayOfWeek")
    for day in days:
        if day not in _DAYS:
            reading.issue("value-unknown", "timing.repeat.dayOfWeek", day, "error")
    return "".join(sorted({_DAYS[day] for day in days if day in _DAYS})) or None


def _moments(reading: Reading, repeat: Json, a_day: int | None, said_words: list[str | None]) -> tuple[Moment, ...]:
    found: list[Moment] = []
    for text in words(repeat, "timeOfDay"):
        match = _CLOCK.fullmatch(text)
        if match is None:
            reading.issue("value-unknown", "timing.repeat.timeOfDay", text, "error")
            said_words.append(text)
        else:
            found.append(Moment(time=match[1]))
    offset = whole(repeat, "offset")
    before = f"{offset} min " if offset else ""
    for code in words(repeat, "when"):
        slot = _SLOTS.get(code)
        event = before + _EVENTS[code] if code in _EVENTS else None
        if slot is None:
            if code not in _EVENTS:
                reading.issue("value-unknown", "timing.repeat.when", code, "error")
            said_words.append(event or code)
        else:
            found.append(Moment(slot=slot, words=event))
    if found and a_day is not None and a_day not in {1, len(found)}:
        said_words.append(f"{a_day} / 1 d")
    return tuple(found) or (Moment(times_per_day=a_day),)


def events(reading: Reading, timing: Json) -> list[Rule]:
    """The single days, with their clock times, that a Timing lists one by one."""
    found: list[Rule] = []
    for text in words(timing, "event"):
        holder = {"event": text}
        moment = reading.moment(holder, "event")
        if moment is None:
            continue
        clock = _CLOCK.match(moment[11:]) if as_day(moment) == moment else None
        day = (as_day(moment) or moment)[:10]
        found.append(
            replace(Rule(), moments=(Moment(time=clock[1] if clock else None),), every_days=1, start=day, end=day)
        )
    return found


def repetition(reading: Reading, holder: Json, stem: str) -> str | None:
    """How often an intervention comes, in words: FHIR's codes and numbers as they stand."""
    timing = part(holder, stem + "Timing")
    repeat = part(timing, "repeat")
    written = word(holder, stem + "String")
    if not timing:
        return written
    every = reading.number(repeat, "period")
    times = whole(repeat, "frequency")
    period = (
        f"{times if times is not None else 1} / {every} {word(repeat, 'periodUnit') or ''}".strip() if every else None
    )
    return joined(
        "; ",
        [
            written,
            said(part(timing, "code")),
            period,
            joined(", ", [*words(repeat, "dayOfWeek")]),
            joined(", ", [*words(repeat, "when")]),
            joined(", ", [*words(repeat, "timeOfDay")]),
            joined(", ", [*words(timing, "event")]),
        ],
    )
