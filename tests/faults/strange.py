"""Manifests that this format cannot say: each one a good manifest with one thing wrong, whoever signs it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Final

Path = tuple[str, ...]

TOKENS: Final = (
    "1.0", "1.5", "1e3", "1E400", "-1", "-0", "01", "9007199254740992", "9" * 40, "9" * 5000, "0x1", "+1", "NaN",
    "Infinity", "true", "false", "null", '"' + "x" * 257 + '"', '"\\ud800"', '"\\udfff\\ud800"', "[]", "[[]]", '[""]',
    "[1]", '[{"a":1}]', "[" * 2000 + "]" * 2000, '{"":[]}', '{"A B":1}', '{"x":{"y":{"z":1.5}}}', "",
)  # fmt: skip
"""None of them is right anywhere in a manifest, in place of a value."""
MARK: Final = "\x01"


def strange(described: bytes) -> Iterator[tuple[str, bytes]]:
    """What is wrong, and the bytes."""
    value = json.loads(described)
    for path in _paths(value):
        where = "/".join(path)[:60] or "all"
        for token in TOKENS:
            yield f"{where} is {token[:20]}", _with(value, path, token)
        inner = _at(value, path)
        if isinstance(inner, dict):
            yield from _other_keys(value, path, where, inner)
    yield from _other_spellings(described)


def _paths(value: object, here: Path = ()) -> Iterator[Path]:
    yield here
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _paths(inner, (*here, key))


def _at(value: object, path: Path) -> object:
    for key in path:
        assert isinstance(value, dict)
        value = value[key]
    return value


def _put(value: object, path: Path, new: object) -> object:
    """The same with another value at a path; everything else is shared."""
    if not path:
        return new
    assert isinstance(value, dict)
    return {**value, path[0]: _put(value[path[0]], path[1:], new)}


def _with(value: object, path: Path, token: str) -> bytes:
    """The canonical bytes, but for `token`, which stands as it is at `path`."""
    text = json.dumps(_put(value, path, MARK), sort_keys=True, separators=(",", ":"))
    return text.replace(json.dumps(MARK), token).encode("ascii")


def _other_keys(value: object, path: Path, where: str, inner: dict[str, object]) -> Iterator[tuple[str, bytes]]:
    text = json.dumps(inner, sort_keys=True, separators=(",", ":"))
    for key in inner:
        pair = json.dumps({key: inner[key]}, sort_keys=True, separators=(",", ":"))[1:-1]
        yield f"{where} says {key[:20]} twice", _with(value, path, text[:-1] + "," + pair + "}")
        yield f"{where} says {key[:20]} first and again", _with(value, path, "{" + pair + "," + text[1:])
        if _fixed(path):
            left = {name: item for name, item in inner.items() if name != key}
            yield (
                f"{where} lacks {key[:20]}",
                _with(value, path, json.dumps(left, separators=(",", ":"), sort_keys=True)),
            )
    for name in ("zz", "__class__", "Format", "left_out\x00"):
        more = json.dumps({**inner, name: 1}, sort_keys=True, separators=(",", ":"))
        yield f"{where} has {name!r} too", _with(value, path, more)
    if len(inner) > 1:
        backwards = dict(sorted(inner.items(), reverse=True))
        yield f"{where} is in another order", _with(value, path, json.dumps(backwards, separators=(",", ":")))


def _fixed(path: Path) -> bool:
    """Whether an object has exactly its own fields: not the mappings by table, unit, vault and source."""
    return (
        path == ()
        or (path[0] in {"database", "plan"} and len(path) == 1)
        or (path[0] in {"counts", "units"} and len(path) == 2)
    )


def _other_spellings(described: bytes) -> Iterator[tuple[str, bytes]]:
    """The same meaning in other bytes."""
    in_text = False
    for place, byte in enumerate(described):
        if byte == ord('"'):
            in_text = not in_text
        if not in_text and byte in b",:{}[]":
            for blank in (b" ", b"\n"):
                yield f"a blank at {place}", described[: place + 1] + blank + described[place + 1 :]
        elif in_text and byte != ord('"') and place % 5 == 0:
            escaped = f"\\u{byte:04x}".encode()
            yield f"an escape at {place}", described[:place] + escaped + described[place + 1 :]
    for before, after in (
        (b" ", b""),
        (b"\xef\xbb\xbf", b""),
        (b"", b"\n"),
        (b"", b"\0"),
        (b"", b"{}"),
        (b"\xff\xfe", b""),
    ):
        yield f"{before!r} before, {after!r} behind", before + described + after
    yield "it is in UTF-16", described.decode("ascii").encode("utf-16")
    yield "it is in UTF-32", described.decode("ascii").encode("utf-32")
