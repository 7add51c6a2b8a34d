"""Patient → Citizen, with the contacts that stand in it; RelatedPerson → Contact."""

from __future__ import annotations

import re
from typing import Final

from backupreader.domain.identity import identify
from backupreader.domain.records import Citizen, CitizenStatus, Contact, ContactKind, Country, Identifier
from sync.fhir.concept import (
    address_text,
    all_said,
    best_address,
    best_name,
    codes,
    full_name,
    joined,
    period_text,
    phones,
    said,
    street,
)
from sync.fhir.places import unit_id
from sync.fhir.reading import Reading
from sync.fhir.shape import Json, extensions, flag, part, parts, whole, word, words

# Who gives a person number: HL7 Denmark, Sweden (Inera, electronichealth.se) and Norway (Helsedirektoratet) name these
# systems.
_PERSON_NUMBERS: Final[dict[str, Country]] = {
    "urn:oid:1.2.208.176.1.2": "DK",
    "urn:oid:1.2.752.129.2.1.3.1": "SE",
    "urn:oid:1.2.752.129.2.1.3.3": "SE",
    "http://electronichealth.se/identifier/personnummer": "SE",
    "http://electronichealth.se/identifier/samordningsnummer": "SE",
    "urn:oid:2.16.578.1.12.4.1.4.1": "NO",
    "urn:oid:2.16.578.1.12.4.1.4.2": "NO",
}
_REPLACEMENTS: Final = ("urn:oid:1.2.208.176.1.6.1.1", "urn:oid:1.2.208.176.1.6.1.3")
_REPLACEMENT_SHAPE: Final = re.compile(r"[0-9]{7}[A-ZÆØÅ]{2}[0-9]")
_GUARDIANS: Final = frozenset({"GUARD", "GUADLTM", "POWATT", "DPOWATT", "HPOWATT", "SPOWATT", "RESPRSN"})
_NOT_FAMILY: Final = frozenset({"NBOR", "FRND", "ROOM", "E", "F", "I", "S", "PAYOR", "ASSIGNED", "AGNT"})
_RESTRICTED: Final = frozenset({"R", "V"})
_RELATION_SYSTEM_UNKNOWN: Final = frozenset({"U", "O"})


def patient(reading: Reading) -> None:
    """A Patient, with the relatives and the general practitioner that stand in it.

    Of the Patients that messages bring for one number, one says what the citizen is called (`sync.fhir.messages`).
    """
    resource = reading.resource
    name = best_name(parts(resource, "name"))
    full = full_name(name)
    if not _speaks(reading):
        reading.issue("person-told-elsewhere", None, None if is_restricted(resource) else full, "note")
        return
    birth = reading.moment(resource, "birthDate")
    identifiers = tuple(
        numbered(item, reading.country, birth) for item in parts(resource, "identifier") if word(item, "value")
    )
    if full is None:
        reading.issue("name-missing", "name")
        full = identifiers[0].value if identifiers else reading.id
    address = best_address(parts(resource, "address"))
    status, status_source = _status(resource)
    key = f"Patient/{word(resource, 'id')}"
    stay = reading.directory.stays.get(reading.directory.same.get(key, key))
    if stay is not None and status not in {"deceased", "ended"}:
        status, status_source = stay.status, stay.word
    numbers = phones(parts(resource, "telecom"))
    restricted = is_restricted(resource)
    spoken, interpreter = _language(resource)
    reading.out.append(
        Citizen(
            id=reading.id,
            name=full,
            origin=reading.origin,
            given=joined(" ", [" ".join(words(name, "given"))]),
            family=word(name, "family"),
            birth_date=birth,
            sex=word(resource, "gender"),
            identifiers=identifiers,
            address=street(address),
            postal_code=word(address, "postalCode"),
            city=word(address, "city") or word(address, "district"),
            phone=numbers[0] if numbers else None,
            unit=unit_id(reading, part(resource, "managingOrganization")),
            status=status,
            status_source=status_source,
            status_since=stay.since if stay is not None and status == stay.status else None,
            protected_name=restricted or is_restricted(name),
            protected_address=restricted or any(is_restricted(item) for item in parts(resource, "address")),
            language=spoken,
            interpreter=interpreter,
            marital_status=said(part(resource, "maritalStatus")),
            deceased_at=reading.moment(resource, "deceasedDateTime"),
            remark=_remark(resource, name, numbers[1:]),
        )
    )
    for place, item in enumerate(parts(resource, "contact"), start=1):
        _relative(reading, item, f"{reading.id}#contact-{place}")
    for place, item in enumerate(parts(resource, "generalPractitioner"), start=1):
        _practitioner(reading, item, f"{reading.id}#gp-{place}")


def _speaks(reading: Reading) -> bool:
    """Is this the Patient who says what a citizen is called? One of a message then has that citizen's id."""
    key = f"Patient/{word(reading.resource, 'id')}"
    target = reading.directory.same.get(key)
    if target is None:
        return True
    if reading.directory.speakers.get(target) != key:
        return False
    if reading.spoken.setdefault(target, reading.out) is not reading.out:  # the same, where it is read a second time
        return False
    reading.id = reading.citizen_id(target)
    return True


def numbered(identifier: Json, country: Country, birth: str | None) -> Identifier:
    """One identifier.

    Only a number that its system calls a person number is read as one; others are ``local``, as written.
    """
    value, system = word(identifier, "value") or "", word(identifier, "system")
    compact = value.replace("-", "").upper()
    if system is not None and system.startswith(_REPLACEMENTS):
        return Identifier("replacement", value, system)
    if system in _PERSON_NUMBERS:
        found = identify(value, _PERSON_NUMBERS[system], birth)
    elif system is None or _REPLACEMENT_SHAPE.fullmatch(compact):
        found = identify(value, country, birth)
    else:
        return Identifier("local", value, system)
    return Identifier(found.kind, value, system, found.valid)


def is_restricted(holder: Json) -> bool:
    """A confidentiality of "restricted" or "very restricted" (HL7 v3), or an extension that speaks of protection.

    Sweden's *skyddad folkbokföring* and *sekretessmarkering*, Norway's *adressebeskyttelse* and Denmark's *navne- og
    adressebeskyttelse* come as extensions whose address names them.
    """
    if "meta" in holder and any(
        word(label, "code") in _RESTRICTED for label in parts(part(holder, "meta"), "security")
    ):
        return True
    for item in parts(holder, "extension"):
        address = (word(item, "url") or "").lower()
        if any(mark in address for mark in ("protect", "sekretess", "skyddad", "beskyttelse", "confidential")):
            return item.get("valueBoolean") is not False
    return False


def _status(resource: Json) -> tuple[CitizenStatus, str | None]:
    if flag(resource, "deceasedBoolean") or word(resource, "deceasedDateTime"):
        return "deceased", "deceased"
    active = flag(resource, "active")
    if active is None:
        return "unknown", None
    return ("unknown", "active") if active else ("ended", "inactive")


def _language(resource: Json) -> tuple[str | None, bool | None]:
    spoken = sorted(parts(resource, "communication"), key=lambda item: item.get("preferred") is not True)
    needed = extensions(resource, "patient-interpreterRequired")
    return all_said([part(item, "language") for item in spoken]), flag(needed[0], "valueBoolean") if needed else None


def _remark(resource: Json, chosen: Json, numbers: list[str]) -> str | None:
    """What has no field of its own and a person may look for: other numbers, other names, another record."""
    lines: list[str | None] = [joined(", ", [*numbers])]
    others = [name for name in parts(resource, "name") if name is not chosen]
    lines += [joined(": ", [word(name, "use"), full_name(name)]) for name in others]
    for link in parts(resource, "link"):
        kind = word(link, "type")
        if kind in {"replaced-by", "replaces"}:
            lines.append(joined(": ", [kind, word(part(link, "other"), "reference")]))
    return joined("\n", lines)


def _relative(reading: Reading, item: Json, id_: str) -> None:
    """A relative as Patient.contact has it."""
    numbers = phones(parts(item, "telecom"))
    relations = parts(item, "relationship")
    name = full_name(part(item, "name")) or reading.who(item, "organization") or all_said(relations)
    if name is None:
        reading.issue("name-missing", "contact")
    reading.out.append(
        Contact(
            id=id_,
            citizen=reading.id,
            name=name or "?",
            origin=reading.origin,
            kind=_contact_kind(relations),
            relation=all_said(relations),
            phone=numbers[0] if numbers else None,
            phone2=numbers[1] if len(numbers) > 1 else None,
            address=address_text(part(item, "address")),
            note=period_text(item, "period"),
        )
    )


def _practitioner(reading: Reading, reference: Json, id_: str) -> None:
    party = reading.party(reference)
    name = reading.name(reference, "generalPractitioner")
    if name is None:
        return
    reading.out.append(
        Contact(
            id=id_,
            citizen=reading.id,
            name=name,
            origin=reading.origin,
            kind="gp",
            relation=party.role if party else None,
            phone=party.phone if party else None,
            address=party.address if party else None,
        )
    )


def _contact_kind(relations: list[Json]) -> ContactKind:
    found: set[str] = set()
    for relation in relations:
        found |= codes(relation)
    if found & _GUARDIANS:
        return "guardian"
    if not found - _RELATION_SYSTEM_UNKNOWN and not all_said(relations):
        return "other"
    return "other" if found and found <= _NOT_FAMILY | _RELATION_SYSTEM_UNKNOWN else "relative"


def related_person(reading: Reading) -> None:
    """A RelatedPerson: relative or guardian. One who is no longer active says so in the note."""
    citizen = reading.citizen("patient")
    if citizen is None:
        return
    resource = reading.resource
    numbers = phones(parts(resource, "telecom"))
    relations = parts(resource, "relationship")
    name = full_name(best_name(parts(resource, "name")))
    if name is None:
        reading.issue("name-missing", "name")
        name = all_said(relations) or "?"
    reading.out.append(
        Contact(
            id=reading.id,
            citizen=citizen,
            name=name,
            origin=reading.origin,
            kind=_contact_kind(relations),
            relation=all_said(relations),
            phone=numbers[0] if numbers else None,
            phone2=numbers[1] if len(numbers) > 1 else None,
            address=address_text(best_address(parts(resource, "address"))),
            priority=whole(resource, "rank"),
            note=joined(
                "\n", ["inactive" if flag(resource, "active") is False else None, period_text(resource, "period")]
            ),
        )
    )
