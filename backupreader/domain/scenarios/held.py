"""The five scenarios, and how each is made of a plan: what the plan gives no answer to is left out, and said."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final, Literal, TypeAlias
from zoneinfo import ZoneInfo

from backupreader.domain.plan import calling
from backupreader.domain.plan.contacts import System
from backupreader.domain.plan.plan import Plan
from backupreader.domain.scenarios import calls, duties, guides
from backupreader.domain.scenarios.scenario import Ask, Do, LeftOut, Line, Scene
from backupreader.language import N_

ScenarioId = Literal["night", "weekend", "locks", "alarm", "new-staff"]
Kind = Literal["journal", "medicine", "locks", "alarm"]
Maker: TypeAlias = Callable[[Scene], Ask | LeftOut]

FIND: Final = Do(id="find", ask=N_("Find {citizen} by her name, and open her page."), done="page")
MEDICINE: Final = Do(id="medicine", ask=N_("Find which medicine {citizen} gets at 08:00."), done="chapter medicine")
ENTRY: Final = Do(id="entry", ask=N_("Find how one gets in to {citizen}."), done="chapter entry")
BUNDLE: Final = Do(id="bundle", ask=N_("Print the bundle for the route {route}."), done="bundle")

_WORDS: Final[Mapping[Kind, tuple[str, ...]]] = {
    "locks": ("lås", "laas", "lock", "dør", "dörr", "bekey", "phoniro"),
    "alarm": ("alarm", "nødkald", "larm"),
    "medicine": ("medicin", "medisin", "läkemedel", "legemid", "fmk"),
}
"""By what a system is known to be of a kind, in the languages in which plans are written."""
_EQUIPMENT: Final = ("udstyr", "utrust", "utstyr", "equipment")
"""Medical equipment gives no medicine."""
_WEEKS: Final = 60
_MISSING: Final[Mapping[Kind, str]] = {
    "locks": N_("The plan says nothing of electronic locks."),
    "alarm": N_("The plan says nothing of citizens' alarms."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """One scenario: when it plays (a day of the week from 1, Monday, and a clock time), what is down, and its steps.

    The situation is told in two sentences, of which one may name the ``{system}``.
    """

    id: ScenarioId
    title: str
    situation: str
    weekday: int
    clock: time
    kind: Kind
    makers: tuple[Maker, ...]
    todo: tuple[Do, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exercise:
    """A scenario as it is held with one plan: its moment, its steps, and what was left out of it."""

    scenario: Scenario
    at: datetime
    situation: Line
    steps: tuple[Ask | Do, ...]
    left_out: tuple[LeftOut, ...]


SCENARIOS: Final = (
    Scenario(
        id="night",
        title=N_("At night: the journal system is down"),
        situation=N_(
            "{system} does not answer, and you are on your way to a citizen. Nobody beside you has seen it before."
        ),
        weekday=3,
        clock=time(2, 10),
        kind="journal",
        makers=(calls.call, calls.until, guides.ends, calls.next_, duties.when, duties.shift),
        todo=(FIND, MEDICINE),
    ),
    Scenario(
        id="weekend",
        title=N_("Saturday evening: no medicine can be seen"),
        situation=N_("{system} shows no medicine, and the evening's doses are due. No office is open before Monday."),
        weekday=6,
        clock=time(19, 20),
        kind="medicine",
        makers=(calls.call, guides.reach, calls.until, guides.instead, calls.not_for, duties.who),
        todo=(MEDICINE, BUNDLE),
    ),
    Scenario(
        id="locks",
        title=N_("The locks are down"),
        situation=N_("{system} opens no door, and three of you stand outside. It is not known for how long."),
        weekday=4,
        clock=time(16, 20),
        kind="locks",
        makers=(calls.call, guides.ends, duties.keys, guides.instead, calls.may_call, duties.shift),
        todo=(ENTRY,),
    ),
    Scenario(
        id="alarm",
        title=N_("The alarms are down"),
        situation=N_("{system} is silent: no call comes through. You do not know who has tried to call."),
        weekday=7,
        clock=time(13, 15),
        kind="alarm",
        makers=(calls.call, guides.ends, guides.instead, guides.card, duties.when, duties.end),
        todo=(FIND,),
    ),
    Scenario(
        id="new-staff",
        title=N_("New here: the first time at this PC"),
        situation=N_(
            "You began this week and have never used this PC. Now {system} is down, and you are the only one."
        ),
        weekday=5,
        clock=time(13, 5),
        kind="journal",
        makers=(guides.room, calls.call, calls.press, calls.until, guides.reach, guides.card, calls.may_call),
        todo=(FIND, MEDICINE, BUNDLE),
    ),
)


def missing(scenario: Scenario, plan: Plan) -> Line | None:
    """Why a scenario cannot be held with this plan; None where it can."""
    if not plan.callings:
        return Line(N_("The plan does not say whom to call."))
    if scenario.kind in _MISSING and _system(plan, scenario.kind) is None:
        return Line(_MISSING[scenario.kind])
    return None


def exercise(scenario: Scenario, plan: Plan, today: date, zone: ZoneInfo) -> Exercise:
    """A scenario on the next such day that is no public holiday, with the questions that this plan answers.

    The citizen and the route that it names are the practice's.
    """
    at = datetime.combine(_day(scenario, plan, today), scenario.clock, zone)
    system = _system(plan, scenario.kind)
    scene = Scene(scenario=scenario.id, plan=plan, at=at, system=system)
    made = [maker(scene) for maker in scenario.makers]
    label = system.label if system is not None else Line(N_("The journal system"))
    asks = tuple(step for step in made if isinstance(step, Ask))
    return Exercise(
        scenario=scenario,
        at=at,
        situation=Line(scenario.situation, {"system": label}),
        steps=(*asks, *scenario.todo),
        left_out=tuple(step for step in made if isinstance(step, LeftOut)),
    )


def _day(scenario: Scenario, plan: Plan, today: date) -> date:
    first = today + timedelta(days=(scenario.weekday - today.isoweekday()) % 7)
    days = (first + timedelta(weeks=week) for week in range(_WEEKS))
    return next((day for day in days if not calling.holiday(plan.calendar, day)), first)


def _system(plan: Plan, kind: Kind) -> System | None:
    """The system of this kind that the plan names first.

    The journal is what is of no other kind; medicine is seen in it where the plan has no system for that.
    """
    if kind == "journal":
        own = (one for one in plan.systems if not any(_is(one, other) for other in _WORDS))
        return next(own, next(iter(plan.systems), None))
    found = next((one for one in plan.systems if _is(one, kind)), None)
    return _system(plan, "journal") if found is None and kind == "medicine" else found


def _is(system: System, kind: Kind) -> bool:
    named = f"{system.id} {system.label}".casefold()
    if kind == "medicine" and any(word in named for word in _EQUIPMENT):
        return False
    return any(word in named for word in _WORDS[kind])
