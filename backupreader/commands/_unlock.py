"""What the verbs that need an open vault share: words from a file, a terminal or a pipe, and the vault they open."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from backupreader.command import Context, read_passphrase
from backupreader.domain.errors import WEAK_PASSPHRASE, ReaderError
from backupreader.settings import Settings

if TYPE_CHECKING:
    from backupreader.store.vault import Unlocked


def unlock(context: Context, passphrase_file: Path | None) -> Unlocked:
    """The PC's vault, opened by a person's words or the recovery code.

    Raises NO_VAULT, VAULT_DAMAGED or WRONG_PASSPHRASE.
    """
    from backupreader.store import vault
    from backupreader.store.files import Files

    vault.load(context.settings.vault_folder, Files())  # a PC without a vault is told before anyone types
    return _opened(context.settings, read_passphrase(passphrase_file, context.language.text("Words")))


def _opened(settings: Settings, words: str) -> Unlocked:
    from backupreader.store import vault
    from backupreader.store.files import Files

    files = Files()
    secret = vault.read_machine_secret(settings.machine_secret_file, files)
    return vault.load(settings.vault_folder, files).unlock(words, secret)


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
