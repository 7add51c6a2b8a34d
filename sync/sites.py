"""Which units' citizens go to which site's backup PCs, and what stays out of them.

Without ``[[sites]]`` there is one site, which has everything. The names of units are matched whole, capital letters
aside; a unit brings the units below it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from backupreader.domain.records import Unit
from backupreader.settings import Settings, SiteSetting


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """One site: `named` are the units that the settings name for it, None where it has everything.

    Its neighbours' units are among them. `left_out` are tables that never come to it.
    """

    name: str
    named: tuple[str, ...] | None
    left_out: tuple[str, ...]
    targets: tuple[str, ...]

    @property
    def whole(self) -> bool:
        """Whether it gets everything that was read, as it was read."""
        return self.named is None and not self.left_out


def sites(settings: Settings) -> tuple[Site, ...]:
    """The sites of the settings, one at least."""
    if not settings.sites:
        return (Site(name=settings.site, named=None, left_out=settings.leave_out, targets=settings.send_to),)
    by_name = {site.name: site for site in settings.sites}
    return tuple(_site(settings, one, by_name) for one in settings.sites)


def _site(settings: Settings, one: SiteSetting, by_name: Mapping[str, SiteSetting]) -> Site:
    named = [*one.units, *(unit for neighbour in one.neighbours for unit in by_name[neighbour].units)]
    return Site(
        name=one.name,
        named=tuple(dict.fromkeys(named)),
        left_out=settings.leave_out if one.leave_out is None else one.leave_out,
        targets=settings.send_to if one.send_to is None else one.send_to,
    )


def units_of(named: Iterable[str], units: Iterable[Unit]) -> frozenset[str]:
    """The ids of the units that are meant by name or id, and of all below them."""
    wanted = {name.casefold() for name in named}
    known = tuple(units)
    below: dict[str, list[str]] = {}
    for unit in known:
        if unit.parent is not None:
            below.setdefault(unit.parent, []).append(unit.id)
    found: set[str] = set()
    waiting = [unit.id for unit in known if called(unit, wanted)]
    while waiting:
        one = waiting.pop()
        if one not in found:  # a circle of units ends here
            found.add(one)
            waiting += below.get(one, ())
    return frozenset(found)


def unknown(named: Iterable[str], units: Iterable[Unit]) -> tuple[str, ...]:
    """The names and ids that no unit answers to."""
    known = tuple(units)
    return tuple(name for name in named if not any(called(unit, {name.casefold()}) for unit in known))


def called(unit: Unit, wanted: set[str]) -> bool:
    """Whether any of the names, in small letters, means this unit: its name, its id, or its id at the source."""
    own = unit.id.casefold()
    return bool(wanted & {unit.name.strip().casefold(), own, own.partition(":")[2]})
