"""Who takes over, and who must be told: the case at a change of shift, and everybody when the systems are up again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

from backupreader.domain.outage.clocks import holder, holds, next_shift
from backupreader.domain.outage.event import Entry, Event
from backupreader.domain.outage.fold import crossed_out
from backupreader.domain.plan.plan import Plan
from backupreader.domain.shifts import Hours, Shift


def must_hand_over(event: Event, now: datetime, hours: Hours) -> Shift | None:
    """The shift at whose beginning the case was to be handed over, and was not; None where nothing is owed.

    It is owed from the moment at which a shift begins after the owner took the case, until somebody takes it or she
    states that she goes on with it (which is an entry "owner" too). Of several changes that were missed it is the
    first: since then it is overdue. Until then she has the case, and nothing else of the outage waits for it. `now`
    carries the site's `ZoneInfo`.
    """
    zone = now.tzinfo
    if not isinstance(zone, ZoneInfo):
        raise TypeError("now must carry the site's ZoneInfo")
    if event.ended is not None:
        return None
    shift = next_shift(event.owned_since, hours, zone)
    return shift if shift.begins.timestamp() <= now.timestamp() else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tell:
    """Someone who must be told that the systems are up again.

    `why`: it is a duty, a partner was told that they are down, or a contact was called for it. `told` is when she was;
    `holder` has it, where the plan says so.
    """

    why: Literal["duty", "partner", "contact"]
    id: str
    label: str
    number: str = ""
    mail: str = ""
    holder: str = ""
    told: datetime | None = None


def to_tell(plan: Plan | None, event: Event) -> tuple[Tell, ...]:
    """Everyone who must be told that the systems are up again, those who have been told too, in the plan's order.

    Before the end it is who would have to be told now. Without a plan, contacts and partners are called by their ids.
    """
    duties = tuple(_duties(plan, event)) if plan is not None else ()
    meant = {duty.contact for duty in plan.duties if duty.when == "end" and holds(duty, event)} if plan else set[str]()
    return (*duties, *_partners(plan, event), *_contacts(plan, event, meant))


def _duties(plan: Plan, event: Event) -> Iterator[Tell]:
    for duty in plan.duties:
        if duty.when == "end" and holds(duty, event) and (not duty.follows or duty.follows in event.done):
            contact = plan.contact(duty.contact)
            yield Tell(
                why="duty",
                id=duty.id,
                label=duty.label,
                number=contact.number if contact else "",
                mail=contact.mail if contact else "",
                holder=holder(plan, event, duty.role),
                told=_told(event.done.get(duty.id, ()), event),
            )


def _partners(plan: Plan | None, event: Event) -> Iterator[Tell]:
    known = {one.id: (one, of) for of in (plan.partners if plan else ()) for one in of.partners}
    order = [*(id_ for id_ in known if id_ in event.partners), *(id_ for id_ in event.partners if id_ not in known)]
    for id_ in order:
        entries = event.partners[id_]
        if not _before_the_end(entries, event):
            continue
        partner, told = known.get(id_), _told(entries, event)
        if plan is None or partner is None:
            yield Tell(why="partner", id=id_, label=id_, told=told)
        else:
            one, of = partner
            has_it = holder(plan, event, of.role)
            yield Tell(
                why="partner", id=id_, label=one.label, number=one.number, mail=one.mail, holder=has_it, told=told
            )


def _contacts(plan: Plan | None, event: Event, meant: set[str]) -> Iterator[Tell]:
    """Who answered a call or was left a message; whoever a duty of the end is about is told there."""
    crossed, calls = crossed_out(event.entries), dict[str, list[Entry]]()
    for entry in event.entries:
        if entry.kind == "call" and entry.number not in crossed and entry.detail != "no-answer":
            calls.setdefault(entry.what, []).append(entry)
    for id_, entries in calls.items():
        if id_ in meant or not _before_the_end(entries, event):
            continue
        contact, told = plan.contact(id_) if plan else None, _told(entries, event)
        if contact is None:
            yield Tell(why="contact", id=id_, label=id_, told=told)
        else:
            yield Tell(why="contact", id=id_, label=contact.label, number=contact.number, mail=contact.mail, told=told)


def _before_the_end(entries: Iterable[Entry], event: Event) -> bool:
    return event.ended is None or any(entry.at.timestamp() < event.ended.timestamp() for entry in entries)


def _told(entries: Iterable[Entry], event: Event) -> datetime | None:
    """When it was told that they are up: the first word after the end."""
    if event.ended is None:
        return None
    after = (entry.at for entry in entries if entry.at.timestamp() >= event.ended.timestamp())
    return min(after, key=datetime.timestamp, default=None)
