"""The exporter's word on plausibility: seal, or ask a person first. The rules are `domain.plausibility`'s."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from backupreader.domain.errors import NOT_PLAUSIBLE
from backupreader.domain.plausibility import NOTHING_SEEN, Doubt, Traces, closer, doubts
from backupreader.domain.trouble import ReaderError
from backupreader.store.choice import facts
from backupreader.store.manifest import Manifest


def check(  # noqa: PLR0913 (the two that are compared, and what was seen of them)
    new: Manifest,
    last_sent: Manifest | None,
    zone: ZoneInfo,
    *,
    accept_shrink: bool,
    seen: Traces = NOTHING_SEEN,
    before: Traces = NOTHING_SEEN,
) -> tuple[Doubt, ...]:
    """Why `new` holds less than it should, where a person accepted that. Raises NOT_PLAUSIBLE where nobody did."""
    told = facts(new, zone)
    found = doubts(told, None if last_sent is None else facts(last_sent, zone), seen, before)
    if last_sent is not None:
        found += tuple(closer(told, seen, before))
    if found and not accept_shrink:
        raise ReaderError(NOT_PLAUSIBLE, reasons=found)
    return found
