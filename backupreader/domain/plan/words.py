"""What the plan's rules found out, in sentences for every face: the terminal, the window and the paper.

The plan's own words and names stand in them as they are written; who shows the sentences escapes them as all text.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Final

from backupreader.domain.outage.event import Clock
from backupreader.domain.plan.about import About, Reach
from backupreader.domain.plan.calling import Answer, Passed
from backupreader.domain.plan.contacts import DAY_ENDS, Contact, Hours
from backupreader.domain.shifts import comes_twice
from backupreader.language import N_, Language

if TYPE_CHECKING:
    from backupreader.domain.plan.planned import Occurrence

_MINUTE: Final = timedelta(minutes=1)
_WEEK: Final = 7
_HOUR: Final = 60

_NOTHING_SAID = N_("The plan does not say whom to call for this.")
_NOBODY = N_("Nobody answers at this hour.")
_HOLIDAY = N_("It is a public holiday ({name}).")
_ALWAYS = N_("{contact} always answers.")
_ALWAYS_BUT_HOLIDAYS = N_("{contact} answers day and night, but not on public holidays.")
_ANSWERS = N_("{contact} answers {hours}.")
_AS_SUNDAY = N_("{contact} answers as on a Sunday: {hours}.")
_CLOSED = N_("{contact} is closed now.")
_CLOSED_UNTIL = N_("{contact} is closed now: it answers {hours}.")
_OFF = N_("{contact} does not answer on this public holiday.")
_OFF_UNTIL = N_("{contact} does not answer now, on a public holiday: it answers {hours}.")
_UNSAID = N_("The plan does not say whether {contact} answers on a public holiday.")

_HOLIDAY_RULES: Final = {
    "closed": N_("Does not answer on public holidays."),
    "open": N_("Answers on public holidays as on any other day."),
    "sunday": N_("Answers on public holidays as on a Sunday."),
    "": N_("The plan does not say who answers on public holidays."),
}


def why(answer: Answer, language: Language) -> tuple[str, ...]:
    """Why this one is to be called, or nobody, and why not those before it: whole sentences, the most needed first."""
    if answer.calling is None:
        return (language.text(_NOTHING_SAID),)
    return tuple(_reasons(answer, language))


def _reasons(answer: Answer, language: Language) -> Iterator[str]:
    _ = language.text
    yield _(_NOBODY) if answer.contact is None else _chosen(answer.contact, answer, language)
    if answer.holiday:
        yield _(_HOLIDAY).format(name=answer.holiday)
    for passed in answer.passed:
        yield _passed(passed, answer.at, language)
    if answer.doubtful:
        asked = [passed.contact for passed in answer.passed] + ([answer.contact] if answer.contact is not None else [])
        for contact in asked:
            if contact.hours and not contact.holidays:
                yield _(_UNSAID).format(contact=contact.label)


def _chosen(contact: Contact, answer: Answer, language: Language) -> str:
    if answer.hours is None:
        sentence = _ALWAYS_BUT_HOLIDAYS if contact.holidays == "closed" else _ALWAYS
        return language.text(sentence).format(contact=contact.label)
    sentence = _AS_SUNDAY if answer.holiday and contact.holidays == "sunday" else _ANSWERS
    return language.text(sentence).format(contact=contact.label, hours=_line(answer.hours, language))


def _passed(passed: Passed, at: datetime, language: Language) -> str:
    contact, opens = passed.contact, passed.opens
    if opens is None:
        return language.text(_OFF if passed.why == "holiday" else _CLOSED).format(contact=contact.label)
    sentence = _OFF_UNTIL if passed.why == "holiday" else _CLOSED_UNTIL
    clock = _clock(opens, language)
    if passed.hours is not None and passed.hours.begins == opens.hour * _HOUR + opens.minute:
        clock = f"{clock}–{_minute(passed.hours.ends)}"
    return language.text(sentence).format(contact=contact.label, hours=_on(opens.date(), clock, at.date(), language))


def until(answer: Answer, language: Language) -> str:
    """Until when that holds, and who comes then: ``until Monday 08:00, then …``. Empty where nobody ever answers."""
    _ = language.text
    if answer.until is None:
        return _("at all hours") if answer.contact is not None else ""
    day, clock = answer.until.date(), _clock(answer.until, language)
    when = clock if day == answer.at.date() else _on(day, clock, answer.at.date(), language)
    if answer.then is None:
        return _("until {when}, then nobody").format(when=when)
    return _("until {when}, then {contact}").format(when=when, contact=answer.then.label)


def hours(contact: Contact, language: Language) -> tuple[str, ...]:
    """When a contact answers, a line of the plan each: ``Tuesday–Wednesday 08:00–15:00``."""
    return tuple(_line(line, language) for line in contact.hours) or (language.text("at all hours"),)


def holidays(contact: Contact, language: Language) -> str:
    """What holds on public holidays; empty for one that always answers and of which nothing else is said."""
    return language.text(_HOLIDAY_RULES[contact.holidays]) if contact.hours or contact.holidays == "closed" else ""


def reach(reach: Reach, language: Language) -> str:
    """How far a fault goes, in one word."""
    return {
        "local": language.context("how far a fault goes", "local"),
        "global": language.context("how far a fault goes", "global"),
        "national": language.context("how far a fault goes", "national"),
        "none": language.context("how far a fault goes", "no outage"),
    }[reach]


def due(clock: Clock, now: datetime, language: Language) -> str:
    """How long until a duty is due, or since it was: ``in 38 min``, ``now``, ``overdue by 12 min``, ``done``."""
    _ = language.text
    if clock.state == "done":
        return language.context("a duty", "done")
    if clock.due is None:
        return _("not due yet")
    ahead = timedelta(seconds=clock.due.timestamp() - now.timestamp())
    if clock.state == "due" or abs(ahead) < _MINUTE:
        return _("now")
    if ahead < timedelta(0):
        return _("overdue by {time}").format(time=language.age(-ahead))
    return _("in {time}").format(time=language.age(ahead))


def length(minutes: int, language: Language) -> str:
    """A length of time: ``15 min``, ``2 h``, ``1 h 30 min``."""
    whole, rest = divmod(minutes, _HOUR)
    parts = [f"{whole} {language.text('h')}"] if whole else []
    return " ".join([*parts, f"{rest} {language.text('min')}"] if rest or not whole else parts)


def revision(about: About, today: date, language: Language) -> str:
    """By when a document is to be revised, or that this is overdue, or that it does not say."""
    _ = language.text
    if about.revise_by is None:
        return _("It does not say by when it must be revised.")
    day = language.day(about.revise_by)
    if not about.is_overdue(today):
        return _("To be revised by {day}.").format(day=day)
    late = language.count("{n} day", "{n} days", (today - about.revise_by).days)
    return _("Overdue: it should have been revised by {day}, {late} ago.").format(day=day, late=late)


def planned(occurrence: Occurrence, now: datetime, language: Language) -> str:
    """When a planned downtime is: ``today 20:00–22:00``, ``Tuesday 20:00–22:00``."""
    begins, window = occurrence.begins, occurrence.window
    return _on(begins.date(), f"{_minute(window.begins)}–{_minute(window.ends)}", now.date(), language)


def _on(day: date, clock: str, today: date, language: Language) -> str:
    """Clock times with their day: its weekday within the coming week, its date too beyond that."""
    if day == today:
        return language.text("today {clock}").format(clock=clock)
    weekday = _weekday(day.isoweekday(), language)
    if 0 < (day - today).days < _WEEK:
        return f"{weekday} {clock}"
    return f"{weekday} {language.day(day, year=day.year != today.year)} {clock}"


def _line(line: Hours, language: Language) -> str:
    days = _days(line.days, language)
    if (line.begins, line.ends) == (0, DAY_ENDS):
        return language.text("{days}, day and night").format(days=days)
    return f"{days} {_minute(line.begins)}–{_minute(line.ends)}"


def _days(days: tuple[int, ...], language: Language) -> str:
    """Days of the week, those that follow each other as a range."""
    if len(set(days)) == _WEEK:
        return language.text("every day")
    ranges: list[list[int]] = []
    for day in sorted(set(days)):
        if ranges and ranges[-1][-1] == day - 1:
            ranges[-1].append(day)
        else:
            ranges.append([day])
    return ", ".join("–".join(_weekday(day, language) for day in dict.fromkeys((one[0], one[-1]))) for one in ranges)


def _weekday(day: int, language: Language) -> str:
    return _weekdays(language.code)[day - 1]


@cache
def _weekdays(code: str) -> tuple[str, ...]:
    from babel.dates import get_day_names

    names = get_day_names("wide", context="format", locale=code)
    return tuple(names[day] for day in range(_WEEK))


def _minute(minute: int) -> str:
    """A minute of the day as the clock shows it; 24:00 is the end of the day."""
    return f"{minute // _HOUR:02d}:{minute % _HOUR:02d}"


def _clock(moment: datetime, language: Language) -> str:
    """The clock time, and which of the two where the clock shows it twice."""
    clock = language.clock(moment)
    if not comes_twice(moment):
        return clock
    return f"{clock} ({language.text(N_('the second time') if moment.fold else N_('the first time'))})"
