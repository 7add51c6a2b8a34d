"""Medicine that is given when needed: each drug with its limits and its last dose, beside empty rows to fill in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from backupreader.domain.dosage import Row, administration_rows
from backupreader.domain.medicinelists import needed
from backupreader.domain.places import Place, places
from printing import boxes, differences, keptback, otherlists, sections, wording
from printing.apart import pause
from printing.block import Block, Heading, Words
from printing.grid import Cell, Grid, Group, header
from printing.lastgiven import last
from printing.limits import limits

if TYPE_CHECKING:
    from backupreader.domain.journal import Journal, Order
    from backupreader.domain.signing import Signing
    from printing.document import Sheet


@dataclass(frozen=True, slots=True)
class Room:
    """How much there is to fill in: the columns (title, points), in which of them places are, and how many rows."""

    columns: tuple[tuple[str, float], ...]
    places: int
    rows: int

    @property
    def widths(self) -> tuple[float, ...]:
        """The widths: the drug, then the columns."""
        points = tuple(wide for _, wide in self.columns)
        return (boxes.WIDE - sum(points), *points)

    def header(self, drug: str, sheet: Sheet) -> tuple[Cell, ...]:
        """The header row; `drug` stands over the drugs."""
        return header(drug, *(sheet.language.text(title) for title, _wide in self.columns))

    def group(self, lead: Cell, order: Order, sheet: Sheet, *, doubt: bool) -> Group:
        """The empty rows of one drug; with `doubt` each has a question mark."""
        room: tuple[Place, ...] = places(order)
        cells = [Cell(corner="?" if doubt else "") for _column in self.columns]
        if room:
            cells[self.places] = boxes.labels(room, sheet)
        return Group((tuple(cells),) * self.rows, (lead,), boxes.HIGH - 3)


def table(journal: Journal, plan: Signing, days: Sequence[date], room: Room, sheet: Sheet) -> list[Block]:
    """Every drug that may be given when needed on any of the days, or that there is none."""
    _ = sheet.language.text
    groups = keptback.rows(plan, days, sheet, on_need=True, columns=len(room.columns))
    for order in plan.orders:
        if rows := rows_of(order, days, sheet):
            groups.append(_group(order, rows, journal, plan, room, sheet))
    if not groups:
        nothing = _("No medicine to be given when needed is in force.")
        return [Heading(_("When needed")), none(nothing, plan, sheet)]
    top = room.header(_("Medicine"), sheet)
    return [Heading(_("When needed")), Grid(room.widths, groups, top, above=5)]


def asked(journal: Journal, plan: Signing, days: Sequence[date], room: Room, sheet: Sheet) -> list[Block]:
    """Those that only another list has in force, each row with a question mark."""
    blocks: list[Block] = []
    for one in plan.lists:
        mine = [(item, rows) for item in plan.ask if item.list is one and (rows := rows_of(item.order, days, sheet))]
        groups = [
            room.group(otherlists.lead(item, rows, journal, plan, sheet), item.order, sheet, doubt=True)
            for item, rows in mine
        ]
        if groups:
            top = room.header(sheet.language.text("Medicine"), sheet)
            blocks += [otherlists.only_in(one, sheet), Grid(room.widths, groups, top, above=5)]
    return blocks


def rows_of(order: Order, days: Sequence[date], sheet: Sheet) -> list[Row]:
    """What of an order may be given when needed on any of the days."""
    return [row for row in administration_rows(order, days, wording.zone(sheet)) if row.shown and row.prn]


def ever(order: Order) -> bool:
    """Whether any of an order is given when needed, on whatever day."""
    return needed(order) or any(dose.prn for dose in order.doses)


def none(said: str, plan: Signing, sheet: Sheet) -> Block:
    """That this list has none; where another list has medicine that this one has not, never without saying so.

    Nor where medicine is kept back: of some of it the source may not say whether it is given when needed.
    """
    _ = sheet.language.text
    only_here = _("That is this list alone: another list has more medicine, see below.") if plan.ask else ""
    hidden = any(one.withheld for one in plan.lists)
    only_shown = _("This is true only of what is shown; private-marked medicine is not shown.") if hidden else ""
    return Words((said, False), *((f" {text}", True) for text in (only_here, only_shown) if text), above=4)


def contradiction(order: Order, sheet: Sheet) -> str | None:
    """A stopped order that still has boxes: its end is said to lie ahead."""
    medication = order.medication
    if medication.status not in {"stopped", "completed"}:
        return None
    word = sheet.language.text(wording.MEDICATION_STATUS[medication.status])
    return sheet.language.text("? {status}, but its end lies ahead: ask before giving").format(status=word)


def _group(  # noqa: PLR0913, PLR0917 (a drug, and the sheet that it stands on)
    order: Order, rows: Sequence[Row], journal: Journal, plan: Signing, room: Room, sheet: Sheet
) -> Group:
    medication = order.medication
    doses = dict.fromkeys(wording.dose_line(row.dose, sheet) for row in rows if row.dose is not None)
    loud, doubt = differences.beside(order, plan, sheet)
    lead = sections.drug_cell(
        medication,
        sheet,
        dosage=sections.as_written(medication, sheet),
        extra=(
            wording.period(medication.start, medication.end, sheet),
            pause(order, sheet),
            contradiction(order, sheet),
        ),
        loud=(
            *loud,
            *(line for line in doses if line),
            *limits(order, rows, sheet),
            last(order, plan.perhaps(order), journal, sheet),
        ),
    )
    return room.group(lead, order, sheet, doubt=doubt)
