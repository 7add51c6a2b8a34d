"""Who did something, in one line: name, role, organisation and the telephone to ring."""

from __future__ import annotations

from typing import Final

from sync.fmk.entry import joined, present
from sync.markup import Element

# 1.4 names the person of a register of professionals, 1.6 any professional; `Other` is everybody else.
_PERSONS: Final = ("AuthorisedHealthcareProfessional", "HealthcareProfessional", "Other")


def actor(by: Element | None) -> str | None:
    """The person and organisation of a *Modifikator*; None where nobody is named."""
    if by is None:
        return None
    names = [_name(person) for kind in _PERSONS for person in by.all(kind)]
    roles = [by.value("Role"), *(role for kind in _PERSONS for role in by.values(f"{kind}/Role"))]
    citizen = "borgeren selv" if present(by, "Patient") else None
    behalf = actor(by.first("AuthorisedBy"))
    organisations = [organisation(found) for found in by.all("Organisation")]
    return joined(", ", [*names, citizen, *roles, *organisations, f"på vegne af {behalf}" if behalf else None])


def organisation(found: Element | None) -> str | None:
    """An organisation's name and telephone."""
    if found is None:
        return None
    phone = joined(" / ", found.values("TelephoneNumber"))
    return joined(", ", [found.value("Name"), f"tlf. {phone}" if phone else None])


def _name(person: Element) -> str | None:
    found = person.first("Name")
    if found is None:
        return None
    return found.value() or joined(" ", found.values("*"))
