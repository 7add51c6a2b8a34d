"""A citizen's medicine list: orders that fit what ails, some paused, some stopped, some that end within days."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any, Final, cast

from backupreader.domain.records import Dose, Medication, MedicationKind
from sync.sample.citizens import HERE
from sync.sample.dice import Dice
from sync.sample.dosing import Dosage, Prescriber
from sync.sample.person import Person
from sync.sample.town import Town
from sync.sample.words import Drug

_PENICILLINS: Final = "J01C"
_ASPIRIN: Final = "B01AC06"


@dataclass(frozen=True, slots=True)
class Order:
    """One order with its structured doses; `apart` is the least number of hours between doses given when needed."""

    medication: Medication
    doses: tuple[Dose, ...]
    apart: int = 0


def orders(town: Town, person: Person) -> Iterator[Order]:
    """The citizen's orders: current ones first, then those that have been stopped."""
    dice = Dice("medicine", town.country, person.turn)
    prescriber = Prescriber(town.words.medicine, town.taken.date())
    count = _quota(town, person.turn)
    past = min(dice.between(1, 3), count // 5)
    chosen = _chosen(town, person, dice, count - past)
    earlier = dice.some(_others(town, person, chosen), count - len(chosen))
    habits = _Habits(
        clock=dice.chance(0.55),
        dispensed=person.has("staff_medicine") and dice.chance(0.25),
        doctor=dice.pick(town.words.people["people"]["doctors"]),
        reviewed=town.taken.date() - timedelta(days=dice.between(2, 200)),
    )
    for number, drug in enumerate([*chosen, *earlier], start=1):
        dosage = prescriber.dosage(drug, dice.pick(drug.doses), dice, clock=habits.clock)
        own = _Numbered(habits, person.id, number, drug)
        yield _order(town, dice, own, dosage, current=number <= len(chosen))


@dataclass(frozen=True, slots=True)
class _Habits:
    """What holds for all orders of one citizen."""

    clock: bool
    dispensed: bool
    doctor: str
    reviewed: date


@dataclass(frozen=True, slots=True)
class _Numbered:
    """The place of one order on its citizen's list."""

    habits: _Habits
    citizen: str
    number: int
    drug: Drug


def _quota(town: Town, turn: int) -> int:
    """How many orders: two neighbours together have twice the average, so the sum is exact."""
    apart = Dice("quota", town.country, turn // 2).between(-4, 4)
    return town.size.orders + (apart if turn % 2 == 0 else -apart)


def _may(person: Person, drug: Drug) -> bool:
    if person.has("penicillin") and drug.atc.startswith(_PENICILLINS):
        return False
    if person.sex == "female" and drug.trait == "male":
        return False
    return not (person.has("asa") and drug.atc == _ASPIRIN)


def _chosen(town: Town, person: Person, dice: Dice, count: int) -> list[Drug]:
    """`count` drugs or a few less: what the illnesses call for first, then what many take."""
    taken: list[Drug] = []
    groups: set[str] = set()

    def take(drugs: list[Drug], *, sure: bool) -> None:
        for drug in drugs:
            again = drug.group in groups or any(drug.name == own.name for own in taken)
            if len(taken) < count and not again and _may(person, drug) and (sure or dice.chance(drug.share)):
                taken.append(drug)
                groups.update({drug.group} - {""})

    ill = [drug for drug in town.words.drugs if drug.trait != "common" and person.has(drug.trait)]
    ordinary = [drug for drug in town.words.drugs if drug.trait == "common"]
    take([drug for drug in ill if drug.share >= 1], sure=True)
    take(ill, sure=False)
    take(ordinary, sure=False)
    take(dice.some(ordinary, len(ordinary)), sure=True)
    return taken


def _others(town: Town, person: Person, chosen: list[Drug]) -> list[Drug]:
    """What may have been taken before: nothing that is taken now, and no cure."""
    names = {drug.substance for drug in chosen}
    return [
        drug
        for drug in town.words.drugs
        if drug.substance not in names
        and _may(person, drug)
        and (drug.trait == "common" or person.has(drug.trait))
        and not drug.doses[0].startswith(("course", "taper"))
    ]


def _order(town: Town, dice: Dice, own: _Numbered, dosage: Dosage, *, current: bool) -> Order:
    today, number, habits, drug = town.taken.date(), own.number, own.habits, own.drug
    start = dosage.start or today - timedelta(days=dice.between(12, 1400))
    end = dosage.end
    medication = Medication(
        id=f"{own.citizen}-m{number}",
        citizen=own.citizen,
        drug=drug.name,
        origin=HERE,
        list=town.words.medicine["list_central"],
        substance=drug.substance,
        atc=drug.atc,
        form=drug.form,
        strength=drug.strength or None,
        route=drug.route,
        indication=drug.indication,
        kind=cast("MedicationKind", "fixed" if dosage.kind == "text" else dosage.kind),
        dosage_text=dosage.text,
        instruction=drug.instruction,
        start=start.isoformat(),
        end=None if end is None else end.isoformat(),
        max_per_day=dosage.most,
        min_interval=dosage.apart,
        prescriber=habits.doctor,
        prescribed_at=datetime.combine(start, time(8 + number % 8, number * 7 % 60)).isoformat(timespec="minutes"),
        reviewed_at=habits.reviewed.isoformat(),
        dose_dispensed=_dispensed(habits, dosage, drug),
        private=dice.chance(0.008),
    )
    if end is not None and end < today:
        medication = replace(medication, status="completed")
    elif not current:
        medication = _stopped(town, dice, medication)
    elif dosage.kind == "fixed":
        medication = _changed(town, dice, medication)
    doses = tuple(_doses(medication, drug, dosage))
    return Order(medication, doses, int((dosage.apart or "0").split()[0]))


def _dispensed(habits: _Habits, dosage: Dosage, drug: Drug) -> bool | None:
    if not habits.dispensed:
        return None
    solid = any(word in drug.form for word in ("tablet", "kaps"))
    return solid and dosage.kind == "fixed" and all(portion.weekdays is None for portion in dosage.portions)


def _stopped(town: Town, dice: Dice, medication: Medication) -> Medication:
    words: Any = town.words.medicine
    start = date.fromisoformat(medication.start or "")
    end = max(start, town.taken.date() - timedelta(days=dice.between(1, 60)))
    return replace(medication, status="stopped", end=end.isoformat(), stop_reason=dice.pick(words["stop_reasons"]))


def _changed(town: Town, dice: Dice, medication: Medication) -> Medication:
    """A few current orders are paused, and a few end today or within days."""
    words: Any = town.words.medicine
    today = town.taken.date()
    fate = dice.throw()
    if fate < 0.04:  # noqa: PLR2004
        ends = (today + timedelta(days=dice.between(1, 6))).isoformat() if dice.chance(0.7) else None
        return replace(
            medication,
            status="paused",
            paused_from=(today - timedelta(days=dice.between(1, 9))).isoformat(),
            paused_to=ends,
            remark=dice.pick(words["pause_reasons"]),
        )
    if fate < 0.08:  # noqa: PLR2004
        return replace(medication, end=(today + timedelta(days=dice.between(0, 5))).isoformat())
    return medication


def _doses(medication: Medication, drug: Drug, dosage: Dosage) -> Iterator[Dose]:
    amounts = [amount for portion in dosage.portions for amount in (portion.quantity, portion.quantity_max) if amount]
    unit = drug.unit_for(amounts)
    for number, portion in enumerate(dosage.portions, start=1):
        yield Dose(
            id=f"{medication.id}-{number}",
            medication=medication.id,
            citizen=medication.citizen,
            origin=HERE,
            quantity=portion.quantity,
            quantity_max=portion.quantity_max,
            unit=unit,
            time=portion.time,
            slot=portion.slot,
            weekdays=portion.weekdays,
            every_days=portion.every_days,
            start=None if portion.start is None else portion.start.isoformat(),
            end=None if portion.end is None else portion.end.isoformat(),
            prn=dosage.kind == "prn",
            max_per_day=dosage.most,
            min_interval=dosage.apart,
        )
