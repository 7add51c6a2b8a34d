"""The public halves of the vault that lie beside its slots: all of it that receiving and `status` need.

vault/identity.vault      what packages are sealed to; carried to the export machine
vault/former-<id>.vault   what they were sealed to before a person was taken out; what is on its way still arrives
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from backupreader.domain.errors import NO_VAULT
from backupreader.domain.trouble import ReaderError
from backupreader.store.carried import VAULT_SUFFIX, VaultIdentity
from backupreader.store.files import Files

IDENTITY: Final = "identity" + VAULT_SUFFIX
_FORMER: Final = "former-"


def load_identity(folder: Path, files: Files) -> VaultIdentity:
    """What packages are to be sealed to. Raises NO_VAULT."""
    if not (folder / IDENTITY).exists():
        raise ReaderError(NO_VAULT, path=folder)
    return VaultIdentity.read(folder / IDENTITY, files)


def load_identities(folder: Path, files: Files) -> tuple[VaultIdentity, ...]:
    """The same, and then the former ones. Raises NO_VAULT."""
    found = [load_identity(folder, files)]
    for path in sorted(folder.glob(f"{_FORMER}*{VAULT_SUFFIX}")):
        with suppress(ReaderError):  # a former one that is damaged must not keep new packages out
            found.append(VaultIdentity.read(path, files))
    return tuple(found)


def publish(folder: Path, current: VaultIdentity, former: Sequence[VaultIdentity], files: Files) -> None:
    """Write what is not there yet; the current one last, so that at no moment what was accepted is refused."""
    for path, identity in _places(folder, current, former):
        if read_or_none(path, files) != identity:
            files.replace(path, identity.encode())


def published(folder: Path, current: VaultIdentity, former: Sequence[VaultIdentity], files: Files) -> bool:
    """Whether `publish` has nothing to do."""
    return all(read_or_none(path, files) == identity for path, identity in _places(folder, current, former))


def former_name(identity: VaultIdentity) -> str:
    """Under which name a key is kept that packages were sealed to before."""
    return f"{_FORMER}{identity.id}{VAULT_SUFFIX}"


def _places(
    folder: Path, current: VaultIdentity, former: Sequence[VaultIdentity]
) -> tuple[tuple[Path, VaultIdentity], ...]:
    before = ((folder / former_name(identity), identity) for identity in former)
    return (*before, (folder / IDENTITY, current))


def read_or_none(path: Path, files: Files) -> VaultIdentity | None:
    """The identity in a file; None where there is none, or a damaged one."""
    try:
        return VaultIdentity.read(path, files)
    except ReaderError:
        return None


def sealed_to_former(seals: Collection[str], current: VaultIdentity, former: Collection[VaultIdentity]) -> bool:
    """Whether this PC opens a generation with these seals by a former key only: the new one was not enrolled yet."""
    return current.id not in seals and any(identity.id in seals for identity in former)
