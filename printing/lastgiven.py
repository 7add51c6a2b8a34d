"""When a drug was last given, as far as the data knows, and until when the data knows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from backupreader.domain.journal import Presence
from printing import sections, wording
from printing.given import newest_given

if TYPE_CHECKING:
    from backupreader.domain.journal import Journal, Order
    from printing.document import Sheet


def last(order: Order, others: Iterable[Order], journal: Journal, sheet: Sheet) -> str:
    """The sentence; `others` are orders of other lists that may mean the same drug: what was given on them counts."""
    _ = sheet.language.text
    if journal.administrations.presence is Presence.LEFT_OUT:
        return _("Last given: not in this copy by the municipality's decision")
    if not journal.administrations.deliveries:
        return _("Last given: not delivered")
    taken = wording.moment(journal.administrations.taken_at, sheet)
    newest = newest_given(order, others, journal, sheet)
    if newest is None:
        return _("Last given: nothing recorded until {taken}").format(taken=taken)
    when = wording.moment(newest.given_at or newest.planned_at, sheet)
    much = wording.joined((sheet.language.decimal(newest.quantity or ""), newest.unit), " ")
    doubt = sections.uncertain(newest.status, newest.status_source, sheet)
    facts = wording.joined((when, much, doubt), ", ")
    return _("Last given: {when} (known until {taken})").format(when=facts, taken=taken)
