"""``plan now``: whom to call, at this hour or another; the number stands first, the reasons and what comes then below.

Needs no unlock: the plan is read from the signed head of what was received.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import typer

from backupreader.command import Context, plain
from backupreader.commands._planhere import (
    check_known,
    moment_of,
    plan_here,
    say_clock,
    say_kept,
    say_standing,
    standing,
)
from backupreader.domain import moments
from backupreader.domain.plan import calling, planned, words
from backupreader.domain.plan.about import REACHES, Reach
from backupreader.language import N_

if TYPE_CHECKING:
    from collections.abc import Iterator

    from backupreader.domain.plan.calling import Answer
    from backupreader.domain.plan.contacts import Contact
    from backupreader.domain.plan.plan import Plan
    from backupreader.domain.plan.planned import Occurrence

AT: Final = N_("At this hour on the wall, as '2026-12-25 15:30'; now by itself.")
SYSTEM: Final = N_("What is down: the id of a system in the plan.")
ROLE: Final = N_("Who calls: the id of a role in the plan.")
REACH: Final = N_("How far the fault goes: local, global or national.")
UNIT: Final = N_("The unit whose own supplement holds, as the plan calls it.")
_NO_REACH: Final = N_("Say local, global, national or none.")
_AHEAD: Final = timedelta(hours=24)

_NO_NUMBER: Final = N_("no number in the plan")
_TREE: Final = N_("Then press, in this order: {digits}")
_SAY: Final = N_("Say: {words}")
_GIVE: Final = N_("Give as your own number: {words}")
_CALL_FOR: Final = N_("Call for: {words}")
_NOT_FOR: Final = N_("Do not call for: {words}")
_MAY_CALL: Final = N_("Only these may make this call: {roles}")
_MAY_NOT: Final = N_("{role} may not make this call. Ask one of these: {roles}")
_NOTE: Final = N_("Note: {words}")
_HOLDS: Final = N_("This holds {until}.")
_BEHIND: Final = N_("If nobody picks up: {contact}")
_AGAIN: Final = N_("Try again every {time}.")
_GOING: Final = N_("Planned downtime goes on: {what}, until {clock}.")
_COMING: Final = N_("Planned downtime {when}: {what}.")


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked, as it was typed; empty for all."""

    at: str = ""
    system: str = ""
    role: str = ""
    reach: str = ""
    unit: str = ""


def plan_now(context: Context, asked: Asked, file: Path | None, *, as_json: bool) -> None:
    """Whom to call. Raises NO_PLAN, PLAN_UNREADABLE, or NOT_FOUND for what the plan does not know."""
    if asked.reach and asked.reach not in REACHES:
        raise typer.BadParameter(context.language.text(_NO_REACH), param_hint="--reach")
    at = moment_of(asked.at, context)
    found = plan_here(context, file)
    assert found.plan is not None
    check_known(asked.unit, (*(one.unit for one in found.plan.supplements), *found.plan.units))
    plan = found.plan.of(asked.unit)
    check_known(asked.system, (one.id for one in plan.systems))
    check_known(asked.role, (one.id for one in plan.roles))
    reach: Reach | None = asked.reach or None
    answer = calling.now(plan, at, system=asked.system, role=asked.role, reach=reach)
    windows = _windows(plan, at)
    if as_json:
        document = {**_document(answer, windows, context), "plan": standing(context, found, at.date())}
        print(json.dumps(document, indent=1, ensure_ascii=False))  # noqa: T201
        return
    typer.secho(_first_line(answer, context), bold=True)
    told = _call(answer, plan, asked.role, context), _reasons(answer, context), _told(windows, at, context)
    for lines in map(tuple, told):
        for line in lines:
            print(plain(line))  # noqa: T201 (the command line's voice)
        if lines:
            print()  # noqa: T201
    if not asked.at:
        say_clock(context, at, moments.instant(found.came, context.settings.timezone()))
    say_standing(context, found.plan.about, found.came, at.date())
    say_kept(context, found.kept)


def _windows(plan: Plan, at: datetime) -> tuple[Occurrence, ...]:
    """What is down as planned now, and what will be within a day."""
    end = at.timestamp() + _AHEAD.total_seconds()
    coming = (one for one in planned.coming(plan, at, 2) if one.begins.timestamp() <= end)
    return (*planned.going(plan, at), *coming)


def _first_line(answer: Answer, context: Context) -> str:
    """The name and the number, or that there is nobody."""
    if answer.contact is None:
        return plain(words.why(answer, context.language)[0])
    return plain(_reached(answer.contact, context))


def _reached(contact: Contact, context: Context) -> str:
    return f"{contact.label}   {contact.number or contact.mail or context.language.text(_NO_NUMBER)}"


def _call(answer: Answer, plan: Plan, role: str, context: Context) -> Iterator[str]:
    """How to make the call; or what to do where there is nobody to be called."""
    _, contact = context.language.text, answer.contact
    if contact is None:
        if answer.calling is not None and answer.calling.nobody:
            yield answer.calling.nobody
        if answer.calling is not None and answer.calling.again:
            yield _(_AGAIN).format(time=words.length(answer.calling.again, context.language))
        return
    if contact.number and contact.mail:
        yield contact.mail
    if contact.tree:
        yield _(_TREE).format(digits=", ".join(contact.tree))
    for sentence, lines in ((_SAY, contact.say), (_GIVE, (contact.give,))):
        yield from (_(sentence).format(words=line) for line in lines if line)
    for sentence, lines in ((_CALL_FOR, contact.call_for), (_NOT_FOR, contact.not_for)):
        yield from (_(sentence).format(words=line) for line in lines)
    if contact.may_call:
        sentence = _MAY_NOT if role and role not in contact.may_call else _MAY_CALL
        roles = ", ".join(plan.role(one) for one in contact.may_call)
        yield _(sentence).format(role=plan.role(role), roles=roles)
    if contact.note:
        yield _(_NOTE).format(words=contact.note)


def _reasons(answer: Answer, context: Context) -> Iterator[str]:
    """Why, until when, and who else answers now."""
    _, language = context.language.text, context.language
    yield from words.why(answer, language)[answer.contact is None :]
    if until := words.until(answer, language):
        yield _(_HOLDS).format(until=until)
    for contact in answer.after:
        yield _(_BEHIND).format(contact=_reached(contact, context))


def _told(windows: tuple[Occurrence, ...], at: datetime, context: Context) -> Iterator[str]:
    _, language = context.language.text, context.language
    for one in windows:
        if one.holds(at):
            yield _(_GOING).format(what=one.window.label, clock=language.clock(one.ends))
        else:
            yield _(_COMING).format(when=words.planned(one, at, language), what=one.window.label)
        if one.window.say:
            yield one.window.say


def _document(answer: Answer, windows: tuple[Occurrence, ...], context: Context) -> dict[str, Any]:
    calling_ = answer.calling
    return {
        "at": answer.at.isoformat(),
        "contact": None if answer.contact is None else _contact(answer.contact),
        "nobody": calling_.nobody or None if calling_ is not None and answer.contact is None else None,
        "again": calling_.again or None if calling_ is not None and answer.contact is None else None,
        "why": list(words.why(answer, context.language)),
        "until": _iso(answer.until),
        "then": None if answer.then is None else _short(answer.then),
        "passed": [{**_short(one.contact), "why": one.why, "opens": _iso(one.opens)} for one in answer.passed],
        "after": [_short(one) for one in answer.after],
        "holiday": answer.holiday or None,
        "doubtful": answer.doubtful,
        "windows": [_window(one, answer.at) for one in windows],
    }


def _short(contact: Contact) -> dict[str, Any]:
    return {"id": contact.id, "label": contact.label, "number": contact.number or None, "mail": contact.mail or None}


def _contact(contact: Contact) -> dict[str, Any]:
    return {
        **_short(contact),
        "tree": list(contact.tree),
        "say": list(contact.say),
        "give": contact.give or None,
        "call_for": list(contact.call_for),
        "not_for": list(contact.not_for),
        "may_call": list(contact.may_call),
        "note": contact.note or None,
    }


def _window(one: Occurrence, at: datetime) -> dict[str, Any]:
    window = one.window
    return {
        "id": window.id,
        "label": window.label,
        "begins": one.begins.isoformat(),
        "ends": one.ends.isoformat(),
        "going": one.holds(at),
        "systems": list(window.systems),
        "say": window.say or None,
    }


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()
