"""What a scenario is made of: a situation, questions about the plan at a moment, and things to do in the practice.

A sentence of ours is a `Line`, which is told in the person's language; what comes from the plan is told as written.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final, Literal, TypeAlias

from backupreader.domain.plan import words as planwords
from backupreader.domain.plan.about import Reach
from backupreader.domain.plan.calling import Answer
from backupreader.domain.plan.contacts import Contact, System
from backupreader.domain.plan.plan import Plan
from backupreader.language import Language

MINUTES: Final = 20
"""So long a scenario should take."""
_CHOICES: Final = 4
_ENGLISH: Final = Language("en")


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence of ours, marked with `N_`; its facts are told in their turn."""

    sentence: str
    facts: Mapping[str, Words] = field(default_factory=dict[str, "Words"])


@dataclass(frozen=True, slots=True)
class Length:
    """A length of time, in minutes."""

    minutes: int


@dataclass(frozen=True, slots=True)
class Far:
    """How far a fault goes."""

    reach: Reach


@dataclass(frozen=True, slots=True)
class Why:
    """Why somebody is to be called, and until when."""

    answer: Answer


Words: TypeAlias = "str | datetime | Contact | Line | Length | Far | Why | tuple[Words, ...]"
"""What is told to a person: the plan's own words, a sentence of ours, or a value that each language writes its way."""


def told(words: Words, at: datetime, language: Language) -> str:
    """What is told, at the moment of the scenario."""
    match words:
        case str():
            said = words
        case datetime():
            said = _moment(words, at, language)
        case Contact():
            said = " · ".join(part for part in (words.label, words.number or words.mail) if part)
        case Length():
            said = planwords.length(words.minutes, language)
        case Far():
            said = planwords.reach(words.reach, language)
        case Why():
            said = " ".join(planwords.why(words.answer, language))
        case tuple():
            said = " ".join(told(part, at, language) for part in words)
        case Line():
            facts = {name: told(fact, at, language) for name, fact in words.facts.items()}
            said = language.text(words.sentence).format(**facts)
    return said


def _moment(moment: datetime, at: datetime, language: Language) -> str:
    """The clock time, with its day where it is another."""
    clock, day = language.clock(moment), moment.date()
    return clock if day == at.date() else f"{language.day(day, weekday=True, year=False)} {clock}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """A question with its choices, of which the one in the place `right` is so by the plan.

    `help` is shown after a first answer that is not right, and gives nothing away; `why` after the last one.
    """

    id: str
    ask: Words
    choices: tuple[Words, ...]
    right: int
    help: Words
    why: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Do:
    """Something to do in the practice; `done` is the step by which the window tells that it was (`Shell.did`).

    Its words may name ``{citizen}`` and ``{route}``, who are made up.
    """

    id: str
    ask: str
    done: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A step that this plan gives no answer to, and why not."""

    id: str
    why: Line


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """Where and when a scenario plays: the plan, the moment, and what is down."""

    scenario: str
    plan: Plan
    at: datetime
    system: System | None

    @property
    def began(self) -> datetime:
        """Since when the systems are down: fifty minutes."""
        return datetime.fromtimestamp(self.at.timestamp() - timedelta(minutes=50).total_seconds(), self.at.tzinfo)

    @property
    def system_id(self) -> str:
        """The id of what is down; empty where the plan names nothing."""
        return self.system.id if self.system is not None else ""


def ask(  # noqa: PLR0913, PLR0917 (a question, as it is written down)
    scene: Scene, id_: str, sentence: Words, right: Words, wrong: Iterable[Words], help_: Words, why: Words
) -> Ask | None:
    """A question with up to four different choices; None where there is nothing to choose between.

    What reads like the right answer, or like another choice, is none. The order is as good as chance, and stays.
    """
    found = {_read(right, scene): right}
    for one in wrong:
        if len(found) < _CHOICES and (text := _read(one, scene)):
            found.setdefault(text, one)
    if len(found) == 1:
        return None
    shuffled = sorted(found, key=lambda text: sha256(f"{scene.scenario} {id_} {text}".encode()).digest())
    place = shuffled.index(_read(right, scene))
    choices = tuple(found[text] for text in shuffled)
    return Ask(id=id_, ask=sentence, choices=choices, right=place, help=help_, why=why)


def _read(words: Words, scene: Scene) -> str:
    return " ".join(told(words, scene.at, _ENGLISH).casefold().split())


StepId = Literal[
    "call", "next", "until", "guide", "reach", "may-call", "when", "who", "keys", "shift", "end", "instead",
    "not-for", "press", "room", "card", "find", "medicine", "entry", "bundle",
]  # fmt: skip
"""Every step that a scenario may have, by the word that the record keeps."""
