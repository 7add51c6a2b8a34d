"""From the entries of a log to the outage as it stands. Nothing is ever taken out: a mistake is crossed out.

Which entry counts: of what can be so in one way only (who has the case, which systems, how far it goes, that it is
over) the one that was written last; of a unit the one that happened last. An entry that is crossed out counts for
nothing, and one that crosses out another can be crossed out itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from backupreader.domain.outage.event import Entry, EntryKind, Event
from backupreader.domain.plan.about import REACHES


def event(number: str, began: datetime, by: str, entries: Iterable[Entry], *, whole: bool = True) -> Event:
    """The outage `number`, which `by` began at `began`, as its entries tell it, in whatever order they are given.

    Who declared it said since when the systems are down, and that counts for `began`. Where nobody was named, the one
    who began it has the case.
    """
    log = tuple(sorted(entries, key=lambda entry: entry.number))
    crossed = crossed_out(log)
    standing = [entry for entry in log if entry.number not in crossed]

    def last(*kinds: EntryKind) -> Entry | None:
        return next((entry for entry in reversed(standing) if entry.kind in kinds), None)

    def of(kind: EntryKind) -> dict[str, tuple[Entry, ...]]:
        return _by_id(entry for entry in standing if entry.kind == kind)

    declared, owner, ended = last("declared"), last("owner"), last("ended")
    systems, reach = last("declared", "systems"), last("reach")
    return Event(
        number=number,
        began=declared.at if declared else began,
        owner=owner.who if owner else by,
        owned_since=owner.at if owner else began,
        declared=declared,
        systems=tuple(dict.fromkeys(systems.what.split())) if systems else (),
        reach=reach.what if reach and reach.what in REACHES else None,
        done=of("done"),
        acts=of("act"),
        partners=of("partner"),
        units={unit: said[-1] for unit, said in of("unit").items()},
        ended=ended.at if ended else None,
        entries=log,
        whole=whole,
    )


def crossed_out(entries: Iterable[Entry]) -> Mapping[int, Entry]:
    """The entries that no longer count, by their number, each with the entry that crossed it out.

    Only what was written before can be crossed out. Whatever crosses out an entry stands itself.
    """
    found: dict[int, Entry] = {}
    for entry in sorted(entries, key=lambda entry: entry.number, reverse=True):
        if entry.kind == "withdrawn" and entry.number not in found and entry.what.isdecimal():
            target = int(entry.what)
            if target < entry.number:
                found.setdefault(target, entry)
    return found


def _by_id(entries: Iterable[Entry]) -> dict[str, tuple[Entry, ...]]:
    """What was written of each id, in order of when it happened."""
    found: dict[str, list[Entry]] = {}
    for entry in sorted(entries, key=happened):
        found.setdefault(entry.what, []).append(entry)
    return {what: tuple(said) for what, said in found.items()}


def happened(entry: Entry) -> tuple[float, int]:
    """By what entries are put in order of when they happened; at one moment the one that was written first."""
    return entry.at.timestamp(), entry.number
