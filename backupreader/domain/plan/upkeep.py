"""Whether a plan is looked after: what is overdue, what nobody has, what nobody uses, what is in the way."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from backupreader.domain.plan.about import About, Spot
from backupreader.domain.plan.duties import Duty, Window
from backupreader.domain.plan.finding import Finding
from backupreader.domain.plan.plan import Plan
from backupreader.domain.plan.references import cards, contacts, duties, references
from backupreader.domain.trouble import Reason
from backupreader.language import N_

_YEAR: Final = timedelta(days=365)
_OVERDUE = N_("'{title}' should have been revised by {day}")
_NO_REVISION = N_("'{title}' does not say by when it must be revised ('revise_by')")
_UNCHECKED = N_("The contact '{id}' was last checked on {day}, more than a year ago")
_NOT_YET = N_("The contact '{id}' was last checked on {day}, and that day has not come yet")
_MADE_UP = N_("The number of the contact '{id}' is made up: none that can be rung begins with 000")
_NO_NUMBER = N_("The outcome '{id}' names the contact '{contact}', which has no number")
_UNREACHABLE = N_("The contact '{id}' has neither a number nor a mail address")
_UNNAMED = N_("Nothing in the plan names the contact '{id}'")
_NO_ROLE = N_("The duty '{id}' is nobody's: 'role' is missing")
_EARLY_WARNING = N_("The duty '{id}' is announced as soon as its clock starts: 'warn' is as long as the clock")
_NO_CARD = N_("No action card is about the system '{id}'")
_COLLISION = N_("The window '{id}' falls on {clock}, at which new data is expected")
_NO_UNIT = N_("The unit '{unit}' is not among the 'units' of the plan")


def overdue(plan: Plan, today: date) -> Iterator[Finding]:
    """What should have been revised or checked by today, or never says by when."""
    for about in (plan.about, *(one.about for one in plan.supplements), *(one.about for one in cards(plan))):
        yield from _overdue(about, today)
    for contact in contacts(plan):
        if contact.checked is None or timedelta(0) <= today - contact.checked <= _YEAR:
            continue
        sentence = _NOT_YET if contact.checked > today else _UNCHECKED
        yield _doubt(contact.spot, sentence, id=contact.id, day=contact.checked.isoformat())


def _overdue(about: About, today: date) -> Iterator[Finding]:
    if about.revise_by is None:
        yield _doubt(about.spot, _NO_REVISION, title=about.title)
    elif about.is_overdue(today):
        yield _doubt(about.spot, _OVERDUE, title=about.title, day=about.revise_by.isoformat())


def unused(plan: Plan) -> Iterator[Finding]:
    """What nobody can use, nobody has, or nothing names."""
    named = {one.id for one in references(plan) if one.kind == "contact"}
    for contact in contacts(plan):
        if not contact.number and not contact.mail:
            yield _doubt(contact.spot, _UNREACHABLE, id=contact.id)
        if contact.id not in named:
            yield _doubt(contact.spot, _UNNAMED, id=contact.id)
    yield from _unrung(plan)
    for duty in duties(plan):
        yield from _duty(duty)
    covered = {id_ for card in cards(plan) for id_ in card.systems}
    for system in plan.systems:
        if system.id not in covered:
            yield _doubt(system.spot, _NO_CARD, id=system.id)
    for supplement in plan.supplements:
        if plan.units and supplement.unit not in plan.units:
            yield _doubt(supplement.spot, _NO_UNIT, unit=supplement.unit)


def _unrung(plan: Plan) -> Iterator[Finding]:
    """Numbers of an example that were left in a plan of one's own, and ways through a guide that end without one."""
    known = {one.id: one for one in contacts(plan)}
    for contact in known.values():
        if not plan.about.example and "".join(filter(str.isdigit, contact.number)).startswith("000"):
            yield _doubt(contact.spot, _MADE_UP, id=contact.id)
    for outcome in (one for guide in plan.guides for one in guide.outcomes):
        called = known.get(outcome.contact)
        if called is not None and not called.number:
            yield _doubt(outcome.spot, _NO_NUMBER, id=outcome.id, contact=called.id)


def _duty(duty: Duty) -> Iterator[Finding]:
    if not duty.role:
        yield _doubt(duty.spot, _NO_ROLE, id=duty.id)
    if duty.minutes and duty.warn >= duty.minutes:
        yield _doubt(duty.spot, _EARLY_WARNING, id=duty.id)


def collisions(plan: Plan, expected: tuple[str, ...]) -> Iterator[Finding]:
    """Planned downtime in which an export should have been taken."""
    clocks = {clock: int(clock[:2]) * 60 + int(clock[3:]) for clock in expected}
    for window in plan.windows:
        for clock, minute in clocks.items():
            if _is_within(window, minute):
                yield _doubt(window.spot, _COLLISION, id=window.id, clock=clock)


def _is_within(window: Window, minute: int) -> bool:
    return window.begins <= minute < window.ends


def _doubt(spot: Spot, sentence: str, **facts: object) -> Finding:
    return Finding(spot, Reason(sentence, facts), stops=False)
