"""Does a new generation hold less than it should, seen beside the one before?

Pure rules. `doubts` needs nothing but what manifests say: the exporter and the PC ask it. `closer` needs what only the
exporter has seen of its former export (`Traces`).

A first generation has nothing to be compared with and is always plausible: real deliveries differ too much for
absolute limits.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from backupreader.domain.trouble import Reason
from backupreader.language import N_, Language

LEAST_SHARE_OF_CITIZENS: Final = 0.8
SMALLEST_UNIT: Final = 3
"""A unit with fewer citizens than this may empty itself overnight."""
QUIET: Final = timedelta(hours=72)
"""No care goes on this long without a note."""
LEAST_WITHOUT_MEDICINE: Final = 3
SHARE_WITHOUT_MEDICINE: Final = 0.05
"""Treatments end one by one: that one citizen in twenty loses all medicine between two exports is a part that did not
come. Two of a handful may be chance."""
LEAST_ORDERS: Final = 5
JUMP: Final = 0.1
"""Some orders never had a dosage, and their share hardly moves: a tenth more of all of them is a column that did not
come."""
EXAMPLES: Final = 5
"""Places that a doubt names."""


@dataclass(frozen=True, slots=True)
class Doubt(Reason):
    """Why a generation may hold less than it should, and a few of the places that made it think so (``file:row``).

    `site` is whose generation it is, where there are several.
    """

    examples: tuple[str, ...] = ()
    site: str = ""

    def told(self, language: Language) -> str:
        """The doubt in the person's language, with its site and its places."""
        sentence = f"{self.site}: " * bool(self.site) + Reason.told(self, language)
        return f"{sentence} ({', '.join(self.examples)})" if self.examples else sentence

    def __str__(self) -> str:
        """The English doubt, for a log."""
        return self.told(Language("en"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is compared.

    `units` are citizens by unit name; `newest_note` is None where no note has a date; both moments carry a zone.
    `left_out` are the tables that the site keeps out of its generations by its own decision.
    """

    created: datetime
    citizens: int
    medications: int
    units: Mapping[str, int]
    newest_note: datetime | None
    notes: int = 0
    left_out: frozenset[str] = frozenset()

    def quiet(self) -> bool:
        """Whether the newest note was already old when this was made."""
        return self.newest_note is not None and self.created - self.newest_note > QUIET


@dataclass(frozen=True, slots=True)
class Share:
    """So many `of` all, with the first few places of them."""

    number: int = 0
    of: int = 0
    examples: tuple[str, ...] = ()

    def jumped(self, before: Share) -> bool:
        """Whether it is so much larger than before that no day's work explains it."""
        if self.number < LEAST_ORDERS or not self.of or not before.of:
            return False
        return self.number / self.of >= before.number / before.of + JUMP


@dataclass(frozen=True, slots=True)
class Delivered:
    """The files of one source: a digest over all of them, and when they say that they were taken (seconds)."""

    digest: str
    taken: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Traces:
    """What the exporter has seen of a generation, and remembers without a word about a person.

    `medicated` are keyed, cut digests of the citizens with current medicine. `without_medicine` are those of the
    citizens in care who have none, each with her place, and is not remembered. `units` are the places of the units by
    name. `undosed` are current orders for regular use with neither dose nor text, `untimed` their doses that say no
    time of any kind. `citizens` is how many each source delivers. `sources` are those that deliver what changes every
    day. `newest_note` is a place.
    """

    medicated: frozenset[str] = frozenset()
    without_medicine: Mapping[str, str] = field(default_factory=dict[str, str])
    units: Mapping[str, str] = field(default_factory=dict[str, str])
    undosed: Share = Share()
    untimed: Share = Share()
    citizens: Mapping[str, int] = field(default_factory=dict[str, int])
    sources: Mapping[str, Delivered] = field(default_factory=dict[str, Delivered])
    newest_note: str | None = None


NOTHING_SEEN: Final = Traces()


def doubts(
    new: Facts, old: Facts | None, seen: Traces = NOTHING_SEEN, before: Traces = NOTHING_SEEN
) -> tuple[Doubt, ...]:
    """Why `new` may hold less than it should; nothing where it is plausible.

    `seen` of the new one and `before` of the old one give each doubt its examples; the PC has neither.
    """
    if old is None:
        return ()
    found: list[Doubt] = []
    for unit, citizens in sorted(old.units.items()):
        if citizens >= SMALLEST_UNIT and not new.units.get(unit):
            sentence = N_("the unit {unit} had {n} citizens and is missing")
            found.append(Doubt(sentence, {"unit": unit, "n": citizens}, _one(before.units.get(unit))))
    if new.citizens < old.citizens * LEAST_SHARE_OF_CITIZENS:
        found.append(Doubt(N_("{new} citizens instead of {old}"), {"new": new.citizens, "old": old.citizens}))
    if old.medications and not new.medications and "medication" not in new.left_out:
        found.append(Doubt(N_("no medicine at all")))
    if old.newest_note is not None and "note" not in new.left_out:
        found += _silence(new, old, old.newest_note, _one(seen.newest_note))
    return tuple(found)


def closer(new: Facts, seen: Traces, before: Traces) -> Iterator[Doubt]:
    """What only the exporter can see: doubts about citizens, orders and files."""
    yield from _fewer(seen.citizens, before.citizens)
    if "medication" not in new.left_out and new.medications:
        yield from _medicine(seen, before)
    for source, delivered in sorted(seen.sources.items()):
        former = before.sources.get(source)
        if former is not None and former.digest == delivered.digest and former.taken < delivered.taken:
            yield Doubt(
                N_("{source} delivers the same files as before, but says that they were taken later"),
                {"source": source},
            )


def _fewer(citizens: Mapping[str, int], before: Mapping[str, int]) -> Iterator[Doubt]:
    """Of several sources, those that delivered far fewer: together with the others nobody would see it.

    Messages and prints tell of other citizens each day: only sources that knew half of what the largest one knew count.
    """
    many = max(before.values(), default=0) / 2
    for source, former in sorted(before.items()):
        number = citizens.get(source, 0)
        if len(before) > 1 and former >= max(many, SMALLEST_UNIT) and number < former * LEAST_SHARE_OF_CITIZENS:
            facts = {"source": source, "new": number, "old": former}
            yield Doubt(N_("{source} delivers {new} citizens instead of {old}"), facts)


def _medicine(seen: Traces, before: Traces) -> Iterator[Doubt]:
    lost = [place for citizen, place in seen.without_medicine.items() if citizen in before.medicated]
    known = len(lost) + len(before.medicated & seen.medicated)
    if len(lost) >= LEAST_WITHOUT_MEDICINE and len(lost) >= known * SHARE_WITHOUT_MEDICINE:
        sentence = N_("{n} citizens who had medicine have none now, of {of}")
        yield Doubt(sentence, {"n": len(lost), "of": known}, tuple(lost[:EXAMPLES]))
    for share, former, sentence in (
        (seen.undosed, before.undosed, N_("{n} of {of} orders have neither dose nor text, before {old} of {before}")),
        (seen.untimed, before.untimed, N_("{n} of {of} doses have no time, before {old} of {before}")),
    ):
        if share.jumped(former):
            facts = {"n": share.number, "of": share.of, "old": former.number, "before": former.of}
            yield Doubt(sentence, facts, share.examples)


def _silence(new: Facts, old: Facts, newest_before: datetime, place: tuple[str, ...]) -> list[Doubt]:
    """Notes that are missing; where none has a date there is nothing to compare."""
    if new.newest_note is None:
        return [] if new.notes else [Doubt(N_("no notes at all"))]
    if new.newest_note < newest_before:
        return [Doubt(N_("the newest note is older than the newest one before"), {}, place)]
    if new.quiet() and not old.quiet():
        hours = _hours(new.created - new.newest_note)
        return [Doubt(N_("no note has been written for {n} hours"), {"n": hours}, place)]
    return []


def _one(place: str | None) -> tuple[str, ...]:
    return () if place is None else (place,)


def _hours(age: timedelta) -> int:
    return int(age.total_seconds() // 3600)
