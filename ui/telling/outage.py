"""The outage as rows: what is due and who has it, what was written, and what can be written next.

Every row that can be pressed carries what Enter does with it: an entry to be written, or a `Turn` to another part.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from backupreader.domain.outage import entrywords
from backupreader.domain.outage.clocks import clocks, next_clock
from backupreader.domain.outage.event import Entry, Event
from backupreader.domain.outage.fold import crossed_out
from backupreader.domain.outage.handover import must_hand_over
from backupreader.domain.plan import words
from backupreader.domain.plan.plan import Plan
from backupreader.domain.shifts import Hours
from backupreader.language import Language
from printing.wording import SHIFT
from ui.clock import at, passed
from ui.look import State
from ui.rows import Kind, Mark, Row

Part = Literal[
    "due", "call", "decision", "note", "happened", "units", "partners", "owner", "systems", "up", "cross", "declare"
]
"""The parts of the page, each reached by one key."""
STATES: Final = {"overdue": State.STOP, "due": State.STOP, "soon": State.LATE, "done": State.GOOD}


@dataclass(frozen=True, slots=True)
class Turn:
    """To another part of the page; `what` is what it is then about."""

    part: Part
    what: str = ""


def headline(event: Event, now: datetime, language: Language) -> str:
    """Which outage, since when, and for how long."""
    _ = language.text
    began = at(event.began, now, language)
    if event.ended is not None:
        ended = at(event.ended, now, language)
        return _("Outage {number} is over: from {began} to {ended}").format(
            number=event.number, began=began, ended=ended
        )
    age = language.age(passed(event.began, now))
    return _("Outage {number} since {began} · {age}").format(number=event.number, began=began, age=age)


def facts(event: Event, plan: Plan, now: datetime, language: Language) -> str:
    """Who has the case, what is down, how far it goes, who judged it."""
    _ = language.text
    names = [plan.system(one) for one in event.systems]
    parts = [
        _("{owner} has the case since {moment}").format(owner=event.owner, moment=at(event.owned_since, now, language))
    ]
    if names:
        parts.append(_("down: {systems}").format(systems=", ".join(names)))
    if event.reach is not None:
        parts.append(words.reach(event.reach, language))
    if event.declared is not None:
        parts.append(_("judged critical by {name}").format(name=event.declared.who))
    return " · ".join(parts)


def next_told(plan: Plan, event: Event, now: datetime, hours: Hours, language: Language) -> Mark | None:
    """The next duty and who has it, for every page; before it the hand-over, where it is owed."""
    _ = language.text
    if must_hand_over(event, now, hours) is not None:
        return Mark(_("Hand over the case: {owner} had it in the shift before").format(owner=event.owner), State.STOP)
    clock = next_clock(clocks(plan, event, now, hours))
    if clock is None:
        return None
    who = f" ({clock.holder})" if clock.holder else ""
    state = STATES.get(clock.state, State.QUIET)
    return Mark(f"{words.due(clock, now, language)}: {clock.label}{who}", state)


def band(event: Event, plan: Plan, now: datetime, hours: Hours, language: Language) -> tuple[Mark, ...]:
    """What stands on every page while it goes on: the number, how long, and the next duty."""
    age = language.age(passed(event.began, now))
    head = Mark(
        language.text("Outage {number} · {age}").format(number=event.number, age=age),
        State.STOP if event.declared is None else State.INFO,
    )
    following = next_told(plan, event, now, hours, language)
    return (head,) if following is None else (head, following)


def handed_over(event: Event, now: datetime, hours: Hours, language: Language) -> str:
    """That the case must be handed over, and since when; empty where it need not be."""
    shift = must_hand_over(event, now, hours)
    if shift is None:
        return ""
    return language.text(
        "A new shift has begun ({shift}, {clock}). Who has the case now? Until now it is {owner}."
    ).format(shift=language.text(SHIFT[shift.name]), clock=language.clock(shift.begins), owner=event.owner)


def strip(event: Event | None, plan: Plan, now: datetime, hours: Hours, language: Language) -> tuple[Mark, str] | None:
    """What stands over the page in the colour of its state, and what to do about it; None where nothing is due."""
    if event is None:
        return None
    if not event.whole:
        lost = language.text("Something of the log of this outage was lost.")
        return Mark(lost, State.STOP), language.text("Write down again what you know, and tell IT.")
    if event.ended is not None or event.declared is None:
        return None
    handed = handed_over(event, now, hours, language)
    following = Mark(handed, State.STOP) if handed else next_told(plan, event, now, hours, language)
    return None if following is None else (following, "")


def title(part: Turn, event: Event | None, language: Language) -> str:
    """What a part of the page asks."""
    _ = language.text
    if event is not None and event.ended is not None and part.part == "up":
        return _("It is over. What is still to be done:")
    return {
        "due": _("What is due, and who has it. Enter: it is done."),
        "declare": _("Who judged it critical, and why?"),
        "cross": _("Cross out entry {number}: why?").format(number=part.what),
        "call": _("Whom did you call, and what came of it?"),
        "decision": _("What was decided, and by whom?"),
        "note": _("What is to be remembered?"),
        "happened": _("What has happened?"),
        "units": _("How does it stand in the other units? Enter turns up and down."),
        "partners": _("Who outside has been told?"),
        "owner": _("Who has the case from now on?"),
        "systems": _("What is down? Enter turns it."),
        "up": _("Can the systems be used again, by everyone?"),
    }[part.part]


def log_rows(event: Event, plan: Plan, now: datetime, language: Language) -> tuple[Row, ...]:
    """The log, the newest first; what is crossed out stays. Enter crosses an entry out, with a reason."""
    return tuple(_log(event, plan, now, language)) or (
        Row(kind=Kind.NOTHING, title=language.text("Nothing is written in the log yet.")),
    )


def _log(event: Event, plan: Plan, now: datetime, language: Language) -> Iterator[Row]:
    crossed = crossed_out(event.entries)
    for entry in reversed(event.entries):
        about = entrywords.about(entry, plan, language)
        title = language.text(entrywords.CALLED[entry.kind])
        head = " · ".join(part for part in (title, about, entrywords.came_of(entry, language), entry.who) if part)
        details = tuple(part for part in (entry.words, entry.by) if part)
        gone = entry.number in crossed
        target = None if gone or entry.kind == "withdrawn" else Turn("cross", str(entry.number))
        yield Row(
            lead=language.clock(entry.at),
            lead_under=_day(entry, now, language),
            title=head,
            details=details,
            struck=gone,
            target=target,
        )


def _day(entry: Entry, now: datetime, language: Language) -> str:
    """Nothing on the same day."""
    day = entry.at.astimezone(now.tzinfo).date()
    return "" if day == now.date() else language.day(day, year=False)
