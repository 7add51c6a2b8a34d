"""Reviewing the audit: which of its lines answer a question, and which are picked for a spot check. Pure rules."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Final

from backupreader.domain.acts import Act, Actor
from backupreader.domain.fold import fold
from backupreader.domain.papers import ReportLine

_ONE_TYPING: Final = timedelta(seconds=30)
_OF_INTEREST: Final = frozenset({"view", "codes", "document", "list", "printed", "search"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a report is about; what is not said does not count. `citizens` are all ids by which she is known.

    `first` and `last` are days by the acts' own clock, both inclusive.
    """

    citizens: frozenset[str] = frozenset()
    person: str = ""
    outage: str = ""
    first: date | None = None
    last: date | None = None

    def covers(self, act: Act) -> bool:
        """Whether the act is asked for."""
        return (
            (not self.citizens or not self.citizens.isdisjoint(act.citizens))
            and (not self.person or fold(self.person) in fold(act.actor.name))
            and (not self.outage or self.outage == act.outage)
            and (self.first is None or self.first <= act.at.date())
            and (self.last is None or act.at.date() <= self.last)
        )


def answering(lines: Iterable[ReportLine], asked: Asked) -> Iterator[ReportLine]:
    """The lines that answer, in order."""
    return (line for line in lines if asked.covers(line.act))


def typed_out(lines: Sequence[ReportLine]) -> tuple[ReportLine, ...]:
    """The lines with each typing of a search as its longest words: every key that is pressed is a line of its own.

    What was typed and deleted again was looked for all the same.
    """
    kept: list[ReportLine] = []
    for line in lines:
        before = kept[-1] if kept else None
        if before is None or not _one_typing(before.act, line.act):
            kept.append(line)
        elif line.act.words.startswith(before.act.words):
            kept[-1] = line
    return tuple(kept)


def _one_typing(before: Act, after: Act) -> bool:
    """Whether two searches are one typing: the later one has more of the same words, or fewer."""
    if before.kind != "search" or after.kind != "search" or before.actor != after.actor or before.what != after.what:
        return False
    if (before.citizens and before.citizens != after.citizens) or abs(after.at - before.at) > _ONE_TYPING:
        return False
    longer, shorter = sorted((before.words, after.words), key=len, reverse=True)
    return longer.startswith(shorter) and bool(longer)


def spot_check(lines: Iterable[ReportLine], count: int, chance: random.Random) -> tuple[ReportLine, ...]:
    """Every stated reason, and `count` chosen by chance of all times that a person saw a citizen, in order.

    One person's acts on one citizen on one day are one: its first line is chosen, so that much reading is not much
    more likely to be looked into than one curious look.
    """
    found = list(lines)
    stated = [line for line in found if line.act.kind == "break-glass"]
    seen = [line for line in found if line.act.kind in _OF_INTEREST and line.act.citizens]
    looks = [next(group) for _, group in groupby(sorted(seen, key=_look), key=_look)]
    chosen = chance.sample(looks, min(count, len(looks)))
    return tuple(sorted({line.number: line for line in (*stated, *chosen)}.values(), key=lambda line: line.number))


def _look(line: ReportLine) -> tuple[str, tuple[str, ...], date]:
    return line.act.actor.name, line.act.citizens, line.act.at.date()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One person's reading: from her first act to her last, of how many citizens, and how many pages were printed."""

    actor: Actor
    first: datetime
    last: datetime
    citizens: int
    pages: int


def readings(lines: Iterable[ReportLine]) -> tuple[Reading, ...]:
    """Who opened the PC and by what, in order of the first act. Who was refused, or never unlocked, read nothing."""
    by_actor: dict[Actor, list[Act]] = {}
    for line in lines:
        act = line.act
        if act.kind != "unlock-refused" and act.actor.via != "terminal":
            by_actor.setdefault(act.actor, []).append(act)
    found = [_reading(actor, acts) for actor, acts in by_actor.items()]
    return tuple(sorted(found, key=lambda one: one.first.timestamp()))


def _reading(actor: Actor, acts: list[Act]) -> Reading:
    seen = {citizen for act in acts if act.kind in _OF_INTEREST for citizen in act.citizens}
    return Reading(
        actor=actor,
        first=min((act.at for act in acts), key=datetime.timestamp),
        last=max((act.at for act in acts), key=datetime.timestamp),
        citizens=len(seen),
        pages=sum(act.pages for act in acts if act.kind == "printed"),
    )
