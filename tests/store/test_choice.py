"""Which generation is opened first, decided from manifests alone."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from backupreader.store.choice import SHRUNK, WATCHED, choose
from backupreader.store.generations import Generation
from backupreader.store.manifest import Count, UnitCount
from tests.store.conftest import manifest

ZONE = ZoneInfo("Europe/Copenhagen")


def generations(*citizens: int, accepted: tuple[int, ...] = ()) -> tuple[Generation, ...]:
    """Newest first, from numbers of citizens, oldest first; those at the places in `accepted` were said to be right."""
    made = [
        Generation(
            path=Path(str(place)),
            manifest=manifest(
                seq=place + 1,
                created=f"2026-11-{10 + place // 2:02d}T{5 + 12 * (place % 2):02d}:30:00Z",
                counts={"citizen": Count(count, count), "medication": Count(9, 9)},
                units={"n": UnitCount("Nord", count)},
                shrink_accepted=place in accepted,
            ),
            retired=False,
            digest=b"",
        )
        for place, count in enumerate(citizens)
    ]
    return tuple(reversed(made))


def first(*citizens: int, accepted: tuple[int, ...] = ()) -> int:
    """Which is opened first, by its place among `citizens`."""
    return int(choose(generations(*citizens, accepted=accepted), ZONE).order[0].path.name)


@pytest.mark.parametrize(
    ("citizens", "opened"),
    [
        ((100,), 0),
        ((100, 101, 99), 2),
        ((100, 50), 0),
        ((100, 50, 50), 0),
        ((100, 50, 50, 50), 0),
        ((100, 50, 101), 2),
        ((100, 50, 50, 100), 3),
        ((100, 101, 50, 49), 1),
        ((50, 100, 101), 2),
    ],
)
def test_what_holds_too_little_is_not_opened_first_however_often_it_comes(citizens: tuple[int, ...], opened: int):
    assert first(*citizens) == opened


def test_nobody_is_left_with_old_data_for_ever():
    assert first(100, *[50] * WATCHED) == 0
    assert first(100, *[50] * (WATCHED + 1)) == WATCHED + 1


def test_what_a_person_has_accepted_is_opened_and_is_the_measure_from_then_on():
    assert first(100, 50, accepted=(1,)) == 1
    assert first(100, 50, 51, accepted=(1,)) == 2
    assert first(100, 50, 20, accepted=(1,)) == 1


def test_every_generation_is_tried_once_and_the_reason_is_said():
    chosen = choose(generations(100, 101, 50, 49), ZONE)
    assert [generation.path.name for generation in chosen.order] == ["1", "3", "2", "0"]
    assert chosen.reason == SHRUNK
    assert chosen.doubts
    assert choose(generations(100, 101), ZONE).reason is None
    assert choose((), ZONE).order == ()
