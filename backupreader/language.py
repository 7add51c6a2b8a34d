"""The four languages: one catalogue for all packages, and dates and ages as people write them.

English is the language of the source; `da`, `sv` and `nb` are gettext catalogues under ``locale/``. Nothing is
translated at import time: a module marks its sentences with `N_`, and a face translates them with a `Language`.
Records are never translated.
"""

from __future__ import annotations

import gettext
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

CODES: Final = ("da", "sv", "nb", "en")
_DECIMAL: Final = re.compile(r"[+-]?[0-9]+[.][0-9]+")
_FOLDER = Path(__file__).parent / "locale"


def N_(sentence: str) -> str:  # noqa: N802 (gettext's own name for "mark, do not translate yet")
    """Mark a sentence for the translators and return it unchanged."""
    return sentence


@cache
def _catalogue(code: str) -> gettext.NullTranslations:
    return gettext.translation("backupreader", _FOLDER, [code], fallback=True)


@lru_cache(maxsize=512)
def _written(day: date, pattern: str, code: str) -> str:
    from babel.dates import format_date

    return format_date(day, pattern, locale=code)


@dataclass(frozen=True, slots=True)
class Language:
    """One of `CODES`. Everything a person reads goes through one of these."""

    code: str

    def __post_init__(self) -> None:
        """Refuse a code that has no catalogue."""
        if self.code not in CODES:
            raise ValueError(self.code)

    def text(self, sentence: str) -> str:
        """The sentence in this language; the English one where it has not been translated."""
        return _catalogue(self.code).gettext(sentence)

    def count(self, one: str, many: str, number: int) -> str:
        """The right plural form, with ``{n}`` filled in."""
        return _catalogue(self.code).ngettext(one, many, number).format(n=number)

    def context(self, context: str, sentence: str) -> str:
        """A sentence whose translation depends on where it stands."""
        return _catalogue(self.code).pgettext(context, sentence)

    def decimal(self, text: str) -> str:
        """Decimal text with a point, written with this language's sign; anything else stays as it stands."""
        return text if self.code == "en" or not _DECIMAL.fullmatch(text) else text.replace(".", ",")

    def clock(self, moment: datetime) -> str:
        """Hour and minute, 24-hour clock: ``07:30``."""
        return moment.strftime("%H:%M")

    def day(self, day: date, *, weekday: bool = False, year: bool = True) -> str:
        """A date as people write it: ``22 nov. 2026``, with ``søn.`` before it where the weekday matters."""
        return _written(day, ("EEE " if weekday else "") + "d MMM" + (" y" if year else ""), self.code)

    def moment(self, moment: datetime) -> str:
        """A date and a clock time: ``22 nov. 2026 07:30``."""
        return f"{self.day(moment.date())} {self.clock(moment)}"

    def age(self, age: timedelta) -> str:
        """How long, in the two largest units: ``3 h 12 min``, ``2 days 4 h``. Never rounded up, never negative."""
        minutes = max(0, int(age.total_seconds() // 60))
        days, hours, rest = minutes // 1440, minutes // 60 % 24, minutes % 60
        if days:
            return self.count("{n} day", "{n} days", days) + f" {hours} " + self.text("h")
        if hours:
            return f"{hours} {self.text('h')} {rest} {self.text('min')}"
        return f"{rest} {self.text('min')}"
