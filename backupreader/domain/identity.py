"""Person numbers: what kind a written number is, whether its check digit holds, and how it is shown.

A number is text. It is checked and never refused, never a key, never read as a number. The verdict `Identifier.valid`
is True or False where a rule decides, and None where none can: a Danish CPR number given since 2007 need not pass
modulus 11, a replacement number has no check digit, and Danish test persons (day + 60) were given theirs outside the
rule. `stdnum` is loaded at the first number that is judged: it brings a web client, and the window shows numbers only.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from backupreader.domain.records import Country, Identifier

HIDDEN: Final = "•"
"""What a masked character is shown as."""

_SEPARATORS: Final = re.compile(r"[\s\u2010-\u2015\u2212.-]+")
_DANISH: Final = re.compile(r"([0-9]{2})([0-9]{2})([0-9]{2})[0-9]{4}")
_DANISH_REPLACEMENT: Final = re.compile(r"([0-9]{2})([0-9]{2})([0-9]{2})(?=[0-9]*[A-ZÆØÅ])[0-9A-ZÆØÅ]{4}")
_SWEDISH: Final = re.compile(r"([0-9]{2})?([0-9]{2})([0-9]{2})([0-9]{2})\+?([TRSUWXJKLMN0-9])([0-9]{3})")
_SWEDISH_RESERVE: Final = re.compile(r"([0-9]{2})?([0-9]{2})([0-9]{2})([0-9]{2})(?=[0-9]*[A-ZÅÄÖ])[0-9A-ZÅÄÖ]{4}")
_NORWEGIAN: Final = re.compile(r"([0-9]{2})([0-9]{2})([0-9]{2})[0-9]{5}")
_CENTURIES: Final = ("20", "19", "18")
_RAISED_DAY: Final = 60  # Swedish coordination numbers, Danish test persons
_RAISED_DAY_NORWEGIAN: Final = 40  # D numbers
_RAISED_MONTHS: Final = (0, 40, 65, 80)  # H numbers, and the Norwegian test series
_MONTHS: Final = 12
_DAYS: Final = 31
_NO_SERIAL: Final = "000"
_LAST: Final = 4


@dataclass(frozen=True, slots=True)
class _Reading:
    """One way to understand a number: its kind, the verdict, and the birthday in it as YYMMDD."""

    kind: str
    valid: bool | None
    born: str


def identify(value: str, country: Country, birth_date: str | None = None) -> Identifier:
    """What `value`, which a source in `country` calls a person number, is; anything that no rule knows is ``local``.

    Where two rules fit (a Swedish number in a Danish list), the one that agrees with `birth_date` is taken, else the
    country's own. A birthday never makes a number wrong: people do have numbers whose date is not their birthday.
    """
    compact = compacted(value)
    readings = [reading for rule in _RULES[country] for reading in rule(compact)]
    if birth_date is not None:
        born = birth_date[2:10].replace("-", "")
        readings.sort(key=lambda reading: reading.born != born)
    if readings:
        return Identifier(readings[0].kind, value, None, readings[0].valid)
    shape, kind = _SHAPES[country]
    if shape.fullmatch(compact):
        return Identifier(kind, value, None, valid=False)
    return Identifier("local", value)


def compacted(value: str) -> str:
    """The number without spaces, dots and dashes, in capitals: what two ways of writing it have in common."""
    return _SEPARATORS.sub("", value).upper()


def _danish(compact: str) -> Iterator[_Reading]:
    from stdnum.dk import cpr as danish
    from stdnum.exceptions import ValidationError

    if match := _DANISH.fullmatch(compact):
        test = int(match[1]) > _RAISED_DAY
        day = int(match[1]) - test * _RAISED_DAY
        try:
            danish.get_birth_date(f"{day:02}{compact[2:]}")
        except ValidationError:
            return
        passes = not test and danish.checksum(compact) == 0
        yield _Reading("cpr", True if passes else None, f"{match[3]}{match[2]}{day:02}")
    elif match := _DANISH_REPLACEMENT.fullmatch(compact):
        yield _Reading("replacement", None, f"{match[3]}{match[2]}{match[1]}")


def _swedish(compact: str) -> Iterator[_Reading]:
    from stdnum import luhn

    if match := _SWEDISH.fullmatch(compact):
        coordination = int(match[4]) >= _RAISED_DAY
        day = int(match[4]) - coordination * _RAISED_DAY
        born = f"{match[2]}{match[3]}{day:02}"
        if coordination:  # parts of the birthday may be unknown (00), or a day that the month does not have
            if int(match[3]) > _MONTHS or day > _DAYS:
                return
        elif not any(_exists(century + born) for century in ([match[1]] if match[1] else _CENTURIES)):
            return
        interim = not match[5].isdigit()
        digits = match[2] + match[3] + match[4] + ("1" if interim else match[5]) + match[6]
        kind = "temporary" if interim else "samordningsnummer" if coordination else "personnummer"
        yield _Reading(kind, luhn.is_valid(digits) and match[5] + match[6][:2] != _NO_SERIAL, born)
    elif match := _SWEDISH_RESERVE.fullmatch(compact):
        yield _Reading("temporary", None, f"{match[2]}{match[3]}{match[4]}")


def _norwegian(compact: str) -> Iterator[_Reading]:
    from stdnum.no import fodselsnummer as norwegian

    if match := _NORWEGIAN.fullmatch(compact):
        day = int(match[1]) - (int(match[1]) > _RAISED_DAY_NORWEGIAN) * _RAISED_DAY_NORWEGIAN
        for raised in _RAISED_MONTHS:
            born = f"{match[3]}{int(match[2]) - raised:02}{day:02}"
            if any(_exists(century + born) for century in _CENTURIES):
                yield _Reading(
                    "fodselsnummer",
                    compact[-2:] == norwegian.calc_check_digit1(compact) + norwegian.calc_check_digit2(compact),
                    born,
                )


def _exists(written: str) -> bool:
    """Is this YYYYMMDD a day on the calendar?"""
    try:
        date(int(written[:4]), int(written[4:6]), int(written[6:]))
    except ValueError:
        return False
    return True


_Rule = Callable[[str], Iterator[_Reading]]
_RULES: Final[dict[Country, tuple[_Rule, ...]]] = {
    "DK": (_danish, _swedish, _norwegian),
    "SE": (_swedish, _danish, _norwegian),
    "NO": (_norwegian, _danish, _swedish),
}
_SHAPES: Final[dict[Country, tuple[re.Pattern[str], str]]] = {
    "DK": (_DANISH, "cpr"),
    "SE": (_SWEDISH, "personnummer"),
    "NO": (_NORWEGIAN, "fodselsnummer"),
}
_DASH_BEFORE_LAST: Final = {"cpr", "replacement", "personnummer", "samordningsnummer", "temporary"}


def shown(identifier: Identifier) -> str:
    """The number as people write it: ``140338-1234``, ``19380314-1234``, ``140338 12345``; a local one as written."""
    compact = compacted(identifier.value)
    if identifier.kind == "fodselsnummer":
        return f"{compact[:6]} {compact[6:]}"
    if identifier.kind not in _DASH_BEFORE_LAST:
        return identifier.value
    head, last = compact[:-_LAST], compact[-_LAST:]
    return head + last if head.endswith("+") else f"{head}-{last}"


def masked(identifier: Identifier) -> str:
    """As `shown`, with the last four characters hidden (Norwegian numbers: five); for a page that leaves the house."""
    number = shown(identifier)
    hidden = _LAST + (identifier.kind == "fodselsnummer")
    return number[:-hidden] + HIDDEN * min(hidden, len(number))
