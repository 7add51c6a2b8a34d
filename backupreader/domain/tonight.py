"""Who is ours tonight: every citizen of one's own, where she is, what must be known of her, and what is asked for.

Choosing whom to see (`Filter`) is decided here, over values; nothing is asked again for it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import Enum
from typing import Final, TypeAlias

from backupreader.domain.fold import fold
from backupreader.domain.lifecritical import Match, Rulebook
from backupreader.domain.persons import states_where
from backupreader.domain.records import Alert, Citizen, CitizenStatus, Delivery, Unit
from backupreader.domain.shifts import Shift

HERE: Final[tuple[CitizenStatus, ...]] = ("home", "hospital", "leave", "respite", "unknown")
"""Where a citizen may be who is still ours, in the order in which they are counted."""
GONE: Final[frozenset[CitizenStatus]] = frozenset({"moved", "ended", "deceased"})
NO_UNIT: Final = ""
ANY_RULE: Final = "*"
AHEAD: Final = timedelta(hours=24)
"""So far ahead visits are looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """That somebody has seen to a citizen on a shift: when, and who says so."""

    at: datetime
    by: str


class Facet(Enum):
    """By what whom to see is chosen."""

    TICKED = "ticked"
    WHERE = "where"
    RULE = "rule"
    ROUTE = "route"
    UNIT = "unit"
    ALERT = "alert"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ours:
    """One citizen of one's own. `also` is what other sources state; `ids` are all her ids, the first stands for her.

    `allergies` are the first of her current ones, `more_allergies` how many more there are; `alerts` are the kinds of
    all her current warnings; `alerts_known` is False where no source speaks of them. `visits` are the begins of her
    next ones as wall time, in order; `routes` are those on which she is visited on this shift. `unasked`: tables
    that the rules read and that no source delivered for her. `answers` is what holds for her of each thing that can
    be chosen, but for ticks.
    """

    citizen: Citizen
    also: tuple[Citizen, ...] = ()
    ids: tuple[str, ...]
    unit: str = NO_UNIT
    allergies: tuple[Alert, ...] = ()
    more_allergies: int = 0
    alerts: frozenset[str] = frozenset()
    alerts_known: bool = True
    visits: tuple[str, ...] = ()
    routes: tuple[str, ...] = ()
    matches: tuple[Match, ...] = ()
    unasked: frozenset[str] = frozenset()

    gone: bool = field(init=False, compare=False)
    where: CitizenStatus = field(init=False, compare=False)
    answers: Mapping[Facet, Collection[str]] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Whoever chooses among thousands asks again and again: it is found out once."""
        gone, where = _whereabouts((self.citizen, *self.also))
        rules = [match.rule for match in self.matches if not match.withheld]
        object.__setattr__(self, "gone", gone)
        object.__setattr__(self, "where", where)
        object.__setattr__(
            self,
            "answers",
            {
                Facet.WHERE: (where,),
                Facet.RULE: (ANY_RULE, *rules) if self.matches else (),
                Facet.ROUTE: self.routes,
                Facet.UNIT: (self.unit,),
                Facet.ALERT: self.alerts,
            },
        )


def _whereabouts(stated: Sequence[Citizen]) -> tuple[bool, CitizenStatus]:
    """Whether she is no longer ours by what every source that says where she is says; and where she is.

    That is what the first source says that places her where she may still be ours.
    """
    told: list[CitizenStatus] = [one.status for one in stated if states_where(one)]
    if told and all(status in GONE for status in told):
        return True, told[0]
    for status in told:
        if status not in GONE:
            return False, status
    return False, "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tonight:
    """Everyone who is ours, by name; `rulebook` is None where the copy was built without rules.

    Where it was narrowed to a `unit` or a `route`, by its name, `people` are those of it alone; `others` are of it too,
    and not among them. `names` are then how many of all who are ours have a name, as names are compared.

    `lacking` are the tables that no source delivered, or that are left out of this copy; `deliveries` are the oldest
    of each source, of what this is made of.
    """

    at: datetime
    shift: Shift
    people: tuple[Ours, ...]
    rulebook: Rulebook | None
    lacking: frozenset[str] = frozenset()
    left_out: frozenset[str] = frozenset()
    incomplete: frozenset[str] = frozenset()
    deliveries: tuple[Delivery, ...] = ()
    unit: str | None = None
    route: str | None = None
    others: int = 0
    names: Mapping[str, int] = field(default_factory=dict[str, int], repr=False)

    @property
    def same_names(self) -> Mapping[str, int]:
        """How many have a name, of all who are ours, whether they are seen here or not."""
        return self.names or Counter(fold(person.citizen.name) for person in self.people)


def of_unit(tonight: Tonight, unit: Unit, citizens: int) -> Tonight:
    """Those whom any source places in the unit, which has so many `citizens`."""
    people = tuple(
        person for person in tonight.people if any(one.unit == unit.id for one in (person.citizen, *person.also))
    )
    others = max(0, citizens - len(people))
    return replace(tonight, people=people, unit=unit.name, others=others, names=tonight.same_names)


def of_route(tonight: Tonight, route: str, citizens: int) -> Tonight:
    """Those who are visited on the route on this shift, of so many `citizens`."""
    people = tuple(person for person in tonight.people if route in person.routes)
    others = max(0, citizens - len(people))
    return replace(tonight, people=people, route=route, others=others, names=tonight.same_names)


Ticks: TypeAlias = Mapping[str, Tick]
"""By the id that stands for a citizen."""
LEFT: Final = "left"
DONE: Final = "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Whom to see: all for whom each thing holds that is chosen. `gone`: those who are no longer ours, instead."""

    where: str | None = None
    life_critical: bool = False
    rule: str | None = None
    route: str | None = None
    unit: str | None = None
    alert: str | None = None
    ticked: str | None = None
    gone: bool = False

    def chosen(self, facet: Facet) -> str | None:
        """What is chosen of one kind; None where nothing is."""
        if facet is Facet.RULE:
            return self.rule or (ANY_RULE if self.life_critical else None)
        value: str | None = getattr(self, facet.value)
        return value

    def toggled(self, facet: Facet, value: str) -> Filter:
        """With one thing chosen, or no longer so where it was."""
        off = self.chosen(facet) == value
        now = None if off else value
        match facet:
            case Facet.TICKED:
                return replace(self, ticked=now)
            case Facet.WHERE:
                return replace(self, where=now)
            case Facet.ROUTE:
                return replace(self, route=now)
            case Facet.UNIT:
                return replace(self, unit=now)
            case Facet.ALERT:
                return replace(self, alert=now)
            case Facet.RULE:
                return replace(self, life_critical=not off, rule=None if value == ANY_RULE else now)

    @property
    def empty(self) -> bool:
        """Is nothing chosen?"""
        return self == Filter()


@dataclass(frozen=True, slots=True)
class Chosen:
    """Who is seen, and how many there are of each thing that can be chosen beside what is chosen of other kinds."""

    people: tuple[Ours, ...]
    counts: Mapping[Facet, Counter[str]]
    gone: int


def choose(people: Iterable[Ours], wanted: Filter, ticks: Ticks) -> Chosen:
    """Who answers, in the order given."""
    asked = [(facet, value) for facet in Facet if (value := wanted.chosen(facet)) is not None]
    seen: list[Ours] = []
    answers: dict[Facet, list[str]] = {facet: [] for facet in Facet}
    gone = 0
    for person in people:
        gone += person.gone
        if person.gone is not wanted.gone:
            continue
        ticked = (DONE,) if person.ids[0] in ticks else (LEFT,)
        own = {Facet.TICKED: ticked, **person.answers}
        failing = [facet for facet, value in asked if value not in own[facet]]
        if len(failing) > 1:
            continue
        if not failing:
            seen.append(person)
        for facet in failing or Facet:
            answers[facet] += own[facet]
    return Chosen(tuple(seen), {facet: Counter(found) for facet, found in answers.items()}, gone)


def wall(moment: datetime) -> str:
    """A moment as visits state theirs: local wall time to the minute."""
    return moment.strftime("%Y-%m-%dT%H:%M")


def ticked(people: Sequence[Ours], ticks: Ticks) -> int:
    """How many of these are ticked."""
    return sum(person.ids[0] in ticks for person in people)
