"""A plan's ready words with what is known of an outage in their places, and until when the number in them holds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from backupreader.domain.plan import calling, words
from backupreader.domain.plan.filling import filled

if TYPE_CHECKING:
    from backupreader.domain.planpapers import DoorNotice
    from printing.paper import Desk


def text(found: DoorNotice, desk: Desk) -> str:
    """The template's words, filled; where nothing is known, with a line to write on."""
    return filled(found.template.text.strip(), _known(found, desk))


def holds(found: DoorNotice, desk: Desk) -> str:
    """Until when the number holds that was filled in; empty where there is none in the words."""
    if "{number}" not in found.template.text and "{contact}" not in found.template.text:
        return ""
    answer = _answer(found, desk)
    if answer.contact is None or answer.until is None:
        return ""
    until = words.until(answer, desk.language)
    return desk.language.text("{contact} is to be called {until}.").format(contact=answer.contact.label, until=until)


def _answer(found: DoorNotice, desk: Desk) -> calling.Answer:
    """Whom to call now, for the one system that is down, where it is one."""
    event = found.event
    system = event.systems[0] if event is not None and len(event.systems) == 1 else ""
    return calling.now(found.plan, desk.now, system=system, reach=None if event is None else event.reach)


def _known(found: DoorNotice, desk: Desk) -> Mapping[str, str]:
    event, contact = found.event, _answer(found, desk).contact
    called = {} if contact is None else {"contact": contact.label, "number": contact.number or contact.mail}
    if event is None:
        return called
    systems = ", ".join(found.plan.system(one) for one in event.systems)
    return called | {"outage": event.number, "systems": systems, "since": desk.moment(event.began)}
