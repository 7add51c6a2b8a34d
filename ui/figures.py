"""Pictures made of values: what a row of kind FIGURE draws. Decided and tested without a window; `title` has the words.

Nothing in a figure is measured, rounded or smoothed: every word in it stands in a record, or counts records.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from ui.look import State


@dataclass(frozen=True, slots=True)
class Pin:
    """One clock time of a day line: what is due or was given then, in a word, with the shape of a state."""

    at: datetime
    clock: str
    word: str
    state: State


@dataclass(frozen=True, slots=True, kw_only=True)
class DayLine:
    """Medicine by the clock from `first` to `last`. Between `taken` and `now` nothing is known: hatched.

    `taken` is None where nobody can tell when the data was taken: all before `now` is hatched then. The words are
    what stands beside these two moments, and in the hatched window. `midnights` are where a day begins, each with
    its name.
    """

    first: datetime
    last: datetime
    now: datetime
    taken: datetime | None
    now_word: str
    taken_word: str
    midnights: tuple[tuple[datetime, str], ...]
    pins: tuple[Pin, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """One measured value of a chart, as written, with its day; `height` is 0 at the lowest and 1 at the highest.

    `joined` says that a line may lead to it from the one before; `gap` is how long nothing was measured before it, in
    words, where no line may.
    """

    value: str
    day: str
    height: float
    joined: bool = False
    gap: str = ""
    firm: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """Values of one name and one unit, oldest first; `highest` and `lowest` as written, `unit` as delivered."""

    columns: tuple[Column, ...]
    highest: str
    lowest: str
    unit: str


Figure: TypeAlias = DayLine | Chart
