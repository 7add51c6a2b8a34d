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
_COVERED = N_(
    "This [[calling]] is never asked: the one in line {line} stands before it and holds for all that this is for"
)
_GAP = N_("Nobody in this order answers at these hours, and 'nobody' does not say what to do then: {hours}")
_HOLIDAY_GAP = N_(
    "On a public holiday nobody in this order answers at these hours, and 'nobody' does not say what to do: {hours}"
)
_NO_NUMBER = N_("Only contacts without a number are open in this order at these hours: {hours}")
_NO_HOLIDAY_NUMBER = N_(
    "On a public holiday only contacts without a number are open in this order at these hours: {hours}"
)
_MAY_NOT = N_("Whoever is '{role}' may call nobody who is open in this order at these hours ('may_call'): {hours}")
_NO_RULE = N_("The contact '{id}' has hours, and 'holidays' does not say what holds on a public holiday")


def doubts(plan: Plan) -> Iterator[Finding]:
    """Hours at which nobody can be rung up, and nothing says that this is on purpose; and who is never asked."""
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
    """Whatever stands behind one that holds for all that it is for."""
    for number, one in enumerate(order):
        before = next((other for other in order[:number] if _covers(other, one)), None)
        if before is not None:
            sentence = _BEHIND if before.is_general else _COVERED
            yield Finding(one.spot, Reason(sentence, {"line": before.spot.line}), stops=False)


def _covers(wide: Calling, narrow: Calling) -> bool:
    kinds = ((wide.systems, narrow.systems), (wide.reaches, narrow.reaches), (wide.roles, narrow.roles))
    return all(not some or (bool(few) and set(few) <= set(some)) for some, few in kinds)


def _gaps(calling: Calling, known: Mapping[str, Contact]) -> Iterator[Finding]:
    order = [known[id_] for id_ in calling.order if id_ in known]
    if not order:
        return
    numbers = [one for one in order if one.number]
    answered, on_holidays = _open(order), _open(order, holiday=True)
    gap = 0 if calling.nobody else _WEEK & ~answered
    holiday_gap = 0 if calling.nobody else _WEEK & ~on_holidays & ~gap
    silent = answered & ~_open(numbers)
    holiday_silent = on_holidays & ~_open(numbers, holiday=True) & ~silent
    told = ((_GAP, gap), (_HOLIDAY_GAP, holiday_gap), (_NO_NUMBER, silent), (_NO_HOLIDAY_NUMBER, holiday_silent))
    for sentence, minutes in told:
        if minutes:
            yield Finding(calling.spot, Reason(sentence, {"hours": _told(minutes)}), stops=False)
    for role in dict.fromkeys(calling.roles):
        forbidden = answered & ~_open(one for one in order if not one.may_call or role in one.may_call)
        if forbidden:
            yield Finding(calling.spot, Reason(_MAY_NOT, {"role": role, "hours": _told(forbidden)}), stops=False)


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
