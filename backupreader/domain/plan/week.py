"""An ordinary week of a plan, and the public holidays ahead: who answers at which hours, for paper.

Days that answer alike stand together. A day that is a public holiday, or on which the clocks change, is not ordinary:
the next such weekday is taken in its place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import product
from typing import Final, TypedDict

from backupreader.domain.plan import calling
from backupreader.domain.plan.about import Reach
from backupreader.domain.plan.contacts import DAY_ENDS, Contact
from backupreader.domain.plan.plan import Plan

_DAY: Final = timedelta(days=1)
_WEEKDAYS: Final = 7
AHEAD: Final = timedelta(days=364)
"""So far ahead public holidays are looked for: no day of a year comes twice."""
_MOST_WEEKS: Final = 9  # no plan has so many holidays after each other on one weekday
_WHOLE: Final = 86_400


class Which(TypedDict, total=False):
    """What is down, who calls, and how far it goes; as `calling.now` is asked."""

    system: str
    role: str
    reach: Reach | None


@dataclass(frozen=True, slots=True)
class Behind:
    """Who is called where the first does not answer, and in which minutes of the day; none stated: for as long."""

    contact: Contact
    hours: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Stretch:
    """From one minute of the day until before another, who answers; then, in order, who else does.

    `contact` is None where nobody answers: `nobody` says what to do then. `doubtful`: it is a holiday, and the plan
    does not say what holds.
    """

    begins: int
    ends: int
    contact: Contact | None
    after: tuple[Behind, ...] = ()
    nobody: str = ""
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Alike:
    """Days of the week (1–7) on which the same hours hold."""

    days: tuple[int, ...]
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class Holidays:
    """Public holidays on which the same hours hold, each with its name."""

    days: tuple[tuple[date, str], ...]
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class Special:
    """Ordinary weeks that differ from the general one, for what they hold."""

    cases: tuple[Which, ...]
    week: tuple[Alike, ...]


def ordinary(plan: Plan, now: datetime, which: Which | None = None) -> tuple[Alike, ...]:
    """The week from the day of `now` on, Monday first; `now` carries the site's zone."""
    asked = Which() if which is None else which
    found = {day.isoweekday(): stretches for day, stretches in _ordinary_days(plan, now, asked)}
    alike: dict[tuple[Stretch, ...], list[int]] = {}
    for weekday in sorted(found):
        alike.setdefault(found[weekday], []).append(weekday)
    return tuple(Alike(tuple(days), stretches) for stretches, days in alike.items())


def holidays(plan: Plan, now: datetime) -> tuple[Holidays, ...]:
    """The public holidays of the coming year, from today on; those on which the same hours hold stand together."""
    alike: dict[tuple[Stretch, ...], list[tuple[date, str]]] = {}
    for ahead in range(AHEAD.days + 1):
        day = now.date() + ahead * _DAY
        name = calling.holiday(plan.calendar, day)
        if name:
            alike.setdefault(_stretches(plan, day, now, Which()), []).append((day, name))
    return tuple(Holidays(tuple(days), stretches) for stretches, days in alike.items())


def special(plan: Plan, now: datetime) -> tuple[Special, ...]:
    """The weeks of the callings that are not general, where they differ from the general one; alike ones together."""
    usual, alike = ordinary(plan, now), dict[tuple[Alike, ...], list[Which]]()
    for which in _cases(plan):
        week = ordinary(plan, now, which)
        if week != usual and which not in (cases := alike.setdefault(week, [])):
            cases.append(which)
    return tuple(Special(tuple(cases), week) for week, cases in alike.items())


def named(weeks: Iterable[Alike | Holidays]) -> tuple[Contact, ...]:
    """Everybody who answers in these weeks, in order, once."""
    found = (
        contact
        for week in weeks
        for stretch in week.stretches
        for contact in (stretch.contact, *(behind.contact for behind in stretch.after))
        if contact is not None
    )
    return tuple({contact.id: contact for contact in found}.values())


def _cases(plan: Plan) -> Iterator[Which]:
    """Each system, reach and role that a calling of the plan is for."""
    for one in plan.callings:
        if one.is_general:
            continue
        reaches: tuple[Reach | None, ...] = one.reaches or (None,)
        for system, reach, role in product(one.systems or ("",), reaches, one.roles or ("",)):
            yield Which(system=system, reach=reach, role=role)


def _ordinary_days(plan: Plan, now: datetime, which: Which) -> Iterator[tuple[date, tuple[Stretch, ...]]]:
    for ahead in range(_WEEKDAYS):
        first = now.date() + ahead * _DAY
        days = (first + _WEEKDAYS * weeks * _DAY for weeks in range(_MOST_WEEKS))
        day = next((one for one in days if _is_ordinary(plan, one, now)), first)
        yield day, _stretches(plan, day, now, which)


def _is_ordinary(plan: Plan, day: date, now: datetime) -> bool:
    begins, ends = _edges(day, now)
    return ends.timestamp() - begins.timestamp() == _WHOLE and not calling.holiday(plan.calendar, day)


def _edges(day: date, now: datetime) -> tuple[datetime, datetime]:
    return datetime.combine(day, time(), now.tzinfo), datetime.combine(day + _DAY, time(), now.tzinfo)


def _stretches(plan: Plan, day: date, now: datetime, which: Which) -> tuple[Stretch, ...]:
    """The answers of one day by its clock."""
    answers = calling.span(plan, *_edges(day, now), **which)
    minutes = [one.at.hour * 60 + one.at.minute for one in answers]
    return tuple(
        Stretch(
            begins=begins,
            ends=ends,
            contact=one.contact,
            after=tuple(_behind(plan, day, one, begins, ends)),
            nobody=one.calling.nobody if one.contact is None and one.calling is not None else "",
            doubtful=one.doubtful,
        )
        for one, begins, ends in zip(answers, minutes, [*minutes[1:], DAY_ENDS], strict=True)
    )


def _behind(plan: Plan, day: date, answer: calling.Answer, begins: int, ends: int) -> Iterator[Behind]:
    """Who stands behind the one to call in the order, and is open while she is."""
    if answer.calling is None or answer.contact is None:
        return
    order = tuple(dict.fromkeys(answer.calling.order))
    for id_ in order[order.index(answer.contact.id) + 1 :]:
        contact = plan.contact(id_)
        if contact is None:
            continue
        lines = calling.hours_on(plan.calendar, contact, day)
        open_ = [(max(begins, line.begins), min(ends, line.ends)) for line in lines]
        hours = tuple((first, last) for first, last in open_ if first < last)
        if hours:
            yield Behind(contact, () if hours == ((begins, ends),) else hours)
