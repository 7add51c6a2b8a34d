"""How the outage stands, on the terminal and for a machine: without anyone's words before unlock, with them after."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, Final

from backupreader.command import Context, plain
from backupreader.commands._planhere import say_clock
from backupreader.domain.outage.clocks import clocks
from backupreader.domain.outage.entrywords import CALLED, about, came_of
from backupreader.domain.outage.event import Clock, Entry, Event
from backupreader.domain.outage.fold import crossed_out
from backupreader.domain.outage.handover import Tell, must_hand_over, to_tell
from backupreader.domain.plan import words
from backupreader.domain.plan.plan import Plan
from backupreader.domain.planpapers import BARE
from backupreader.language import N_

LOST: Final = N_("Some of the log was lost. Something may have been done that is not in it.")
_HAND_OVER: Final = {
    "day": N_(
        "HAND OVER: the day shift began at {clock}. Who has the case now? Say it, even if it is the same person."
    ),
    "evening": N_(
        "HAND OVER: the evening shift began at {clock}. Who has the case now? Say it, even if it is the same person."
    ),
    "night": N_(
        "HAND OVER: the night shift began at {clock}. Who has the case now? Say it, even if it is the same person."
    ),
}


def say_outage(context: Context, event: Event, plan: Plan | None) -> None:
    """All that can be told before unlock: since when, who has it, the hand-over if it is due, and the duties."""
    language, now, _ = context.language, context.now(), context.language.text
    zone = context.settings.timezone()
    since, age = language.moment(event.began.astimezone(zone)), language.age(_age(event, now))
    if event.ended is None:
        context.say(
            N_("Outage {number} has gone on for {age}, since {moment}."), number=event.number, age=age, moment=since
        )
    else:
        ended = language.moment(event.ended.astimezone(zone))
        context.say(
            N_("Outage {number} is over: up again since {moment}, after {age}."),
            number=event.number, moment=ended, age=age,
        )  # fmt: skip
    say_clock(context, now, max((entry.written for entry in event.entries), default=None, key=datetime.timestamp))
    if not event.whole:
        context.say(LOST)
    owned = language.moment(event.owned_since.astimezone(zone))
    context.say(N_("{name} has the case, since {moment}."), name=event.owner, moment=owned)
    shift = must_hand_over(event, now, context.settings.shifts)
    if shift is not None:
        context.say(_HAND_OVER[shift.name], clock=_when(context, shift.begins, now))
    if event.declared is None:
        context.say(N_("Nobody has said yet who judged it critical, and which systems are down: 'outage declare'."))
    named = plan or BARE
    if event.systems:
        context.say(N_("Down: {systems}."), systems=", ".join(named.system(one) for one in event.systems))
    if event.reach is not None:
        context.say(N_("How far it goes: {reach}."), reach=words.reach(event.reach, language))
    _say_units(context, event, named)
    if plan is None:
        context.say(N_("No plan has come to this PC: no duty is known."))
        return
    for clock in clocks(plan, event, now, context.settings.shifts):
        print(f"{'!' if clock.state in {'due', 'overdue'} else ' '} {told_clock(context, clock, plan, now)}")  # noqa: T201


def told_clock(context: Context, clock: Clock, plan: Plan | None, now: datetime) -> str:
    """A duty in one line: when, what, who has it, and whom she calls for it."""
    contact = plan.contact(clock.contact) if plan is not None and clock.contact else None
    called = " ".join(part for part in (contact.label, contact.number or contact.mail) if part) if contact else ""
    when = words.due(clock, now, context.language)
    if clock.due is not None and clock.state != "done":
        when = f"{when} ({_when(context, clock.due, now)})"
    return plain(" · ".join(part for part in (when, clock.label, clock.holder, called) if part))


def say_to_tell(context: Context, found: Iterable[Tell]) -> None:
    """Who must be told that the systems are up again, and who was."""
    found = tuple(found)
    if not found:
        context.say(N_("Nobody has to be told that the systems are up again."))
        return
    context.say(N_("Who must be told that the systems are up again:"))
    for one in found:
        zone, _ = context.settings.timezone(), context.language.text
        told = _("told {clock}").format(clock=context.language.clock(one.told.astimezone(zone))) if one.told else ""
        reached = " ".join(part for part in (one.number, one.mail) if part)
        line = " · ".join(part for part in (one.label, reached, one.holder, told) if part)
        print(f"{' ' if one.told else '!'} {plain(line)}")  # noqa: T201 (the command line's voice)


def say_log(context: Context, event: Event, plan: Plan | None) -> None:
    """Every entry in a line, with its words; one that was a mistake says so and stays."""
    crossed, zone, language = crossed_out(event.entries), context.settings.timezone(), context.language
    named = plan or BARE
    for entry in event.entries:
        parts = [
            language.moment(entry.at.astimezone(zone)),
            language.text(CALLED[entry.kind]),
            about(entry, named, language),
            came_of(entry, language),
            entry.who,
            entry.words,
            language.text("written by {name}").format(name=entry.by),
        ]
        if (by := crossed.get(entry.number)) is not None:
            parts.insert(0, language.text("CROSSED OUT by entry {number}").format(number=by.number))
        print(f"{entry.number:>4}  {plain(' · '.join(part for part in parts if part))}")  # noqa: T201
    if not event.whole:
        context.say(LOST)


def print_json(value: object) -> None:
    """One JSON document."""
    print(json.dumps(value, indent=1, ensure_ascii=False))  # noqa: T201 (the command line's voice)


def machine(context: Context, event: Event | None, plan: Plan | None) -> dict[str, Any] | None:
    """How an outage stands, for a machine, without anyone's words."""
    if event is None:
        return None
    now, hours = context.now(), context.settings.shifts
    shift = must_hand_over(event, now, hours)
    return {
        "number": event.number,
        "began": event.began.isoformat(),
        "minutes": int(_age(event, now).total_seconds() // 60),
        "ended": _iso(event.ended),
        "owner": event.owner,
        "owned_since": event.owned_since.isoformat(),
        "hand_over": None if shift is None else {"shift": shift.name, "due": shift.begins.isoformat()},
        "declared": event.declared is not None,
        "systems": list(event.systems),
        "reach": event.reach,
        "clocks": [_clock(one) for one in clocks(plan, event, now, hours)] if plan is not None else [],
        "units": {unit: {"state": one.detail, "at": one.at.isoformat()} for unit, one in event.units.items()},
        "to_tell": [machine_tell(one) for one in to_tell(plan, event)] if event.ended else [],
        "entries": len(event.entries),
        "whole": event.whole,
        "plan": plan is not None,
    }


def machine_tell(one: Tell) -> dict[str, Any]:
    """Someone who must be told, for a machine."""
    return {
        "why": one.why, "id": one.id, "label": one.label, "number": one.number, "mail": one.mail,
        "holder": one.holder, "told": _iso(one.told),
    }  # fmt: skip


def machine_log(event: Event) -> dict[str, Any]:
    """The log for a machine, with its words."""
    crossed = crossed_out(event.entries)
    return {
        "number": event.number,
        "entries": [_entry(entry, crossed.get(entry.number)) for entry in event.entries],
        "whole": event.whole,
    }


def _entry(entry: Entry, by: Entry | None) -> dict[str, Any]:
    return {
        "number": entry.number, "at": entry.at.isoformat(), "written": entry.written.isoformat(), "by": entry.by,
        "kind": entry.kind, "what": entry.what, "who": entry.who, "detail": entry.detail, "words": entry.words,
        "withdrawn_by": None if by is None else by.number,
    }  # fmt: skip


def _clock(one: Clock) -> dict[str, Any]:
    return {
        "duty": one.duty, "label": one.label, "state": one.state, "due": _iso(one.due), "warns": _iso(one.warns),
        "holder": one.holder, "contact": one.contact,
    }  # fmt: skip


def _say_units(context: Context, event: Event, plan: Plan) -> None:
    """How many units are down and up; those that the plan names and nobody has asked."""
    down = [unit for unit, one in event.units.items() if one.detail == "down"]
    unasked = [unit for unit in plan.units if unit not in event.units]
    if event.units:
        up = len(event.units) - len(down)
        context.say(N_("Units: {down} down, {up} up."), down=len(down), up=up)
        if unasked:
            context.say(N_("Not asked yet: {units}."), units=", ".join(unasked))


def _age(event: Event, now: datetime) -> timedelta:
    return timedelta(seconds=(event.ended or now).timestamp() - event.began.timestamp())


def _when(context: Context, moment: datetime, now: datetime) -> str:
    """Today only the time."""
    return context.language.clock(moment) if moment.date() == now.date() else context.language.moment(moment)


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()
