"""Packages that never came: a generation names the one before it, and this PC never had that one.

Decided from the manifests of the newest `NEWEST` generations and from nothing else. Those are never pruned, so between
two of them nothing can be missing that was here once; further down, what was pruned and what never came look alike. So
a gap is told for four days, no record of what was received has to be kept, and none can be lost or tell a lie.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from backupreader.store.manifest import Manifest, Position

NEWEST: Final = 8
"""No settings keep fewer (DESIGN.md, part 5)."""


@dataclass(frozen=True, slots=True)
class Gap:
    """What is missing before the generation at `position`.

    So many at most, by their numbers: one that was given out for a package which was never made is counted too. None
    where the numbers do not say.
    """

    position: Position
    created: str
    missing: int | None


def gaps(newest_first: Sequence[Manifest], damaged: Collection[Position] = ()) -> tuple[Gap, ...]:
    """The gaps, newest first. What lies `damaged` in the store did come."""
    return tuple(_gaps(newest_first[:NEWEST], damaged))


def _gaps(newest_first: Sequence[Manifest], damaged: Collection[Position]) -> Iterator[Gap]:
    for new, old in pairwise(newest_first):
        if new.prev is None or new.prev == old.database_sha256:
            continue
        between = sum(old.position < position < new.position for position in damaged)
        number = new.seq - old.seq - 1 - between if new.epoch == old.epoch else 0
        if between and number <= 0:  # the one before may be the damaged one
            continue
        yield Gap(new.position, new.created, number if number > 0 else None)
