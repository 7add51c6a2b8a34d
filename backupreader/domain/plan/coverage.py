"""Whether somebody answers at every hour of a week; a week is a number with a bit for each of its minutes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final

from backupreader.domain.plan.contacts import DAY_ENDS, Calling, Contact
from backupreader.domain.plan.finding import Finding
from backupreader.domain.plan.plan import Plan
from backupreader.domain.plan.references import callings, contacts
from backupreader.domain.trouble import Reason
from backupreader.language import N_

_DAYS: Final = range(1, 8)
_SUNDAY: Final = 7
_MINUTES: Final = 7 * DAY_ENDS
_WEEK: Final = (1 << _MINUTES) - 1
_NIGHT_BEGINS: Final = 22 * 60
_NIGHT_ENDS: Final = 7 * 60
_ON: Final = (
    N_("Monday {first}–{last}"),
    N_("Tuesday {first}–{last}"),
    N_("Wednesday {first}–{last}"),
    N_("Thursday {first}–{last}"),
    N_("Friday {first}–{last}"),
    N_("Saturday {first}–{last}"),
    N_("Sunday {first}–{last}"),
)
_NO_GENERAL = N_("No [[calling]] holds for everything: one without 'systems', 'reaches' and 'roles' is missing")
_BEHIND = N_("This [[calling]] is never asked: the one in line {line} stands before it and holds for everything")
_GAP = N_("Nobody in this order answers at these hours, and 'nobody' does not say what to do then: {hours}")
_HOLIDAY_GAP = N_(
    "On a public holiday nobody in this order answers at these hours, and 'nobody' does not say what to do: {hours}"
)
_NO_NIGHT_NUMBER = N_("At night only contacts without a number are open in this order: {hours}")
_NO_RULE = N_("The contact '{id}' has hours, and 'holidays' does not say what holds on a public holiday")


def doubts(plan: Plan) -> Iterator[Finding]:
    """Hours at which nobody is there, and nothing says that this is on purpose."""
    if not any(one.is_general for one in plan.callings):
        yield Finding(plan.about.spot, Reason(_NO_GENERAL), stops=False)
    yield from _never_asked(plan.callings)
    for supplement in plan.supplements:
        yield from _never_asked(supplement.callings)
    known = {one.id: one for one in contacts(plan)}
    for calling in callings(plan):
        yield from _gaps(calling, known)
    for contact in known.values():
        if contact.hours and not contact.holidays:
            yield Finding(contact.spot, Reason(_NO_RULE, {"id": contact.id}), stops=False)


def _never_asked(order: Sequence[Calling]) -> Iterator[Finding]:
    """Whatever stands behind the first that holds for everything."""
    first = next((number for number, one in enumerate(order) if one.is_general), len(order))
    for one in order[first + 1 :]:
        yield Finding(one.spot, Reason(_BEHIND, {"line": order[first].spot.line}), stops=False)


def _gaps(calling: Calling, known: Mapping[str, Contact]) -> Iterator[Finding]:
    order = [known[id_] for id_ in calling.order if id_ in known]
    if not order:
        return
    answered = _open(order)
    gap = 0 if calling.nobody else _WEEK & ~answered
    holiday_gap = 0 if calling.nobody else _WEEK & ~_open(order, holiday=True) & ~gap
    silent = answered & ~_open(one for one in order if one.number) & _night()
    for sentence, minutes in ((_GAP, gap), (_HOLIDAY_GAP, holiday_gap), (_NO_NIGHT_NUMBER, silent)):
        if minutes:
            yield Finding(calling.spot, Reason(sentence, {"hours": _told(minutes)}), stops=False)


def _open(order: Iterable[Contact], *, holiday: bool = False) -> int:
    """The minutes of a week at which one of them is open; with `holiday`, if each of its days were one."""
    week = 0
    for contact in order:
        if holiday and contact.holidays == "closed":
            continue
        if not contact.hours:
            return _WEEK
        for hours in contact.hours:
            days = hours.days
            if holiday and contact.holidays == "sunday":
                days = tuple(_DAYS) if _SUNDAY in days else ()
            for day in days:
                week |= _span(day, hours.begins, hours.ends)
    return week


@lru_cache(maxsize=4096)
def _span(day: int, begins: int, ends: int) -> int:
    return ((1 << (ends - begins)) - 1) << ((day - 1) * DAY_ENDS + begins)


@lru_cache(maxsize=1)
def _night() -> int:
    spans = [_span(day, 0, _NIGHT_ENDS) | _span(day, _NIGHT_BEGINS, DAY_ENDS) for day in _DAYS]
    return sum(spans)


@lru_cache(maxsize=4096)
def _told(minutes: int) -> tuple[Reason, ...]:
    """The hours of some minutes of a week, day by day."""
    bits = f"{minutes:0{_MINUTES}b}"[::-1]
    return tuple(
        Reason(sentence, {"first": _clock(found.start()), "last": _clock(found.end())})
        for day, sentence in enumerate(_ON)
        for found in re.finditer("1+", bits[day * DAY_ENDS : (day + 1) * DAY_ENDS])
    )


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"
