"""The person numbers in a row: each identified, checked, and never mended."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from backupreader.domain.identity import compacted, identify
from backupreader.domain.records import Country, Identifier
from sync.profile import Number
from sync.tables.codecs import KEPT, LOST, Doubt, is_rounded

# How many digits are left of a number whose leading zeros a spreadsheet took for nothing.
_SHORT: Final[Mapping[Country, tuple[int, ...]]] = {"DK": (9,), "SE": (8, 9, 11), "NO": (10,)}


@dataclass(frozen=True, slots=True)
class Found:
    """A row's numbers, and what is doubtful about them: the column, the text, and why."""

    identifiers: tuple[Identifier, ...]
    doubts: tuple[tuple[str, str, Doubt], ...]


def found_in(
    numbers: Sequence[Number], cells: Mapping[str, Sequence[str]], place: int, birth: str | None, country: Country
) -> Found:
    """The numbers of the row at `place`."""
    identifiers: list[Identifier] = []
    doubts: list[tuple[str, str, Doubt]] = []
    for number in numbers:
        value = cells[number.column][place].strip() if number.column in cells else ""
        if not value:
            continue
        doubt = Doubt("number-rounded", LOST) if is_rounded(value) else None
        if doubt is None:
            one = _identifier(number, value, cells, place, birth, country)
            identifiers.append(one)
            doubt = Doubt("number-short", KEPT) if _is_short(one, country) else None
        if doubt is not None:
            doubts.append((number.column, value, doubt))
    return Found(tuple(identifiers), tuple(doubts))


def _is_short(number: Identifier, country: Country) -> bool:
    if number.kind not in {"local", "cpr", "personnummer", "fodselsnummer"} or number.valid:
        return False
    bare = compacted(number.value)
    return re.fullmatch(r"[0-9]+", bare) is not None and len(bare) in _SHORT[country]


def _identifier(  # noqa: PLR0913, PLR0917 (a number, where it stands, and whose it is)
    number: Number, value: str, cells: Mapping[str, Sequence[str]], place: int, birth: str | None, country: Country
) -> Identifier:
    def stated(fixed: str, column: str) -> str | None:
        return fixed or (cells[column][place].strip() if column and column in cells else "") or None

    found = identify(value, country, birth)
    kind = stated(number.kind, number.kind_column)
    system = stated(number.system, number.system_column)
    # The check digit is that of the kind that the number looks like; of another kind it says nothing.
    valid = found.valid if kind in {None, found.kind} else None
    return Identifier(kind or found.kind, value, system, valid)
