"""Who is life-critical: the municipality's own rules, what a rule looks at, and what in a copy meets one.

A rule has one or more clauses, and holds for a citizen where each clause is met by a record of hers that counts. It
gives no score and no order: what met it is shown beside it, as it was delivered. A keyword is looked for in the fields
that its clause names and nowhere else; it understands no "no": a text that says "no insulin" holds the word insulin.

What ended, was stopped, refuted or entered in error never counts. What is paused counts and says so, as does what has a
status that nobody knows, and what is yet to begin.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, get_args
from zoneinfo import ZoneInfo

from backupreader.domain.dosage import Standing, standing
from backupreader.domain.fold import words
from backupreader.domain.period import Place, span, within
from backupreader.domain.records import AlertKind, Medication, MedicationStatus, Origin

FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    "medication": ("drug", "substance", "form", "route", "indication", "dosage_text"),
    "alert": ("text",),
    "condition": ("text", "kind"),
    "intervention": ("text", "kind"),
    "access": ("system",),
    "visit": ("title", "tasks"),
    "citizen": ("marital_status",),
}
"""The fields in which a keyword may be looked for: those that name something. Notes and instructions are not there."""
KINDS: Final[Mapping[str, tuple[str, ...]]] = {
    "alert": get_args(AlertKind),
    "access": ("key", "keybox", "lock", "alarm", "door", "other"),
}
"""The kinds of records that a clause may ask for."""
NEVER: Final[Mapping[str, tuple[str, ...]]] = {
    "medication": ("stopped", "completed", "draft", "entered-in-error"),
    "alert": ("inactive", "refuted", "entered-in-error"),
    "condition": ("inactive", "refuted", "entered-in-error"),
    "intervention": ("ended", "cancelled", "entered-in-error"),
    "visit": ("done", "cancelled", "entered-in-error"),
}
"""The statuses with which a record never meets a clause, by table."""
_HOLDS: Final = frozenset({Standing.CURRENT, Standing.UNSURE, Standing.FUTURE, Standing.PAUSED})
_MEDICATION_STATUS: Final = frozenset(get_args(MedicationStatus))
_NOWHERE: Final = Origin("", 0)


@dataclass(frozen=True, slots=True)
class Keyword:
    """Words that stand beside each other; a star at an end of `written` leaves that end of the word open."""

    written: str

    @property
    def words(self) -> tuple[str, ...]:
        """Its folded words."""
        return words(self.written)

    @property
    def usable(self) -> bool:
        """Whether anything is left of it to look for."""
        return any(len(word) > 1 for word in self.words)

    def begins_with(self, word: str) -> bool:
        """Whether a folded word may be its first one."""
        own = self.words
        return self._fits(own[0], word, alone=len(own) == 1)

    def stands_at(self, said: Sequence[str], place: int) -> bool:
        """Whether it stands at this place of a text's folded words."""
        own = self.words
        here = said[place : place + len(own)]
        if len(here) < len(own) or not self.begins_with(here[0]):
            return False
        if len(own) == 1:
            return True
        last = here[-1].startswith(own[-1]) if self.written.rstrip().endswith("*") else here[-1] == own[-1]
        return last and tuple(here[1:-1]) == own[1:-1]

    def _fits(self, own: str, word: str, *, alone: bool) -> bool:
        before = self.written.lstrip().startswith("*")
        after = alone and self.written.rstrip().endswith("*")
        if before and after:
            return own in word
        if before:
            return word.endswith(own)
        return word.startswith(own) if after else word == own


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """One thing that a rule asks for. It is met by any record that answers any part of it.

    `atc` are beginnings of codes; `keywords` are looked for in `fields` (``table.field``); `kinds` are
    ``table.kind``; `carers` is how many must come to a visit or an intervention, 0 where that is not asked.
    """

    atc: tuple[str, ...] = ()
    keywords: tuple[Keyword, ...] = ()
    fields: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    carers: int = 0

    @property
    def tables(self) -> tuple[str, ...]:
        """The tables that it reads."""
        named = [name.partition(".")[0] for name in (*self.fields, *self.kinds)]
        more = ["medication"] if self.atc else []
        more += ["intervention", "visit"] if self.carers else []
        return tuple(dict.fromkeys((*more, *named)))


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleHead:
    """What a PC knows of a rule: its id, its label by language, how many clauses it has, and the tables it reads."""

    id: str
    labels: Mapping[str, str]
    clauses: int
    tables: tuple[str, ...]

    def label(self, code: str) -> str:
        """Its label in a language; in English, or the first one there is, where it has none in that."""
        return self.labels.get(code) or self.labels.get("en") or next(iter(self.labels.values()), self.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rulebook:
    """Whose rules they are. `approved` and `revise_by` are days as text, empty where nobody said one.

    `example`: these are the rules that the program ships to show how rules look; nobody has approved them.
    """

    owner: str
    version: str
    approved: str
    revise_by: str
    example: bool
    rules: tuple[RuleHead, ...]

    def overdue(self, today: date) -> bool:
        """Whether they should have been revised before today."""
        return bool(self.revise_by) and date.fromisoformat(self.revise_by) < today


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule as it is evaluated at the build."""

    head: RuleHead
    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one file."""

    book: Rulebook
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One record that meets a clause of a rule, as it was at the build.

    `text` names the record; `matched` is the field in which a keyword stood, where it is not in `text`. `until` is the
    end of its period; of visits, the begin of the last one that was planned. `private`: it is private-marked medicine,
    or surely the same drug as such.
    """

    rule: str
    clause: int
    table: str
    record: str
    text: str
    matched: str | None = None
    status: str | None = None
    status_source: str | None = None
    start: str | None = None
    until: str | None = None
    paused_from: str | None = None
    paused_to: str | None = None
    private: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A rule that holds for a citizen: what met it, each with where it stands today.

    `withheld`: it holds through private-marked medicine, for which no reason was stated; neither rule nor record is
    told then.
    """

    rule: str
    hits: tuple[tuple[Hit, Standing], ...]
    withheld: bool = False


def matches(  # noqa: PLR0913 (the rules, whose, when, what may be shown)
    rules: Iterable[RuleHead],
    hits: Sequence[Hit],
    day: date,
    zone: ZoneInfo,
    *,
    private: bool = True,
    planned_from: date | None = None,
) -> tuple[Match, ...]:
    """The rules that hold for a citizen with these `hits`, in the order of the file.

    `private` is whether private-marked medicine may be shown; `planned_from` is the day on which the visits were taken.
    """
    placed: dict[str, list[tuple[Hit, Standing]]] = {}
    for hit in hits:
        if (where := stands(hit, day, zone, planned_from)) in _HOLDS:
            placed.setdefault(hit.rule, []).append((hit, where))
    found: list[Match] = []
    for rule in rules:
        own = placed.get(rule.id, [])
        shown = tuple((hit, where) for hit, where in own if private or not hit.private)
        if shown and _whole(rule, (hit for hit, _ in shown)):
            found.append(Match(rule=rule.id, hits=shown))
        elif own and _whole(rule, (hit for hit, _ in own)):
            found.append(Match(rule="", hits=(), withheld=True))
    return tuple(found)


def without_private(rules: Iterable[RuleHead], matched: Iterable[Match]) -> tuple[Match, ...]:
    """The same matches without what is private-marked: where a rule does not hold without that, withheld."""
    heads = {rule.id: rule for rule in rules}
    found: list[Match] = []
    for match in matched:
        shown = tuple((hit, where) for hit, where in match.hits if not hit.private)
        if match.withheld or _whole(heads[match.rule], (hit for hit, _ in shown)):
            found.append(replace(match, hits=shown))
        else:
            found.append(Match(rule="", hits=(), withheld=True))
    return tuple(found)


def _whole(rule: RuleHead, hits: Iterable[Hit]) -> bool:
    return {hit.clause for hit in hits} >= set(range(rule.clauses))


def stands(hit: Hit, day: date, zone: ZoneInfo, planned_from: date | None = None) -> Standing:
    """Where the record of a hit stands on a day."""
    if hit.table == "medication":
        return standing(_order(hit), day, zone)
    place = _planned(hit, zone, planned_from) if hit.table == "visit" else within(hit.start, hit.until, day, None, zone)
    if place is Place.AFTER:
        return Standing.ENDED
    if hit.status == "paused":
        return Standing.PAUSED
    if place is Place.BEFORE:
        return Standing.FUTURE
    return Standing.UNSURE if hit.status == "unknown" or place is Place.UNSURE else Standing.CURRENT


def _planned(hit: Hit, zone: ZoneInfo, since: date | None) -> Place:
    """Visits count from the day on which they were taken: a plan that is old is all that is known."""
    last = span(hit.until, zone)
    return Place.AFTER if last is not None and since is not None and last[1].date() < since else Place.INSIDE


def _order(hit: Hit) -> Medication:
    status: MedicationStatus = hit.status if hit.status in _MEDICATION_STATUS else "unknown"  # type: ignore[assignment]
    return Medication(
        id=hit.record,
        citizen="",
        drug=hit.text,
        origin=_NOWHERE,
        status=status,
        start=hit.start,
        end=hit.until,
        paused_from=hit.paused_from,
        paused_to=hit.paused_to,
    )


def unasked(rules: Iterable[RuleHead], lacking: Collection[str]) -> Mapping[str, tuple[str, ...]]:
    """By table that did not come, the rules that read it."""
    found: dict[str, list[str]] = {}
    for rule in rules:
        for table in rule.tables:
            if table in lacking:
                found.setdefault(table, []).append(rule.id)
    return {table: tuple(names) for table, names in found.items()}
