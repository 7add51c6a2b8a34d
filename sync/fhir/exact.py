"""JSON in which a decimal keeps its text: `13.60`, `1.0` and `1e-3` are not numbers but what the source said.

orjson is fast and gives floats. A float is used here only where Python's shortest text of it is the source's text,
which holds unless the number is written in one of the ways `_RISKY` knows: an exponent, a trailing zero after other
decimals, more digits than a float surely keeps, a value below 0.0001, a minus zero. A line that holds such a number
anywhere (also inside a text, which costs only time) is read a second time by the standard library with its decimals
kept as `Decimal` text. Numbers in FHIR are always the value of a name, never members of a list, so a number stands
behind a colon. The search is made only where a resource turns out to hold a decimal (`Decimals`): it costs more than
the parsing.
"""

from __future__ import annotations

import json
import re
from typing import Any, Final

import orjson

_RISKY: Final = re.compile(
    rb":\s*(?:-?[0-9]+(?:\.[0-9]+)?[eE]|-?[0-9]+\.[0-9]+0(?![0-9])|-?0\.0000|-?[0-9][0-9.]{15,}|-0(?![0-9.]))"
)


class NotJson(Exception):
    """The bytes are not JSON. `line` is the line within them, from 1; `reason` says what was found there."""

    def __init__(self, reason: str, line: int) -> None:
        super().__init__(reason, line)
        self.reason = reason
        self.line = line


class DecimalText(str):
    """A decimal as written; a class of its own so that the text "1.0" is never mistaken for the number 1.0."""

    __slots__ = ()


def _refuse_constant(name: str) -> object:
    raise NotJson(f"{name} is not a number", 1)


def loads(data: bytes, *, exact: bool) -> Any:  # noqa: ANN401 (JSON is anything)
    """The value of `data`; with `exact`, every float in it prints as the source wrote it. Raises `NotJson`."""
    try:
        value = orjson.loads(data)
        if exact and _RISKY.search(data):
            return json.loads(data, parse_float=DecimalText, parse_int=_whole, parse_constant=_refuse_constant)
    except orjson.JSONDecodeError as trouble:
        raise NotJson(trouble.msg, trouble.lineno) from None
    except RecursionError:
        raise NotJson("nested too deeply", 1) from None
    return value


def _whole(text: str) -> object:
    """Whole numbers stay numbers, except those that Python would write differently (-0)."""
    return DecimalText(text) if text.startswith("-0") or len(text) > _DIGITS else int(text)


_DIGITS: Final = 15


class Inexact(Exception):
    """A decimal of a resource that was read fast may not print as it was written: read it again with `exact`."""


class Decimals:
    """Vouches for the decimals of the one resource that is being read.

    `raw` is its line, or None where it was read exactly.
    """

    __slots__ = ("raw",)

    def __init__(self, raw: bytes | None = None) -> None:
        self.raw = raw

    def text(self, value: object) -> str | None:
        """`decimal_text`.

        Raises `Inexact` where the line holds a number that is not sure to print as it was written.
        """
        if self.raw is not None and (isinstance(value, float) or value == 0):
            if _RISKY.search(self.raw):
                raise Inexact
            self.raw = None
        return decimal_text(value)


def decimal_text(value: object) -> str | None:
    """The text of a number that came from `loads(…, exact=True)`, as written; None where it is not a number."""
    if isinstance(value, DecimalText):
        return str(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return repr(value)
