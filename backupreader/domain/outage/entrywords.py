"""What an entry of an outage's log says, in words for every face; what people wrote stands in them as they wrote it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final

from backupreader.domain.outage.event import Entry, EntryKind
from backupreader.domain.plan import words
from backupreader.domain.plan.about import REACHES
from backupreader.domain.plan.plan import Plan
from backupreader.language import N_, Language

if TYPE_CHECKING:
    from backupreader.domain.plan.contacts import Contact
    from backupreader.domain.plan.duties import Act, Duty
    from backupreader.domain.plan.guidance import Partner

CALLED: Final[Mapping[EntryKind, str]] = {
    "declared": N_("Declared"),
    "systems": N_("Systems"),
    "reach": N_("How far it goes"),
    "owner": N_("Who has the case"),
    "call": N_("Call"),
    "decision": N_("Decision"),
    "note": N_("Note"),
    "act": N_("Happened"),
    "done": N_("Duty done"),
    "unit": N_("Unit"),
    "partner": N_("Partner told"),
    "guide": N_("Fault guide"),
    "ended": N_("Up again"),
    "withdrawn": N_("Crossed out"),
}
"""What each kind of entry is called."""
CALLS: Final[Mapping[str, str]] = {
    "answered": N_("answered"),
    "no-answer": N_("no answer"),
    "message": N_("a message was left"),
}
"""What came of a call."""
UNITS: Final[Mapping[str, str]] = {"up": N_("up"), "down": N_("DOWN")}
"""How a unit stands."""


def about(entry: Entry, plan: Plan, language: Language) -> str:
    """What an entry is about, by the name that the plan has for it: systems, a contact, a duty, a unit, a partner.

    Its id where the plan does not name it; nothing of what people wrote.
    """
    what = entry.what
    match entry.kind:
        case "declared" | "systems":
            return ", ".join(plan.system(one) for one in what.split())
        case "reach":
            return next((words.reach(one, language) for one in REACHES if one == what), what)
        case "guide":
            return _guide(entry, plan)
        case "withdrawn":
            return language.text(N_("entry {number}")).format(number=what)
        case _:
            return next((one.label for one in _named(entry.kind, plan) if one.id == what), what)


def came_of(entry: Entry, language: Language) -> str:
    """What came of a call, or how a unit stands; empty for every other kind."""
    known = {"call": CALLS, "unit": UNITS}.get(entry.kind, {})
    return language.text(known[entry.detail]) if entry.detail in known else ""


def _named(kind: EntryKind, plan: Plan) -> Iterable[Contact | Act | Duty | Partner]:
    """What an entry of a kind can be about."""
    match kind:
        case "call":
            return (*plan.contacts, *(one for some in plan.supplements for one in some.contacts))
        case "act":
            return plan.acts
        case "done":
            return (*plan.duties, *(one for some in plan.supplements for one in some.duties))
        case "partner":
            return (one for some in plan.partners for one in some.partners)
        case _:
            return ()


def _guide(entry: Entry, plan: Plan) -> str:
    """Which guide, and what its outcome says."""
    guide = next((one for one in plan.guides if one.id == entry.what), None)
    if guide is None:
        return " · ".join(part for part in (entry.what, entry.detail) if part)
    said = next((one.say for one in guide.outcomes if one.id == entry.detail), entry.detail)
    return f"{guide.label}: {said}" if said else guide.label
