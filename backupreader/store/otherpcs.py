"""The other backup PCs that sealed pages may be made for here: the public halves of their vaults.

    trust/pcs/<id>.vault    added by hand, after its fingerprint was compared by phone

It says nothing of whose packages are taken, and opens nothing: it is only whom one may seal to.
"""

from __future__ import annotations

from pathlib import Path

from backupreader.domain.errors import NOT_FOUND
from backupreader.domain.trouble import ReaderError
from backupreader.store.carried import VAULT_SUFFIX, VaultIdentity
from backupreader.store.files import Files


class OtherPcs:
    """See the module."""

    def __init__(self, data: Path, files: Files) -> None:
        self._folder = data / "trust" / "pcs"
        self._files = files

    def known(self) -> tuple[VaultIdentity, ...]:
        """All of them, by name. Raises OTHER_KIND or FILE_TROUBLE for one that cannot be read."""
        found = (VaultIdentity.read(path, self._files) for path in sorted(self._folder.glob(f"*{VAULT_SUFFIX}")))
        return tuple(sorted(found, key=lambda one: (one.name, one.site, one.id)))

    def add(self, identity: VaultIdentity) -> tuple[VaultIdentity, ...]:
        """Seal to this PC from now on; gives back its former keys, which are no longer sealed to."""
        former = tuple(one for one in self.known() if _place(one) == _place(identity) and one.id != identity.id)
        self._files.make_folder(self._folder)
        self._files.replace(self._path(identity), identity.encode())
        for one in former:
            self._files.remove(self._path(one))
        return former

    def called(self, name: str) -> VaultIdentity:
        """The one with this name, or with this start of its fingerprint where two have the name. Raises NOT_FOUND."""
        known = self.known()
        found = [one for one in known if one.name == name] or [
            one for one in known if name and one.fingerprint.startswith(name)
        ]
        if len(found) != 1:
            told = ", ".join(f"{one.name} ({one.site}, {one.fingerprint[:5]})" for one in known)
            raise ReaderError(NOT_FOUND, what=name, known=told or "–")
        return found[0]

    def remove(self, name: str) -> VaultIdentity:
        """No longer seal to this PC. Raises NOT_FOUND."""
        gone = self.called(name)
        self._files.remove(self._path(gone))
        return gone

    def _path(self, identity: VaultIdentity) -> Path:
        return self._folder / f"{identity.id}{VAULT_SUFFIX}"


def _place(identity: VaultIdentity) -> tuple[str, str]:
    return identity.name, identity.site
