"""Dates, clock times and numbers as a source writes them, read into the records' form and written back.

A form is written with strptime's letters (``%d-%m-%Y %H:%M``); ``iso`` stands for ISO 8601 in any precision.
Nothing is guessed: a text that fits no stated form is not read. A year of two digits (``%y``) has a form only where the
profile states its `pivot`: up to it the years are 20xx, above it 19xx.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from functools import cache, lru_cache
from typing import Final

_PARTS: Final = {"Y": 4, "y": 2, "m": 2, "d": 2, "H": 2, "M": 2, "S": 2}
_CLOCK: Final = r"(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:[.]\d+)?)?(?:Z|[+-](?:0\d|1[0-4]):[0-5]\d)?"
_ISO = re.compile(rf"\d{{4}}(?:-(?:0[1-9]|1[0-2])(?:-\d\d(?:[T ]{_CLOCK})?)?)?", re.ASCII)
_DAY: Final = 10
_PRECISIONS: Final = ("Y", "Ym", "Ymd", "YmdHM", "YmdHMS", "HM", "HMS")


class NotAForm(ValueError):
    """A form that could not be read back without guessing."""


@cache
def _is_clock(text: str) -> bool:
    return re.fullmatch(_CLOCK, text, re.ASCII) is not None


@lru_cache(maxsize=100_000)
def _is_day(text: str) -> bool:
    """Is there such a day in the calendar? Most columns hold few days and many clock times."""
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


@dataclass(frozen=True, slots=True)
class MomentForm:
    """One form of a date, with or without a clock time, or of a clock time alone. `pattern` None is ISO 8601."""

    text: str
    letters: str
    pattern: re.Pattern[str] | None = field(repr=False)
    pivot: int | None = None

    def read(self, text: str) -> str | None:
        """The moment as ISO text in this form's precision; None when the text has another form or is no real date."""
        if self.pattern is None:
            real = (
                _ISO.fullmatch(text) is not None and text[:4] != "0000" and (len(text) < _DAY or _is_day(text[:_DAY]))
            )
            return text.replace(" ", "T", 1) if real else None
        found = self.pattern.fullmatch(text)
        if found is None:
            return None
        days = "-".join([self._padded(letter, found[letter]) for letter in "Yymd" if letter in self.letters])
        clock = ":".join([found[letter].zfill(2) for letter in "HMS" if letter in self.letters])
        if (days and not _is_day((days + "-01-01")[:_DAY])) or (clock and not _is_clock(clock)):
            return None
        return f"{days}T{clock}" if days and clock else days or clock

    def write(self, moment: str) -> str | None:
        """The inverse of `read`; None when this form cannot carry the moment exactly."""
        if self.pattern is None:
            return moment if _ISO.fullmatch(moment) else None
        found = re.fullmatch(r"(?:(\d{4})(?:-(\d\d)(?:-(\d\d))?)?)?(?:T?(\d\d):(\d\d)(?::(\d\d))?)?", moment)
        if found is None:
            return None
        part = {name: value for name, value in zip("YmdHMS", found.groups(), strict=True) if value is not None}
        if self.pivot is not None and "Y" in part:
            part["y"] = part.pop("Y")
            if self._padded("y", part["y"][2:]) != part["y"]:
                return None
            part["y"] = part["y"][2:]
        if set(part) != set(self.letters):
            return None
        return re.sub(r"%(.)", lambda letter: part[letter[1]], self.text)

    def _padded(self, letter: str, digits: str) -> str:
        if letter != "y" or self.pivot is None:
            return digits.zfill(2)
        return f"{20 if int(digits) <= self.pivot else 19}{digits}"


@cache
def moment_form(text: str, pivot: int | None = None) -> MomentForm:
    """The form that `text` describes. Raises `NotAForm` for an unknown letter or a precision that no moment has."""
    if text == "iso":
        return MomentForm(text, "", None)
    pattern, letters = "", ""
    pieces = re.split(r"(%.)", text)
    for index, piece in enumerate(pieces):
        if not piece.startswith("%"):
            pattern += re.escape(piece)
            continue
        letter = piece[1:]
        if letter not in _PARTS or letter in letters or (letter == "y" and (pivot is None or "Y" in letters)):
            raise NotAForm(text)
        # Without a sign between two numbers both must be written in full: 2026112 could be two dates.
        alone = letter in "Yy" or _touches(pieces, index)
        digits = f"{{{_PARTS[letter]}}}" if alone else "{1,2}"
        pattern += rf"(?P<{letter}>\d{digits})"
        letters += letter
    if "".join(name for name in _PARTS if name in letters).replace("y", "Y") not in _PRECISIONS or letters == "y":
        raise NotAForm(text)
    return MomentForm(text, letters, re.compile(pattern, re.ASCII), pivot if "y" in letters else None)


def read_typed(text: str) -> str | None:
    """A spreadsheet's own date, moment or clock time, as `spreadcells` writes it; None for anything else."""
    if len(text) < _DAY:
        return text if _is_clock(text) else None
    return moment_form("iso").read(text)


def _touches(pieces: list[str], index: int) -> bool:
    before = index >= 2 and not pieces[index - 1]  # noqa: PLR2004 (re.split puts the text between at odd places)
    after = index + 2 < len(pieces) and not pieces[index + 1]
    return before or after


def read_decimal(text: str, sign: str) -> str | None:
    """A number written with the decimal `sign`, as decimal text with a point and every digit kept; else None."""
    found = re.fullmatch(rf"([+-]?\d+)(?:{re.escape(sign)}(\d+))?", text, re.ASCII)
    if found is None:
        return None
    return found[1] if found[2] is None else f"{found[1]}.{found[2]}"


def write_decimal(number: str, sign: str) -> str:
    """The inverse of `read_decimal`; a text that is no number is written as it is."""
    return number.replace(".", sign) if re.fullmatch(r"[+-]?\d+([.]\d+)?", number, re.ASCII) else number
