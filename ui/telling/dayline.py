"""How medicine by the clock is told as a day line: what was given, what nobody can know, what is due, what is next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from backupreader.domain import moments
from backupreader.domain.dosage import Verdict
from backupreader.domain.due import DueNext, Knowledge, Upcoming
from backupreader.language import Language
from ui import words
from ui.chapter import View
from ui.clock import at as clock_of
from ui.figures import DayLine, Pin
from ui.look import State
from ui.rows import Kind, Row

_BACK, _AHEAD = timedelta(hours=12), timedelta(hours=24)
_STATES: Final = {
    "given": State.GOOD,
    "recorded": State.LATE,
    "unrecorded": State.LATE,
    "blind": State.LATE,
    "ask": State.LATE,
    "perhaps": State.LATE,
    "next": State.INFO,
    "due": State.QUIET,
}


def day_line(due: DueNext, view: View) -> tuple[Row, ...]:
    """The line from half a day ago to a day ahead; no row where nothing stands by the clock."""
    found = sorted(_moments(due, view), key=lambda one: one[:2])
    if not found:
        return ()
    coming = [at for at, kind, _ in found if kind == "due"]
    first = min(coming, default=None)
    found = [(at, "next" if kind == "due" and at == first else kind, word) for at, kind, word in found]
    pins = [
        Pin(at, view.language.clock(at), _word(kind, word, number, view.language), _STATES[kind])
        for (at, kind, word), number in Counter(found).items()
    ]
    language, now, taken = view.language, view.now, due.taken_at
    told = "" if taken is None else clock_of(taken, now, language)
    line = DayLine(
        first=now - _BACK,
        last=now + _AHEAD,
        now=now,
        taken=None if taken is None else min(taken, now),
        now_word=language.text("now {clock}").format(clock=language.clock(now)),
        taken_word=language.text("taken {moment}").format(moment=told),
        midnights=_midnights(view),
        pins=tuple(pins),
    )
    return (Row(kind=Kind.FIGURE, title=_sentence(found, told, first, view), figure=line),)


def _moments(due: DueNext, view: View) -> Iterator[tuple[datetime, str, str]]:
    """Each dose by the clock with its kind, and the source's word where it was recorded as anything but given."""
    told = {entry.administration.id for entry in due.entries if entry.administration is not None}
    for entry in due.entries:
        if entry.at is not None:
            yield entry.at, *_kind(entry, view.language)
    for item in due.given:
        at = moments.instant(item.given_at or item.planned_at, view.zone)
        if at is not None and at >= view.now - _BACK and item.id not in told:
            yield at, "given", ""


def _kind(entry: Upcoming, language: Language) -> tuple[str, str]:
    item = entry.administration
    if entry.knowledge is Knowledge.RECORDED and item is not None:
        if item.status == "given":
            return "given", ""
        return "recorded", words.status(item.status, item.status_source, language)
    if entry.knowledge is Knowledge.NOT_RECORDED:
        return "unrecorded", ""
    if entry.only_in is not None:
        return "ask", ""
    if entry.cell.verdict is Verdict.UNKNOWN:
        return "perhaps", ""
    return ("blind" if entry.knowledge is Knowledge.BLIND else "due"), ""


def _word(kind: str, word: str, number: int, language: Language) -> str:
    """What stands under the clock time."""
    count = language.count
    return {
        "recorded": word if number == 1 else f"{number} × {word}",
        "given": count("{n} given", "{n} given", number),
        "unrecorded": count("{n} not recorded", "{n} not recorded", number),
        "blind": count("{n} due: see paper", "{n} due: see paper", number),
        "ask": count("{n} to ask about", "{n} to ask about", number),
        "perhaps": count("{n} may be due", "{n} may be due", number),
        "next": count("{n} next", "{n} next", number),
        "due": count("{n} due", "{n} due", number),
    }[kind]


def _sentence(found: list[tuple[datetime, str, str]], taken: str, first: datetime | None, view: View) -> str:
    """All that the line shows, counted."""
    number, count = Counter(kind for _, kind, _ in found), view.language.count
    said: list[str] = []
    if number["given"]:
        said.append(count("{n} dose is recorded as given", "{n} doses are recorded as given", number["given"]))
    if number["recorded"]:
        said.append(
            count("{n} is recorded as something else", "{n} are recorded as something else", number["recorded"])
        )
    if number["unrecorded"]:
        said.append(count("{n} is not recorded as given", "{n} are not recorded as given", number["unrecorded"]))
    if taken:
        said = [view.language.text("By the clock, until {moment}").format(moment=taken), *said]
    if number["blind"]:
        said.append(count("{n} was due in the blind window", "{n} were due in the blind window", number["blind"]))
    if number["ask"]:
        said.append(count("{n} stands only in another list", "{n} stand only in another list", number["ask"]))
    if number["perhaps"]:
        said.append(count("{n} may be due", "{n} may be due", number["perhaps"]))
    ahead = number["next"] + number["due"]
    if ahead and first is not None:
        said.append(count("{n} is due in the next 24 hours", "{n} are due in the next 24 hours", ahead))
        said.append(view.language.text("the next at {clock}").format(clock=view.language.clock(first)))
    return "; ".join(said)


def _midnights(view: View) -> tuple[tuple[datetime, str], ...]:
    """Where the days of the line begin, each with its weekday and date."""
    day, found = (view.now - _BACK).date(), list[tuple[datetime, str]]()
    while (day := day + timedelta(days=1)) <= (view.now + _AHEAD).date():
        midnight = datetime(day.year, day.month, day.day, tzinfo=view.zone)
        if view.now - _BACK < midnight < view.now + _AHEAD:
            found.append((midnight, view.language.day(day, weekday=True, year=False)))
    return tuple(found)
