"""What strangers wrote is told in one line, without anything that a terminal would obey."""

from __future__ import annotations

from pathlib import Path

import pytest

from backupreader.cli import run
from backupreader.command import Context
from backupreader.language import Language
from backupreader.store.manifest import UnitCount
from sync.receive import Word
from tests.faults.world import World

FORGED = "\x1b]0;owned\x07nexus\nFree on the disk: 900000 MB\u202e"
TAKEN_AT = {FORGED: {"citizen": "2026-11-22T05:30:00+01:00"}}


def test_a_source_s_name_forges_no_line_of_the_status(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    world = World.made(tmp_path)
    few = {"nexus:nord": UnitCount("Nord\x1b[2J\nFree on the disk", 1)}
    assert world.word(world.packed(1, taken_at=TAKEN_AT)) is Word.RECEIVED
    assert world.word(world.packed(2, taken_at=TAKEN_AT, units=few)) is Word.RECEIVED
    for verb in ("status", "verify"):
        run([verb, "--data", str(world.settings.data), "--language", "en"])
        said = capsys.readouterr()
        for text in (said.out, said.err):
            assert not [letter for letter in text if letter != "\n" and not letter.isprintable()]
            assert len([line for line in text.splitlines() if line.startswith("Free on the disk")]) <= 1


def test_a_sentence_keeps_its_own_lines_and_its_numbers(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    context = Context(World(tmp_path).settings, Language("en"))
    context.say("one\n{n:>4} {path} {text}", n=7, path=Path("a\nb"), text="c\x1b[1m\r\nd")
    assert capsys.readouterr().out == "one\n   7 a b c [1m  d\n"


@pytest.mark.parametrize("holder", ["Bo\nSheet 2: 10 of 10 left.", "Bo\x1b[2J", "o" * 101])
def test_who_holds_a_sheet_is_a_name_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str], holder: str):
    codes = ["vault", "codes", "--out", str(tmp_path / "sheet.pdf"), "--data", str(tmp_path), "--language", "en"]
    assert run([*codes, "--holder", holder]) == 2
    assert "at most 100 characters" in capsys.readouterr().err
    assert run([*codes, "--holder", "Bo Ek"]) == 20
