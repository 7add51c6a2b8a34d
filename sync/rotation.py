"""Another signing key for the export machine: made and announced, then used; or at once, where the old one is lost.

From `rotate` to `finish` the old key signs, and each of its packages names its successor. A PC that takes one of them
trusts the successor from then on, so after `finish` nothing has to be carried to anyone.
"""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from datetime import datetime

from backupreader.domain.errors import ROTATION
from backupreader.domain.trouble import ReaderError, Reason
from backupreader.language import N_
from backupreader.settings import Settings
from backupreader.store.files import Files
from backupreader.store.manifest import Position, Successor, succession_message
from backupreader.store.seal import Signer
from backupreader.store.selftest import self_test
from sync.origin import Origin, OwnSigner
from sync.sites import sites
from sync.trust import within_a_step

NONE_MADE = Reason(N_("none has been made"))
NOT_SAID = N_("no package for {site} has announced it yet")


def rotate(settings: Settings, now: datetime, files: Files) -> OwnSigner:
    """The key that will come after the one that signs; the same one until `finish`. Raises BUSY."""
    with _work(settings, files) as origin:
        return origin.new_successor(origin.signer(settings.site, now), now)


def finish(settings: Settings, files: Files) -> OwnSigner:
    """From now on the successor signs. Raises BUSY, or ROTATION where it was not announced to every site with a PC."""
    with _work(settings, files) as origin:
        successor = origin.successor()
        if successor is None:
            raise ReaderError(ROTATION, reason=NONE_MADE)
        enrolled = {identity.site for identity in origin.enrolled()}
        for site in sites(settings):
            last = origin.last_sent(None if site.name == settings.site else site.name)
            named = last.successor.public if last and last.successor else None
            if site.name in enrolled and named != successor.signer.public:
                raise ReaderError(ROTATION, reason=Reason(NOT_SAID, {"site": site.name}))
        return origin.succeed(successor)


def begin_anew(settings: Settings, now: datetime, files: Files) -> OwnSigner:
    """A new key that signs at once; every PC must be told of it by hand. Raises BUSY."""
    with _work(settings, files) as origin:
        return origin.new_signer(settings.site, now)


def announced(successor: OwnSigner | None, position: Position, *, site: str, by: str) -> Successor | None:
    """What the signer `by` says at this position of its successor, which begins above it and no further than a step."""
    if successor is None:
        return None
    epoch = within_a_step(max(successor.epoch, position.epoch + 1), position.epoch)
    return successor_of(successor.signer, epoch, site=site, by=by)


def successor_of(signer: Signer, epoch: int, *, site: str, by: str) -> Successor:
    """This key as the successor of the signer `by`, with its own word for it."""
    return Successor(epoch, signer.public, signer.sign(succession_message(site, by, epoch)))


@contextmanager
def _work(settings: Settings, files: Files) -> Generator[Origin]:
    """The export machine's folder, while no export is at work in it."""
    self_test()
    origin = Origin(settings.data, files)
    origin.prepare()
    with files.lock(origin.lock):
        yield origin
