"""Two generations side by side: what is otherwise in the newer one (`domain.changes` has the rules).

Each table of both is gone through once, by id, as fingerprints of its rows; only rows whose fingerprints differ are
read. What is kept is what differs, and of that no more than `MOST` of each table in full. Of a citizen who is new or
gone that is told once, and not of each of her orders and visits. Nothing is shown from here before `seeing` has had the
audit write it down.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sized
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, TypeVar

from backupreader.domain import moments
from backupreader.domain.changes import (
    Change,
    Changes,
    How,
    Reason,
    Subject,
    Uncompared,
    changed_fields,
    how,
    same_thing,
    tells_address,
    verdict,
    without_address,
)
from backupreader.domain.drugs import surely_same
from backupreader.domain.presence import is_current, source_of
from backupreader.domain.records import Alert, Citizen, Dose, Medication, Visit
from backupreader.store.database import guarded
from backupreader.store.sides import Line, Side, merged

if TYPE_CHECKING:
    from backupreader.store.session import Session

R = TypeVar("R", tuple[int, str], tuple[int, str, int])
MOST: Final = 10_000
"""So many changes of one table are told in full; further ones are counted, and marked on their own rows."""
_TABLES: Final[tuple[type[Subject], ...]] = (Citizen, Alert, Medication, Visit)
_GONE: Final = frozenset({How.GONE, How.MISSED})
_WHOLE: Final = frozenset({How.NEW, How.MAYBE_NEW}) | _GONE
_NAMES: Final = {Citizen: "citizen", Alert: "alert", Medication: "medication", Visit: "visit"}


def compare(former: Side, newer: Side, stopped: Callable[[], bool]) -> Changes | None:
    """What is otherwise in `newer`; None where it was `stopped` meanwhile."""
    found = _Found()
    for kind in _TABLES:
        with guarded(newer.name):
            if not _Table(kind, former, newer, found).compare(stopped):
                return None
    return Changes(
        former=former.name,
        taken_at=former.taken_at(),
        items=tuple(found.items),
        more=dict(found.more),
        marks=found.marks,
        since=former.taken(),
        uncompared=tuple(found.uncompared),
        others=found.others,
        private=found.private,
        protected=found.protected,
        deliveries=newer.deliveries_of(_NAMES.values()),
    )


def seeing(session: Session, changes: Changes) -> None:
    """Write down, before they are shown, that the changes are seen, and of whom."""
    whom = dict.fromkeys(change.citizen for change in changes.items if change.citizen)
    session.record("list", what=f"changes since {changes.former}", citizens=tuple(whom))


@dataclass(slots=True)
class _Found:
    """What has been found so far, of all tables."""

    items: list[Change] = field(default_factory=list[Change])
    more: Counter[str] = field(default_factory=Counter[str])
    marks: dict[tuple[str, str], How] = field(default_factory=dict[tuple[str, str], How])
    uncompared: list[Uncompared] = field(default_factory=list[Uncompared])
    whole: set[str] = field(default_factory=set[str])  # citizens who are new or gone
    others: int = 0
    private: int = 0
    protected: int = 0


@dataclass(slots=True)
class _Source:
    """What became of one source's rows of a table: places and ids; of those that changed, also the place before."""

    before: int = 0
    kept: int = 0
    new: list[tuple[int, str]] = field(default_factory=list[tuple[int, str]])
    gone: list[tuple[int, str]] = field(default_factory=list[tuple[int, str]])
    changed: list[tuple[int, str, int]] = field(default_factory=list[tuple[int, str, int]])


class _Table:
    """One table of both."""

    def __init__(self, kind: type[Subject], former: Side, newer: Side, found: _Found) -> None:
        self._kind, self._former, self._newer, self._found = kind, former, newer, found
        self._name = _NAMES[kind]
        self._spans: dict[str, tuple[str, str]] = {}
        self._doses: frozenset[str] = frozenset()
        self._told = 0

    def compare(self, stopped: Callable[[], bool]) -> bool:
        """Find what is otherwise; False where it was stopped."""
        if any(self._name in side.left_out for side in (self._former, self._newer)):
            self._found.uncompared.append(Uncompared(self._name, "", Reason.LEFT_OUT))
            return True
        if self._kind is Visit:
            self._spans = _spans(self._former, self._newer)
        if self._kind is Medication and not self._dosed(stopped):
            return False
        sources: defaultdict[str, _Source] = defaultdict(_Source)
        for before, now in merged(self._former.lines(self._kind), self._newer.lines(self._kind)):
            if stopped():
                return False
            self._sort(before, now, sources)
        for name in sorted(sources.keys() | self._former.sources(self._name) | self._newer.sources(self._name)):
            for change in self._changes(name, sources[name]):
                if stopped():
                    return False
                self._take(change)
        return True

    def _dosed(self, stopped: Callable[[], bool]) -> bool:
        """Find the orders whose structured doses differ; none where either has no such table."""
        table = "dose"
        if not all(side.sources(table) and table not in side.left_out for side in (self._former, self._newer)):
            if self._former.sources(table) or self._newer.sources(table):
                missing = self._newer if self._former.sources(table) else self._former
                reason = Reason.NOT_NOW if missing is self._newer else Reason.NOT_BEFORE
                self._found.uncompared.append(Uncompared(table, "", reason))
            return True
        found: set[str] = set()
        for before, now in merged(self._former.doses(), self._newer.doses()):
            if stopped():
                return False
            if before is None or now is None or before.print != now.print:
                found.add((before or now or _NOTHING).id)
        self._doses = frozenset(found)
        return True

    def _sort(self, before: Line | None, now: Line | None, sources: dict[str, _Source]) -> None:
        line = now or before or _NOTHING
        source = sources[source_of(line.id)]
        if before is not None and self._in_span(before):
            source.before += 1
        if now is None and before is not None:
            if self._in_span(before):
                source.gone.append((before.row, before.id))
        elif before is None and now is not None:
            if self._in_span(now):
                source.new.append((now.row, now.id))
        elif before is not None and now is not None:
            self._pair(before, now, source)

    def _pair(self, before: Line, now: Line, source: _Source) -> None:
        counts = self._in_span(before)
        if before.print == now.print and now.id not in self._doses:
            source.kept += counts
            return
        if before.print != now.print and not same_thing(self._kind, before.about, now.about):
            if counts:
                source.gone.append((before.row, before.id))
            if self._in_span(now):
                source.new.append((now.row, now.id))
            return
        source.kept += counts
        if counts or self._in_span(now):
            source.changed.append((now.row, now.id, before.row))

    def _both(self, before: int, now: int) -> tuple[Subject, Subject]:
        return self._former.record(self._kind, before), self._newer.record(self._kind, now)

    def _in_span(self, line: Line) -> bool:
        """Of visits, whether it lies in the days that both hold; of everything else yes."""
        if line.when is None:
            return True
        first, last = self._spans.get(source_of(line.id), ("", ""))
        return first <= line.when <= last

    def _changes(self, name: str, source: _Source) -> Iterator[Change]:
        """A source's changes, but for those that cannot be told."""
        if not self._sent(name):
            return
        reason = verdict(source.before, source.kept, len(source.new))
        if reason is not None:
            self._found.uncompared.append(Uncompared(self._name, name, reason))
            return
        for now, _, before in self._least(source.changed, How.CHANGED):
            yield from self._changed(*self._both(before, now))
        new = How.NEW if self._whole(self._former, name, Reason.PART_BEFORE, of=source.new) else How.MAYBE_NEW
        for row, _ in self._least(source.new, new):
            yield Change(how=new, before=None, after=self._newer.record(self._kind, row))
        gone = How.GONE if self._whole(self._newer, name, Reason.PART_NOW, of=source.gone) else How.MISSED
        for row, _ in self._least(source.gone, gone):
            yield Change(how=gone, before=self._former.record(self._kind, row), after=None)

    def _least(self, rows: list[R], how: How) -> list[R]:
        """As many as are read, in the order in which they lie on the disk; the others are marked and counted."""
        rows.sort()
        for row in rows[MOST:]:
            self._found.marks.setdefault((self._name, row[1]), how)
            self._found.more[self._name] += 1
        return rows[:MOST]

    def _changed(self, before: Subject, after: Subject) -> Iterator[Change]:
        names = changed_fields(before, after)
        dosed: tuple[tuple[Dose, ...], ...] = ((), ())
        if after.id in self._doses:
            names = (*names, "doses")
            dosed = tuple(side.doses_of(order) for side, order in ((self._former, before), (self._newer, after)))
        if names:
            yield Change(
                how=how(before, after),
                before=before,
                after=after,
                fields=names,
                doses_before=dosed[0],
                doses_after=dosed[1],
            )

    def _whole(self, side: Side, name: str, reason: Reason, *, of: Sized) -> bool:
        """Whether all of the source's rows came to this side; where not, that is said if it is in doubt of any."""
        if side.whole(self._name, name):
            return True
        if of:
            self._found.uncompared.append(Uncompared(self._name, name, reason))
        return False

    def _sent(self, name: str) -> bool:
        """Whether the source sent the table both times; where not, that is said."""
        there = [self._name in side.tables_of(name) for side in (self._former, self._newer)]
        if all(there):
            return True
        self._found.uncompared.append(Uncompared(self._name, name, Reason.NOT_NOW if there[0] else Reason.NOT_BEFORE))
        return False

    def _take(self, change: Change) -> None:
        """Keep a change, if it may be shown; count it, if not."""
        found, record = self._found, change.record
        if change.how not in _GONE or (self._name, record.id) not in found.marks:
            found.marks[self._name, record.id] = change.how  # one id may name what went and what came
        whose = record.id if isinstance(record, Citizen) else record.citizen
        side = self._newer if whose is None or self._newer.known(whose) is not None else self._former
        if not side.hers(whose, (record.unit,) if isinstance(record, Visit) else ()):
            found.others += 1
            return
        if isinstance(record, Citizen) and change.how in _WHOLE:
            found.whole.add(record.id)
        elif whose in found.whole and change.how in _WHOLE:
            return
        if isinstance(record, Medication) and self._is_private(change, record):
            found.private += 1
            return
        if tells_address(change):
            found.protected += 1
            bare = without_address(change)
            if bare is None:
                return
            change = bare
        if self._told >= MOST:
            found.more[self._name] += 1
            return
        self._told += 1
        change = replace(
            change, before=self._former.with_unit(change.before), after=self._newer.with_unit(change.after)
        )
        person = side.person(whose)
        found.items.append(replace(change, name=person.name, citizen=person.citizen, unit=person.unit))

    def _is_private(self, change: Change, record: Medication) -> bool:
        """Whether an order, or the same drug in another list, is marked private on either side."""
        stated = [one for one in (change.before, change.after) if isinstance(one, Medication)]
        if any(one.private for one in stated):
            return True
        private = (order for side in (self._former, self._newer) for order in side.private_of(record.citizen))
        return any(surely_same(one, order) for order in private if is_current(order.status) for one in stated)


_NOTHING: Final = Line("", 0, 0)


def _spans(former: Side, newer: Side) -> dict[str, tuple[str, str]]:
    """By source, between which moments visits count: after the newer was taken, in the days that both hold."""
    before, now = former.last_starts(), newer.last_starts()
    spans: dict[str, tuple[str, str]] = {}
    for source in before.keys() & now.keys():
        taken = moments.instant(newer.taken().get(("visit", source)), newer.zone)
        first = "" if taken is None else taken.strftime("%Y-%m-%dT%H:%M")
        spans[source] = first, min(before[source], now[source])
    return spans
