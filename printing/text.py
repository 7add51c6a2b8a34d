"""People's text on paper: the one place where text from records becomes lines of glyphs.

No markup is ever read: there is nothing to escape, because nothing here interprets a ``<`` or an ``&``. Every
character is drawn: in Noto Sans, else in its Arabic or Math companion, else as its code, ``[U+1F600]``. Control
characters and marks that turn the reading direction are shown as their codes too. Line breaks are kept; a word that is
wider than its line is broken, never cut. Only what every program draws as nothing (soft hyphens, zero-width spaces and
joiners, a byte order mark, a variation selector) is drawn as nothing. Text is composed (NFC) so that a letter and its
accent meet.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final, TypeAlias

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from printing import arabic, fonts

Span: TypeAlias = tuple[str, bool]  # a text, and whether it is bold
Spans: TypeAlias = tuple[Span, ...]

_BREAKS: Final = re.compile("\r\n|[\r\n\v\f\x85\u2028\u2029]")
_MARKS: Final = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u064b-\u065f\u0670\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]{2,}"
)
_TOKENS: Final = re.compile(" +|[^ ]+")
_SILENT: Final = frozenset("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\ufe0e\ufe0f")
_GOOD_BREAKS: Final = frozenset("-/,.;:_+)\u2013")
_NO_BREAK_SPACES: Final = frozenset("\u00a0\u202f\u2007")
_SHORT: Final = 400  # longer texts are laid out without being remembered


@dataclass(frozen=True, slots=True)
class Style:
    """How a text is set, in points. `ink` is the grey of the letters, 0 is black."""

    size: float = 10
    leading: float = 13
    bold: bool = False
    ink: float = 0.0


BODY: Final = Style()
STRONG: Final = Style(bold=True)
FOOT: Final = Style(size=10, leading=12)
HEADING: Final = Style(size=12, leading=16, bold=True)
NAME: Final = Style(size=17, leading=21, bold=True)


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a line in one typeface; `width` is for a size of one point."""

    face: str
    text: str
    width: float


@dataclass(frozen=True, slots=True)
class Line:
    """One laid out line, its pieces from left to right; `width` in points at the size it was laid out for."""

    segments: tuple[Segment, ...]
    width: float


class _Family:
    """The typefaces of one weight: which one draws a character, and how wide."""

    def __init__(self, files: tuple[str, ...]) -> None:
        self.glyphs: dict[str, tuple[str, float]] = {}
        for file in reversed(files):
            name = file.removesuffix(".ttf")
            font = TTFont(name, str(fonts.FOLDER / file), shapable=False)
            pdfmetrics.registerFont(font)  # pyright: ignore[reportUnknownMemberType] (the stubs leave it untyped)
            widths = font.face.charWidths
            self.glyphs.update(
                {chr(code): (name, widths[code] / 1000) for code in font.face.charToGlyph if code in widths}
            )
        self.glyphs["\u00a0"] = self.glyphs[" "]


@cache
def _family(bold: bool) -> _Family:  # noqa: FBT001 (weight is the whole argument)
    return _Family(fonts.BOLD if bold else fonts.REGULAR)


def plain_face() -> str:
    """The typeface of plain letters, known to reportlab; none that a PDF does not hold is ever its first."""
    return _family(False).glyphs["A"][0]


class _Visible(dict[int, str]):
    """What is drawn for a character; filled as characters are met."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        drawn = self[code] = _drawn(char)
        return drawn


def _drawn(char: str) -> str:
    if char in _SILENT:
        return ""
    if char == "\t":
        return "    "
    if char == "\n":
        return char
    if char in _NO_BREAK_SPACES:
        return "\u00a0"
    kind = unicodedata.category(char)
    if kind == "Zs":
        return " "
    covered = char in _family(False).glyphs and char in _family(True).glyphs
    return char if covered and kind not in {"Cc", "Cf", "Cs", "Co", "Cn"} else _code(char)


_VISIBLE: Final = _Visible()


def visible(text: str) -> str:
    """The text as it is drawn, in logical order, its line breaks each one newline character."""
    if text.isascii() and text.isprintable():
        return text
    composed = _MARKS.sub(_apart, _BREAKS.sub("\n", unicodedata.normalize("NFC", text)))
    return composed.translate(_VISIBLE)


def _apart(found: re.Match[str]) -> str:
    """Marks on one letter; one that comes again would be drawn on top of itself, so it is said by its code."""
    marks = found[0]
    return "".join(mark if mark not in marks[:place] else _code(mark) for place, mark in enumerate(marks))


def _code(char: str) -> str:
    return f"[U+{ord(char):04X}]"


def width(text: str, size: float, *, bold: bool = False) -> float:
    """How wide a text of one line is, in points."""
    return _width(visible(text), bold) * size


@lru_cache(maxsize=65_536)
def _width(token: str, bold: bool) -> float:  # noqa: FBT001 (a key of the memory)
    glyphs = _family(bold).glyphs
    return sum(glyphs[char][1] for char in token)


def forget() -> None:
    """Remember nothing of what was laid out: it may have been a secret."""
    _remembered.cache_clear()
    _width.cache_clear()


def lay(spans: Sequence[Span], style: Style, space: float) -> tuple[Line, ...]:
    """The lines of a text that is `space` points wide; a bold style makes every span bold. At least one line."""
    weighed = tuple((text, bold or style.bold) for text, bold in spans)
    if sum(len(text) for text, _ in weighed) <= _SHORT:
        return _remembered(weighed, style.size, space)
    return tuple(_lines(weighed, style.size, space))


@lru_cache(maxsize=16_384)
def _remembered(spans: Spans, size: float, space: float) -> tuple[Line, ...]:
    return tuple(_lines(spans, size, space))


def _lines(spans: Spans, size: float, space: float) -> Iterator[Line]:
    """Greedy: a word goes on the line if it fits, else on the next; spaces at a break are the break."""
    room = max(space / size, 1.0)
    line: list[Span] = []
    used = gap = 0.0
    blank = ""
    for word, bold in _tokens(spans):
        if word == "\n":
            yield _line(line, size)
            line, used, gap, blank = [], 0.0, 0.0, ""
            continue
        if word[0] == " ":
            blank += word
            gap += _width(word, bold)
            continue
        wide = _width(word, bold) if len(word) <= _SHORT else room + 1
        if used + gap + wide > room and line:
            yield _line(line, size)
            line, used, gap, blank = [], 0.0, 0.0, ""
        if gap + wide > room:
            if blank:
                gap, blank = 0.0, ""
            *whole, word = _pieces(word, bold, room)  # noqa: PLW2901 (the rest of the word goes on as the word)
            for piece in whole:
                yield _line([(piece, bold)], size)
            wide = _width(word, bold)
        if blank:
            line.append((blank, bold))
        line.append((word, bold))
        used += gap + wide
        gap, blank = 0.0, ""
    yield _line(line, size)


def _tokens(spans: Spans) -> Iterator[Span]:
    for text, bold in spans:
        shaped = arabic.shape(visible(text), _family(bold).glyphs)
        if "\n" not in shaped:
            for token in _TOKENS.findall(shaped):
                yield token, bold
            continue
        for number, line in enumerate(shaped.split("\n")):
            if number:
                yield "\n", bold
            for token in _TOKENS.findall(line):
                yield token, bold


def _pieces(word: str, bold: bool, room: float) -> list[str]:  # noqa: FBT001 (see `_width`)
    """A word that is wider than its line, in pieces that are not; after a hyphen or the like where there is one."""
    glyphs = _family(bold).glyphs
    pieces: list[str] = []
    start, used, good = 0, 0.0, 0
    for place, char in enumerate(word):
        wide = glyphs[char][1]
        if used + wide > room and place > start:
            cut = good if good > start + (place - start) // 3 else place
            pieces.append(word[start:cut])
            start, used = cut, sum(glyphs[drawn][1] for drawn in word[cut:place])
        used += wide
        if char in _GOOD_BREAKS:
            good = place + 1
    return [*pieces, word[start:]]


def _line(spans: list[Span], size: float) -> Line:
    segments: list[Segment] = []
    for text, bold in _merged(spans):
        segments += _segments(text, bold)
    return Line(tuple(segments), size * sum(segment.width for segment in segments))


def _merged(spans: list[Span]) -> Iterator[Span]:
    text, weight = "", False
    for part, bold in spans:
        if text and bold != weight:
            yield text, weight
            text = ""
        text, weight = text + part, bold
    if text:
        yield text, weight


def _segments(text: str, bold: bool) -> Iterator[Segment]:  # noqa: FBT001 (see `_width`)
    glyphs = _family(bold).glyphs
    drawn = arabic.visual(text)
    start, face, wide = 0, "", 0.0
    for place, char in enumerate(drawn):
        name, advance = glyphs[char]
        if name != face and place > start:
            yield Segment(face, drawn[start:place], wide)
            start, wide = place, 0.0
        face = name
        wide += advance
    yield Segment(face, drawn[start:], wide)
