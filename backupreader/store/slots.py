"""A slot: the vault's seed, closed with one person's words or one code (DESIGN.md, part 6).

    words or code → Argon2id (with the machine secret, except for recovery) → HKDF-SHA256 → AES-256-GCM over the seed

The slot's own description (kind, name, parameters, vault) is the additional data: a slot whose description was
changed does not open. All account slots of a vault share one Argon2id salt, so that typing words costs one Argon2id
and not one a colleague; HKDF then tells the slots apart. The words are given, 55 bits of them, so sharing the salt
among some dozens of people leaves 49. This module only describes and checks; `vault` holds the ciphers.
"""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass, field
from typing import Final, Literal, TypeAlias, get_args

from backupreader.store import canonical
from backupreader.store.canonical import Value

SlotKind: TypeAlias = Literal["account", "event-code", "recovery"]
SALT_BYTES: Final = 16
ID_BYTES: Final = 16
NONCE_BYTES: Final = 12
SEALED_BYTES: Final = NONCE_BYTES + 32 + 16
LONGEST_NAME: Final = 64
MEMORY_KIB: Final = range(8 * 1024, 1024 * 1024 + 1)
PASSES: Final = range(1, 11)
LANES: Final = range(1, 9)


class BadSlot(ValueError):
    """A slot that no version of this program writes, or parameters that must not reach Argon2id."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one guess costs: Argon2id's memory in KiB, passes, and lanes. The default takes about a second."""

    memory_kib: int = 256 * 1024
    time: int = 3
    lanes: int = 2

    def check(self) -> None:
        """Raises `BadSlot` out of range: below, it guards nothing.

        Above, a changed file could keep the PC from unlocking.
        """
        if self.memory_kib not in MEMORY_KIB or self.time not in PASSES or self.lanes not in LANES:
            raise BadSlot(f"Argon2id with {self.memory_kib} KiB, {self.time} passes, {self.lanes} lanes")


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """One way to open the vault.

    `name` is the person's for an account, empty otherwise; `sealed` is nonce and ciphertext.
    """

    kind: SlotKind
    name: str
    vault: str
    created: str
    salt: bytes
    id: bytes
    cost: Cost
    sealed: bytes = field(repr=False, default=b"")

    @property
    def with_machine_secret(self) -> bool:
        """Whether it opens on this PC only. The recovery code must open the disk in another PC."""
        return self.kind != "recovery"

    def description(self) -> dict[str, Value]:
        """All but `sealed`."""
        return {
            "created": self.created,
            "id": self.id.hex(),
            "kind": self.kind,
            "lanes": self.cost.lanes,
            "memory_kib": self.cost.memory_kib,
            "name": self.name,
            "salt": self.salt.hex(),
            "time": self.cost.time,
            "vault": self.vault,
        }

    def bound(self) -> bytes:
        """The additional data of the cipher."""
        return b"backupreader slot 1\0" + canonical.encode(self.description())

    def value(self) -> Value:
        """What the slot file holds."""
        return {**self.description(), "sealed": base64.b64encode(self.sealed).decode("ascii")}


def read_slot(value: Value) -> Slot:
    """The slot that `Slot.value` wrote, its parameters in range. Raises `BadSlot`."""
    if not isinstance(value, dict) or value.keys() != _FIELDS:
        raise BadSlot("other fields")
    kind = next((kind for kind in get_args(SlotKind) if kind == value["kind"]), None)
    name, vault, created = value["name"], value["vault"], value["created"]
    if kind is None or not isinstance(name, str) or not isinstance(vault, str) or not isinstance(created, str):
        raise BadSlot("another kind")
    cost = Cost(_number(value["memory_kib"]), _number(value["time"]), _number(value["lanes"]))
    cost.check()
    try:
        salt, identity = bytes.fromhex(str(value["salt"])), bytes.fromhex(str(value["id"]))
        sealed = base64.b64decode(str(value["sealed"]), validate=True)
    except (binascii.Error, ValueError) as trouble:
        raise BadSlot("bytes that are none") from trouble
    if (len(salt), len(identity), len(sealed)) != (SALT_BYTES, ID_BYTES, SEALED_BYTES):
        raise BadSlot("bytes of another length")
    return Slot(kind=kind, name=name, vault=vault, created=created, salt=salt, id=identity, cost=cost, sealed=sealed)


_FIELDS = {"created", "id", "kind", "lanes", "memory_kib", "name", "salt", "sealed", "time", "vault"}


def _number(value: Value) -> int:
    if not isinstance(value, int):
        raise BadSlot("a number")
    return value
