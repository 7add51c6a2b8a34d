"""A letter's text: every element in its order under its heading, and MedCom's simple markup as lines.

`<Break/>` is a line break and `<Space/>` a space; what is bold, italic, underlined or in a fixed font is kept as its
words, what is centred or to the right as a line of its own. White space is kept as written.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sync.markup import Element
from sync.medcom.words import HEADINGS, NOT_CARRIED, UNHEADED

_INLINE: Final = frozenset({"Bold", "Italic", "Underline", "FixedFont"})
_LINES: Final = frozenset({"Right", "Center"})
_MARKUP: Final = _INLINE | _LINES | {"Break", "Space"}
ENCODED: Final = "Base64Encoded"
"""How the elements end in which a file stands: it is no text."""

_DATE_AND_TIME: Final = frozenset({"Date", "Time"})


def formatted(element: Element) -> str:
    """The words of an element with markup in it, nothing between them lost."""
    element.taken = True
    pieces: list[str] = []
    start = 0
    for child in element.children:
        pieces.append(element.text[start : child.at])
        pieces.append(_marked(child, pieces))
        start = child.at
    return "".join([*pieces, element.text[start:]])


def _marked(child: Element, before: list[str]) -> str:
    if child.name == "Break":
        return "\n" + formatted(child)
    if child.name == "Space":
        return " " + formatted(child)
    text = formatted(child)
    if child.name in _INLINE:
        return text
    return f"\n{text}\n" if _on_a_line(before) else f"{text}\n"


def _on_a_line(pieces: list[str]) -> bool:
    """Do words stand on the last line so far?"""
    for piece in reversed(pieces):
        _, end, line = piece.rpartition("\n")
        if line.strip():
            return True
        if end:
            return False
    return False


def is_text(element: Element) -> bool:
    """Does running text stand here, and not further elements with names of their own?"""
    return not element.children or bool(element.text.strip()) or all(one.name in _MARKUP for one in element.children)


def told(element: Element) -> Iterator[str]:
    """The lines of an element with all that is in it; none where it holds nothing."""
    if element.name in NOT_CARRIED:
        element.take()
    if element.name in NOT_CARRIED or element.name.endswith(ENCODED):
        return
    heading = None if element.name in UNHEADED else HEADINGS.get(element.name, element.name)
    if is_text(element):
        text = formatted(element).strip()
        if text:
            yield _under(heading, text)
    elif all(child.name in _DATE_AND_TIME for child in element.children):
        yield _under(heading, " ".join(formatted(child).strip() for child in element.children))
    else:
        inner = [line for child in element.children for line in told(child)]
        if inner:
            if heading is not None:
                yield heading
            yield from inner


def _under(heading: str | None, text: str) -> str:
    if heading is None:
        return text
    return f"{heading}\n{text}" if "\n" in text else f"{heading}: {text}"
