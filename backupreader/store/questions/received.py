"""What came: from whom, when, how much of it, and what could not be read."""

from __future__ import annotations

from collections.abc import Mapping

from backupreader.domain.records import Delivery, Issue, Receipt
from backupreader.store.question import Question, asking


class Received(Question):
    """See the module."""

    def deliveries(self) -> tuple[Delivery, ...]:
        """What each source delivered for each table."""
        return self._deliveries

    def left_out(self) -> tuple[str, ...]:
        """The tables that are not in this copy by the municipality's decision."""
        return self._shelf.left_out

    @asking
    def receipts(self) -> tuple[Receipt, ...]:
        """What became of each file of the export."""
        return self._shelf.receipts()

    @asking
    def issues(self, limit: int = 1000) -> tuple[Issue, ...]:
        """What could not be read or was read with doubt, errors first."""
        self._guard.saw("list", what="issues")
        order = "ORDER BY severity != 'error', severity != 'warning', rowid LIMIT ?"
        return self._shelf.issues(order, (limit,))

    def counts(self) -> Mapping[str, int]:
        """How many rows each table has."""
        return self._counts
