"""F16's images: the two copies of a slot file, damaged or changed in one or in both of them, and what may be said of each.

The images are made over the JSON as it is found, so that they fit every version of the slots. A slot is any object with
Argon2id's parameters in it.
"""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from backupreader.domain.errors import NO_VAULT, VAULT_DAMAGED, WRONG_PASSPHRASE

OPENS: Final = "opens"
EITHER: Final = frozenset({VAULT_DAMAGED.code, WRONG_PASSPHRASE.code})
DAMAGED: Final = frozenset({VAULT_DAMAGED.code})
WRONG: Final = frozenset({WRONG_PASSPHRASE.code})
ANY: Final = EITHER | {OPENS}
ONLY_OPENS: Final = frozenset({OPENS})
FLIPS: Final = 24
OUT_OF_RANGE: Final = {
    "memory_kib": (1 << 31, 1 << 21, 1 << 63, 10**30, 8 * 1024 - 1, 0, -1),
    "time": (0, -1, 1000, 1 << 32, 10**30),
    "lanes": (0, -1, 9, 1 << 24, 10**30),
}
"""The first is two tebibytes."""
OF_ANOTHER_KIND: Final = ("1.5", "1e3", "true", "null", '"3"', "[]", "{}")
Bytes = bytes | None  # None: the copy is not there


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """What the two copies hold, and which verdicts are right. `at_once`: it must be told before any Argon2id runs."""

    what: str
    copies: tuple[Bytes, Bytes]
    verdicts: frozenset[str]
    at_once: bool = False


def images(older: bytes, newer: bytes) -> Iterator[Image]:
    """All images of two whole copies of one value; `newer` is the one that counts."""
    for what, damage in _of_bytes():
        for copies, which in (((damage(older), newer), "the older copy"), ((older, damage(newer)), "the newer copy")):
            yield Image(what=f"{what}: {which}", copies=copies, verdicts=ONLY_OPENS)
        yield Image(what=f"{what}: both copies", copies=(damage(older), damage(newer)), verdicts=DAMAGED)
    yield Image(what="both gone", copies=(None, None), verdicts=frozenset({NO_VAULT.code}))
    yield Image(what="one gone", copies=(None, newer), verdicts=ONLY_OPENS)
    yield Image(what="the other one gone", copies=(older, None), verdicts=ONLY_OPENS)
    yield Image(what="each in the other's place", copies=(newer, older), verdicts=ONLY_OPENS)
    yield Image(what="the same copy twice", copies=(newer, newer), verdicts=ONLY_OPENS)
    whole = json.loads(newer)
    for change in _of_values(whole["value"]):
        for what, counter, copies in (
            ("both copies", whole["counter"], lambda made: (made, made)),
            ("an older copy that says it is newer", whole["counter"] + 7, lambda made: (made, newer)),
        ):
            made = sealed(counter, change.value)
            # An image that is not canonical is no copy at all: then the other one counts.
            passed_over = made is None or change.spelling is not None
            data = change.spelt(counter) if change.spelling is not None else made
            verdicts = change.verdicts if not passed_over else ONLY_OPENS if what != "both copies" else DAMAGED
            yield Image(what=f"{change.what}: {what}", copies=copies(data), verdicts=verdicts, at_once=change.at_once)


def sealed(counter: int, value: object) -> bytes:
    """A copy with a right digest, as `Copies` writes it."""
    digest = hashlib.sha256(_canonical({"counter": counter, "value": value})).hexdigest()
    return _canonical({"counter": counter, "digest": digest, "value": value})


def _canonical(value: object) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode("ascii")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Change:
    """The value of a slot file with one thing changed. `spelling`: what stands in place of `MARK`, as no JSON of ours does."""

    what: str
    value: Any
    verdicts: frozenset[str]
    spelling: str | None = None
    at_once: bool = False

    def spelt(self, counter: int) -> bytes:
        return sealed(counter, self.value).replace(json.dumps(MARK).encode(), (self.spelling or "").encode())


MARK: Final = "\x01"


def _of_bytes() -> Iterator[tuple[str, Callable[[bytes], Bytes]]]:
    chance = random.Random(16)
    for number in range(FLIPS):
        part, bit = chance.random(), chance.randrange(8)
        yield f"flip {number}", lambda data, part=part, bit=bit: _flipped(data, int(part * len(data)), bit)
    for share in (0, 0.01, 0.5, 0.99):
        yield f"cut at {share:.0%}", lambda data, share=share: data[: int(share * len(data))]
    yield "a byte too many", lambda data: data + b"\n"
    yield "a blank in it", lambda data: data.replace(b":", b": ", 1)
    yield "zeros to the end", lambda data: data[: len(data) // 2] + bytes(len(data) - len(data) // 2)
    yield "twice behind itself", lambda data: data + data
    yield "chance", lambda data: random.Random(len(data)).randbytes(len(data))
    yield "brackets", lambda _: b"[" * 100_000
    yield "the digest of another", lambda data: _put(data, "digest", "0" * 64)
    for counter in (0, -1, 1 << 70, "1", [], {}):
        yield f"the counter {counter!r}", lambda data, counter=counter: _put(data, "counter", counter)
    yield "no value", lambda data: _canonical({k: v for k, v in json.loads(data).items() if k != "value"})
    yield "one field more", lambda data: _put(data, "more", 1)


def _flipped(data: bytes, place: int, bit: int) -> bytes:
    return data[:place] + bytes([data[place] ^ (1 << bit)]) + data[place + 1 :]


def _put(data: bytes, key: str, value: object) -> bytes:
    return _canonical({**json.loads(data), key: value})


def _of_values(value: Any) -> Iterator[_Change]:
    for strange in (1, "slots", [[]], [1], ["x"], [[{}]], {"slots": 1}):
        yield _Change(what=f"the value {strange!r}", value=strange, verdicts=DAMAGED | WRONG)
    slots = list(_slots(value, ()))
    for place, slot in slots:
        yield from _of_slot(value, place, slot)


def _slots(value: Any, place: tuple[Any, ...]) -> Iterator[tuple[tuple[Any, ...], dict[str, Any]]]:
    if isinstance(value, dict) and "memory_kib" in value:
        yield place, value
        return
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in inner:
        yield from _slots(item, (*place, key))


def _with(value: Any, place: tuple[Any, ...], new: Any) -> Any:
    if not place:
        return new
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[place[0]] = _with(copy[place[0]], place[1:], new)
    return copy


Changed = Callable[..., _Change]


def _of_slot(value: Any, place: tuple[Any, ...], slot: dict[str, Any]) -> Iterator[_Change]:
    def changed(what: str, verdicts: frozenset[str], new: object, **more: Any) -> _Change:
        return _Change(what=what, value=_with(value, place, new), verdicts=verdicts, **more)

    yield from _of_cost(slot, changed)
    for kind in ("account", "event-code", "recovery", "master", "", 1, []):
        if kind != slot["kind"]:
            yield changed(f"the kind is {kind!r}", EITHER, {**slot, "kind": kind})
    for key in slot:
        yield changed(f"{key} is missing", DAMAGED, {k: v for k, v in slot.items() if k != key})
        yield from _of_field(slot, key, changed)
    yield changed("one field more", DAMAGED, {**slot, "more": 1})


def _of_cost(slot: dict[str, Any], changed: Changed) -> Iterator[_Change]:
    for key, numbers in OUT_OF_RANGE.items():
        for number in numbers:
            yield changed(f"{key} is {number}", DAMAGED, {**slot, key: number}, at_once=True)
        for token in OF_ANOTHER_KIND:
            plain = token in {'"3"', "[]", "{}"}
            new = json.loads(token) if plain else MARK
            spelling = None if plain else token
            yield changed(f"{key} is {token}", DAMAGED, {**slot, key: new}, spelling=spelling, at_once=True)
    yield changed("the passes are other ones", WRONG, {**slot, "time": slot["time"] + 1})


def _of_field(slot: dict[str, Any], key: str, changed: Changed) -> Iterator[_Change]:
    """A field that says something else, or something of another kind."""
    old = slot[key]
    if isinstance(old, int) and key not in OUT_OF_RANGE:
        yield changed(f"{key} is one more", EITHER, {**slot, key: old + 1})
    elif isinstance(old, list):
        yield changed(f"{key} has one more", EITHER, {**slot, key: [*old, "x"]})
    elif isinstance(old, str) and key != "kind":
        # A proof says who may be given a new key; it is no part of what opens.
        right = ANY if key == "proof" else EITHER
        for new in {_turned(old), old[:-2], old + "00", "", "æ", "\x00"} - {old}:
            yield changed(f"{key} is {new[:12]!r}", right, {**slot, key: new})
        for new in (1, [], {}):
            yield changed(f"{key} is {new!r}", EITHER, {**slot, key: new})


def _turned(text: str) -> str:
    """The same with its first letter or digit changed."""
    return ("1" if text[:1] == "0" else "0") + text[1:] if text else "x"
