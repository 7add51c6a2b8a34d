"""The words of one language, read from the files in ``words/`` (TOML), and how a sentence's slots are filled."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from sync.sample.dice import Bag

_FOLDER: Final = Path(__file__).parent / "words"
LANGUAGES: Final = {"DK": "da", "SE": "sv"}
MORNING: Final = "~"
_ALWAYS: Final = ("general", "round", "contact", "night", "hospital")
_SHORT: Final = ("contact", "night", "hospital", "fall")


@dataclass(frozen=True, slots=True)
class Topic:
    """What a note can be about: sentences that open it, that tell what was seen and done, and what is to follow.

    Each of `seen` and `done` is one sentence, or several of which only one can be so. A sentence that begins with
    `MORNING` is for the time before noon. `office`: written in office hours; `padded`: other matters may follow in
    the same note.
    """

    trait: str
    roles: tuple[str, ...]
    weight: float
    office: bool
    padded: bool
    open: tuple[str, ...]
    seen: tuple[tuple[str, ...], ...]
    done: tuple[tuple[str, ...], ...]
    plan: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Drug:
    """One drug as an order names it; `doses` as `dosing` reads them."""

    name: str
    substance: str
    atc: str
    form: str
    strength: str
    unit: tuple[str, str, str]
    route: str
    indication: str
    trait: str
    share: float
    group: str
    instruction: str | None
    doses: tuple[str, ...]

    def unit_for(self, quantities: Sequence[str]) -> str:
        """The unit in the form that goes with these quantities: one, several, or short when they differ."""
        one, many, short = self.unit
        several = {float(quantity) > 1 for quantity in quantities}
        return short if len(several) > 1 else many if True in several else one


@dataclass(frozen=True, slots=True)
class Words:
    """All words of one language. `people`, `care` and `medicine` are the tables of those files as they stand."""

    people: Mapping[str, Any]
    care: Mapping[str, Any]
    medicine: Mapping[str, Any]
    drugs: tuple[Drug, ...]
    topics: tuple[Topic, ...]
    slots: Mapping[str, Bag[str]]
    only: Mapping[str, str]
    times: Mapping[str, Sequence[str]]


@lru_cache(maxsize=2)
def words(country: str) -> Words:
    """The words of the country's language."""
    folder = _FOLDER / LANGUAGES[country]
    notes, medicine = _table(folder, "notes"), _table(folder, "medicine")
    return Words(
        people=_table(folder, "people"),
        care=_table(folder, "care"),
        medicine=medicine,
        drugs=tuple(_drug(entry, medicine["short"]) for entry in medicine["drug"]),
        topics=tuple(_topic(entry, notes["office"]) for entry in notes["topic"]),
        slots={name: Bag(choices) for name, choices in notes["slots"].items()},
        only=notes["only"],
        times=notes["times"],
    )


def _table(folder: Path, name: str) -> dict[str, Any]:
    return tomllib.loads((folder / f"{name}.toml").read_text(encoding="utf-8"))


def _topic(entry: Mapping[str, Any], office: Sequence[str]) -> Topic:
    return Topic(
        trait=entry["trait"],
        roles=tuple(entry["roles"]),
        weight=entry["weight"],
        office=entry["trait"] in office,
        padded=entry["trait"] not in _SHORT,
        open=tuple(entry["open"]),
        seen=tuple(tuple(sentence.split("|")) for sentence in entry["seen"]),
        done=tuple(tuple(sentence.split("|")) for sentence in entry["done"]),
        plan=tuple(entry["plan"]),
    )


@lru_cache(maxsize=4096)
def topics_for(country: str, traits: frozenset[str]) -> tuple[Topic, ...]:
    """What is written about somebody of whom this is so, with only those sentences that can be true."""
    own = words(country)
    absent = tuple(part for part, trait in own.only.items() if trait not in traits)

    def fitting(sentences: Sequence[str]) -> tuple[str, ...]:
        return tuple(sentence for sentence in sentences if not any(part in sentence for part in absent))

    def groups(source: Sequence[tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
        return tuple(group for group in map(fitting, source) if group)

    return tuple(
        replace(
            topic,
            open=fitting(topic.open),
            seen=groups(topic.seen),
            done=groups(topic.done),
            plan=fitting(topic.plan),
        )
        for topic in own.topics
        if topic.trait in traits or topic.trait in _ALWAYS
    )


def _drug(entry: Mapping[str, Any], short: Mapping[str, str]) -> Drug:
    one, many = entry["unit"]
    return Drug(
        name=entry["name"],
        substance=entry["substance"],
        atc=entry["atc"],
        form=entry["form"],
        strength=entry["strength"],
        unit=(one, many, short.get(one, many)),
        route=entry["route"],
        indication=entry["indication"],
        trait=entry["trait"],
        share=entry["share"],
        group=entry.get("group", ""),
        instruction=entry.get("instruction"),
        doses=tuple(entry["dose"]),
    )
