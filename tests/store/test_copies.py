from __future__ import annotations

import json
from pathlib import Path

import pytest

from backupreader.store.copies import Copies
from backupreader.store.files import Files


@pytest.fixture
def copies(tmp_path: Path) -> Copies:
    return Copies(tmp_path / "state", "fact", Files())


def paths(tmp_path: Path) -> list[Path]:
    return [tmp_path / "state" / f"fact-{name}.json" for name in "ab"]


def test_the_latest_value_counts_and_the_one_before_stays(copies: Copies, tmp_path: Path):
    assert not copies.present
    assert copies.read() is None
    for number in range(1, 6):
        copies.write({"n": number})
        assert copies.read() == {"n": number}
    assert copies.present
    assert sorted(json.loads(path.read_bytes())["value"]["n"] for path in paths(tmp_path)) == [4, 5]


def test_nothing_of_the_former_value_is_left_where_both_are_written(copies: Copies, tmp_path: Path):
    copies.write("old")
    copies.write("older still")
    copies.write_both("new")
    assert [json.loads(path.read_bytes())["value"] for path in paths(tmp_path)] == ["new", "new"]


@pytest.mark.parametrize(
    "damage",
    [
        b"",
        b"{}",
        b"[]",
        b"7",
        b"\xff",
        b'{"counter":9,"digest":"x","value":1}',
        b'{"counter":"9","digest":"x","value":1}',
    ],
)
def test_any_one_damaged_copy_costs_at_most_the_latest_change(copies: Copies, tmp_path: Path, damage: bytes):
    for number in range(1, 5):
        copies.write(number)
    for path in paths(tmp_path):
        good = path.read_bytes()
        path.write_bytes(damage)
        assert copies.read() in (3, 4)
        copies.write(5)
        assert copies.read() == 5
        path.write_bytes(good)
        copies.write(4)


def test_every_changed_byte_of_a_copy_is_noticed(copies: Copies, tmp_path: Path):
    copies.write("value")
    (path, _) = paths(tmp_path)
    good = path.read_bytes()
    for place in range(len(good)):
        path.write_bytes(good[:place] + bytes([good[place] ^ 1]) + good[place + 1 :])
        assert copies.read() is None, place


def test_two_damaged_copies_are_no_value_but_something_is_there(copies: Copies, tmp_path: Path):
    copies.write(1)
    copies.write(2)
    for path in paths(tmp_path):
        path.write_bytes(b"x")
    assert copies.read() is None
    assert copies.present


def test_two_copies_are_alike_only_when_both_hold_the_latest(copies: Copies, tmp_path: Path):
    assert not copies.alike
    copies.write("one")
    assert not copies.alike
    copies.write_both("two")
    assert copies.alike
    copies.write("three")
    assert not copies.alike
