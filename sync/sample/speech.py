"""Sentences about one citizen: pronouns, the relative, measured values and drawn words put into their slots."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from sync.sample.dice import Bag, Dice
from sync.sample.person import Person
from sync.sample.town import Town


class Speech(dict[str, str]):
    """The slots of one citizen's sentences: what is fixed is stored, the rest is drawn each time it is asked for."""

    def __init__(self, town: Town, person: Person, dice: Dice) -> None:
        words = town.words.people["people"]
        slots: list[str] = words["pronoun_slots"]
        pronouns: list[str] = words["pronouns"]["F" if person.sex == "female" else "M"]
        super().__init__(zip(slots, pronouns, strict=True))
        self[words["relative_slot"]] = person.relative[1]
        for name in [*slots, words["relative_slot"]]:
            self[name.capitalize()] = self[name].capitalize()
        self.dice = dice
        self._slots = town.words.slots
        people = town.words.people
        self._given = (
            *people["female"]["given"],
            *people["male"]["given"],
            *people["people"]["young_female"],
            *people["people"]["young_male"],
        )
        self._family: list[str] = town.words.people["family"]["names"]
        self._streets: list[str] = town.words.people["places"]["streets"]
        self.weight = weight(town, person)
        own = Dice("own", town.country, person.turn)
        self.update({name: self._bag(name).draw(own) for name in _STEADY if name in self._slots})

    def say(self, sentence: str) -> str:
        """The sentence with its slots filled."""
        return sentence.format_map(self) if "{" in sentence else sentence

    def __missing__(self, name: str) -> str:
        value = _VALUES.get(name)
        if value is not None:
            return value(self.dice)
        if name in {"navn", "namn"}:
            return f"{self.dice.pick(self._given)} {self.dice.pick(self._family)}"
        if name in {"vej", "vag"}:
            return self.dice.pick(self._streets)
        if name == "kg":
            return decimal(self.weight + self.dice.decimal(-1.5, 1.5))
        if name.endswith("_stor"):
            text = self._bag(name.removesuffix("_stor")).draw(self.dice)
            return text[0].upper() + text[1:]
        return self._bag(name).draw(self.dice)

    def _bag(self, name: str) -> Bag[str]:
        return self._slots[name]


def weight(town: Town, person: Person) -> float:
    """What the citizen weighs, about, in kg."""
    return Dice("weight", town.country, person.turn).decimal(49, 88) + (8 if person.sex == "male" else 0)


def decimal(number: float) -> str:
    """With one decimal and a comma, as both countries write it."""
    return f"{number:.1f}".replace(".", ",")


def pressure(dice: Dice) -> str:
    """A blood pressure in mmHg."""
    return f"{dice.between(112, 168)}/{dice.between(62, 92)}"


_STEADY: Final = ("saarsted", "sarstalle")  # where a wound is does not change from note to note
_VALUES: Final[dict[str, Callable[[Dice], str]]] = {
    "ml": lambda dice: str(dice.between(5, 22) * 50),
    "bt": pressure,
    "puls": lambda dice: str(dice.between(58, 96)),
    "sat": lambda dice: str(dice.between(89, 97)),
    "temp": lambda dice: decimal(dice.decimal(36.2, 37.9)),
    "tobs_hoj": lambda dice: str(dice.between(5, 8)),
    "tobs": lambda dice: str(dice.below(4)),
    "bs": lambda dice: decimal(dice.decimal(4.6, 15.8)),
    "smerte": lambda dice: str(dice.between(3, 7)),
    "smarta": lambda dice: str(dice.between(3, 7)),
    "smerte_lav": lambda dice: str(dice.between(1, 2)),
    "smarta_lag": lambda dice: str(dice.between(1, 2)),
    "cm": lambda dice: decimal(dice.decimal(1.5, 6)),
    "cm2": lambda dice: decimal(dice.decimal(0.8, 4)),
    "rf": lambda dice: str(dice.between(14, 24)),
    "inr": lambda dice: decimal(dice.decimal(1.9, 3.2)),
}
