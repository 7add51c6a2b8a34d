"""One cell of a spreadsheet as text, as the profile's other files would hold it: nothing is rounded, nothing padded."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Final, TypeAlias

from sync.tables.textform import TextForm

CellValue: TypeAlias = int | float | str | bool | time | date | datetime | timedelta

# Excel keeps fifteen digits of a number: of a longer one the last digits are no longer what they were.
_LONGEST: Final = 1e15
_HOUR: Final = 3600
_MINUTE: Final = 60


def text_of(value: CellValue, form: TextForm) -> str:
    """The text of a cell.

    A number has the profile's decimal sign; one of more than fifteen digits stands in powers of ten, because it has
    lost some of them. Yes and no are the profile's first words. Dates are ISO 8601; a moment at midnight is the same
    number as its day, and is given as the day.
    """
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return (form.yes if value else form.no)[0]
    if isinstance(value, int | float):
        return _number(value).replace(".", form.decimal)
    if isinstance(value, timedelta):
        return _length(value)
    if isinstance(value, datetime | time):
        return value.isoformat(timespec="minutes" if not value.second and not value.microsecond else "auto")
    return value.isoformat()


def is_moment(value: CellValue) -> bool:
    """Is this a date or a clock time of the spreadsheet's own?"""
    return isinstance(value, date | time)


def _number(value: float) -> str:
    if abs(value) >= _LONGEST:
        return f"{value:.14E}"
    if value == int(value):
        return str(int(value))
    return f"{Decimal(repr(value)):f}"


def _length(value: timedelta) -> str:
    seconds = round(value.total_seconds())
    sign, seconds = ("-", -seconds) if seconds < 0 else ("", seconds)
    hours, rest = divmod(seconds, _HOUR)
    minutes, seconds = divmod(rest, _MINUTE)
    return f"{sign}{hours}:{minutes:02}" + (f":{seconds:02}" if seconds else "")
