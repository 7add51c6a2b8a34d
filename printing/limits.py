"""How much of a drug is given when needed, and how far apart: as its order says, and what of it nobody has said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from printing import wording

if TYPE_CHECKING:
    from collections.abc import Sequence

    from backupreader.domain.dosage import Row
    from backupreader.domain.journal import Order
    from printing.document import Sheet


def limits(order: Order, rows: Sequence[Row], sheet: Sheet) -> list[str]:
    """How much a day and how far apart, where the doses have not said it; which of the two nobody has said."""
    _ = sheet.language.text
    medication, doses = order.medication, [row.dose for row in rows if row.dose is not None]
    most = medication.max_per_day or (doses and all(dose.max_per_day for dose in doses))
    apart = medication.min_interval or (doses and all(dose.min_interval for dose in doses))
    said = (
        wording.order_limits(order, sheet.language),
        None if most else _("? How much at most a day is not said."),
        None if apart else _("? How far apart is not said."),
    )
    return [text for text in said if text]
