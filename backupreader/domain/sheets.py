"""The numbers of sheets of paper: short enough to type, never the same twice, and a slip of the fingers is seen.

``K7Q-0483921-58``: three signs for the PC, seven digits that count, two check digits (ISO 7064 MOD 97-10, which finds
every wrong digit, every two that changed places, and nearly every other slip).
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import Final

_SIGNS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: no I, L, O or U
_LETTERS: Final = _SIGNS[10:]
DIGITS: Final = 7
HIGHEST: Final = 10**DIGITS - 1
_WRITTEN: Final = re.compile(r"([0-9A-Z]{3})([0-9]{7})([0-9]{2})")
_NEARLY: Final = re.compile(r"[0-9A-Z]{11,13}")
_ALIKE: Final = str.maketrans("OIL", "011")
_LOOSE: Final = re.compile(r"[\s–-]+")


@dataclass(frozen=True, slots=True, order=True)
class Serial:
    """The number of one sheet."""

    prefix: str
    number: int

    def __str__(self) -> str:
        """As it is printed, with its check digits."""
        from stdnum.iso7064 import mod_97_10  # which loads more than the start of a window can wait for

        plain = f"{self.prefix}{self.number:0{DIGITS}d}"
        return f"{self.prefix}-{self.number:0{DIGITS}d}-{mod_97_10.calc_check_digits(plain)}"


def serial(text: str) -> Serial | None:
    """The serial that somebody typed or a scanner read, in any case and with or without its hyphens.

    None for what is no serial, and for one whose check digits are wrong.
    """
    close = _LOOSE.sub("", text.upper()).translate(_ALIKE)
    match = _WRITTEN.fullmatch(close)
    if match is None:
        return None
    read = Serial(match[1], int(match[2]))
    return read if _LOOSE.sub("", str(read)) == close else None


def resembles(text: str) -> bool:
    """Is this meant to be the number of a sheet, right or not? A name, a birthday or a phone number is not."""
    close = _LOOSE.sub("", text.upper())
    return _NEARLY.fullmatch(close) is not None and DIGITS <= sum(map(str.isdigit, close)) < len(close)


def prefix(pc: str) -> str:
    """The three signs of a PC, from what tells it from every other one (its vault's id). A letter comes first.

    So no number of a sheet is taken for a person's.
    """
    number = int.from_bytes(hashlib.sha256(pc.encode()).digest()[:2], "big")
    return _LETTERS[(number >> 10) % len(_LETTERS)] + _SIGNS[(number >> 5) & 31] + _SIGNS[number & 31]


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers that a print may use, from `first` on."""

    prefix: str
    first: int

    def at(self, sheet: int) -> Serial:
        """The serial of the sheet so many after the first."""
        return Serial(self.prefix, self.first + sheet)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One numbered sheet as it was made: which pages of which document about whom. `citizen` is None of a list."""

    serial: Serial
    document: str
    citizen: str | None
    route: str | None
    pages: tuple[int, ...]
    of: int
