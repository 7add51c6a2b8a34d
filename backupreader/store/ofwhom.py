"""Those of one unit or route among all who are ours, and how many more it has who are not ours: for a list on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backupreader.domain.tonight import Tonight, of_route, of_unit

if TYPE_CHECKING:
    from backupreader.domain.records import Unit
    from backupreader.store.reader import Reader


def of(reader: Reader, tonight: Tonight, unit: Unit | None, route: str | None) -> Tonight:
    """The same shift, of a unit or a route alone; of all where neither is named."""
    if unit is not None:
        citizens = sum(one.citizens for one in reader.units() if one.unit.id == unit.id)
        return of_unit(tonight, unit, citizens)
    if route is not None:
        counts = reader.shift_lists(tonight.shift).routes
        return of_route(tonight, route, sum(one.citizens for one in counts if one.pick.name == route))
    return tonight
