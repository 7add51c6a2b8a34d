"""One person out of what several sources state of her: the first source's statement, and what may not be left out.

Nothing is merged: each source's statement stays and is shown. The one that stands for her carries a protection that any
source states, and where the first source says nothing at all (no phone, no address) what the next one says.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from backupreader.domain.identity import compacted
from backupreader.domain.records import Citizen, Identifier

_TOGETHER: Final = (
    ("birth_date",),
    ("sex",),
    ("phone",),
    ("room",),
    ("unit",),
    ("address", "postal_code", "city"),
    ("language", "interpreter"),
    ("marital_status",),
    ("deceased_at",),
)
"""Facts that are taken from one source together, so that no address is of two sources."""
_STATUS: Final = ("status", "status_source", "status_since")


def person(statements: Sequence[Citizen]) -> Citizen:
    """The citizen who stands for all of `statements`, the first of which names her."""
    first, *others = statements
    if not others:
        return first
    facts: dict[str, object] = {}
    for names in _TOGETHER:
        if all(getattr(first, name) is None for name in names):
            stated = (one for one in others if any(getattr(one, name) is not None for name in names))
            if (other := next(stated, None)) is not None:
                facts |= {name: getattr(other, name) for name in names}
    if not states_where(first) and (other := next(filter(states_where, others), None)) is not None:
        facts |= {name: getattr(other, name) for name in _STATUS}
    return replace(
        first,
        identifiers=_numbers(statements),
        protected_name=any(one.protected_name for one in statements),
        protected_address=any(one.protected_address for one in statements),
        **facts,  # type: ignore[arg-type]
    )


def states_where(citizen: Citizen) -> bool:
    """Whether the source says anything of where she is."""
    return citizen.status != "unknown" or citizen.status_source is not None


def elsewhere(citizen: Citizen, also: Sequence[Citizen]) -> tuple[Citizen, ...]:
    """The statements of other sources that place her elsewhere than `citizen` does."""
    here = citizen.status, citizen.status_source if citizen.status == "unknown" else None
    return tuple(
        one
        for one in also
        if states_where(one) and here != (one.status, one.status_source if one.status == "unknown" else None)
    )


def _numbers(statements: Sequence[Citizen]) -> tuple[Identifier, ...]:
    """Every number once, in the order of the sources."""
    found: dict[tuple[str, str], Identifier] = {}
    for citizen in statements:
        for identifier in citizen.identifiers:
            found.setdefault((identifier.kind, compacted(identifier.value)), identifier)
    return tuple(found.values())
