"""What is due around now, and what can be known of it: the medicine list of the screen. `dosage` has the rules.

Where several lists hold a drug it is due once, as the list says from which a sheet is made: see `signing`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import Enum
from zoneinfo import ZoneInfo

from backupreader.domain.dosage import Cell, Row, Verdict, When, administration_rows, when_key
from backupreader.domain.journal import Journal, Order
from backupreader.domain.moments import instant
from backupreader.domain.records import Administration, Dose
from backupreader.domain.signing import signing


class Knowledge(Enum):
    """What the data can say of a dose that stands on the list of what is due around now."""

    RECORDED = "recorded"  # the source says what became of it: see `Upcoming.administration`
    NOT_RECORDED = "not-recorded"  # it was due before the data was taken, and nothing is said of it
    BLIND = "blind"  # it was due after the data was taken: nobody can know
    COMING = "coming"
    SOMETIME = "sometime"  # today, without a clock time


@dataclass(frozen=True, slots=True)
class Upcoming:
    """One dose on one day: certainly due, or not known to be (`cell`). `at` is None without a clock time.

    `only_in` is the title of the list that alone has it in force: it is to be asked about before it is given.
    """

    order: Order
    dose: Dose | None
    when: When
    day: date
    at: datetime | None
    cell: Cell
    knowledge: Knowledge
    administration: Administration | None = None
    only_in: str | None = None


@dataclass(frozen=True, slots=True)
class DueNext:
    """`entries` in the order of the clock, those without one last; `given` newest first, until `taken_at`."""

    taken_at: datetime | None
    entries: tuple[Upcoming, ...]
    prn: tuple[Row, ...]
    given: tuple[Administration, ...]


def due_next(journal: Journal, now: datetime, *, back_hours: int = 12, ahead_hours: int = 24) -> DueNext:
    """What is due from `back_hours` before `now` to `ahead_hours` after it, and what was given since a day before that.

    `now` carries the site's `ZoneInfo`. Doses without a clock time are those of `now`'s day. A dose is matched with
    what the source recorded only where both name the same order and the same planned minute.
    """
    zone = now.tzinfo
    if not isinstance(zone, ZoneInfo):
        raise TypeError("now must carry the site's ZoneInfo")
    taken = instant(journal.orders.taken_at, zone)
    first, last = now - timedelta(hours=back_hours), now + timedelta(hours=ahead_hours)
    days = [first.date() + timedelta(days=number) for number in range((last.date() - first.date()).days + 1)]
    entries: list[Upcoming] = []
    prn: list[Row] = []
    plan = signing(journal, [now.date(), *(day for day in days if day != now.date())], zone)
    asked = {item.order.medication.id: item.list.title for item in plan.ask}
    for order in (*plan.orders, *(item.order for item in plan.ask)):
        known = _Known(now, taken, zone, _recorded(order, zone))
        for row in administration_rows(order, days, zone):
            for day, cell in zip(days, row.cells, strict=True):
                if cell.verdict is Verdict.NOT_DUE or (row.when.time is None and day != now.date()):
                    continue
                if row.prn:
                    prn += [row] if day == now.date() else []
                    continue
                entry = _upcoming(order, row, day, cell, known)
                entry = replace(entry, only_in=asked.get(order.medication.id))
                if entry.at is None or first <= entry.at <= last:
                    entries.append(entry)
    entries.sort(
        key=lambda entry: (entry.at is None, entry.at or now, when_key(entry.when), entry.order.medication.drug)
    )
    return DueNext(taken, tuple(entries), tuple(prn), _given(journal, first - timedelta(days=1), now, zone))


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of an order: until when, and what the source says of its planned moments."""

    now: datetime
    taken: datetime | None
    zone: ZoneInfo
    recorded: dict[datetime, Administration]


def _recorded(order: Order, zone: ZoneInfo) -> dict[datetime, Administration]:
    """What the source says of each planned moment: the first that it delivered."""
    recorded: dict[datetime, Administration] = {}
    for item in order.administrations:
        if item.status not in {"planned", "entered-in-error"} and (at := instant(item.planned_at, zone)) is not None:
            recorded.setdefault(at, item)
    return recorded


def _upcoming(order: Order, row: Row, day: date, cell: Cell, known: _Known) -> Upcoming:
    if row.when.time is None:
        return Upcoming(order, row.dose, row.when, day, None, cell, Knowledge.SOMETIME)
    at = datetime.combine(day, time.fromisoformat(row.when.time), known.zone)
    recorded = known.recorded.get(at)
    if recorded is not None:
        knowledge = Knowledge.RECORDED
    elif at > known.now:
        knowledge = Knowledge.COMING
    elif known.taken is None or at > known.taken:
        knowledge = Knowledge.BLIND
    else:
        knowledge = Knowledge.NOT_RECORDED
    return Upcoming(order, row.dose, row.when, day, at, cell, knowledge, recorded)


def _given(journal: Journal, since: datetime, now: datetime, zone: ZoneInfo) -> tuple[Administration, ...]:
    moments = [
        (at, item)
        for item in journal.administrations.items
        if item.status == "given" and (at := instant(item.given_at or item.planned_at, zone)) is not None
    ]
    moments.sort(key=lambda pair: (pair[0], pair[1].id), reverse=True)
    return tuple(item for at, item in moments if since <= at <= now)
