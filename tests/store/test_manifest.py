from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backupreader.store import canonical
from backupreader.store.manifest import (
    EMPTY_SHA256,
    Count,
    Malformed,
    Manifest,
    Position,
    Successor,
    UnitCount,
    decode,
    encode,
    is_site,
)
from backupreader.store.seal import SEALED_BYTES

SHA = "0123456789abcdef" * 4
VAULT = "0123456789abcdef" * 2
MANIFEST = Manifest(
    schema=1,
    site="nordby",
    signer=SHA,
    epoch=2500,
    seq=7,
    prev=SHA,
    created="2026-11-22T04:31:00Z",
    next_expected="2026-11-22T16:30:00Z",
    taken_at={"Nexus": {"note": "2026-11-22T05:30:00+01:00"}},
    counts={"note": Count(30_000, 300, "2026-11-22T05:10"), "unit": Count(3, 0)},
    units={"Nexus:1": UnitCount("Ældrecenter Østergård", 41)},
    database_length=1 << 20,
    database_sha256=SHA,
    seals={VAULT: bytes(SEALED_BYTES)},
    plan_length=0,
    plan_sha256=EMPTY_SHA256,
    shrink_accepted=True,
)


def test_a_manifest_is_read_back_as_it_was_written():
    assert decode(encode(MANIFEST)) == MANIFEST
    plain = replace(
        MANIFEST, prev=None, next_expected=None, seals={}, units={}, counts={}, taken_at={}, shrink_accepted=False
    )
    assert decode(encode(plain)) == plain
    assert MANIFEST.position == Position(2500, 7)


def test_the_bytes_of_this_format_never_change():
    """A package that was made today must be readable for ever: the form, spelt out."""
    small = replace(MANIFEST, seals={}, units={}, counts={"unit": Count(3, 0)}, taken_at={})
    assert encode(small).decode("ascii") == (
        '{"counts":{"unit":{"citizens":0,"newest":"","rows":3}},"created":"2026-11-22T04:31:00Z",'
        f'"database":{{"length":1048576,"sha256":"{SHA}"}},"epoch":2500,"format":1,'
        f'"next_expected":"2026-11-22T16:30:00Z","plan":{{"length":0,"sha256":"{EMPTY_SHA256}"}},"prev":"{SHA}","schema":1,'
        f'"seals":{{}},"seq":7,"shrink_accepted":1,"signer":"{SHA}","site":"nordby","taken_at":{{}},"units":{{}}}}'
    )


def test_what_a_site_leaves_out_is_told_and_only_then():
    told = replace(MANIFEST, left_out=("dose", "medication"))
    assert decode(encode(told)) == told
    assert b"left_out" not in encode(MANIFEST)


@pytest.mark.parametrize("value", [[], "dose", ["dose", "dose"], ["medication", "dose"], ["Dose"], [1], {}], ids=repr)
def test_what_is_left_out_is_a_list_of_tables_in_order(value: Any):
    with pytest.raises(Malformed):
        decode(changed(put("left_out", value=value)))


def test_a_successor_is_named_and_only_then():
    told = replace(MANIFEST, successor=Successor(2501, bytes(range(32)), bytes(range(64))))
    assert decode(encode(told)) == told
    assert decode(encode(replace(told, left_out=("dose",)))).successor == told.successor
    assert b"successor" not in encode(MANIFEST)


PROOF = base64.b64encode(bytes(64)).decode("ascii")
KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="


@pytest.mark.parametrize(
    "value",
    [
        {},
        "",
        [],
        KEY,
        {"epoch": 2501},
        {"epoch": "2501", "public": KEY, "proof": PROOF},
        {"epoch": -1, "public": KEY, "proof": PROOF},
        {"epoch": 1 << 53, "public": KEY, "proof": PROOF},
        {"epoch": 2501, "public": KEY, "proof": PROOF, "site": "nordby"},
        {"epoch": 2501, "public": "", "proof": PROOF},
        {"epoch": 2501, "public": 7, "proof": PROOF},
        {"epoch": 2501, "public": "AAAA", "proof": PROOF},
        {"epoch": 2501, "public": KEY[:-2] + "9=", "proof": PROOF},
        {"epoch": 2501, "public": "å" + KEY[1:], "proof": PROOF},
        {"epoch": 2501, "public": KEY},
        {"epoch": 2501, "public": KEY, "proof": KEY},
        {"epoch": 2501, "public": KEY, "proof": 7},
    ],
    ids=repr,
)
def test_a_successor_is_an_epoch_a_key_and_its_proof_in_their_one_spelling(value: Any):
    with pytest.raises(Malformed):
        decode(changed(put("successor", value=value)))


def changed(change: Callable[[dict[str, Any]], None]) -> bytes:
    value: Any = canonical.decode(encode(MANIFEST))
    change(value)
    return canonical.encode(value)


def put(*path: str, value: object) -> Callable[[dict[str, Any]], None]:
    def change(top: dict[str, Any]) -> None:
        for name in path[:-1]:
            top = top[name]
        top[path[-1]] = value

    return change


@pytest.mark.parametrize(
    "change",
    [
        put("format", value=2),
        put("format", value="1"),
        put("more", value=1),
        lambda top: top.pop("prev"),
        put("schema", value=0),
        put("site", value="../etc"),
        put("site", value=""),
        put("site", value=7),
        put("signer", value=SHA[:-1]),
        put("signer", value=SHA.upper()),
        put("epoch", value=-1),
        put("epoch", value=1 << 53),
        put("epoch", value="2500"),
        put("seq", value=0),
        put("created", value="2026-11-22"),
        put("created", value="2026-13-22T04:31:00Z"),
        put("created", value=20261122),
        put("next_expected", value="tomorrow"),
        put("prev", value="first"),
        put("taken_at", value=[]),
        put("taken_at", "Nexus", value="2026"),
        put("taken_at", "Nexus", "Note", value="2026"),
        put("taken_at", "Nexus", "note", value="today"),
        put("taken_at", "N" * 257, value={}),
        put("counts", "note", "rows", value=-1),
        put("counts", "note", "rows", value=[]),
        put("counts", "note", "more", value=1),
        put("counts", "note", value=7),
        put("counts", "note", "newest", value="yesterday"),
        put("counts", "../note", value={"citizens": 0, "newest": "", "rows": 0}),
        put("units", "Nexus:1", "name", value="x" * 257),
        put("units", "Nexus:1", "name", value=4),
        put("units", "Nexus:1", "citizens", value="many"),
        put("database", "length", value=0),
        put("database", "length", value=(1 << 40) + 1),
        put("database", "sha256", value=""),
        put("database", value=SHA),
        put("plan", "length", value=(16 << 20) + 1),
        put("plan", "sha256", value="x" * 64),
        put("shrink_accepted", value=2),
        put("seals", value=[]),
        put("seals", "room12", value=""),
        put("seals", VAULT, value=""),
        put("seals", VAULT, value=7),
        put("seals", VAULT, value="not base64"),
        put("seals", VAULT, value="AAAA"),
    ],
)
def test_a_field_that_is_missing_unknown_or_out_of_range_is_refused(change: Callable[[dict[str, Any]], None]):
    with pytest.raises(Malformed):
        decode(changed(change))


def test_a_sealed_key_has_one_spelling():
    """The last letter of base64 has spare bits: a second spelling of the same key is refused."""
    import base64

    value: Any = canonical.decode(encode(replace(MANIFEST, seals={VAULT: bytes(SEALED_BYTES)})))
    text = value["seals"][VAULT]
    assert text.endswith("AA==")  # 1,168 bytes leave four spare bits
    twin = text[:-3] + "B=="
    assert base64.b64decode(twin) == bytes(SEALED_BYTES)
    with pytest.raises(Malformed):
        decode(changed(put("seals", VAULT, value=twin)))


@pytest.mark.parametrize("data", [b"[]", b"7", b'"x"', b"{}", b"", b"\xff"])
def test_what_is_no_object_is_refused(data: bytes):
    with pytest.raises(Malformed):
        decode(data)


@given(
    st.integers(0, (1 << 53) - 1),
    st.integers(0, (1 << 53) - 1),
    st.integers(0, (1 << 53) - 1),
    st.integers(0, (1 << 53) - 1),
)
def test_names_of_positions_sort_as_positions_do(epoch: int, seq: int, other_epoch: int, other_seq: int):
    one, other = Position(epoch, seq), Position(other_epoch, other_seq)
    assert (one < other) == (str(one) < str(other))


def test_a_site_is_a_name_that_every_file_system_takes():
    assert all(map(is_site, ["nordby", "Odense.Nord-2", "0_1"]))
    assert not any(map(is_site, ["", ".hidden", "-x", "a/b", "å", "a" * 65, "a\n"]))
