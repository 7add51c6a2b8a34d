"""Whom to call now, and why; until when that holds, and who comes then.

The first calling of the plan that holds for what is down, how far it goes and who calls; of its order the first contact
that is open. Hours are those of the clock on the wall: who is open "until 15:30" does not answer at 15:30 sharp. Where
the plan does not say what holds on a public holiday, the hours of the weekday are taken, and the answer is doubtful.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, Literal
from zoneinfo import ZoneInfo

from backupreader.domain import daysoff
from backupreader.domain.plan.about import Reach
from backupreader.domain.plan.contacts import DAY_ENDS, Calendar, Calling, Contact, Hours
from backupreader.domain.plan.plan import Plan
from backupreader.domain.plan.wallclock import begins_at, ends_at, zone_of

HORIZON: Final = timedelta(days=60)
"""How far ahead the next change is looked for."""
_WEEK: Final = tuple(range(1, 8))
_SUNDAY: Final = 7
_ALL_HOURS: Final = (Hours(_WEEK, 0, DAY_ENDS),)


@dataclass(frozen=True, slots=True)
class Passed:
    """Who stands before the one to call and does not answer now.

    ``holiday``: on such a weekday there would be other hours, or some, were it not a public holiday. `opens`: when next
    (None: not within 60 days), by the line `hours`, None for one that has no hours.
    """

    contact: Contact
    why: Literal["closed", "holiday"]
    opens: datetime | None
    hours: Hours | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """Whom to call `at` a moment.

    `calling` is None where none of the plan holds; `contact` None where nobody answers (then see `Calling.nobody`).
    `hours` is the line of its hours that makes it open, None where it always is. `until`: when another is to be called,
    `then` (None: nobody); `until` is None where that is not within 60 days. `passed` stand before it in the order;
    `after` behind it, and are open now. `holiday` is the name of today's public holiday, or "". `doubtful`: it is one,
    and the plan does not say what then holds for the one to call, or for one that was passed.
    """

    at: datetime
    calling: Calling | None
    contact: Contact | None
    hours: Hours | None = None
    until: datetime | None = None
    then: Contact | None = None
    passed: tuple[Passed, ...] = ()
    after: tuple[Contact, ...] = ()
    holiday: str = ""
    doubtful: bool = False


def now(plan: Plan, at: datetime, *, system: str = "", role: str = "", reach: Reach | None = None) -> Answer:
    """Whom to call at a moment, which carries the site's `ZoneInfo`. Raises TypeError where it does not."""
    return _answer(plan, at, at.timestamp() + HORIZON.total_seconds(), calling_for(plan, system, role, reach))


def span(  # noqa: PLR0913 (which outage, in the words of `now`)
    plan: Plan, begins: datetime, ends: datetime, *, system: str = "", role: str = "", reach: Reach | None = None
) -> tuple[Answer, ...]:
    """Every answer from `begins` until before `ends`, in order: each holds from its `at` until the next one's."""
    calling = calling_for(plan, system, role, reach)
    limit = max(ends.timestamp(), begins.timestamp() + HORIZON.total_seconds())
    answers = [_answer(plan, begins, limit, calling)]
    while (at := answers[-1].until) is not None and at.timestamp() < ends.timestamp():
        answers.append(_answer(plan, at, max(limit, at.timestamp() + HORIZON.total_seconds()), calling))
    return tuple(answers)


def calling_for(plan: Plan, system: str = "", role: str = "", reach: Reach | None = None) -> Calling | None:
    """The first calling that holds; one that names systems, reaches or roles holds for those only."""
    return next(
        (
            one
            for one in plan.callings
            if (not one.systems or system in one.systems)
            and (not one.roles or role in one.roles)
            and (not one.reaches or reach in one.reaches)
        ),
        None,
    )


def holiday(calendar: Calendar, day: date) -> str:
    """The name of a public holiday in the plan's country, in its language; "" where the day is none for the plan."""
    if (day.month, day.day) in calendar.without:
        return ""
    if (day.month, day.day) in calendar.also:
        return daysoff.name_of(day, calendar.country)
    return daysoff.holiday(day, calendar.country)


def hours_on(calendar: Calendar, contact: Contact, day: date) -> tuple[Hours, ...]:
    """The lines of a contact's hours that hold on a day; the whole day for one that is always open."""
    if contact.holidays in {"closed", "sunday"} and holiday(calendar, day):
        return () if contact.holidays == "closed" else _on(contact, _SUNDAY)
    return _on(contact, day.isoweekday())


def _on(contact: Contact, weekday: int) -> tuple[Hours, ...]:
    return tuple(line for line in contact.hours or _ALL_HOURS if weekday in line.days)


def _never_closes(contact: Contact) -> bool:
    return contact.holidays != "closed" and all(_covers_the_day(_on(contact, weekday)) for weekday in _WEEK)


def _covers_the_day(lines: tuple[Hours, ...]) -> bool:
    reached = 0
    for line in sorted(lines, key=lambda line: line.begins):
        if line.begins > reached:
            return False
        reached = max(reached, line.ends)
    return reached >= DAY_ENDS


@dataclass(frozen=True, slots=True)
class _Book:
    """The contacts of an order with their hours, on the clock of the site. Instants are seconds since 1970."""

    calendar: Calendar
    zone: ZoneInfo
    order: tuple[Contact, ...]

    def moment(self, second: float) -> datetime:
        return datetime.fromtimestamp(second, self.zone)

    def day(self, second: float) -> date:
        return self.moment(second).date()

    def line(self, contact: Contact, second: float, day: date) -> Hours | None:
        """The line by which a contact is open at a moment of `day`."""
        for line in hours_on(self.calendar, contact, day):
            if begins_at(day, line.begins, self.zone) <= second < ends_at(day, line.ends, self.zone):
                return line
        return None

    def first(self, second: float) -> int | None:
        """The place in the order of the first that is open; None where nobody is."""
        day = self.day(second)
        return next((at for at, one in enumerate(self.order) if self.line(one, second, day) is not None), None)

    def opens(self, contact: Contact, second: float, limit: float) -> tuple[datetime, Hours] | None:
        """When one that is closed opens next, and by which line."""
        for day in self._days(second, limit):
            edges = [
                (begins, -line.ends, line)
                for line in hours_on(self.calendar, contact, day)
                if second < (begins := begins_at(day, line.begins, self.zone)) < ends_at(day, line.ends, self.zone)
            ]
            if edges:
                begins, _, line = min(edges, key=lambda edge: edge[:2])
                return (self.moment(begins), line) if begins <= limit else None
        return None

    def change(self, chosen: int | None, second: float, limit: float) -> tuple[int, int | None] | None:
        """The first moment after one at which another than `chosen` is the first that is open, and which."""
        count = len(self.order) if chosen is None else chosen + 1
        watched = [one for one in self.order[:count] if not _never_closes(one)]
        for day in self._days(second, limit) if watched else ():
            for edge in self._edges(watched, day):
                if second < edge <= limit:
                    second = edge  # a day's end is the next one's beginning: looked at once
                    if (then := self.first(edge)) != chosen:
                        return edge, then
        return None

    def _edges(self, contacts: list[Contact], day: date) -> list[int]:
        lines = {line for contact in contacts for line in hours_on(self.calendar, contact, day)}
        begins = {begins_at(day, line.begins, self.zone) for line in lines}
        return sorted(begins | {ends_at(day, line.ends, self.zone) for line in lines})

    def _days(self, second: float, limit: float) -> Iterator[date]:
        day, last = self.day(second), self.day(limit)
        while day <= last:
            yield day
            day += timedelta(days=1)


def _answer(plan: Plan, at: datetime, limit: float, calling: Calling | None) -> Answer:
    zone, second = zone_of(at), at.timestamp()
    named = dict.fromkeys(calling.order) if calling is not None else ()
    order = tuple(contact for id_ in named if (contact := plan.contact(id_)) is not None)
    book, today = _Book(plan.calendar, zone, order), at.date()
    chosen = book.first(second)
    contact = None if chosen is None else order[chosen]
    before, behind = order[:chosen], () if chosen is None else order[chosen + 1 :]
    change = book.change(chosen, second, limit)
    name = holiday(plan.calendar, today)
    asked = before if contact is None else (*before, contact)
    return Answer(
        at=at,
        calling=calling,
        contact=contact,
        hours=book.line(contact, second, today) if contact is not None and contact.hours else None,
        until=None if change is None else book.moment(change[0]),
        then=None if change is None or change[1] is None else order[change[1]],
        passed=tuple(_passed(one, _why(one, today, name), book.opens(one, second, limit)) for one in before),
        after=tuple(one for one in behind if book.line(one, second, today) is not None),
        holiday=name,
        doubtful=bool(name) and any(one.hours and not one.holidays for one in asked),
    )


def _passed(contact: Contact, why: Literal["closed", "holiday"], opens: tuple[datetime, Hours] | None) -> Passed:
    if opens is None:
        return Passed(contact, why, None)
    return Passed(contact, why, opens[0], opens[1] if contact.hours else None)


def _why(contact: Contact, today: date, name: str) -> Literal["closed", "holiday"]:
    """Why one that is closed is passed."""
    usual = _on(contact, today.isoweekday())
    instead = {"closed": (), "sunday": _on(contact, _SUNDAY)}.get(contact.holidays, usual)
    return "holiday" if name and usual != instead else "closed"
