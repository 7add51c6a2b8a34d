"""How many citizens are ours: of one's own units, each counted once."""

from __future__ import annotations

import pytest

from backupreader.domain.records import Citizen, Origin, Unit

HERE = Origin("export.csv", 1)


@pytest.fixture
def reader(reading):
    return reading(
        Unit(id="n:nord", name="Team Nord", origin=HERE),
        Citizen(id="n:1", name="Kirsten Møller", unit="n:nord", origin=HERE),
        Citizen(id="n:2", name="Ole Holm", unit="n:syd", origin=HERE),
    )


def test_without_a_person_all_are_ours(reader) -> None:
    assert reader.own_units() is None
    assert reader.our_people() == 2


def test_of_her_units_each_is_counted_once(reader) -> None:
    reader._guard._own = frozenset({"n:nord"})
    assert reader.our_people() == 1
    reader._guard._own = frozenset({"n:nord", "n:syd"})
    assert reader.our_people() == 2
    reader._guard._own = frozenset()
    assert reader.our_people() == 0
