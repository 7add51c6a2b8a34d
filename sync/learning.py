"""What a package that was taken teaches about signers: who signs from now on, and who comes next."""

from __future__ import annotations

from backupreader.store.manifest import Manifest
from backupreader.store.trust import Trust
from sync.trust import announcement


def learn(manifest: Manifest, trust: Trust, at: str) -> None:
    """Retire the signer before this one, and remember its successor. Learning the same twice is fine.

    Where this cannot be written the package counts as refused, although the store holds it: the same one again, or the
    next, teaches the same.
    """
    trust.began(manifest.signer)
    announced = announcement(manifest, at, known=trust.known(), retired=trust.retired(), before=trust.announcements())
    if announced is not None:
        trust.announce(announced)
