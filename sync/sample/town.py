"""The made-up municipality as a whole: its size, its clock, its units, and who lives where. Nobody's record yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final, Literal, TypeAlias

from sync.sample.words import Words, words

Country: TypeAlias = Literal["DK", "SE"]
UnitKind: TypeAlias = Literal["top", "team", "home", "nursing", "rehab"]

BACK, AHEAD = 3, 7
"""Visits are made for so many days before and after today."""

_TAKEN: Final = (time(5, 30), time(17, 30))
_IN_HOMES: Final = 0.2
_IN_REHAB: Final = 0.02
_TEAM: Final = 70
_HOME: Final = 60


@dataclass(frozen=True, slots=True)
class Size:
    """How many citizens, how many notes in all, and medication orders a citizen on average (twice that is even)."""

    citizens: int
    notes: int
    orders: int = 12


SIZES: Final = {
    "tiny": Size(24, 480),
    "small": Size(300, 30_000),
    "medium": Size(3_000, 500_000),
    "large": Size(10_000, 3_000_000),
}


@dataclass(frozen=True, slots=True)
class Place:
    """A unit, and its citizens: those numbered from `first` on. `area` is the part of its name that is its own."""

    id: str
    kind: UnitKind
    name: str
    area: str
    first: int
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Town:
    """See the module's text. `now` and `taken` are local wall time."""

    country: Country
    size: Size
    now: datetime
    taken: datetime
    words: Words
    places: tuple[Place, ...]

    @property
    def zone(self) -> str:
        """The name of the time zone."""
        return str(self.words.people["zone"])

    @property
    def nursing(self) -> Place:
        """The nurses' unit."""
        return next(place for place in self.places if place.kind == "nursing")

    def place(self, turn: int) -> Place:
        """Where citizen `turn` belongs."""
        return next(place for place in self.places if place.first <= turn < place.first + place.count)


def build(size: Size, country: Country, now: datetime) -> Town:
    """The town at `now` (local wall time, without a zone)."""
    language = words(country)
    return Town(
        country=country,
        size=size,
        now=now,
        taken=taken_before(now),
        words=language,
        places=tuple(_places(size.citizens, language)),
    )


def taken_before(now: datetime) -> datetime:
    """The last of the two daily exports before `now`."""
    moments = [datetime.combine(now.date() - timedelta(days=days), clock) for days in (0, 1) for clock in _TAKEN]
    return max(moment for moment in moments if moment <= now)


def _places(citizens: int, language: Words) -> list[Place]:
    names = language.people["places"]
    in_homes, in_rehab = max(4, round(citizens * _IN_HOMES)), max(2, round(citizens * _IN_REHAB))
    found = [
        Place("1000", "top", names["top"], "", 0, 0),
        Place("1100", "nursing", names["nursing"], "", 0, 0),
    ]
    first = 0
    for number, count in enumerate(_shares(citizens - in_homes - in_rehab, _TEAM)):
        area = _own(names["areas"], number)
        found.append(Place(str(2001 + number), "team", names["home_care"].format(area=area), area, first, count))
        first += count
    for number, count in enumerate(_shares(in_homes, _HOME)):
        home = _own(names["homes"], number)
        found.append(Place(str(3001 + number), "home", names["care_home"].format(home=home), home, first, count))
        first += count
    found.append(Place("4001", "rehab", names["rehab"], names["rehab"].split()[-1], first, in_rehab))
    return found


def _shares(total: int, most: int) -> list[int]:
    """`total` in parts as even as can be, none of more than `most`."""
    parts = -(-total // most)
    return [total // parts + (index < total % parts) for index in range(parts)]


def _own(names: list[str], number: int) -> str:
    """The `number`-th name; when there are no more, the first ones again with a figure."""
    again = number // len(names)
    return names[number % len(names)] + (f" {again + 1}" if again else "")
