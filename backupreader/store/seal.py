"""What is done with keys on the way from the export machine to the PC, and for the audit: seal, close and sign.

One of the two homes of `cryptography` (the other is `hardening`). Sealing is HPKE (RFC 9180, base mode) with X-Wing,
the hybrid of ML-KEM-768 and X25519: it stays closed unless both are broken. A vault's private key is a 32-byte X-Wing
seed (draft-connolly-cfrg-xwing-kem, section 5.2), expanded with SHAKE-256. Signing is Ed25519.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, Protocol

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hpke import (
    AEAD,
    KDF,
    KEM,
    MLKEM768X25519PrivateKey,
    MLKEM768X25519PublicKey,
    Suite,
)
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

SEED_BYTES: Final = 32
KEY_BYTES: Final = 32
PUBLIC_BYTES: Final = 1184 + 32  # ML-KEM-768 encapsulation key, then X25519
SEALED_BYTES: Final = 1088 + 32 + KEY_BYTES + 16  # both ciphertexts, the key, the tag of AES-GCM
SIGNATURE_BYTES: Final = 64
SIGNING_BYTES: Final = 32
PUBLIC_SIGNER_BYTES: Final = 32
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


def book_key(seed: bytes, salt: bytes, name: str) -> bytes:
    """The key of one copy of one book of a PC's notebook (HKDF-SHA256). With a fresh salt it closes one thing only."""
    info = b"backupreader notebook key 1\0" + name.encode("utf-8")
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=salt, info=info).derive(seed)


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
    """Whether the signer with this public key signed exactly `message`.

    Never for a point of small order: anybody can sign anything for it.
    """
    if public[:-1] + bytes([public[-1] & 0x7F]) in _SMALL_ORDER:
        return False
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


def known_answers() -> Mapping[str, Callable[[], bool]]:
    """By name, each thing that is done here, tried on what others have published (see `selftest`).

    A distribution's own build of the library may lack ML-KEM: then every package would seem damaged.
    """
    return {
        "SHA-256": lambda: hashlib.sha256(b"abc").hexdigest() == _SHA256_OF_ABC,
        "SHAKE-256": lambda: hashlib.shake_256(b"").hexdigest(32) == _SHAKE256_OF_NOTHING,
        "X-Wing (ML-KEM-768, X25519)": lambda: hashlib.sha256(public_of(_SEED)).hexdigest() == _PUBLIC_SHA256,
        "HPKE": _seals_as_known,
        "Ed25519": _signs_as_known,
        "AES-256-GCM": lambda: open_once(bytes(KEY_BYTES), _GCM, b"") == bytes(16),
    }


def _seals_as_known() -> bool:
    """The known sealed key opens, for its own purpose only; and a key sealed here opens."""
    try:
        _ = open_key(_SEALED_KEY.read_bytes(), _SEED, replace(_BINDING, seq=2))
    except Closed:
        again = seal_key(_KEY, public_of(_SEED), _BINDING)
        return open_key(_SEALED_KEY.read_bytes(), _SEED, _BINDING) == _KEY == open_key(again, _SEED, _BINDING)
    return False


def _signs_as_known() -> bool:
    signer = Signer(_ED25519_SECRET)
    return (
        signer.public == _ED25519_PUBLIC
        and signer.sign(_SIGNED) == _SIGNATURE
        and verify(signer.public, _SIGNATURE, _SIGNED)
        and not verify(signer.public, _SIGNATURE, _SIGNED + _SIGNED)
    )


_GCM: Final = bytes.fromhex("cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919")  # its paper, case 14
_SHA256_OF_ABC: Final = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"  # FIPS 180-4
_SHAKE256_OF_NOTHING: Final = "46b9dd2b0ba88d13233b3feb743eeb243fcd52ea62b81b82b50c27646ed5762f"  # FIPS 202
# draft-connolly-cfrg-xwing-kem-08, appendix C, first vector: the seed, and its public key's digest. The known sealed
# key begins with that vector's ciphertext; the rest follows RFC 9180 from its shared secret, reckoned in the tests.
_SEED: Final = bytes.fromhex("7f9c2ba4e88f827d616045507605853ed73b8093f6efbc88eb1a6eacfa66ef26")
_PUBLIC_SHA256: Final = "2e816deebcd76c5c80d0cd2d174478871658e8e2ff42bc9d4a6e486372e856bb"
_SEALED_KEY: Final = Path(__file__).parent / "known" / "sealed-key"
_KEY: Final = bytes(range(KEY_BYTES))
_BINDING: Final = Binding(site="known", vault="answer", epoch=1, seq=1, database_sha256="0" * 64)
# RFC 8032, section 7.1, test 2.
_ED25519_SECRET: Final = bytes.fromhex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb")
_ED25519_PUBLIC: Final = bytes.fromhex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")
_SIGNED: Final = b"\x72"
_SIGNATURE: Final = bytes.fromhex(
    "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
    "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
)


# The encodings, without the sign of x, of the eight points whose order divides 8; the last two are above the prime.
_SMALL_ORDER: Final = frozenset(
    map(
        bytes.fromhex,
        (
            "00" * 32,
            "01" + "00" * 31,
            "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
            "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
            "ec" + "ff" * 30 + "7f",
            "ed" + "ff" * 30 + "7f",
            "ee" + "ff" * 30 + "7f",
        ),
    )
)


def _expand(seed: bytes) -> tuple[MLKEM768PrivateKey, X25519PrivateKey]:
    """ExpandDecapsulationKey of the draft: SHAKE-256 to 96 bytes, d and z of ML-KEM, then the X25519 scalar."""
    assert len(seed) == SEED_BYTES
    expanded = hashlib.shake_256(seed).digest(96)
    return (
        MLKEM768PrivateKey.from_seed_bytes(expanded[:64]),
        X25519PrivateKey.from_private_bytes(expanded[64:]),
    )
