"""What a list on the screen is made of: rows as values, decided and tested without a window."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, auto
from typing import TYPE_CHECKING, Final

from backupreader.domain.presence import source_of
from backupreader.domain.records import TABLES, Record
from ui.look import State

if TYPE_CHECKING:
    from ui.figures import Figure


class Kind(Enum):
    """How a row is drawn."""

    ENTRY = auto()  # a line of its own: lead, title, details, marks
    HEADING = auto()  # begins a group; `aside` says from whom and when
    TEXT = auto()  # a paragraph
    FIGURE = auto()  # a picture made of values: `title` says in words all that it shows
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


@dataclass(frozen=True, slots=True)
class Recorded:
    """The record that a row tells of: its id, its table, and the file and row where it was delivered."""

    id: str
    table: str
    file: str
    row: int

    @property
    def source(self) -> str:
        """The source system."""
        return source_of(self.id)

    @property
    def spoken(self) -> str:
        """Where it came from, in names and numbers alone."""
        return f"{self.source}, {self.file}, {self.row}"


_NAMES: Final = {record: name for name, record in TABLES.items()}


def recorded(record: Record) -> Recorded:
    """Where a record came from."""
    return Recorded(record.id, _NAMES[type(record)], record.origin.file, record.origin.row)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row. `lead` is the clock time, or what else comes first; `target` is what Enter opens, if anything.

    A `brief` one is a line of a summary: the lead is the word of its group, and all else runs on in one line.
    `clipped` is shown in at most two lines before the details; what is cut ends in an ellipsis, and is spoken whole.
    `origin` is the one record that it tells of, if it tells of one. `found` are the words of title and details that
    were searched for: they are marked where they stand.
    """

    kind: Kind = Kind.ENTRY
    title: str = ""
    lead: str = ""
    lead_under: str = ""
    clipped: str = ""
    details: tuple[str, ...] = ()
    aside: str = ""
    marks: tuple[Mark, ...] = ()
    struck: bool = False
    brief: bool = False
    figure: Figure | None = None
    found: frozenset[str] = frozenset()
    target: object = field(default=None, compare=False)
    origin: Recorded | None = field(default=None, compare=False)

    @property
    def chosen_by_keys(self) -> bool:
        """May the arrows stop here?"""
        return self.kind in _CHOSEN

    @property
    def spoken(self) -> str:
        """The row in one sentence, for a screen reader."""
        marks = (mark.word for mark in self.marks)
        words = (self.lead, self.lead_under, self.title, *marks, self.clipped, *self.details, self.aside)
        return ". ".join(word for word in words if word)


_CHOSEN: Final = frozenset({Kind.ENTRY, Kind.TEXT, Kind.FIGURE, Kind.ACTION, Kind.KEPT})
