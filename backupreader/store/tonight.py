"""What must be known tonight of everyone, out of the rows of a generation: each fact asked for once, for all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from backupreader.domain import moments
from backupreader.domain.lifecritical import Match, Rulebook, matches
from backupreader.domain.presence import covering, source_of, states_none
from backupreader.domain.records import Alert, Citizen, Delivery
from backupreader.domain.shifts import Shift
from backupreader.domain.tonight import AHEAD, Ours, wall
from backupreader.store import lifecritical
from backupreader.store.rows import Shelf

_ALLERGIES: Final = 2
"""So many of a citizen's allergies stand in a list; the others are counted."""
_CURRENT: Final = "status IN ('active', 'unknown')"
_BETWEEN: Final = "citizen NOT NULL AND substr(start, 1, 10) BETWEEN ? AND ? AND start >= ? AND start < ?"


@dataclass(frozen=True, slots=True)
class _Warned:
    """A citizen's warnings by one id: the kinds of all, the first allergies, and how many allergies there are."""

    kinds: frozenset[str]
    allergies: tuple[Alert, ...]
    number: int


class Facts:
    """See the module. `book` is None where the generation was built without rules."""

    def __init__(
        self, shelf: Shelf, deliveries: Sequence[Delivery], now: datetime, shift: Shift, book: Rulebook | None
    ) -> None:
        assert isinstance(now.tzinfo, ZoneInfo)
        self._shelf = shelf
        self._deliveries = deliveries
        self._now = now
        self._zone: ZoneInfo = now.tzinfo
        self._book = book
        self._hits = lifecritical.hits(shelf.connection)
        self._warned = dict(self._warnings())
        self._next = self._visits(now, now + AHEAD)
        self._routes = self._routes_of(shift)
        self._planned = moments.day(
            moments.oldest((one.taken_at for one in deliveries if one.table == "visit"), self._zone)
        )
        self._read = tuple(dict.fromkeys(table for rule in (book.rules if book else ()) for table in rule.tables))
        self._covers: dict[tuple[str, frozenset[str]], bool] = {}

    def has_private(self, ids: Sequence[str]) -> bool:
        """Whether anything that makes her life-critical is private-marked medicine."""
        return any(hit.private for one in ids for hit in self._hits.get(one, ()))

    def ours(
        self, citizen: Citizen, also: tuple[Citizen, ...], ids: tuple[str, ...], unit: str, *, private: bool
    ) -> Ours:
        """One citizen, as she may be shown; `private`: so may what is private-marked."""
        warned = [self._warned[one] for one in ids if one in self._warned]
        allergies = tuple(alert for one in warned for alert in one.allergies)[:_ALLERGIES]
        sources = frozenset(map(source_of, ids))
        return Ours(
            citizen=citizen,
            also=also,
            ids=ids,
            unit=unit,
            allergies=allergies,
            more_allergies=sum(one.number for one in warned) - len(allergies),
            alerts=frozenset(kind for one in warned for kind in one.kinds),
            alerts_known=bool(warned) or self._covered("alert", sources),
            visits=tuple(sorted(start for one in ids for start in self._next.get(one, ()))),
            routes=tuple(dict.fromkeys(route for one in ids for route in self._routes.get(one, ()))),
            matches=self._matches(ids, private=private),
            unasked=self._unasked(sources),
        )

    def _unasked(self, sources: frozenset[str]) -> frozenset[str]:
        return frozenset(table for table in self._read if not self._covered(table, sources))

    def _matches(self, ids: Sequence[str], *, private: bool) -> tuple[Match, ...]:
        hits = [hit for one in ids for hit in self._hits.get(one, ())]
        if self._book is None or not hits:
            return ()
        day = self._now.date()
        return matches(self._book.rules, hits, day, self._zone, private=private, planned_from=self._planned)

    def _covered(self, table: str, sources: frozenset[str]) -> bool:
        """Whether any source speaks of this table for a citizen of these sources."""
        key = (table, sources)
        if key not in self._covers:
            ids = (f"{source}:" for source in sources)
            self._covers[key] = table not in self._shelf.left_out and bool(covering(self._deliveries, table, *ids))
        return self._covers[key]

    def _warnings(self) -> Iterator[tuple[str, _Warned]]:
        """By citizen's id; a statement of "none known" whose status nobody knows is shown as an allergy is."""
        kinds: dict[str, set[str]] = defaultdict(set)
        for citizen, kind in self._shelf.connection.execute(
            f"SELECT DISTINCT citizen, kind FROM alert WHERE {_CURRENT}"  # noqa: S608 (our own words)
        ):
            kinds[citizen].add(kind)
        found: dict[str, list[Alert]] = defaultdict(list)
        numbers: dict[str, int] = defaultdict(int)
        wanted = f"WHERE {_CURRENT} AND kind IN ('allergy', 'no-known-allergy') ORDER BY kind, rowid"
        for alert in self._shelf.records(Alert, wanted):
            if alert.kind == "allergy" or (not states_none(alert) and "allergy" not in kinds[alert.citizen]):
                numbers[alert.citizen] += 1
                if len(found[alert.citizen]) < _ALLERGIES:
                    found[alert.citizen].append(alert)
        for citizen, own in kinds.items():
            yield citizen, _Warned(frozenset(own), tuple(found[citizen]), numbers[citizen])

    def _visits(self, begin: datetime, end: datetime) -> Mapping[str, list[str]]:
        """By citizen's id, when her visits of this time that go begin, in order."""
        found: dict[str, list[str]] = defaultdict(list)
        for citizen, start in self._shelf.connection.execute(
            f"SELECT citizen, start FROM visit WHERE {_BETWEEN} "  # noqa: S608
            "AND status NOT IN ('cancelled', 'entered-in-error', 'done') ORDER BY start",
            _bounds(begin, end),
        ):
            found[citizen].append(start)
        return found

    def _routes_of(self, shift: Shift) -> Mapping[str, tuple[str, ...]]:
        """By citizen's id, the routes on which she is visited on this shift, in order."""
        found: dict[str, list[str]] = defaultdict(list)
        for citizen, route in self._shelf.connection.execute(
            f"SELECT DISTINCT citizen, route FROM visit WHERE {_BETWEEN} AND route NOT NULL "  # noqa: S608
            "AND status NOT IN ('cancelled', 'entered-in-error') ORDER BY route",
            _bounds(shift.begins, shift.ends),
        ):
            found[citizen].append(route)
        return {citizen: tuple(routes) for citizen, routes in found.items()}


def _bounds(begin: datetime, end: datetime) -> tuple[str, str, str, str]:
    """What `_BETWEEN` asks: by whole days, which have an index, then by the clock."""
    return begin.date().isoformat(), end.date().isoformat(), wall(begin), wall(end)
