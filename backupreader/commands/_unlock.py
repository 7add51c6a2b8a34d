"""What the verbs that need an open vault share: words from a file, a terminal or a pipe, and the vault they open."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from backupreader.command import Context, read_passphrase
from backupreader.domain.errors import WEAK_PASSPHRASE
from backupreader.domain.trouble import Kind, ReaderError
from backupreader.settings import Settings

if TYPE_CHECKING:
    from backupreader.store.vault import Unlocked


def unlock(context: Context, passphrase_file: Path | None, no_codes: Kind | None = None) -> Unlocked:
    """The PC's vault, opened by a person's words, an event code, or the recovery code.

    Raises NO_VAULT, VAULT_DAMAGED or WRONG_PASSPHRASE; with `no_codes` an event code is refused so. None is spent yet.
    """
    from backupreader.store import vault
    from backupreader.store.files import Files
    from backupreader.store.selftest import self_test

    self_test()
    vault.load(context.settings.vault_folder, Files())  # a PC without a vault is told before anyone types
    return _opened(context.settings, _typed(context, passphrase_file), no_codes)


def _typed(context: Context, passphrase_file: Path | None) -> str:
    """The words; the other part of a recovery code is asked for."""
    from backupreader.store.wordlist import lone_recovery_part

    words = read_passphrase(passphrase_file, context.language.text("Words"))
    if passphrase_file is None and lone_recovery_part(words) is not None:
        words += "\n" + read_passphrase(None, context.language.text("The other part of the recovery code"))
    return words


def _opened(settings: Settings, words: str, no_codes: Kind | None) -> Unlocked:
    from backupreader.store import machine, vault
    from backupreader.store.files import Files

    files = Files()
    secret = machine.read(settings.machine_secret_place, files)
    return vault.load(settings.vault_folder, files).unlock(words, secret, no_codes=no_codes)


def chosen_passphrase(context: Context, passphrase_file: Path | None) -> tuple[str, bool]:
    """The words for a new account, and whether the program chose them (and must show them once).

    Raises WEAK_PASSPHRASE.
    """
    from backupreader.store import wordlist

    if passphrase_file is None:
        return wordlist.propose_words(context.language.code), True
    words = read_passphrase(passphrase_file, "")
    if not wordlist.enough(words):
        raise ReaderError(WEAK_PASSPHRASE)
    return words, False


def own_user() -> str:
    """The name of the user at the keyboard, as the session says it.

    The system's list of users is not asked: on some systems that asks a service, over a socket.
    """
    named = (os.environ.get(name, "") for name in ("LOGNAME", "USER", "USERNAME"))
    return next((name for name in named if name), "admin")
