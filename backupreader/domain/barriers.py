"""What stands behind a stated reason: other units' citizens, private-marked medicine, protected addresses.

A barrier keeps nobody out: whoever states why passes at once, and the audit keeps what she stated (the Danish
*værdispring*, the Swedish *nödåtkomst*; patientdatalagen 2008:355, chapter 4).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import Enum
from typing import TYPE_CHECKING, Final

from backupreader.language import N_

if TYPE_CHECKING:
    from backupreader.domain.records import Unit


class Barrier(Enum):
    """The kinds, by the word that the audit keeps."""

    OTHER_UNIT = "other-unit"
    PRIVATE = "private-medicine"
    PROTECTED = "protected-address"


CALLED: Final[dict[str, str]] = {
    Barrier.OTHER_UNIT.value: N_("another unit's citizen"),
    Barrier.PRIVATE.value: N_("private-marked medicine"),
    Barrier.PROTECTED.value: N_("a protected address"),
}
"""What stands behind each, by the audit's word for it."""
REASONS: Final = (
    N_("I am to visit this citizen now"),
    N_("This citizen has called or fallen ill"),
    N_("I help out in that unit"),
    N_("I am responsible for the whole area on this shift"),
)
"""What is most often the reason; a person may write another."""


WHOLE_AREA: Final = "*"
"""What stands for every unit where a person says herself which are hers."""


def own_units(units: Mapping[str, Unit], names: Collection[str], *, says_herself: bool) -> frozenset[str] | None:
    """The ids of the units with these names or ids, and of those below them; None is all of them.

    An account without units is a manager's, of the whole area. Who `says_herself` which units are hers, with an event
    code, has none until she says so.
    """
    from backupreader.domain.fold import fold  # the lock screen knows barriers, and must not wait for it

    if WHOLE_AREA in names or (not names and not says_herself):
        return None
    wanted = {fold(name) for name in names} - {""}
    own = {unit.id for unit in units.values() if not wanted.isdisjoint((fold(unit.name), fold(unit.id)))}
    grown = -1
    while grown != len(own):
        grown = len(own)
        own |= {unit.id for unit in units.values() if unit.parent in own}
    return frozenset(own)


def is_hers(own: frozenset[str] | None, units: Collection[str | None]) -> bool:
    """Whether a citizen of these units is one's own. One whom no source places in any unit is everyone's."""
    placed = {unit for unit in units if unit is not None}
    return own is None or not placed or not own.isdisjoint(placed)
