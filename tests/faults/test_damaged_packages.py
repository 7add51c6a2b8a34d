"""F9: no damaged package is ever taken, and every refusal has a name. Run in process, on the smallest real package."""

from __future__ import annotations

import io
import os
import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from backupreader.domain.errors import OTHER_PC, PACKAGE_DAMAGED, UNKNOWN_SIGNER, ReaderError
from backupreader.store import container
from backupreader.store.carried import TrustedSigner
from backupreader.store.reading import Reading
from tests.faults.world import SIGNER, SITE, World, position

KEYS = {TrustedSigner(SITE, SIGNER.public).id: SIGNER.public}
NAMED = {PACKAGE_DAMAGED.code, UNKNOWN_SIGNER.code}


@pytest.fixture
def small(tmp_path: Path) -> bytes:
    """A package with a plan of 40 bytes and a database of 300."""
    return World.made(tmp_path).packed(size=300, plan=b"ring 112" * 5).read_bytes()


def verdict(data: bytes, folder: Path) -> str | None:
    """The code of the refusal; None when the package would have been taken."""
    path = folder / "tried.package"
    path.write_bytes(data)
    descriptor = os.open(path, os.O_RDONLY)
    with Reading(path, descriptor, os.read) as reading:
        try:
            head = container.read_head(reading, KEYS)
            container.check_database(reading, head.manifest)
        except ReaderError as trouble:
            return trouble.kind.code
    return None


def head_length(package: bytes) -> int:
    return 12 + int.from_bytes(package[8:12], "big") + 64


def test_the_package_itself_is_taken(small: bytes, tmp_path: Path):
    assert verdict(small, tmp_path) is None


def test_no_flipped_bit_of_head_and_plan_is_taken(small: bytes, tmp_path: Path):
    end = head_length(small) + 40
    for place in range(end):
        for bit in range(8) if place < 12 or place >= end - 104 else (place % 8,):
            damaged = bytearray(small)
            damaged[place] ^= 1 << bit
            assert verdict(bytes(damaged), tmp_path) in NAMED, (place, bit)


def test_no_flipped_bit_of_the_database_is_taken(small: bytes, tmp_path: Path):
    for place in range(head_length(small) + 40, len(small)):
        damaged = bytearray(small)
        damaged[place] ^= 1 << place % 8
        assert verdict(bytes(damaged), tmp_path) == PACKAGE_DAMAGED.code, place


def test_no_shorter_package_is_taken(small: bytes, tmp_path: Path):
    for length in range(len(small)):
        assert verdict(small[:length], tmp_path) in NAMED, length


@pytest.mark.parametrize("more", [b"\0", b"\n", b"x" * 4096])
def test_no_longer_package_is_taken(small: bytes, tmp_path: Path, more: bytes):
    assert verdict(small + more, tmp_path) == PACKAGE_DAMAGED.code


def splices(one: bytes, other: bytes) -> Iterator[bytes]:
    """Parts of two good packages of one signer, put together."""
    cut_one, cut_other = head_length(one), head_length(other)
    yield one[:cut_one] + other[cut_other:]
    yield one[:12] + other[12:]
    yield one[: cut_one - 64] + other[cut_other - 64 :]
    yield one + other
    yield one[:cut_one] + one[:cut_one] + one[cut_one:]
    chance = random.Random(5)
    for _ in range(500):
        yield one[: chance.randrange(1, len(one))] + other[chance.randrange(1, len(other)) :]


def test_no_splice_of_two_good_packages_is_taken(tmp_path: Path):
    world = World.made(tmp_path)
    one, other = world.packed(1, size=300).read_bytes(), world.packed(2, size=300).read_bytes()
    for spliced in splices(one, other):
        if spliced not in (one, other):
            assert verdict(spliced, tmp_path) in NAMED


def test_nothing_that_chance_writes_is_taken(tmp_path: Path):
    chance = random.Random(7)
    for _ in range(2000):
        data = bytearray(container.MAGIC + chance.randbytes(chance.randrange(0, 400)))
        data[8:12] = chance.choice([2, 16, 65_536, 65_537, 0, 1, 0xFFFFFFFF]).to_bytes(4, "big")
        assert verdict(bytes(data), tmp_path) == PACKAGE_DAMAGED.code


def swapped_line_ends(data: bytes) -> bytes:
    return data.replace(b"\r\n", b"\n")


def without_high_bits(data: bytes) -> bytes:
    return bytes(byte & 0x7F for byte in data)


@pytest.mark.parametrize("transfer", [swapped_line_ends, without_high_bits])
def test_a_transfer_as_text_is_noticed_in_the_first_bytes(
    small: bytes, tmp_path: Path, transfer: Callable[[bytes], bytes]
):
    assert not transfer(small).startswith(container.MAGIC)
    assert verdict(transfer(small), tmp_path) == PACKAGE_DAMAGED.code


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


def test_a_manifest_signed_by_a_careless_exporter_is_still_read_strictly(tmp_path: Path):
    """The signature is right, the content is not what this format can say: refused, by name."""
    world = World.made(tmp_path)
    described = container.manifests.encode(world.manifest(1, Path(__file__)))
    for wrong in (
        described.replace(b'"format":1', b'"format":2'),
        described.replace(b'"seq":1', b'"seq":1.0'),
        described.replace(b'"seq":1', b'"seq": 1'),
        described.replace(b'"seq":1', b'"seq":1,"seq":1'),
        described.replace(b'"schema":1', b'"schema":true'),
        described[:-1] + b',"zz":1}',
    ):
        assert wrong != described
        signed = container.MAGIC + len(wrong).to_bytes(4, "big") + wrong
        data = signed + SIGNER.sign(container.LABEL + b"\0" + signed) + Path(__file__).read_bytes()
        assert verdict(data, tmp_path) == PACKAGE_DAMAGED.code


def test_a_signature_made_for_another_purpose_is_not_taken(small: bytes, tmp_path: Path):
    signed = small[: head_length(small) - 64]
    for label in (b"", b"backupreader package 1", b"backupreader package 2\0", b"backupreader signer\0"):
        data = signed + SIGNER.sign(label + signed) + small[head_length(small) :]
        assert verdict(data, tmp_path) == PACKAGE_DAMAGED.code


def test_a_package_for_another_pc_is_refused_before_its_database_is_read(tmp_path: Path):
    from tests.faults.world import OTHER_VAULT

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
