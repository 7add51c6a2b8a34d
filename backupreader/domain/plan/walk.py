"""Walking a guide: question by question to how far the fault goes, and whom to call for it."""

from __future__ import annotations

from datetime import datetime

from backupreader.domain.plan import calling
from backupreader.domain.plan.calling import Answer
from backupreader.domain.plan.contacts import Contact
from backupreader.domain.plan.guidance import Guide, Outcome, Question
from backupreader.domain.plan.plan import Plan


def begin(guide: Guide) -> Question:
    """The first question."""
    return guide.questions[0]


def answered(guide: Guide, question: str, yes: bool) -> Question | Outcome:  # noqa: FBT001 (the answer itself)
    """Where an answer to the question of this id leads. Raises LookupError where the guide does not know it."""
    asked = next((one for one in guide.questions if one.id == question), None)
    if asked is None:
        raise LookupError(question)
    leads = asked.yes if yes else asked.no
    steps: tuple[Question | Outcome, ...] = (*guide.questions, *guide.outcomes)
    for step in steps:
        if step.id == leads:
            return step
    raise LookupError(leads)


def whom(plan: Plan, guide: Guide, outcome: Outcome, at: datetime, role: str = "") -> Answer | Contact | None:
    """Whom to call at a guide's end: the contact that it names, or who answers now; None: nobody is to be called.

    A guide about several systems asks who answers for the first of them.
    """
    if outcome.contact:
        return plan.contact(outcome.contact)
    if outcome.reach == "none":
        return None
    return calling.now(plan, at, system=next(iter(guide.systems), ""), role=role, reach=outcome.reach)
