"""The exporter's word on plausibility: seal, or ask a person first. The rules are `domain.plausibility`'s."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from backupreader.domain.errors import NOT_PLAUSIBLE, ReaderError, Reason
from backupreader.domain.plausibility import doubts
from backupreader.store.choice import facts
from backupreader.store.manifest import Manifest


def check(new: Manifest, last_sent: Manifest | None, zone: ZoneInfo, *, accept_shrink: bool) -> tuple[Reason, ...]:
    """Why `new` holds less than it should, where a person accepted that. Raises NOT_PLAUSIBLE where nobody did."""
    found = doubts(facts(new, zone), None if last_sent is None else facts(last_sent, zone))
    if found and not accept_shrink:
        raise ReaderError(NOT_PLAUSIBLE, reasons=found)
    return found
