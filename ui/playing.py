"""A scenario that goes on in a practice: where it stands, and the works that make, count and record it.

What is asked for in the practice ticks itself as it is done, wherever she goes; a line at the foot leads back.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from backupreader.domain.freshness import between
from backupreader.domain.scenarios.held import SCENARIOS, Exercise, Scenario, exercise, missing
from backupreader.domain.scenarios.scenario import Ask, Do, Line
from backupreader.domain.scenarios.score import Held, Outcome
from backupreader.language import Language
from backupreader.settings import Settings

if TYPE_CHECKING:
    from backupreader.store.plans import Carried
    from backupreader.store.reader import Reader

_LOOKED_AT: Final = 12  # citizens, for one with medicine at 08:00
_EIGHT: Final = "08:00"


@dataclass(frozen=True, slots=True)
class Choosable:
    """The plan that is practised, and the scenarios held here, newest first."""

    carried: Carried
    held: tuple[Held, ...]

    def missing(self, scenario: Scenario) -> Line | None:
        """Why a scenario cannot be held; None where it can."""
        return missing(scenario, self.carried.plan) if self.carried.plan is not None else None


@dataclass(frozen=True, slots=True)
class People:
    """Who is named in it: a made-up citizen, by id and name, who has medicine at eight or not, and a made-up route."""

    citizen: str = ""
    name: str = ""
    route: str = ""
    at_eight: bool = False

    def hold(self, step: Ask | Do) -> bool:
        """Is there whom and what a step names?"""
        if not isinstance(step, Do):
            return True
        if step.done == "bundle":
            return bool(self.route)
        return bool(self.citizen) and (step.id != "medicine" or self.at_eight)


@dataclass(slots=True)
class Playing:
    """The scenario that goes on. `tried` are the choices of this step that were not right; `told` once it is over."""

    exercise: Exercise
    by: str
    began: datetime
    digest: str
    people: People
    place: int = 0
    tried: list[int] = field(default_factory=list[int])
    told: bool = False
    outcomes: dict[str, Outcome] = field(default_factory=dict[str, Outcome])
    ended: Held | None = None
    kept: bool = False

    @property
    def step(self) -> Ask | Do | None:
        """What is asked now; None at the end."""
        return self.exercise.steps[self.place] if self.place < len(self.exercise.steps) else None

    @property
    def names(self) -> Mapping[str, str]:
        """The made-up names that a step may hold."""
        return {"citizen": self.people.name, "route": self.people.route}

    def answer(self, choice: int) -> None:
        """She chose; the second choice that is not right ends the question."""
        step = self.step
        if not isinstance(step, Ask) or self.told or choice in self.tried:
            return
        if choice == step.right:
            self._is(step, "helped" if self.tried else "right")
            return
        self.tried.append(choice)
        if len(self.tried) > 1 or len(step.choices) == len(self.tried) + 1:
            self._is(step, "missed")

    def did(self, what: str, of: str) -> bool:
        """Something was done in the practice; True when it is what is asked for now."""
        step = self.step
        if not isinstance(step, Do) or self.told or what != step.done:
            return False
        if of and what != "bundle" and of != self.people.citizen:
            return False
        self._is(step, "right")
        return True

    def pass_over(self) -> None:
        """She goes on without doing it."""
        if isinstance(self.step, Do) and not self.told:
            self._is(self.step, "missed")
            self.go_on()

    def go_on(self) -> None:
        """To the next step."""
        if self.told:
            self.place, self.tried, self.told = self.place + 1, [], False

    def minutes(self, now: datetime) -> int:
        """How long it has taken until now, in whole minutes; never negative."""
        return max(0, int(between(self.began, now).total_seconds() // 60))

    def end(self, now: datetime) -> Held:
        """How it went, as it is recorded."""
        if self.ended is None:
            self.ended = Held(
                scenario=self.exercise.scenario.id,
                at=now,
                by=self.by,
                minutes=self.minutes(now),
                plan=self.digest,
                outcomes=dict(self.outcomes),
                left_out=tuple(left.id for left in self.exercise.left_out),
            )
        return self.ended

    def _is(self, step: Ask | Do, outcome: Outcome) -> None:
        self.outcomes[step.id], self.told = outcome, True


def choosing(settings: Settings, evidence: Path) -> Callable[[None], Choosable]:
    """The work of reading the plan that is in use here, and which scenarios were held."""

    def work(_held: None) -> Choosable:
        from backupreader.store.files import Files
        from backupreader.store.plans import carried
        from backupreader.store.scenariosheld import Scenarios

        files = Files()
        return Choosable(carried(settings.data, files), tuple(reversed(Scenarios(evidence, files).all())))

    return work


def beginning(  # noqa: PLR0913, PLR0917 (which scenario, with which plan, by whom, when)
    scenario: Scenario, choosable: Choosable, by: str, now: datetime, settings: Settings, language: Language
) -> Callable[[Reader], Playing]:
    """The reader's part: a scenario of the plan, with people of the made-up municipality in it."""

    def work(reader: Reader) -> Playing:
        plan = choosable.carried.plan
        assert plan is not None
        made = exercise(scenario, plan, now.date(), settings.timezone())
        people = _people(reader, now, language)
        steps = tuple(step for step in made.steps if people.hold(step))
        return Playing(replace(made, steps=steps), by, now, choosable.carried.digest, people)

    return work


def _people(reader: Reader, now: datetime, language: Language) -> People:
    """One whom a route visits today and who gets medicine at 08:00, where there is one; else whoever there is."""
    from backupreader.domain.rounds import in_visit_order
    from ui.words import name

    routes = [route.route for route in reader.routes(now.date()) if route.visits and route.unit]
    ids = list(in_visit_order([reader.driving_list(route, now.date()) for route in routes[:1]]))
    if not ids:
        ids = [citizen.id for unit in reader.units() for citizen in reader.citizens_of(unit.unit.id)]
    journals = [reader.journal(citizen) for citizen in ids[:_LOOKED_AT]]
    if not journals:
        return People()
    eight = [one for one in journals if any(dose.time == _EIGHT for order in one.orders.items for dose in order.doses)]
    chosen = (*eight, *journals)[0].citizen
    return People(chosen.id, name(chosen, language), routes[0] if routes else "", bool(eight))


def keeping(evidence: Path, held: Held) -> Callable[[None], Held]:
    """The work of recording one. Raises what the disk says."""

    def work(_held: None) -> Held:
        from backupreader.store.files import Files
        from backupreader.store.scenariosheld import Scenarios

        Scenarios(evidence, Files()).held(held)
        return held

    return work


def by_id(name: str) -> Scenario:
    """The scenario of this word."""
    return next(scenario for scenario in SCENARIOS if scenario.id == name)


def asked(playing: Playing, language: Language) -> str:
    """What is said at the foot of other pages: what is to be done, or that it is done."""
    step = playing.step
    if not isinstance(step, Do):
        return language.text("A scenario goes on.")
    if playing.told:
        return language.text("Done. The scenario goes on.")
    return language.text(step.ask).format(**playing.names)
