"""What ails a citizen and what is done about it: conditions, interventions with their instructions, measurements."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any, Final

from backupreader.domain.records import Condition, Intervention, Measurement
from sync.sample.citizens import HERE
from sync.sample.dice import Dice
from sync.sample.person import AWAY, Person
from sync.sample.speech import Speech, decimal, pressure, weight
from sync.sample.staff import carers
from sync.sample.town import Town

_ENDED: Final = 0.12


def conditions(town: Town, person: Person) -> Iterator[Condition]:
    """Diagnoses, and conditions of health and function, with the professional assessment."""
    dice = Dice("condition", town.country, person.turn)
    speech = Speech(town, person, dice)
    care: Any = town.words.care
    fitting = [entry for entry in care["condition"] if person.has(entry["trait"])]
    for number, entry in enumerate(fitting, start=1):
        recorded = _some_day(town, dice, 20, 1200)
        ended = dice.chance(_ENDED / 4) and entry["trait"] in {"mood", "wound"}
        yield Condition(
            id=f"{person.id}-{number}",
            citizen=person.id,
            text=entry["text"],
            origin=HERE,
            kind=entry["kind"],
            code_system=entry["code_system"],
            code=entry["code"],
            status="inactive" if ended else "active",
            severity=dice.pick(care["severities"]) if entry.get("severity") else None,
            assessment=speech.say(dice.pick(entry["assessment"])),
            expected=speech.say(entry["expected"]) if "expected" in entry else None,
            start=recorded.date().isoformat(),
            end=(town.taken.date() - timedelta(days=9)).isoformat() if ended else None,
            recorded_at=recorded.isoformat(timespec="minutes"),
            recorded_by=dice.pick(town.words.people["people"]["nurses"]),
        )


def interventions(town: Town, person: Person) -> Iterator[Intervention]:
    """What is to be done, how and why; a few have ended."""
    dice = Dice("intervention", town.country, person.turn)
    speech = Speech(town, person, dice)
    care: Any = town.words.care
    repetition: dict[str, str] = care["repetition"]
    fitting = [entry for entry in care["intervention"] if person.has(entry["trait"])]
    reasons = {entry["trait"]: entry["text"] for entry in care["condition"]}
    for number, entry in enumerate(fitting, start=1):
        start = _some_day(town, dice, 15, 900).date()
        ended = entry["trait"] == "home" and dice.chance(_ENDED)
        nurse = entry.get("nurse") or entry["trait"] in {"insulin", "catheter", "copd", "wound"}
        yield Intervention(
            id=f"{person.id}-{number}",
            citizen=person.id,
            text=entry["text"],
            origin=HERE,
            kind=entry["kind"],
            code_system=entry.get("code_system"),
            code=entry.get("code"),
            law=entry["law"],
            status="ended" if ended else "active",
            instruction=speech.say(dice.pick(entry["instruction"])),
            goal=speech.say(entry["goal"]),
            reason=reasons.get(entry["trait"]),
            repetition=repetition[entry["repetition"]],
            minutes=entry.get("minutes"),
            staff_needed=entry.get("staff"),
            responsible=town.nursing.name if nurse else person.place.name,
            start=start.isoformat(),
            end=(town.taken.date() - timedelta(days=dice.between(2, 90))).isoformat() if ended else None,
            follow_up=_follow_up(town, dice, start).isoformat(),
        )


def _follow_up(town: Town, dice: Dice, start: date) -> date:
    return max(start, town.taken.date()) + timedelta(days=dice.between(-10, 160))


def _some_day(town: Town, dice: Dice, least: int, most: int) -> datetime:
    day = town.taken - timedelta(days=dice.between(least, most))
    return day.replace(hour=dice.between(8, 15), minute=dice.below(60))


def measurements(town: Town, person: Person) -> Iterator[Measurement]:
    """Weight for all; what the illnesses call for besides, newest last."""
    dice = Dice("measure", town.country, person.turn)
    number = 0
    last = person.since if person.status in AWAY else town.taken
    for name, every, count in _plan(person):
        for turn in range(count, 0, -1):
            number += 1
            hours = (turn - 1) * every + dice.between(1, max(2, every // 2))
            at = last - timedelta(hours=hours, minutes=dice.below(60))
            if every >= 24:  # noqa: PLR2004 (what is not measured round the clock is measured in the morning)
                at = min(at.replace(hour=dice.between(7, 10)), last - timedelta(minutes=5))
            said, unit, code, system = town.words.care["measure"][name]
            yield Measurement(
                id=f"{person.id}-{number}",
                citizen=person.id,
                name=said,
                value=_value(town, person, dice, name),
                origin=HERE,
                unit=unit,
                code_system=system or None,
                code=code or None,
                taken_at=at.isoformat(timespec="minutes"),
                taken_by=dice.pick(carers(town.country, person.place.id)),
            )


def _plan(person: Person) -> Iterator[tuple[str, int, int]]:
    """Name, hours between, how many."""
    yield "weight", 24 * 3 if person.has("heart") else 24 * 30, 4
    if person.traits & {"heart", "hypertension", "stroke"}:
        yield "bp", 24 * 7, 3
        yield "pulse", 24 * 7, 3
    if person.has("diabetes"):
        yield "sugar", 8 if person.has("insulin") else 24 * 3, 9 if person.has("insulin") else 4
    if person.has("warfarin"):
        yield "inr", 24 * 14, 4
    if person.has("copd"):
        yield "sat", 24, 3
        yield "resp", 24, 3
    if person.has("infection"):
        yield "temp", 12, 4
        yield "score", 12, 4


def _value(town: Town, person: Person, dice: Dice, name: str) -> str:
    if name == "weight":
        return decimal(weight(town, person) + dice.decimal(-1.2, 1.2))
    if name == "bp":
        return pressure(dice)
    if name in _DECIMALS:
        return decimal(dice.decimal(*_DECIMALS[name]))
    return str(dice.between(*_WHOLE[name]))


_DECIMALS: Final = {"sugar": (4.6, 15.2), "inr": (1.9, 3.2), "temp": (36.4, 38.3)}
_WHOLE: Final = {"pulse": (58, 96), "sat": (89, 95), "resp": (14, 24), "score": (0, 3)}
