"""What of a medicine sheet belongs to one shift: a box is blocked only where the ordered clock time lies in another.

A slot (*morning*) and "2 of 3" never become a clock time, so their shift is not known: the box stays open, in doubt.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time

from backupreader.domain.dosage import Cell, Row, Verdict, Why
from backupreader.domain.shifts import Shift


def during(row: Row, days: Sequence[date], shift: Shift | None) -> Row:
    """The row as it is in a shift, its `days` those of the row's cells; unchanged without a shift.

    A clock time that comes twice on the night when the clocks go back is in the shift where either of them is.
    """
    if shift is None or row.prn:
        return row
    return replace(row, cells=tuple(_cell(row, day, cell, shift) for day, cell in zip(days, row.cells, strict=True)))


def _cell(row: Row, day: date, cell: Cell, shift: Shift) -> Cell:
    if cell.verdict is Verdict.NOT_DUE:
        return cell
    if row.when.time is None:
        return Cell(Verdict.UNKNOWN, Why.SHIFT) if cell.verdict is Verdict.DUE else cell
    at = datetime.combine(day, time.fromisoformat(row.when.time), shift.begins.tzinfo)
    if any(shift.holds(at.replace(fold=fold)) for fold in (0, 1)):
        return cell
    return Cell(Verdict.NOT_DUE, Why.OTHER_SHIFT)
