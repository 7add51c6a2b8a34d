from __future__ import annotations

import hashlib
import hmac
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from backupreader.store import seal
from backupreader.store.seal import Binding, Closed, Signer, open_key, public_of, seal_key

BINDING = Binding(site="nordby", vault="v" * 32, epoch=1, seq=2, database_sha256="0" * 64)
KEY = bytes(range(32))
VECTOR = dict(
    line.split(" ", 1)
    for line in (Path(__file__).parent / "xwing-vector.txt").read_text(encoding="ascii").splitlines()
    if line[0] != "#"
)


def _extract(salt: bytes, label: bytes, material: bytes, suite: bytes) -> bytes:
    return hmac.digest(salt or bytes(32), b"HPKE-v1" + suite + label + material, "sha256")


def _expand(secret: bytes, label: bytes, info: bytes, length: int, suite: bytes) -> bytes:
    labelled = length.to_bytes(2, "big") + b"HPKE-v1" + suite + label + info
    return hmac.digest(secret, labelled + b"\x01", "sha256")[:length]


def reckoned(key: bytes, binding: Binding) -> bytes:
    """`key` as it is sealed by the published encapsulation; what RFC 9180's base mode adds is reckoned here by hand."""
    enc, shared = bytes.fromhex(VECTOR["ct"]), bytes.fromhex(VECTOR["ss"])
    suite = b"HPKE" + (0x647A).to_bytes(2, "big") + (1).to_bytes(2, "big") + (2).to_bytes(2, "big")
    context = b"\0" + _extract(b"", b"psk_id_hash", b"", suite) + _extract(b"", b"info_hash", binding.info(), suite)
    secret = _extract(shared, b"secret", b"", suite)
    secret_key, nonce = _expand(secret, b"key", context, 32, suite), _expand(secret, b"base_nonce", context, 12, suite)
    return enc + AESGCM(secret_key).encrypt(nonce, key, b"")


def test_a_key_opens_with_the_published_shared_secret_of_x_wing():
    """draft-connolly-cfrg-xwing-kem-08, appendix C, first vector."""
    assert open_key(reckoned(KEY, BINDING), bytes.fromhex(VECTOR["seed"]), BINDING) == KEY


def test_the_known_sealed_key_of_the_self_test_is_the_published_one():
    known = Path(seal.__file__).parent / "known" / "sealed-key"
    assert known.read_bytes() == reckoned(KEY, seal._BINDING)


def test_a_seed_s_public_key_is_the_published_one():
    public = public_of(bytes.fromhex(VECTOR["seed"]))
    assert hashlib.sha256(public).hexdigest() == VECTOR["pk-sha256"]


def test_a_sealed_key_opens_with_the_seed_and_is_never_the_same_twice():
    public = public_of(KEY)
    sealed = seal_key(KEY, public, BINDING)
    assert len(sealed) == seal.SEALED_BYTES
    assert open_key(sealed, KEY, BINDING) == KEY
    assert seal_key(KEY, public, BINDING) != sealed


@pytest.mark.parametrize(
    "other",
    [
        replace(BINDING, site="sydby"),
        replace(BINDING, vault="w" * 32),
        replace(BINDING, epoch=2),
        replace(BINDING, seq=1),
        replace(BINDING, database_sha256="1" * 64),
    ],
)
def test_a_key_does_not_open_for_anything_else_than_it_was_sealed_for(other: Binding):
    sealed = seal_key(KEY, public_of(KEY), BINDING)
    with pytest.raises(Closed):
        open_key(sealed, KEY, other)


def test_a_key_does_not_open_with_another_seed_or_after_any_change():
    sealed = seal_key(KEY, public_of(KEY), BINDING)
    with pytest.raises(Closed):
        open_key(sealed, bytes(32), BINDING)
    for place in range(0, len(sealed), 37):
        with pytest.raises(Closed):
            open_key(sealed[:place] + bytes([sealed[place] ^ 1]) + sealed[place + 1 :], KEY, BINDING)
    for length in (0, 10, 1119, 1120, len(sealed) - 1):
        with pytest.raises(Closed):
            open_key(sealed[:length], KEY, BINDING)
    with pytest.raises(Closed):
        open_key(sealed + b"\0", KEY, BINDING)


def test_something_sealed_that_is_no_key_is_refused():
    from backupreader.store.seal import _SUITE, MLKEM768X25519PublicKey, _expand

    mlkem, x25519 = _expand(KEY)
    public = MLKEM768X25519PublicKey(mlkem.public_key(), x25519.public_key())
    with pytest.raises(Closed):
        open_key(_SUITE.encrypt(b"short", public, BINDING.info()), KEY, BINDING)


@pytest.mark.parametrize(
    "public", [b"", bytes(1216), b"\xff" * 1216, public_of(KEY)[:-1], public_of(KEY)[:-32] + bytes(32)]
)
def test_bytes_that_nothing_can_be_sealed_to_are_told_apart(public: bytes):
    assert not seal.usable_public(public)
    assert seal.usable_public(public_of(KEY))


def test_a_signature_holds_for_its_signer_and_its_message_only():
    signer, other = Signer.new(), Signer.new()
    signature = signer.sign(b"message")
    assert seal.verify(signer.public, signature, b"message")
    assert not seal.verify(other.public, signature, b"message")
    assert not seal.verify(signer.public, signature, b"Message")
    assert not seal.verify(signer.public, signature[:-1], b"message")
    assert not seal.verify(b"short", signature, b"message")


@pytest.mark.parametrize("public", sorted(seal._SMALL_ORDER))  # pyright: ignore[reportPrivateUsage]
@pytest.mark.parametrize("sign", [0, 0x80])
def test_nobody_signs_for_a_point_for_which_anybody_could(public: bytes, sign: int):
    whose = public[:-1] + bytes([public[-1] | sign])
    for number in range(64):
        for point in (bytes([1]) + bytes(31), whose):
            assert not seal.verify(whose, point + bytes(32), b"anything %d" % number)


def test_no_secret_is_shown_where_a_signer_is_printed():
    signer = Signer(KEY)
    assert KEY.hex() not in repr(signer)
    assert seal.signer_id(signer.public) in repr(signer)


def test_a_fingerprint_can_be_read_out_by_phone():
    groups = seal.fingerprint(seal.signer_id(Signer(KEY).public)).split(" ")
    assert [len(group) for group in groups] == [5] * 8
    assert all(group.isdecimal() for group in groups)
