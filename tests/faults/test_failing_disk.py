"""A disk that is nearly full. What a disk that fails does at each call is told by the figures F2 to F5 and F13 (`test_figures`)."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from backupreader.domain.errors import NO_SPACE
from sync.receive import Word
from tests.faults.world import World


def test_a_disk_with_too_little_room_is_told_before_anything_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    world = World.made(tmp_path)
    world.delivered(world.packed(1))
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=1000))
    assert world.word() == NO_SPACE.code
    assert world.staged() == []
    monkeypatch.undo()
    assert world.word() is Word.RECEIVED
