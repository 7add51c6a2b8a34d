"""Whether every way through a plan ends: guides that lead out, duties that follow others, texts that can be filled."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from backupreader.domain.plan.finding import Finding
from backupreader.domain.plan.guidance import PLACEHOLDERS, Guide, Question, Template
from backupreader.domain.plan.plan import Plan
from backupreader.domain.plan.references import duties
from backupreader.domain.trouble import Reason
from backupreader.language import N_

_OPEN: Final = re.compile(r"\{[^{}\n]{0,40}\}|[{}]")
_MOST_SHOWN: Final = 6
_NOWHERE = N_("'{key}' leads to '{id}', which is neither a question nor an outcome of this guide")
_CYCLE = N_("The question '{id}' leads in a circle: {way}")
_UNREACHED = N_("No answer leads to the question '{id}'")
_OUTCOME_UNREACHED = N_("No answer leads to the outcome '{id}'")
_FOLLOWS_ITSELF = N_("The duty '{id}' follows itself: {way}. It would never be due")
_UNKNOWN_WORD = N_("The text leaves {written} open, which nobody fills in. What can be left open: {known}")


def guide_faults(guide: Guide) -> Iterator[Finding]:
    """Answers that lead nowhere, questions in a circle, and questions that no answer leads to."""
    questions = {one.id: one for one in guide.questions}
    known = questions.keys() | {one.id for one in guide.outcomes}
    for one in guide.questions:
        for key, id_ in (("yes", one.yes), ("no", one.no)):
            if id_ and id_ not in known:
                yield Finding(one.spot, Reason(_NOWHERE, {"key": key, "id": id_}))
    onward = {one.id: (one.yes, one.no) for one in guide.questions}
    for id_, way in _circles(onward):
        yield Finding(questions[id_].spot, Reason(_CYCLE, {"id": id_, "way": way}))
    reached = _reached(guide.questions, onward)
    for one in guide.questions:
        if one.id not in reached:
            yield Finding(one.spot, Reason(_UNREACHED, {"id": one.id}))


def guide_doubts(guide: Guide) -> Iterator[Finding]:
    """Outcomes that no answer leads to."""
    reached = _reached(guide.questions, {one.id: (one.yes, one.no) for one in guide.questions})
    for one in guide.outcomes:
        if one.id not in reached:
            yield Finding(one.spot, Reason(_OUTCOME_UNREACHED, {"id": one.id}), stops=False)


def following(plan: Plan) -> Iterator[Finding]:
    """Duties that wait for each other."""
    known = {one.id: one for one in duties(plan)}
    for id_, way in _circles({one.id: (one.follows,) for one in known.values()}):
        yield Finding(known[id_].spot, Reason(_FOLLOWS_ITSELF, {"id": id_, "way": way}))


def unfilled(template: Template) -> Iterator[Finding]:
    """What a text leaves open and nobody fills in; every brace that is not one of `PLACEHOLDERS`."""
    known = [f"{{{name}}}" for name in PLACEHOLDERS]
    for written in dict.fromkeys(_OPEN.findall(template.text)):
        if written not in known:
            facts = {"written": f"'{written}'", "known": ", ".join(known)}
            yield Finding(template.spot, Reason(_UNKNOWN_WORD, facts))


def _reached(questions: tuple[Question, ...], onward: Mapping[str, tuple[str, ...]]) -> set[str]:
    """Everything that can be come to from the first question."""
    reached: set[str] = set()
    ahead = [questions[0].id] if questions else []
    while ahead:
        here = ahead.pop()
        if here not in reached:
            reached.add(here)
            ahead.extend(onward.get(here, ()))
    return reached


def _circles(onward: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, str]]:
    """The circles of a graph: for each step that closes one, whose it is, and the circle in short."""
    done: set[str] = set()
    for start in onward:
        way, place, left = [start], {start: 0}, [iter(onward[start])]
        while way and start not in done:
            here, there = way[-1], next(left[-1], None)
            if there is None:
                done.add(here)
                del way[-1], place[here], left[-1]
            elif there in place:
                yield here, _short(way, place[there])
            elif there in onward and there not in done:
                place[there] = len(way)
                way.append(there)
                left.append(iter(onward[there]))


def _short(way: list[str], first: int) -> str:
    """A circle from `first` to the end of the way and back, without its middle where that is long."""
    circle = way[first:] if len(way) - first <= _MOST_SHOWN else [*way[first : first + _MOST_SHOWN - 2], "…", way[-1]]
    return " → ".join((*circle, way[first]))
