"""Whom a plan names: roles, systems, contacts with their hours, and in which order they are called.

Days of the week are numbers from 1, Monday, to 7, Sunday (ISO 8601). Clock times are minutes of the local wall clock
from 0 to 1,440 (24:00, the end of the day).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Final, Literal, get_args

from backupreader.domain.plan.about import NOWHERE, Reach, Spot

HolidayRule = Literal["closed", "open", "sunday", ""]
"""What holds on a public holiday: nobody answers, as on any such weekday, as on a Sunday; or the plan does not say."""
HOLIDAY_RULES: Final[tuple[HolidayRule, ...]] = get_args(HolidayRule)
DAY_ENDS: Final = 1_440


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """Who someone is in an outage: who reports it, who coordinates, who decides."""

    id: str
    label: str
    note: str = ""
    spot: Spot = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class System:
    """What can be down: how that is seen, what is used instead, and who supplies it (a contact)."""

    id: str
    label: str
    symptoms: tuple[str, ...] = ()
    instead: tuple[str, ...] = ()
    supplier: str = ""
    spot: Spot = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Hours:
    """Open on these days of the week, from one minute of the day until before another."""

    days: tuple[int, ...]
    begins: int
    ends: int
    spot: Spot = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Who can be called, or written to where there is no number.

    Without `hours` somebody always answers. `tree` are the digits to press, in order; `say` what to say; `give` the own
    number to give. `may_call` are the roles that may make this call; nobody named means everyone. `maintainer` keeps
    the entry, and has `checked` it last.
    """

    id: str
    label: str
    number: str = ""
    mail: str = ""
    role: str = ""
    hours: tuple[Hours, ...] = ()
    holidays: HolidayRule = ""
    tree: tuple[str, ...] = ()
    say: tuple[str, ...] = ()
    give: str = ""
    call_for: tuple[str, ...] = ()
    not_for: tuple[str, ...] = ()
    may_call: tuple[str, ...] = ()
    maintainer: str = ""
    checked: date | None = None
    note: str = ""
    spot: Spot = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Calling:
    """In which order contacts are called: the first that answers at this hour.

    It holds for these systems, reaches and callers; what names none of a kind holds for all. Of several that hold, the
    one that stands first in the plan counts. `nobody` says what to do where nobody answers at this hour on purpose;
    `again` after how many minutes to try again then, 0 where the plan does not say.
    """

    order: tuple[str, ...]
    systems: tuple[str, ...] = ()
    reaches: tuple[Reach, ...] = ()
    roles: tuple[str, ...] = ()
    nobody: str = ""
    again: int = 0
    spot: Spot = field(default=NOWHERE, compare=False, repr=False)

    @property
    def is_general(self) -> bool:
        """Does it hold whatever is down, how far it goes and whoever calls?"""
        return not (self.systems or self.reaches or self.roles)


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """Which days are public holidays: those of a country, with and without some days of the year (month, day)."""

    country: str
    also: tuple[tuple[int, int], ...] = ()
    without: tuple[tuple[int, int], ...] = ()
