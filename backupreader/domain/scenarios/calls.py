"""Questions about whom to call, until when, who may, and for what: their answers are those of `plan.calling`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from backupreader.domain.plan import calling
from backupreader.domain.plan.calling import Answer
from backupreader.domain.plan.contacts import DAY_ENDS, Contact
from backupreader.domain.plan.wallclock import begins_at, zone_of
from backupreader.domain.scenarios.scenario import Ask, LeftOut, Line, Scene, Why, Words, ask
from backupreader.language import N_

_LOOK_AT_THE_CLOCK = Line(N_("Look at the clock, and at who answers at this hour."))


def answer(scene: Scene) -> Answer:
    """Whom the plan has called now, by anyone who has no role of her own."""
    return calling.now(scene.plan, scene.at, system=scene.system_id)


def call(scene: Scene) -> Ask | LeftOut:
    """Whom to call first now; what to do where nobody answers on purpose."""
    found = answer(scene)
    if found.calling is None or (found.contact is None and not found.calling.nobody):
        return LeftOut("call", Line(N_("The plan does not say whom to call at this hour.")))
    right: Words = found.contact if found.contact is not None else found.calling.nobody
    sentence = Line(N_("Whom do you call first now?"))
    made = ask(scene, "call", sentence, right, _others(scene, found), _LOOK_AT_THE_CLOCK, Why(found))
    return made or _only("call")


def next_(scene: Scene) -> Ask | LeftOut:
    """Who comes then, where the first does not take the telephone."""
    found = answer(scene)
    if found.contact is None or not found.after:
        return LeftOut("next", Line(N_("The plan names nobody who comes next at this hour.")))
    right = found.after[0]
    sentence = Line(
        N_("{contact} does not take the telephone. Whom do you call then?"), {"contact": found.contact.label}
    )
    wrong = [one for one in _others(scene, found) if one != right]
    help_ = Line(N_("Look in which order the plan names them, and who answers at this hour."))
    why = Line(N_("After {first} the plan names {contact}."), {"first": found.contact.label, "contact": right.label})
    return ask(scene, "next", sentence, right, [found.contact, *wrong], help_, why) or _only("next")


def until(scene: Scene) -> Ask | LeftOut:
    """Until when the one to call now is the right one."""
    found = answer(scene)
    if found.until is None or (found.contact is None and found.then is None):
        return LeftOut("until", Line(N_("The plan names the same one at all hours.")))
    if found.contact is not None:
        sentence = Line(N_("Until when is {contact} the one to call?"), {"contact": found.contact.label})
    else:
        sentence = Line(N_("From when does somebody answer again?"))
    then = found.then.label if found.then is not None else Line(N_("nobody answers"))
    why = Line(N_("From {moment} it is {contact}."), {"moment": found.until, "contact": then})
    help_ = Line(N_("Look at the hours: when does the next one begin or end?"))
    return ask(scene, "until", sentence, found.until, _edges(scene, found.until), help_, why) or _only("until")


def may_call(scene: Scene) -> Ask | LeftOut:
    """Which role may make a call that not everybody may make."""
    plan = scene.plan
    duties = [plan.contact(duty.contact) for duty in plan.duties]
    named = [one for one in (*duties, *plan.contacts) if one is not None and one.may_call]
    for contact in sorted(named, key=lambda one: not one.number):
        allowed = [plan.role(role) for role in contact.may_call]
        wrong = [role.label for role in plan.roles if role.id not in contact.may_call and role.label not in allowed]
        sentence = Line(N_("Who may call {contact}?"), {"contact": contact.label})
        help_ = Line(N_("Look at the contact: who may make this call?"))
        why = Line(N_("The plan lets these call: {roles}."), {"roles": ", ".join(allowed)})
        if made := ask(scene, "may-call", sentence, allowed[0], wrong, help_, why):
            return made
    return LeftOut("may-call", Line(N_("The plan lets everyone make every call.")))


def not_for(scene: Scene) -> Ask | LeftOut:
    """For what somebody is not called."""
    first, plan = answer(scene).contact, scene.plan
    for contact in (*([first] if first is not None else ()), *plan.contacts):
        if not contact.not_for:
            continue
        sentence = Line(N_("For what is {contact} not called?"), {"contact": contact.label})
        help_ = Line(N_("Look at the contact: for what is it, and for what not?"))
        why = Line(N_("Not for: {what}"), {"what": "; ".join(contact.not_for)})
        if made := ask(scene, "not-for", sentence, contact.not_for[0], contact.call_for, help_, why):
            return made
    return LeftOut("not-for", Line(N_("The plan names nothing for which somebody is not called.")))


def press(scene: Scene) -> Ask | LeftOut:
    """Which digits to press where a machine takes the telephone."""
    trees = [contact for contact in scene.plan.contacts if contact.tree]
    for contact in trees:
        right = ", ".join(contact.tree)
        others = [", ".join(one.tree) for one in trees] + [", ".join(reversed(contact.tree)), "0", "9", "5"]
        sentence = Line(N_("{contact} answers with a machine. What do you press?"), {"contact": contact.label})
        help_ = Line(N_("Look at the contact: the digits stand beside its number."))
        why = Line(N_("The plan says: {digits}"), {"digits": right})
        if made := ask(scene, "press", sentence, right, others, help_, why):
            return made
    return LeftOut("press", Line(N_("The plan names no digits to press.")))


def _only(id_: str) -> LeftOut:
    return LeftOut(id_, Line(N_("The plan leaves nothing to choose between here.")))


def _others(scene: Scene, found: Answer) -> Iterator[Contact]:
    """Who is not to be called first: those who are closed now come before those whom another calling names."""
    yield from (passed.contact for passed in found.passed)
    right = {one.id for one in (found.contact, *found.after) if one is not None}
    yield from (contact for contact in scene.plan.contacts if contact.id not in right and contact.number)


def _edges(scene: Scene, right: datetime) -> Iterable[datetime]:
    """Other moments than the right one: edges of anybody's hours on its day, then an hour or more beside it."""
    zone = zone_of(scene.at)
    minutes = {minute for one in scene.plan.contacts for line in one.hours for minute in (line.begins, line.ends)}
    found = [begins_at(right.date(), minute, zone) for minute in sorted(minutes) if minute < DAY_ENDS]
    beside = [right.timestamp() + timedelta(minutes=off).total_seconds() for off in (60, -60, 120, 30, 180)]
    for second in (*found, *beside):
        if second > scene.at.timestamp() and second != right.timestamp():
            yield datetime.fromtimestamp(second, zone)
