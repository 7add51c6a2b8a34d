"""The vault: the PC's private key, openable only by a named person's words or by the recovery code (DESIGN.md, part 6).

    vault/identity.vault                the public half: name, site, key; carried to the export machine
    vault/slots-a.json, slots-b.json    the slots, two copies written in turn
    vault/machine-secret                32 bytes that bind account slots to this PC (settings.machine_secret: elsewhere)

The seed is never on the disk outside a slot. There is no counter that locks anyone out: in an outage, care comes first.
One of the two homes of `cryptography` (the other is `seal`).
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from backupreader.domain.errors import (
    ALREADY_THERE,
    NO_VAULT,
    NOT_FOUND,
    VAULT_DAMAGED,
    WRONG_PASSPHRASE,
    ReaderError,
    Reason,
)
from backupreader.language import N_
from backupreader.store import wordlist
from backupreader.store.canonical import Value
from backupreader.store.carried import VAULT_SUFFIX, VaultIdentity
from backupreader.store.copies import Copies
from backupreader.store.files import SECRET, Files
from backupreader.store.seal import SEED_BYTES, public_of, vault_id
from backupreader.store.slots import (
    ID_BYTES,
    LONGEST_NAME,
    NONCE_BYTES,
    SALT_BYTES,
    BadSlot,
    Cost,
    Slot,
    SlotKind,
    read_slot,
)
from backupreader.store.wordlist import propose_words

__all__ = [
    "Cost",
    "Unlocked",
    "Vault",
    "VaultIdentity",
    "init",
    "load",
    "load_identity",
    "make_machine_secret",
    "propose_words",
    "read_machine_secret",
    "unlock",
]
MACHINE_SECRET_BYTES: Final = 32
_IDENTITY = "identity" + VAULT_SUFFIX


@dataclass(frozen=True, slots=True)
class Unlocked:
    """An open vault. `account` is the person's name; empty after the recovery code, which is nobody's."""

    identity: VaultIdentity
    seed: bytes = field(repr=False)
    account: str
    kind: SlotKind


@dataclass(frozen=True, slots=True)
class Vault:
    """The vault in a folder, closed."""

    folder: Path
    identity: VaultIdentity
    slots: tuple[Slot, ...]
    files: Files = field(repr=False)

    @property
    def accounts(self) -> tuple[str, ...]:
        """The names of those who can open it."""
        return tuple(slot.name for slot in self.slots if slot.kind == "account")

    @property
    def cost(self) -> Cost:
        """What one guess costs here. New slots take it over, so that typing words goes on to cost one Argon2id."""
        return next((slot.cost for slot in self.slots if slot.kind == "account"), Cost())

    def unlock(self, typed: str, machine_secret: bytes | None, account: str | None = None) -> Unlocked:
        """Open it with a person's words, or with the recovery code. Raises WRONG_PASSPHRASE.

        With `account` only that person's slot is tried. Costs one Argon2id, whatever the number of accounts.
        """
        code = wordlist.read_recovery_code(typed)
        if code is not None:
            opened = self._try((slot for slot in self.slots if slot.kind == "recovery"), code, None)
        else:
            candidates = (slot for slot in self.slots if slot.kind == "account" and account in (None, slot.name))
            opened = self._try(candidates, wordlist.typed(typed), machine_secret)
        if opened is None:
            raise ReaderError(WRONG_PASSPHRASE)
        return opened

    def with_account(self, opened: Unlocked, name: str, passphrase: str, machine_secret: bytes, cost: Cost) -> Vault:
        """The vault with one more person. Raises ALREADY_THERE for a name that has an account."""
        name = name.strip()
        if not 1 <= len(name) <= LONGEST_NAME or not name.isprintable():
            raise ReaderError(NOT_FOUND, what=name, known=", ".join(self.accounts))
        if any(known.casefold() == name.casefold() for known in self.accounts):
            raise ReaderError(ALREADY_THERE, path=name)
        slot = _described("account", name, self.identity.id, self._shared_salt(cost), cost)
        return self._saved(
            (*self.slots, _closed(slot, opened.seed, wordlist.typed(passphrase), machine_secret)), both=False
        )

    def without_account(self, name: str) -> Vault:
        """The vault without this person; no copy of the slot is left. Raises NOT_FOUND."""
        left = tuple(slot for slot in self.slots if slot.kind != "account" or slot.name != name)
        if len(left) == len(self.slots):
            raise ReaderError(NOT_FOUND, what=name, known=", ".join(self.accounts))
        return self._saved(left, both=True)

    def with_recovery(self, opened: Unlocked, cost: Cost) -> tuple[Vault, str]:
        """The vault with a fresh recovery code in place of the old one, and the code as it is printed."""
        code = wordlist.new_recovery_code()
        slot = _described("recovery", "", self.identity.id, os.urandom(SALT_BYTES), cost)
        left = tuple(slot for slot in self.slots if slot.kind != "recovery")
        return self._saved((*left, _closed(slot, opened.seed, code, None)), both=True), wordlist.printed_recovery_code(
            code
        )

    def _shared_salt(self, cost: Cost) -> bytes:
        """The account slots' salt, so that one Argon2id serves them all (see `slots`)."""
        for slot in self.slots:
            if slot.kind == "account" and slot.cost == cost:
                return slot.salt
        return os.urandom(SALT_BYTES)

    def _try(self, slots: Iterable[Slot], secret_text: bytes, machine_secret: bytes | None) -> Unlocked | None:
        hardened: dict[tuple[bytes, Cost], bytes] = {}
        for slot in slots:
            if slot.with_machine_secret and machine_secret is None:
                raise ReaderError(VAULT_DAMAGED, reason=Reason(N_("this PC's machine secret is missing")))
            way = (slot.salt, slot.cost)
            if way not in hardened:
                hardened[way] = _harden(slot, secret_text, machine_secret)
            seed = _open(slot, hardened[way])
            if seed is not None and vault_id(public_of(seed)) == self.identity.id:
                return Unlocked(self.identity, seed, slot.name, slot.kind)
        return None

    def _saved(self, slots: tuple[Slot, ...], *, both: bool) -> Vault:
        copies = Copies(self.folder, "slots", self.files)
        value: Value = [slot.value() for slot in slots]
        (copies.write_both if both else copies.write)(value)
        return replace(self, slots=slots)


def init(  # noqa: PLR0913, PLR0917 (all that a vault is made of, once in its life)
    folder: Path,
    name: str,
    site: str,
    passphrase: str,
    files: Files,
    cost: Cost,
    *,
    account: str,
    machine_secret: bytes,
) -> tuple[Vault, Unlocked]:
    """A new vault with one account and no recovery code yet, and the vault opened.

    Raises ALREADY_THERE when the folder holds one.
    """
    if Copies(folder, "slots", files).present:
        raise ReaderError(ALREADY_THERE, path=folder)
    seed = os.urandom(SEED_BYTES)
    identity = VaultIdentity(name, site, public_of(seed))
    files.make_folder(folder)
    # The slots come last: an identity without slots is no vault yet, and a crash between the two is repaired by
    # starting again.
    files.replace(folder / _IDENTITY, identity.encode())
    opened = Unlocked(identity, seed, account.strip(), "account")
    vault = Vault(folder, identity, (), files)
    return vault.with_account(opened, account, passphrase, machine_secret, cost), opened


def load(folder: Path, files: Files) -> Vault:
    """The vault in a folder. Raises NO_VAULT, or VAULT_DAMAGED when neither copy of the slots can be read."""
    identity = load_identity(folder, files)
    copies = Copies(folder, "slots", files)
    if not copies.present:
        raise ReaderError(NO_VAULT, path=folder)
    value = copies.read()
    if not isinstance(value, list):
        raise ReaderError(VAULT_DAMAGED, reason=Reason(N_("neither copy is whole")))
    try:
        slots = tuple(read_slot(item) for item in value)
    except BadSlot as trouble:
        raise ReaderError(VAULT_DAMAGED, reason=trouble) from trouble
    return Vault(folder, identity, slots, files)


def load_identity(folder: Path, files: Files) -> VaultIdentity:
    """The public half only: all that receiving needs. Raises NO_VAULT."""
    if not (folder / _IDENTITY).exists():
        raise ReaderError(NO_VAULT, path=folder)
    return VaultIdentity.read(folder / _IDENTITY, files)


def unlock(folder: Path, passphrase: str, machine_secret: bytes | None, account: str | None = None) -> Unlocked:
    """Open the vault in a folder; see `Vault.unlock`."""
    return load(folder, Files()).unlock(passphrase, machine_secret, account)


def read_machine_secret(path: Path, files: Files) -> bytes | None:
    """The machine secret in a file; None where there is no file. Raises VAULT_DAMAGED when it is not one."""
    if not path.exists():
        return None
    secret = files.read_whole(path, MACHINE_SECRET_BYTES)
    if len(secret) != MACHINE_SECRET_BYTES:
        raise ReaderError(VAULT_DAMAGED, reason=Reason(N_("this PC's machine secret is not whole")))
    return secret


def make_machine_secret(path: Path, files: Files) -> bytes:
    """The machine secret in a file, made where there is none; only this user may read it."""
    secret = read_machine_secret(path, files)
    if secret is None:
        secret = os.urandom(MACHINE_SECRET_BYTES)
        files.make_folder(path.parent)
        files.replace(path, secret, SECRET)
    return secret


def _described(kind: SlotKind, name: str, vault: str, salt: bytes, cost: Cost) -> Slot:
    created = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return Slot(kind=kind, name=name, vault=vault, created=created, salt=salt, id=os.urandom(ID_BYTES), cost=cost)


def _closed(slot: Slot, seed: bytes, secret_text: bytes, machine_secret: bytes | None) -> Slot:
    key = _slot_key(slot, _harden(slot, secret_text, machine_secret))
    nonce = os.urandom(NONCE_BYTES)
    return replace(slot, sealed=nonce + AESGCM(key).encrypt(nonce, seed, slot.bound()))


def _open(slot: Slot, hardened: bytes) -> bytes | None:
    nonce, closed = slot.sealed[:NONCE_BYTES], slot.sealed[NONCE_BYTES:]
    try:
        return AESGCM(_slot_key(slot, hardened)).decrypt(nonce, closed, slot.bound())
    except InvalidTag:
        return None


def _harden(slot: Slot, secret_text: bytes, machine_secret: bytes | None) -> bytes:
    slot.cost.check()  # a changed slot file must not be able to ask for two tebibytes
    return Argon2id(
        salt=slot.salt,
        length=32,
        iterations=slot.cost.time,
        lanes=slot.cost.lanes,
        memory_cost=slot.cost.memory_kib,
        ad=slot.kind.encode("ascii"),
        secret=machine_secret if slot.with_machine_secret else None,
    ).derive(secret_text)


def _slot_key(slot: Slot, hardened: bytes) -> bytes:
    return HKDF(
        algorithm=SHA256(), length=32, salt=slot.id, info=b"backupreader slot key 1\0" + slot.kind.encode("ascii")
    ).derive(hardened)
