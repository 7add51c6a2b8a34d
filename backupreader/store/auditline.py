"""The lines of the audit: how one is written, how it is read back, and how each follows the one before. No file here.

Two kinds, each canonical JSON on a line of its own:

    {"keys": {recipient: sealed key}, "n", "prev", "proof"}     a fresh key, sealed to the vault and the auditor (HPKE)
    {"box": closed act, "key": n of its key's line, "n", "prev"}

`n` counts from 1; `prev` is the head of the line before, and a head is the SHA-256 over a label and the line's bytes:
no line can be changed, taken out or moved without every later one showing it. An act is closed with a key of its own,
from a ratchet (`Ratchet`) that forgets: whoever takes over the PC later cannot read what was done. `proof` is made with
the open vault's seed: what is told of an unlocked session was written in one. Before an unlock it is empty.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final, TypeAlias

from backupreader.domain.acts import KINDS, Act, Actor, Anchor
from backupreader.domain.trouble import Reason
from backupreader.language import N_
from backupreader.store import canonical
from backupreader.store.canonical import NotCanonical, Value
from backupreader.store.manifest import LARGEST_NUMBER

START: Final = Anchor(0, "0" * 64)
LONGEST_TEXT: Final = 500
"""Characters of a text in an act; of a longer one its beginning, its length and its digest are kept."""
YEARS: Final = range(2000, 2200)
_LABEL: Final = b"backupreader audit line 1\0"
_SHA256: Final = re.compile(r"[0-9a-f]{64}")
_ACTOR: Final = "actor"
_WHO: Final = ("name", "role", "via", "reason")
_PLAIN: Final = ("what", "words", "reason", "digest", "generation", "outage")


class BadLine(ValueError):
    """No line that this program writes."""


@dataclass(frozen=True, slots=True)
class KeyLine:
    """A fresh key, sealed to each recipient by id; `proof` is hexadecimal, or empty."""

    number: int
    prev: str
    keys: Mapping[str, bytes] = field(repr=False)
    proof: str = ""

    def proven(self, seed: bytes) -> KeyLine:
        """The same with its proof, made with the seed of an open vault."""
        return replace(self, proof=self.proof_by(seed))

    def proof_by(self, seed: bytes) -> str:
        """What its proof is where it was written by one who had opened this vault."""
        key = hmac.digest(seed, b"backupreader audit proof", "sha256")
        return hmac.digest(key, encode(replace(self, proof="")), "sha256").hex()


@dataclass(frozen=True, slots=True)
class BoxLine:
    """One closed act; `key` is the number of the line that holds its key."""

    number: int
    prev: str
    key: int
    box: bytes = field(repr=False)


Line: TypeAlias = KeyLine | BoxLine


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditPurpose:
    """What a key of the audit is sealed for: this recipient, this place in the chain."""

    recipient: str
    number: int
    prev: str

    def info(self) -> bytes:
        """See `seal.Purpose`."""
        parts = (self.recipient, str(self.number), self.prev)
        return b"\0".join((b"backupreader audit key 1", *(part.encode("utf-8") for part in parts)))


class Ratchet:
    """The keys of one key line's acts, each used once and then forgotten."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def turn(self) -> bytes:
        """The next act's key."""
        key = hmac.digest(self._key, b"backupreader audit act", "sha256")
        self._key = hmac.digest(self._key, b"backupreader audit next", "sha256")
        return key

    def again(self) -> Ratchet:
        """Another one that stands where this one does."""
        return Ratchet(self._key)

    def follow(self, other: Ratchet) -> None:
        """Stand where `other` does."""
        self._key = other._key


def encode(line: Line) -> bytes:
    """The line's bytes, without the line end."""
    value: dict[str, Value] = {"n": line.number, "prev": line.prev}
    if isinstance(line, KeyLine):
        value["keys"] = {recipient: base64.b64encode(key).decode("ascii") for recipient, key in line.keys.items()}
        value["proof"] = line.proof
    else:
        value |= {"box": base64.b64encode(line.box).decode("ascii"), "key": line.key}
    return canonical.encode(value)


def decode(data: bytes) -> Line:
    """The line that `encode` wrote. Raises `BadLine`."""
    try:
        value = canonical.decode(data)
    except NotCanonical as trouble:
        raise BadLine from trouble
    if not isinstance(value, dict):
        raise BadLine
    number, prev = value.get("n"), value.get("prev")
    if not isinstance(number, int) or not 1 <= number <= LARGEST_NUMBER:
        raise BadLine
    if not isinstance(prev, str) or not _SHA256.fullmatch(prev):
        raise BadLine
    if value.keys() == {"keys", "n", "prev", "proof"} and isinstance(keys := value["keys"], dict) and keys:
        proof = str(value["proof"])
        if proof and not _SHA256.fullmatch(proof):
            raise BadLine
        return KeyLine(number, prev, {recipient: _bytes(key) for recipient, key in keys.items()}, proof)
    if value.keys() == {"box", "key", "n", "prev"} and isinstance(key := value["key"], int):
        return BoxLine(number, prev, key, _bytes(value["box"]))
    raise BadLine


def head(data: bytes) -> str:
    """The head of the line with these bytes, in hexadecimal."""
    return hashlib.sha256(_LABEL + data).hexdigest()


def bound(number: int, prev: str, key: int) -> bytes:
    """What the cipher of an act binds: its own place."""
    return canonical.encode({"key": key, "n": number, "prev": prev})


@dataclass(frozen=True, slots=True)
class Link:
    """One line in its chain: where it stands, the line, and what is wrong with its place (None where nothing is).

    A line that was cut off by a crash has no `line`; it stands for nothing, and breaks no chain.
    """

    anchor: Anchor
    line: Line | None
    fault: Reason | None = None


def chained(lines: Iterable[bytes]) -> Iterator[Link]:
    """Every line with the verdict on its place. After a fault, what follows is judged by the line that was found."""
    last = START
    for data in lines:
        try:
            line = decode(data)
        except BadLine:
            yield Link(last, None)
            continue
        fault = None
        if (line.number, line.prev) != (last.number + 1, last.head):
            facts = {"number": line.number, "before": last.number}
            fault = Reason(N_("line {number} does not follow line {before}: lines are missing or were changed"), facts)
        last = Anchor(line.number, head(data))
        yield Link(last, line, fault)


def act_bytes(act: Act, *, late: bool = False) -> bytes:
    """The act as it is closed; what says nothing is left out."""
    actor = {key: _tame(text) for key in _WHO if (text := getattr(act.actor, key)) or key == "name"}
    value: dict[str, Value] = {"kind": act.kind, "at": act.at.isoformat(), _ACTOR: {**actor}}
    if act.actor.units:
        value["units"] = [_tame(unit) for unit in act.actor.units]
    if act.citizens:
        value["citizens"] = [_tame(citizen) for citizen in act.citizens]
    if act.pages:
        value["pages"] = act.pages
    value |= {key: _tame(text) for key in _PLAIN if (text := getattr(act, key))}
    if late:
        value["late"] = 1
    return canonical.encode(value)


def read_act(data: bytes) -> tuple[Act, bool]:
    """The act that `act_bytes` wrote, and whether it was written late. Raises `BadLine`."""
    try:
        value = canonical.decode(data)
        assert isinstance(value, dict)
        actor = value[_ACTOR]
        assert isinstance(actor, dict)
        kind = KINDS[KINDS.index(value["kind"])]
        units, citizens = value.get("units", []), value.get("citizens", [])
        assert isinstance(units, list)
        assert isinstance(citizens, list)
        pages = value.get("pages", 0)
        assert isinstance(pages, int)
        who = Actor(units=tuple(map(str, units)), **{key: str(text) for key, text in actor.items() if key in _WHO})  # type: ignore[arg-type]
        at = datetime.fromisoformat(str(value["at"]))
        if at.tzinfo is None or at.year not in YEARS:
            raise BadLine
        text = {key: str(value.get(key, "")) for key in _PLAIN}
        act = Act(
            kind=kind,
            at=at,
            actor=who,
            citizens=tuple(map(str, citizens)),
            what=text["what"],
            words=text["words"],
            reason=text["reason"],
            pages=pages,
            digest=text["digest"],
            generation=text["generation"],
            outage=text["outage"],
        )
    except (NotCanonical, AssertionError, KeyError, TypeError, ValueError) as trouble:
        raise BadLine from trouble
    return act, value.get("late") == 1


def _tame(text: str) -> str:
    """Text without half a surrogate pair, which a keyboard or a source may give and no encoding holds; not too long."""
    whole = text.encode("utf-8", "replace")
    if len(text) <= LONGEST_TEXT:
        return whole.decode("utf-8")
    start = text[:LONGEST_TEXT].encode("utf-8", "replace").decode("utf-8")
    return f"{start}… ({len(text)}, SHA-256 {hashlib.sha256(whole).hexdigest()})"


def _bytes(value: Value) -> bytes:
    try:
        return base64.b64decode(str(value), validate=True)
    except (binascii.Error, ValueError) as trouble:
        raise BadLine from trouble
