"""The slot file: the vault's public key, its former ones, the slots, and the record of the sheets of event codes.

    vault/slots-a.json, slots-b.json    two copies of the same, written in turn
    vault/lock                          held while the file is changed

It is the truth about the vault: one file changes with one rename, and the ``.vault`` files beside it are written after
it (`identities.publish`). What a crash left undone is done at the next reading: the second copy, then the files beside.
Nothing that was taken out stays in either copy.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from backupreader.domain.errors import ALREADY_THERE, BUSY, FILE_TROUBLE, NO_VAULT, VAULT_DAMAGED
from backupreader.domain.trouble import ReaderError, Reason
from backupreader.language import N_
from backupreader.store import canonical, identities
from backupreader.store.canonical import Value
from backupreader.store.carried import VaultIdentity, bytes_of, text_of
from backupreader.store.copies import LARGEST, Copies
from backupreader.store.eventcodes import Sheet, read_sheet
from backupreader.store.files import Files
from backupreader.store.manifest import is_site
from backupreader.store.seal import SEALED_BYTES, usable_public
from backupreader.store.slots import BadSlot, Slot, folded, read_slot

_NAME: Final = "slots"
_KIND: Final = "backupreader slots 3"
MOST_WAYS: Final = 8
"""So many runs of Argon2id at most try all slots of a file; one of ours needs three."""
NOT_WHOLE: Final = Reason(N_("neither copy is whole"))
ANOTHER: Final = Reason(N_("they belong to another vault"))
OLDER: Final = Reason(N_("they are from before an account was taken away"))
AT_WORK: Final = Reason(N_("another change of the vault is at work"))
TOO_MANY: Final = Reason(N_("it holds as many people and codes as it can"))


@dataclass(frozen=True, slots=True)
class Former:
    """A vault key that was in use before, its seed sealed to the one that is in use now."""

    identity: VaultIdentity
    sealed: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """All that the slot file holds. `former` begins with the youngest."""

    identity: VaultIdentity
    former: tuple[Former, ...] = ()
    slots: tuple[Slot, ...] = ()
    sheets: tuple[Sheet, ...] = ()

    @property
    def keys_before(self) -> tuple[VaultIdentity, ...]:
        """The public halves of the former keys."""
        return tuple(former.identity for former in self.former)

    def without_codes(self, sheet: int, moment: str) -> Held:
        """The same, with the sheet cancelled that has this number; one that is cancelled stays as it is."""
        return replace(
            self,
            slots=tuple(slot for slot in self.slots if not slot.sheet or slot.sheet != sheet),
            sheets=tuple(
                replace(one, cancelled=one.cancelled or moment) if one.number == sheet else one for one in self.sheets
            ),
        )

    def value(self) -> Value:
        """As it is written."""
        return {
            "former": [{"public": text_of(f.identity.public), "sealed": text_of(f.sealed)} for f in self.former],
            "kind": _KIND,
            "name": self.identity.name,
            "public": text_of(self.identity.public),
            "sheets": [sheet.value() for sheet in self.sheets],
            "site": self.identity.site,
            "slots": [slot.value() for slot in self.slots],
        }


class SlotFile:
    """The slot file in a vault's folder."""

    def __init__(self, folder: Path, files: Files) -> None:
        self._folder = folder
        self._files = files
        self._copies = Copies(folder, _NAME, files)

    @property
    def present(self) -> bool:
        """Whether there is any copy, whole or not."""
        return self._copies.present

    def read(self) -> Held:
        """What it holds. Raises NO_VAULT, or VAULT_DAMAGED when no copy can be read or it is another vault's."""
        if not self._copies.present:
            raise ReaderError(NO_VAULT, path=self._folder)
        value = self._copies.read()
        if value is None:
            raise ReaderError(VAULT_DAMAGED, reason=NOT_WHOLE)
        try:
            held = _held(value)
        except BadSlot as trouble:
            raise ReaderError(VAULT_DAMAGED, reason=trouble) from trouble
        published = identities.read_or_none(self._folder / identities.IDENTITY, self._files)
        if published is not None and published not in (held.identity, *held.keys_before):
            raise ReaderError(VAULT_DAMAGED, reason=ANOTHER)
        # A key becomes a former one after the slots have moved on, so these are older: put back, with what a person
        # who was taken away knows. Where the file of the key in use is missing, nothing else tells.
        if (self._folder / identities.former_name(held.identity)).exists():
            raise ReaderError(VAULT_DAMAGED, reason=OLDER)
        return held

    def agrees(self, held: Held) -> bool:
        """Whether the ``.vault`` files say what the slots say, and none of them anything else."""
        there = {path.name for path in self._folder.glob("*.vault")}
        known = {identities.IDENTITY, *(identities.former_name(key) for key in held.keys_before)}
        return there <= known and identities.published(self._folder, held.identity, held.keys_before, self._files)

    def settle(self, held: Held) -> None:
        """Do what a crash or a damaged disk left undone. A disk that takes nothing keeps nobody from reading."""
        if self._copies.alike and identities.published(self._folder, held.identity, held.keys_before, self._files):
            return
        with suppress(ReaderError):
            self.change(lambda now: now)

    def make(self, held: Held) -> None:
        """The first one of a vault. Raises ALREADY_THERE when the folder holds one."""
        self._files.make_folder(self._folder)
        with self._locked():
            if self._copies.present:
                raise ReaderError(ALREADY_THERE, path=self._folder)
            # The slots come last: an identity without slots is no vault yet, and a crash between the two is repaired
            # by starting again.
            identities.publish(self._folder, held.identity, (), self._files)
            self._write(held)

    def change(self, changed: Callable[[Held], Held], patience: float = 0.0) -> Held:
        """What it holds afterwards: `changed` of what it holds now, in both copies when this returns.

        Two changes at a time never lose one: the later is told to wait (FILE_TROUBLE), after `patience` seconds.
        """
        with self._locked(patience):
            held = changed(self.read())
            self._write(held)
            identities.publish(self._folder, held.identity, held.keys_before, self._files)
        return held

    @contextmanager
    def _locked(self, patience: float = 0.0) -> Generator[None]:
        with ExitStack() as stack:
            try:
                stack.enter_context(self._files.lock(self._folder / "lock", patience))
            except ReaderError as trouble:
                if trouble.kind is not BUSY:
                    raise
                raise ReaderError(FILE_TROUBLE, path=self._folder, reason=AT_WORK) from None
            yield

    def _write(self, held: Held) -> None:
        value = held.value()
        if len(canonical.encode(value)) > LARGEST - 1024:
            raise ReaderError(FILE_TROUBLE, path=self._folder, reason=TOO_MANY)
        self._copies.write_both(value)


def _held(value: Value) -> Held:
    """The value that `Held.value` wrote. Raises `BadSlot`."""
    if not isinstance(value, dict) or value.keys() != _FIELDS or value["kind"] != _KIND:
        raise BadSlot("another kind of file")
    former, slots, sheets = value["former"], value["slots"], value["sheets"]
    if not isinstance(former, list) or not isinstance(slots, list) or not isinstance(sheets, list):
        raise BadSlot("a list")
    name, site = str(value["name"]), str(value["site"])
    if not is_site(name) or not is_site(site):
        raise BadSlot("a name")
    read = tuple(read_slot(slot) for slot in slots)
    if len({(slot.kind, slot.salt, slot.cost) for slot in read}) > MOST_WAYS:
        raise BadSlot("slots of too many kinds")
    held = Held(
        identity=_identity(name, site, value["public"]),
        former=tuple(_former(name, site, one) for one in former),
        slots=read,
        sheets=tuple(read_sheet(sheet) for sheet in sheets),
    )
    _check_single(held)
    return held


def _check_single(held: Held) -> None:
    """Raises `BadSlot` for anything that stands twice: what is taken out must be gone."""
    slots = held.slots
    for several in (
        [slot.id for slot in slots],
        [slot.public for slot in slots],
        [folded(slot.name) for slot in slots if slot.kind == "account"],
        [(slot.sheet, slot.number) for slot in slots if slot.kind == "event-code"],
        [slot.kind for slot in slots if slot.kind == "recovery"],
        [sheet.number for sheet in held.sheets],
        [key.id for key in (held.identity, *held.keys_before)],
    ):
        if len(set(several)) != len(several):
            raise BadSlot("something that stands twice")


_FIELDS = {"former", "kind", "name", "public", "sheets", "site", "slots"}


def _identity(name: str, site: str, public: Value) -> VaultIdentity:
    identity = VaultIdentity(name, site, bytes_of(str(public)))
    if not usable_public(identity.public):
        raise BadSlot("a key that is none")
    return identity


def _former(name: str, site: str, value: Value) -> Former:
    if not isinstance(value, dict) or value.keys() != {"public", "sealed"}:
        raise BadSlot("a former key with other fields")
    sealed = bytes_of(str(value["sealed"]))
    if len(sealed) != SEALED_BYTES:
        raise BadSlot("a former key of another length")
    return Former(_identity(name, site, value["public"]), sealed)
