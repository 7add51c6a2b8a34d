"""Questions about what to try, what to use instead, which card to take, and where the PC stands."""

from __future__ import annotations

from collections import deque
from typing import Final

from backupreader.domain.plan import walk
from backupreader.domain.plan.about import REACHES
from backupreader.domain.plan.guidance import Guide, Outcome, Question
from backupreader.domain.scenarios.scenario import Ask, Far, LeftOut, Line, Scene, Words, ask
from backupreader.language import N_

_NO_GUIDE = Line(N_("The plan has no guide for this."))
_PART: Final = 6


def ends(scene: Scene) -> Ask | LeftOut:
    """What the guide says at its end, after the answers that are told."""
    guide = _guide(scene)
    if guide is None:
        return LeftOut("guide", _NO_GUIDE)
    answers, outcome = _path(guide, ("global", "national", "local", "none"))
    facts: dict[str, Words] = {"guide": guide.label, "answers": answers}
    sentence = Line(N_("You have gone through “{guide}”: {answers} What does it say then?"), facts)
    help_ = Line(N_("Go through the guide step by step, with these answers."))
    wrong = [one.say for one in guide.outcomes if one.id != outcome.id]
    why = Line(N_("That is how far it goes: {reach}."), {"reach": Far(outcome.reach)})
    return ask(scene, "guide", sentence, outcome.say, wrong, help_, why) or LeftOut("guide", _NO_GUIDE)


def reach(scene: Scene) -> Ask | LeftOut:
    """How far the fault goes, after other answers."""
    guide = _guide(scene)
    if guide is None:
        return LeftOut("reach", _NO_GUIDE)
    answers, outcome = _path(guide, ("local", "national", "none", "global"))
    facts: dict[str, Words] = {"guide": guide.label, "answers": answers}
    sentence = Line(N_("You have gone through “{guide}”: {answers} How far does it go?"), facts)
    help_ = Line(N_("Go through the guide step by step, with these answers."))
    why = Line(N_("The guide says: {say}"), {"say": outcome.say})
    wrong = [Far(other) for other in REACHES if other != outcome.reach]
    return ask(scene, "reach", sentence, Far(outcome.reach), wrong, help_, why) or LeftOut("reach", _NO_GUIDE)


def instead(scene: Scene) -> Ask | LeftOut:
    """What to use instead of what is down."""
    own = scene.system.instead if scene.system is not None else ()
    nothing = LeftOut("instead", Line(N_("The plan does not say what to use instead.")))
    if scene.system is None or not own:
        return nothing
    wrong = [what for other in scene.plan.systems for what in other.instead if what not in own]
    sentence = Line(N_("{system} is down. What does the plan have you use instead?"), {"system": scene.system.label})
    help_ = Line(N_("Look at what is down: the plan says what to use meanwhile."))
    why = Line(N_("The plan says: {what}"), {"what": " ".join(own)})
    return ask(scene, "instead", sentence, own[0], wrong, help_, why) or nothing


def card(scene: Scene) -> Ask | LeftOut:
    """Which action card to take."""
    cards = scene.plan.cards
    for one in cards:
        if scene.system_id not in one.systems:
            continue
        wrong = [other.label for other in cards if other.systems and scene.system_id not in other.systems]
        sentence = Line(N_("Which action card do you take?"))
        help_ = Line(N_("Look for which system each card is."))
        first = Line(N_("Its first step: {step}"), {"step": one.steps[0]}) if one.steps else Line(N_("It is for this."))
        if made := ask(scene, "card", sentence, one.label, wrong, help_, first):
            return made
    return LeftOut("card", Line(N_("The plan has no action card for this.")))


def room(scene: Scene) -> Ask | LeftOut:
    """Who gives the key to the room."""
    plan, place = scene.plan, scene.plan.room
    if place is None or not place.key:
        return LeftOut("room", Line(N_("The plan does not say who gives the key to the room.")))
    others = [one.label for one in plan.contacts if one.id != place.contact] + [role.label for role in plan.roles]
    wrong = [label for label in others if not _alike(label, place.key)]
    sentence = Line(N_("The door to the backup PC is locked. How do you get in?"))
    help_ = Line(N_("Look at the page about the room."))
    why = Line(N_("The PC stands here: {where}"), {"where": place.where})
    made = ask(scene, "room", sentence, place.key, wrong, help_, why)
    return made or LeftOut("room", Line(N_("The plan leaves nothing to choose between here.")))


def _alike(label: str, key: str) -> bool:
    """Is one who is called so perhaps the one who gives the key? Forms of a word differ in their ends."""
    return any(len(word) >= _PART and word[:_PART] in key.casefold() for word in label.casefold().split())


def _guide(scene: Scene) -> Guide | None:
    """The guide for what is down, else one that is for everything."""
    own = (one for one in scene.plan.guides if scene.system_id in one.systems)
    whole = (one for one in scene.plan.guides if not one.systems)
    return next(own, None) or next(whole, None)


def _path(guide: Guide, wished: tuple[str, ...]) -> tuple[tuple[Words, ...], Outcome]:
    """The shortest way to an outcome of the first wished reach that the guide has: each question with its answer."""
    ways: dict[str, tuple[tuple[Words, ...], Outcome]] = {}
    waiting: deque[tuple[Question, tuple[Words, ...]]] = deque([(walk.begin(guide), ())])
    seen = {walk.begin(guide).id}
    while waiting:
        question, before = waiting.popleft()
        for yes, word in ((True, N_("{question} Yes.")), (False, N_("{question} No."))):
            said = (*before, Line(word, {"question": question.ask}))
            step = walk.answered(guide, question.id, yes)
            if isinstance(step, Outcome):
                ways.setdefault(step.reach, (said, step))
            elif step.id not in seen:
                seen.add(step.id)
                waiting.append((step, said))
    return next(ways[reach] for reach in wished if reach in ways)
