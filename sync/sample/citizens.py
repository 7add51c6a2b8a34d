"""Who a citizen is, for the record: the citizen, the people round them, what must be known first, and how to get in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, Final, cast

from backupreader.domain.records import (
    Access,
    AccessCode,
    Alert,
    Citizen,
    CitizenStatus,
    Contact,
    Identifier,
    Origin,
    Unit,
)
from sync.sample.dice import Bag, Dice
from sync.sample.numbers import danish_phone, swedish_phone
from sync.sample.person import Person
from sync.sample.town import Place, Town

HERE: Final = Origin("sample", 0)
_SHOWN_ALERTS: Final = {"penicillin": 0, "asa": 1, "mrsa": 5, "resuscitation": 7, "staff-safety": 9, "fall": 11}


def phone(town: Town, dice: Dice, *, mobile: bool = True) -> str:
    """A telephone number that nobody has."""
    return danish_phone(dice) if town.country == "DK" else swedish_phone(dice, mobile=mobile)


def unit(town: Town, place: Place) -> Unit:
    """The record of a unit."""
    dice = Dice("unit", town.country, place.id)
    people = town.words.people
    street = f"{dice.pick(people['places']['streets'])} {dice.between(1, 90)}"
    return Unit(
        id=place.id,
        name=place.name,
        origin=HERE,
        kind=people["places"]["unit_kinds"][place.kind],
        parent=None if place.kind == "top" else "1000",
        phone=phone(town, dice, mobile=False),
        address=street,
    )


def citizen(town: Town, person: Person) -> Citizen:
    """The record of the citizen."""
    dice = Dice("citizen", town.country, person.turn)
    people: Any = town.words.people
    places = people["places"]
    postal_code, city = dice.pick(places["towns"])
    room = None
    if person.place.kind == "team":
        address = f"{dice.pick(places['streets'])} {dice.between(1, 120)}"
        if dice.chance(0.4):
            address += f", {dice.pick(places['floors'])}"
    else:
        own = unit(town, person.place)
        address = own.address or ""
        postal_code, city = places["towns"][0]
        room = places["room"].format(n=person.turn - person.place.first + 1)
    protected = person.has("protected")
    civil = people["people"]
    return Citizen(
        id=person.id,
        name=person.name,
        origin=HERE,
        given=person.given,
        family=person.family,
        birth_date=person.born.isoformat(),
        sex=person.sex,
        identifiers=(_identifier(town, person),),
        address=address,
        postal_code=postal_code,
        city=city,
        room=room,
        phone=phone(town, dice, mobile=dice.chance(0.5)) if dice.chance(0.93) else None,
        unit=person.place.id,
        status=cast("CitizenStatus", person.status),
        status_since=None if person.status == "home" else person.since.isoformat(timespec="minutes"),
        protected_name=protected and person.turn % 2 == 1,
        protected_address=protected,
        language=person.language or (civil["language"] if dice.chance(0.3) else None),
        interpreter=person.interpreter,
        marital_status=_marital(dice, person, civil),
        remark=dice.pick(people["people"]["remarks"]) if dice.chance(0.25) else None,
    )


def _identifier(town: Town, person: Person) -> Identifier:
    if town.country == "DK":
        return Identifier("cpr", person.number)
    return Identifier("personnummer", f"{person.number[:8]}-{person.number[8:]}")


def _marital(dice: Dice, person: Person, civil: dict[str, Any]) -> str:
    married, widow, widower, single, divorced = civil["married"]
    widowed = widow if person.sex == "female" else widower
    return str(dice.pick([married, married, widowed, widowed, widowed, single, divorced]))


def contacts(town: Town, person: Person) -> Iterator[Contact]:
    """Relatives in the order in which they are to be rung, a guardian, the general practitioner."""
    dice = Dice("contact", town.country, person.turn)
    civil: Any = town.words.people["people"]
    family = person.family if person.language or dice.chance(0.7) else dice.pick(town.words.people["family"]["names"])
    relations = [person.relative]
    if dice.chance(0.55):
        relations.append(tuple(dice.pick([own for own in civil["relations"] if own[0] != person.relative[0]])))
    for number, (relation, _, sex, *old) in enumerate(relations, start=1):
        given = dice.pick(_given_names(town, person, female=sex == "F", old=bool(old)))
        yield Contact(
            id=f"{person.id}-{number}",
            citizen=person.id,
            name=f"{given} {family}",
            origin=HERE,
            kind="relative",
            relation=relation,
            phone=phone(town, dice),
            phone2=phone(town, dice, mobile=False) if dice.chance(0.25) else None,
            priority=number,
            ring_at_night=dice.chance(0.6) if dice.chance(0.85) else None,
            has_key=dice.chance(0.4),
            note=dice.pick(civil["contact_notes"]) if dice.chance(0.4) else None,
        )
    if person.has("dementia") and dice.chance(0.35):
        name = f"{dice.pick(civil['young_female'])} {dice.pick(town.words.people['family']['names'])}"
        yield Contact(
            id=f"{person.id}-8",
            citizen=person.id,
            name=civil["guardian_name"].format(name=name),
            origin=HERE,
            kind="guardian",
            relation=civil["guardian"],
            phone=phone(town, dice),
            ring_at_night=False,
        )
    practice = dice.below(len(civil["gp"]))
    yield Contact(
        id=f"{person.id}-9",
        citizen=person.id,
        name=civil["gp"][practice],
        origin=HERE,
        kind="gp",
        phone=phone(town, Dice("practice", town.country, practice), mobile=False),
    )
    if dice.chance(0.4):
        yield Contact(
            id=f"{person.id}-10",
            citizen=person.id,
            name=civil["pharmacy"],
            origin=HERE,
            kind="pharmacy",
            phone=phone(town, Dice("pharmacy", town.country), mobile=False),
        )


def alerts(town: Town, person: Person) -> Iterator[Alert]:
    """What must be known first; or the stated "none known"; or, for some, nothing at all."""
    dice = Dice("alert", town.country, person.turn)
    kinds: Any = town.words.people["alerts"]
    said: Any = town.words.people["alert_words"]
    chosen = {index for trait, index in _SHOWN_ALERTS.items() if person.has(trait)}
    if person.has("stroke") and dice.chance(0.6):
        chosen.add(12)
    spread = Bag(range(len(kinds)), [kind["weight"] for kind in kinds])
    while dice.chance(0.35):
        chosen.add(spread.draw(dice))
    chosen -= {_SHOWN_ALERTS[trait] for trait in ("penicillin", "asa") if not person.has(trait)}
    if person.has("lift"):
        chosen.discard(_SHOWN_ALERTS["fall"])
    for index in sorted(chosen):
        kind = kinds[index]
        yield _alert(town, person, dice, f"{index + 1:02d}", kind)
    if person.traits & {"warfarin", "af"}:
        words = {"kind": "treatment", "text": said["anticoagulant"], "note": said["anticoagulant_note"]}
        yield _alert(town, person, dice, "40", words)
    if not any(kinds[index]["kind"] == "allergy" for index in chosen) and dice.chance(0.7):
        words = {"kind": "no-known-allergy", "text": said["none_known"], "note": said["none_note"]}
        yield _alert(town, person, dice, "41", words)


def _given_names(town: Town, person: Person, *, female: bool, old: bool) -> list[str]:
    people: Any = town.words.people
    for group in people["foreign"]:
        if group["language"] == person.language:
            return list(group["female" if female else "male"])
    if old:
        return list(people["female" if female else "male"]["given"])
    return list(people["people"]["young_female" if female else "young_male"])


def _alert(town: Town, person: Person, dice: Dice, number: str, words: dict[str, Any]) -> Alert:
    people = town.words.people["people"]
    recorded = town.taken - timedelta(days=dice.between(5, 900), minutes=dice.below(500))
    by = people["doctors"] if words["kind"] == "treatment-limit" else people["nurses"]
    return Alert(
        id=f"{person.id}-{number}",
        citizen=person.id,
        kind=words["kind"],
        text=words["text"],
        origin=HERE,
        severity=words.get("severity"),
        reaction=words.get("reaction"),
        note=words.get("note"),
        start=recorded.date().isoformat(),
        recorded_at=_in_the_day(recorded).isoformat(timespec="minutes"),
        recorded_by=dice.pick(by),
    )


def _in_the_day(moment: datetime) -> datetime:
    return moment.replace(hour=8 + moment.hour % 7)


def access(town: Town, person: Person) -> Iterator[Access | AccessCode]:
    """How to get in, for those who live at home; the code of a box or a door stands in a record of its own."""
    if person.place.kind != "team":
        return
    dice = Dice("access", town.country, person.turn)
    words: Any = town.words.people["access"]
    key = f"{person.place.area[:2].upper()}-{person.turn - person.place.first + 101}"
    kind = dice.pick(["keybox", "keybox", "lock", "lock", "key"])
    own = words[kind]
    yield Access(
        id=f"{person.id}-1",
        citizen=person.id,
        kind=cast("Any", kind),
        origin=HERE,
        system=own["system"],
        key_number=key if kind == "key" or dice.chance(0.3) else None,
        location=_where(dice, own, person),
        instruction=own["instruction"],
        fallback=words["lock"]["fallback"].format(key=key, unit=person.place.name) if kind == "lock" else None,
    )
    if kind == "keybox":
        yield AccessCode(
            id=f"{person.id}-1/{_CODE_WORD[town.country]}",
            citizen=person.id,
            access=f"{person.id}-1",
            code=f"{dice.below(10_000):04d}",
            origin=HERE,
        )
    if dice.chance(0.25):
        yield Access(
            id=f"{person.id}-2",
            citizen=person.id,
            kind="door",
            origin=HERE,
            system=words["door"]["system"],
            instruction=words["door"]["instruction"].format(family=person.family),
        )
        yield AccessCode(
            id=f"{person.id}-2/{_CODE_WORD[town.country]}",
            citizen=person.id,
            access=f"{person.id}-2",
            code=f"{dice.below(10_000):04d}",
            origin=HERE,
        )
    if person.level >= 1 and dice.chance(0.7):
        yield Access(
            id=f"{person.id}-3",
            citizen=person.id,
            kind="alarm",
            origin=HERE,
            system=words["alarm"]["system"],
            key_number=None,
            instruction=dice.pick(words["alarm"]["instruction"]),
            phone=phone(town, Dice("alarm", town.country), mobile=False),
        )


# The shipped profiles make a code's id from the id of its way in and this word.
_CODE_WORD: Final = {"DK": "kode", "SE": "kod"}


def _where(dice: Dice, own: dict[str, Any], person: Person) -> str | None:
    place = own.get("location")
    if isinstance(place, list):
        return str(dice.pick(cast("list[str]", place)))
    return None if place is None else str(place).format(unit=person.place.name)
