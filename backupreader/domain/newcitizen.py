"""Numbers for citizens whom nobody knows yet: given on paper in an outage, until the journal system gives a real one.

``N-K7Q-0483921-14``: the letter N, three signs for the PC (as in `sheets`), seven digits that count, two check digits
(ISO 7064 MOD 97-10, over all of it). It begins with a letter, as no person number and no replacement number does; it
has one sign more than a sheet's serial, and without its N the check digits are wrong.
"""

from __future__ import annotations

import re
from typing import Final

from backupreader.domain import sheets

HIGHEST: Final = sheets.HIGHEST
"""The last number that one PC can give."""

_PREFIX: Final = re.compile(r"[0-9A-HJKMNP-TV-Z]{3}")
_WRITTEN: Final = re.compile(r"N([0-9A-HJKMNP-TV-Z]{3})([0-9]{7})([0-9]{2})")
_ALIKE: Final = str.maketrans("OIL", "011")
_LOOSE: Final = re.compile(r"[\s\u2010-\u2015\u2212-]+")


def temporary(prefix: str, count: int) -> str:
    """The number as it is printed; `prefix` is the PC's (`sheets.prefix`), `count` from 1 to `HIGHEST`.

    Raises ValueError for what is none of them: a number that is not surely the only one is not given.
    """
    from stdnum.iso7064 import mod_97_10  # which loads more than the start of a window can wait for

    if not _PREFIX.fullmatch(prefix):
        raise ValueError(repr(prefix))
    if not 1 <= count <= HIGHEST:
        raise ValueError(count)
    return f"N-{prefix}-{count:07d}-{mod_97_10.calc_check_digits(f'N{prefix}{count:07d}')}"


def read(text: str) -> str | None:
    """The number that somebody typed, in any case and with or without its hyphens, as it is printed.

    None for what is no such number, and for one whose check digits are wrong.
    """
    match = _WRITTEN.fullmatch(_LOOSE.sub("", text.upper()).translate(_ALIKE))
    if match is None or int(match[2]) == 0:
        return None
    number = temporary(match[1], int(match[2]))
    return number if number.endswith(f"-{match[3]}") else None
