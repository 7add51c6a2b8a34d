"""What a package whose every byte was verified teaches about signers: who signs from now on, and who comes next."""

from __future__ import annotations

from backupreader.store.manifest import Manifest
from backupreader.store.trust import Trust
from sync.trust import announcement


def learn(manifest: Manifest, trust: Trust, at: str) -> None:
    """Retire the signer before this one, and remember its successor. Learning the same twice is fine.

    It is done before the package is published: after a crash between the two the same one again, or the next, teaches
    the same.
    """
    trust.began(manifest.signer)
    if not trust.remembers_all():
        return  # whom this signer has named before is not known, and it may name only one
    announced = announcement(
        manifest, at, known=trust.known(), retired=trust.retired_ids(), before=trust.announcements()
    )
    if announced is not None:
        trust.announce(announced)
