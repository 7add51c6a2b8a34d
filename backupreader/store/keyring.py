"""The vault's seeds and what they are sealed to: the slots, and the younger key of the same vault. No file is touched.

The seed in use is sealed to each slot's public key; every former seed is sealed once, to the public key in use. Whoever
opens a slot has the seed in use, and with it the former ones.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from collections.abc import Iterable, Mapping
from dataclasses import replace

from backupreader.domain.errors import FILE_TROUBLE, VAULT_DAMAGED, ReaderError, Reason
from backupreader.language import N_
from backupreader.store.carried import VaultIdentity
from backupreader.store.eventcodes import printed
from backupreader.store.seal import SEED_BYTES, Closed, SeedBinding, open_key, public_of, seal_key, vault_id
from backupreader.store.slotfile import Former, Held
from backupreader.store.slots import Slot

_PROOF = b"backupreader slot proof 2"


def closed(slot: Slot, seed: bytes, identity: VaultIdentity) -> Slot:
    """The slot with the vault's seed sealed to it, and proven to be one of ours."""
    sealed = seal_key(seed, slot.public, _to_slot(slot, identity.id))
    return replace(slot, sealed=sealed, proof=_proof(slot, seed))


def seed_in(slot: Slot, slot_seed: bytes, identity: VaultIdentity) -> bytes | None:
    """The vault's seed in a slot; None when the slot's seed is another's, or anything of the slot was changed."""
    if public_of(slot_seed) != slot.public:
        return None
    return _opened(slot.sealed, slot_seed, _to_slot(slot, identity.id), identity)


def seeds_of(held: Held, seed: bytes) -> dict[str, bytes]:
    """The seed in use and the former ones, by vault id. A former one that was damaged is left out."""
    seeds = {held.identity.id: seed}
    for former in held.former:
        found = _opened(former.sealed, seed, _to_younger(former.identity, held.identity), former.identity)
        if found is not None:
            seeds[former.identity.id] = found
    return seeds


def seed_in_use(held: Held, seeds: Mapping[str, bytes]) -> bytes:
    """The seed that everything new is sealed to. Raises FILE_TROUBLE when the key was changed since the unlock."""
    seed = seeds.get(held.identity.id)
    if seed is None:
        reason = Reason(N_("the vault was changed in the meantime: unlock it again"))
        raise ReaderError(FILE_TROUBLE, path=held.identity.name, reason=reason)
    return seed


def renewed(held: Held, seeds: Mapping[str, bytes], left: Iterable[Slot]) -> Held:
    """The vault under a new key, which only the slots that are `left` open. Raises VAULT_DAMAGED for a strange slot."""
    former_seed, seed = seed_in_use(held, seeds), os.urandom(SEED_BYTES)
    slots = tuple(left)
    for slot in slots:
        # Whoever can write the file but knows no words could have put a public key of his own here, and wait.
        if not hmac.compare_digest(slot.proof, _proof(slot, former_seed)):
            name = slot.name or (printed(slot.sheet, slot.number) if slot.sheet else slot.kind)
            raise ReaderError(
                VAULT_DAMAGED, reason=Reason(N_("another program has changed the slot of {name}"), {"name": name})
            )
    identity = replace(held.identity, public=public_of(seed))
    before = tuple(one for one in (held.identity, *held.keys_before) if one.id in seeds)
    return replace(
        held,
        identity=identity,
        former=tuple(
            Former(one, seal_key(seeds[one.id], identity.public, _to_younger(one, identity))) for one in before
        ),
        slots=tuple(closed(slot, seed, identity) for slot in slots),
    )


def _opened(sealed: bytes, seed: bytes, binding: SeedBinding, whose: VaultIdentity) -> bytes | None:
    try:
        found = open_key(sealed, seed, binding)
    except Closed:
        return None
    return found if vault_id(public_of(found)) == whose.id else None


def _to_slot(slot: Slot, vault: str) -> SeedBinding:
    return SeedBinding(
        vault=vault, opener=slot.kind, opener_id=slot.id.hex(), digest=hashlib.sha256(slot.bound()).hexdigest()
    )


def _to_younger(former: VaultIdentity, current: VaultIdentity) -> SeedBinding:
    digest = hashlib.sha256(current.public).hexdigest()
    return SeedBinding(vault=former.id, opener="vault", opener_id=current.id, digest=digest)


def _proof(slot: Slot, seed: bytes) -> bytes:
    return hmac.digest(hmac.digest(seed, _PROOF, "sha256"), slot.bound(), "sha256")
