"""Event codes: numbered sheets of single-use codes, held by the on-duty head, who reads one out by phone.

A code is its number on the sheet and five given words: ``3-07 kaffe lampe sti bro regn``. It may be typed with the
number or without. What stands here is the record of the sheets, which holds no secret, and how a code is read; the
slots that the codes open are slots like all others.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from backupreader.store.canonical import Value
from backupreader.store.slots import BadSlot

MOST_CODES: Final = 50
"""So many stand on one sheet at most."""
_PLACE = re.compile(r"[1-9][0-9]?")
_TYPED = re.compile(r"\s*(\d{1,4})[\s‐-―./:_-]{1,5}(\d{1,3})(?!\d)(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One sheet: who holds it, when and by whom it was issued, and when each spent code was used.

    `cancelled` is the moment at which what was left of it was taken back, or empty.
    """

    number: int
    holder: str
    issued: str
    issued_by: str
    count: int
    spent: Mapping[int, str] = field(default_factory=dict[int, str])
    cancelled: str = ""

    @property
    def left(self) -> int:
        """How many of its codes still open the vault."""
        return 0 if self.cancelled else self.count - len(self.spent)

    def used(self, number: int, moment: str) -> Sheet:
        """The sheet with one more code spent."""
        return replace(self, spent={**self.spent, number: moment})

    def value(self) -> Value:
        """What the slot file holds."""
        return {
            "cancelled": self.cancelled,
            "count": self.count,
            "holder": self.holder,
            "issued": self.issued,
            "issued_by": self.issued_by,
            "number": self.number,
            "spent": {str(number): moment for number, moment in self.spent.items()},
        }


def read_sheet(value: Value) -> Sheet:
    """The sheet that `Sheet.value` wrote. Raises `BadSlot`."""
    if not isinstance(value, dict) or value.keys() != _FIELDS:
        raise BadSlot("a sheet with other fields")
    number, count, spent = value["number"], value["count"], value["spent"]
    if not isinstance(number, int) or not isinstance(count, int) or not isinstance(spent, dict):
        raise BadSlot("a sheet that is none")
    if not all(_PLACE.fullmatch(key) for key in spent):
        raise BadSlot("a code that is none")
    return Sheet(
        number=number,
        holder=str(value["holder"]),
        issued=str(value["issued"]),
        issued_by=str(value["issued_by"]),
        count=count,
        spent={int(key): str(moment) for key, moment in spent.items()},
        cancelled=str(value["cancelled"]),
    )


_FIELDS = {"cancelled", "count", "holder", "issued", "issued_by", "number", "spent"}


def typed_number(text: str) -> tuple[int, int] | None:
    """The sheet and the number that stand before the words, if any: ``3-07``, ``3 7`` and ``3/07.`` are the same."""
    found = _TYPED.fullmatch(text)
    return (int(found[1]), int(found[2])) if found else None


def typed_words(text: str) -> str:
    """The words without the number."""
    found = _TYPED.fullmatch(text)
    return found[3] if found else text


def printed(sheet: int, number: int) -> str:
    """A code's number as people read it: ``3-07``."""
    return f"{sheet}-{number:02d}"
