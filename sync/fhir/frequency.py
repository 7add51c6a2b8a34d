"""How often: FHIR's frequency and period as whole days and times a day, as far as they come out even, else in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sync.fhir.reading import Reading
from sync.fhir.shape import Json, whole, word

_HOURS: Final = 24
_DAYS: Final = {"d": 1, "wk": 7}


@dataclass(frozen=True, slots=True)
class Frequency:
    """Every how many days and how many times on one; `words` are what those two do not say, `interval` one in hours."""

    every_days: int | None = None
    a_day: int | None = None
    words: str | None = None
    interval: str | None = None


def frequency(reading: Reading, repeat: Json, start: str | None) -> Frequency:
    """What Timing.repeat says of how often.

    Days of a longer period are counted from `start`; without one no day is named.
    """
    number, most = whole(repeat, "frequency"), whole(repeat, "frequencyMax")
    period, longest = reading.number(repeat, "period"), reading.number(repeat, "periodMax")
    unit = word(repeat, "periodUnit")
    if number is None and period is None:
        return Frequency()
    times = 1 if number is None else number
    upper, upper_period = f"–{most}" if most else "", f"–{longest}" if longest else ""
    words = f"{times}{upper} / {period or ''}{upper_period} {unit or ''}".strip()
    length = _whole_number(period or "")
    if upper or upper_period or length is None or times < 1:
        return Frequency(words=words)
    if unit == "h":
        even = times == 1 and _HOURS % length == 0
        interval = f"{period} h" if times == 1 else None
        return Frequency(1 if even else None, _HOURS // length if even else None, words, interval)
    days = _DAYS[unit] * length if unit in _DAYS else None
    if days == 1:
        return Frequency(1, times)
    once = times == 1 and days is not None
    return Frequency(days if once and start is not None else None, 1 if once else None, words)


def _whole_number(text: str) -> int | None:
    """A whole number of at least 1, also where it was written ``1.0``."""
    head, _, tail = text.partition(".")
    is_whole = head.isdecimal() and len(head) < len("10000") and not tail.strip("0")
    return int(head) if is_whole and int(head) >= 1 else None
