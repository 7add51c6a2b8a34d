"""Every system that the routines name has its row, and each way in leads somewhere."""

from __future__ import annotations

import pytest

from sync.adapters import adapter
from sync.pdf.profile import SHIPPED as PRINTS
from sync.profile import SHIPPED
from sync.systems import SYSTEMS, State, System

NAMED = (
    "Magna Cura", "KMD Nexus", "KMD Nexus Mobile", "KMD Care", "EKJ", "FMK", "Bekey", "Phoniro", "Nødkald / trygghetslarm",
    "Kørelister / körlistor", "MedCom",
)  # fmt: skip


def test_every_system_that_the_routines_name_has_its_row() -> None:
    names = [system.name for system in SYSTEMS]
    assert set(NAMED) <= set(names)
    assert len(names) == len(set(names))


@pytest.mark.parametrize("system", SYSTEMS, ids=lambda system: system.name)
def test_each_way_in_is_an_adapter_and_a_profile_that_are_there(system: System) -> None:
    assert system.ways
    for way in system.ways:
        assert (way.adapter is None) == (way.state is State.CARD)
        assert way.adapter is None or adapter(way.adapter) is not None
        assert way.profile is None or way.profile in {*SHIPPED, PRINTS}


def test_each_shipped_profile_is_a_way_into_some_system() -> None:
    assert set(SHIPPED) <= {way.profile for system in SYSTEMS for way in system.ways}
