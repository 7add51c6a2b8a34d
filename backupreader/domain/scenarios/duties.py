"""Questions about what is due when, who does it, and what a case and fetched keys come to: those of `plan.duties`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from backupreader.domain.plan.duties import Duty
from backupreader.domain.scenarios.scenario import Ask, LeftOut, Length, Line, Scene, Words, ask
from backupreader.language import N_

_LENGTHS: Final = (15, 30, 60, 120, 240, 480)
_FETCHED: Final = timedelta(minutes=100)


def when(scene: Scene) -> Ask | LeftOut:
    """By when something must be done, or how often."""
    timed = [duty for kind in ("after", "every", "start") for duty in _of(scene, kind)]
    for duty in sorted(timed, key=lambda one: not one.systems):
        if made := _when(scene, duty):
            return made
    return LeftOut("when", Line(N_("The plan gives nothing a time by which it must be done.")))


def _when(scene: Scene, duty: Duty) -> Ask | None:
    facts: dict[str, Words] = {"duty": duty.label, "began": scene.began}
    right: Words
    wrong: Sequence[Words]
    if duty.when == "after":
        sentence = Line(N_("Everything went down at {began}. By when must this be done: {duty}?"), facts)
        right, wrong = (
            _later(scene.began, duty.minutes),
            [_later(scene.began, other) for other in _nearest(duty.minutes)],
        )
        why = Line(N_("The plan says: after {length}."), {"length": Length(duty.minutes)})
    elif duty.when == "every":
        sentence = Line(N_("How often must this be done: {duty}?"), facts)
        right, wrong = _every(duty.minutes), [_every(other) for other in _nearest(duty.minutes)]
        why = Line(N_("The plan says: every {length}."), {"length": Length(duty.minutes)})
    else:
        sentence = Line(N_("When must this be done: {duty}?"), facts)
        after = N_("When it has lasted {length}")
        right = Line(N_("At once"))
        wrong = [
            Line(after, {"length": Length(60)}),
            Line(after, {"length": Length(240)}),
            Line(N_("When everything is up again")),
        ]
        why = Line(N_("The plan says: at the beginning."))
    help_ = Line(N_("Look at the duties: from what does this clock count?"))
    return ask(scene, "when", sentence, right, wrong, help_, why)


def who(scene: Scene) -> Ask | LeftOut:
    """Which role does something."""
    plan = scene.plan
    for duty in (*_of(scene, "after"), *_of(scene, "start"), *_of(scene, "every")):
        if not _names(scene, duty):
            continue
        wrong = [role.label for role in plan.roles if role.id != duty.role]
        sentence = Line(N_("Who does this: {duty}?"), {"duty": duty.label})
        why = Line(N_("The plan gives it to: {role}."), {"role": plan.role(duty.role)})
        help_ = Line(N_("Look at the duties: each has one who has it."))
        if made := ask(scene, "who", sentence, plan.role(duty.role), wrong, help_, why):
            return made
    return LeftOut("who", Line(N_("The plan gives no duty to one role among several.")))


def keys(scene: Scene) -> Ask | LeftOut:
    """Until when something lasts that was begun at a known time, such as keys that were fetched to telephones."""
    fetched = datetime.fromtimestamp(scene.at.timestamp() - _FETCHED.total_seconds(), scene.at.tzinfo)
    for duty in _of(scene, "since"):
        act = next((act.label for act in scene.plan.acts if act.id == duty.act), duty.act)
        sentence = Line(N_("{moment}: {act}. Until when does that hold?"), {"moment": fetched, "act": act})
        wrong = [_later(fetched, other) for other in _nearest(duty.minutes)]
        help_ = Line(N_("Count from when it was done. How long does the plan say that it holds?"))
        facts: dict[str, Words] = {"length": Length(duty.minutes), "duty": duty.label}
        why = Line(N_("It holds for {length}. Then: {duty}"), facts)
        if made := ask(scene, "keys", sentence, _later(fetched, duty.minutes), wrong, help_, why):
            return made
    return LeftOut("keys", Line(N_("The plan names nothing that holds for a time only.")))


def shift(scene: Scene) -> Ask | LeftOut:
    """What becomes of the case when the shift ends."""
    sentence = Line(N_("Your shift ends. What does the plan ask for before you go home?"))
    help_ = Line(N_("Look at the duties that come at every change of shift."))
    return _named(scene, "shift", "shift", sentence, help_) or LeftOut(
        "shift", Line(N_("The plan does not say who has the case after the shift."))
    )


def end(scene: Scene) -> Ask | LeftOut:
    """What must be done when everything is up again."""
    sentence = Line(N_("Everything is up again, and all that the plan asks for before that was done. What is left?"))
    help_ = Line(N_("Look at the duties of the end."))
    return _named(scene, "end", "end", sentence, help_) or LeftOut(
        "end", Line(N_("The plan asks for nothing when everything is up again."))
    )


def _named(scene: Scene, id_: str, kind: str, sentence: Line, help_: Line) -> Ask | None:
    """Which duty it is, among those of other kinds. One that hands over a case, which has no system, comes first."""
    right = sorted(_of(scene, kind), key=lambda duty: bool(duty.systems))
    others = [duty.label for duty in scene.plan.duties if duty.when != kind]
    for duty in right:
        holder = scene.plan.role(duty.role) if _names(scene, duty) else ""
        why = Line(N_("{duty} Who has it: {role}."), {"duty": _whole(duty.label), "role": holder})
        bare = Line(N_("The plan says: {duty}"), {"duty": duty.label})
        if made := ask(scene, id_, sentence, duty.label, others, help_, why if holder else bare):
            return made
    return None


def _of(scene: Scene, kind: str) -> list[Duty]:
    """The duties of a kind that there are in this outage, those that are about its system first."""
    own = [duty for duty in scene.plan.duties if duty.when == kind]
    holding = [duty for duty in own if not duty.systems or scene.system_id in duty.systems]
    return sorted(holding, key=lambda duty: not duty.systems)


def _names(scene: Scene, duty: Duty) -> bool:
    """Does a duty name a role that the plan has? Whoever has the case has the others."""
    return any(role.id == duty.role for role in scene.plan.roles)


def _whole(label: str) -> str:
    return label if label.endswith((".", "!", "?")) else f"{label}."


def _every(minutes: int) -> Line:
    return Line(N_("Every {length}"), {"length": Length(minutes)})


def _later(moment: datetime, minutes: int) -> datetime:
    return datetime.fromtimestamp(moment.timestamp() + minutes * 60, moment.tzinfo)


def _nearest(minutes: int) -> list[int]:
    """Other lengths, those that are nearest first."""
    return sorted((other for other in _LENGTHS if other != minutes), key=lambda other: abs(other - minutes))
