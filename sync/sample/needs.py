"""When somebody has to come: a citizen's visits of one day as they were granted, before anybody plans a route."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sync.sample.dice import Dice
from sync.sample.person import Person
from sync.sample.town import Town

_SATURDAY: Final = 6
_FORTNIGHT: Final = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """One visit that is wanted `at` so many minutes after midnight and takes `minutes`; a `critical` one on the dot."""

    person: Person
    kind: str
    at: int
    minutes: int
    law: str
    extra: tuple[str, ...] = ()
    critical: bool = False
    staff: int = 1
    nurse: bool = False


def of_day(town: Town, person: Person, day: date) -> Iterator[Need]:
    """All visits of the day, also at night; the habits are the same every day, the rest comes round by the calendar."""
    habit = Dice("habit", town.country, person.turn)
    words: Any = town.words.care["visits"]["words"]
    care, health, _ = _LAWS[town.country]
    staff = 2 if person.has("lift") else 1
    at = {
        "morning": habit.between(7 * 12, (9 if person.has("staff_medicine") else 10) * 12) * 5,
        "noon": habit.between(23 * 6, 26 * 6) * 5,
        "evening": habit.between(17 * 12, 19 * 12) * 5,
        "bedtime": habit.between(20 * 12 + 6, 22 * 12) * 5,
        "night": habit.between(12, 5 * 12) * 5,
        "late": habit.between(23 * 12 + 4, 24 * 12 - 1) * 5,
    }
    stockings = (words["stockings"],) if person.has("heart") else ()
    catheter = (words["catheter"],) if person.has("catheter") else ()
    exact = _exact(person)
    for time in exact[1]:
        yield Need(person=person, kind=exact[0], at=time, minutes=15, law=health, critical=True, staff=1)
    if person.level >= 1:
        extra = (*_timed(words, person, "08:00"), *stockings, *catheter)
        minutes = habit.pick([20, 25, 30, 35, 40]) + (10 if staff > 1 else 0)
        yield Need(person=person, kind="morning", at=at["morning"], minutes=minutes, law=care, extra=extra, staff=staff)
    if person.level >= 2:  # noqa: PLR2004
        extra = (*_timed(words, person, "18:00"), *(stockings if person.level < 3 else ()))  # noqa: PLR2004
        minutes = habit.pick([15, 20, 25])
        yield Need(person=person, kind="evening", at=at["evening"], minutes=minutes, law=care, extra=extra, staff=staff)
    if person.level >= 3:  # noqa: PLR2004
        noon = _timed(words, person, "12:00")
        yield Need(person=person, kind="noon", at=at["noon"], minutes=habit.pick([15, 20, 25]), law=care, extra=noon)
        late = (*catheter, *stockings)
        yield Need(person=person, kind="bedtime", at=at["bedtime"], minutes=20, law=care, extra=late, staff=staff)
    if person.has("night"):
        yield Need(person=person, kind="night", at=at["night"], minutes=15, law=care)
        yield Need(person=person, kind="night", at=at["late"], minutes=15, law=care)
    yield from _by_calendar(person, day, habit, _LAWS[town.country])


def _by_calendar(person: Person, day: date, habit: Dice, laws: tuple[str, str, str]) -> Iterator[Need]:
    """What comes round once or twice a week, or every other week; never at the weekend, except a wound."""
    care, health, practical = laws
    weekend = day.isoweekday() >= _SATURDAY
    turn, number = person.turn, day.toordinal()
    if person.has("wound") and number % 3 == turn % 3:
        at = habit.between(9 * 12, 14 * 12) * 5
        yield Need(person=person, kind="wound", at=at, minutes=30, law=health, nurse=True)
    if weekend:
        return
    if person.level >= 1 and number % 7 == 1 + turn % 5:
        at = habit.between(10 * 12, 13 * 12) * 5
        yield Need(person=person, kind="bath", at=at, minutes=30, law=care, staff=2 if person.has("lift") else 1)
    if number % _FORTNIGHT == (turn * 3) % _FORTNIGHT:
        at = habit.between(9 * 12, 14 * 12) * 5
        yield Need(person=person, kind="dispense", at=at, minutes=25, law=health, nurse=True)
    if person.has("home") and number % _FORTNIGHT == (turn * 5 + 2) % _FORTNIGHT:
        at = habit.between(11 * 12, 14 * 12) * 5
        yield Need(person=person, kind="cleaning", at=at, minutes=45, law=practical)
    if number % 7 == 1 + turn % 5 and (person.level == 0 or turn % 4 == 0):
        at = habit.between(8 * 12, 13 * 12) * 5
        yield Need(person=person, kind="follow", at=at, minutes=20, law=health, nurse=True)


def _exact(person: Person) -> tuple[str, tuple[int, ...]]:
    """What must be given on the minute, and when (minutes after midnight)."""
    if not person.has("staff_medicine"):
        return "", ()
    if person.has("parkinson"):
        return "parkinson", (7 * 60, 11 * 60, 15 * 60, 19 * 60)
    if person.has("insulin"):
        return "insulin", (7 * 60 + 45, 17 * 60 + 30)
    return "", ()


def _timed(words: dict[str, str], person: Person, time: str) -> tuple[str, ...]:
    return (words["medicine"].format(time=time),) if person.has("staff_medicine") else ()


# Care, health care, practical help: by which law each is granted.
_LAWS: Final = {"DK": ("SEL § 83", "SUL § 138", "Ældreloven"), "SE": ("SoL", "HSL", "SoL")}
