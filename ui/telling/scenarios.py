"""How scenarios are told as rows: which there are, the choices of a question, what is to be done, and the score."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from backupreader.domain.scenarios.held import SCENARIOS
from backupreader.domain.scenarios.scenario import Ask, Do, told
from backupreader.domain.scenarios.score import NAMES, Outcome
from backupreader.language import N_, Language
from ui.clock import at
from ui.look import State
from ui.rows import Kind, Mark, Row

if TYPE_CHECKING:
    from datetime import datetime

    from ui.playing import Choosable, Playing

GO_ON, START, PASS = "go-on", "start", "pass"
_MARKS: Final[Mapping[Outcome, tuple[str, State]]] = {
    "right": (N_("RIGHT AT ONCE"), State.GOOD),
    "helped": (N_("AFTER A LOOK AT THE PLAN"), State.INFO),
    "missed": (N_("WORTH ANOTHER LOOK"), State.LATE),
}


def scenario_rows(choosable: Choosable | None, now: datetime, language: Language) -> tuple[Row, ...]:
    """The five, each with when it was held last; one that cannot be held says why."""
    if choosable is None:
        return ()
    if choosable.carried.plan is None:
        return (Row(kind=Kind.NOTHING, title=language.text("There is no plan on this PC: no scenario can be held.")),)
    rows: list[Row] = []
    for scenario in SCENARIOS:
        why = choosable.missing(scenario)
        title = language.text(scenario.title)
        if why is not None:
            mark = Mark(language.text("NOT IN THIS PLAN"))
            rows.append(Row(title=title, details=(told(why, now, language),), marks=(mark,)))
            continue
        held = next((one for one in choosable.held if one.scenario == scenario.id), None)
        marks = () if held is None else (Mark(f"{language.text('HELD')} {at(held.at, now, language)}", State.GOOD),)
        under = language.text("{n} steps, 20 minutes").format(n=len(scenario.makers) + len(scenario.todo))
        rows.append(Row(title=title, details=(under,), marks=marks, target=scenario.id))
    return tuple(rows)


def choice_rows(playing: Playing, language: Language) -> tuple[Row, ...]:
    """What can be chosen now; what was chosen stays, marked; at the end of a step, what leads on."""
    step, moment = playing.step, playing.exercise.at
    rows: list[Row] = []
    if isinstance(step, Ask):
        for place, choice in enumerate(step.choices):
            marks: tuple[Mark, ...] = ()
            if playing.told and place == step.right:
                marks = (Mark(language.text("RIGHT"), State.GOOD),)
            elif place in playing.tried:
                marks = (Mark(language.text("NOT THIS ONE"), State.LATE),)
            target = None if playing.told or place in playing.tried else place
            rows.append(Row(title=told(choice, moment, language), marks=marks, target=target))
    elif isinstance(step, Do) and not playing.told:
        rows.append(_press(language.text("To the start page, and do it"), START))
        rows.append(_press(language.text("Go on without it"), PASS))
    if playing.told:
        rows.append(_press(language.text("Go on"), GO_ON))
    return tuple(rows)


def _press(title: str, target: str) -> Row:
    return Row(kind=Kind.ACTION, title=title, target=target)


def feedback(playing: Playing, language: Language) -> str:
    """What is said to an answer: a hint after the first that was not right; in the end why, by the plan."""
    step, moment = playing.step, playing.exercise.at
    if isinstance(step, Do):
        return language.text("That is done.") if playing.told else ""
    if step is None:
        return ""
    if playing.told:
        right = playing.outcomes.get(step.id) != "missed"
        word = language.text("That is right.") if right else language.text("The plan has another answer.")
        return f"{word} {told(step.why, moment, language)}"
    return f"{language.text('Not this one.')} {told(step.help, moment, language)}" if playing.tried else ""


def score_rows(playing: Playing, language: Language) -> tuple[Row, ...]:
    """Each step with how it went; then what was left out, and why."""
    rows: list[Row] = []
    names: Mapping[str, str] = {str(step): name for step, name in NAMES.items()}
    for step, outcome in playing.outcomes.items():
        word, state = _MARKS[outcome]
        name = language.text(names[step])
        rows.append(Row(title=name[:1].upper() + name[1:], marks=(Mark(language.text(word), state),)))
    if playing.exercise.left_out:
        rows.append(Row(kind=Kind.HEADING, title=language.text("Left out")))
        moment = playing.exercise.at
        rows += [Row(kind=Kind.TEXT, title=told(left.why, moment, language)) for left in playing.exercise.left_out]
    return tuple(rows)
