"""What was given, refused or put off of a citizen's medicine until the export was taken, and what is planned then."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any, Final, Literal, TypeAlias

from backupreader.domain.records import Administration, Dose
from sync.sample.citizens import HERE
from sync.sample.dice import Dice
from sync.sample.dosing import SLOTS
from sync.sample.medicine import Order
from sync.sample.person import AWAY, Person
from sync.sample.staff import carers
from sync.sample.town import Town

_BEFORE: Final = timedelta(days=2)
_AFTER: Final = timedelta(hours=36)

_Status: TypeAlias = Literal["given", "refused", "postponed", "not-given"]


def administrations(town: Town, person: Person, orders: list[Order]) -> Iterator[Administration]:
    """For those whose medicine staff give: the last two days, and a day and a half ahead."""
    if not person.has("staff_medicine") or person.status in AWAY:
        return
    dice = Dice("given", town.country, person.turn)
    for order in orders:
        if order.medication.status == "active":
            if order.medication.kind == "prn":
                yield from _when_needed(town, person, dice, order)
            else:
                yield from _fixed(town, person, dice, order)


def _fixed(town: Town, person: Person, dice: Dice, order: Order) -> Iterator[Administration]:
    medication = order.medication
    first, last = town.taken - _BEFORE, town.taken + _AFTER
    number = 0
    for offset in range(-2, 3):
        day = town.taken.date() + timedelta(days=offset)
        if not (medication.start or "") <= day.isoformat() <= (medication.end or "9999"):
            continue
        for dose in order.doses:
            due = datetime.combine(day, _clock(town, dose))
            if not is_due(dose, day) or not first <= due <= last:
                continue
            number += 1
            plain = Administration(
                id=f"{medication.id}-g{number}",
                citizen=medication.citizen,
                origin=HERE,
                medication=medication.id,
                drug=f"{medication.drug} {medication.strength or ''}".strip(),
                planned_at=_text(due),
                status="planned",
                quantity=dose.quantity,
                unit=dose.unit,
            )
            yield plain if due > town.taken else _done(town, person, dice, plain, due)


def _done(town: Town, person: Person, dice: Dice, planned: Administration, due: datetime) -> Administration:
    chance = dice.throw()
    status: _Status = "given"
    if chance < 0.03:  # noqa: PLR2004
        status = "refused" if chance < 0.015 else "postponed" if chance < 0.02 else "not-given"  # noqa: PLR2004
    words: Any = town.words.medicine
    at = min(town.taken, due + timedelta(minutes=dice.between(-15, 25)))
    return Administration(
        id=planned.id,
        citizen=planned.citizen,
        origin=HERE,
        medication=planned.medication,
        drug=planned.drug,
        planned_at=planned.planned_at,
        given_at=_text(at) if status == "given" else None,
        status=status,
        quantity=planned.quantity,
        unit=planned.unit,
        by=_on_duty(town, person, at),
        reason=None if status == "given" else dice.pick(words["refusal_reasons"]),
    )


def _when_needed(town: Town, person: Person, dice: Dice, order: Order) -> Iterator[Administration]:
    """Up to four times in the last days, never closer than the order allows."""
    words: Any = town.words.medicine
    at = town.taken - timedelta(minutes=dice.between(20, 2000))
    apart = max(order.apart, 4)
    dose = order.doses[0]
    for number in range(1, dice.between(0, 4) + 1):
        yield Administration(
            id=f"{order.medication.id}-g{number}",
            citizen=order.medication.citizen,
            origin=HERE,
            medication=order.medication.id,
            drug=f"{order.medication.drug} {order.medication.strength or ''}".strip(),
            given_at=_text(at),
            status="given",
            quantity=dose.quantity,
            unit=dose.unit,
            by=_on_duty(town, person, at),
            reason=words["prn_reason"].get(order.medication.atc, order.medication.indication),
            effect=dice.pick(words["prn_effects"]) if dice.chance(0.8) else None,
        )
        at -= timedelta(minutes=apart * 60 + dice.between(0, 1400))


def is_due(dose: Dose, day: date) -> bool:
    """Is this line of a fixed dosage given on that day?"""
    if not (dose.start or "") <= day.isoformat() <= (dose.end or "9999"):
        return False
    if dose.weekdays is not None:
        return str(day.isoweekday()) in dose.weekdays
    if dose.every_days and dose.start:
        return (day - date.fromisoformat(dose.start)).days % dose.every_days == dose.day_no - 1
    return True


def _on_duty(town: Town, person: Person, at: datetime) -> str:
    """Who gives the medicine at that hour: the same carer for a whole shift."""
    names = carers(town.country, person.place.id)
    shift = 1 if 7 <= at.hour < 15 else 2 if 15 <= at.hour < 23 else 3  # noqa: PLR2004 (the hours of the shifts)
    return names[(at.toordinal() * 3 + shift * 11 + person.turn % 6) % len(names)]


def _clock(town: Town, dose: Dose) -> time:
    times: list[str] = town.words.medicine["times"]
    if dose.slot is not None:
        return time.fromisoformat(times[SLOTS.index(dose.slot)])
    return time.fromisoformat(dose.time or times[0])


def _text(moment: datetime) -> str:
    return moment.isoformat(timespec="minutes")
