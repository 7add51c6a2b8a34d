"""One made-up citizen, before any record: who it is, where, and what ails; everything else follows from this."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any, Final

from sync.sample.dice import Bag, Dice
from sync.sample.numbers import danish, swedish
from sync.sample.town import Place, Town

AWAY: Final = ("hospital", "leave")
"""Of these statuses nobody comes, and nothing is written or measured."""

# What the first citizens are sure to have, so that also the smallest municipality shows every kind of care.
_SHOWN: Final[tuple[tuple[str, ...], ...]] = (
    ("diabetes", "insulin", "hypertension", "penicillin", "heart"),
    ("parkinson", "pain", "fall"),
    ("warfarin", "heart", "wound", "resuscitation"),
    ("copd", "infection", "osteoporosis"),
    ("stroke", "lift", "catheter", "pain"),
    ("dementia", "osteoporosis", "mood"),
    ("pain", "copd", "protected"),
    ("af", "hypertension", "diabetes"),
    ("heart", "infection", "mood", "mrsa"),
    ("dementia", "staff-safety", "hypertension"),
)
_SHARES: Final = {
    "hypertension": 0.45,
    "heart": 0.25,
    "rhythm": 0.2,
    "diabetes": 0.22,
    "osteoporosis": 0.25,
    "pain": 0.45,
    "dementia": 0.22,
    "stroke": 0.1,
    "parkinson": 0.05,
    "copd": 0.14,
    "mood": 0.2,
    "wound": 0.12,
    "catheter": 0.07,
    "fall": 0.15,
    "infection": 0.1,
    "penicillin": 0.09,
    "asa": 0.03,
    "mrsa": 0.02,
    "resuscitation": 0.12,
    "staff-safety": 0.02,
    "protected": 0.015,
}
_STATUS_OF_TURN: Final = {3: "hospital", 8: "leave", 11: "respite"}
# Care homes' residents are frailer; the level says how often somebody comes: 0 once a week, 4 around the clock.
_LEVELS: Final = {
    "team": Bag([2, 3, 1, 0, 4], [28, 26, 22, 14, 10]),
    "home": Bag([3, 4, 2], [50, 30, 20]),
    "rehab": Bag([3, 2], [60, 40]),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """See the module's text.

    `turn` numbers the citizens from 0; `since` is when the status began; `relative` is (relation, its definite form,
    F or M, perhaps "old").
    """

    turn: int
    id: str
    sex: str
    given: str
    family: str
    born: date
    number: str
    place: Place
    traits: frozenset[str]
    level: int
    status: str
    since: datetime
    language: str | None
    interpreter: bool | None
    relative: tuple[str, ...]

    @property
    def name(self) -> str:
        """Given and family name."""
        return f"{self.given} {self.family}"

    def has(self, trait: str) -> bool:
        """Is this so of the citizen?"""
        return trait in self.traits


def person(town: Town, turn: int, place: Place) -> Person:
    """Citizen number `turn` of the municipality, who belongs to `place`."""
    dice = Dice("person", town.country, turn)
    sex, of_sex = _sex(turn)
    old = turn % 12 != 7  # noqa: PLR2004 (one in twelve is of working age)
    if town.country == "DK":
        born, number = danish(turn, sex, dice, old=old)
    else:
        born, number = swedish(of_sex, sex, old=old)
    given, family, language, interpreter = _name(town, turn)
    traits = _traits(dice, turn, sex, place, young=not old)
    level = _level(dice, traits, place)
    relations = town.words.people["people"]["relations"]
    relative = tuple(dice.pick(relations[:-2] if old else relations))
    return Person(
        turn=turn,
        id=str(100_000 + turn * 7 + 3),
        sex=sex,
        given=given,
        family=family,
        born=born,
        number=number,
        place=place,
        traits=_all(traits | _needs(dice, level, place)),
        level=level,
        status=_status(dice, turn, place),
        language=language,
        interpreter=interpreter,
        relative=relative,
        since=town.taken - timedelta(days=dice.between(0, 9), hours=dice.between(2, 20)),
    )


def _sex(turn: int) -> tuple[str, int]:
    """Three in five are women; and which woman or man this is in turn."""
    fifth, rest = divmod(turn, 5)
    if rest % 2 == 0:
        return "female", fifth * 3 + rest // 2
    return "male", fifth * 2 + rest // 2


def _name(town: Town, turn: int) -> tuple[str, str, str | None, bool | None]:
    """Given name, family name, language, interpreter. Every now and then somebody is called like somebody else."""
    if turn % 40 == 15:  # noqa: PLR2004 (a namesake: same sex, another birthday)
        turn -= 10
    dice = Dice("name", town.country, turn)
    people: Any = town.words.people
    sex = _sex(turn)[0]
    if turn % 23 == 9 or dice.chance(0.04):  # noqa: PLR2004 (one in twelve or so has come from abroad)
        group = dice.pick(people["foreign"])
        families = group.get("family_female", group["family"]) if sex == "female" else group["family"]
        return dice.pick(group[sex]), dice.pick(families), group["language"], group["interpreter"]
    given, family = _names(town, sex)
    first = given.draw(dice)
    if dice.chance(0.15):
        second = given.draw(dice)
        first += f" {second}" if dice.chance(0.5) and second != first else f" {dice.pick('ABEHJKLMPS')}."
    return first, family.draw(dice), None, None


@lru_cache(maxsize=4)
def _name_bags(country: str, sex: str, given: tuple[str, ...], family: tuple[str, ...]) -> tuple[Bag[str], Bag[str]]:
    del country, sex  # they tell the cached bags apart
    return Bag(given), Bag(family)


def _names(town: Town, sex: str) -> tuple[Bag[str], Bag[str]]:
    people = town.words.people
    return _name_bags(town.country, sex, tuple(people[sex]["given"]), tuple(people["family"]["names"]))


def _traits(dice: Dice, turn: int, sex: str, place: Place, *, young: bool) -> set[str]:
    shown = _SHOWN[turn] if turn < len(_SHOWN) else ()
    traits = {"common", *shown}
    if sex == "male":
        traits.add("male")
    for trait, share in _SHARES.items():
        frail = 2.5 if trait == "dementia" and place.kind == "home" else 1.0
        if dice.chance(share * frail * (0.4 if young else 1.0)):
            traits.add(trait)
    if young:
        traits -= {"dementia", "resuscitation"} - set(shown)
    if "rhythm" in traits:
        traits.discard("rhythm")
        traits.add("warfarin" if dice.chance(0.3) else "af")
    if "af" in traits and "warfarin" in traits:
        traits.discard("af")
    if "diabetes" in traits and dice.chance(0.3):
        traits.add("insulin")
    return traits


def _level(dice: Dice, traits: set[str], place: Place) -> int:
    level = _LEVELS[place.kind].draw(dice)
    if "lift" in traits:
        return 4
    if traits & {"insulin", "parkinson", "dementia"}:
        return max(level, 2)
    return level


def _needs(dice: Dice, level: int, place: Place) -> set[str]:
    """What follows from how much help somebody has."""
    needs: set[str] = set()
    if level >= 1:
        needs.add("care")
    if level == 4:  # noqa: PLR2004 (help around the clock)
        needs.add("night")
        if dice.chance(0.7):
            needs.add("lift")
    if place.kind != "team" or (level >= 1 and dice.chance(0.8)):
        needs.add("staff_medicine")
    else:
        needs.add("own_medicine")
    if place.kind == "team":
        needs.add("home")
    return needs


def _all(traits: set[str]) -> frozenset[str]:
    """With what follows from the rest: who is lifted neither walks nor falls."""
    if "lift" in traits:
        return frozenset(traits - {"fall"})
    return frozenset(traits | {"walks"} | ({"helped"} if "care" in traits else set()))


def _status(dice: Dice, turn: int, place: Place) -> str:
    away = dice.throw()
    if place.kind == "rehab":
        return "respite"
    if turn in _STATUS_OF_TURN:
        return _STATUS_OF_TURN[turn]
    return "hospital" if away < 0.025 else "leave" if away < 0.032 else "respite" if away < 0.04 else "home"  # noqa: PLR2004
