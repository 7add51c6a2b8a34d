"""Organization, Location and CareTeam → Unit."""

from __future__ import annotations

from backupreader.domain.records import Note, Unit
from sync.fhir.concept import address_text, all_said, joined, phones
from sync.fhir.reading import Reading
from sync.fhir.references import place_address, place_name
from sync.fhir.shape import NOTHING, Json, part, parts, word


def place(reading: Reading) -> None:
    """An Organization, Location or CareTeam is a unit. A care team of one citizen is a note about that citizen."""
    resource = reading.resource
    if reading.kind == "CareTeam" and part(resource, "subject"):
        _team(reading)
        return
    name = place_name(resource)
    if name is None:
        reading.issue("name-missing", "name")
        identifiers = [word(item, "value") for item in parts(resource, "identifier")]
        name = next((value for value in identifiers if value), reading.id)
    parent = part(resource, "partOf") or next(iter(parts(resource, "managingOrganization")), NOTHING)
    numbers = phones(parts(resource, "telecom"))
    reading.out.append(
        Unit(
            id=reading.id,
            name=name,
            origin=reading.origin,
            kind=all_said(parts(resource, "type") or parts(resource, "category")),
            parent=unit_id(reading, parent),
            phone=numbers[0] if numbers else None,
            address=address_text(place_address(resource)),
        )
    )


def unit_id(reading: Reading, reference: Json) -> str | None:
    """The id of the unit that a reference names; None, and an `Issue`, where it names none that can be told."""
    if not reference:
        return None
    found = reading.directory.key(reference)
    if found is None and (named := word(reference, "reference") or word(reference, "display")):
        reading.issue("reference-unresolved", "managingOrganization", named)
    return reading.prefix + found if found else None


def _team(reading: Reading) -> None:
    citizen = reading.citizen()
    if citizen is None:
        return
    lines = [
        joined(": ", [all_said(parts(item, "role")), reading.who(item, "member")])
        for item in parts(reading.resource, "participant")
    ]
    title = word(reading.resource, "name")
    reading.out.append(
        Note(
            id=reading.id,
            citizen=citizen,
            text=joined("\n", lines) or title or "CareTeam",
            origin=reading.origin,
            written_at=reading.period(reading.resource, "period")[0],
            kind="CareTeam",
            title=title,
            status_source=word(reading.resource, "status"),
        )
    )
