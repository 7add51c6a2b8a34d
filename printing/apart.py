"""The orders that stand beside a medicine sheet's grid: not due now, paused, stopped, beginning later, the rest."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from backupreader.domain import moments
from backupreader.domain.dosage import Standing, administration_rows, standing
from printing import sections, wording
from printing.block import Block, Words

if TYPE_CHECKING:
    from backupreader.domain.journal import Order
    from printing.document import Sheet

RECENT: Final = timedelta(days=14)
"""What stopped or began within this time may be news to a carer."""


def apart(orders: Sequence[Order], days: Sequence[date], sheet: Sheet) -> list[Block]:
    """Drugs in force that are due on none of the days, paused and lately stopped ones by name, the rest counted.

    A stopped order of a drug that another order still has in force is only counted: "do not give" would be said of a
    drug that is to be given. So is one that has boxes on the sheet because its end contradicts its status. Nor is it
    said of a paused one whose pause ends on one of the days.
    """
    _, zone = sheet.language.text, wording.zone(sheet)
    stands = [(order, standing(order.medication, days[0], zone)) for order in orders]
    in_force = {
        _name(order) for order, where in stands if where in {Standing.CURRENT, Standing.UNSURE, Standing.FUTURE}
    }
    idle, paused, stopped, later = dict[str, str](), dict[str, str](), dict[str, str](), dict[str, str]()
    again = dict[str, str]()
    older = drafts = 0
    for order, where in stands:
        drug = wording.drug(order.medication)
        if where is Standing.PAUSED:
            on_hold = again if _on_the_sheet(order, days, sheet) else paused
            said = wording.joined((drug, pause(order, sheet)), ": ")
            on_hold[said] = said
        elif where is Standing.FUTURE:
            said = f"{drug} ({wording.moment(order.medication.start, sheet)})"
            later[said] = said
        elif where in {Standing.DRAFT, Standing.ERROR}:
            drafts += 1
        elif _on_the_sheet(order, days, sheet):
            continue
        elif where in {Standing.CURRENT, Standing.UNSURE}:
            doses = wording.joined((wording.dose_line(dose, sheet) for dose in order.doses), ", ")
            doubt = sections.doubt(order.medication, sheet)
            idle[order.medication.id] = wording.joined((f"{drug} ({doses})", doubt), " ")
        elif _name(order) in in_force or _long_ago(order, days[0], sheet):
            older += 1
        else:
            stopped.setdefault(_name(order), _stop(order, sheet))
    lines = (
        (_("In force, not due on these days:"), idle),
        (_("Paused, do not give:"), paused),
        (_("Paused at first, due again on these days:"), again),
        (_("Stopped or ended, do not give:"), stopped),
        (_("Begins later:"), later),
    )
    blocks: list[Block] = [
        Words((label + " ", True), ("; ".join(texts.values()), False), above=6) for label, texts in lines if texts
    ]
    more = wording.joined(
        (
            sheet.language.count("{n} order ended earlier", "{n} orders ended earlier", older) if older else None,
            sheet.language.count("{n} draft or error", "{n} drafts or errors", drafts) if drafts else None,
        )
    )
    if more:
        blocks.append(Words((_("Also on the medication list: {what}.").format(what=more), False), above=4))
    return blocks


def pause(order: Order, sheet: Sheet) -> str | None:
    """From when to when an order is paused; None when it is not."""
    medication = order.medication
    if not medication.paused_from and not medication.paused_to:
        return None
    when = wording.period(medication.paused_from, medication.paused_to, sheet)
    return sheet.language.text("Paused {period}").format(period=when)


def _name(order: Order) -> str:
    return wording.drug(order.medication).casefold()


def _on_the_sheet(order: Order, days: Sequence[date], sheet: Sheet) -> bool:
    return any(row.shown for row in administration_rows(order, days, wording.zone(sheet)))


def _long_ago(order: Order, first: date, sheet: Sheet) -> bool:
    end = moments.day(order.medication.end, wording.zone(sheet))
    return end is not None and end < first - RECENT


def _stop(order: Order, sheet: Sheet) -> str:
    medication = order.medication
    facts = wording.joined((wording.moment(medication.end, sheet), medication.stop_reason), ", ")
    return f"{wording.drug(medication)} ({facts})" if facts else wording.drug(medication)
