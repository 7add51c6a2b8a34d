"""What the verbs that read share: who is at the terminal and why, her session, and a reader in it."""

from __future__ import annotations

import sys
from collections.abc import Generator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from backupreader.command import Context
from backupreader.commands._trouble import tell
from backupreader.commands._unlock import own_user, unlock
from backupreader.domain.acts import NOT_CROSSED_OUT, Act, ActKind, Actor
from backupreader.domain.errors import CODE_USED, DATA_ONLY, NO_NAME, WRONG_PASSPHRASE
from backupreader.domain.trouble import Kind, ReaderError
from backupreader.language import N_

if TYPE_CHECKING:
    from backupreader.store.reader import Reader
    from backupreader.store.session import Session

AS = N_("Your name, where the vault is opened with a code, which is nobody's own.")
ROLE = N_("What you are, such as nurse; with a code.")
OWN_UNIT = N_("Your own unit, with a code; once for each. Without it no unit is your own; with * all are.")
GENERATION = N_("This generation and no other, by its name; 'status' lists them")
REASON = N_("Why you need what is not your own unit's, is private-marked or protected. It is written down.")
_NOT_WRITTEN = N_("The audit of this PC could not be written. You can read on; tell IT.")
_NOT_CHANGED = N_("Nothing was changed, because it could not be written into the audit.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """Who says she is at the terminal; an account's own name, role and units count before it.

    `reason` is why she needs what needs one, and `purpose` why she opens the PC, where that is something else.
    """

    name: str = ""
    role: str = ""
    units: tuple[str, ...] = ()
    reason: str = ""
    purpose: str = ""


def enter(context: Context, passphrase_file: Path | None, who: Who) -> Session:
    """The session of a person who unlocks now; that she did, or was refused, is in the audit.

    Raises what `unlock` raises, and NO_NAME for an event code without a name. Who comes with the recovery code and says
    no name is the PC's own user. A code is spent by `open_newest`, or by `spend` where no generation is opened.
    """
    session = _entered(context, passphrase_file, who, None if who.name.strip() else NO_NAME)
    warn(context, session)
    return session


def spend(context: Context, session: Session) -> None:
    """Spend the event code that opened the vault, before anything is shown; say so where it stays."""
    session.spend()
    if session.uncrossed is not None:
        print(context.language.text(NOT_CROSSED_OUT), file=sys.stderr)  # noqa: T201 (the command line's voice)
        tell(session.uncrossed, context.language)


def enter_to_change(context: Context, passphrase_file: Path | None) -> Session:
    """The session of a person who changes who can open the vault. Raises DATA_ONLY for an event code.

    Care comes before the log for those who read; a change waits for it. Raises what keeps the audit from being written.
    """
    session = _entered(context, passphrase_file, Who(), DATA_ONLY)
    if session.trouble is not None:
        raise _unwritten(context, session.trouble)
    return session


@contextmanager
def recorded(context: Context, session: Session, kind: ActKind, what: str = "") -> Generator[None]:
    """Write down a change before it is made, and that it was not made after all. Raises what keeps that from us."""
    if session.record(kind, what=what) is None and session.trouble is not None:
        raise _unwritten(context, session.trouble)
    try:
        yield
    except BaseException:
        session.record(kind, what=f"not done: {what}")
        raise


def _unwritten(context: Context, trouble: ReaderError) -> ReaderError:
    print(context.language.text(_NOT_CHANGED), file=sys.stderr)  # noqa: T201 (the command line's voice)
    return trouble


def _entered(context: Context, passphrase_file: Path | None, who: Who, no_codes: Kind | None) -> Session:
    from backupreader.store.files import Files
    from backupreader.store.identities import load_identity
    from backupreader.store.session import begin, refused

    files = Files()
    try:
        unlocked = unlock(context, passphrase_file, no_codes)
    except ReaderError as trouble:
        if trouble.kind in {WRONG_PASSPHRASE, CODE_USED}:
            identity = load_identity(context.settings.vault_folder, files)
            refused(context.settings, identity, who.name, context.now, files)
        raise
    name = who.name.strip() or (own_user() if unlocked.kind == "recovery" else "")
    actor = Actor(name=name, role=who.role, units=who.units, reason=who.purpose or who.reason)
    session = begin(context.settings, unlocked, actor, context.now, files)
    if who.reason:
        session.state_always(who.reason)
    return session


@contextmanager
def noted(context: Context, kind: ActKind, what: str) -> Generator[None]:
    """Write down what this PC's own user is about to do without unlocking, and that it was not done after all.

    On a PC without a vault there is no audit. Raises what keeps it from being written.
    """
    from backupreader.store.files import Files
    from backupreader.store.identities import load_identity
    from backupreader.store.session import audit_of

    files = Files()
    try:
        identity = load_identity(context.settings.vault_folder, files)
    except ReaderError:
        yield
        return
    audit, actor = audit_of(context.settings, identity, files), Actor(name=own_user(), via="terminal")
    if audit.write(Act(kind=kind, at=context.now(), actor=actor, what=what)) is None and audit.trouble is not None:
        raise _unwritten(context, audit.trouble)
    try:
        yield
    except BaseException:
        audit.write(Act(kind=kind, at=context.now(), actor=actor, what=f"not done: {what}"))
        raise


def warn(context: Context, session: Session) -> None:
    """Say on standard error that the audit could not be written."""
    if session.trouble is not None:
        print(context.language.text(_NOT_WRITTEN), file=sys.stderr)  # noqa: T201 (the command line's voice)
        tell(session.trouble, context.language)


@contextmanager
def reading(
    context: Context, passphrase_file: Path | None, who: Who, generation: str | None = None
) -> Generator[Reader]:
    """A reader of the newest whole generation in a person's session, which ends with it.

    Says on standard error when it is not the newest.
    """
    from backupreader.store.opening import open_newest

    session = enter(context, passphrase_file, who)
    with closing(open_newest(context.settings, session, generation=generation)) as reader:
        spend(context, session)
        if reader.fallback is not None:
            print(context.language.text(reader.fallback), file=sys.stderr)  # noqa: T201 (the command line's voice)
        try:
            yield reader
        finally:
            session.end()
            warn(context, session)
