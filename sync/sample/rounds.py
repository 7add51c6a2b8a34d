"""Driving lists: the visits of a unit laid out on routes so that one carer can drive them one after the other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any, Literal, TypeAlias

from backupreader.domain.records import Visit
from sync.sample.citizens import HERE
from sync.sample.dice import Dice
from sync.sample.needs import Need, of_day
from sync.sample.person import AWAY, Person
from sync.sample.speech import Speech
from sync.sample.staff import carers, nurses
from sync.sample.town import AHEAD, BACK, Place, Town

_DAY, _EVENING, _NIGHT, _MIDNIGHT = 7 * 60, 15 * 60, 23 * 60, 24 * 60
_SLACK, _CRITICAL_SLACK = 70, 5
_Status: TypeAlias = Literal["planned", "done", "cancelled"]


def visits(town: Town, place: Place, people: list[Person]) -> Iterator[Visit]:
    """All visits of a unit's citizens, from `BACK` days before to `AHEAD` days after the day of now."""
    before: list[Need] = []  # the hours before midnight of the night that ends on this day's morning
    for offset in range(-BACK, AHEAD + 1):
        day = town.now.date() + timedelta(days=offset)
        needs = [need for person in people for need in of_day(town, person, day)]
        after = [replace(need, at=need.at + _MIDNIGHT) for need in needs if need.at < _DAY]
        yield from _shift_visits(_Plan(town, place, day - timedelta(days=1), "night"), before + after)
        for shift in ("day", "evening", "nurse"):
            yield from _shift_visits(_Plan(town, place, day, shift), [need for need in needs if _shift(need) == shift])
        before = [need for need in needs if need.at >= _NIGHT]
    yield from _shift_visits(_Plan(town, place, town.now.date() + timedelta(days=AHEAD), "night"), before)


@dataclass(frozen=True, slots=True)
class _Plan:
    """One unit's routes of one shift; `day` is the one on which the shift begins."""

    town: Town
    place: Place
    day: date
    shift: str

    def route(self, number: int) -> str:
        """The name of the `number`-th route (from 0)."""
        words: Any = self.town.words.care["visits"]["words"]
        weekend = f"{words['weekend']} " if self.day.isoweekday() >= 6 else ""  # noqa: PLR2004 (Saturday)
        if self.shift == "nurse":
            return f"{words['nurse']} {self.place.area} {number + 1}"
        return f"{self.place.area} {weekend}{words[self.shift]} {number + 1}"

    def carer(self, number: int) -> str:
        """Who drives the `number`-th route; nobody drives two routes of one day."""
        turn = self.day.toordinal()
        if self.shift == "nurse":
            names = nurses(self.town.country)
            return names[(int(self.place.id) + turn + number) % len(names)]
        names = carers(self.town.country, self.place.id)
        first = {"day": 0, "evening": 18, "night": 32}[self.shift]
        return names[(turn * 3 + first + number) % len(names)]


def _shift(need: Need) -> str:
    if need.nurse:
        return "nurse"
    return "day" if _DAY <= need.at < _EVENING else "evening" if _EVENING <= need.at < _NIGHT else ""


def _shift_visits(plan: _Plan, needs: list[Need]) -> Iterator[Visit]:
    free: list[int] = []  # when the carer of each route is free again, in minutes after midnight
    travel = 6 if plan.place.kind == "team" else 1
    dice = Dice("round", plan.town.country, plan.place.id, plan.day.isoformat(), plan.shift)
    uncovered = {number for number in range(30) if _ahead(plan) >= 2 and dice.chance(0.04)}  # noqa: PLR2004
    counts: dict[int, int] = {}
    for need in sorted(needs, key=lambda need: (need.at, need.person.turn)):
        slack = _CRITICAL_SLACK if need.critical else _SLACK
        able = [number for number, at in enumerate(free) if at <= need.at + slack]
        number = max(able, key=lambda number: free[number]) if able else len(free)
        if number == len(free):
            free.append(0)
        at = max(need.at, free[number])
        free[number] = at + need.minutes + travel
        counts[need.person.turn] = counts.get(need.person.turn, 0) + 1
        stop = _Stop(need, at, number, counts[need.person.turn], covered=number not in uncovered)
        yield _visit(plan, dice, stop)


def _ahead(plan: _Plan) -> int:
    return (plan.day - plan.town.now.date()).days


@dataclass(frozen=True, slots=True)
class _Stop:
    """A need's place on a route: at which minute of the day, on which route, the citizen's `count`-th of the shift."""

    need: Need
    at: int
    route: int
    count: int
    covered: bool


def _visit(plan: _Plan, dice: Dice, stop: _Stop) -> Visit:
    town, need, person = plan.town, stop.need, stop.need.person
    start = datetime.combine(plan.day, time()) + timedelta(minutes=stop.at)
    end = start + timedelta(minutes=need.minutes)
    words: Any = town.words.care["visits"]
    status, reason = _status(town, dice, person, end)
    covered = stop.covered and not (dice.chance(0.02) and start > town.taken)
    speech = Speech(town, person, Dice("tasks", town.country, person.turn, need.kind))
    tasks = [speech.say(speech.dice.pick(words[need.kind]["tasks"])), *need.extra]
    staff = plan.carer(stop.route) if covered else None
    second = plan.carer(stop.route + 1) if need.staff > 1 and (covered or dice.chance(0.5)) else None
    return Visit(
        id=f"{person.id}-{plan.day:%y%m%d}-{plan.shift[:2]}{stop.count}",
        start=start.isoformat(timespec="minutes"),
        zone=town.zone,
        origin=HERE,
        citizen=person.id,
        route=plan.route(stop.route),
        unit=town.nursing.id if need.nurse else plan.place.id,
        end=end.isoformat(timespec="minutes"),
        minutes=need.minutes,
        title=words[need.kind]["title"],
        tasks=". ".join(tasks) + ".",
        law=need.law,
        staff=staff,
        second_staff=second,
        staff_needed=need.staff,
        status=status,
        cancel_reason=reason,
        time_critical=need.critical,
        remark=words["words"]["with_you"].format(name=second) if staff and second else None,
    )


def _status(town: Town, dice: Dice, person: Person, end: datetime) -> tuple[_Status, str | None]:
    words: Any = town.words.people["status"]
    if person.status in AWAY and end > person.since:
        return "cancelled", words["cancelled_hospital"] if person.status == "hospital" else words["leave"]
    if dice.chance(0.015):
        return "cancelled", dice.pick(words["cancelled"][1:])
    return ("done" if end <= town.taken else "planned"), None
