"""The three kinds of empty: what was stated as none, what was delivered empty, and what nobody delivered."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from backupreader.domain.journal import Presence
from backupreader.domain.records import Alert, Delivery

_PAST: Final = frozenset(
    {"inactive", "refuted", "entered-in-error", "ended", "cancelled", "stopped", "completed", "superseded"}
)


def is_current(status: str) -> bool:
    """Whether a record with this status still holds; unknown and invalid ones do: they are shown, and marked."""
    return status not in _PAST


def source_of(record_id: str) -> str:
    """The source that a record's id names: ids are ``<source>:<the source's own id>``."""
    return record_id.partition(":")[0]


def covering(deliveries: Iterable[Delivery], table: str, *citizen: str) -> tuple[Delivery, ...]:
    """The deliveries that say something of `table` for this citizen, by all the ids that sources know her by.

    A source that delivers citizens speaks of its own only; one that delivers none (routes, medicine cards) speaks of
    everyone's.
    """
    everything = tuple(deliveries)
    with_citizens = {delivery.source for delivery in everything if delivery.table == "citizen"}
    own = {source_of(one) for one in citizen}
    return tuple(
        delivery
        for delivery in everything
        if delivery.table == table and (delivery.source in own or delivery.source not in with_citizens)
    )


def presence(rows: int, covered: Iterable[Delivery], *, left_out: bool = False) -> Presence:
    """Of a section with so many rows, out of the deliveries that cover it; `left_out` by the site's own decision."""
    if rows:
        return Presence.VALUE
    if left_out:
        return Presence.LEFT_OUT
    return Presence.NOTHING_RECORDED if tuple(covered) else Presence.NOT_DELIVERED


def states_none(alert: Alert) -> bool:
    """Whether the source surely states that no allergy is known: a statement of unknown status is no such thing."""
    return alert.kind == "no-known-allergy" and alert.status == "active"


def of_alerts(alerts: Iterable[Alert], rest: Presence) -> Presence:
    """NONE_KNOWN where all that holds is the source's statement that no allergy is known; else `rest`.

    An infection beside that statement is a value: nothing that must be known first may hide behind a "none".
    """
    current = [alert for alert in alerts if is_current(alert.status)]
    if current and all(states_none(alert) for alert in current):
        return Presence.NONE_KNOWN
    return rest
