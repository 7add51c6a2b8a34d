"""What is done with keys on the way from the export machine to the PC, and for the audit: seal, sign, and self-test.

One of the two homes of `cryptography` (the other is `hardening`). Sealing is HPKE (RFC 9180, base mode) with X-Wing,
the hybrid of ML-KEM-768 and X25519: it stays closed unless both are broken. A vault's private key is a 32-byte X-Wing
seed (draft-connolly-cfrg-xwing-kem, section 5.2), expanded with SHAKE-256. Signing is Ed25519.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from typing import Final, Protocol

from cryptography.exceptions import InvalidSignature, InvalidTag, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hpke import (
    AEAD,
    KDF,
    KEM,
    MLKEM768X25519PrivateKey,
    MLKEM768X25519PublicKey,
    Suite,
)

from backupreader.domain.errors import SELF_TEST, ReaderError, Reason
from backupreader.language import N_

SEED_BYTES: Final = 32
KEY_BYTES: Final = 32
PUBLIC_BYTES: Final = 1184 + 32  # ML-KEM-768 encapsulation key, then X25519
SEALED_BYTES: Final = 1088 + 32 + KEY_BYTES + 16  # both ciphertexts, the key, the tag of AES-GCM
SIGNATURE_BYTES: Final = 64
SIGNING_BYTES: Final = 32
_MLKEM_PUBLIC = 1184
_INFO_LABEL = b"backupreader sealed key 1"
_NOUGHT = bytes(12)
_SEED_LABEL = b"backupreader vault seed 1"
_SUITE = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


class Closed(Exception):
    """What was sealed does not open with this key, or not for this purpose."""


class Bound(Protocol):
    """What a sealed key is for, as the bytes that HPKE's `info` holds. Each kind begins with a label of its own."""

    def info(self) -> bytes:
        """The bytes."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Binding:
    """What a sealed key is for. A key sealed for anything else does not open: HPKE's `info` holds all of it."""

    site: str
    vault: str
    epoch: int
    seq: int
    database_sha256: str

    def info(self) -> bytes:
        """The bytes that HPKE binds; the parts hold no zero byte, so no two bindings share them."""
        parts = (self.site, self.vault, str(self.epoch), str(self.seq), self.database_sha256)
        return b"\0".join((_INFO_LABEL, *(part.encode("utf-8") for part in parts)))


@dataclass(frozen=True, slots=True, kw_only=True)
class SeedBinding:
    """What a vault's sealed seed is for: which vault's seed it is, and the slot or the younger vault key that opens it.

    `digest` is the SHA-256 of all that describes the opener.
    """

    vault: str
    opener: str
    opener_id: str
    digest: str

    def info(self) -> bytes:
        """As `Binding.info`, with another label."""
        parts = (self.vault, self.opener, self.opener_id, self.digest)
        return b"\0".join((_SEED_LABEL, *(part.encode("utf-8") for part in parts)))


def public_of(seed: bytes) -> bytes:
    """The public key of a vault's seed: 1,216 bytes."""
    mlkem, x25519 = _expand(seed)
    return mlkem.public_key().public_bytes_raw() + x25519.public_key().public_bytes_raw()


def vault_id(public: bytes) -> str:
    """The name under which a package holds this vault's sealed key: 128 bits of SHA-256, in hexadecimal."""
    return hashlib.sha256(b"backupreader vault\0" + public).hexdigest()[:32]


def seal_key(key: bytes, public: bytes, binding: Bound) -> bytes:
    """`key` sealed to a vault's public key: `SEALED_BYTES` long, different each time."""
    assert len(key) == KEY_BYTES
    assert len(public) == PUBLIC_BYTES
    hybrid = MLKEM768X25519PublicKey(
        MLKEM768PublicKey.from_public_bytes(public[:_MLKEM_PUBLIC]),
        X25519PublicKey.from_public_bytes(public[_MLKEM_PUBLIC:]),
    )
    return _SUITE.encrypt(key, hybrid, binding.info())


def open_key(sealed: bytes, seed: bytes, binding: Bound) -> bytes:
    """The key that was sealed. Raises `Closed` for another vault, another binding, or a changed byte."""
    try:
        key = _SUITE.decrypt(sealed, MLKEM768X25519PrivateKey(*_expand(seed)), binding.info())
    except (InvalidTag, ValueError) as trouble:
        raise Closed from trouble
    if len(key) != KEY_BYTES:
        raise Closed
    return key


def close_once(key: bytes, plain: bytes, bound: bytes) -> bytes:
    """`plain` under AES-256-GCM with a key that closes nothing else ever, so that the nonce may be nought.

    The tag's 16 bytes stand at the end; `bound` must be the same to open it.
    """
    return AESGCM(key).encrypt(_NOUGHT, plain, bound)


def open_once(key: bytes, closed: bytes, bound: bytes) -> bytes:
    """What `close_once` closed. Raises `Closed` for another key, another `bound`, or a changed byte."""
    try:
        return AESGCM(key).decrypt(_NOUGHT, closed, bound)
    except (InvalidTag, ValueError) as trouble:
        raise Closed from trouble


def usable_public(public: bytes) -> bool:
    """Whether these bytes are a vault's public key that can be sealed to: ML-KEM's half in range, X25519's not null."""
    if len(public) != PUBLIC_BYTES:
        return False
    try:
        seal_key(bytes(KEY_BYTES), public, Binding(site="", vault="", epoch=0, seq=0, database_sha256=""))
    except ValueError:
        return False
    return True


@dataclass(frozen=True, slots=True)
class Signer:
    """The export machine's signing key: 32 secret bytes."""

    secret: bytes

    @classmethod
    def new(cls) -> Signer:
        """A fresh one."""
        return cls(os.urandom(SIGNING_BYTES))

    def __repr__(self) -> str:
        """Never the secret."""
        return f"Signer({signer_id(self.public)})"

    @property
    def public(self) -> bytes:
        """What a PC needs in order to know this signer: 32 bytes."""
        return Ed25519PrivateKey.from_private_bytes(self.secret).public_key().public_bytes_raw()

    def sign(self, message: bytes) -> bytes:
        """64 bytes."""
        return Ed25519PrivateKey.from_private_bytes(self.secret).sign(message)


def signer_id(public: bytes) -> str:
    """The name under which packages state their signer: SHA-256 of the public key, 64 hexadecimal digits."""
    return hashlib.sha256(b"backupreader signer\0" + public).hexdigest()


def verify(public: bytes, signature: bytes, message: bytes) -> bool:
    """Whether the signer with this public key signed exactly `message`."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def fingerprint(identity: str) -> str:
    """A signer's or a vault's id as eight groups of five digits, to be compared by phone in any language: 132 bits."""
    number = int(hashlib.sha256(identity.encode("ascii")).hexdigest(), 16) % 10**40
    digits = f"{number:040d}"
    return " ".join(digits[start : start + 5] for start in range(0, 40, 5))


def self_test() -> None:
    """A known answer and a round trip before any work with keys.

    Raises SELF_TEST where this installation cannot do them.

    A distribution's own build of the library may lack ML-KEM: then every package would seem damaged. The known answer
    is the first test vector of draft-connolly-cfrg-xwing-kem-08 (seed and public key).
    """
    key, binding = os.urandom(KEY_BYTES), Binding(site="s", vault="v", epoch=1, seq=1, database_sha256="0")
    try:
        public = public_of(_VECTOR_SEED)
        good = public.startswith(_VECTOR_PUBLIC_START) and public.endswith(_VECTOR_PUBLIC_END)
        good = good and open_key(seal_key(key, public, binding), _VECTOR_SEED, binding) == key
    except (Closed, UnsupportedAlgorithm):
        good = False
    if not good:
        raise ReaderError(SELF_TEST, what=Reason(N_("the sealing of keys")))


_VECTOR_SEED = bytes.fromhex("7f9c2ba4e88f827d616045507605853ed73b8093f6efbc88eb1a6eacfa66ef26")
_VECTOR_PUBLIC_START = bytes.fromhex("e2236b35a8c24b39b10aa1323a96a919a2ced88400633a7b07131713fc14b2b5")
_VECTOR_PUBLIC_END = bytes.fromhex("06eff389b27dce59844570216223593d4ba32d9abac8cd049040ef6534")


def _expand(seed: bytes) -> tuple[MLKEM768PrivateKey, X25519PrivateKey]:
    """ExpandDecapsulationKey of the draft: SHAKE-256 to 96 bytes, d and z of ML-KEM, then the X25519 scalar."""
    assert len(seed) == SEED_BYTES
    expanded = hashlib.shake_256(seed).digest(96)
    return (
        MLKEM768PrivateKey.from_seed_bytes(expanded[:64]),
        X25519PrivateKey.from_private_bytes(expanded[64:]),
    )
