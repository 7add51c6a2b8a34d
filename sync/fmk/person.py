"""Patient → Citizen."""

from __future__ import annotations

from typing import Final

from backupreader.domain.identity import compacted, identify
from backupreader.domain.records import Citizen, Identifier
from sync.fmk.entry import Entry, joined, present
from sync.markup import Element

_PATIENT: Final = "Patient/Person"


def person_number(card: Element) -> str | None:
    """The number that the card's citizen is known by, as written."""
    return card.value(f"{_PATIENT}/PersonIdentifier") or card.value("PersonIdentifier")


def citizen_id(entry: Entry, number: str | None, position: str) -> str:
    """The citizen's id: the person number without its separators, or where the card stands."""
    if number is not None:
        return f"{entry.prefix}{compacted(number)}"
    entry.issue("id-missing", f"{_PATIENT}/PersonIdentifier", position)
    return f"{entry.prefix}{position}"


def citizen(entry: Entry, card: Element, own: str) -> Citizen:
    """The citizen of a card. A protected name is not delivered by FMK: the number stands in its place, marked."""
    number = person_number(card)
    patient = card.first("Patient")
    person = patient.first("Person") if patient is not None else None
    birth = entry.moment(person, "BirthDate", _PATIENT)
    given, family = _names(person)
    protected = person is not None and present(person, "NameProtected", "PersonNameProtected")
    name = joined(" ", [given, family])
    if name is None:
        entry.issue("name-missing", f"{_PATIENT}/Name", "beskyttet" if protected else None)
    address = patient.first("Address") if patient is not None else None
    return Citizen(
        id=own,
        name=name or number or own,
        origin=entry.origin,
        given=given,
        family=family,
        birth_date=birth,
        sex=person.value("Gender") if person is not None else None,
        identifiers=_identifiers(card, number, birth),
        address=_street(address),
        postal_code=_first(address, "PostCodeIdentifier", "PostCode"),
        city=joined(", ", [_first(address, "DistrictSubdivisionIdentifier"), _first(address, "DistrictName")]),
        protected_name=protected,
        protected_address=patient is not None and present(patient, "AddressProtected"),
        remark=entry.remark,
    )


def _identifiers(card: Element, number: str | None, birth: str | None) -> tuple[Identifier, ...]:
    """The number as FMK names it (attribute `source`); only one called CPR, or not called anything, is judged."""
    if number is None:
        return ()
    found = card.first(f"{_PATIENT}/PersonIdentifier") or card.first("PersonIdentifier")
    kind = found.attribute("source") if found is not None else None
    if kind not in {None, "CPR"}:
        return (Identifier("local", number, kind),)
    judged = identify(number, "DK", birth)
    return (Identifier(judged.kind, number, kind, judged.valid),)


def _names(person: Element | None) -> tuple[str | None, str | None]:
    name = person.first("Name") if person is not None else None
    if name is None:
        return None, None
    given = joined(" ", [*name.values("GivenName"), *name.values("MiddleName")])
    return given or name.value(), joined(" ", name.values("Surname"))


def _street(address: Element | None) -> str | None:
    if address is None:
        return None
    street = _first(address, "StreetName", "StreetNameForAddressing")
    house = joined(" ", [street, address.value("StreetBuildingIdentifier")])
    floor = joined(" ", [address.value("FloorIdentifier"), address.value("SuiteIdentifier")])
    box, farm = address.value("PostOfficeBoxIdentifier"), address.value("MailDeliverySublocationIdentifier")
    return joined(", ", [house, floor, farm, f"postboks {box}" if box else None, *address.values("AddressLine")])


def _first(address: Element | None, *names: str) -> str | None:
    found = [address.value(name) for name in names] if address is not None else []
    return next((text for text in found if text), None)
