"""Which Danish numbers only one person can have: the rules of `backupreader.domain.linking`, for one source's messages.

CPR, and the replacement numbers of the national service (X-eCPR: six digits, a 1 or 7, two letters, a digit; HL7
Denmark, DK Core). A number that is wrong by its own rule, or one digit ten times (how "no number" is written), is
nobody's.
"""

from __future__ import annotations

import re
from typing import Final

from backupreader.domain.identity import compacted, identify

_X_ECPR: Final = re.compile(r"[0-9]{6}[17][A-Z]{2}[0-9]")


def only_ones(value: str) -> str | None:
    """The number without its signs, where only one person can have it."""
    compact = compacted(value)
    if _X_ECPR.fullmatch(compact):
        return compact
    found = identify(value, "DK")
    return compact if found.kind == "cpr" and found.valid is not False and len(set(compact)) > 1 else None
