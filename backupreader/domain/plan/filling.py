"""The ready words of a plan, with what is known put in their places."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from backupreader.domain.plan.guidance import PLACEHOLDERS

BLANK: Final = "________________"
"""What stands where nothing is known: a line to write on."""
_PLACE: Final = re.compile(r"\{(" + "|".join(PLACEHOLDERS) + r")\}")


def filled(text: str, known: Mapping[str, str]) -> str:
    """The text with each place filled once; what is filled in is not read again. Unknown places stay as written."""
    return _PLACE.sub(lambda place: known.get(place[1], "") or BLANK, text)
