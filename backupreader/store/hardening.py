"""From words or a code to a slot's own key pair: Argon2id, then HKDF. One of the two homes of `cryptography`.

The other is `seal`. What a guess costs stands in the slot (`slots.Cost`).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from backupreader.domain.errors import NO_MEMORY
from backupreader.domain.trouble import ReaderError
from backupreader.store.carried import VaultIdentity
from backupreader.store.keyring import born
from backupreader.store.machine import SECRET_BYTES
from backupreader.store.seal import SEED_BYTES
from backupreader.store.slots import ID_BYTES, SALT_BYTES, Cost, Slot


def keyed(slot: Slot, identity: VaultIdentity, secret_text: bytes, machine_secret: bytes | None) -> Slot:
    """The slot that these words or this code open, born under the vault's key of today. Costs one Argon2id."""
    return born(slot, slot_seed(slot, harden(slot, secret_text, machine_secret)), identity)


def seconds(cost: Cost) -> float:
    """How long one guess takes on this PC, measured once. Raises NO_MEMORY where it has too little."""
    slot = Slot(kind="account", created="", salt=bytes(SALT_BYTES), id=bytes(ID_BYTES), cost=cost)
    start = time.perf_counter()
    harden(slot, b"", bytes(SECRET_BYTES))
    return time.perf_counter() - start


def harden(slot: Slot, secret_text: bytes, machine_secret: bytes | None) -> bytes:
    """What a guess costs: Argon2id. Raises `BadSlot` out of range, NO_MEMORY where this PC has too little."""
    slot.cost.check()  # a changed slot file must not be able to ask for two tebibytes
    try:
        return Argon2id(
            salt=slot.salt,
            length=32,
            iterations=slot.cost.time,
            lanes=slot.cost.lanes,
            memory_cost=slot.cost.memory_kib,
            ad=slot.kind.encode("ascii"),
            secret=machine_secret if slot.with_machine_secret else None,
        ).derive(secret_text)
    except MemoryError:
        raise ReaderError(NO_MEMORY) from None


def slot_seed(slot: Slot, hardened: bytes) -> bytes:
    """The seed of one slot's key pair, from what all slots of its salt share."""
    return HKDF(
        algorithm=SHA256(),
        length=SEED_BYTES,
        salt=slot.id,
        info=b"backupreader slot key 2\0" + slot.kind.encode("ascii"),
    ).derive(hardened)


def known_answers() -> Mapping[str, Callable[[], bool]]:
    """By name, each step from words to a slot's key, tried on what others have published (see `selftest`)."""
    argon2id = bytes.fromhex("0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659")  # RFC 9106, 5.3
    hkdf = bytes.fromhex("3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865")
    return {
        "Argon2id": lambda: (
            argon2id
            == Argon2id(
                salt=b"\2" * 16, length=32, iterations=3, lanes=4, memory_cost=32, ad=b"\4" * 12, secret=b"\3" * 8
            ).derive(b"\1" * 32)
        ),
        "HKDF-SHA256": lambda: (  # RFC 5869, appendix A.1
            hkdf
            == HKDF(algorithm=SHA256(), length=42, salt=bytes(range(13)), info=bytes(range(0xF0, 0xFA))).derive(
                b"\x0b" * 22
            )
        ),
    }
