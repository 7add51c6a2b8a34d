"""Which dose of a drug was given last: on its order, on one that may mean the same drug, or on none that is known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from printing import wording

if TYPE_CHECKING:
    from backupreader.domain.journal import Journal, Order
    from backupreader.domain.records import Administration
    from printing.document import Sheet


def newest_given(order: Order, others: Iterable[Order], journal: Journal, sheet: Sheet) -> Administration | None:
    """The newest dose of the drug that was given, or may have been; None where nothing says that any was."""
    given = [*order.administrations, *(item for other in others for item in other.administrations)]
    return wording.last_given((*given, *_unattached(order, journal)), sheet)


def _unattached(order: Order, journal: Journal) -> Iterator[Administration]:
    """What was given of a drug of this name, where the source does not say on which order."""
    known = {other.medication.id for other in journal.orders.items}
    name = order.medication.drug.casefold()
    for item in journal.administrations.items:
        if item.medication not in known and name in (item.drug or "").casefold():
            yield item
