"""The vault: the PC's private key, openable only by a named person's words, an event code, or the recovery code.

    vault/slots-a.json, slots-b.json      who can open it, and its public keys: the truth about it (`slotfile`)
    vault/identity.vault, former-….vault  its public halves, for receiving and for the export machine (`identities`)
    vault/machine-secret                  32 bytes that bind words and codes to this PC (`machine`: or elsewhere)

The seeds are never on the disk but sealed to slots (`keyring`). There is no counter that locks anyone out: in an
outage, care comes first. DESIGN.md, part 6.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from backupreader.domain.errors import ALREADY_THERE, HALF_A_CODE, NOT_FOUND, VAULT_DAMAGED, WRONG_PASSPHRASE
from backupreader.domain.trouble import Kind, ReaderError, Reason
from backupreader.language import N_
from backupreader.store import eventcodes, keyring, spending, wordlist
from backupreader.store.carried import VaultIdentity
from backupreader.store.eventcodes import Sheet
from backupreader.store.files import Files
from backupreader.store.hardening import harden, keyed, seconds, slot_seed
from backupreader.store.identities import load_identities, load_identity, sealed_to_former
from backupreader.store.machine import make_file as make_machine_secret
from backupreader.store.machine import read_file as read_machine_secret
from backupreader.store.seal import SEED_BYTES, public_of
from backupreader.store.slotfile import Held, SlotFile
from backupreader.store.slots import ID_BYTES, LONGEST_NAME, SALT_BYTES, Cost, Slot, SlotKind, folded
from backupreader.store.unlocked import Unlocked
from backupreader.store.wordlist import propose_words

__all__ = [
    "Cost",
    "Unlocked",
    "Vault",
    "VaultIdentity",
    "init",
    "load",
    "load_identities",
    "load_identity",
    "make_machine_secret",
    "propose_words",
    "read_machine_secret",
    "sealed_to_former",
    "seconds",
    "unlock",
]


_Found = tuple[Slot, bytes, Mapping[str, bytes]]


@dataclass(frozen=True, slots=True)
class Vault:
    """The vault in a folder, closed. Every change is on the disk, in both copies, when its method returns."""

    folder: Path
    held: Held
    files: Files = field(repr=False)

    @property
    def identity(self) -> VaultIdentity:
        """What packages are to be sealed to."""
        return self.held.identity

    @property
    def slots(self) -> tuple[Slot, ...]:
        """Every way to open it."""
        return self.held.slots

    @property
    def sheets(self) -> tuple[Sheet, ...]:
        """Every sheet of event codes that was ever issued."""
        return self.held.sheets

    @property
    def accounts(self) -> tuple[str, ...]:
        """The names of those who can open it."""
        return tuple(slot.name for slot in self.slots if slot.kind == "account")

    @property
    def cost(self) -> Cost:
        """What one guess costs here. New slots take it over, so that typing words goes on to cost one Argon2id."""
        return next((slot.cost for slot in self.slots if slot.kind == "account"), Cost())

    def unlock(
        self, typed: str, machine_secret: bytes | None, account: str | None = None, *, no_codes: Kind | None = None
    ) -> Unlocked:
        """Open it with a person's words, an event code, or the recovery code. Raises WRONG_PASSPHRASE, CODE_USED.

        With `account` that person's slot is tried and no other account's. Costs one Argon2id, whatever the number of
        accounts, and one more where it comes to event codes. Half a recovery code is told (HALF_A_CODE). With
        `no_codes` an event code is refused for that reason. None is spent here: see `Unlocked.spend`.
        """
        if (part := wordlist.lone_recovery_part(typed)) is not None:
            raise ReaderError(HALF_A_CODE, part=part)
        code = wordlist.read_recovery_code(typed)
        if code is not None:
            found = self._try((slot for slot in self.slots if slot.kind == "recovery"), code, None)
        else:
            found = self._try_words(typed, machine_secret, account)
        if found is None:
            spending.tell_spent(self.held, typed)
            raise ReaderError(WRONG_PASSPHRASE)
        slot, own, seeds = found
        if no_codes is not None and slot.kind == "event-code":
            raise ReaderError(no_codes)
        return Unlocked(
            identity=self.identity,
            seeds=seeds,
            account=slot.name,
            kind=slot.kind,
            role=slot.role,
            units=slot.units,
            sheet=slot.sheet,
            number=slot.number,
            settling=partial(spending.spend, self.folder, slot, self.files)
            if slot.kind == "event-code"
            else partial(spending.hold, self.folder, slot, own, seeds, self.files),
        )

    def with_account(  # noqa: PLR0913 (all that is said of a person)
        self,
        opened: Unlocked,
        name: str,
        passphrase: str,
        machine_secret: bytes,
        cost: Cost,
        *,
        role: str = "",
        units: tuple[str, ...] = (),
    ) -> Vault:
        """The vault with one more person. Raises ALREADY_THERE for a name that has an account."""
        slot = self.person(name, passphrase, machine_secret, cost, role, units, by=opened.account)

        def added(held: Held) -> Held:
            if _of(held, name) is not None:
                raise ReaderError(ALREADY_THERE, path=name.strip())
            return keyring.added(held, opened.seeds, [slot])

        return self.changed(opened, added)

    def with_words(self, opened: Unlocked, name: str, passphrase: str, machine_secret: bytes, cost: Cost) -> Vault:
        """The vault with fresh words for a person who has forgotten hers; the key stays. Raises NOT_FOUND."""
        known = self.account(name)
        slot = self.person(known.name, passphrase, machine_secret, cost, known.role, known.units, by=opened.account)

        def renewed(held: Held) -> Held:
            return keyring.added(replace(held, slots=_without(held, known.name)), opened.seeds, [slot])

        return self.changed(opened, renewed)

    def without_account(self, opened: Unlocked, name: str) -> Vault:
        """The vault without this person, under a new key that she never had. Raises NOT_FOUND.

        Sheets of event codes that she held or issued are cancelled. Until the export machine has the new public half,
        packages are still sealed to the former key, which opens here too.
        """
        known = self.account(name)

        def removed(held: Held) -> Held:
            for sheet in handed_out(held, known.name):
                held = held.without_codes(sheet, _now())
            return keyring.renewed(held, opened.seeds, _without(held, known.name))

        return self.changed(opened, removed)

    def with_recovery(
        self, opened: Unlocked, cost: Cost, *, parts: int = 1, codes: tuple[str, ...] = ()
    ) -> tuple[Vault, tuple[str, ...]]:
        """The vault with a fresh recovery code in place of the old one, and the code as it is printed.

        In two parts where the site wants it so: both are needed. `codes` are those that are on paper already.
        """
        printed = codes or wordlist.recovery_codes(parts)
        code = wordlist.read_recovery_code("".join(printed))
        assert code is not None
        described = replace(self.described("recovery", cost), by=opened.account)
        slot = keyed(described, self.identity, code, None)

        def replaced(held: Held) -> Held:
            left = tuple(other for other in held.slots if other.kind != "recovery")
            return keyring.added(replace(held, slots=left), opened.seeds, [slot])

        return self.changed(opened, replaced), printed

    def changed(self, opened: Unlocked, change: Callable[[Held], Held]) -> Vault:
        """The vault after `change`, which is given what is on the disk now. Raises DATA_ONLY after an event code."""
        opened.check_may_change()
        return replace(self, held=SlotFile(self.folder, self.files).change(change))

    def described(self, kind: SlotKind, cost: Cost) -> Slot:
        """A new slot without a key. It shares the salt of its kind, so that one Argon2id serves them all (`slots`)."""
        alike = (slot.salt for slot in self.slots if slot.kind == kind and slot.cost == cost)
        salt = os.urandom(SALT_BYTES) if kind == "recovery" else next(alike, None) or os.urandom(SALT_BYTES)
        return Slot(kind=kind, created=_now(), salt=salt, id=os.urandom(ID_BYTES), cost=cost)

    def person(  # noqa: PLR0913, PLR0917 (all that stands in a person's slot)
        self,
        name: str,
        passphrase: str,
        machine_secret: bytes,
        cost: Cost,
        role: str,
        units: tuple[str, ...],
        *,
        by: str,
    ) -> Slot:
        """A person's slot, not yet closed. Raises NOT_FOUND for a name that is none."""
        name = name.strip()
        if not all(1 <= len(text) <= LONGEST_NAME and text.isprintable() for text in (name, role or "-", *units)):
            raise ReaderError(NOT_FOUND, what=name, known=", ".join(self.accounts))
        described = replace(self.described("account", cost), name=name, role=role, units=units, by=by)
        return keyed(described, self.identity, wordlist.typed(passphrase), machine_secret)

    def made_by(self, name: str) -> tuple[Slot, ...]:
        """The slots that a person made for others, or for everybody: she has seen what opens them."""
        wanted = folded(name)
        return tuple(slot for slot in self.slots if folded(slot.by) == wanted and folded(slot.name) != wanted)

    def account(self, name: str) -> Slot:
        """The slot of a person, however her name's capitals are typed. Raises NOT_FOUND."""
        slot = _of(self.held, name)
        if slot is None:
            raise ReaderError(NOT_FOUND, what=name, known=", ".join(self.accounts))
        return slot

    def _try_words(self, typed: str, machine_secret: bytes | None, account: str | None) -> _Found | None:
        accounts = [slot for slot in self.slots if slot.kind == "account" and account in {None, slot.name}]
        codes = [slot for slot in self.slots if slot.kind == "event-code"]
        tries = [(accounts, typed), (codes, eventcodes.typed_words(typed))]
        if eventcodes.typed_number(typed) is not None:
            tries.reverse()
        found = (self._try(slots, wordlist.typed(words), machine_secret) for slots, words in tries)
        return next((slot for slot in found if slot is not None), None)

    def _try(self, slots: Iterable[Slot], secret_text: bytes, machine_secret: bytes | None) -> _Found | None:
        hardened: dict[tuple[bytes, Cost], bytes] = {}
        for slot in slots:
            if slot.with_machine_secret and machine_secret is None:
                raise ReaderError(VAULT_DAMAGED, reason=Reason(N_("this PC's machine secret is missing")))
            way = (slot.salt, slot.cost)
            if way not in hardened:
                hardened[way] = harden(slot, secret_text, machine_secret)
            own = slot_seed(slot, hardened[way])
            seeds = keyring.opened(self.held, slot, own)
            if seeds is not None:
                return slot, own, seeds
        return None


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
    role: str = "",
    units: tuple[str, ...] = (),
) -> tuple[Vault, Unlocked]:
    """A new vault with one account and no recovery code yet, and the vault opened.

    Raises ALREADY_THERE when the folder holds one.
    """
    check_none(folder, files)
    seed = os.urandom(SEED_BYTES)
    identity = VaultIdentity(name, site, public_of(seed))
    opened = Unlocked(
        identity=identity, seeds={identity.id: seed}, account=account.strip(), kind="account", role=role, units=units
    )
    empty = Vault(folder, Held(identity=identity), files)
    slot = empty.person(account, passphrase, machine_secret, cost, role, units, by=account.strip())
    made = replace(empty, held=keyring.added(empty.held, opened.seeds, [slot]))
    SlotFile(folder, files).make(made.held)
    return made, opened


def check_none(folder: Path, files: Files) -> None:
    """Raises ALREADY_THERE when the folder holds a vault."""
    if SlotFile(folder, files).present:
        raise ReaderError(ALREADY_THERE, path=folder)


def load(folder: Path, files: Files) -> Vault:
    """The vault in a folder. Raises NO_VAULT, or VAULT_DAMAGED when neither copy of the slots can be read.

    What a crash left undone is done now, where the disk takes it.
    """
    file = SlotFile(folder, files)
    held = file.read()
    file.settle(held)
    return Vault(folder, held, files)


def unlock(folder: Path, passphrase: str, machine_secret: bytes | None, account: str | None = None) -> Unlocked:
    """Open the vault in a folder; see `Vault.unlock`."""
    return load(folder, Files()).unlock(passphrase, machine_secret, account)


def handed_out(held: Held, name: str) -> tuple[int, ...]:
    """The numbers of the sheets that a person holds or has issued, as the sheets' records say or their codes do.

    A record is bound to nothing; what stands in a code's slot is.
    """
    wanted = folded(name)
    told = {(sheet.number, by) for sheet in held.sheets for by in (sheet.holder, sheet.issued_by)}
    told |= {(slot.sheet, by) for slot in held.slots if slot.sheet for by in (slot.holder, slot.by)}
    return tuple(sorted({number for number, by in told if folded(by) == wanted}))


def _without(held: Held, name: str) -> tuple[Slot, ...]:
    wanted = folded(name)
    return tuple(slot for slot in held.slots if slot.kind != "account" or folded(slot.name) != wanted)


def _of(held: Held, name: str) -> Slot | None:
    """The slot of a person, however her name's capitals are typed."""
    wanted = folded(name)
    return next((slot for slot in held.slots if slot.kind == "account" and folded(slot.name) == wanted), None)


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
