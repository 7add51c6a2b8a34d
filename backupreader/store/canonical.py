"""Canonical JSON: one meaning, one sequence of bytes.

Objects with sorted keys, ASCII only, no blanks, whole numbers only (no fraction, no exponent, no minus zero), no
true, false or null, no key twice. `decode` accepts only what `encode` would have written, so a signature over the
bytes is a signature over the meaning.
"""

from __future__ import annotations

import json
from typing import NoReturn, TypeAlias

Value: TypeAlias = "int | str | list[Value] | dict[str, Value]"


class NotCanonical(ValueError):
    """The bytes are not the canonical form of anything."""


def encode(value: Value) -> bytes:
    """The one form of `value`."""
    return json.dumps(value, sort_keys=True, ensure_ascii=True, separators=(",", ":"), allow_nan=False).encode("ascii")


def decode(data: bytes) -> Value:
    """What `data` says. Raises `NotCanonical` for anything that `encode` does not write."""
    try:
        value: Value = json.loads(data.decode("ascii"), parse_float=_refuse, object_pairs_hook=_object)
        _plain(value)
        again = encode(value)
    except (ValueError, RecursionError) as trouble:  # brackets a thousand deep end in RecursionError
        raise NotCanonical(str(trouble)) from trouble
    if again != data:
        raise NotCanonical("another spelling of the same")
    return value


def _object(pairs: list[tuple[str, Value]]) -> dict[str, Value]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise NotCanonical("a key twice")
    return found


def _refuse(text: str) -> NoReturn:
    raise NotCanonical(f"the number {text}")


def _plain(value: Value) -> None:
    """Nothing but whole numbers, text, lists and objects.

    No text with half a surrogate pair, which nothing can print.
    """
    if isinstance(value, str):
        value.encode("utf-8")
    elif isinstance(value, dict):
        for key, inner in value.items():
            _plain(key)
            _plain(inner)
    elif isinstance(value, list):
        for inner in value:
            _plain(inner)
    elif type(value) is not int:
        raise NotCanonical("neither text nor a whole number")
