"""How a scenario went: what was right at once, what after help, and what is worth looking at again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal, get_args

from backupreader.domain.scenarios.scenario import MINUTES, StepId
from backupreader.language import N_, Language

Outcome = Literal["right", "helped", "missed"]
"""Right (or done) at once; after help; or not."""
OUTCOMES: Final[tuple[Outcome, ...]] = get_args(Outcome)

NAMES: Final[Mapping[StepId, str]] = {
    "call": N_("whom to call now"),
    "next": N_("who comes next"),
    "until": N_("until when it holds"),
    "guide": N_("the guide"),
    "reach": N_("how far it goes"),
    "may-call": N_("who may call"),
    "when": N_("by when something is due"),
    "who": N_("who does what"),
    "keys": N_("until when keys work"),
    "shift": N_("the change of shift"),
    "end": N_("what is left at the end"),
    "instead": N_("what is used instead"),
    "not-for": N_("for what nobody is called"),
    "press": N_("which digits to press"),
    "room": N_("the way into the room"),
    "card": N_("which card to take"),
    "find": N_("finding a citizen"),
    "medicine": N_("finding medicine"),
    "entry": N_("finding the way in to a citizen"),
    "bundle": N_("printing a route's bundle"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """One scenario that was held: which, when, by whom (as she wrote it), with which plan (its digest), how it went.

    `outcomes` are by the step, in the order in which they were asked; `left_out` are steps that the plan gave no answer
    to. It names no citizen.
    """

    scenario: str
    at: datetime
    by: str
    minutes: int
    plan: str
    outcomes: Mapping[str, Outcome]
    left_out: tuple[str, ...] = ()

    def of(self, outcome: Outcome) -> tuple[str, ...]:
        """The steps that went so."""
        return tuple(step for step, went in self.outcomes.items() if went == outcome)


def named(steps: tuple[str, ...], language: Language) -> str:
    """Steps in a row, as a person names them; one of another version by its own word."""
    known: Mapping[str, str] = {str(step): name for step, name in NAMES.items()}
    return ", ".join(language.text(known.get(step, step)) for step in steps)


def result(held: Held, language: Language) -> str:
    """How it went, in sentences without blame: n of m, and what to look at again."""
    _, right, helped, missed = language.text, held.of("right"), held.of("helped"), held.of("missed")
    told = [_("{n} of {all} right at once.").format(n=len(right), all=len(held.outcomes))]
    if helped:
        told.append(language.count("{n} after a look at the plan.", "{n} after a look at the plan.", len(helped)))
    if missed:
        told.append(_("Worth another look: {steps}.").format(steps=named(missed, language)))
    time = _("It took {minutes} of {all} minutes.") if held.minutes <= MINUTES else _("It took {minutes} minutes.")
    told.append(time.format(minutes=held.minutes, all=MINUTES))
    return " ".join(told)
