"""One thing by its name, as a person types it: whole, or only the beginning."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, TypeVar

from backupreader.domain.errors import NOT_FOUND
from backupreader.domain.fold import fold
from backupreader.domain.trouble import ReaderError

T = TypeVar("T")
_MOST_NAMED: Final = 20


def one_named(text: str, names: Mapping[str, str], things: Mapping[str, T]) -> T:
    """The one thing called `text`, or else the only one whose name begins so."""
    wanted = fold(text)
    for matching in ([key for key in names if fold(names[key]) == wanted], _beginning(names, wanted)):
        if len(matching) == 1:
            return things[matching[0]]
    known = sorted(set(names.values()))
    more = ["…"] if len(known) > _MOST_NAMED else []
    raise ReaderError(NOT_FOUND, what=text, known=", ".join(known[:_MOST_NAMED] + more))


def _beginning(names: Mapping[str, str], wanted: str) -> list[str]:
    return [key for key, name in names.items() if wanted and fold(name).startswith(wanted)]
