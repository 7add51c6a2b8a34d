"""People's text as it is drawn on the screen: nothing in it can hide, and nothing in it can turn what stands beside it.

Control characters and marks that turn the reading direction are drawn as their codes, ``[U+202E]``, as they are on
paper; every kind of line break breaks the line. What is drawn is never what is kept: models and screen readers have
the text as it was delivered.
"""

from __future__ import annotations

import re
from typing import Final

_BREAKS: Final = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_HIDDEN: Final = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def visible(text: str) -> str:
    """The text to draw."""
    if text.isprintable():
        return text
    return _HIDDEN.sub(_code, _BREAKS.sub("\n", text))


def _code(hidden: re.Match[str]) -> str:
    return f"[U+{ord(hidden[0]):04X}]"
