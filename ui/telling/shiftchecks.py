"""How the points of a shift check are told as rows, and the checks before it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from backupreader.domain.shiftcheck import HINTS, POINTS, UNDONE, Point, ShiftCheck, Verdict, told
from backupreader.language import N_, Language
from printing.wording import SHIFT
from ui.clock import at
from ui.look import State
from ui.rows import Kind, Mark, Row

if TYPE_CHECKING:
    from datetime import datetime

    from ui.shiftchecking import Checking

_TITLES: Final[Mapping[Point, str]] = {
    "data": N_("The data is new"),
    "print": N_("The printer prints"),
    "clock": N_("The clock is right"),
    "paper": N_("Paper and toner are there"),
    "cards": N_("The plan is within its dates"),
}
_TO_DO: Final[Mapping[Point, str]] = {
    "data": N_("This PC looks by itself."),
    "print": N_("You print a test page. Nobody's data stands on it."),
    "clock": N_("You hold it against your telephone or your watch."),
    "paper": N_("You look into the printer and beside it."),
    "cards": N_("This PC looks by itself."),
}
_MARKS: Final[Mapping[Verdict, tuple[str, State]]] = {
    "good": (N_("IN ORDER"), State.GOOD),
    "not-good": (N_("NOT GOOD"), State.STOP),
    "not-done": (N_("NOT DONE"), State.LATE),
}


def point_rows(checking: Checking, language: Language) -> tuple[Row, ...]:
    """The five points, each with how it is and, where it is not good, what to do."""
    rows: list[Row] = []
    for number, point in enumerate(POINTS, start=1):
        mark = Mark(language.text("TO DO"))
        details: tuple[str, ...] = (language.text(_TO_DO[point]),)
        verdict = checking.verdicts.get(point)
        if verdict is not None:
            word, state = _MARKS[verdict]
            mark, details = Mark(language.text(word), state), _details(checking, point, verdict, language)
        rows.append(Row(lead=str(number), title=language.text(_TITLES[point]), details=details, marks=(mark,)))
    return tuple(rows)


def _details(checking: Checking, point: Point, verdict: Verdict, language: Language) -> tuple[str, ...]:
    if verdict == "good":
        return ()
    if verdict == "not-done":
        return (language.text(UNDONE[point]),)
    details = [language.text(HINTS[point])]
    if point == "print" and checking.trouble is not None:
        details.insert(0, f"{checking.trouble.sentence(language)}  [{checking.trouble.kind.code}]")
    if point == "cards" and checking.known is not None:
        overdue = checking.known.looked.overdue
        details += [
            language.text("{title}, owner {owner}").format(title=about.title, owner=about.owner) for about in overdue
        ]
    return tuple(details)


def history_rows(before: Sequence[ShiftCheck], now: datetime, language: Language) -> tuple[Row, ...]:
    """The checks before, each with its shift, who made it, and what was not good."""
    if not before:
        return (Row(kind=Kind.NOTHING, title=language.text("No shift check was made on this PC.")),)
    rows: list[Row] = []
    for check in before:
        marks: list[Mark] = []
        if check.wrong:
            words = language.text("NOT GOOD: {points}").format(points=told(check.wrong, language))
            marks.append(Mark(words, State.STOP))
        if check.undone:
            words = language.text("NOT DONE: {points}").format(points=told(check.undone, language))
            marks.append(Mark(words, State.LATE))
        title = f"{at(check.at, now, language)} · {language.text(SHIFT[check.shift])} · {check.by}"
        good = Mark(language.text("GOOD"), State.GOOD)
        rows.append(Row(title=title, marks=tuple(marks) or (good,)))
    return tuple(rows)
