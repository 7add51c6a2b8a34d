"""Who works where: the carers of each unit, and the nurses of all of them."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from sync.sample.dice import Dice
from sync.sample.words import words

COUNT: Final = 40


@lru_cache(maxsize=512)
def carers(country: str, unit: str) -> tuple[str, ...]:
    """The `COUNT` carers of a unit, no two of the same name; every third is of the less trained kind (`trained`)."""
    people = words(country).people["people"]
    families = words(country).people["family"]["names"]
    dice = Dice("staff", country, unit)
    names = dict.fromkeys(dice.some(people["carers"], 8))
    while len(names) < COUNT:
        given = dice.pick(people["young_female" if dice.chance(0.8) else "young_male"])
        names[f"{given} {dice.pick(families)}"] = None
    order = sorted((dice.throw(), name) for name in names)
    return tuple(name for _, name in order)


def trained(index: int) -> bool:
    """Is the carer of that index an assistant nurse, not a helper?"""
    return index % 3 != 0


def nurses(country: str) -> tuple[str, ...]:
    """The nurses."""
    return tuple(words(country).people["people"]["nurses"])
