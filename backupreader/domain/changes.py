"""What is otherwise in one generation than in the one before it: pure rules over two statements of the same record.

A record is the same where its id is, and its citizen, and what it is about: one drug, one kind of warning. An id that
now names something else is no change but an old record that went and a new one. "Went" is said of what a source sent
before and does not send now; whether it was stopped, or only not sent, nobody can know from that.

Three things keep a comparison from being made up (`verdict`, `Reason`):

* A table that a source did not send, then or now, is not compared. Where some of its rows had not come before, a row is
  told as perhaps new; where some did not come now, as one that did not come, and not as gone.
* Where a source had `LEAST` rows or more, and fewer than half of them are there now under their ids, its ids have
  changed (where new ones came, at least half as many as went) or most of its rows are gone. Then nothing of it is told
  as new, changed or gone.
* Of visits only those count that lie in the days which both generations hold, and after the newer one was taken: a
  day that went by is no cancelled visit, and a new day at the end of the plan is no new visit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from enum import Enum
from typing import Final, TypeAlias

from backupreader.domain.fold import fold
from backupreader.domain.presence import is_current
from backupreader.domain.records import Alert, Citizen, Delivery, Dose, Medication, Visit
from backupreader.domain.withheld import without_addresses

Subject: TypeAlias = Citizen | Alert | Medication | Visit
LEAST: Final = 10
"""With fewer rows than these, all of them may well have changed from one evening to the next morning."""


class How(Enum):
    """How a record is otherwise than before."""

    NEW = "new"
    CHANGED = "changed"
    STOPPED = "stopped"  # an order that held, and now does not
    PAUSED = "paused"
    RESUMED = "resumed"
    WITHDRAWN = "withdrawn"  # a warning that held, and now does not
    WHEREABOUTS = "whereabouts"  # a citizen is somewhere else
    ENDED = "ended"  # a citizen who was served, and now is not
    MOVED = "moved"  # a visit at another time or on another route
    CANCELLED = "cancelled"
    GONE = "gone"  # it is not sent any more
    MAYBE_NEW = "maybe-new"  # some rows had not come before: this may have been one of them
    MISSED = "missed"  # some rows did not come now: this is one that did not


class Reason(Enum):
    """Why a source's table is not compared, or not wholly."""

    NOT_BEFORE = "not-before"
    NOT_NOW = "not-now"
    LEFT_OUT = "left-out"
    RENUMBERED = "renumbered"
    MOSTLY_GONE = "mostly-gone"
    PART_BEFORE = "part-before"  # its rows are told as perhaps new only
    PART_NOW = "part-now"  # none of its rows is told as gone


@dataclass(frozen=True, slots=True)
class Uncompared:
    """A table of a source that is not compared, or not wholly, and why; an empty source: of all sources."""

    table: str
    source: str
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One record that is otherwise. `before` is None of a new one, `after` of one that is gone.

    `fields` are the names of those that differ; ``doses`` among them: the structured doses do. `citizen` is the id of
    the person whom it is about, `name` and `unit` are hers.
    """

    how: How
    before: Subject | None
    after: Subject | None
    fields: tuple[str, ...] = ()
    doses_before: tuple[Dose, ...] = ()
    doses_after: tuple[Dose, ...] = ()
    name: str = ""
    citizen: str = ""
    unit: str = ""

    @property
    def record(self) -> Subject:
        """The record as it is now; as it was, where it is gone."""
        found = self.after or self.before
        assert found is not None
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What is otherwise than in the generation `former`; None: there is no former one that opens.

    `items` are the changes that may be shown; `more` how many further ones are counted only, by table. `marks` tell
    of every changed record by its table and id how it changed, also of those that may not be shown: a mark stands
    on its record's own row only. Where it was narrowed to a `unit`, by its name, `items` are of its citizens alone;
    what is counted is of everyone. `deliveries` are those of the newer data that were compared. `since` is when the
    former one was taken, by table and source. Withheld and counted are changes of other units' citizens (`others`),
    of private-marked medicine (`private`), and of where protected citizens live (`protected`).
    """

    former: str | None = None
    taken_at: str | None = None
    items: tuple[Change, ...] = ()
    more: Mapping[str, int] = field(default_factory=dict[str, int])
    marks: Mapping[tuple[str, str], How] = field(default_factory=dict[tuple[str, str], How], repr=False)
    since: Mapping[tuple[str, str], str] = field(default_factory=dict[tuple[str, str], str])
    uncompared: tuple[Uncompared, ...] = ()
    others: int = 0
    private: int = 0
    protected: int = 0
    deliveries: tuple[Delivery, ...] = ()
    unit: str = ""


def of_unit(changes: Changes, unit: str) -> Changes:
    """The changes of the citizens of one unit, by its name."""
    return replace(changes, items=tuple(one for one in changes.items if one.unit == unit), unit=unit)


def kept_back(changes: Changes, *, private: bool, protected: bool) -> Changes:
    """The changes without those of `private` medicine and of where `protected` citizens live: these are counted."""
    items: list[Change] = []
    counted = [0, 0]
    for change in changes.items:
        drugs = [one for one in (change.before, change.after) if isinstance(one, Medication)]
        if private and any(drug.private for drug in drugs):
            counted[0] += 1
            continue
        if protected and tells_address(change):
            counted[1] += 1
            bare = without_address(change)
            if bare is None:
                continue
            change = bare  # noqa: PLW2901 (the same change, with less in it)
        items.append(change)
    return replace(
        changes,
        items=tuple(items),
        private=changes.private + counted[0],
        protected=changes.protected + counted[1],
    )


def table_of(record: Subject) -> str:
    """The table that a record stands in."""
    return type(record).__name__.lower()


_NEVER_TOLD: Final = {"id", "origin", "identifiers"}
_AROUND: Final[Mapping[type[Subject], frozenset[str]]] = {
    # how the number or the name is cut up, and by whom the row was last touched, is no change of what is to be done
    Citizen: frozenset({"given", "family"}),
    Medication: frozenset({"reviewed_at"}),
    Alert: frozenset(),
    Visit: frozenset({"zone"}),
}
ABOUT: Final[Mapping[type[Subject], tuple[str, ...]]] = {
    Citizen: ("name", "birth_date"),
    Medication: ("citizen", "drug", "atc", "substance"),
    Alert: ("citizen", "kind"),
    Visit: ("citizen",),
}
"""The fields that say what a record of a kind is about."""
_ADDRESS: Final = ("address", "postal_code", "city", "room", "phone")
_NOT_SERVED: Final = frozenset({"moved", "ended", "deceased"})


def told(kind: type[Subject]) -> tuple[str, ...]:
    """The fields of a kind of record whose change is told."""
    return tuple(one.name for one in fields(kind) if one.name not in _NEVER_TOLD | _AROUND[kind])


def same(before: Subject, after: Subject) -> bool:
    """Whether two records of one id are statements of the same thing."""
    kind = type(before)
    return kind is type(after) and same_thing(
        kind, *(tuple(getattr(one, n) for n in ABOUT[kind]) for one in (before, after))
    )


def same_thing(kind: type[Subject], before: tuple[str | None, ...], after: tuple[str | None, ...]) -> bool:
    """The same of what two records of a kind say in the fields `ABOUT` it."""
    if before == after:
        return True
    if kind is Citizen:
        return fold(before[0] or "") == fold(after[0] or "") or before[1] == after[1] is not None
    if kind is Medication:
        return before[0] == after[0] and _one_drug(before[1:], after[1:])
    return False


def _one_drug(before: tuple[str | None, ...], after: tuple[str | None, ...]) -> bool:
    """By name, code or substance."""
    if before[1] is not None and before[1] == after[1]:
        return True
    return any(one and fold(one) == fold(other or "") for one, other in zip(before[::2], after[::2], strict=True))


def changed_fields(before: Subject, after: Subject) -> tuple[str, ...]:
    """The told fields that differ, in the record's own order."""
    return tuple(name for name in told(type(before)) if getattr(before, name) != getattr(after, name))


def how(before: Subject, after: Subject) -> How:
    """How a record that is otherwise has changed; what matters most first."""
    if isinstance(before, Medication) and isinstance(after, Medication):
        return _order(before, after)
    if isinstance(before, Citizen) and isinstance(after, Citizen):
        return _citizen(before, after)
    if isinstance(before, Visit) and isinstance(after, Visit):
        return _visit(before, after)
    withdrawn = is_current(before.status) and not is_current(after.status)
    return How.WITHDRAWN if withdrawn else How.CHANGED


def _order(before: Medication, after: Medication) -> How:
    if is_current(before.status) and not is_current(after.status):
        return How.STOPPED
    if not is_current(before.status) and is_current(after.status):
        return How.RESUMED
    if before.status != after.status and "paused" in {before.status, after.status}:
        return How.PAUSED if after.status == "paused" else How.RESUMED
    pauses = [(one.paused_from, one.paused_to) for one in (before, after)]
    if pauses[0] != pauses[1] and "paused" not in {before.status, after.status}:
        if not any(pauses[0]):
            return How.PAUSED
        if not any(pauses[1]):
            return How.RESUMED
    return How.CHANGED


def _citizen(before: Citizen, after: Citizen) -> How:
    if before.status != after.status and after.status in _NOT_SERVED:
        return How.ENDED
    where = [(one.status, one.status_source, one.status_since) for one in (before, after)]
    return How.WHEREABOUTS if where[0][:2] != where[1][:2] else How.CHANGED


def _visit(before: Visit, after: Visit) -> How:
    if is_current(before.status) and not is_current(after.status):
        return How.CANCELLED
    moved = (before.start, before.end, before.route) != (after.start, after.end, after.route)
    return How.MOVED if moved else How.CHANGED


def verdict(before: int, kept: int, new: int) -> Reason | None:
    """Whether so many rows can be compared, of which so many are still there under their ids, beside new ones."""
    if before < LEAST or 2 * kept >= before:
        return None
    return Reason.RENUMBERED if 2 * new >= before - kept else Reason.MOSTLY_GONE


def without_address(change: Change) -> Change | None:
    """A change of a citizen without where she lives; None where nothing else has changed."""
    left = tuple(name for name in change.fields if name not in _ADDRESS)
    if change.before is not None and change.after is not None and not left:
        return None
    before, after = (
        without_addresses((one,), protected=True)[0] if isinstance(one, Citizen) else one
        for one in (change.before, change.after)
    )
    return replace(change, before=before, after=after, fields=left)


def tells_address(change: Change) -> bool:
    """Whether a change tells where a protected citizen lives, or lived."""
    statements = [one for one in (change.before, change.after) if isinstance(one, Citizen)]
    protected = any(one.protected_address for one in statements)
    lives = any(getattr(one, name) for one in statements for name in _ADDRESS)
    return protected and lives
