"""A long outage: what is printed anew for its second day and on says so, louder with each week that the data ages.

Nothing of the data is changed: what a drug's period, pause and days say of a later date is worked out as for any other
day. Visits are planned some days ahead only; where the list of an older day stands in for one, it says so.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Final

from backupreader.language import N_

if TYPE_CHECKING:
    from printing.document import Sheet, Subject
    from printing.text import Spans

_WEEK: Final = 7
_TWO_DAYS: Final = 2
_FIRST: Final = N_("DAY {n} OF THE OUTAGE: printed from the last known data. Compare each line with the sheets in use.")
_OLD: Final = N_(
    "DAY {n} OF THE OUTAGE: this is OLD DATA. What was changed since stands on the sheets in use, and only there."
)
_VERY_OLD: Final = N_(
    "DAY {n} OF THE OUTAGE: this is VERY OLD DATA. Do not give or do anything from it alone: ask who is responsible."
)
_STANDS_IN: Final = N_("NO LIST OF {day} WAS DELIVERED. This is the one of {other}: visits may be others, ask.")


def is_old(sheet: Sheet) -> bool:
    """Is it printed anew in a long outage, so that by now something was changed by hand?"""
    return sheet.outage_day >= _TWO_DAYS


def warnings(subject: Subject, sheet: Sheet) -> Spans:
    """What stands in the head of each page; nothing on the first day, and where there is no long outage."""
    number, language, rounds = sheet.outage_day, sheet.language, subject.driving_list
    if not is_old(sheet):
        return ()
    sentence = _FIRST if number <= _TWO_DAYS + 1 else _OLD if number <= _WEEK else _VERY_OLD
    old = (language.text(sentence).format(n=number), True)
    if rounds is None or rounds.day == sheet.day:
        return (old,)
    stands_in = language.text(_STANDS_IN).format(
        day=language.day(sheet.day, weekday=True), other=language.day(rounds.day, weekday=True)
    )
    return (old, (stands_in, True))


def standing_in(day: date, known: Iterable[date]) -> date | None:
    """The newest day of those `known` that is the same day of the week; None where there is none."""
    return max((one for one in known if one.weekday() == day.weekday() and one < day), default=None)
