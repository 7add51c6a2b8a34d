"""One citizen's journal out of the rows of a generation, with what is not known said in each section.

What is current stands before what is not; notes, measurements, documents and what was given stand newest first, visits
in time order. Nothing is left out: what is ended or entered in error is marked by its status.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, TypeVar, get_args
from zoneinfo import ZoneInfo

from backupreader.domain import moments
from backupreader.domain.journal import Journal, Order, Section
from backupreader.domain.presence import covering, is_current, of_alerts, presence
from backupreader.domain.records import (
    Access,
    Administration,
    Alert,
    AlertKind,
    Citizen,
    Condition,
    Contact,
    Delivery,
    Document,
    Dose,
    Intervention,
    Measurement,
    Medication,
    Note,
    Record,
    Unit,
    Visit,
)
from backupreader.store.persons import Known, places
from backupreader.store.rows import Shelf

T = TypeVar("T")
R = TypeVar("R", bound=Record)

_ALERT_ORDER: Final = {kind: number for number, kind in enumerate(get_args(AlertKind))}
_LAST: Final = 1_000_000


class _Sections:
    """Sections of one citizen, out of what every source says of her."""

    def __init__(self, shelf: Shelf, deliveries: Sequence[Delivery], ids: tuple[str, ...]) -> None:
        self._shelf = shelf
        self._deliveries = deliveries
        self._ids = ids
        self._hers = f"WHERE citizen IN {places(ids)}"

    def rows(self, record: type[R], order: str = "ORDER BY rowid", *, without: str | None = None) -> tuple[R, ...]:
        return self._shelf.records(record, f"{self._hers} {order}", self._ids, without=without)

    def number(self, table: str) -> int:
        """How many rows of the table are about her."""
        return self._shelf.number(f'SELECT count(*) FROM "{table}" {self._hers}', self._ids)  # noqa: S608 (our own names)

    def notes(self, newest: Newest) -> int:
        """How many notes that is."""
        if newest.since is None:
            return newest.notes
        late = f"SELECT count(*) FROM note {self._hers} AND moment >= ?"  # noqa: S608 (our own names)
        return max(newest.notes, self._shelf.number(late, (*self._ids, int(newest.since.timestamp()))))

    def of(self, table: str, items: Iterable[T], total: int | None = None) -> Section[T]:
        found = tuple(items)
        rows = len(found) if total is None else total
        covered = covering(self._deliveries, table, *self._ids)
        if rows and not covered:  # a source that speaks of another's citizens: better its age than none
            covered = tuple(delivery for delivery in self._deliveries if delivery.table == table)
        left_out = table in self._shelf.left_out
        return Section(found, presence(rows, covered, left_out=left_out), covered, rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """Whose journal it is, and what of her is found elsewhere than under her ids."""

    known: Known
    unit: Unit | None
    namesakes: tuple[Citizen, ...]
    same_number: tuple[Citizen, ...]


@dataclass(frozen=True, slots=True)
class Newest:
    """How many of the newest notes are wanted, and since when all of them."""

    notes: int
    since: datetime | None = None


def journal(shelf: Shelf, deliveries: Sequence[Delivery], zone: ZoneInfo, subject: Subject, newest: Newest) -> Journal:
    """Everything about the subject, with the `newest` notes. Documents come without their content."""
    sections = _Sections(shelf, deliveries, subject.known.ids)
    given = _newest_first(sections.rows(Administration), zone, lambda item: item.given_at or item.planned_at)
    alerts = sections.of("alert", sorted(sections.rows(Alert), key=_alert_key))
    return Journal(
        citizen=subject.known.citizen,
        also=subject.known.also,
        told=covering(deliveries, "citizen", *subject.known.ids),
        unit=subject.unit,
        namesakes=subject.namesakes,
        same_number=subject.same_number,
        alerts=Section(alerts.items, of_alerts(alerts.items, alerts.presence), alerts.deliveries, alerts.total),
        contacts=sections.of(
            "contact", sorted(sections.rows(Contact), key=lambda item: (item.priority or _LAST, item.name))
        ),
        access=sections.of("access", sections.rows(Access)),
        conditions=sections.of("condition", _current_first(sections.rows(Condition))),
        interventions=sections.of("intervention", _current_first(sections.rows(Intervention))),
        notes=sections.of(
            "note",
            sections.rows(Note, f"ORDER BY moment DESC, rowid DESC LIMIT {sections.notes(newest)}"),
            sections.number("note"),
        ),
        orders=sections.of("medication", _orders(sections, given)),
        administrations=sections.of("administration", given),
        visits=sections.of("visit", sections.rows(Visit, "ORDER BY start, rowid")),
        measurements=sections.of(
            "measurement", _newest_first(sections.rows(Measurement), zone, lambda item: item.taken_at)
        ),
        documents=sections.of(
            "document", _newest_first(sections.rows(Document, without="content"), zone, lambda item: item.date)
        ),
    )


def _orders(sections: _Sections, given: Sequence[Administration]) -> list[Order]:
    doses = _by(sections.rows(Dose), lambda item: item.medication)
    administrations = _by(given, lambda item: item.medication)
    orders = sorted(sections.rows(Medication), key=lambda item: (not is_current(item.status), item.drug.casefold()))
    return [
        Order(
            medication=medication,
            doses=tuple(doses.get(medication.id, ())),
            administrations=tuple(administrations.get(medication.id, ())),
        )
        for medication in orders
    ]


def _by(items: Iterable[T], key: Callable[[T], str | None]) -> Mapping[str | None, list[T]]:
    groups: dict[str | None, list[T]] = {}
    for item in items:
        groups.setdefault(key(item), []).append(item)
    return groups


def _newest_first(items: Iterable[T], zone: ZoneInfo, moment: Callable[[T], str | None]) -> list[T]:
    return sorted(items, key=lambda item: moments.order(moment(item), zone), reverse=True)


def _current_first(items: Iterable[Any]) -> list[Any]:
    return sorted(items, key=lambda item: (not is_current(item.status), item.text.casefold()))


def _alert_key(alert: Alert) -> tuple[bool, int, str]:
    return not is_current(alert.status), _ALERT_ORDER.get(alert.kind, _LAST), alert.text.casefold()
