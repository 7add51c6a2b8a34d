"""What a plan tells people to do: guides of yes and no, action cards, ready words, and partners to be told."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, Literal

from backupreader.domain.plan.about import NOWHERE, About, Reach, Spot


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One step of a guide: what to ask or try, and where yes and no lead: a question's id or an outcome's."""

    id: str
    ask: str
    how: str = ""
    yes: str
    no: str
    spot: Spot = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """Where a guide ends: how far the fault goes, what to do, and whom to call.

    Without a `contact` it is whoever answers now (`calling.now`) for the guide's system and this reach; with reach
    ``none`` and no contact nobody is to be called.
    """

    id: str
    reach: Reach
    say: str
    contact: str = ""
    spot: Spot = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """Questions that end in an outcome; it begins with the first. `systems` are those that it is about."""

    id: str
    label: str
    questions: tuple[Question, ...]
    outcomes: tuple[Outcome, ...]
    systems: tuple[str, ...] = ()
    spot: Spot = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """An action card: what a role does when a system is down. `condition` says when it is of use."""

    id: str
    about: About
    steps: tuple[str, ...]
    role: str = ""
    systems: tuple[str, ...] = ()
    condition: str = ""
    contact: str = ""
    spot: Spot = field(default=NOWHERE, compare=False, repr=False)

    @property
    def label(self) -> str:
        """Its title."""
        return self.about.title


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """Words that are ready: for the door, for citizens and relatives, for partners. See `PLACEHOLDERS`."""

    id: str
    label: str
    use: Literal["door", "citizens", "partners"]
    text: str
    spot: Spot = field(default=NOWHERE, compare=False, repr=False)


PLACEHOLDERS: Final = ("outage", "systems", "since", "number", "contact")
"""What a template may leave open, in braces: the outage's number, what is down, since when, and whom to call."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Partner:
    """Someone outside who must be told."""

    id: str
    label: str
    number: str = ""
    mail: str = ""
    note: str = ""
    spot: Spot = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerList:
    """Partners that one role tells, each ticked with its time; `template` is what they are told."""

    id: str
    label: str
    partners: tuple[Partner, ...]
    role: str = ""
    template: str = ""
    spot: Spot = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """Where the backup PC stands, who gives the key or the door code (never the code), and what lies ready there."""

    where: str
    key: str = ""
    holds: tuple[str, ...] = ()
    contact: str = ""
    spot: Spot = field(default=NOWHERE, compare=False, repr=False)
