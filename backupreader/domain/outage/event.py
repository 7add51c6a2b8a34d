"""An outage as it stands: everything follows from its entries, which are only ever added.

What is structured of an entry is kept so that it can be read before unlock (which duty is next, and who has it); what
people wrote of their own (`words`) may name a citizen, is sealed, and is empty while nobody has unlocked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Literal, get_args

from backupreader.domain.plan.about import Reach

EntryKind = Literal[
    "declared",  # who judged it critical (`who`), why (words); `what` names the systems, which are down since `at`
    "systems",  # other systems are down now: `what`
    "reach",  # how far it goes: `what` is a Reach
    "owner",  # `who` has the case from now on
    "call",  # `what` is a contact's id; `detail`: "answered", "no-answer" or "message"; `who` was reached
    "decision",  # words; `who` decided
    "note",  # words
    "act",  # `what` is an act's id; `who`: whose it is, where each one's counts on its own (the phones of one unit)
    "done",  # `what` is a duty's id
    "unit",  # `what` is a unit; `detail`: "up" or "down"
    "partner",  # `what` is a partner's id: told
    "guide",  # `what` is a guide's id, `detail` the outcome's
    "ended",  # the systems are up again
    "withdrawn",  # the entry whose number is `what` was a mistake; it stays, crossed out
]
"""What an entry is of, and what its fields then hold."""
ENTRY_KINDS: Final[tuple[EntryKind, ...]] = get_args(EntryKind)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the log: `number` counts from 1; `by` wrote it at `written`; it happened `at`; both have a zone."""

    number: int
    at: datetime
    written: datetime
    by: str
    kind: EntryKind
    what: str = ""
    who: str = ""
    detail: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One outage, as its entries tell it.

    `began` is since when the systems are down, `owner` who has the case since `owned_since`. `declared` is None where
    the PC was opened for an outage and nobody has said yet who judged it and why. `done`, `acts` and `partners` hold
    the entries that still stand, by id, oldest first; `units` the last entry of each unit. `whole` is False where
    something of the log was lost.
    """

    number: str
    began: datetime
    owner: str
    owned_since: datetime
    declared: Entry | None = None
    systems: tuple[str, ...] = ()
    reach: Reach | None = None
    done: Mapping[str, tuple[Entry, ...]] = field(default_factory=dict[str, tuple[Entry, ...]])
    acts: Mapping[str, tuple[Entry, ...]] = field(default_factory=dict[str, tuple[Entry, ...]])
    partners: Mapping[str, tuple[Entry, ...]] = field(default_factory=dict[str, tuple[Entry, ...]])
    units: Mapping[str, Entry] = field(default_factory=dict[str, Entry])
    ended: datetime | None = None
    entries: tuple[Entry, ...] = ()
    whole: bool = True


ClockState = Literal["waiting", "soon", "due", "overdue", "done"]
"""Not yet near; announced (`Duty.warn`); now (within a minute of it); past; done, or nothing more to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """One duty of an outage as it stands now: when it is due (None: not until something happens), and who has it.

    `holder` is the name of a person where one is known, else the role as the plan calls it.
    """

    duty: str
    label: str
    state: ClockState
    due: datetime | None = None
    warns: datetime | None = None
    holder: str = ""
    contact: str = ""
