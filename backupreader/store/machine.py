"""This PC's secret: 32 bytes without which the words alone open nothing, so that a stolen disk is no stolen vault.

Where it comes from is the setting `machine_secret`:

    PATH            a file that only its owner may read
    systemd:NAME    a credential that systemd hands to the service or session (sealed to the TPM, if the PC has one)
    dpapi:PATH      Windows: a file that this Windows installation alone can open
"""

from __future__ import annotations

import os
import re
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, Protocol

from backupreader.domain.errors import BUSY, FILE_TROUBLE, VAULT_DAMAGED
from backupreader.domain.trouble import ReaderError, Reason
from backupreader.language import N_
from backupreader.store.files import SECRET, Files, told

SECRET_BYTES: Final = 32
SYSTEMD: Final = "systemd:"
DPAPI: Final = "dpapi:"
_CREDENTIAL = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,127}")
_LARGEST_BLOB: Final = 8192
_OTHERS: Final = 0o077
_PATIENCE: Final = 10.0
NOT_WHOLE: Final = Reason(N_("this PC's machine secret is not whole"))
OTHERS_MAY_READ: Final = Reason(N_("others than its owner may read it; give it the mode 0600"))
MADE_NOW: Final = Reason(N_("another program is making it now"))
SYSTEMD_MAKES_IT: Final = Reason(N_("systemd hands this secret out and has none; IT makes it with systemd-creds"))
NO_NAME: Final = Reason(N_("it is not the name of a credential"))
WINDOWS_REFUSES: Final = Reason(N_("Windows does not open or close it here: it was made on another PC, or is damaged"))
WINDOWS_ONLY: Final = Reason(N_("Windows alone has this form"))


class Crypt(Protocol):
    """What Windows does with a secret: close it so that this installation alone opens it, and open it again."""

    def protect(self, secret: bytes) -> bytes:
        """The closed form. Raises OSError."""
        ...

    def unprotect(self, blob: bytes) -> bytes:
        """What was closed. Raises OSError when it was closed elsewhere, or damaged."""
        ...


def read(place: str, files: Files, crypt: Crypt | None = None) -> bytes | None:
    """The secret of this PC; None where there is none. Raises VAULT_DAMAGED when it is not whole, or FILE_TROUBLE."""
    if place.startswith(SYSTEMD):
        path = _credential(place)
        return None if path is None or not path.exists() else _whole(files.read_whole(path, SECRET_BYTES + 1))
    if place.startswith(DPAPI):
        path = Path(place.removeprefix(DPAPI))
        if not path.exists():
            return None
        blob, boundary = files.read_whole(path, _LARGEST_BLOB), crypt or _windows(place)
        with _refused(path):
            return _whole(boundary.unprotect(blob))
    return read_file(Path(place), files)


def make(place: str, files: Files, crypt: Crypt | None = None) -> bytes:
    """The secret of this PC, made where there is none. Raises FILE_TROUBLE where it cannot be made here."""
    secret = read(place, files, crypt)
    if secret is not None:
        return secret
    if place.startswith(SYSTEMD):
        raise ReaderError(FILE_TROUBLE, path=place, reason=SYSTEMD_MAKES_IT)
    if not place.startswith(DPAPI):
        return make_file(Path(place), files)
    path, boundary = Path(place.removeprefix(DPAPI)), crypt or _windows(place)
    with _alone(path, files):
        return read(place, files, crypt) or _closed(path, files, boundary)


def _closed(path: Path, files: Files, boundary: Crypt) -> bytes:
    secret = os.urandom(SECRET_BYTES)
    with _refused(path):
        blob = boundary.protect(secret)
    files.replace(path.absolute(), blob, SECRET)
    return secret


def read_file(path: Path, files: Files) -> bytes | None:
    """The secret in a file of its own; see `read`."""
    if not path.exists():
        return None
    with told(path):
        shared = os.name == "posix" and path.stat().st_mode & _OTHERS
    if shared:
        raise ReaderError(FILE_TROUBLE, path=path, reason=OTHERS_MAY_READ)
    return _whole(files.read_whole(path, SECRET_BYTES + 1))


def make_file(path: Path, files: Files) -> bytes:
    """The secret in a file of its own, made where there is none; only this user may read it."""
    secret = read_file(path, files)
    if secret is not None:
        return secret
    with _alone(path, files):
        secret = read_file(path, files)  # another may have made it while we waited
        if secret is None:
            secret = os.urandom(SECRET_BYTES)
            files.replace(path.absolute(), secret, SECRET)
        return secret


@contextmanager
def _alone(path: Path, files: Files) -> Generator[None]:
    """Nobody else makes this secret now: one that was written over would take the words bound to it along."""
    files.make_folder(path.absolute().parent)
    try:
        with files.lock(path.absolute().with_name(f"{path.name}.lock"), _PATIENCE):
            yield
    except ReaderError as trouble:
        if trouble.kind is not BUSY:
            raise
        raise ReaderError(FILE_TROUBLE, path=path, reason=MADE_NOW) from None


def _whole(secret: bytes) -> bytes:
    if len(secret) != SECRET_BYTES:
        raise ReaderError(VAULT_DAMAGED, reason=NOT_WHOLE)
    return secret


def _credential(place: str) -> Path | None:
    """Where systemd has laid it; None where this process was given no credentials."""
    name = place.removeprefix(SYSTEMD)
    if not _CREDENTIAL.fullmatch(name):
        raise ReaderError(FILE_TROUBLE, path=place, reason=NO_NAME)
    folder = os.environ.get("CREDENTIALS_DIRECTORY")
    return Path(folder) / name if folder else None


@contextmanager
def _refused(path: Path) -> Generator[None]:
    try:
        yield
    except OSError as trouble:
        raise ReaderError(FILE_TROUBLE, path=path, reason=WINDOWS_REFUSES) from trouble


def _windows(place: str) -> Crypt:
    from backupreader.store.dpapi import dpapi

    crypt = dpapi()
    if crypt is None:
        raise ReaderError(FILE_TROUBLE, path=place, reason=WINDOWS_ONLY)
    return crypt
