"""What a list on the screen is made of: rows as values, decided and tested without a window."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, auto

from ui.look import State


class Kind(Enum):
    """How a row is drawn."""

    ENTRY = auto()  # a line of its own: lead, title, details, marks
    HEADING = auto()  # begins a group; `aside` says from whom and when
    TEXT = auto()  # a paragraph
    NONE_KNOWN = auto()  # the source stated that there is none: calm, with a tick
    NOTHING = auto()  # the table came, with nothing in it for this citizen
    MISSING = auto()  # not delivered: hatched, because nothing is known
    BLIND = auto()  # from when on nothing is known
    KEPT = auto()  # kept back until a reason is stated: something to press
    ACTION = auto()  # something to press


@dataclass(frozen=True, slots=True)
class Mark:
    """A word with the shape and colour of a state."""

    word: str
    state: State = State.QUIET


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row. `lead` is the clock time, or what else comes first; `target` is what Enter opens, if anything."""

    kind: Kind = Kind.ENTRY
    title: str = ""
    lead: str = ""
    lead_under: str = ""
    details: tuple[str, ...] = ()
    aside: str = ""
    marks: tuple[Mark, ...] = ()
    struck: bool = False
    target: object = field(default=None, compare=False)

    @property
    def chosen_by_keys(self) -> bool:
        """May the arrows stop here?"""
        return self.kind in {Kind.ENTRY, Kind.TEXT, Kind.ACTION, Kind.KEPT}

    @property
    def spoken(self) -> str:
        """The row in one sentence, for a screen reader."""
        words = (self.lead, self.lead_under, self.title, *(mark.word for mark in self.marks), *self.details, self.aside)
        return ". ".join(word for word in words if word)
