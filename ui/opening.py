"""Unlocking, as the desk does it: words open the vault, the vault opens a generation, and the audit has who and why."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from backupreader.domain.acts import OUTAGE, Actor, Waiting
from backupreader.domain.errors import CODE_USED, NO_NAME, WRONG_PASSPHRASE
from backupreader.domain.trouble import ReaderError
from backupreader.settings import Settings

if TYPE_CHECKING:
    from backupreader.store.answers import GenerationInfo
    from backupreader.store.reader import Reader
    from backupreader.store.session import Session
    from backupreader.store.unlocked import Unlocked
    from backupreader.store.vault import Vault


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """What stands on the lock screen. With a `code`, who she says she is counts; an account knows it better."""

    name: str
    words: str = field(repr=False)
    role: str = ""
    unit: str = ""
    purpose: str = OUTAGE
    code: bool = False


@dataclass(frozen=True, slots=True)
class Opened:
    """What the window is told: which data it is, and whose session it is. `older`: a person chose older data."""

    info: GenerationInfo
    session: Session
    older: bool = False


def opening(
    settings: Settings, asking: Asking, clock: Callable[[], datetime], waiting: Waiting | None = None
) -> Callable[[], tuple[Reader, Opened]]:
    """The work of unlocking. It takes about a second on purpose (Argon2id), and loads the libraries that it needs.

    A name that has an account tries that account only. Where the journal system is down and no outage goes on, one is
    begun. A code is spent when the data has opened: without a name, or without data, it opens nothing and stays.
    What the log has not taken yet stands in `waiting`.
    """

    def work() -> tuple[Reader, Opened]:
        from backupreader.store import vault
        from backupreader.store.files import Files
        from backupreader.store.opening import candidates, open_newest
        from backupreader.store.outages import Outages
        from backupreader.store.selftest import self_test
        from backupreader.store.session import begin, refused

        self_test()
        files = Files()
        closed = vault.load(settings.vault_folder, files)
        candidates(settings, files)
        if asking.code and not asking.name.strip():
            raise ReaderError(NO_NAME)
        try:
            unlocked = _unlocked(settings, closed, asking)
        except ReaderError as trouble:
            if trouble.kind in {WRONG_PASSPHRASE, CODE_USED}:
                refused(settings, closed.identity, asking.name, clock, files, waiting)
            raise
        if unlocked.kind != "account" and not asking.name.strip():
            raise ReaderError(NO_NAME)
        outages = Outages(settings.data, files)
        begun = ""
        if asking.purpose == OUTAGE and not outages.number:
            with suppress(ReaderError):  # a full disk must not keep anyone from reading
                begun = outages.begin(clock(), unlocked.account or asking.name).number
        units = (asking.unit,) if asking.unit else ()
        actor = Actor(name=asking.name, role=asking.role, units=units, reason=asking.purpose)
        session = begin(settings, unlocked, actor, clock, files, waiting)
        if begun:
            session.record("outage", what=f"{begun} begun")
        reader = open_newest(settings, session)
        return reader, Opened(reader.info, session)

    return work


def reopening(settings: Settings, session: Session, generation: str | None) -> Callable[[], tuple[Reader, Opened]]:
    """The work of opening another generation in the same session: a person's choice, which the audit has.

    None is what is opened where nobody chooses. Where it does not open, the former one stays open.
    """

    def work() -> tuple[Reader, Opened]:
        from backupreader.store.files import Files
        from backupreader.store.generations import Store
        from backupreader.store.opening import open_newest

        former = session.generation
        try:
            reader = open_newest(settings, session, generation=generation)
        except ReaderError:
            session.generation = former
            raise
        if generation is None:
            session.record("generation", what=reader.name)
        newest = Store(settings.data, Files()).newest()
        older = generation is not None and newest is not None and newest.path.name != reader.name
        return reader, Opened(reader.info, session, older)

    return work


def ended(reader: Reader) -> None:
    """The person has gone: the audit has the lock."""
    if reader.session is not None:
        reader.session.end()


def closed(reader: Reader) -> None:
    """Give the generation back: it was locked, or another one was chosen."""
    reader.close()


def _unlocked(settings: Settings, closed: Vault, asking: Asking) -> Unlocked:
    from backupreader.store import machine
    from backupreader.store.files import Files

    account = next((known for known in closed.accounts if known.casefold() == asking.name.casefold()), None)
    secret = machine.read(settings.machine_secret_place, Files())
    return closed.unlock(
        asking.words, secret, account, no_codes=None if asking.code and asking.name.strip() else NO_NAME
    )
