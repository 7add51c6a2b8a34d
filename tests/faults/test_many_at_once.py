"""A receive that meets another, and readers of what is pruned. Eight at once are the figure F12 (`test_figures`)."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from backupreader.domain.errors import BUSY
from backupreader.store.files import Files
from sync.receive import Word
from tests.faults.world import World

RECEIVE = """
import sys
from pathlib import Path
from backupreader.domain.trouble import ReaderError
from tests.faults.world import World
try:
    print(",".join(outcome.word.value for outcome in World(Path(sys.argv[1])).receive()) or "nothing")
except ReaderError as trouble:
    print(trouble.kind.code)
"""


def test_a_receive_that_meets_another_says_busy_and_changes_nothing(tmp_path: Path):
    world = World.made(tmp_path)
    assert world.word(world.packed(1)) is Word.RECEIVED
    world.delivered(world.packed(2))
    (world.store.staging / "half").write_bytes(b"another's work")
    with Files().lock(world.settings.data / "state" / "receive.lock"):
        process = subprocess.run(
            [sys.executable, "-c", RECEIVE, str(tmp_path)],
            cwd=Path(__file__).parents[2],
            capture_output=True,
            text=True,
            check=True,
        )
    assert process.stdout.strip() == BUSY.code
    assert world.whole() == [1]
    assert [path.name for path in world.staged()] == ["half"]
    assert world.word() is Word.RECEIVED


def test_readers_keep_their_generation_while_newer_ones_arrive_and_it_is_pruned(tmp_path: Path):
    world = World.made(tmp_path)
    assert world.word(world.packed(1)) is Word.RECEIVED
    mine = world.store.list()[0].database
    bytes_before = mine.read_bytes()
    with mine.open("rb") as reader:
        for seq in range(2, 40):
            assert world.word(world.packed(seq, size=300, created="2026-11-22T05:30:00Z")) is Word.RECEIVED
        assert reader.read() == bytes_before
    assert 39 in world.whole()
