"""What a sheet holds on which given medicine is signed: the grid, what is given when needed, and all that has no box.

The Danish medicine sheet and the Swedish signing list have it in common; they differ in their `Boxes` and in who signs
for what below.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from backupreader.domain import moments
from backupreader.domain.dosage import Row, Why, administration_rows
from backupreader.domain.places import places
from backupreader.domain.shiftdoses import during
from backupreader.domain.signing import signing
from backupreader.language import N_
from printing import differences, keptback, needed, otherlists, sections, wording
from printing.apart import RECENT, apart, pause
from printing.askwhom import ask_whom
from printing.block import Block, Words
from printing.boxes import HIGH
from printing.grid import Cell, Grid, Group

if TYPE_CHECKING:
    from backupreader.domain.journal import Journal, Order
    from backupreader.domain.records import Dose
    from backupreader.domain.signing import Signing
    from printing.boxes import Boxes
    from printing.document import Sheet

ROOM: Final = needed.Room(
    (
        (N_("Date, time"), 64.0),
        (N_("Reason"), 140.0),
        (N_("Amount"), 56.0),
        (N_("Time given"), 62.0),
        (N_("Initials"), 54.0),
        (N_("Effect within 2 h"), 100.0),
    ),
    places=1,
    rows=3,
)
_DOUBT: Final = {
    Why.PERIOD: N_("? It begins, ends or is paused on one of these days: check the time."),
    Why.DAYS: N_("? On which days is not said."),
    Why.TIMES: N_("? At which times is not said."),
    Why.SHIFT: N_("? In which shift it is given is not said: read its time."),
}


def days_of(sheet: Sheet) -> tuple[date, ...]:
    """The days of the sheet."""
    return tuple(sheet.day + timedelta(days=number) for number in range(sheet.days))


def body(journal: Journal, how: str, boxes: Boxes, sheet: Sheet) -> list[Block]:
    """Everything from what is kept back to the rows for what is ordered by phone; `how` says how a dose is signed."""
    _, days = sheet.language.text, boxes.days
    plan = signing(journal, days, wording.zone(sheet))
    blocks: list[Block] = [
        *keptback.notice(journal, _("THIS SHEET IS NOT COMPLETE."), sheet),
        _instruction(how, sheet),
        ask_whom(journal, sheet),
        *otherlists.about(journal, plan, sheet),
    ]
    if not journal.orders.items:
        blocks += [sections.heading(_("Medicine"), journal.orders, sheet), sections.empty(journal.orders, sheet)]
    else:
        blocks += _fixed(journal, plan, boxes, sheet)
        blocks += needed.table(journal, plan, days, ROOM, sheet)
        blocks += otherlists.asked(journal, plan, boxes, sheet)
        blocks += apart([order for order in plan.orders if undisputed(order, plan, days, sheet)], days, sheet)
        blocks += keptback.elsewhere(plan, days, sheet)
        blocks += otherlists.told(plan, sheet)
    return [*blocks, _added_by_hand(boxes, sheet)]


def _instruction(how: str, sheet: Sheet) -> Block:
    _ = sheet.language.text
    return Words(
        (how, True),
        ("  " + _("Not given: P = postponed · R = refused · H = not at home · N = not available, and why."), False),
        ("  " + _("**** = not due. ? = the data does not say: read the text, ask the prescriber."), False),
    )


def _fixed(journal: Journal, plan: Signing, boxes: Boxes, sheet: Sheet) -> list[Block]:
    _, days = sheet.language.text, boxes.days
    groups = keptback.rows(plan, days, sheet, on_need=False, columns=len(boxes.columns) - 1)
    for order in sorted(plan.orders, key=lambda order: (order.medication.drug.casefold(), order.medication.id)):
        every = administration_rows(order, days, wording.zone(sheet))
        rows = [during(row, days, sheet.shift) for row in every if row.shown and not row.prn]
        if rows:
            groups.append(_group(order, rows, plan, boxes, sheet))
    title = _("Fixed medicine, {days}").format(days=_span(days, sheet))
    head = sections.heading(title, journal.orders, sheet)
    if not groups:
        return [head, needed.none(_("No fixed medicine is due on these days."), plan, sheet)]
    return [head, Grid(boxes.columns, groups, boxes.header(_("Medicine"), sheet), above=5)]


def _span(days: Sequence[date], sheet: Sheet) -> str:
    first = wording.day(sheet.language, days[0], weekday=True)
    span = first if len(days) == 1 else f"{first} – {wording.day(sheet.language, days[-1], weekday=True)}"
    return span if sheet.shift is None else f"{span} · {wording.shift_hours(sheet.shift, sheet.language)}"


def _group(order: Order, rows: list[Row], plan: Signing, boxes: Boxes, sheet: Sheet) -> Group:
    medication, days = order.medication, boxes.days
    loud, doubt = differences.beside(order, plan, sheet)
    text = sections.as_written(medication, sheet)
    lines = dict.fromkeys(
        [
            *(wording.dose_line(row.dose, sheet) for row in rows if row.dose is not None and _says_more(row.dose)),
            wording.joined((_lately(order, days[0], sheet), pause(order, sheet))),
            needed.contradiction(order, sheet),
            *(sheet.language.text(_DOUBT[cell.why]) for row in rows for cell in row.cells if cell.why in _DOUBT),
        ]
    )
    lead = sections.drug_cell(medication, sheet, dosage=text, extra=lines, loud=loud)
    elsewhere = plan.due_elsewhere(order, days, wording.zone(sheet))
    room = places(order, counts=boxes.counts)
    cells = tuple(
        cells for row in rows for cells in boxes.rows(row, sheet, places=room, doubt=doubt, elsewhere=elsewhere)
    )
    return Group(cells, (lead,), HIGH)


def undisputed(order: Order, plan: Signing, days: Sequence[date], sheet: Sheet) -> bool:
    """Whether "do not give" may be said of it: not where another list has it due, which is told beside its boxes."""
    disputed = plan.due_elsewhere(order, days, wording.zone(sheet))
    return order.medication.id not in plan.held and not disputed


def _says_more(dose: Dose) -> bool:
    """Does the dose say anything that its amount and time do not?"""
    return bool(dose.text or dose.start or dose.end or dose.weekdays or dose.every_days not in {None, 1})


def _lately(order: Order, first: date, sheet: Sheet) -> str | None:
    """The order's period, where it ends, or began so lately that it may be new to a carer."""
    medication = order.medication
    begun = moments.day(medication.start, wording.zone(sheet))
    if medication.end or begun is None or begun > first - RECENT:
        return wording.period(medication.start, medication.end, sheet)
    return None


def _added_by_hand(boxes: Boxes, sheet: Sheet) -> Block:
    """Empty rows for what a doctor orders by phone during the outage."""
    top = boxes.header(sheet.language.text("Ordered during the outage (by whom, when)"), sheet)
    empty = Group((tuple(Cell() for _column in boxes.columns[1:]),), (Cell(),), HIGH)
    return Grid(boxes.columns, (empty, empty), top, above=10)
