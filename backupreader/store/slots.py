"""A slot: one way to open the vault, with one person's words or one code (DESIGN.md, part 6).

    words or code → Argon2id (with the machine secret, except for recovery) → HKDF-SHA256 → the slot's own X-Wing seed

The public key of that seed stands in the slot, and the vault's seed is sealed to it. So a new vault key reaches every
slot without anybody's words. What the seal is for holds the digest of the slot's description (kind, name, role, units,
parameters, public key, by whom it was made): a slot whose description was changed does not open. `proof` is made with
the vault's seed, so that no new vault key is ever sealed to a public key that somebody else wrote into the file.
`birth` is made with the slot's own seed when its words are known: it names the vault key of that day (`born`), so that
whoever knows no words cannot move a slot to a key of his own (`keyring`).

All account slots of a vault share one Argon2id salt, and all event codes another, so that typing words costs one
Argon2id and not one a colleague; HKDF then tells the slots apart. The words are given, 55 bits of them, so sharing the
salt among some dozens of people leaves 49. This module only describes and checks.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, Literal, TypeAlias, cast, get_args

from backupreader.store import canonical
from backupreader.store.canonical import Value
from backupreader.store.carried import bytes_of, text_of
from backupreader.store.seal import PUBLIC_BYTES, SEALED_BYTES

SlotKind: TypeAlias = Literal["account", "event-code", "recovery"]
SALT_BYTES: Final = 16
ID_BYTES: Final = 16
PROOF_BYTES: Final = 32
LONGEST_NAME: Final = 64
MEMORY_KIB: Final = range(8 * 1024, 1024 * 1024 + 1)
PASSES: Final = range(1, 21)
LANES: Final = range(1, 9)
SECONDS: Final = 1.0
"""What an unlock should take: hardly noticed by a person, and dear for whoever guesses."""


class BadSlot(ValueError):
    """A slot that no version of this program writes, or parameters that must not reach Argon2id."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one guess costs: Argon2id's memory in KiB, passes, and lanes. The default is the least of a real vault."""

    memory_kib: int = 256 * 1024
    time: int = 3
    lanes: int = 2

    def check(self) -> None:
        """Raises `BadSlot` out of range: below, it guards nothing.

        Above, a changed file could keep the PC from unlocking.
        """
        if self.memory_kib not in MEMORY_KIB or self.time not in PASSES or self.lanes not in LANES:
            raise BadSlot(f"Argon2id with {self.memory_kib} KiB, {self.time} passes, {self.lanes} lanes")

    @classmethod
    def calibrated(cls, measure: Callable[[Cost], float]) -> Cost:
        """The cost with which an unlock takes about `SECONDS` on this PC, never below the default.

        `measure` says how many seconds one guess takes; it is asked once, about the default.
        """
        least = cls()
        seconds = measure(least)
        passes = round(SECONDS * least.time / seconds) if seconds > 0 else PASSES[-1]
        return cls(least.memory_kib, min(max(least.time, passes), PASSES[-1]), least.lanes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """One way to open the vault.

    `name`, `role` and `units` are the person's for an account, `sheet`, `number` and `holder` a code's; else empty.
    `by` is the person who made it; empty when that was done with the recovery code. `born` is the id of a vault key.
    """

    kind: SlotKind
    name: str = ""
    role: str = ""
    units: tuple[str, ...] = ()
    sheet: int = 0
    number: int = 0
    holder: str = ""
    by: str = ""
    born: str = ""
    created: str
    salt: bytes
    id: bytes
    cost: Cost
    public: bytes = field(repr=False, default=b"")
    sealed: bytes = field(repr=False, default=b"")
    proof: bytes = field(repr=False, default=b"")
    birth: bytes = field(repr=False, default=b"")

    @property
    def with_machine_secret(self) -> bool:
        """Whether it opens on this PC only. The recovery code must open the disk in another PC."""
        return self.kind != "recovery"

    def description(self) -> dict[str, Value]:
        """All but the seal and the two proofs."""
        return {
            "born": self.born,
            "by": self.by,
            "created": self.created,
            "holder": self.holder,
            "id": self.id.hex(),
            "kind": self.kind,
            "lanes": self.cost.lanes,
            "memory_kib": self.cost.memory_kib,
            "name": self.name,
            "number": self.number,
            "public": text_of(self.public),
            "role": self.role,
            "salt": self.salt.hex(),
            "sheet": self.sheet,
            "time": self.cost.time,
            "units": list(self.units),
        }

    def bound(self) -> bytes:
        """What the seal and the proofs hold to."""
        return b"backupreader slot 3\0" + canonical.encode(self.description())

    def value(self) -> Value:
        """What the slot file holds."""
        proofs: dict[str, Value] = {"birth": text_of(self.birth), "proof": text_of(self.proof)}
        return {**self.description(), **proofs, "sealed": text_of(self.sealed)}


def folded(name: str) -> str:
    """A person's name as it is compared: neither capitals nor the number of blanks tell two people apart."""
    return " ".join(name.split()).casefold()


def read_slot(value: Value) -> Slot:
    """The slot that `Slot.value` wrote, its parameters in range. Raises `BadSlot`."""
    if not isinstance(value, dict) or value.keys() != _FIELDS:
        raise BadSlot("other fields")
    kind = next((kind for kind in get_args(SlotKind) if kind == value["kind"]), None)
    units = value["units"]
    if kind is None or not isinstance(units, list) or not all(isinstance(unit, str) for unit in units):
        raise BadSlot("another kind")
    cost = Cost(_number(value["memory_kib"]), _number(value["time"]), _number(value["lanes"]))
    cost.check()
    try:
        salt, identity = bytes.fromhex(str(value["salt"])), bytes.fromhex(str(value["id"]))
    except ValueError as trouble:
        raise BadSlot("bytes that are none") from trouble
    public, sealed, proof, birth = (bytes_of(str(value[name])) for name in ("public", "sealed", "proof", "birth"))
    if tuple(map(len, (salt, identity, public, sealed, proof, birth))) != _LENGTHS:
        raise BadSlot("bytes of another length")
    return Slot(
        kind=kind,
        name=_words(value["name"]),
        role=_words(value["role"]),
        units=tuple(cast("list[str]", units)),
        sheet=_number(value["sheet"]),
        number=_number(value["number"]),
        holder=_words(value["holder"]),
        by=_words(value["by"]),
        born=_words(value["born"]),
        created=_words(value["created"]),
        salt=salt,
        id=identity,
        cost=cost,
        public=public,
        sealed=sealed,
        proof=proof,
        birth=birth,
    )


_LENGTHS = (SALT_BYTES, ID_BYTES, PUBLIC_BYTES, SEALED_BYTES, PROOF_BYTES, PROOF_BYTES)
_FIELDS = {
    *(
        "birth",
        "born",
        "by",
        "created",
        "holder",
        "id",
        "kind",
        "lanes",
        "memory_kib",
        "name",
        "number",
        "proof",
        "public",
        "role",
        "salt",
        "sealed",
    ),
    *("sheet", "time", "units"),
}


def _number(value: Value) -> int:
    if not isinstance(value, int):
        raise BadSlot("a number")
    return value


def _words(value: Value) -> str:
    if not isinstance(value, str):
        raise BadSlot("a text")
    return value
