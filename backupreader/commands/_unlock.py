"""What the verbs that need an open vault share: the words from a file, a terminal or a pipe; the open vault.

A reader.
"""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from backupreader.command import Context, read_passphrase
from backupreader.domain.errors import WEAK_PASSPHRASE, ReaderError
from backupreader.settings import Settings

if TYPE_CHECKING:
    from backupreader.store.reader import Reader
    from backupreader.store.vault import Unlocked


@contextmanager
def unlocked_reader(context: Context, passphrase_file: Path | None, generation: str | None = None) -> Generator[Reader]:
    """A reader of the newest whole generation after a person's unlock, closed at the end.

    Says on stderr when it is not the newest.
    """
    import sys

    from backupreader.store.opening import open_newest

    unlocked = unlock(context, passphrase_file)
    reader = open_newest(context.settings, unlocked, generation=generation)
    try:
        if reader.fallback is not None:
            print(context.language.text(reader.fallback), file=sys.stderr)  # noqa: T201 (the command line's voice)
        yield reader
    finally:
        reader.close()


def unlock(context: Context, passphrase_file: Path | None) -> Unlocked:
    """The PC's vault, opened by a person's words or the recovery code.

    Raises NO_VAULT, VAULT_DAMAGED or WRONG_PASSPHRASE.
    """
    from backupreader.store import vault
    from backupreader.store.files import Files

    vault.load(context.settings.vault_folder, Files())  # a PC without a vault is told before anyone types
    return _opened(context.settings, read_passphrase(passphrase_file, context.language.text("Words")))


def open_vault(settings: Settings, words: str) -> Reader:
    """A reader of the newest whole generation, for one who knows the words; the caller closes it."""
    from backupreader.store.opening import open_newest

    return open_newest(settings, _opened(settings, words))


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
