"""The vault's seeds and what they are sealed to: the slots, and the younger key of the same vault. No file is touched.

The seed in use is sealed to each slot's public key; every former seed is sealed once, to the public key in use. Whoever
opens a slot has the seed in use, and with it the former ones.

Public keys stand in the file, so whoever can write it could seal a seed of his own to every slot. Two things tell him
from us. A slot's birth is made with its own seed, which only its words give: it holds to the vault key of that day. And
only one who had that key's seed could seal it to the key in use. So a slot opens only where the key that it was born
under is the one in use, or its seed comes out of the one in use. A person who was taken away knows former seeds, and
could do the latter: so a slot is held to the key in use as soon as its words open it again.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from backupreader.domain.errors import FILE_TROUBLE, VAULT_DAMAGED
from backupreader.domain.trouble import ReaderError, Reason
from backupreader.language import N_
from backupreader.store.carried import VaultIdentity
from backupreader.store.eventcodes import printed
from backupreader.store.seal import SEED_BYTES, Closed, SeedBinding, open_key, public_of, seal_key, vault_id
from backupreader.store.slotfile import Former, Held
from backupreader.store.slots import Slot

_PROOF = b"backupreader slot proof 3"
_BIRTH = b"backupreader slot birth 3"
STRANGE_KEY: Final = Reason(N_("its key does not come from the one under which these words were given"))
CHANGED_SINCE: Final = Reason(N_("the vault was changed in the meantime: unlock it again"))


def born(slot: Slot, slot_seed: bytes, identity: VaultIdentity) -> Slot:
    """The slot with its public key, and held to the vault key of today by a proof that takes its own words to make."""
    described = replace(slot, public=public_of(slot_seed), born=identity.id)
    return replace(described, birth=_birth(described, slot_seed, identity))


def closed(slot: Slot, seed: bytes, identity: VaultIdentity) -> Slot:
    """The slot with the vault's seed sealed to it, and proven to be one of ours."""
    sealed = seal_key(seed, slot.public, _to_slot(slot, identity.id))
    return replace(slot, sealed=sealed, proof=_proof(slot, seed))


def opened(held: Held, slot: Slot, slot_seed: bytes) -> dict[str, bytes] | None:
    """The vault's seeds out of a slot; None when the slot's seed is another's, or anything of the slot was changed.

    Raises VAULT_DAMAGED when the key in use does not come from the one that the slot was born under.
    """
    if public_of(slot_seed) != slot.public:
        return None
    seed = _opened(slot.sealed, slot_seed, _to_slot(slot, held.identity.id), held.identity)
    if seed is None:
        return None
    seeds = seeds_of(held, seed)
    first = next((key for key in (held.identity, *held.keys_before) if key.id == slot.born and key.id in seeds), None)
    if first is None or not hmac.compare_digest(slot.birth, _birth(slot, slot_seed, first)):
        raise ReaderError(VAULT_DAMAGED, reason=STRANGE_KEY)
    return seeds


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
        raise ReaderError(FILE_TROUBLE, path=held.identity.name, reason=CHANGED_SINCE)
    return seed


def added(held: Held, seeds: Mapping[str, bytes], slots: Iterable[Slot]) -> Held:
    """The vault with more slots. Raises FILE_TROUBLE when the key was changed since the unlock or their birth."""
    seed, fresh = seed_in_use(held, seeds), tuple(slots)
    if any(slot.born != held.identity.id for slot in fresh):
        raise ReaderError(FILE_TROUBLE, path=held.identity.name, reason=CHANGED_SINCE)
    return replace(held, slots=(*held.slots, *(closed(slot, seed, held.identity) for slot in fresh)))


def reborn(held: Held, slot: Slot, slot_seed: bytes, seeds: Mapping[str, bytes]) -> Held:
    """The same, with this slot held to the key in use from now on, whose words are known at this moment."""
    if slot not in held.slots:
        raise ReaderError(FILE_TROUBLE, path=held.identity.name, reason=CHANGED_SINCE)
    seed = seed_in_use(held, seeds)
    new = closed(born(slot, slot_seed, held.identity), seed, held.identity)
    return replace(held, slots=tuple(new if one == slot else one for one in held.slots))


def renewed(held: Held, seeds: Mapping[str, bytes], left: Iterable[Slot]) -> Held:
    """The vault under a new key, which only the slots that are `left` open. Raises VAULT_DAMAGED for a strange slot."""
    former_seed, seed = seed_in_use(held, seeds), os.urandom(SEED_BYTES)
    slots = tuple(left)
    before = tuple(one for one in (held.identity, *held.keys_before) if one.id in seeds)
    for slot in slots:
        name = slot.name or (printed(slot.sheet, slot.number) if slot.sheet else slot.kind)
        # Whoever can write the file but knows no words could have put a public key of his own here, and wait.
        if not hmac.compare_digest(slot.proof, _proof(slot, former_seed)):
            raise ReaderError(
                VAULT_DAMAGED, reason=Reason(N_("another program has changed the slot of {name}"), {"name": name})
            )
        if slot.born not in {one.id for one in before}:  # without that key's seed it would open no more
            reason = Reason(N_("a former key is damaged: make the slot of {name} anew first"), {"name": name})
            raise ReaderError(VAULT_DAMAGED, reason=reason)
    identity = replace(held.identity, public=public_of(seed))
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


def _birth(slot: Slot, slot_seed: bytes, identity: VaultIdentity) -> bytes:
    return hmac.digest(
        hmac.digest(slot_seed, _BIRTH, "sha256"), slot.bound() + hashlib.sha256(identity.encode()).digest(), "sha256"
    )


def _proof(slot: Slot, seed: bytes) -> bytes:
    return hmac.digest(hmac.digest(seed, _PROOF, "sha256"), slot.bound(), "sha256")
