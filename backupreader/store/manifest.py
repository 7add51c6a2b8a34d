"""The manifest: what a package says about itself, signed as a whole (DESIGN.md, part 5).

`encode` writes canonical JSON; `decode` accepts only bytes that `encode` writes, with every field in its range, so
that what is behind it never meets a surprise. Nothing about a citizen stands in it: only counts, names of units, and
moments.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, TypeVar

from backupreader.store import canonical
from backupreader.store.canonical import NotCanonical, Value
from backupreader.store.seal import PUBLIC_SIGNER_BYTES, SEALED_BYTES, SIGNATURE_BYTES

FORMAT: Final = 1
LARGEST_PLAN: Final = 16 << 20
LARGEST_DATABASE: Final = 1 << 40
LARGEST_NUMBER: Final = (1 << 53) - 1
"""Whole numbers stay exact in every JSON reader."""
LONGEST_TEXT: Final = 256
EMPTY_SHA256: Final = hashlib.sha256(b"").hexdigest()
T = TypeVar("T")


class Malformed(ValueError):
    """A signed manifest says something that this format cannot say."""


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """Where a generation stands in its exporter's line: `epoch` grows when it starts anew, `seq` with every package."""

    epoch: int
    seq: int

    def __str__(self) -> str:
        """The name of its folder; sorts as the position does."""
        return f"{self.epoch:016d}-{self.seq:016d}"


@dataclass(frozen=True, slots=True)
class Count:
    """One table's size: rows, how many citizens they are about, and the newest moment in it where it has moments."""

    rows: int
    citizens: int
    newest: str | None = None


@dataclass(frozen=True, slots=True)
class UnitCount:
    """How many citizens one unit has."""

    name: str
    citizens: int


@dataclass(frozen=True, slots=True)
class Successor:
    """The key that will sign after this one: the epoch that it begins with, its public half, and its own word for both.

    `proof` is its signature over `succession_message`: whoever has the old key cannot speak for another's new one.
    """

    epoch: int
    public: bytes
    proof: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """See the module.

    Moments are ISO 8601 text; `taken_at` is by source, then table; `seals` by vault id; `counts` by table; `units` by
    unit id.

    `schema` is the version of the database's tables. `prev` is the database digest of the package before, None for
    the first. `shrink_accepted`: a person at the exporter said that holding less than the package before is right.
    `left_out`: the tables that the site keeps out of its generations by its own decision, in alphabetical order.
    `successor`: who signs next, said in each package from `trust rotate` to its finish.
    """

    schema: int
    site: str
    signer: str
    epoch: int
    seq: int
    created: str
    taken_at: Mapping[str, Mapping[str, str]]
    counts: Mapping[str, Count]
    units: Mapping[str, UnitCount]
    database_length: int
    database_sha256: str
    seals: Mapping[str, bytes] = field(repr=False)
    plan_length: int
    plan_sha256: str
    prev: str | None = None
    next_expected: str | None = None
    shrink_accepted: bool = False
    left_out: tuple[str, ...] = ()
    successor: Successor | None = None
    format: int = FORMAT

    @property
    def position(self) -> Position:
        """Where it stands in its exporter's line."""
        return Position(self.epoch, self.seq)


def encode(manifest: Manifest) -> bytes:
    """The canonical bytes, the ones that are signed."""
    value: dict[str, Value] = {
        "counts": {
            table: {"citizens": count.citizens, "newest": count.newest or "", "rows": count.rows}
            for table, count in manifest.counts.items()
        },
        "created": manifest.created,
        "database": {"length": manifest.database_length, "sha256": manifest.database_sha256},
        "epoch": manifest.epoch,
        "format": manifest.format,
        "next_expected": manifest.next_expected or "",
        "plan": {"length": manifest.plan_length, "sha256": manifest.plan_sha256},
        "prev": manifest.prev or "",
        "schema": manifest.schema,
        "seals": {vault: base64.b64encode(sealed).decode("ascii") for vault, sealed in manifest.seals.items()},
        "seq": manifest.seq,
        "shrink_accepted": int(manifest.shrink_accepted),
        "signer": manifest.signer,
        "site": manifest.site,
        "taken_at": {source: dict(tables) for source, tables in manifest.taken_at.items()},
        "units": {unit: {"citizens": count.citizens, "name": count.name} for unit, count in manifest.units.items()},
    }
    # two fields of their own kind: they are there only where they say something
    if manifest.left_out:
        value[_LEFT_OUT] = list(manifest.left_out)
    if manifest.successor is not None:
        public = base64.b64encode(manifest.successor.public).decode("ascii")
        proof = base64.b64encode(manifest.successor.proof).decode("ascii")
        value[_SUCCESSOR] = {"epoch": manifest.successor.epoch, "proof": proof, "public": public}
    return canonical.encode(value)


def decode(data: bytes) -> Manifest:
    """The manifest that `data` is. Raises `Malformed` for anything that `encode` would not have written."""
    try:
        top = canonical.decode(data)
    except NotCanonical as trouble:
        raise Malformed(str(trouble)) from trouble
    told = {_LEFT_OUT, _SUCCESSOR} & top.keys() if isinstance(top, dict) else set[str]()
    fields = _object(top, _FIELDS | told)
    # A later format may say what we cannot know: it is refused by its number, before any other field is looked at.
    if fields["format"] != FORMAT:
        raise Malformed("another format")
    database = _object(fields["database"], {"length", "sha256"})
    plan = _object(fields["plan"], {"length", "sha256"})
    return Manifest(
        schema=_number(fields["schema"], least=1),
        site=_matching(fields["site"], _SITE),
        signer=_matching(fields["signer"], _SHA256),
        epoch=_number(fields["epoch"]),
        seq=_number(fields["seq"], least=1),
        prev=_optional(fields["prev"], _SHA256),
        created=_instant(fields["created"]),
        next_expected=_optional(fields["next_expected"], _MOMENT),
        taken_at=_mapping(fields["taken_at"], _text, _taken),
        counts=_mapping(fields["counts"], _table, _count),
        units=_mapping(fields["units"], _text, _unit),
        database_length=_number(database["length"], least=1, most=LARGEST_DATABASE),
        database_sha256=_matching(database["sha256"], _SHA256),
        seals=_mapping(fields["seals"], _vault, _sealed),
        plan_length=_number(plan["length"], most=LARGEST_PLAN),
        plan_sha256=_matching(plan["sha256"], _SHA256),
        shrink_accepted=_number(fields["shrink_accepted"], most=1) == 1,
        left_out=_tables(fields[_LEFT_OUT]) if _LEFT_OUT in told else (),
        successor=_successor(fields[_SUCCESSOR]) if _SUCCESSOR in told else None,
    )


def succession_message(site: str, former: str, epoch: int) -> bytes:
    """What a successor signs: after whom, by signer id, and with which epoch it begins at this site."""
    return b"\0".join((b"backupreader successor 1", site.encode("ascii"), former.encode("ascii"), b"%d" % epoch))


def is_site(text: str) -> bool:
    """Whether this can be a site's name (the same rule as in the settings)."""
    return _SITE.fullmatch(text) is not None


_FIELDS = {
    "counts", "created", "database", "epoch", "format", "next_expected", "plan", "prev",
    "schema", "seals", "seq", "shrink_accepted", "signer", "site", "taken_at", "units",
}  # fmt: skip
_LEFT_OUT = "left_out"
_SUCCESSOR = "successor"
_SITE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_VAULT = re.compile(r"[0-9a-f]{32}")
_TABLE = re.compile(r"[a-z][a-z_]{0,31}")
_INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(Z|[+-][0-9]{2}:[0-9]{2})")
# The moments of records.py: a year alone, up to seconds with a zone.
_MOMENT = re.compile(
    r"[0-9]{4}(-[0-9]{2}(-[0-9]{2}(T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,9})?)?(Z|[+-][0-9]{2}:[0-9]{2})?)?)?)?"
)


def _object(value: Value, keys: set[str]) -> dict[str, Value]:
    if not isinstance(value, dict) or value.keys() != keys:
        raise Malformed("other fields than these: " + " ".join(sorted(keys)))
    return value


def _number(value: Value, least: int = 0, most: int = LARGEST_NUMBER) -> int:
    if not isinstance(value, int) or not least <= value <= most:
        raise Malformed(f"a number from {least} to {most}")
    return value


def _text(value: Value) -> str:
    if not isinstance(value, str) or len(value) > LONGEST_TEXT:
        raise Malformed(f"text of at most {LONGEST_TEXT} characters")
    return value


def _matching(value: Value, pattern: re.Pattern[str]) -> str:
    if not isinstance(value, str) or not pattern.fullmatch(value):
        raise Malformed(f"text of the form {pattern.pattern}")
    return value


def _instant(value: Value) -> str:
    """A moment that a clock with a zone has shown."""
    text = _matching(value, _INSTANT)
    try:
        datetime.fromisoformat(text)
    except ValueError as trouble:
        raise Malformed("a moment that no calendar has") from trouble
    return text


def _optional(value: Value, pattern: re.Pattern[str]) -> str | None:
    return None if value == "" else _matching(value, pattern)


def _mapping(value: Value, key: Callable[[Value], str], item: Callable[[Value], T]) -> Mapping[str, T]:
    if not isinstance(value, dict):
        raise Malformed("an object")
    return {key(name): item(inner) for name, inner in value.items()}


def _table(value: Value) -> str:
    return _matching(value, _TABLE)


def _tables(value: Value) -> tuple[str, ...]:
    """Names of tables, one at least, each once, in order."""
    if not isinstance(value, list) or not value:
        raise Malformed("a list of tables")
    tables = tuple(map(_table, value))
    if tables != tuple(sorted(set(tables))):
        raise Malformed("tables in alphabetical order, each once")
    return tables


def _vault(value: Value) -> str:
    return _matching(value, _VAULT)


def _taken(value: Value) -> Mapping[str, str]:
    return _mapping(value, _table, lambda moment: _matching(moment, _MOMENT))


def _count(value: Value) -> Count:
    fields = _object(value, {"citizens", "newest", "rows"})
    return Count(_number(fields["rows"]), _number(fields["citizens"]), _optional(fields["newest"], _MOMENT))


def _unit(value: Value) -> UnitCount:
    fields = _object(value, {"citizens", "name"})
    return UnitCount(_text(fields["name"]), _number(fields["citizens"]))


def _sealed(value: Value) -> bytes:
    return _bytes(value, SEALED_BYTES)


def _successor(value: Value) -> Successor:
    fields = _object(value, {"epoch", "proof", "public"})
    return Successor(
        _number(fields["epoch"]),
        _bytes(fields["public"], PUBLIC_SIGNER_BYTES),
        _bytes(fields["proof"], SIGNATURE_BYTES),
    )


def _bytes(value: Value, length: int) -> bytes:
    """So many bytes in base64."""
    if not isinstance(value, str):
        raise Malformed("a key as text")
    try:
        found = base64.b64decode(value, validate=True)
    except ValueError as trouble:
        raise Malformed("a key in base64") from trouble
    # base64 has spare bits: only the spelling that we would have written is one meaning, one sequence of bytes
    if len(found) != length or base64.b64encode(found).decode("ascii") != value:
        raise Malformed(f"a key of {length} bytes")
    return found
