"""What a plan writes as text and means as a value: clock times, hours, lengths of time, numbers, ids."""

from __future__ import annotations

import re
from datetime import date
from typing import Final, cast

from backupreader.domain.plan.about import Spot
from backupreader.domain.plan.contacts import DAY_ENDS, Hours
from backupreader.domain.trouble import Reason
from backupreader.language import N_
from backupreader.planfile.page import Table, shown, shown_text

DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_CLOCK: Final = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])")
_HOURS: Final = re.compile(r"([^0-9]+?)[ ]+([0-9:.]+)[ ]?[-–][ ]?([0-9:.]+)")
_LENGTH: Final = re.compile(r"([0-9]{1,3}):([0-5][0-9])")
_NUMBER: Final = re.compile(r"[0-9 +()/-]+")
_FEWEST_DIGITS: Final = 3
_KEYS: Final = re.compile(r"[0-9*#]+")
_ID: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_DAY_OF_YEAR: Final = re.compile(r"[0-9]{2}-[0-9]{2}")
_LEAP: Final = 2024
_MONTHS: Final = range(1, 13)

_NO_ID = N_("'{key}' cannot be {written}: it needs small letters a–z, digits and hyphens, at most 40, as it-office")
_NO_CLOCK = N_("'{key}' must be a time from 00:00 to 23:59, as 08:00; {written} is none")
_NO_END = N_("'{key}' must be a time from 00:01 to 24:00, as 15:30; {written} is none")
_NO_HOUR = N_("{clock} in {written} is no time: times go from 00:00 to 24:00")
_NO_HOURS = N_("{written} are no hours. Write them as mon 08:00-15:30, tue-thu 08:00-15:00 or mon,wed 20:00-24:00")
_NO_DAYS = N_(
    "'{days}' in {written} are no days of the week. Those are mon tue wed thu fri sat sun, the first before the last"
)
_ENDS_FIRST = N_(
    "{written} ends before it begins. A night is written as two: 20:00-24:00, and 00:00-08:00 on the day after"
)
_NO_LENGTH = N_("'{key}' must be a length of time, as 2:00 for two hours or 0:15; {written} is none")
_NO_NUMBER = N_(
    "'{key}' cannot be {written}: a phone number has at least three digits, and besides only spaces and + ( ) - /"
)
_NO_KEYS = N_("'{key}' cannot be {written}: what is pressed on a phone are digits, * and #")
_NO_DAY_OF_YEAR = N_("'{key}' cannot be {written}: a day of the year is written as 12-24, the month first")
_NO_WHOLE_NUMBER = N_("'{key}' cannot be {written}. It is one of: {known}")


def id_(table: Table) -> str:
    """The id of a table, which must be there."""
    if table.has("id") and isinstance(written := table.raw["id"], str):
        if not _ID.fullmatch(written):
            table.tell("id", _NO_ID, written=shown(written))
        return written
    return table.needed("id")


def clock(text: str, *, end: bool = False) -> int | None:
    """The minute of the day; None where it is no time. Only as an end may it be 24:00, and not 00:00."""
    if end and text == "24:00":
        return DAY_ENDS
    found = _CLOCK.fullmatch(text)
    minutes = int(found[1]) * 60 + int(found[2]) if found else None
    return None if end and minutes == 0 else minutes


def hours(written: str, spot: Spot) -> Hours | Reason:
    """A line of hours, as ``tue-wed 08:00-15:00``; or what is wrong with it."""
    facts: dict[str, object] = {"written": shown(written)}
    found = _HOURS.fullmatch(written.strip())
    if not found:
        return Reason(_NO_HOURS, facts)
    days = _days(found[1])
    if not days:
        return Reason(_NO_DAYS, {**facts, "days": shown_text(found[1])})
    begins, ends = clock(found[2]), 0 if found[3] == "00:00" else clock(found[3], end=True)
    for number, minutes in ((2, begins), (3, ends)):
        if minutes is None:
            return Reason(_NO_HOUR, {**facts, "clock": shown_text(found[number])})
    assert begins is not None
    assert ends is not None
    if ends <= begins:
        return Reason(_ENDS_FIRST, facts)
    return Hours(days, begins, ends, spot)


def _days(written: str) -> tuple[int, ...]:
    """The days of ``mon``, ``tue-thu``, ``mon,wed-fri``; none where one is wrong."""
    found: set[int] = set()
    for part in re.sub("[ –]", lambda odd: "-" if odd[0] == "–" else "", written).split(","):
        first, _, last = part.partition("-")
        last = last or first
        if first not in DAYS or last not in DAYS or DAYS.index(last) < DAYS.index(first) or part.endswith("-"):
            return ()
        found.update(range(DAYS.index(first) + 1, DAYS.index(last) + 2))
    return tuple(sorted(found))


def day_of_week(table: Table, key: str) -> int:
    """A day of the week that must be there, from 1; 1 where it is wrong."""
    table.need(key)
    return DAYS.index(table.choice(key, DAYS, "mon")) + 1


def span(table: Table, first: str, last: str) -> tuple[int, int]:
    """From one time of the day until another, later one; both must be there."""
    begins, ends = _minute(table, first, end=False), _minute(table, last, end=True)
    if begins is not None and ends is not None and ends <= begins:
        table.tell(last, _ENDS_FIRST, written=f"{table.raw[first]}-{table.raw[last]}")
    return begins or 0, ends or DAY_ENDS


def _minute(table: Table, key: str, *, end: bool) -> int | None:
    written = table.needed(key)
    if not written.strip():
        return None
    minutes = clock(written, end=end)
    if minutes is None:
        table.tell(key, _NO_END if end else _NO_CLOCK, written=shown(written))
    return minutes


def length(table: Table, key: str) -> int:
    """Minutes, longer than none; 0 where nothing is written."""
    written = table.text(key)
    if not written.strip():
        return 0
    found = _LENGTH.fullmatch(written)
    minutes = int(found[1]) * 60 + int(found[2]) if found else 0
    if not minutes:
        table.tell(key, _NO_LENGTH, written=shown(written))
    return minutes


def phone(table: Table, key: str) -> str:
    """A phone number, as written; empty where none is."""
    written = table.text(key)
    if written.strip() and not (_NUMBER.fullmatch(written) and sum(map(str.isdigit, written)) >= _FEWEST_DIGITS):
        table.tell(key, _NO_NUMBER, written=shown(written))
    return written


def pressed(written: str, _spot: Spot) -> str | Reason:
    """What is pressed at one step of a phone tree."""
    return written if _KEYS.fullmatch(written) else Reason(_NO_KEYS, {"written": shown(written)})


def day_of_year(written: str, _spot: Spot) -> tuple[int, int] | Reason:
    """A day of the year, as month and day."""
    try:
        day = date.fromisoformat(f"{_LEAP}-{written}") if _DAY_OF_YEAR.fullmatch(written) else None
    except ValueError:
        day = None
    return (day.month, day.day) if day else Reason(_NO_DAY_OF_YEAR, {"written": shown(written)})


def whole(table: Table, key: str, known: tuple[int, ...]) -> int:
    """One of some whole numbers, which must be there; the first of them where it is wrong."""
    table.need(key)
    if not table.has(key):
        return known[0]
    value = table.raw[key]
    if isinstance(value, bool) or not isinstance(value, int) or value not in known:
        table.tell(key, _NO_WHOLE_NUMBER, written=shown(value), known=", ".join(map(str, known)))
        return known[0]
    return value


def months(table: Table, key: str) -> tuple[int, ...]:
    """A list of months, 1 to 12."""
    if not table.has(key):
        return ()
    value, known = table.raw[key], ", ".join(map(str, _MONTHS))
    if not isinstance(value, list):
        table.tell(key, _NO_WHOLE_NUMBER, written=shown(value), known=known)
        return ()
    found: list[int] = []
    for number, item in enumerate(cast("list[object]", value)):
        if isinstance(item, int) and not isinstance(item, bool) and item in _MONTHS:
            found.append(item)
        else:
            facts = {"key": key, "written": shown(item), "known": known}
            table.page.tell((*table.path, key, number), _NO_WHOLE_NUMBER, **facts)
    return tuple(found)
