"""Patterns with named places, such as ``Kørelister/{date}/{route}.pdf`` and ``Dato: {date}``, and what stands in them.

Capitals are alike, and so are the two ways in which systems write å, ä and ö (macOS writes two letters). A pattern
matches or it does not: nothing is looked for beside its places.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from sync.tables.forms import moment_form

DATE: Final = "date"
TAKEN: Final = "taken"
NUMBER: Final = "person_number"
FREE: Final = ("route", "name", "unit", "title", "any")
PLACES: Final = (DATE, TAKEN, NUMBER, *FREE)
LONGEST_LINE: Final = 500
"""Letters of a line in which a label is looked for."""
_MOST_PLACES: Final = 8
_BRACES: Final = re.compile(r"\{([^{}]*)\}")
# CPR, personnummer (with and without century), fødselsnummer, and the replacement numbers that hold letters.
_NUMBER: Final = (
    r"(?<![^\W_])(?:(?:[0-9]{2})?[0-9]{6}[ +\u2010-\u2015\u2212-]?(?=[A-ZÆØÅÄÖ]*[0-9])[0-9A-ZÆØÅÄÖ]{4}"
    r"|[0-9]{6} ?[0-9]{5})(?![^\W_])"
)
_FREE_ENDS: Final = tuple(f"{{{place}}}" for place in FREE)
_DATE_ENDS: Final = (f"{{{DATE}}}", f"{{{TAKEN}}}")
_DIGITS: Final = {"Y": "[0-9]{4}"}
_ISO: Final = r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2})?)?"


class NotAPattern(ValueError):
    """A pattern that could not be read without guessing."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """One pattern. `places` are those that it holds, in order; one may stand twice."""

    text: str
    places: tuple[str, ...]
    expression: re.Pattern[str] = field(repr=False)

    def facts(self, found: re.Match[str]) -> Iterator[tuple[str, str]]:
        """Each place with what stands in it, as written."""
        return zip(self.places, (text.strip() for text in found.groups()), strict=True)


@lru_cache(maxsize=1000)
def path_pattern(text: str, dates: tuple[str, ...]) -> Pattern:
    """The paths that end as `text` says, whatever folders stand above. Raises `NotAPattern`."""
    text = same_slashes(text)
    if text.startswith("/") or re.match("[A-Za-z]:", text) or ".." in text.split("/"):
        raise NotAPattern("a path within the source, without '..' and without a root")
    places, body = _body(text, dates, free="[^/]+?")
    return Pattern(text, places, re.compile(f"(?:[^/]+/)*{body}", re.IGNORECASE))


@lru_cache(maxsize=1000)
def line_pattern(text: str, dates: tuple[str, ...]) -> Pattern:
    """The lines on which `text` stands, its label as a word of its own. Raises `NotAPattern`.

    What is free ends with the line unless the pattern goes on. Any white space is one blank. A date that ends the
    pattern is found in any form: that it cannot be read is to be told.
    """
    text = one_blank(text)
    places, body = _body(text, dates, free=r"\S(?:.*?\S)?")
    literal = _BRACES.sub("", text).strip()
    if not literal or not places:
        raise NotAPattern("a label with a place, such as 'Dato: {date}'")
    before = "^" if text.startswith("{") else r"(?<!\w)" if text[0].isalnum() else ""
    after = r"(?!\w)" if text[-1].isalnum() else "$" if text.endswith(_FREE_ENDS) else ""
    if text.endswith(_DATE_ENDS):
        body = body[:-1] + r"|\S.*)"
    return Pattern(text, places, re.compile(before + body + after, re.IGNORECASE))


def match_path(pattern: Pattern, path: str) -> re.Match[str] | None:
    """Does this path, as a source shows it, end as the pattern says?"""
    return pattern.expression.fullmatch(unicodedata.normalize("NFC", same_slashes(path)))


def match_lines(pattern: Pattern, lines: Iterable[str]) -> Iterator[re.Match[str]]:
    """Wherever on these lines the pattern stands."""
    return (found for line in lines for found in pattern.expression.finditer(one_blank(line[:LONGEST_LINE])))


def same_slashes(path: str) -> str:
    """The path as systems other than Windows write it."""
    return path.replace("\\", "/")


def one_blank(text: str) -> str:
    """The text with single blanks, its accents on their letters."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def _body(text: str, dates: tuple[str, ...], free: str) -> tuple[tuple[str, ...], str]:
    """The pattern's places, and the expression for all of it, a group a place."""
    pieces = _BRACES.split(unicodedata.normalize("NFC", text))
    literals, places = pieces[::2], pieces[1::2]
    if any(sign in literal for literal in literals for sign in "{}"):
        raise NotAPattern("each { needs its }")
    if unknown := next((place for place in places if place not in PLACES), None):
        raise NotAPattern(f"there is no place {{{unknown}}}, only {', '.join(PLACES)}")
    if len(places) > _MOST_PLACES or not all(literals[1:-1]):
        raise NotAPattern(f"at most {_MOST_PLACES} places, and something between each two")
    if not dates and {DATE, TAKEN}.intersection(places):
        raise NotAPattern("{date} and {taken} need the forms of their dates")
    shapes = {DATE: _dates_shape(dates), TAKEN: _dates_shape(dates), NUMBER: _NUMBER}
    groups = [f"({shapes.get(place, free)})" for place in places]
    body = "".join(re.escape(literal) + group for literal, group in zip(literals, [*groups, ""], strict=True))
    return tuple(places), body


def _dates_shape(dates: Sequence[str]) -> str:
    return "|".join(rf"(?<!\d){_date_shape(form)}(?!\d)" for form in dates)


def _date_shape(form: str) -> str:
    if form == "iso":
        return _ISO
    pieces = re.split(r"%(.)", form)
    shape = ""
    for index, piece in enumerate(pieces):
        if index % 2 == 0:
            shape += re.escape(piece)
            continue
        alone = (index > 1 and not pieces[index - 1]) or (index + 2 < len(pieces) and not pieces[index + 1])
        shape += _DIGITS.get(piece, "[0-9]{2}" if alone else "[0-9]{1,2}")
    return shape


def read_moment(text: str, dates: Sequence[str]) -> str | None:
    """The moment in the first form that fits; None where none does, or where there is no such day."""
    return next((read for form in dates if (read := moment_form(form).read(text)) is not None), None)
