"""A session: one person at the PC from unlock to lock. Who she is, what she has stated, and the audit of what she does.

An opened generation asks its session before it answers, so that nothing can be shown that is not in the audit, and
nothing behind a barrier without a reason.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from backupreader.domain.acts import Act, ActKind, Actor, Anchor, Waiting
from backupreader.domain.barriers import Barrier
from backupreader.domain.practice import PRACTICE_PC
from backupreader.domain.trouble import ReaderError
from backupreader.settings import Settings
from backupreader.store.audit import Audit
from backupreader.store.carried import VaultIdentity
from backupreader.store.files import Files
from backupreader.store.outages import Outages

if TYPE_CHECKING:
    from backupreader.store.unlocked import Unlocked

Clock = Callable[[], datetime]
Key = tuple[Barrier, str]
_MARKED: Final = frozenset({"unlock", "print", "lock", "account", "event-codes", "recovery", "trust"})
_LEAST_LETTERS: Final = 3


class Session:
    """See the module. `generation` is the one that is open, as the audit names it; `made` is when it was made."""

    def __init__(self, unlocked: Unlocked, actor: Actor, audit: Audit, clock: Clock, outages: Outages) -> None:
        self.unlocked = unlocked
        self.actor = actor
        self.generation = ""
        self.made: datetime | None = None
        self._audit = audit
        self._clock = clock
        self._outages = outages
        self._stated: dict[Key, str] = {}
        self._passed: set[tuple[Barrier, str, str]] = set()
        self._always = ""
        self._spent = False
        self.uncrossed: ReaderError | None = None
        """What kept this PC from crossing out the code that opened it; a person must be told."""

    @property
    def trouble(self) -> ReaderError | None:
        """Why the audit cannot be written; None while it is."""
        return self._audit.trouble

    @property
    def waiting(self) -> int:
        """How many acts the disk has not taken yet."""
        return self._audit.waiting

    @property
    def anchor(self) -> Anchor | None:
        """Where the audit stood after the last act; None where it could not be written."""
        return None if self._audit.trouble else self._audit.anchor

    @property
    def practice(self) -> bool:
        """Is this a practice PC, whose citizens are made up?"""
        return self.unlocked.identity.name == PRACTICE_PC

    @property
    def outage(self) -> str:
        """The number of the outage that is going on; empty where none is."""
        return self._outages.number

    def outage_day(self, day: date) -> int:
        """Which day of the outage that goes on a day is, from 1; 0 where none goes on.

        Days are counted from when the open data was made, where that was later: fresh data is not old, however long
        the outage lasts.
        """
        going = self._outages.going()
        if going is None:
            return 0
        since = going.begun.date() if self.made is None else max(going.begun.date(), self.made.date())
        return max(1, (day - since).days + 1)

    def record(  # noqa: PLR0913 (what an act tells of, each by its name)
        self,
        kind: ActKind,
        *,
        citizens: tuple[str, ...] = (),
        what: str = "",
        words: str = "",
        reason: str = "",
        pages: int = 0,
        digest: str = "",
    ) -> Anchor | None:
        """Write an act before what it shows is shown; where the audit stands then, None where the disk took nothing."""
        act = Act(
            kind=kind,
            at=self._clock(),
            actor=self.actor,
            citizens=citizens,
            what=what,
            words=words,
            reason=reason,
            pages=pages,
            digest=digest,
            generation=self.generation,
            outage=self._outages.number,
        )
        anchor = self._audit.write(act)
        if kind in _MARKED:
            self._audit.mark()
        return anchor

    def now(self) -> datetime:
        """What the PC's clock says, with its zone."""
        return self._clock()

    def state(self, barrier: Barrier, citizen: str, reason: str) -> None:
        """Why what is behind a barrier must be seen, of one citizen; it holds until the lock. A blank is no reason."""
        if enough(reason):
            self._stated[barrier, citizen] = reason.strip()

    def state_always(self, reason: str) -> None:
        """One reason for whatever this session asks for, as the command line states it."""
        self._always = reason.strip() if enough(reason) else ""

    def has_stated(self, barrier: Barrier, citizen: str) -> bool:
        """Whether a reason was stated, used or not; asking writes nothing down."""
        return bool(self._stated.get((barrier, citizen), self._always))

    def stated_for(self, barrier: Barrier) -> frozenset[str] | None:
        """For whom a reason was stated, used or not; None: for whomever is asked for. Asking writes nothing down."""
        if self._always:
            return None
        return frozenset(citizen for stated, citizen in self._stated if stated is barrier)

    def passes(self, barrier: Barrier, citizen: str) -> bool:
        """Whether a reason was stated; the first time that it is used, the audit takes it down."""
        reason = self._stated.get((barrier, citizen), self._always)
        if reason and (barrier, citizen, reason) not in self._passed:
            self.record("break-glass", citizens=(citizen,), what=barrier.value, reason=reason)
            self._passed.add((barrier, citizen, reason))
        return bool(reason)

    def spend(self) -> None:
        """Before anything is shown: cross out the event code that opened the PC, if it was one. Only the first counts.

        Raises CODE_USED when another has used it since, and what else `Unlocked.spend` raises; both are written down.
        """
        if self._spent:
            return
        try:
            self.uncrossed = self.unlocked.spend()
        except ReaderError:
            self.record("unlock-refused")
            raise
        self._spent = True

    def end(self) -> None:
        """The person has gone: the lock."""
        self.record("lock")


def begin(  # noqa: PLR0913, PLR0917 (who opens what, where, when, and what waits)
    settings: Settings,
    unlocked: Unlocked,
    actor: Actor,
    clock: Clock,
    files: Files,
    waiting: Waiting | None = None,
) -> Session:
    """The session of a person who has just unlocked; the unlock is its first act.

    The account's own name, role and units count before what `actor` says. What sessions before could not write is
    `waiting`.
    """
    if unlocked.kind == "account":
        actor = replace(actor, name=unlocked.account, role=unlocked.role, units=unlocked.units, via="account")
    else:
        actor = replace(actor, via=unlocked.kind)
    session = Session(
        unlocked,
        actor,
        audit_of(settings, unlocked.identity, files, unlocked.seed, waiting),
        clock,
        Outages(settings.data, files),
    )
    session.record("unlock", reason=actor.reason)
    return session


def refused(  # noqa: PLR0913, PLR0917 (as `begin`)
    settings: Settings,
    identity: VaultIdentity,
    name: str,
    clock: Clock,
    files: Files,
    waiting: Waiting | None = None,
) -> None:
    """Words that opened nothing: that somebody tried is written down, never what was typed."""
    audit = audit_of(settings, identity, files, waiting=waiting)
    audit.write(
        Act(kind="unlock-refused", at=clock(), actor=Actor(name=name), outage=Outages(settings.data, files).number)
    )


def enough(reason: str) -> bool:
    """Whether this can be a reason: a few letters at least."""
    return sum(letter.isalpha() for letter in reason) >= _LEAST_LETTERS


def audit_of(
    settings: Settings,
    identity: VaultIdentity,
    files: Files,
    seed: bytes | None = None,
    waiting: Waiting | None = None,
) -> Audit:
    """The audit of this PC, sealed to its vault and, where the settings name one, to the auditor's.

    An auditor's file that cannot be read keeps nobody from reading: `status` tells of it.
    """
    recipients = {identity.id: identity.public}
    if settings.auditor is not None:
        try:
            auditor = VaultIdentity.read(settings.auditor, files)
        except ReaderError:
            pass
        else:
            recipients[auditor.id] = auditor.public
    return Audit(settings.audit_folder, recipients, files, seed, waiting)
