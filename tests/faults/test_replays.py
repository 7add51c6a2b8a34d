"""What receive leaves in the inbox; what it takes and refuses is F10 (``figures/replays.py``)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.world import World


@pytest.fixture
def world(tmp_path: Path) -> World:
    """A PC that holds generation 5."""
    made = World.made(tmp_path)
    made.word(made.packed(5))
    return made


def test_other_files_in_the_inbox_are_left_alone(world: World):
    for name in ("holiday.jpg", "half.package.part", "README"):
        (world.inbox / name).write_bytes(b"x")
    assert world.receive() == ()
    assert len(list(world.inbox.iterdir())) == 3


def test_a_package_is_taken_out_of_the_pc_s_own_inbox_only_once_it_is_held(world: World):
    good, bad = world.delivered(world.packed(6)), world.delivered(world.packed(4))
    world.receive()
    assert not good.exists()
    assert bad.exists()
