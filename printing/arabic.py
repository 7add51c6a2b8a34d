"""Arabic as it is written: joined letters, from right to left, inside a line that runs from left to right.

Covered: the joining forms and lam-alef ligatures that Unicode has presentation forms for (all of Arabic, most of
Persian and Urdu), the order of right-to-left words among left-to-right ones, numbers and mirrored brackets among them.
Not done: the full bidirectional algorithm (nested directions, a paragraph whose own direction is right to left), the
placing of vowel marks, and letters without presentation forms, which stand unjoined. Nothing is ever left out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container
from functools import cache
from typing import Final

_ARABIC: Final = re.compile("[\u0600-\u06ff]+")
_RIGHT_TO_LEFT: Final = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
_RUN: Final = re.compile(f"[{_RIGHT_TO_LEFT}](?:[^A-Za-z\u00c0-\u04ff]*[{_RIGHT_TO_LEFT}])*")
_CLUSTER: Final = re.compile("[0-9][0-9.,:/-]*[0-9]|.[\u064b-\u065f\u0670]*")
_MIRROR: Final = str.maketrans("()[]{}<>«»", ")(][}{><»«")
_OPENED_BY: Final = {")": "(", "]": "[", "}": "{"}
_MARKS: Final = re.compile("[\u064b-\u065f\u0670]")
_LAM: Final = "\u0644"


@cache
def _forms() -> dict[tuple[str, str], str]:
    """(letters, position) → the presentation form, from Unicode's own decompositions."""
    forms: dict[tuple[str, str], str] = {}
    for code in (*range(0xFB50, 0xFBC2), *range(0xFBD3, 0xFC00), *range(0xFE80, 0xFEFD)):
        kind, *points = unicodedata.decomposition(chr(code)).split() or ["", ""]
        if kind in {"<isolated>", "<initial>", "<medial>", "<final>"}:
            forms.setdefault(("".join(chr(int(point, 16)) for point in points), kind[1:-1]), chr(code))
    return forms


def shape(text: str, drawable: Container[str]) -> str:
    """The text in the same (logical) order, with Arabic letters in the form that joins them to their neighbours.

    A form that is not `drawable` is left as the plain letter.
    """
    return _ARABIC.sub(lambda found: _joined(found[0], drawable), text)


def _joined(word: str, drawable: Container[str]) -> str:
    forms = _forms()
    letters: list[str] = []  # with the marks that stand on them
    for letter in word:
        last = _MARKS.sub("", letters[-1]) if letters else ""
        if (_MARKS.match(letter) and letters) or (last == _LAM and (_LAM + letter, "isolated") in forms):
            letters[-1] += letter
        else:
            letters.append(letter)
    bases = [_MARKS.sub("", letter) for letter in letters]
    shaped: list[str] = []
    for number, base in enumerate(bases):
        before = number > 0 and ((bases[number - 1], "initial") in forms or bases[number - 1] == "\u0640")
        after = number + 1 < len(bases) and ((bases[number + 1], "final") in forms or bases[number + 1] == "\u0640")
        both = (base, "initial") in forms  # the letter joins on both sides
        position = (
            ("medial" if after and both else "final") if before else ("initial" if after and both else "isolated")
        )
        form = forms.get((base, position)) or forms.get((base, "isolated")) or base
        shaped.append((form if form in drawable else base) + "".join(_MARKS.findall(letters[number])))
    return "".join(shaped)


def visual(line: str) -> str:
    """One line in the order in which its glyphs are drawn from left to right."""
    drawn: list[str] = []
    start = 0
    for found in _RUN.finditer(line):
        first, last = found.span()
        closing = line[last : last + 1]
        if closing in _OPENED_BY and found[0].count(_OPENED_BY[closing]) > found[0].count(closing):
            last += 1  # a bracket that was opened among the words is closed among them
        drawn += (line[start:first], _reversed(line[first:last]))
        start = last
    return "".join(drawn) + line[start:]


def _reversed(run: str) -> str:
    parts: list[str] = []
    for word in re.split("( +)", run):
        clusters = _CLUSTER.findall(word)
        parts.append("".join(reversed([c.translate(_MIRROR) if len(c) == 1 else c for c in clusters])))
    return "".join(reversed(parts))
