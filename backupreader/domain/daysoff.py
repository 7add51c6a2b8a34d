"""Days on which offices are closed: Saturdays, Sundays, public holidays, and the eves that are kept as such.

The calendars are those of the library ``holidays``: what is a public holiday by law, in Denmark also 1 May and
Constitution Day, in Sweden also Midsummer Eve; besides, 24 and 31 December everywhere. A day too many makes lists
looked for longer than needed, a day too few makes nobody look: of the two we take the first. A single working day
between days off counts as a working day.

A plan counts otherwise: its public holidays are those by law, and it says itself which days its people keep besides.
Only Midsummer Eve, which has no date of its own that a plan could name, is among them in Sweden.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Final

_CATEGORIES: Final = {"DK": ("public", "optional"), "SE": ("public", "de_facto"), "NO": ("public",)}
_BY_LAW: Final = ("public",)
_JUNE: Final = 6
_EVES: Final = ((12, 24), (12, 31))
_OWN_LANGUAGE: Final = {"DK": "da", "SE": "sv", "NO": "no"}
_SATURDAY: Final = 6
_NOON: Final = time(12)


def is_day_off(day: date, country: str) -> bool:
    """Is a day free in `country`: DK, SE or NO?"""
    return day.isoweekday() >= _SATURDAY or (day.month, day.day) in _EVES or day in _holidays(country, day.year)


def noon_after_days_off(now: datetime, country: str) -> datetime:
    """12:00 of the first working day after the days off that are now or come next; `now` carries its zone."""
    day = now.date()
    while not is_day_off(day, country):
        day += timedelta(days=1)
    while is_day_off(day, country):
        day += timedelta(days=1)
    return datetime.combine(day, _NOON, now.tzinfo)


def holiday(day: date, country: str) -> str:
    """What a public holiday is called in its country's language; "" where the day is none."""
    return _holidays(country, day.year, _BY_LAW).get(day) or _midsummer_eve(day, country)


def name_of(day: date, country: str) -> str:
    """What a day that is kept as a holiday is called in the country's language; its date where it has no name."""
    return _holidays(country, day.year).get(day) or _dated(day, _OWN_LANGUAGE[country])


def _midsummer_eve(day: date, country: str) -> str:
    return _holidays(country, day.year).get(day, "") if country == "SE" and day.month == _JUNE else ""


def _dated(day: date, language: str) -> str:
    from babel.dates import format_skeleton

    return str(format_skeleton("MMMMd", day, locale=language))


@cache
def _holidays(country: str, year: int, kinds: tuple[str, ...] = ()) -> dict[date, str]:
    """The holidays of a year by name, of some kinds or of all we keep; the library is loaded when it is first asked."""
    from holidays import country_holidays

    kinds = kinds or _CATEGORIES[country]
    return dict(country_holidays(country, years=year, categories=kinds, language=_OWN_LANGUAGE[country]))
