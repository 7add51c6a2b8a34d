"""What the sources keep as general information on a citizen: her life, her habits, her resources, her home.

FSIII's *generelle oplysninger* are the areas F1 to F12 (KL, *Fællessprog III*). A source delivers them as conditions
with these codes, or as notes and conditions under a heading that says what they are; in Sweden a *levnadsberättelse*.
"""

from __future__ import annotations

import re
from typing import Final

from backupreader.domain.fold import fold
from backupreader.domain.presence import is_current
from backupreader.domain.records import Condition, Note

_AREA: Final = re.compile(r"F(?:[1-9]|1[0-2])(?:\.[0-9]+)*")
_SYSTEMS: Final = frozenset({"fsiii", "fs iii", "faellessprog iii"})
_HEADINGS: Final = frozenset(
    fold(heading)
    for heading in (
        *("Generelle oplysninger", "Generelle opplysninger", "Generel information", "Levnadsberättelse"),
        *("Mestring", "Motivation", "Ressourcer", "Roller", "Vaner", "Uddannelse og job", "Livshistorie", "Netværk"),
        *("Helbredsoplysninger", "Hjælpemidler", "Boligens indretning"),
    )
)


def is_general(condition: Condition) -> bool:
    """Whether its code is one of FSIII's general areas, or its group is called so."""
    in_area = fold(condition.code_system or "") in _SYSTEMS and _AREA.fullmatch((condition.code or "").strip())
    return bool(in_area) or fold(condition.kind or "") in _HEADINGS


def tells_general(note: Note) -> bool:
    """Whether a note that holds is general information by its kind or its title."""
    return is_current(note.status) and not _HEADINGS.isdisjoint({fold(note.kind or ""), fold(note.title or "")})
