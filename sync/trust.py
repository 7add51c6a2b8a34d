"""May this package follow what the store holds? Pure rules of succession (DESIGN.md, part 5), decided without any file.

Who may sign for which site, and whom a package is for, is judged here too: everything about a package that is not its
bytes.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from enum import Enum
from typing import Final

from backupreader.store.announced import Announced
from backupreader.store.carried import TrustedSigner
from backupreader.store.manifest import Manifest, Position, succession_message
from backupreader.store.seal import verify

LARGEST_STEP: Final = 1000
"""Two packages a day for over a year. A larger step would let one bad package lock out all that follow."""


class Verdict(Enum):
    """What becomes of a package."""

    NEW = "new"
    SAME = "same"  # the store is at this position: the bytes decide
    OLDER = "older"
    TOO_FAR = "too far"
    OTHER_PLACE = "other place"  # another site, another vault, or a signer that may not sign for this site


def judge(
    manifest: Manifest, newest: Position | None, *, site: str, vaults: Collection[str], signer_sites: Mapping[str, str]
) -> Verdict:
    """The verdict on a verified manifest. `newest` is the store's position, None for an empty store.

    `vaults` are the ids of this PC's vault: of its key in use, and of its former ones.
    """
    here = any(vault in manifest.seals for vault in vaults)
    if manifest.site != site or signer_sites.get(manifest.signer) != site or not here:
        return Verdict.OTHER_PLACE
    return succession(manifest.position, newest)


def announcement(
    manifest: Manifest,
    at: str,
    *,
    known: Sequence[TrustedSigner],
    retired: Collection[str],
    before: Sequence[Announced],
) -> Announced | None:
    """What is to be remembered of the successor that a package names; None where that does not count.

    The package is good. The successor signs for the same site, in a higher epoch, and no further than a step, and says
    so itself: whoever has the old key cannot give the new one another epoch than its own.
    A signer names one, once: who gets hold of its key later cannot name another. Whoever is retired, or known for
    another site, is so by a person's word, which no package changes. `retired` are ids.
    """
    named = manifest.successor
    if named is None or not manifest.epoch < named.epoch <= manifest.epoch + LARGEST_STEP:
        return None
    said = succession_message(manifest.site, manifest.signer, named.epoch)
    if not verify(named.public, named.proof, said):
        return None
    signer = TrustedSigner(manifest.site, named.public)
    if signer.id == manifest.signer or signer.id in retired:
        return None
    if any(signer.id == one.id and signer.site != one.site for one in known):
        return None
    if any(one.by == manifest.signer or one.signer == signer for one in before):
        return None
    return Announced(signer=signer, by=manifest.signer, package=str(manifest.position), at=at, epoch=named.epoch)


def within_a_step(epoch: int, former: int) -> int:
    """`epoch`, or the highest that an export machine gives out of itself after `former`: every PC takes it."""
    return min(epoch, former + LARGEST_STEP - 1)


def succession(position: Position, newest: Position | None) -> Verdict:
    """The verdict on a position alone. An empty store takes any."""
    if newest is None:
        return Verdict.NEW
    if position == newest:
        return Verdict.SAME
    if position < newest:
        return Verdict.OLDER
    if position.epoch == newest.epoch:
        return Verdict.NEW if position.seq - newest.seq <= LARGEST_STEP else Verdict.TOO_FAR
    near = position.epoch - newest.epoch <= LARGEST_STEP and position.seq <= LARGEST_STEP
    return Verdict.NEW if near else Verdict.TOO_FAR
