"""The package: one file, read from front to back, strictly (DESIGN.md, part 5).

    8 bytes     MAGIC: not text (a high bit), and broken by any transfer that changes line ends (CR LF, LF)
    4 bytes     the manifest's length, big-endian, 2 to 65,536
    M bytes     the manifest: canonical JSON
    64 bytes    Ed25519 over LABEL, a zero byte, and all bytes before
    P bytes     the plan archive; its length and SHA-256 stand in the manifest
    D bytes     the database; its length and SHA-256 stand in the manifest
    the end     nothing may follow

Magic to signature is the *head*; a generation in the store keeps it, with the plan behind it, in a file of its own.
Nothing that is not signed by a known signer reaches a parser: the signer's name is found by a fixed pattern, the
signature is checked, and only then is the manifest read. Each refusal stands where the check is, with its reason.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NoReturn

from backupreader.domain.errors import PACKAGE_DAMAGED, UNKNOWN_SIGNER
from backupreader.domain.trouble import ReaderError, Reason
from backupreader.language import N_
from backupreader.store import manifest as manifests
from backupreader.store.files import EndedEarly, Files, Reading
from backupreader.store.manifest import Malformed, Manifest
from backupreader.store.seal import SIGNATURE_BYTES, Signer, signer_id, verify

MAGIC: Final = b"\x89BKR\r\n\x1a\n"
LABEL: Final = b"backupreader package 1"
SHORTEST_MANIFEST: Final = 2
LONGEST_MANIFEST: Final = 65_536
SUFFIX: Final = ".package"
_PREFIX_BYTES = len(MAGIC) + 4
_SIGNER = re.compile(rb'"signer":"([0-9a-f]{64})"')

NOT_REGULAR: Final = Reason(N_("it is not an ordinary file"))
TOO_SHORT: Final = Reason(N_("it ends too early"))
NO_PACKAGE: Final = Reason(N_("it is not a package, or was changed on its way"))
BAD_LENGTH: Final = Reason(N_("its lengths do not agree"))
NO_SIGNER: Final = Reason(N_("it does not say who signed it"))
BAD_SIGNATURE: Final = Reason(N_("its signature is not right"))
OTHER_FORMAT: Final = Reason(N_("its description cannot be read by this version"))
BAD_DIGEST: Final = Reason(N_("its content is not what was signed"))


@dataclass(frozen=True, slots=True)
class Head:
    """A verified head. `raw` is magic to signature; `plan` the archive behind it, digest checked."""

    manifest: Manifest
    raw: bytes
    plan: bytes

    @property
    def digest(self) -> bytes:
        """SHA-256 of `raw`: what two people compare in four words (see `spoken`)."""
        return hashlib.sha256(self.raw).digest()


def assemble(manifest: Manifest, signer: Signer, plan: bytes) -> bytes:
    """Everything of a package that stands before the database."""
    assert manifest.signer == signer_id(signer.public)
    assert (manifest.plan_length, manifest.plan_sha256) == (len(plan), hashlib.sha256(plan).hexdigest())
    described = manifests.encode(manifest)
    if len(described) > LONGEST_MANIFEST:
        raise Malformed(f"a manifest of {len(described)} bytes")
    signed = MAGIC + len(described).to_bytes(4, "big") + described
    return signed + signer.sign(_message(signed)) + plan


def read_head(reading: Reading, signers: Mapping[str, bytes], *, database_follows: bool = True) -> Head:
    """The head and the plan of a package, verified; `reading` then stands at the database, which is not read.

    `signers` are the known public keys by signer id. Without `database_follows` the file must end behind the plan (a
    stored head). Raises PACKAGE_DAMAGED with its reason, or UNKNOWN_SIGNER.
    """
    path = reading.path
    prefix, described, signature = _parts(reading)
    _check_signature(path, prefix + described, _signer_of(path, described, signers), signature)
    try:
        manifest = manifests.decode(described)
    except Malformed:
        _refuse(path, OTHER_FORMAT)
    raw = prefix + described + signature
    following = manifest.plan_length + (manifest.database_length if database_follows else 0)
    if len(raw) + following != reading.size:
        _refuse(path, BAD_LENGTH)
    plan = _take(reading, manifest.plan_length)
    if hashlib.sha256(plan).hexdigest() != manifest.plan_sha256:
        _refuse(path, BAD_DIGEST)
    return Head(manifest, raw, plan)


def _parts(reading: Reading) -> tuple[bytes, bytes, bytes]:
    """Magic and length, the manifest's bytes, the signature: none of it looked into yet."""
    path = reading.path
    if not reading.regular:
        _refuse(path, NOT_REGULAR)
    if reading.size < _PREFIX_BYTES + SHORTEST_MANIFEST + SIGNATURE_BYTES:
        _refuse(path, TOO_SHORT)
    prefix = _take(reading, _PREFIX_BYTES)
    if prefix[: len(MAGIC)] != MAGIC:
        _refuse(path, NO_PACKAGE)
    length = int.from_bytes(prefix[len(MAGIC) :], "big")
    if not SHORTEST_MANIFEST <= length <= LONGEST_MANIFEST:
        _refuse(path, BAD_LENGTH)
    if _PREFIX_BYTES + length + SIGNATURE_BYTES > reading.size:
        _refuse(path, TOO_SHORT)
    return prefix, _take(reading, length), _take(reading, SIGNATURE_BYTES)


def _signer_of(path: Path, described: bytes, signers: Mapping[str, bytes]) -> bytes:
    """The public key of the signer that the manifest names, found without parsing what nobody has vouched for yet."""
    named = _SIGNER.findall(described)
    if len(named) != 1:
        _refuse(path, NO_SIGNER)
    public = signers.get(named[0].decode("ascii"))
    if public is None:
        raise ReaderError(UNKNOWN_SIGNER, path=path)
    return public


def _check_signature(path: Path, signed: bytes, public: bytes, signature: bytes) -> None:
    if not verify(public, signature, _message(signed)):
        _refuse(path, BAD_SIGNATURE)


def take_database(reading: Reading, manifest: Manifest, target: Path, files: Files) -> None:
    """Copy the database behind a head that was just read into the new file `target`, each byte read once.

    Raises PACKAGE_DAMAGED when it is not what was signed; `target` may be there then, and is the caller's to take away.
    """
    try:
        digest = files.copy_hashing(reading, target, manifest.database_length)
    except EndedEarly:
        _refuse(reading.path, TOO_SHORT)
    _judge(reading, digest, manifest)


def check_database(reading: Reading, manifest: Manifest) -> None:
    """As `take_database`, copying nothing."""
    digest = hashlib.sha256()
    try:
        for chunk in reading.chunks(manifest.database_length):
            digest.update(chunk)
    except EndedEarly:
        _refuse(reading.path, TOO_SHORT)
    _judge(reading, digest.hexdigest(), manifest)


def _judge(reading: Reading, digest: str, manifest: Manifest) -> None:
    if digest != manifest.database_sha256:
        _refuse(reading.path, BAD_DIGEST)
    if reading.some():  # the file grew while it was read
        _refuse(reading.path, BAD_LENGTH)


def _message(signed: bytes) -> bytes:
    return LABEL + b"\0" + signed


def _take(reading: Reading, count: int) -> bytes:
    try:
        return reading.exactly(count)
    except EndedEarly:  # the file was cut while it was read
        _refuse(reading.path, TOO_SHORT)


def _refuse(path: Path, reason: Reason) -> NoReturn:
    raise ReaderError(PACKAGE_DAMAGED, path=path, reason=reason)
