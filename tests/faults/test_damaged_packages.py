"""What damaged packages leave behind, and what they may cost; that none is taken is F9 (``figures/packages.py``)."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest

from backupreader.domain.errors import OTHER_PC, PACKAGE_DAMAGED
from backupreader.domain.trouble import ReaderError
from backupreader.store import container
from backupreader.store.carried import TrustedSigner
from backupreader.store.reading import Reading
from tests.faults.world import OTHER_VAULT, SIGNER, SITE, World, position

KEYS = {TrustedSigner(SITE, SIGNER.public).id: SIGNER.public}


def head_length(package: bytes) -> int:
    return 12 + int.from_bytes(package[8:12], "big") + 64


def test_a_sparse_giant_is_refused_by_its_length(tmp_path: Path):
    path = tmp_path / "giant.package"
    with path.open("wb") as file:
        file.truncate(1 << 40)
    with Reading(path, os.open(path, os.O_RDONLY), os.read) as reading, pytest.raises(ReaderError) as refused:
        container.read_head(reading, KEYS)
    assert refused.value.kind is PACKAGE_DAMAGED


def test_a_damaged_package_is_refused_and_the_old_generation_stays(tmp_path: Path):
    world = World.made(tmp_path)
    assert world.word(world.packed(1)).value == "received"
    damaged = bytearray(world.packed(2, plan=b"plan").read_bytes())
    for place in (3, 9, 40, len(damaged) - 1, head_length(bytes(damaged)) - 5, head_length(bytes(damaged)) + 1):
        changed = bytearray(damaged)
        changed[place] ^= 0x10
        (world.inbox / "bad.package").write_bytes(changed)
        assert world.word() == PACKAGE_DAMAGED.code
        assert world.whole() == [1]
        assert world.staged() == []
    assert world.store.position() == position(1)


def test_a_pipe_a_folder_and_a_link_are_refused_without_being_waited_for(tmp_path: Path):
    world = World.made(tmp_path)
    good = world.packed(1)
    if hasattr(os, "mkfifo"):
        os.mkfifo(world.inbox / "pipe.package")
    (world.inbox / "folder.package").mkdir()
    (world.inbox / "link.package").symlink_to(good)
    for outcome in world.receive():
        assert outcome.trouble is not None
        assert outcome.trouble.kind.code in {"BR11", "BR25"}
    assert world.whole() == []


def test_a_package_for_another_pc_is_refused_before_its_database_is_read(tmp_path: Path):
    world = World.made(tmp_path)
    damaged = bytearray(world.packed(1, recipients=(OTHER_VAULT,)).read_bytes())
    damaged[-1] ^= 1
    (world.inbox / "a.package").write_bytes(damaged)
    assert world.word() == OTHER_PC.code


def test_reading_stops_at_the_first_wrong_byte(tmp_path: Path):
    """A stranger's gigabytes cost nothing: after a wrong magic nothing more is read."""
    asked: list[int] = []
    stream = io.BytesIO(b"PK\x03\x04" + bytes(10_000))

    def read(_: int, count: int) -> bytes:
        asked.append(count)
        return stream.read(count)

    path = tmp_path / "zip.package"
    path.write_bytes(stream.getvalue())
    with Reading(path, os.open(path, os.O_RDONLY), read) as reading, pytest.raises(ReaderError):
        container.read_head(reading, KEYS)
    assert sum(asked) == 12
