"""A guide as it is walked: what was asked and answered, where that leads, and whom to call there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from backupreader.domain.plan.contacts import Contact
from backupreader.domain.plan.guidance import Guide, Outcome, Question
from backupreader.language import N_, Language
from ui.look import State
from ui.telling import whom
from ui.telling.whom import Whom

if TYPE_CHECKING:
    from backupreader.domain.plan.plan import Plan

_REACHES: Final = {
    "local": (N_("only here: at this PC, or in this unit"), State.INFO),
    "global": (N_("in all of the municipality"), State.LATE),
    "national": (N_("in all of the country"), State.STOP),
    "none": (N_("the system is not down"), State.GOOD),
}


@dataclass(frozen=True, slots=True)
class Path:
    """The questions that were answered, each with its answer, and where they lead."""

    answered: tuple[tuple[Question, bool], ...]
    step: Question | Outcome


def found(plan: Plan, guide: str) -> Guide | None:
    """The guide of this id."""
    return next((one for one in plan.guides if one.id == guide), None)


def walked(guide: Guide, answers: tuple[bool, ...]) -> Path:
    """Where these answers lead, as far as the guide goes: a newer plan may ask other questions."""
    from backupreader.domain.plan import walk

    step: Question | Outcome = walk.begin(guide)
    path: list[tuple[Question, bool]] = []
    for yes in answers:
        if not isinstance(step, Question):
            break
        path.append((step, yes))
        step = walk.answered(guide, step.id, yes)
    return Path(tuple(path), step)


def trail(path: Path, language: Language) -> tuple[str, ...]:
    """What was answered, a question a line."""
    _ = language.text
    return tuple(f"{question.ask}  {_('Yes') if yes else _('No')}" for question, yes in path.answered)


def reached(outcome: Outcome, language: Language) -> tuple[str, str, State]:
    """How far the fault goes: the word for it, and what it means."""
    from backupreader.domain.plan import words

    meaning, state = _REACHES[outcome.reach]
    return words.reach(outcome.reach, language).upper(), language.text(meaning), state


def called(plan: Plan, guide: Guide, outcome: Outcome, now: datetime, language: Language) -> Whom | None:
    """Whom to call at the guide's end; None where nobody is to be called."""
    from backupreader.domain.plan import calling, walk

    who = walk.whom(plan, guide, outcome, now)
    if who is None:
        return None
    if not isinstance(who, Contact):
        return whom.answered(plan, who, language)
    system = next(iter(guide.systems), "")
    return whom.of_now(plan, who, now, language, calling.now(plan, now, system=system, reach=outcome.reach))
