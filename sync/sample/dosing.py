"""How a drug is taken: the short patterns of the word files turned into a prescriber's text and structured doses.

* ``slots 2-0-2-2``: morning, noon, evening, night · ``clock 08:00=1 20:00=0.5``: at these times
* ``weekly 135 08:00=1``: on Monday, Wednesday, Friday · ``every 3 09:00=1``: every third day
* ``scheme 18:00 1.5,1,…``: seven quantities, Monday first · ``taper 08:00 6x5 4x5``: six for five days, then four
* ``course 7 08:00=1 20:00=1``: for seven days that end about today
* ``prn 1-2 max 6 every 4``: quantity, most a day, hours between (0: not said)
* ``text …``: the prescriber's words only
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from backupreader.domain.records import Slot
from sync.sample.dice import Dice
from sync.sample.words import Drug

_OFTEN: Final = 30
SLOTS: Final[tuple[Slot, ...]] = ("morning", "noon", "evening", "night")


@dataclass(frozen=True, slots=True, kw_only=True)
class Portion:
    """One line of a structured dosage: the fields of a `Dose` that a pattern decides."""

    quantity: str
    quantity_max: str | None = None
    time: str | None = None
    slot: Slot | None = None
    weekdays: str | None = None
    every_days: int | None = None
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dosage:
    """A whole dosage. `start` and `end` are None where the pattern leaves them open; `most` and `apart` are PN's."""

    kind: str
    text: str
    portions: tuple[Portion, ...]
    start: date | None = None
    end: date | None = None
    most: str | None = None
    apart: str | None = None


class Prescriber:
    """Writes dosages for one country; `words` is its medicine table, `today` the day of the export."""

    def __init__(self, words: Mapping[str, Any], today: date) -> None:
        self._words: Mapping[str, Any] = words["text"]
        self._times: list[str] = list(words["times"])
        self._today = today

    def dosage(self, drug: Drug, pattern: str, dice: Dice, *, clock: bool) -> Dosage:
        """The dosage of `drug` by `pattern`; with `clock`, times of the day are written as clock times."""
        kind, _, rest = pattern.partition(" ")
        ways: dict[str, Callable[[], Dosage]] = {
            "slots": lambda: self._slots(drug, rest, clock=clock),
            "clock": lambda: self._clock(drug, rest),
            "weekly": lambda: self._weekly(drug, rest),
            "every": lambda: self._every(drug, rest, dice),
            "scheme": lambda: self._scheme(drug, rest),
            "taper": lambda: self._taper(drug, rest, dice),
            "course": lambda: self._course(drug, rest, dice),
            "prn": lambda: self._prn(drug, rest),
            "text": lambda: Dosage(kind="text", text=rest, portions=()),
        }
        return ways[kind]()

    def _clock(self, drug: Drug, rest: str) -> Dosage:
        pairs = _pairs(rest)
        portions = [Portion(quantity=quantity, time=time, every_days=1) for time, quantity in pairs]
        return Dosage(kind="fixed", text=self._at(drug, pairs), portions=tuple(portions))

    def _weekly(self, drug: Drug, rest: str) -> Dosage:
        days, _, times = rest.partition(" ")
        time, quantity = _pairs(times)[0]
        text = f"{_quantity(drug, quantity)} {self._days(days)} {self._words['clock'].format(time=time)}"
        return Dosage(kind="fixed", text=text, portions=(Portion(quantity=quantity, time=time, weekdays=days),))

    def _every(self, drug: Drug, rest: str, dice: Dice) -> Dosage:
        number, _, times = rest.partition(" ")
        every, (time, quantity) = int(number), _pairs(times)[0]
        rounds = dice.between(30, 60) if every < _OFTEN else dice.between(1, 4)
        start = self._today - timedelta(days=every * rounds + dice.below(every))
        often = self._words["every_other"] if every == 2 else self._words["every_days"].format(n=every)  # noqa: PLR2004
        text = f"{_quantity(drug, quantity)} {often} {self._words['clock'].format(time=time)}"
        portion = Portion(quantity=quantity, time=time, every_days=every, start=start)
        return Dosage(kind="fixed", text=text, portions=(portion,), start=start)

    def _course(self, drug: Drug, rest: str, dice: Dice) -> Dosage:
        number, _, times = rest.partition(" ")
        pairs = _pairs(times)
        end = self._today + timedelta(days=dice.between(-1, 4))
        start = end - timedelta(days=int(number) - 1)
        text = self._at(drug, pairs) + self._words["until"].format(end=self._day(end))
        portions = [Portion(quantity=own, time=time, every_days=1, start=start, end=end) for time, own in pairs]
        return Dosage(kind="temporary", text=text, portions=tuple(portions), start=start, end=end)

    def _slots(self, drug: Drug, rest: str, *, clock: bool) -> Dosage:
        own = [(place, quantity) for place, quantity in enumerate(rest.split("-")) if quantity != "0"]
        if clock:
            pairs = [(self._times[place], quantity) for place, quantity in own]
            portions = [Portion(quantity=quantity, time=time, every_days=1) for time, quantity in pairs]
            return Dosage(kind="fixed", text=self._at(drug, pairs), portions=tuple(portions))
        names: list[str] = self._words["slots"]
        portions = [Portion(quantity=quantity, slot=SLOTS[place], every_days=1) for place, quantity in own]
        if len({quantity for _, quantity in own}) == 1:
            text = f"{_quantity(drug, own[0][1])} {self._list([names[place] for place, _ in own])}"
        else:
            text = self._list([f"{_quantity(drug, quantity)} {names[place]}" for place, quantity in own])
        return Dosage(kind="fixed", text=text, portions=tuple(portions))

    def _scheme(self, drug: Drug, rest: str) -> Dosage:
        time, _, quantities = rest.partition(" ")
        own = quantities.split(",")
        names: list[str] = self._words["weekdays"]
        days = [f"{name} {shown(quantity)}" for name, quantity in zip(names, own, strict=True)]
        text = f"{self._words['scheme']}{', '.join(days)} {drug.unit_for(own)} {self._words['clock'].format(time=time)}"
        portions = [
            Portion(quantity=quantity, time=time, weekdays=str(day)) for day, quantity in enumerate(own, start=1)
        ]
        return Dosage(kind="fixed", text=text, portions=tuple(portions))

    def _taper(self, drug: Drug, rest: str, dice: Dice) -> Dosage:
        time, *steps = rest.split()
        lengths = [int(step.split("x")[1]) for step in steps]
        start = first = self._today - timedelta(days=dice.below(sum(lengths) - 1))
        portions: list[Portion] = []
        told: list[str] = []
        for step, days in zip(steps, lengths, strict=True):
            quantity = step.split("x")[0]
            last = first + timedelta(days=days - 1)
            portions.append(Portion(quantity=quantity, time=time, every_days=1, start=first, end=last))
            told.append(
                self._words["period"].format(
                    start=self._day(first),
                    end=self._day(last),
                    quantity=_quantity(drug, quantity),
                    when=self._words["clock"].format(time=time),
                    daily=self._words["daily"],
                )
            )
            first = last + timedelta(days=1)
        text = self._words["taper"] + "; ".join(told)
        end = first - timedelta(days=1)
        return Dosage(kind="temporary", text=text, portions=tuple(portions), start=start, end=end)

    def _prn(self, drug: Drug, rest: str) -> Dosage:
        quantity, _, most, _, hours = rest.split()
        least, _, upper = quantity.partition("-")
        told = f"{shown(least)}–{_quantity(drug, upper)}" if upper else _quantity(drug, least)
        at_most = _quantity(drug, most)
        text = self._words["prn"].format(quantity=told, indication=drug.indication, max=at_most)
        apart = None
        if hours != "0":
            apart = self._words["hours"][hours != "1"].format(n=hours)
            text += self._words["interval"].format(hours=apart)
        portion = Portion(quantity=least, quantity_max=upper or None)
        return Dosage(kind="prn", text=text, portions=(portion,), most=at_most, apart=apart)

    def _at(self, drug: Drug, pairs: list[tuple[str, str]]) -> str:
        if len({quantity for _, quantity in pairs}) == 1:
            times = self._words["clock"].format(time=self._list([time for time, _ in pairs]))
            return f"{_quantity(drug, pairs[0][1])} {times}"
        return self._list(
            [f"{_quantity(drug, quantity)} {self._words['clock'].format(time=time)}" for time, quantity in pairs]
        )

    def _days(self, numbers: str) -> str:
        names: list[str] = self._words["weekdays"]
        if len(numbers) == 1:
            return str(self._words["every_weekday"].format(day=names[int(numbers) - 1]))
        return self._list([names[int(number) - 1] for number in numbers])

    def _list(self, parts: list[str]) -> str:
        return ", ".join(parts[:-1]) + self._words["list_and"] + parts[-1] if len(parts) > 1 else parts[0]

    def _day(self, day: date) -> str:
        return day.strftime(self._words["date"])


def _pairs(times: str) -> list[tuple[str, str]]:
    """``08:00=1 20:00=0.5`` as times with their quantities."""
    return [(time, quantity) for time, _, quantity in (pair.partition("=") for pair in times.split())]


def shown(quantity: str) -> str:
    """A quantity as people write it: ``0.5`` is ½, ``1.5`` is 1½."""
    whole, _, part = quantity.partition(".")
    return quantity if part != "5" else "½" if whole == "0" else f"{whole}½"


def _quantity(drug: Drug, quantity: str) -> str:
    return f"{shown(quantity)} {drug.unit_for([quantity])}"
