"""A plan's ready words with what is known of an outage in their places, and until when the number in them holds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from backupreader.domain.plan import calling, words
from backupreader.domain.plan.filling import filled

if TYPE_CHECKING:
    from backupreader.domain.outage.event import Event
    from backupreader.domain.plan.guidance import Template
    from backupreader.domain.plan.plan import Plan
    from printing.paper import Desk


def text(template: Template, plan: Plan, event: Event | None, desk: Desk) -> str:
    """The template's words, filled; where nothing is known, with a line to write on."""
    return filled(template.text.strip(), _known(plan, event, desk))


def holds(template: Template, plan: Plan, event: Event | None, desk: Desk) -> str:
    """Until when the number holds that was filled in; empty where it always does, or none is in the words."""
    answer = _answer(plan, event, desk)
    named = "{number}" in template.text or "{contact}" in template.text
    if not named or answer.contact is None or answer.until is None:
        return ""
    until = words.until(answer, desk.language)
    return desk.language.text("{contact} is to be called {until}.").format(contact=answer.contact.label, until=until)


def _answer(plan: Plan, event: Event | None, desk: Desk) -> calling.Answer:
    """Whom to call now, for the one system that is down, where it is one."""
    system = event.systems[0] if event is not None and len(event.systems) == 1 else ""
    return calling.now(plan, desk.now, system=system, reach=None if event is None else event.reach)


def _known(plan: Plan, event: Event | None, desk: Desk) -> Mapping[str, str]:
    contact = _answer(plan, event, desk).contact
    called = {} if contact is None else {"contact": contact.label, "number": contact.number or contact.mail}
    if event is None:
        return called
    systems = ", ".join(plan.system(one) for one in event.systems)
    return called | {"outage": event.number, "systems": systems, "since": desk.moment(event.began)}
