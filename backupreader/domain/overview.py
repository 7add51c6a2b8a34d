"""The whole area at a glance: a shift's visits with the carers side by side, eight a page, in rows by the hour.

Visits without a carer stand in a first column of every page. A visit that two carers make stands in both columns.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from backupreader.domain.records import Citizen, Delivery, Visit
from backupreader.domain.shiftlists import Stop
from backupreader.domain.shifts import Shift

CARERS: Final = 8
"""Columns of carers on a page, beside the one of visits that have none."""
_HOUR: Final = 3600


@dataclass(frozen=True, slots=True)
class Placed:
    """One visit in a column, and whom it is to; None where she was not delivered, or it is to nobody."""

    stop: Stop
    visit: Visit
    citizen: Citizen | None


@dataclass(frozen=True, slots=True)
class Column:
    """One carer's visits in time order; those of nobody where `carer` is empty."""

    carer: str
    visits: tuple[Placed, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page of the shift: the column of visits without a carer, then up to eight carers by name.

    `others` are the shift's visits of other units, which are not shown. Where `known` is False no source sends visits,
    or they are kept out of this copy on purpose (`left_out`): nothing is known of them.
    """

    shift: Shift
    number: int
    pages: int
    carers: int
    columns: tuple[Column, ...]
    others: int
    deliveries: tuple[Delivery, ...]
    left_out: bool = False

    @property
    def known(self) -> bool:
        """Is anything known of visits?"""
        return bool(self.deliveries) or any(column.visits for column in self.columns)


@dataclass(frozen=True, slots=True)
class Line:
    """One row: the hour in which its visits begin (None: no clock time was delivered), and a cell a column.

    `opens` is whether it is the first of its hour.
    """

    hour: datetime | None
    opens: bool
    cells: tuple[Placed | None, ...]


def lines(columns: Sequence[Column]) -> tuple[Line, ...]:
    """The columns side by side: as many rows an hour as the fullest column has visits in it."""
    hours: dict[float, list[list[Placed]]] = {}
    clocks: dict[float, datetime | None] = {}
    for number, column in enumerate(columns):
        for placed in column.visits:
            begins = placed.stop.begins
            at = begins.timestamp() // _HOUR * _HOUR if begins is not None else 0.0
            clocks[at] = None if begins is None else datetime.fromtimestamp(at, UTC).astimezone(begins.tzinfo)
            hours.setdefault(at, [[] for _ in columns])[number].append(placed)
    return tuple(
        Line(clocks[at], row == 0, tuple(cells[row] if row < len(cells) else None for cells in hours[at]))
        for at in sorted(hours)
        for row in range(max(len(cells) for cells in hours[at]))
    )
