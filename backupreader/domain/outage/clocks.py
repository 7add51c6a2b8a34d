"""What is due in an outage, when, and who has it: the plan's duties against what has been done. All by instants.

A duty that names systems or a reach counts also while nobody has said yet which systems are down or how far it goes: a
clock too many is crossed out sooner than one that nobody saw. What was due before the systems were up again, and was
not done, stays overdue; everything else but the duties of the end is over then.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from backupreader.domain.outage.event import Clock, ClockState, Entry, Event
from backupreader.domain.plan.duties import Duty
from backupreader.domain.plan.plan import Plan
from backupreader.domain.shifts import Hours, Shift, shift_at

OWNERS: Final = frozenset({"", "owner", "reporter"})
"""The ids of roles that whoever has the case has in every plan; a duty without a role is hers too."""
_A_MINUTE: Final = 60


def clocks(plan: Plan, event: Event, now: datetime, hours: Hours) -> tuple[Clock, ...]:
    """All clocks of the outage at a moment, which carries the site's `ZoneInfo`; their moments are in that zone.

    In order of when they are due, what is overdue first; then what is due only after something else; then what is done.
    """
    zone = now.tzinfo
    if not isinstance(zone, ZoneInfo):
        raise TypeError("now must carry the site's ZoneInfo")
    found: list[Clock] = []
    for duty in plan.duties:
        if holds(duty, event):
            has_it = holder(plan, event, duty.role)
            found += (_clock(duty, turn, now, zone, has_it) for turn in _turns(duty, event, hours, zone))
    return tuple(sorted(found, key=_order))


def next_clock(clocks: Iterable[Clock]) -> Clock | None:
    """What must be done next; None where nothing is due at any time."""
    return next((clock for clock in clocks if clock.state != "done" and clock.due is not None), None)


def holds(duty: Duty, event: Event) -> bool:
    """Is it a duty in this outage, as far as anyone has said?"""
    systems = not duty.systems or not event.systems or not set(duty.systems).isdisjoint(event.systems)
    return systems and (not duty.reaches or event.reach is None or event.reach in duty.reaches)


def holder(plan: Plan, event: Event, role: str) -> str:
    """Who has what a role must do: a person where one is known, else the role as the plan calls it.

    Who reported an outage follows it, and the first role that a plan names is hers: whoever has the case has that, and
    what the plan gives to nobody.
    """
    first = plan.roles[0].id if plan.roles else ""
    return event.owner if role in OWNERS or role == first else plan.role(role)


def next_shift(moment: datetime, hours: Hours, zone: ZoneInfo) -> Shift:
    """The first shift that begins after a moment."""
    return shift_at(shift_at(moment.astimezone(zone), hours).ends, hours)


@dataclass(frozen=True, slots=True)
class _Turn:
    """One time that a duty comes: the second at which it is due, None where something else comes first.

    `over`: it is done, or nothing more is to be done. `whose`: of whose act it is, where several have done it.
    """

    due: float | None
    over: bool = False
    whose: str = ""


_WAITS: Final = _Turn(None)
_OVER: Final = _Turn(None, over=True)


def _turns(duty: Duty, event: Event, hours: Hours, zone: ZoneInfo) -> Iterator[_Turn]:
    """The turns of a duty that count now."""
    done = [entry.at.timestamp() for entry in event.done.get(duty.id, ())]
    freed = _freed(duty, event)
    if freed is None:
        yield _OVER if event.ended else _WAITS
        return
    began, minutes = max(event.began.timestamp(), freed), duty.minutes * _A_MINUTE
    match duty.when:
        case "start" | "after":
            due = max(event.began.timestamp() + minutes, freed)
            over = event.ended is not None and due > event.ended.timestamp()
            yield _Turn(due, over=bool(done)) if done or not over else _OVER
        case "end":
            if event.ended is None:
                yield _WAITS
            else:
                ended = event.ended.timestamp()
                yield _Turn(ended, over=any(moment >= ended for moment in done))
        case _ if event.ended is not None:
            yield _OVER
        case "every":
            yield _Turn(max([began, *done]) + minutes)
        case "shift":
            early = duty.warn * _A_MINUTE  # done when it was announced, it is done for the change that was meant
            last = max([began, *(moment + early for moment in done)])
            yield _Turn(next_shift(datetime.fromtimestamp(last, zone), hours, zone).begins.timestamp())
        case "since":
            yield from _since(event.acts.get(duty.act, ()), minutes, done)


def _since(acts: Sequence[Entry], minutes: int, done: Sequence[float]) -> Iterator[_Turn]:
    """Of each one's acts the last counts, and the clock of each runs on its own.

    Keys that other phones fetched later let the first phones open nothing. Whoever is not named counts as one. What was
    done after an act is done for it.
    """
    last: dict[str, Entry] = {}
    for entry in acts:
        last[" ".join(entry.who.split()).casefold()] = entry
    if not last:
        yield _WAITS
    for entry in last.values():
        began = entry.at.timestamp()
        yield _Turn(began + minutes, over=any(moment >= began for moment in done), whose=entry.who)


def _freed(duty: Duty, event: Event) -> float | None:
    """Since when a duty may be due, for the one that it follows; None while that one is not done."""
    if not duty.follows:
        return event.began.timestamp()
    first = next(iter(event.done.get(duty.follows, ())), None)
    return None if first is None else first.at.timestamp()


def _clock(duty: Duty, turn: _Turn, now: datetime, zone: ZoneInfo, has_it: str) -> Clock:
    due = None if turn.due is None else datetime.fromtimestamp(turn.due, zone)
    warned = None if turn.due is None or not duty.warn else turn.due - duty.warn * _A_MINUTE
    return Clock(
        duty=duty.id,
        label=f"{duty.label} · {turn.whose}" if turn.whose else duty.label,
        state="done" if turn.over else _state(turn.due, warned, now.timestamp()),
        due=due,
        warns=None if warned is None else datetime.fromtimestamp(warned, zone),
        holder=has_it,
        contact=duty.contact,
    )


def _state(due: float | None, warns: float | None, now: float) -> ClockState:
    if due is None:
        return "waiting"
    if now >= due + _A_MINUTE:
        return "overdue"
    if now > due - _A_MINUTE:
        return "due"
    return "soon" if warns is not None and now >= warns else "waiting"


def _order(clock: Clock) -> tuple[int, float]:
    """What is due first; what is not dated; what is done. The plan's own order for the rest."""
    if clock.state == "done":
        return 2, 0.0
    return (1, 0.0) if clock.due is None else (0, clock.due.timestamp())
