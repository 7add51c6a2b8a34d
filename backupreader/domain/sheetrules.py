"""What must become of the sheets of each document when the systems are up again, as the municipality decides.

``enter``: what was written on it is entered in the journal; ``scan``: a scan of it is enough; ``shred``: it was only
read from, and need only be shredded. A document that nobody has decided about must be entered: nothing is lost then.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import Enum
from typing import Final


class Rule(Enum):
    """What must become of a sheet."""

    ENTER = "enter"
    SCAN = "scan"
    SHRED = "shred"


USUAL: Final[Mapping[str, Rule]] = {
    "summary": Rule.SHRED,
    "medication-list": Rule.SHRED,
    "journal": Rule.SHRED,
    "care-plan": Rule.SHRED,
    "contacts": Rule.SHRED,
    "access-sheet": Rule.SHRED,
    "roster": Rule.SHRED,
    "life-critical": Rule.SHRED,
    "area-overview": Rule.SHRED,
    "change-list": Rule.SHRED,
    "cover": Rule.SHRED,
    "bundle-cover": Rule.SHRED,
    "handover": Rule.SCAN,
    "form-call-log": Rule.SCAN,
    "form-unit-tally": Rule.SCAN,
    "form-key-log": Rule.SCAN,
}
"""What is so where the settings say nothing."""
CHECK_HOURS: Final = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRules:
    """The rule of each document that the settings name, and when what was entered must have been checked.

    With 0 `check_hours` nobody needs to check it.
    """

    documents: Mapping[str, Rule] = field(default_factory=dict[str, Rule])
    check_hours: int = CHECK_HOURS

    def of(self, document: str) -> Rule:
        """What must become of a sheet of this document."""
        return self.documents.get(document) or USUAL.get(document, Rule.ENTER)

    @property
    def checked_within(self) -> timedelta | None:
        """How long after it was entered a second person must have checked it; None where nobody needs to."""
        return timedelta(hours=self.check_hours) if self.check_hours else None


RULES: Final = SheetRules()
