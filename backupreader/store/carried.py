"""The two small files that people carry between the machines: NAME.vault to the export machine, SITE.signer to the PC.

Both hold a public key and are canonical JSON. Neither is a secret, and neither is believed for its own sake: two
people compare fingerprints by phone.
"""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from backupreader.domain.errors import OTHER_KIND
from backupreader.domain.trouble import ReaderError, Reason
from backupreader.language import N_
from backupreader.store import canonical
from backupreader.store.canonical import NotCanonical
from backupreader.store.files import Files
from backupreader.store.manifest import is_site
from backupreader.store.seal import PUBLIC_SIGNER_BYTES, fingerprint, signer_id, usable_public, vault_id

VAULT_SUFFIX: Final = ".vault"
SIGNER_SUFFIX: Final = ".signer"
_LARGEST = 8192
_VAULT = "backupreader vault 1"
_SIGNER = "backupreader signer 1"
NO_VAULT_FILE: Final = Reason(N_("it is not a vault's file"))
NO_SIGNER_FILE: Final = Reason(N_("it is not a signer's file"))


@dataclass(frozen=True, slots=True)
class VaultIdentity:
    """The public half of a vault: what an export machine seals to."""

    name: str
    site: str
    public: bytes = field(repr=False)

    @property
    def id(self) -> str:
        """The name under which packages hold this vault's sealed key."""
        return vault_id(self.public)

    @property
    def fingerprint(self) -> str:
        """What two people compare by phone."""
        return fingerprint(self.id)

    def encode(self) -> bytes:
        """The content of a NAME.vault file."""
        return write(_VAULT, {"name": self.name, "public": text_of(self.public), "site": self.site})

    @classmethod
    def read(cls, path: Path, files: Files) -> VaultIdentity:
        """The identity in a NAME.vault file. Raises OTHER_KIND when it is something else."""
        found = read(path, _VAULT, {"name", "public", "site"}, files, NO_VAULT_FILE)
        identity = cls(found["name"], found["site"], bytes_of(found["public"]))
        if not usable_public(identity.public) or not is_site(identity.site) or not is_site(identity.name):
            raise ReaderError(OTHER_KIND, path=path, reason=NO_VAULT_FILE)
        return identity


@dataclass(frozen=True, slots=True)
class TrustedSigner:
    """The public half of an export machine's signing key, and the only site it may sign for."""

    site: str
    public: bytes

    @property
    def id(self) -> str:
        """The name that its packages carry."""
        return signer_id(self.public)

    @property
    def fingerprint(self) -> str:
        """What two people compare by phone."""
        return fingerprint(self.id)

    def encode(self) -> bytes:
        """The content of a SITE.signer file."""
        return write(_SIGNER, {"public": text_of(self.public), "site": self.site})

    @classmethod
    def read(cls, path: Path, files: Files) -> TrustedSigner:
        """The signer in a SITE.signer file. Raises OTHER_KIND when it is something else."""
        found = read(path, _SIGNER, {"public", "site"}, files, NO_SIGNER_FILE)
        signer = cls(found["site"], bytes_of(found["public"]))
        if len(signer.public) != PUBLIC_SIGNER_BYTES or not is_site(signer.site):
            raise ReaderError(OTHER_KIND, path=path, reason=NO_SIGNER_FILE)
        return signer


def write(kind: str, texts: dict[str, str]) -> bytes:
    """One small file: its kind, and texts by name."""
    return canonical.encode({**texts, "kind": kind}) + b"\n"


def read(path: Path, kind: str, keys: set[str], files: Files, otherwise: Reason) -> dict[str, str]:
    """The texts that `write` wrote. Raises OTHER_KIND with the reason `otherwise` for anything else.

    A line end that a text editor or a mail program changed does no harm.
    """
    try:
        value = canonical.decode(files.read_whole(path, _LARGEST).rstrip(b"\r\n"))
    except NotCanonical as trouble:
        raise ReaderError(OTHER_KIND, path=path, reason=otherwise) from trouble
    texts = {key: text for key, text in value.items() if isinstance(text, str)} if isinstance(value, dict) else {}
    if texts.keys() != keys | {"kind"} or texts["kind"] != kind:
        raise ReaderError(OTHER_KIND, path=path, reason=otherwise)
    return texts


def text_of(key: bytes) -> str:
    """A key as text."""
    return base64.b64encode(key).decode("ascii")


def bytes_of(text: str) -> bytes:
    """The key that `text_of` wrote; no bytes where it is none."""
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return b""
