"""Unlocking, as the desk does it: words open the vault, the vault opens the newest generation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from backupreader.settings import Settings

if TYPE_CHECKING:
    from backupreader.store.answers import GenerationInfo
    from backupreader.store.reader import Reader


@dataclass(frozen=True, slots=True)
class Opened:
    """What the window is told: which data it is, and who opened it."""

    info: GenerationInfo
    person: str


def opening(settings: Settings, name: str, words: str) -> Callable[[], tuple[Reader, Opened]]:
    """The work of unlocking. It takes about a second on purpose (Argon2id), and loads the libraries that it needs.

    A name that has an account tries that account only; any other name stands for the person when the vault opens
    without saying whose words they were (the recovery code is nobody's).
    """

    def work() -> tuple[Reader, Opened]:
        from backupreader.store import vault
        from backupreader.store.files import Files
        from backupreader.store.opening import open_newest

        files = Files()
        closed = vault.load(settings.vault_folder, files)
        account = next((known for known in closed.accounts if known.casefold() == name.casefold()), None)
        unlocked = closed.unlock(words, vault.read_machine_secret(settings.machine_secret_file, files), account)
        reader = open_newest(settings, unlocked)
        return reader, Opened(reader.info, unlocked.account or name)

    return work
