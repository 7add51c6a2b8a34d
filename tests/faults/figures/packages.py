"""F9: damaged packages. None is ever taken, every refusal has a name, and nothing is parsed that is not signed.

Each package is a small real one, another one a round: every bit of it flipped, every length of it, bytes behind it,
splices with the one before, and manifests that a careless exporter signed although this format cannot say them.
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Final

from backupreader.domain.errors import PACKAGE_DAMAGED, UNKNOWN_SIGNER
from backupreader.domain.trouble import ReaderError
from backupreader.store import container, manifest, seal
from backupreader.store.carried import TrustedSigner
from backupreader.store.reading import Reading
from tests.faults.figure import Amount, Tried
from tests.faults.strange import strange
from tests.faults.world import SIGNER, SITE, World

FIGURES: Final = ("F9",)
GOALS: Final = {Amount.BOUNDED: 50_000, Amount.LONG: 1_000_000}
SPLICES: Final = 1500
TAILS: Final = 200
CHANCES: Final = 500
KEYS: Final = {TrustedSigner(SITE, SIGNER.public).id: SIGNER.public}
NAMED: Final = {PACKAGE_DAMAGED.code, UNKNOWN_SIGNER.code}
OTHER_LABELS: Final = (b"", b"backupreader package 1", b"backupreader package 2\0", b"backupreader signer 1\0")
Case = tuple[str, bytes]


def tried(amount: Amount, folder: Path) -> Iterator[Tried]:
    """As many packages as the figure needs, each damaged in every way."""
    world, tasting = World.made(folder / "packages"), Tasting()
    try:
        before, number = b"", 0
        while tasting.cases < GOALS[amount]:
            number += 1
            # Three sizes of plan, so that heads, plans and databases meet at different places.
            package = world.packed(number, size=300, plan=b"ring 112" * (number % 3)).read_bytes()
            if (verdict := tasting.verdict(package)) is not None:
                tasting.violations.append(f"a whole package was refused: {verdict}")
            for what, data in _damaged(package, before, random.Random(number)):
                if data not in {package, before}:
                    tasting.judge(f"package {number}: {what}", data)
            before = package
    finally:
        tasting.close()
    yield Tried(
        id="F9",
        what="bits, lengths, splices, tails and strange signed manifests of real packages, read as receive reads them",
        cases=tasting.cases,
        goal=GOALS[amount],
        violations=tuple(tasting.violations),
    )


class Tasting:
    """Reads package after package out of one file in memory, and counts which manifests reach the parser."""

    def __init__(self) -> None:
        self.cases = 0
        self.violations: list[str] = []
        self._parsed: list[bytes] = []
        self._descriptor = _in_memory()
        self._parser = container.manifests
        container.manifests = SimpleNamespace(decode=self._decode, encode=manifest.encode)  # type: ignore[assignment]

    def close(self) -> None:
        container.manifests = self._parser
        os.close(self._descriptor)

    def _decode(self, described: bytes) -> manifest.Manifest:
        self._parsed.append(described)
        return manifest.decode(described)

    def verdict(self, data: bytes) -> str | None:
        """The code of the refusal; None when the package would be taken."""
        os.ftruncate(self._descriptor, len(data))
        os.pwrite(self._descriptor, data, 0)
        os.lseek(self._descriptor, 0, os.SEEK_SET)
        reading = Reading(Path("tried.package"), self._descriptor, os.read)
        try:
            head = container.read_head(reading, KEYS)
            container.check_database(reading, head.manifest)
        except ReaderError as trouble:
            return trouble.kind.code
        return None

    def judge(self, what: str, data: bytes) -> None:
        """One damaged package: it must be refused by name, and parsed only where its signature holds."""
        self.cases += 1
        self._parsed.clear()
        try:
            verdict = self.verdict(data)
        except Exception as escaped:  # noqa: BLE001 (whatever it is, it has no name)
            self.violations.append(f"{what}: {type(escaped).__name__} escaped")
            return
        if verdict is None:
            self.violations.append(f"{what}: taken")
        elif verdict not in NAMED:
            self.violations.append(f"{what}: refused as {verdict}")
        if self._parsed and not _signed(data):
            self.violations.append(f"{what}: parsed without a signature")


def _in_memory() -> int:
    """A file that never touches a disk, where the system has one."""
    if hasattr(os, "memfd_create"):
        return os.memfd_create("package")
    import tempfile

    with tempfile.TemporaryFile() as file:
        return os.dup(file.fileno())


def _signed(data: bytes) -> bool:
    """Whether the bytes that are described as the manifest are signed by `SIGNER`, found out on our own."""
    end = 12 + int.from_bytes(data[8:12], "big")
    return seal.verify(SIGNER.public, data[end : end + 64], container.LABEL + b"\0" + data[:end])


def _damaged(package: bytes, before: bytes, chance: random.Random) -> Iterator[Case]:
    for place in range(len(package)):
        for bit in range(8):
            yield f"bit {bit} of byte {place}", _flipped(package, place, bit)
    for length in range(len(package)):
        yield f"cut at {length}", package[:length]
    for number in range(TAILS):
        yield f"tail {number}", package + chance.randbytes(1 + number)
    if before:
        for number in range(SPLICES):
            one, other = (package, before) if number % 2 else (before, package)
            yield f"splice {number}", one[: chance.randrange(1, len(one))] + other[chance.randrange(1, len(other)) :]
        yield from _exchanged(package, before)
    yield from _resigned(package)
    for number in range(CHANCES):
        length = chance.choice((2, 16, 65_536, 65_537, 0, 1, 0xFFFFFFFF)).to_bytes(4, "big")
        yield f"chance {number}", container.MAGIC + length + chance.randbytes(chance.randrange(400))
    for change in (_as_text, _without_high_bits):
        yield change.__name__.strip("_"), change(package)


def _flipped(data: bytes, place: int, bit: int) -> bytes:
    return data[:place] + bytes([data[place] ^ (1 << bit)]) + data[place + 1 :]


def _parts(package: bytes) -> tuple[bytes, bytes, bytes, bytes]:
    """Prefix, manifest, signature, and all behind it."""
    end = 12 + int.from_bytes(package[8:12], "big")
    return package[:12], package[12:end], package[end : end + 64], package[end + 64 :]


def _exchanged(one: bytes, other: bytes) -> Iterator[Case]:
    """Each part of a package exchanged for the same part of another good one; parts twice; parts missing."""
    mine, theirs = _parts(one), _parts(other)
    for which in range(1, 16):
        yield (
            f"parts {which:04b} of another",
            b"".join((theirs if which >> part & 1 else mine)[part] for part in range(4)),
        )
    for part in range(4):
        yield f"part {part} twice", b"".join((*mine[: part + 1], *mine[part:]))
        yield f"part {part} missing", b"".join((*mine[:part], *mine[part + 1 :]))


def _resigned(package: bytes) -> Iterator[Case]:
    """What only the holder of the key can make: a good signature over what this format cannot say."""
    prefix, described, _, rest = _parts(package)
    for what, wrong in strange(described):
        signed = container.MAGIC + len(wrong).to_bytes(4, "big") + wrong
        yield f"signed although {what}", signed + SIGNER.sign(container.LABEL + b"\0" + signed) + rest
    for label in OTHER_LABELS:
        yield f"signed under {label!r}", prefix + described + SIGNER.sign(label + prefix + described) + rest


def _as_text(data: bytes) -> bytes:
    return data.replace(b"\r\n", b"\n")


def _without_high_bits(data: bytes) -> bytes:
    return bytes(byte & 0x7F for byte in data)
