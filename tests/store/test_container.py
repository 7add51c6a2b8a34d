"""The package's edges that no damaged package reaches; damage itself is tried in ``tests/faults``."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from backupreader.domain.errors import PACKAGE_DAMAGED
from backupreader.domain.trouble import ReaderError
from backupreader.store import container
from backupreader.store.carried import TrustedSigner
from backupreader.store.files import Files
from backupreader.store.manifest import Malformed, UnitCount
from backupreader.store.reading import Reading
from tests.faults.world import SIGNER, SITE, World

KEYS = {TrustedSigner(SITE, SIGNER.public).id: SIGNER.public}


@pytest.fixture
def package(tmp_path: Path) -> Path:
    return World.made(tmp_path / "world").packed(size=3000, plan=b"ring 112")


def ending_at(path: Path, end: int) -> Reading:
    """A file that keeps its size and ends earlier, as a stick does that is pulled."""
    left = [end]

    def read(descriptor: int, count: int) -> bytes:
        data = os.read(descriptor, min(count, left[0]))
        left[0] -= len(data)
        return data

    return Reading(path, os.open(path, os.O_RDONLY), read)


@pytest.mark.parametrize("end", [0, 5, 12, 100, 2000])
def test_a_file_that_ends_while_its_head_is_read_is_refused(package: Path, end: int):
    with ending_at(package, end) as reading, pytest.raises(ReaderError) as refused:
        container.read_head(reading, KEYS)
    assert refused.value.kind is PACKAGE_DAMAGED


def checking(reading: Reading, head: container.Head, target: Path) -> None:
    container.check_database(reading, head.manifest)


def taking(reading: Reading, head: container.Head, target: Path) -> None:
    container.take_database(reading, head.manifest, target, Files())


@pytest.mark.parametrize("use", [checking, taking])
def test_a_file_that_ends_or_grows_while_its_database_is_read_is_refused(
    package: Path, tmp_path: Path, use: Callable[[Reading, container.Head, Path], None]
):
    size = package.stat().st_size
    with ending_at(package, size - 1) as reading, pytest.raises(ReaderError) as refused:
        use(reading, container.read_head(reading, KEYS), tmp_path / "out")
    assert refused.value.facts["reason"] is container.TOO_SHORT
    assert not (tmp_path / "out").exists()
    with Files().open(package) as reading:
        head = container.read_head(reading, KEYS)
        with package.open("ab") as file:
            file.write(b"more")
        with pytest.raises(ReaderError) as refused:
            use(reading, head, tmp_path / "out")
    assert refused.value.facts["reason"] is container.BAD_LENGTH


def test_a_manifest_longer_than_its_file_is_refused(package: Path):
    data = bytearray(package.read_bytes())
    data[8:12] = (60_000).to_bytes(4, "big")
    package.write_bytes(data)
    with Files().open(package) as reading, pytest.raises(ReaderError) as refused:
        container.read_head(reading, KEYS)
    assert refused.value.facts["reason"] is container.TOO_SHORT


def test_a_manifest_beyond_the_limit_is_never_signed(tmp_path: Path):
    database = tmp_path / "db"
    database.write_bytes(b"x")
    manifest = World(tmp_path).manifest(1, database)
    units = {f"unit {number}": UnitCount("n" * 200, 1) for number in range(400)}
    with pytest.raises(Malformed):
        container.assemble(replace(manifest, units=units), SIGNER, b"")


def test_a_stored_head_ends_with_its_plan(package: Path, tmp_path: Path):
    with Files().open(package) as reading:
        head = container.read_head(reading, KEYS)
    (tmp_path / "head").write_bytes(head.raw + head.plan)
    with Files().open(tmp_path / "head") as reading:
        assert container.read_head(reading, KEYS, database_follows=False) == head
    with Files().open(tmp_path / "head") as reading, pytest.raises(ReaderError):
        container.read_head(reading, KEYS)
