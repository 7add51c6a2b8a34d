"""Receive: from the inbox into the store.

Holds no secret, parses nothing that is not signed, and leaves the old or the new generation.

The order of refusal is that of DESIGN.md, part 5, cheap to costly: ordinary file, size, magic, lengths, known signer,
signature, canonical form (all in `container.read_head`); site and vault, position (`trust.judge`); room on the disk;
SHA-256 while copying once into staging. Then one rename publishes. Success is reported after the rename is on the
disk.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import Final

from backupreader.domain.errors import NO_SPACE, OLDER_PACKAGE, OTHER_PC, PACKAGE_DAMAGED
from backupreader.domain.trouble import ReaderError, Reason
from backupreader.language import N_
from backupreader.settings import Settings
from backupreader.store import container, plans
from backupreader.store.carried import VaultIdentity
from backupreader.store.container import Head
from backupreader.store.files import Files, Reading, told
from backupreader.store.generations import DATABASE, Generation, Store
from backupreader.store.identities import load_identities
from backupreader.store.manifest import Position
from backupreader.store.selftest import self_test
from backupreader.store.trust import Trust
from sync.inbox import Inbox, Stamp, Waiting
from sync.learning import learn
from sync.trust import Verdict, judge

ROOM_TO_SPARE: Final = 64 << 20
"""Bytes that stay free behind a new generation: the vault, the state and a person's work need some."""
TOO_FAR: Final = Reason(
    N_(
        "its number is too far ahead of the newest one here; if that is right, since so many never came or the export "
        "machine was set up anew, take it with 'receive --accept-leap'"
    )
)
SAME_NUMBER: Final = Reason(N_("another package with the same number is already here"))


class Word(Enum):
    """What became of one package. These words are the whole list."""

    RECEIVED = "received"
    ALREADY_HERE = "already-here"
    SUPERSEDED = "superseded"  # older than, or beside, one of the same inbox that the store holds
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Outcome:
    """One package and what became of it; `trouble` says why, where it was refused or passed over."""

    path: Path
    word: Word
    position: Position | None
    trouble: ReaderError | None
    stamp: Stamp


def receive(
    settings: Settings,
    files: Files | None = None,
    *,
    skip: Collection[Stamp] = (),
    now: datetime | None = None,
    accept_leap: Callable[[Position], None] | None = None,
) -> tuple[Outcome, ...]:
    """Take every package of the inbox, oldest first; those whose stamp is in `skip` are passed over unread.

    `now` is what the PC's clock says. Nothing is decided by it: it stands in what is learnt of signers. With
    `accept_leap` one package may be further ahead than a step; everything else about it is checked, and the function is
    called before it is taken.

    What is wrong with one package, or with the disk while it is taken, is its outcome. Raises BUSY, NO_VAULT,
    FILE_TROUBLE when there is no inbox, and whatever keeps the store from being worked in at all.
    """
    self_test()
    disk = files or Files()
    identities = load_identities(settings.vault_folder, disk)
    inbox = Inbox(settings, disk)
    inbox.prepare()
    disk.make_folder(settings.data / "state")
    with disk.lock(settings.data / "state" / "receive.lock"):
        work = _Receiver(settings, identities, disk, now or datetime.now(settings.timezone()), accept_leap)
        work.store.prepare()
        outcomes: list[Outcome] = []
        for waiting in inbox.waiting(work.trust.keys(), skip):
            outcome = work.take(waiting)
            if outcome.word in {Word.RECEIVED, Word.ALREADY_HERE}:
                inbox.taken(waiting.path)
            outcomes.append(outcome)
        return _settled(outcomes)


def _settled(outcomes: list[Outcome]) -> tuple[Outcome, ...]:
    """On a share lie older packages and those for other PCs: beside one that this PC holds they are no trouble."""
    held = any(outcome.word in {Word.RECEIVED, Word.ALREADY_HERE} for outcome in outcomes)
    passed_over = {OLDER_PACKAGE, OTHER_PC}
    return tuple(
        Outcome(o.path, Word.SUPERSEDED, o.position, o.trouble, o.stamp)
        if held and o.trouble is not None and o.trouble.kind in passed_over
        else o
        for o in outcomes
    )


class _Receiver:
    """One run of receive, under its lock."""

    def __init__(
        self,
        settings: Settings,
        identities: tuple[VaultIdentity, ...],
        files: Files,
        now: datetime,
        accept_leap: Callable[[Position], None] | None,
    ) -> None:
        self.store = Store(settings.data, files)
        self.trust = Trust(settings.data, files)
        self._settings = settings
        self._identities = identities
        self._files = files
        self._at = now.isoformat(timespec="seconds")
        self._accept_leap = accept_leap

    def take(self, waiting: Waiting) -> Outcome:
        """Take one package, or say why not."""
        try:
            with self._files.open(waiting.path, follow=False) as reading:
                word = self._judged(reading)
        except ReaderError as trouble:
            return Outcome(waiting.path, Word.REFUSED, waiting.position, trouble, waiting.stamp)
        return Outcome(waiting.path, word, waiting.position, None, waiting.stamp)

    def _judged(self, reading: Reading) -> Word:
        head = container.read_head(reading, self.trust.keys())
        verdict = judge(
            head.manifest,
            self.store.position(),
            site=self._identities[0].site,
            vaults=[identity.id for identity in self._identities],
            signer_sites=self.trust.sites(),
        )
        match verdict:
            case Verdict.OTHER_PLACE:
                raise ReaderError(OTHER_PC, path=reading.path)
            case Verdict.OLDER:
                raise ReaderError(OLDER_PACKAGE, path=reading.path)
            case Verdict.TOO_FAR if self._accept_leap is None:
                raise ReaderError(PACKAGE_DAMAGED, path=reading.path, reason=TOO_FAR)
            case _ if head.manifest.epoch < self.trust.starts().get(head.manifest.signer, 0):
                raise ReaderError(OLDER_PACKAGE, path=reading.path)
            case Verdict.SAME if self._is_here(head, reading.path):
                learn(head.manifest, self.trust, self._at)
                return Word.ALREADY_HERE
            case Verdict.SAME | Verdict.NEW | Verdict.TOO_FAR:
                self._check_place(head, reading.path)
                self._publish(head, reading, leaps=verdict is Verdict.TOO_FAR)
                with suppress(ReaderError):  # the next receive tries again
                    plans.keep(self._settings.data, self._files)
                with suppress(ReaderError):  # what is received is received; what should go, goes the next time
                    self.store.prune(self._settings.keep_generations, self._settings.keep_days)
                return Word.RECEIVED

    def _is_here(self, head: Head, path: Path) -> bool:
        """Whether the store holds exactly this, whole.

        A damaged generation is not: it is taken again, which repairs it.
        """
        here = next((g for g in self.store.list() if g.position == head.manifest.position), None)
        if here is None:
            return False
        same = here.manifest.database_sha256 == head.manifest.database_sha256
        if not same or here.manifest.plan_sha256 != head.manifest.plan_sha256:
            raise ReaderError(PACKAGE_DAMAGED, path=path, reason=SAME_NUMBER)
        return self._whole(here)

    def _check_place(self, head: Head, path: Path) -> None:
        """Another signer's generation, such as a retired one's, is never replaced while it is whole."""
        for here in self.store.list():
            same_place = here.position == head.manifest.position
            if same_place and here.manifest.signer != head.manifest.signer and self._whole(here):
                raise ReaderError(PACKAGE_DAMAGED, path=path, reason=SAME_NUMBER)

    def _whole(self, generation: Generation) -> bool:
        try:
            self.store.verify(generation)
        except ReaderError:
            return False
        return True

    def _publish(self, head: Head, reading: Reading, *, leaps: bool) -> None:
        self._check_room(head)
        staged = self.store.staging / str(head.manifest.position)
        self._files.make_folder(staged)
        try:
            container.take_database(reading, head.manifest, staged / DATABASE, self._files)
            if leaps and self._accept_leap is not None:
                self._accept_leap(head.manifest.position)
                self._accept_leap = None  # one leap for one word
            learn(head.manifest, self.trust, self._at)  # before the rename: what cannot be learnt is not received
            self.store.note_taken(head.manifest)
            self.store.publish(staged, head)
        except ReaderError:
            with suppress(ReaderError):  # what cannot be taken away now goes at the start of the next receive
                self._files.empty_folder(self.store.staging)
            raise

    def _check_room(self, head: Head) -> None:
        """A full disk is told before gigabytes are written to it."""
        with told(self.store.folder):
            free = shutil.disk_usage(self.store.folder).free
        if free < head.manifest.database_length + ROOM_TO_SPARE:
            raise ReaderError(NO_SPACE, path=self.store.folder)
