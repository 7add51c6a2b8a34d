"""How grave a condition is, where the source wrote only a number: the words of the two classifications in use.

FSIII (KL, *Fællessprog III*): five levels of limitation, 0 to 4, of a functional condition and of the one expected. ICF
(WHO; IBIC in Sweden uses its scale): the generic qualifier, 0 to 4, and 8 *not specified*, 9 *not applicable*. The
number stands as it was written, its words beside it. What has words of its own needs none, and a number of any other
classification, or of none, is not interpreted.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from backupreader.domain.fold import fold
from backupreader.language import N_

_NUMBER: Final = re.compile(r"\s*\.?([0-9])\s*")
_FSIII: Final[Mapping[str, str]] = {
    "0": N_("no or negligible limitations"),
    "1": N_("slight limitations"),
    "2": N_("moderate limitations"),
    "3": N_("severe limitations"),
    "4": N_("total limitations"),
}
_ICF: Final[Mapping[str, str]] = {
    "0": N_("no limitation"),
    "1": N_("slight limitation"),
    "2": N_("moderate limitation"),
    "3": N_("severe limitation"),
    "4": N_("total limitation"),
    "8": N_("not specified"),
    "9": N_("not applicable"),
}
_SCALES: Final = (("fsiii", _FSIII), ("faellessprog iii", _FSIII), ("icf", _ICF), ("ibic", _ICF))


def in_words(written: str | None, code_system: str | None) -> str | None:
    """The marked sentence for a qualifier that is a bare number; None where it has words, or nobody can say."""
    number = _NUMBER.fullmatch(written or "")
    if number is None:
        return None
    system = f" {fold(code_system or '')} "
    return next((scale.get(number[1]) for name, scale in _SCALES if f" {name} " in system), None)
