"""Journal notes: what carers and nurses write through a year, in the order in which it happened."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from backupreader.domain.records import Note
from sync.sample.citizens import HERE
from sync.sample.dice import Bag, Dice
from sync.sample.person import AWAY, Person
from sync.sample.speech import Speech
from sync.sample.staff import carers, nurses, trained
from sync.sample.town import Town
from sync.sample.words import MORNING, Topic, topics_for

LEAST, MOST = 40, 1200
"""How long a note is, in characters."""

_HOURS: Final = Bag(
    [8, 9, 7, 10, 18, 11, 13, 20, 12, 14, 19, 21, 15, 17, 16, 22, 23, 2, 4, 0, 1, 3, 5, 6],
    [12, 11, 9, 8, 7, 6, 6, 5, 5, 5, 5, 4, 4, 4, 3, 3, 2, 2, 1, 1, 1, 1, 1, 1],
)
_PARTS: Final = ((6, "night"), (11, "morning"), (16, "day"), (23, "evening"), (24, "night"))
_NURSES: Final = ("sygeplejerske", "sjukskoterska")
_HELPERS: Final = ("ssh", "vardbitrade")
_NOON: Final = 12


def share(town: Town, turn: int) -> int:
    """How many notes citizen `turn` has. Two neighbours have twice the average, so that the sum is the town's."""
    citizens, total = town.size.citizens, town.size.notes
    even = total // citizens + (turn < total % citizens)
    if turn == citizens - 1 and turn % 2 == 0:
        return even
    apart = int(Dice("notes", town.country, turn // 2).decimal(-0.8, 0.8, 3) * (total // citizens))
    return even + (apart if turn % 2 == 0 else -apart)


def notes(town: Town, person: Person) -> Iterator[Note]:
    """The citizen's notes, oldest first. Of somebody who is away the last one tells why."""
    dice = Dice("note", town.country, person.turn)
    writer = _Writer(town, person, dice)
    last = person.since if person.status in AWAY else town.taken
    moments = _moments(dice, last, share(town, person.turn))
    for number, at in enumerate(moments, start=1):
        admitted = person.status == "hospital" and number == len(moments)
        yield writer.admission(number, last) if admitted else writer.note(number, at)


def _moments(dice: Dice, last: datetime, count: int) -> list[datetime]:
    """`count` moments before `last`, closer together towards the end."""
    mean = dice.between(200, 480) / max(count, 1)
    moments: list[datetime] = []
    days = 0.0
    for number in range(count):
        at = (last - timedelta(days=days)).replace(hour=_HOURS.draw(dice), minute=dice.below(60))
        moments.append(at if at <= last else at - timedelta(days=1))
        days += -math.log(1 - dice.throw()) * mean * (0.3 + 1.4 * number / count)
    return sorted(moments)


class _Writer:
    """All who write about one citizen."""

    def __init__(self, town: Town, person: Person, dice: Dice) -> None:
        self._town = town
        self._person = person
        self._dice = dice
        self._speech = Speech(town, person, dice)
        self._people: Any = town.words.people["people"]
        topics = topics_for(town.country, person.traits)
        self._topic = {topic.trait: topic for topic in topics}
        ordinary = [topic for topic in topics if topic.trait not in {"night", "hospital"}]
        self._topics = Bag(ordinary, [topic.weight for topic in ordinary])

    def note(self, number: int, at: datetime) -> Note:
        """One note, written at that moment by somebody who is on duty then."""
        part = next(name for hour, name in _PARTS if at.hour < hour)
        topic = self._topic["night"] if part == "night" else self._topics.draw(self._dice)
        if topic.office and not 8 <= at.hour < 16:  # noqa: PLR2004 (office hours)
            topic = self._topic["general"]
        return self._note(number, at, topic, part)

    def admission(self, number: int, at: datetime) -> Note:
        """The note that tells of the way to hospital."""
        return self._note(number, at, self._topic["hospital"], "day")

    def _note(self, number: int, at: datetime, topic: Topic, part: str) -> Note:
        dice = self._dice
        clock = f"{at.hour:02d}.{at.minute // 5 * 5:02d}"
        self._speech |= {"kl": clock, "nat": clock, "natt": clock}
        self._speech["tid"] = dice.pick(self._town.words.times[part])
        role = dice.pick(topic.roles)
        kinds: dict[str, str] = self._people["note_kinds"]
        return Note(
            id=f"{self._person.id}-{number}",
            citizen=self._person.id,
            text=self._text(topic, morning=at.hour < _NOON, nurse=role in _NURSES),
            origin=HERE,
            written_at=at.isoformat(timespec="minutes"),
            kind=kinds.get(topic.trait, kinds["other"]),
            author=self._author(role),
            author_role=self._people["roles"][role],
            status="entered-in-error" if dice.chance(0.003) else "final",
            important=topic.trait in self._people["important_kinds"],
        )

    def _author(self, role: str) -> str:
        if role in _NURSES:
            return self._dice.pick(nurses(self._town.country))
        names = carers(self._town.country, self._person.place.id)
        index = self._dice.below(len(names) - 2)
        while trained(index) == (role in _HELPERS):
            index += 1
        return names[index]

    def _text(self, topic: Topic, *, morning: bool, nurse: bool) -> str:
        """Sentences until the note is as long as it was to be: seldom very long, most often two to six lines."""
        throw = self._dice.throw
        spread = (throw() + throw() + throw() - 1.5) * 2  # near enough to a bell curve of width 1
        wanted = min(MOST - 200 if topic.trait != "night" else 220, LEAST + math.exp(5.6 + 0.75 * spread))
        parts = [self._one(topic.open, morning=morning)]
        length = self._more(parts, topic.seen, wanted * 0.7, morning=morning)
        length = self._more(parts, topic.done, wanted, morning=morning)
        first = 0
        if topic.padded and length < wanted:
            other = self._topic["round" if nurse else "general"]
            if other is not topic:
                first = len(parts)
                self._more(parts, other.seen, wanted, morning=morning)
                length = self._more(parts, other.done, wanted, morning=morning)
        if length > 150 and throw() < 0.6:  # noqa: PLR2004
            parts.append(self._one(topic.plan, morning=morning))
        if len(parts) > first > 0 and length > 400:  # noqa: PLR2004 (a new paragraph for another matter)
            return " ".join(parts[:first]) + "\n" + " ".join(parts[first:])
        return " ".join(parts)

    def _more(self, parts: list[str], source: Sequence[tuple[str, ...]], wanted: float, *, morning: bool) -> float:
        """Add sentences of `source` to `parts`, each at most once, until they are `wanted` characters long."""
        length = sum(map(len, parts)) + len(parts)
        left = list(source)
        while left and (length < wanted or length < LEAST):
            place = int(self._dice.throw() * len(left))
            choices, left[place] = left[place], left[-1]
            left.pop()
            sentence = choices[int(self._dice.throw() * len(choices))]
            if sentence.startswith(MORNING) and not morning:
                continue
            text = self._speech.say(sentence.removeprefix(MORNING))
            if length + len(text) > MOST - 150:
                break
            parts.append(text)
            length += len(text) + 1
        return length

    def _one(self, source: Sequence[str], *, morning: bool) -> str:
        sentence = self._dice.pick(source)
        while sentence.startswith(MORNING) and not morning:
            sentence = self._dice.pick(source)
        return self._speech.say(sentence.removeprefix(MORNING))
